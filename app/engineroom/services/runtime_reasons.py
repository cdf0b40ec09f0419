"""Why a runtime is not installed, or is not the default: the findings and checks as details of the problem."""

from collections.abc import Callable, Iterable

from engineroom.domain.details import Detail, because, together
from engineroom.domain.errors import Code, FactValue, Rejected
from engineroom.domain.reason import Reason
from engineroom.domain.runtimes.preflight import Finding
from engineroom.domain.runtimes.values import GateResult, Outcome


def blocked(runtime: str, bad: Iterable[Finding], words: Callable[[Iterable[Finding]], str]) -> Rejected:
    """The refusal of an installation that these findings forbid; ``words`` says them in English."""
    found = tuple(bad)
    reasons = (Reason(code=one.code, facts=one.facts) for one in found)
    return Rejected(Code.RUNTIME_BLOCKED, runtime=runtime, **together(reasons, words(found)))


def unproved(gate: GateResult | None, words: Callable[[GateResult], str]) -> dict[str, FactValue]:
    """Facts of ``runtime_not_proved``: what its gate said, or that it has none."""
    if gate is None:
        return because(Detail.GATE_NOT_RUN)
    said = (check for check in gate.checks if check.outcome is not Outcome.PASSED and check.reason)
    return together((Reason(code=check.reason, facts=check.facts) for check in said), words(gate))
