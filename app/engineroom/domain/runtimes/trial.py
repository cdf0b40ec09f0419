"""What a gate may try on this computer, for the worker's order."""

from collections.abc import Callable, Mapping

from engineroom.domain.machine import GpuState, Machine
from engineroom.domain.runtimes.values import Installation

ROOM = 0.6
"""Share of a card that the weights of a gate's model may take: the cache and the engine itself need the rest."""


def trial_of(
    machine: Machine,
    *,
    model: str | None,
    tool_parser: Callable[[str], str | None],
    reference: Installation | None,
    folder: Callable[[str], str],
    engines: Mapping[int, str],
    patience_s: float,
) -> dict[str, object]:
    """The order's ``trial``. Without a card nothing is served, and without a model neither.

    Args:
        machine: whose cards would serve.
        model: the folder of a model.
        tool_parser: of the model in a folder.
        reference: the runtime that the new one would replace.
        folder: of a runtime.
        engines: of this engine room that run on cards, by their processes.
        patience_s: how long a card is waited for that another engine holds.
    """
    skipped = "" if machine.gpus else "no_card"
    skipped = skipped or ("" if model else "no_model")
    manifest = None if reference is None else reference.manifest
    return {
        "skipped": skipped,
        "model": model or "",
        "tool_parser": tool_parser(model) if model and not skipped else None,
        "simulated": machine.simulated,
        "gpus": bool(machine.gpus),
        "cards": [gpu.uuid for gpu in machine.gpus if gpu.state is GpuState.OK],
        "engines": {str(pid): name for pid, name in engines.items()},
        "patience_s": patience_s,
        "reference": None
        if reference is None or manifest is None
        else {
            "id": reference.id,
            "kind": str(reference.kind),
            "folder": folder(reference.id),
            "program": manifest.program or "",
            "image": manifest.image or "",
        },
    }
