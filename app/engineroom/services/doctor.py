"""From what a dying engine left behind to a cause."""

import re
import signal
from collections.abc import Sequence
from dataclasses import dataclass

from engineroom.domain.errors import Code, FactValue, Problem

_VAGUE = {Code.LOAD_FAILED}
_ERROR_LINE = re.compile(r"^\S+ E |\berror\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A text an engine writes, and what it means. Named groups of the pattern become facts."""

    pattern: re.Pattern[str]
    code: str


class Doctor:
    """Finds the cause of an engine's end.

    Args:
        signatures: in order of precedence.
    """

    def __init__(self, signatures: Sequence[Signature]) -> None:
        self._signatures = tuple(signatures)

    def diagnose(self, *, said: Problem | None, returncode: int, lines: Sequence[str]) -> Problem:
        """The cause, from what the worker said of itself, its last log lines and how it ended (minus the signal)."""
        if said is not None and said.code not in _VAGUE:
            return said
        for signature in self._signatures:
            for line in lines:
                if match := signature.pattern.search(line):
                    facts: dict[str, FactValue] = {"line": line, **match.groupdict()}
                    return Problem(code=signature.code, facts=facts)
        cause = next((line for line in lines if _ERROR_LINE.search(line)), lines[-1] if lines else None)
        if said is not None:
            return Problem(code=said.code, facts={**said.facts, "line": cause})
        if returncode in {-signal.SIGKILL, -signal.SIGTERM}:
            return Problem(code=Code.ENGINE_KILLED, facts={"signal": signal.Signals(-returncode).name})
        return Problem(code=Code.ENGINE_CRASHED, facts={"ended_with": _ended_with(returncode), "line": cause})


def _ended_with(returncode: int) -> str:
    if returncode >= 0:
        return f"exit code {returncode}"
    try:
        return signal.Signals(-returncode).name
    except ValueError:
        return f"signal {-returncode}"
