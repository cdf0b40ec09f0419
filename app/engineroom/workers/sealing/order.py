"""What the worker is told, and what of it is done: two files in the half folder of the engine."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engineroom.domain.errors import Broken, Code
from engineroom.domain.misread import misread
from engineroom.domain.sealed.values import BuildStage, SealedEngine, stages_of
from engineroom.domain.sealed.wire import sealed_of
from engineroom.domain.trtllm.tables import Marker
from engineroom.domain.trtllm.toolbox import Tool
from engineroom.services.doctor import Doctor, Signature
from engineroom.workers.install.journal import write_whole

ORDER, STAGES = "order.json", "stages.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOrder:
    """One order.

    ``source`` is the model as it was fetched, ``timing`` the name of the compiler's cache; ``expects`` are the
    ``parameters`` and ``weight_bytes`` of what is quantised here, empty where nobody knows them.
    """

    engine: SealedEngine
    source: Path
    tools: Mapping[BuildStage, Tool]
    timing: str
    stages: tuple[BuildStage, ...]
    markers: tuple[Marker, ...]
    doctor: Doctor
    expects: Mapping[str, int]


def read_order(folder: Path) -> BuildOrder:
    """Raises Broken (``sealed_broken``)."""
    try:
        tree = json.loads((folder / ORDER).read_text("utf-8"))
        return BuildOrder(
            engine=sealed_of(json.dumps(tree["engine"])),
            source=Path(tree["source"]),
            tools={BuildStage(stage): _tool(row) for stage, row in tree["tools"].items()},
            timing=str(tree["timing"]),
            stages=stages_of(tree),
            markers=tuple(
                Marker(step=step, pattern=re.compile(pattern), source="") for step, pattern in tree["markers"]
            ),
            doctor=Doctor([_signature(row) for row in tree["signatures"]]),
            expects={name: int(count) for name, count in tree.get("expects", {}).items()},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Broken(Code.SEALED_BROKEN, path=str(folder), **misread(error)) from error


class Stages:
    """Finished stages and what came of each, in a file replaced whole."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / STAGES
        self._done = self._read()

    def has(self, stage: BuildStage) -> bool:
        """Whether it is done."""
        return stage in self._done

    def result(self, stage: BuildStage) -> Any:
        """What came of it; ``None`` while it is not done."""
        return self._done.get(stage)

    def end(self, stage: BuildStage, result: object) -> None:
        """It is done. Raises Broken."""
        self._done = {**self._done, stage: result}
        write_whole(self._path, json.dumps(self._done))

    def _read(self) -> dict[str, Any]:
        try:
            tree = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return tree if isinstance(tree, dict) else {}


def _tool(row: dict[str, Any]) -> Tool:
    return Tool(**(row | {name: tuple(map(str, row[name])) for name in ("argv", "remove")}))


def _signature(row: list[Any]) -> Signature:
    pattern, code, also = row
    return Signature(pattern=re.compile(pattern), code=Code(code), also=tuple(map(re.compile, also)))
