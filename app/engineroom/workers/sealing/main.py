"""``engineroom worker build --root FOLDER --id ENGINE``: goes on with the build in the half folder of an engine.

Killed at any moment and started again it goes on with the first stage that is not done; an engine is there whole, by a
rename, or not at all.

Events: ``stage`` (:class:`~engineroom.domain.sealed.values.BuildStage`), ``progress``, and last ``done`` with
``engine``, or ``problem``.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from engineroom.domain.errors import Broken, Code, EngineroomError
from engineroom.domain.sealed.start import ENGINE, TUNING
from engineroom.domain.sealed.values import BuildStage, FileFact
from engineroom.domain.sealed.wire import measured_of, to_json
from engineroom.workers.install.children import Children
from engineroom.workers.install.journal import write_whole
from engineroom.workers.json_lines import open_voice, say, say_problem
from engineroom.workers.sealing.files import facts_below, files_of_model
from engineroom.workers.sealing.order import ORDER, STAGES, BuildOrder, Stages, read_order
from engineroom.workers.sealing.trial import try_out
from engineroom.workers.tether import tether

HALF, MANIFEST, OPTIONS, CHECKPOINT = ".half", "manifest.json", "options.yaml", "checkpoint"
_OURS = frozenset({ORDER, STAGES, MANIFEST, f"{STAGES}.new", f"{MANIFEST}.new"})
_TELL_EVERY_S = 0.25
_LOOK_EVERY_S = 0.1

Tell = Callable[..., None]


def main(arguments: list[str]) -> int:
    """Build; 1 after a ``problem`` event."""
    children = Children()
    tether(before_end=lambda: children.end(ask_s=0.0))
    voice = open_voice()

    def leave(_number: int, _frame: object) -> None:
        # Whoever cancels waits for us; what is half done stays as it is.
        children.end(ask_s=0.0)
        os._exit(0)

    signal.signal(signal.SIGTERM, leave)
    parser = argparse.ArgumentParser(prog="engineroom worker build")
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--id", required=True)
    options = parser.parse_args(arguments)
    try:
        with children:
            _build(options.root, options.id, children, lambda event, **facts: say(voice, event, **facts))
    except EngineroomError as error:
        say_problem(voice, error.problem)
        return 1
    say(voice, "done", engine=options.id)
    return 0


def _build(root: Path, name: str, children: Children, tell: Tell) -> None:
    half, whole = root / f"{name}{HALF}", root / name
    if (whole / MANIFEST).is_file():
        shutil.rmtree(half, ignore_errors=True)
        return
    if not (half / MANIFEST).is_file():
        order = read_order(half)
        build = _Build(order, half, root / ".tuning" / name, children, tell)
        done = Stages(half)
        for stage in order.stages:
            if not done.has(stage):
                tell("stage", stage=stage)
                done.end(stage, build.work(stage, done))
    for place in (half / ORDER, half / STAGES):
        place.unlink(missing_ok=True)
    half.rename(whole)


@dataclass(frozen=True, slots=True)
class _Build:
    """One build: what each stage does. Stages raise EngineroomError and are begun anew when they were cut off."""

    order: BuildOrder
    folder: Path
    tuning: Path
    children: Children
    tell: Tell

    def work(self, stage: BuildStage, done: Stages) -> object:
        """Carry out one stage; what came of it, as JSON can say it."""
        match stage:
            case BuildStage.PLAN:
                return self.order.engine.plan
            case BuildStage.FETCH:
                return self._fetch()
            case BuildStage.QUANTISE:
                return self._quantise()
            case BuildStage.CONFIGURE:
                return self._configure()
            case BuildStage.TRIAL:
                return asdict(try_out(self.order, self.folder, self.tuning, self.children))
            case BuildStage.SEAL:
                return self._seal(done)

    def _fetch(self) -> list[dict[str, object]]:
        told_s = 0.0

        def progress(done_bytes: int, total_bytes: int) -> None:
            nonlocal told_s
            if time.monotonic() - told_s > _TELL_EVERY_S or done_bytes == total_bytes:
                told_s = time.monotonic()
                self.tell("progress", done_bytes=done_bytes, total_bytes=total_bytes)

        facts = files_of_model(self.order.source, self.order.engine.repo, progress)
        if not any(fact.path.endswith(".safetensors") for fact in facts):
            raise Broken(Code.BUILD_FAILED, stage=BuildStage.FETCH, line=f"no weights in {self.order.source}")
        return [asdict(fact) for fact in facts]

    def _quantise(self) -> list[str]:
        made = self.folder / CHECKPOINT
        shutil.rmtree(made, ignore_errors=True)
        words = [word.replace(ENGINE, str(self.folder)) for word in self.order.quantise]
        if not Path(words[1]).is_file():
            line = f"the runtime has no quantiser of ModelOpt: {words[1]} is missing"
            raise Broken(Code.BUILD_FAILED, stage=BuildStage.QUANTISE, line=line)
        environment = {
            name: value.replace(TUNING, str(self.tuning)) for name, value in self.order.engine.environment.items()
        }
        try:
            program = self.children.start(words, environment)
        except OSError as error:
            line = f"{error.filename}: {error.strerror}"
            raise Broken(Code.BUILD_FAILED, stage=BuildStage.QUANTISE, line=line) from error
        # Not with one long wait: whoever is told to leave in the middle of it could not end the program.
        while program.returncode is None:
            time.sleep(_LOOK_EVERY_S)
        status = program.wait()
        if status != 0:
            problem = self.order.doctor.diagnose(said=None, returncode=status, lines=program.lines)
            raise Broken(Code(problem.code), **problem.facts)
        names = sorted(file.name for file in made.glob("*"))
        if "hf_quant_config.json" not in names or not any(name.endswith(".safetensors") for name in names):
            line = f"it exported {', '.join(names) or 'nothing'}"
            raise Broken(Code.BUILD_FAILED, stage=BuildStage.QUANTISE, line=line)
        return names

    def _configure(self) -> str:
        write_whole(self.folder / OPTIONS, self.order.engine.yaml)
        return OPTIONS

    def _seal(self, done: Stages) -> str:
        engine = replace(
            self.order.engine,
            measured=measured_of(done.result(BuildStage.TRIAL)),
            files=facts_below(self.folder, _OURS),
            model_files=tuple(FileFact(**one) for one in done.result(BuildStage.FETCH))
            if not self.order.quantise
            else (),
            created_unix_s=time.time(),
        )
        for fact in engine.files:
            with contextlib.suppress(OSError):
                (self.folder / fact.path).chmod(0o444)
        write_whole(self.folder / MANIFEST, to_json(engine))
        return json.dumps(engine.id)
