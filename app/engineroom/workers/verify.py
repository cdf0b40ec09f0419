"""The verify worker: every file of a model against its hash, and the headers of its weights.

``engineroom worker verify PATH [--sha256 HEX]``: ``PATH`` is a GGUF file (the first of a set) or a folder.

What a file should be is told by its name in the shared cache: its SHA-256, or git's SHA-1 of a small one.  Where a file
lies elsewhere and ``--sha256`` does not say either, only its header can be checked.

Events: ``stage``; ``progress``, whose ``files`` carry ``state``: ``verify``, ``ok``, ``wrong``, or ``unknown`` (there
is nothing to compare with); last ``done`` with ``files``, ``ok`` and ``unknown``, or ``problem``.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engineroom.contract.sentences import sentence
from engineroom.domain.details import Detail, because, together
from engineroom.domain.errors import Broken, Code, EngineroomError, FactValue, Problem
from engineroom.domain.library import gguf_parts
from engineroom.domain.model_card.safetensors import MAX_INDEX_BYTES, parse_index
from engineroom.domain.os_errors import caused
from engineroom.domain.pull.names import is_hash
from engineroom.domain.pull.values import RepoFile
from engineroom.domain.reason import Reason
from engineroom.workers.json_lines import open_voice, say, say_problem
from engineroom.workers.pull.checks import check_header, found_hash
from engineroom.workers.tether import tether

_TICK_S = 0.25
_MOST_ROWS = 500
_INDEX = "model.safetensors.index.json"
_PLAIN_HASH = re.compile(r"[0-9a-f]{64}")

Say = Callable[..., None]


@dataclass(slots=True, kw_only=True)
class _Checked:
    name: str
    place: Path
    total_bytes: int
    done_bytes: int = 0
    state: str = "wait"
    why: dict[str, FactValue] = field(default_factory=dict)

    def row(self) -> dict[str, object]:
        return {
            "path": self.name,
            "done_bytes": self.done_bytes,
            "total_bytes": self.total_bytes,
            "state": self.state,
        }


def main(arguments: list[str]) -> int:
    """Verify; 1 after a ``problem`` event."""
    tether()
    voice = open_voice()
    parser = argparse.ArgumentParser(prog="engineroom worker verify")
    parser.add_argument("path", type=Path)
    parser.add_argument("--sha256")
    options = parser.parse_args(arguments)
    try:
        _verify(options.path, options.sha256, lambda event, **facts: say(voice, event, **facts))
    except EngineroomError as error:
        say_problem(voice, error.problem)
        return 1
    return 0


def _verify(path: Path, sha256: str | None, tell: Say) -> None:
    files = list(_files(path))
    teller = _Teller(files, tell)
    tell("stage", stage="verify")
    for file in files:
        file.state = "verify"
        _check(file, sha256 if len(files) == 1 else None, teller)
        teller.tell(at_once=True)
    wrong = [file for file in files if file.state == "wrong"]
    if wrong:
        raise Broken(Code.MODEL_DAMAGED, **wrong[0].why | {"path": wrong[0].name}, wrong=len(wrong), files=len(files))
    states = [file.state for file in files]
    tell("done", files=len(files), ok=states.count("ok"), unknown=states.count("unknown"))


def _files(path: Path) -> Iterator[_Checked]:
    if not path.is_dir():
        for name in gguf_parts(path.name):
            yield _made(name, path.with_name(name))
        return
    names = {file.relative_to(path).as_posix() for file in path.rglob("*") if not file.is_dir()}
    index = path / _INDEX
    if index.is_file() and index.stat().st_size <= MAX_INDEX_BYTES:
        names |= set(parse_index(index.read_bytes(), path=_INDEX))
    for name in sorted(names):
        yield _made(name, path / name)


def _made(name: str, place: Path) -> _Checked:
    try:
        size = place.stat().st_size
    except OSError:
        size = 0
    return _Checked(name=name, place=place, total_bytes=size)


def _check(file: _Checked, sha256: str | None, teller: "_Teller") -> None:
    expected = _expected(file.place) or sha256
    listed = RepoFile(
        path=file.name,
        size_bytes=file.total_bytes,
        blob_id=expected or "",
        sha256=expected if expected is not None and _PLAIN_HASH.fullmatch(expected) else None,
    )
    try:
        if expected is not None:
            found = found_hash(file.place, listed, lambda count: teller.add(file, count))
            if found != expected:
                file.state = "wrong"
                file.why = because(Detail.HASH_DIFFERS, found=found, expected=expected)
                return
        check_header(file.place, listed)
    except EngineroomError as error:
        file.state, file.why = "wrong", _because(error.problem)
    except OSError as error:
        file.state, file.why = "wrong", caused(error)
    else:
        file.done_bytes = file.total_bytes
        file.state = "unknown" if expected is None else "ok"


def _expected(place: Path) -> str | None:
    """The hash that the shared cache calls it by."""
    real = place.resolve()
    return real.name if real.parent.name == "blobs" and is_hash(real.name) else None


def _because(problem: Problem) -> dict[str, FactValue]:
    """A problem as the reason of another; of one that has a reason itself, that reason."""
    if "reason" in problem.facts:
        return dict(problem.facts)
    return together([Reason(code=problem.code, facts=problem.facts)], sentence(problem).rstrip("."))


class _Teller:
    """Says how far it is, at most four times a second and after each file."""

    def __init__(self, files: list[_Checked], tell: Say) -> None:
        self._files = files
        self._tell = tell
        self._total_bytes = sum(file.total_bytes for file in files)
        self._began_s = self._said_s = time.monotonic()
        self._read_bytes = 0

    def add(self, file: _Checked, count: int) -> None:
        """So many bytes of a file have been read."""
        file.done_bytes += count
        self._read_bytes += count
        if time.monotonic() - self._said_s >= _TICK_S:
            self.tell()

    def tell(self, *, at_once: bool = False) -> None:
        """Say it; ``at_once`` is after the end of a file."""
        now_s = time.monotonic()
        if at_once and now_s - self._said_s < _TICK_S and self._files[-1].state in {"wait", "verify"}:
            return
        self._said_s = now_s
        done = sum(file.total_bytes if file.state in {"wrong", "ok"} else file.done_bytes for file in self._files)
        speed = self._read_bytes / max(now_s - self._began_s, 1e-3)
        left = self._total_bytes - done
        rows = [file.row() for file in self._files if file.state != "wait"][-_MOST_ROWS:]
        self._tell("progress", done_bytes=done, total_bytes=self._total_bytes, bytes_per_s=round(speed),
                   eta_s=round(left / speed, 1) if speed else None, files=rows)  # fmt: skip
