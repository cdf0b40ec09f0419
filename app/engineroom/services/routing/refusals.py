"""What a client is told when the scheduler turns it away."""

from engineroom.domain.errors import Broken, Code, EngineroomError, Rejected
from engineroom.domain.routing.events import Refuse
from engineroom.domain.routing.reasons import Why

_BUSY = {
    Why.WAIT_TOO_LONG: Code.WAIT_TOO_LONG,
    Why.MEMORY_SHORT: Code.MEMORY_SHORT,
    Why.MEMORY_PINNED: Code.MEMORY_PINNED,
}


def error_of(refused: Refuse) -> EngineroomError:
    """The error that stands for it."""
    reason = refused.reason
    if refused.problem is not None:
        return Broken(Code(refused.problem.code), **refused.problem.facts)
    if reason.code == Why.QUEUE_FULL:
        return Rejected(Code.QUEUE_FULL, model=refused.model, **reason.facts)
    busy = _BUSY.get(Why(reason.code))
    if busy is not None:
        return Broken(busy, model=refused.model, **reason.facts)
    return Broken(Code.ENGINE_UNAVAILABLE, model=refused.model)
