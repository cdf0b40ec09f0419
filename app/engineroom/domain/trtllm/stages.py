"""The steps of a start, read from the log as it is written.

Give every line of both streams; cut them with :class:`engineroom.domain.lines.LineSplitter`, which ends lines at
carriage returns too and takes the colours out.  The engine measures before it serves: tuning and graphs come twice,
first for the estimate (``round`` 1), then with the cache it keeps (``round`` 2).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from http import HTTPStatus

from engineroom.domain.trtllm.tables import Marker

Fact = str | int | float | None


class Step(StrEnum):
    """What a line tells of. Those up to ``READY`` are steps of a start, in order; the rest are remarks."""

    IMPORTED = "imported"
    ARGUMENTS = "arguments"
    DOWNLOAD = "download"
    COMPILE = "compile"
    WORKERS = "workers"
    CHECKS = "checks"
    ALLOCATED = "allocated"
    LOAD = "load"
    LOADED = "loaded"
    LENGTH = "length"
    CACHE = "cache"
    TUNE = "tune"
    GRAPHS = "graphs"
    ESTIMATE = "estimate"
    CAP = "cap"
    GUIDED = "guided"
    WORKER_READY = "worker_ready"
    HTTP = "http"
    READY = "ready"
    LISTENING = "listening"
    SHRUNK = "shrunk"
    CLAMPED = "clamped"
    WARNED = "warned"


REMARKS = frozenset({Step.SHRUNK, Step.CLAMPED, Step.WARNED})
"""Steps that are none: something to show, nothing that takes time."""

STALLED_AFTER_S = 600.0
"""Without a line and without work on card or disk for so long, a start counts as stalled.

Measured starts print something at least every two minutes, but compiling kernels may be silent for several
(TensorRT-LLM reference, section 7.4); nobody publishes a limit.
"""


class Port(StrEnum):
    """Up to 1.2 the port is taken long before anybody listens on it: a refused connection is no crash."""

    FREE = "free"
    BOUND = "bound"
    LISTENING = "listening"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEvent:
    """Something a line told. ``progress`` runs from 0 to 1 where the step counts; ``rank`` is the worker's, if named.

    ``facts`` have their unit in the name (``weights_gib``, ``kv_tokens``, ``load_s``, ``graphs_count``).
    """

    step: Step
    text: str
    rank: int | None
    round: int
    progress: float | None
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextShrunk:
    """The engine serves a shorter context than it was asked for, and says so in its log only. Tokens per sequence."""

    asked_tokens: int | None
    given_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogText:
    """A line without what is before its text. ``level`` is one letter (``F E W I V D``) or ``None``."""

    text: str
    level: str | None
    rank: int | None


# "[11/18/2025-09:33:30] [TRT-LLM] [RANK 0] [E] text", "[TensorRT-LLM][ERROR] text", "INFO:     text", and before them
# "[1,0]<stdout>:" where mpirun tags what it passes on.
_MPIRUN = re.compile(r"^\[\d+,(?P<rank>\d+)\]<(?:stdout|stderr)>:\s?")
_PYTHON = re.compile(r"^\[[\d/]{8,10}-[\d:]{8}\] \[TRT-LLM\](?P<tags>(?: \[[^\]]*\])*?) \[(?P<level>[FEWIVD])\] ?")
_RANK = re.compile(r"\[RANK (\d+)\]")
_NATIVE = re.compile(r"^\[TensorRT-LLM\]\[(?P<level>[A-Z]+)\]\s*")
_UVICORN = re.compile(r"^(?P<level>DEBUG|INFO|WARNING|ERROR|CRITICAL):\s+")


def log_text(line: str) -> LogText:
    """Take a line's prefix apart; a line without one is text from its first letter."""
    rank: int | None = None
    if found := _MPIRUN.match(line):
        rank, line = int(found["rank"]), line[found.end() :]
    if found := _PYTHON.match(line):
        named = _RANK.search(found["tags"])
        return LogText(text=line[found.end() :], level=found["level"], rank=int(named[1]) if named else rank)
    for pattern in (_NATIVE, _UVICORN):
        if found := pattern.match(line):
            return LogText(text=line[found.end() :], level=found["level"][0], rank=rank)
    return LogText(text=line, level=None, rank=rank)


