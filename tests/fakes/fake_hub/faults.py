"""What can be made to go wrong, how often, and where."""

import fnmatch
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Status:
    """Answer with a status instead; ``cdn`` only where the bytes themselves are asked for."""

    code: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b'{"error":"made to fail"}'


@dataclass(frozen=True, kw_only=True)
class Cut:
    """Close the connection after so many bytes of the body; ``reset`` throws away what is on its way."""

    after_bytes: int
    reset: bool = False


@dataclass(frozen=True, kw_only=True)
class Drip:
    """Send the body at this speed."""

    bytes_per_s: float
    block_bytes: int = 2**14


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Send so many bytes of the body, or ``of_all`` bodies of the file, and the rest when ``go`` is set."""

    after_bytes: int
    of_all: bool = False
    go: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, kw_only=True)
class Lie:
    """Send other content: a flipped byte, a file that has grown, the whole file where a range was asked for."""

    flip_at: int | None = None
    grown_by: int = 0
    ignore_range: bool = False


Kind = Status | Cut | Drip | Hold | Lie


@dataclass(kw_only=True)
class Fault:
    """``kind`` happens to requests whose path (without query) matches ``where``, ``times`` times or for ever."""

    where: str
    kind: Kind
    times: int | None = None


class Faults:
    """All faults that are set; the first that matches is used up first."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, where: str, kind: Kind, times: int | None = None) -> None:
        with self._lock:
            self._faults.append(Fault(where=where, kind=kind, times=times))

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def take(self, path: str, *kinds: type[Kind]) -> Kind | None:
        """The fault of these kinds for this request, if there is one."""
        with self._lock:
            for fault in self._faults:
                if isinstance(fault.kind, kinds) and fault.times != 0 and fnmatch.fnmatchcase(path, fault.where):
                    if fault.times is not None:
                        fault.times -= 1
                    return fault.kind
        return None
