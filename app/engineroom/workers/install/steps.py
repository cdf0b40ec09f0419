"""Carrying out the steps of an order, with progress."""

import contextlib
import platform
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from engineroom.domain.details import as_line
from engineroom.domain.errors import Broken, Code, FactValue
from engineroom.domain.os_errors import unstarted
from engineroom.domain.parse_faults import fault
from engineroom.domain.runtimes.recipe import Step, StepName, constraint_file
from engineroom.domain.runtimes.uv_output import (
    InstallStage,
    PullProgress,
    UvProgress,
    at_digest,
    digest_for,
    layer_sizes,
)
from engineroom.workers.install.children import Children, Program
from engineroom.workers.install.journal import Journal, write_whole
from engineroom.workers.install.order import Order
from engineroom.workers.install.record import site_packages, version_in

Tell = Callable[..., None]

_TICK_S = 0.5
_CAUSE = re.compile(r"^\s*(?:error:|\u00d7|x |Error response from daemon:|Error:)\s*(?P<cause>.+)")
_DISK_FULL = re.compile(r"No space left on device|os error 28|disk quota exceeded", re.IGNORECASE)


def carry_out(order: Order, journal: Journal, children: Children, tell: Tell) -> None:
    """Every step that is left. Raises Broken (``install_failed``, ``disk_full``)."""
    for step in journal.left(order.steps):
        journal.begin(step)
        _run(step, order, children, tell)
        if step.name is StepName.TORCH:
            version = version_in(site_packages(order.folder), "torch")
            write_whole(Path(constraint_file(str(order.folder))), f"torch=={version}\n" if version else "")
        journal.end(step)


def _run(step: Step, order: Order, children: Children, tell: Tell) -> None:
    pulls = step.speaks == "pull"
    progress = PullProgress(sizes=_layer_sizes(order, children)) if pulls else UvProgress()
    teller = _Teller(progress, tell)
    tell("stage", stage=InstallStage.ENVIRONMENT if step.name is StepName.ENVIRONMENT else progress.stage)
    try:
        program = children.start(
            step.command,
            step.environment,
            teller.line if step.speaks else _silent,
            cwd=order.folder,
        )
    except OSError as error:
        error.filename = error.filename or step.command[0]
        raise Broken(Code.INSTALL_FAILED, step=step.name, **as_line(unstarted(error))) from error
    _watch(program, teller)
    if program.returncode != 0:
        if any(map(_DISK_FULL.search, program.lines)):
            raise Broken(Code.DISK_FULL, path=str(order.folder))
        raise Broken(Code.INSTALL_FAILED, step=step.name, **_why(program))
    # What was counted is over: what comes next must not stand beside its bytes.
    tell("stage_done", stage=progress.stage)


def _watch(program: Program, teller: "_Teller") -> None:
    while program.returncode is None:
        time.sleep(_TICK_S / 5)
        teller.tick()
    program.wait()
    teller.tick(at_once=True)


def _why(program: Program) -> dict[str, FactValue]:
    said = cause_of(program.lines)
    return {"line": said} if said else as_line(fault("ended_silent", status=program.returncode))


def cause_of(lines: list[str]) -> str:
    """The line that says why: the first that calls itself an error, and what it was caused by; empty without any."""
    for index, line in enumerate(lines):
        if found := _CAUSE.match(line):
            rest = (text.strip(" \u2570\u251c\u2500\u25b6\u2502") for text in lines[index + 1 : index + 4])
            return " ".join([found["cause"], *filter(None, rest)])[:500]
    said = [line for line in lines if line.strip()]
    return said[-1][:500] if said else ""


class _Teller:
    """Says how far a step is.

    uv and docker say what a file has only when it is whole. Between, what came over the network since the beginning is
    the best there is: an estimate, held below what was announced.
    """

    def __init__(self, progress: UvProgress | PullProgress, tell: Tell) -> None:
        self._progress = progress
        self._tell = tell
        self._stage = progress.stage
        self._began_s = self._told_s = time.monotonic()
        self._began_bytes = _received_bytes()
        self._shown_bytes = 0
        # Lines come on the thread that reads the program's output.
        self._turn = threading.Lock()

    def line(self, line: str) -> None:
        """A line of the program."""
        with self._turn:
            if not self._progress.feed(line):
                return
            if self._progress.stage is not self._stage:
                self._stage = self._progress.stage
                self._tell("stage", stage=self._stage)
            self._say(at_once=True)

    def tick(self, *, at_once: bool = False) -> None:
        """Say it, at most twice a second."""
        with self._turn:
            self._say(at_once=at_once)

    def _say(self, *, at_once: bool) -> None:
        now_s, total = time.monotonic(), self._progress.total_bytes
        if not total or (now_s - self._told_s < _TICK_S and not at_once):
            return
        self._told_s = now_s
        done = self._progress.done_bytes
        if done < total:
            done = max(done, self._shown_bytes, min(_received_bytes() - self._began_bytes, int(total * 0.99)))
        self._shown_bytes = done = min(done, total)
        speed = done / max(now_s - self._began_s, 1e-3)
        files: dict[str, object] = {}
        if isinstance(self._progress, UvProgress):
            files = {"files": [[n, size * here, size] for n, (size, here) in list(self._progress.files.items())[-50:]]}
        self._tell("progress", done_bytes=done, total_bytes=total, bytes_per_s=round(speed),
                   eta_s=round((total - done) / speed, 1) if speed else None, **files)  # fmt: skip


def _received_bytes() -> int:
    """What this computer received, from wherever."""
    with contextlib.suppress(OSError, RuntimeError):
        return sum(one.bytes_recv for name, one in psutil.net_io_counters(pernic=True).items() if name != "lo")
    return 0


def _layer_sizes(order: Order, children: Children) -> dict[str, int]:
    """Bytes of the image's layers by short name, as the registry tells; nothing where it does not."""

    def told(image: str) -> str:
        return children.ask((order.program, "manifest", "inspect", image), {}, timeout_s=30.0).output or ""

    manifest = told(order.image)
    digest = digest_for(manifest, platform.machine())
    return layer_sizes(manifest if digest is None else told(at_digest(order.image, digest)))


def _silent(_line: str) -> None:
    """Nothing of interest is said."""