@dataclass(slots=True)
class Timeline:
    """What is known of one start so far.

    Args:
        markers: from the tables.
        listens_early: from 1.3 on the server answers before the model is loaded; its own words for that are then not
            the sign that it is ready.
        binds_early: from 1.2 on the port is taken before the model is loaded.
    """

    markers: Sequence[Marker]
    listens_early: bool = False
    binds_early: bool = True
    step: Step | None = None
    port: Port = Port.FREE
    ready: bool = False
    shrunk: ContextShrunk | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    _graphs: int | None = None
    _captured: int = 0
    _caches: int = 0

    def feed(self, line: str) -> StageEvent | None:
        """What the line tells; ``None`` for one that is no marker."""
        said = log_text(line)
        for marker in self.markers:
            if found := marker.pattern.search(said.text):
                event = StageEvent(
                    step=Step(marker.step),
                    text=said.text,
                    rank=said.rank,
                    round=2 if self._caches > 1 else 1,
                    progress=None,
                    facts={name: _typed(name, value) for name, value in found.groupdict().items() if value is not None},
                )
                return self._take(event)
        return None

    def _take(self, event: StageEvent) -> StageEvent:
        first_rank = event.rank in {None, 0}
        if event.step is Step.CACHE and first_rank:
            self._caches += 1
            event = replace(event, round=min(self._caches, 2))
        event = replace(event, progress=self._progress(event) if first_rank else None)
        if event.step in {Step.SHRUNK, Step.CLAMPED}:
            self._shrink(event)
        elif event.step not in REMARKS:
            self.step = event.step
            self.facts.update(event.facts)
        self._ports(event.step)
        return event

    def _progress(self, event: StageEvent) -> float | None:
        percent = event.facts.get("done_percent")
        if isinstance(percent, int):
            return min(percent, 100) / 100
        if event.step is not Step.GRAPHS:
            return None
        count = event.facts.get("graphs_count")
        if isinstance(count, int):
            self._graphs, self._captured = count, 0
            return 0.0
        self._captured += 1
        return min(self._captured / self._graphs, 1.0) if self._graphs else None

    def _shrink(self, event: StageEvent) -> None:
        asked, given = event.facts.get("asked_tokens"), event.facts.get("given_tokens")
        if isinstance(given, int):
            known = self.shrunk.asked_tokens if self.shrunk else None
            self.shrunk = ContextShrunk(asked_tokens=asked if isinstance(asked, int) else known, given_tokens=given)

    def _ports(self, step: Step) -> None:
        if step is Step.LISTENING:
            self.port = Port.LISTENING
        elif step is Step.ARGUMENTS and self.binds_early and self.port is Port.FREE:
            self.port = Port.BOUND
        if not self.listens_early:
            self.ready = self.ready or step in {Step.READY, Step.LISTENING}


def _typed(name: str, value: str) -> Fact:
    ending = name.rpartition("_")[2]
    if ending in {"tokens", "count", "bytes", "percent"}:
        return int(value)
    if ending in {"gib", "s"} or name == "fraction":
        return _number(value)
    return value


def _number(text: str) -> float | None:
    try:
        return float(text.rstrip("."))
    except ValueError:
        return None


def answers(status: int | None) -> bool | None:
    """What an answer to ``GET /health`` says of a start: ready, not yet, or ``None`` for neither.

    Up to 1.2 the connection is refused (``status`` ``None``) until the model is loaded, later versions say 503.
    Whether a 503 that goes on and on is an end is for the caller to judge: the process may outlive its workers.
    """
    if status == HTTPStatus.OK:
        return True
    return False if status in {None, HTTPStatus.SERVICE_UNAVAILABLE} else None
