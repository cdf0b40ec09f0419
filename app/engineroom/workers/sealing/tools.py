"""The stages of a build in which a program of the runtime makes something, and what has to be there afterwards."""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engineroom.domain.details import Detail, as_line, lined
from engineroom.domain.errors import Broken, Code, FactValue
from engineroom.domain.os_errors import unstarted
from engineroom.domain.parse_faults import fault
from engineroom.domain.sealed.start import ENGINE, NAME, OWNER, TIMING, TUNING
from engineroom.domain.sealed.values import BuildStage
from engineroom.domain.trtllm.building import INPUT_TIMING, ToolProgress
from engineroom.domain.trtllm.toolbox import CHECKPOINT_AT, COMPILED_AT, CONVERTED_AT, TIMING_MADE
from engineroom.workers.install.children import Children
from engineroom.workers.sealing.exported import QUANT_CONFIG, trouble_of
from engineroom.workers.sealing.order import BuildOrder

_LOOK_EVERY_S = 0.1


class Tools:
    """Runs the tools of an order.

    Args:
        order: of the build.
        folder: the half one, where everything is made.
        tuning: what the engine learns; ``timing`` what the compiler does.
        children: ends them, whatever happens.
        progress: is told how far one is, 0 to 1.
    """

    def __init__(
        self, order: BuildOrder, folder: Path, tuning: Path, children: Children, progress: Callable[[float], None]
    ) -> None:
        self._order = order
        self._folder = folder
        self._tuning = tuning
        self._timing = tuning.parent.parent / ".timing"
        self._children = children
        self._progress = progress

    def quantise(self) -> list[str]:
        """A checkpoint in another precision; names of its files. Raises Broken."""
        made = self._run(BuildStage.QUANTISE, CHECKPOINT_AT)
        names = _names(made)
        if QUANT_CONFIG not in names or not any(name.endswith(".safetensors") for name in names):
            raise failed(BuildStage.QUANTISE, **_wrote(names))
        order = self._order
        if trouble := trouble_of(made, order.engine.precision, order.expects, order.source):
            raise failed(BuildStage.QUANTISE, **as_line(trouble))
        return names

    def convert(self) -> list[str]:
        """A checkpoint in the compiler's form; names of its files. Raises Broken."""
        made = self._run(BuildStage.CONVERT, CONVERTED_AT)
        told, names = _config(BuildStage.CONVERT, made), _names(made)
        missing = [name for name in self._ranks("rank{}.safetensors") if name not in names]
        if "architecture" not in told or "dtype" not in told or missing:
            raise failed(BuildStage.CONVERT, **_wrote(names))
        return names

    def compile(self) -> list[str]:
        """The engine itself; names of its files. What the compiler measured is kept for the next one. Raises Broken."""
        made = self._run(BuildStage.COMPILE, COMPILED_AT)
        told, names = _config(BuildStage.COMPILE, made), _names(made)
        missing = [name for name in self._ranks("rank{}.engine") if name not in names]
        if "pretrained_config" not in told or "build_config" not in told or missing:
            raise failed(BuildStage.COMPILE, **_wrote(names))
        cache = self._folder / TIMING_MADE
        # It saves time and nothing else: without it the next compilation measures again.
        with contextlib.suppress(OSError):
            cache.replace(self._timing / self._order.timing)
        return names

    def clear(self) -> None:
        """What only the making needed goes."""
        shutil.rmtree(self._at(CONVERTED_AT), ignore_errors=True)
        (self._folder / TIMING_MADE).unlink(missing_ok=True)

    def _ranks(self, form: str) -> list[str]:
        return [form.format(rank) for rank in range(len(self._order.engine.gpu_uuids) or 1)]

    def _at(self, place: str) -> Path:
        return Path(place.replace(ENGINE, str(self._folder)))

    def _run(self, stage: BuildStage, place: str) -> Path:
        """Run the tool of a stage that makes what shall lie at ``place``; where that is."""
        tool, made = self._order.tools[stage], self._at(place)
        shutil.rmtree(made, ignore_errors=True)
        for folder in (self._tuning, self._timing):
            folder.mkdir(parents=True, exist_ok=True)
        if tool.script is not None and not Path(tool.script).is_file():
            raise failed(stage, **lined(Detail.TOOL_MISSING, program=tool.script))
        words = [self._filled(word, stage) for word in self._with_timing(tool.argv)]
        environment = {key: self._filled(value, stage) for key, value in tool.environment.items()}
        remove = [self._filled(word, stage) for word in tool.remove]
        ranks = ToolProgress(ranks=len(self._order.engine.gpu_uuids) or 1)
        try:
            program = self._children.start(words, environment, lambda line: self._heard(ranks, line), remove=remove)
        except OSError as error:
            raise failed(stage, **as_line(unstarted(error))) from error
        # Not with one long wait: whoever is told to leave in the middle of it could not end the program.
        while program.returncode is None:
            time.sleep(_LOOK_EVERY_S)
        status = program.wait()
        program.stop(ask_s=0.0)
        if status != 0:
            problem = self._order.doctor.diagnose(said=None, returncode=status, lines=program.lines)
            raise Broken(Code(problem.code), **problem.facts)
        return made

    def _heard(self, ranks: ToolProgress, line: str) -> None:
        if (share := ranks.feed(line)) is not None:
            self._progress(share)

    def _with_timing(self, argv: tuple[str, ...]) -> tuple[str, ...]:
        """Without the cache to begin with, as long as there is none."""
        if INPUT_TIMING not in argv or (self._timing / self._order.timing).is_file():
            return argv
        at = argv.index(INPUT_TIMING)
        return (*argv[:at], *argv[at + 2 :])

    def _filled(self, word: str, stage: BuildStage) -> str:
        places = {
            ENGINE: str(self._folder),
            TUNING: str(self._tuning),
            TIMING: str(self._timing),
            NAME: f"engineroom-{stage}-{self._order.engine.id[:40]}-{os.getpid()}",
            OWNER: f"{os.getuid()}:{os.getgid()}",
        }
        for place, text in places.items():
            word = word.replace(place, text)
        return word


def failed(stage: BuildStage, **why: FactValue) -> Broken:
    """A stage that did not come to its end; ``why`` brings the ``line`` of the problem."""
    return Broken(Code.BUILD_FAILED, stage=stage, **why)


def _wrote(names: list[str]) -> dict[str, FactValue]:
    return as_line(fault("wrote_else", names=", ".join(names)[:500])) if names else as_line(fault("wrote_nothing"))


def _names(made: Path) -> list[str]:
    return sorted(file.name for file in made.glob("*"))


def _config(stage: BuildStage, made: Path) -> dict[str, Any]:
    try:
        tree = json.loads((made / "config.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise failed(stage, **as_line(fault("config_unread", said=str(error)[:200]))) from error
    return tree if isinstance(tree, dict) else {}
