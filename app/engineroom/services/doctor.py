"""From what a dying engine left behind to a cause, and to what can be done about it."""

import re
import signal
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engineroom.domain.errors import Code, FactValue, Problem
from engineroom.domain.trtllm.fixes import FixAction
from engineroom.domain.trtllm.stages import log_text

_LINE_LESS = {Code.LOAD_FAILED, Code.ENGINE_STALLED}
_VAGUE = {Code.LOAD_FAILED, Code.ENGINE_STALLED, Code.ENGINE_UNHEALTHY, Code.ENGINE_NOT_READY}
"""What a worker says where only the log can know why."""

_ERROR_LINE = re.compile(r"^\S+ E |\berror\b", re.IGNORECASE)
_QUIET = frozenset("IDVW")
"""Levels of lines that are no cause: the engine warns of much that it goes on after."""

_FOLLOWING = 12
_HUB = "huggingface.co"

# The engine's proxy repeats the end of a worker in words that say nothing; the worker's own line has the cause.
_WORKER_SAID = re.compile(r"Failed to initialize executor on rank \d+: (?P<cause>.+)")
_EXCEPTION = re.compile(r"^(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception): (?P<said>.+)")
_HOLLOW = re.compile(r"Executor worker (?:returned error|initialization error)|Traceback \(most recent call last\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A text an engine writes, and what it means. Named groups of the pattern become facts.

    A group's name may end in underscores where one fact can stand in several places.  ``also`` are looked for in the
    lines that follow; ``fixes`` are what can be done, the best first.
    """

    pattern: re.Pattern[str]
    code: str
    fixes: tuple[FixAction, ...] = ()
    also: tuple[re.Pattern[str], ...] = ()
    runtime: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What the doctor makes of an end. Where no signature fits, ``known`` is false and the log itself the answer."""

    problem: Problem
    fixes: tuple[FixAction, ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A diagnosis, the last lines of the log that it was made from, and when (Unix seconds)."""

    diagnosis: Diagnosis
    lines: tuple[str, ...]
    at_s: float


FIXES_OF_CODES: Mapping[str, tuple[FixAction, ...]] = {
    Code.ENGINE_KILLED: (FixAction.RESTART_ENGINE,),
    Code.ENGINE_SILENT: (FixAction.RESTART_ENGINE,),
    Code.ENGINE_STALLED: (FixAction.PLAIN_ALLREDUCE, FixAction.RESTART_ENGINE, FixAction.UPDATE_RUNTIME),
    Code.ENGINE_UNHEALTHY: (FixAction.RESTART_ENGINE, FixAction.UPDATE_RUNTIME),
    Code.ENGINE_STUCK: (FixAction.RESTART_COMPUTER,),
    Code.GPU_LOST: (FixAction.CHECK_DRIVER, FixAction.RESTART_COMPUTER),
    Code.GPU_IN_USE: (FixAction.FREE_MEMORY,),
    Code.FILE_MISSING: (FixAction.FETCH_AGAIN,),
    Code.HASH_MISMATCH: (FixAction.FETCH_AGAIN,),
    Code.GGUF_TRUNCATED: (FixAction.FETCH_AGAIN,),
    Code.RUNTIME_MISSING: (FixAction.REINSTALL_RUNTIME,),
    Code.SEALED_BROKEN: (FixAction.PLAN_AGAIN,),
}
"""What can be done where the cause was known without the log, or its kind is all that is known."""


def of_itself(problem: Problem) -> Diagnosis:
    """The diagnosis of a problem whose cause is known without the log."""
    return Diagnosis(problem=problem, fixes=FIXES_OF_CODES.get(problem.code, ()), known=True)


class Doctor:
    """Finds the cause of an engine's end.

    Args:
        signatures: in order of precedence.
    """

    def __init__(self, signatures: Sequence[Signature]) -> None:
        self._signatures = tuple(signatures)

    def diagnose(self, *, said: Problem | None, returncode: int, lines: Sequence[str]) -> Problem:
        """The cause, from what the worker said of itself, its last log lines and how it ended (minus the signal)."""
        return self.examine(said=said, returncode=returncode, lines=lines).problem

    def examine(self, *, said: Problem | None, returncode: int, lines: Sequence[str]) -> Diagnosis:
        """The cause and what can be done."""
        if said is not None and said.code not in _VAGUE:
            return of_itself(said)
        loud = [index for index, line in enumerate(lines) if log_text(line).level not in _QUIET]
        for signature in self._signatures:
            for index in loud:
                if match := signature.pattern.search(lines[index]):
                    return Diagnosis(
                        problem=_problem(signature, match, lines, index), fixes=signature.fixes, known=True
                    )
        problem = _unknown(said, returncode, lines)
        return Diagnosis(problem=problem, fixes=FIXES_OF_CODES.get(problem.code, ()))


def _problem(signature: Signature, match: re.Match[str], lines: Sequence[str], index: int) -> Problem:
    facts: dict[str, FactValue] = {"line": _bare(lines[index]), **_facts(match)}
    for pattern in signature.also:
        following = lines[index : index + _FOLLOWING]
        found = next((one for one in map(pattern.search, following) if one), None)
        if found is not None:
            facts.update(_facts(found))
    return Problem(code=signature.code, facts=_filled(facts))


def _bare(line: str) -> str:
    """What a line says, without when, by whom and through whom."""
    # A plain "ERROR: " is the speaker's own word, not a mark of the log.
    text = log_text(line).text if line.startswith("[") else line
    through = _WORKER_SAID.search(text)
    return through["cause"] if through is not None else text or line


def _filled(facts: dict[str, FactValue]) -> dict[str, FactValue]:
    """An empty group stands for what the text leaves out and is known all the same: the Hub, a model's page."""
    known = {"host": _HUB, "page": f"https://{_HUB}/{facts.get('repo')}"}
    return {name: known.get(name, value) if value == "" else value for name, value in facts.items()}


def _facts(match: re.Match[str]) -> dict[str, str | None]:
    facts: dict[str, str | None] = {}
    for name, value in match.groupdict().items():
        plain = name.rstrip("_")
        facts[plain] = facts.get(plain) or value
    return facts


def _unknown(said: Problem | None, returncode: int, lines: Sequence[str]) -> Problem:
    cause = cause_line(lines)
    if said is not None:
        return Problem(code=said.code, facts={**said.facts, "line": cause}) if said.code in _LINE_LESS else said
    if returncode in {-signal.SIGKILL, -signal.SIGTERM}:
        return Problem(code=Code.ENGINE_KILLED, facts={"signal": signal.Signals(-returncode).name})
    return Problem(code=Code.ENGINE_CRASHED, facts={"ended_with": _ended_with(returncode), "line": cause})


def cause_line(lines: Sequence[str]) -> str | None:
    """The line most likely to say why: a worker's own, else the first exception with a message, else the first error.

    The last line only where there is nothing else.
    """
    worker = (found["cause"] for line in lines if (found := _WORKER_SAID.search(line)))
    exceptions = (line for line in lines if _EXCEPTION.match(line) and not _HOLLOW.search(line))
    errors = (line for line in lines if _ERROR_LINE.search(line) and not _HOLLOW.search(line))
    for source in (worker, exceptions, errors):
        if (line := _first(source)) is not None:
            return line
    return lines[-1] if lines else None


def _first(lines: Iterable[str]) -> str | None:
    return next(iter(lines), None)


def _ended_with(returncode: int) -> str:
    if returncode >= 0:
        return f"exit code {returncode}"
    try:
        return signal.Signals(-returncode).name
    except ValueError:
        return f"signal {-returncode}"
