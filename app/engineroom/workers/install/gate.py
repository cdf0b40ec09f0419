"""Trying a runtime out: what it says of itself, then a short serve of it and of the one it would replace."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from engineroom.domain.runtimes.enter import VERSIONS_PROBE, Inside
from engineroom.domain.runtimes.gate import Busy, Ran, Seen, Smoke, better, is_slower
from engineroom.domain.runtimes.uv_output import InstallStage
from engineroom.domain.runtimes.values import RuntimeKind
from engineroom.domain.runtimes.wire import manifest_of
from engineroom.domain.trtllm.probed import ARGUMENTS_PROBE, ProbedVersion, parse_arguments, parse_serve_help
from engineroom.workers.install.cards import find_room
from engineroom.workers.install.children import Children
from engineroom.workers.install.order import Order, Trial
from engineroom.workers.install.smoke import smoke
from engineroom.workers.install.steps import Tell


def try_out(order: Order, children: Children, tell: Tell) -> Seen:
    """Everything the verdict is made of."""
    inside = inside_of(order)
    versions = children.ask(inside.python(VERSIONS_PROBE), inside.environment)
    told = _last_object(versions)
    help_text = children.ask(inside.serve_help(), inside.environment)
    arguments = children.ask(inside.python(ARGUMENTS_PROBE), inside.environment)
    probed = _probed(told.get("version"), help_text, arguments)
    # An image may have it where no package manager put it; then it says so itself.
    version = told.get("version") or (probed.text if probed else None)
    trial = order.trial
    served = _Served()
    if not trial.skipped and version is not None and probed is not None:
        choices = (probed.options or {}).get("--tool_parser")
        served = _served(inside, trial, choices or (), children, tell)
    return Seen(
        wanted_version=order.version,
        version=version,
        version_line=versions.line,
        cuda=told.get("cuda"),
        options=help_text,
        arguments=arguments,
        probed=probed,
        smoke=served.new,
        busy=served.room,
        crowd=served.crowd,
        skipped=trial.skipped,
        model=trial.model,
        reference=trial.reference,
        reference_smoke=served.old,
        simulated=trial.simulated,
    )


@dataclass(slots=True)
class _Served:
    """What came of serving; ``room`` is a card that was held, ``crowd`` who came to it meanwhile."""

    new: Smoke | None = None
    old: Smoke | None = None
    room: Busy | None = None
    crowd: Busy | None = None


def _served(inside: Inside, trial: Trial, parsers: Collection[str], children: Children, tell: Tell) -> _Served:
    room = find_room(
        trial.cards,
        trial.engines,
        patience_s=trial.patience_s,
        waits=lambda: tell("stage", stage=InstallStage.WAIT),
    )
    if room.uuid is None and trial.cards:
        return _Served(room=Busy(card=room.name, holders=room.holders))
    tell("stage", stage=InstallStage.SMOKE)
    here = replace(inside, card=room.uuid)
    parser = trial.tool_parser if trial.tool_parser in parsers else None
    served = _Served(smoke(here, trial.model, parser, children))
    if trial.reference_inside is not None and served.new is not None and served.new.failure is None:
        served.old = smoke(replace(trial.reference_inside, card=room.uuid), trial.model, None, children)
        if is_slower(served.new, served.old):
            # Something may have disturbed it; what is slower indeed is so again.
            served.new = better(served.new, smoke(here, trial.model, parser, children))
    # What was served is ended, and the driver may list it for a moment all the same.
    after = find_room(trial.cards and (str(room.uuid),), trial.engines, patience_s=trial.patience_s, waits=lambda: None)
    if after.holders:
        served.crowd = Busy(card=after.name, holders=after.holders)
    return served


def inside_of(order: Order) -> Inside:
    """How to get at what was installed: an image by its digest."""
    image = ""
    if order.kind is RuntimeKind.CONTAINER:
        image = manifest_of((order.folder / "manifest.json").read_text("utf-8")).image or order.image
    return Inside(kind=order.kind, folder=str(order.folder), program=order.program, image=image, gpus=order.trial.gpus)


def _probed(version: str | None, help_text: Ran, arguments: Ran) -> ProbedVersion | None:
    keys: dict[str, tuple[str, ...]] | None = None
    if arguments.output is not None:
        try:
            version, keys = parse_arguments(arguments.output)
        except ValueError:
            keys = None
    if version is None:
        return None
    options = None if help_text.output is None else parse_serve_help(help_text.output)
    return ProbedVersion(text=version, options=options, arguments=keys)


def _last_object(ran: Ran) -> dict[str, Any]:
    for line in reversed((ran.output or "").splitlines()):
        if line.startswith("{"):
            tree = json.loads(line)
            return tree if isinstance(tree, dict) else {}
    return {}
