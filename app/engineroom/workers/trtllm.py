"""The TensorRT-LLM engine: starts the server of a sealed engine, watches it, and ends all of it.

``engineroom worker trtllm --engine FOLDER --tuning FOLDER [--repair FILE]``.  Lines of both of its streams come on
standard error; the daemon reads the stages of the start from them.  Events: ``engine`` (its version, cards, context),
``stage`` (``load``), ``memory``, ``reading`` and ``family`` (of all its processes), ``listening`` (``port``) once
``/health`` says so; or ``problem``.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import TextIO

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code, EngineroomError
from engineroom.domain.misread import misread
from engineroom.domain.os_errors import caused
from engineroom.domain.repair import repair_of
from engineroom.domain.sealed.repaired import OPTIONS, repaired
from engineroom.domain.sealed.values import SealedEngine
from engineroom.domain.sealed.wire import sealed_of
from engineroom.domain.trtllm.stages import answers
from engineroom.workers.install.children import Children
from engineroom.workers.json_lines import open_voice, say, say_problem
from engineroom.workers.serving import LOOK_EVERY_S, Serving
from engineroom.workers.tether import tether

ASK_S = 1.5
ASK_EARLY_S = 0.3
"""Before it is ready it has nobody to say goodbye to, and while it loads it does not listen anyway."""

HEALTH_EVERY_S = 10.0
RANKS_EVERY_S = 1.0
ORDERLY_S = 3.0
UNHEALTHY_AFTER_S = 60.0
"""An engine whose workers died may go on answering 503 for ever (reference, section 2.2)."""

_MEMORY_STEP_BYTES = 16 * 2**20


def main(arguments: list[str]) -> int:
    """Serve until told to end; ends as the server ended if that was first."""
    children = Children()
    tether(before_end=lambda: children.end(ask_s=0.0))
    voice = open_voice()
    signal.signal(signal.SIGTERM, _leave)
    parser = argparse.ArgumentParser(prog="engineroom worker trtllm")
    parser.add_argument("--engine", type=Path, required=True)
    parser.add_argument("--tuning", type=Path, required=True)
    parser.add_argument("--repair", type=Path)
    options = parser.parse_args(arguments)
    try:
        with children:
            engine = _repaired(_read(options.engine), options)
            return _serve(engine, options, children, voice)
    except EngineroomError as error:
        say_problem(voice, error.problem)
        return 1


def _serve(engine: SealedEngine, options: argparse.Namespace, children: Children, voice: TextIO) -> int:
    folder, tuning = options.engine, options.tuning
    say(voice, "engine", runtime_version=engine.runtime_version, cards=engine.gpu_uuids, context=engine.context_tokens)
    say(voice, "stage", stage="load")
    try:
        serving = Serving(engine, folder, tuning, children, lambda _: None)
    except OSError as error:
        raise Broken(Code.SEALED_BROKEN, path=str(error.filename or folder), **caused(error)) from error
    memory, ask_s = _Memory(voice), ASK_EARLY_S
    try:
        if serving.until_ready(lambda: memory.tell(serving), patience_s=None):
            say(
                voice, "listening", port=serving.port, device=engine.gpu_name, runtime_version=engine.runtime_version
            )  # fmt: skip
            ask_s = ASK_S
            _watch(serving, memory)
    finally:
        memory.tell(serving, now=True)
        serving.stop(ask_s=ask_s)
    return _as_it_ended(serving.program.returncode)


def _watch(serving: Serving, memory: "_Memory") -> None:
    """Until it ends, or one of its workers does, or its own health has said for a minute that it is no good."""
    well_s = asked_s = ranked_s = time.monotonic()
    ranks = serving.ranks()
    while serving.program.returncode is None:
        now_s = time.monotonic()
        if now_s - asked_s > HEALTH_EVERY_S:
            asked_s = now_s
            if answers(serving.health()):
                well_s = now_s
            elif now_s - well_s > UNHEALTHY_AFTER_S:
                raise Broken(Code.ENGINE_UNHEALTHY, **because(Detail.HEALTH_FAILED))
        if now_s - ranked_s > RANKS_EVERY_S:
            ranked_s = now_s
            _check_ranks(serving, ranks)
        serving.look()
        memory.tell(serving)
        time.sleep(LOOK_EVERY_S)
    serving.program.wait()


def _check_ranks(serving: Serving, ranks: frozenset[int]) -> None:
    """Raises Broken for a worker that has ended while its server goes on, which then serves nobody (section 2.2)."""
    gone = ranks - serving.ranks()
    if not gone:
        return
    # A server that ends as well ends its workers first.
    with contextlib.suppress(subprocess.TimeoutExpired):
        serving.program.wait(ORDERLY_S)
        return
    raise Broken(Code.ENGINE_UNHEALTHY, **because(Detail.WORKER_GONE, pid=min(gone)))


class _Memory:
    """Says what the server and its family hold and read from disk, when that has changed by much."""

    def __init__(self, voice: TextIO) -> None:
        self._voice = voice
        self._looked_s = 0.0
        self._said = self._read = 0
        self._born: dict[int, float] = {}

    def tell(self, serving: Serving, *, now: bool = False) -> None:
        now_s = time.monotonic()
        if now_s - self._looked_s < 1.0 and not now:
            return
        self._looked_s = now_s
        held = serving.tree_bytes()
        if held is not None and abs(held - self._said) > _MEMORY_STEP_BYTES:
            self._said = held
            say(self._voice, "memory", tree_bytes=held)
        if (born := serving.born()).items() - self._born.items():
            self._born |= born
            say(self._voice, "family", born=sorted(born.items()))
        if (read := serving.read_bytes()) - self._read > _MEMORY_STEP_BYTES:
            self._read = read
            say(self._voice, "reading", read_bytes=read)


def _read(folder: Path) -> SealedEngine:
    try:
        return sealed_of((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Broken(Code.SEALED_BROKEN, path=str(folder), **misread(error)) from error


def _repaired(engine: SealedEngine, options: argparse.Namespace) -> SealedEngine:
    """As fixes have changed it; its option file then lies beside its tuning, for what is sealed stays as it is."""
    if options.repair is None:
        return engine
    try:
        made = repaired(engine, repair_of(options.repair.read_text("utf-8")))
        options.tuning.mkdir(parents=True, exist_ok=True)
        (options.tuning / OPTIONS).write_text(made.yaml, "utf-8")
    except (OSError, ValueError) as error:
        raise Broken(Code.SEALED_BROKEN, path=str(options.repair), **misread(error)) from error
    return made


def _as_it_ended(status: int | None) -> int:
    """The server's status; the same signal where one ended it, so that the daemon sees the same."""
    if status is not None and status < 0:
        signal.signal(-status, signal.SIG_DFL) if -status not in {signal.SIGKILL, signal.SIGSTOP} else None
        os.kill(os.getpid(), -status)
    return status or 0


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
