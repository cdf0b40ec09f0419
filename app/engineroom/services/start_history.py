"""What earlier starts on this machine tell of the next one."""

from collections.abc import Sequence

from engineroom.domain.engine import StartStep
from engineroom.services.ports import LoadHistory


def learn(history: LoadHistory, key: str, load_s: float | None, steps: Sequence[StartStep]) -> None:
    """Remember a start that went well: how long it took, and when each of its steps began."""
    if load_s is None:
        return
    history.record(key, load_s)
    for step in steps:
        history.record(_key_of(key, step), step.at_s)


def ready_at_s(history: LoadHistory, key: str, began_s: float, steps: Sequence[StartStep]) -> float | None:
    """When a start that began at ``began_s`` will be over; ``None`` before the first one that went well.

    What is left is taken from the last step that earlier starts knew, so that one slow step moves the end and no more.
    """
    total_s = history.expected_s(key)
    if total_s is None:
        return None
    for step in reversed(steps):
        before_s = history.expected_s(_key_of(key, step))
        if before_s is not None:
            return began_s + step.at_s + max(0.0, total_s - before_s)
    return began_s + total_s


def _key_of(key: str, step: StartStep) -> str:
    return f"{key}@{step.name}.{step.round}"
