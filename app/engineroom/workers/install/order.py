"""What the worker is told: a file in the folder of the runtime, written by the daemon before each start."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engineroom.domain.errors import Broken, Code
from engineroom.domain.misread import misread
from engineroom.domain.runtimes.enter import Inside
from engineroom.domain.runtimes.recipe import Step
from engineroom.domain.runtimes.values import RuntimeKind
from engineroom.domain.runtimes.wire import steps_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The gate's part. ``skipped`` says why none is served; ``model`` is a folder; ``reference`` the other.

    ``cards``, ``engines`` and ``patience_s`` are as in :func:`.cards.find_room`.
    """

    skipped: str
    model: str
    tool_parser: str | None
    simulated: bool
    gpus: bool
    reference: str | None
    reference_inside: Inside | None
    cards: tuple[str, ...]
    engines: Mapping[int, str]
    patience_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order. ``image`` is with its tag."""

    id: str
    kind: RuntimeKind
    product: str
    version: str
    folder: Path
    program: str
    image: str
    sources: tuple[str, ...]
    steps: tuple[Step, ...]
    trial: Trial


def read_order(path: Path) -> Order:
    """Raises Broken (``install_order_broken``)."""
    try:
        tree = json.loads(path.read_text("utf-8"))
        trial = tree["trial"]
        return Order(
            id=str(tree["id"]),
            kind=RuntimeKind(tree["kind"]),
            product=str(tree["product"]),
            version=str(tree["version"]),
            folder=path.parent,
            program=str(tree["program"]),
            image=str(tree["image"]),
            sources=tuple(map(str, tree["sources"])),
            steps=steps_of(tree["steps"]),
            trial=Trial(
                skipped=str(trial["skipped"]),
                model=str(trial["model"]),
                tool_parser=None if trial["tool_parser"] is None else str(trial["tool_parser"]),
                simulated=bool(trial["simulated"]),
                gpus=bool(trial["gpus"]),
                reference=None if trial["reference"] is None else str(trial["reference"]["id"]),
                reference_inside=_inside(trial["reference"], gpus=bool(trial["gpus"])),
                cards=tuple(map(str, trial["cards"])),
                engines={int(pid): str(name) for pid, name in trial["engines"].items()},
                patience_s=float(trial["patience_s"]),
            ),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Broken(Code.INSTALL_ORDER_BROKEN, path=str(path), **misread(error)) from error


def _inside(tree: dict[str, Any] | None, *, gpus: bool) -> Inside | None:
    if tree is None:
        return None
    return Inside(
        kind=RuntimeKind(tree["kind"]), folder=tree["folder"], program=tree["program"], image=tree["image"], gpus=gpus
    )
