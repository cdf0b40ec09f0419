"""The cards a plan can be made for: this machine's, then every other of the published table."""

import csv
from dataclasses import dataclass
from importlib import resources

from engineroom.contract.control import GpuState, Machine, NvmlState

WHAT_IF = "GeForce RTX 4090"
"""The card that is planned for where the machine has none."""
_GIB_PER_CARD = "vram_gb_nominal"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardChoice:
    """``key`` is what the daemon is asked with; ``number`` counts the machine's cards of one name."""

    key: str
    name: str
    owned: bool
    number: int | None = None
    memory_gb: float | None = None


def owned(machine: Machine | None) -> list[CardChoice]:
    """The machine's cards that answer, in their order."""
    gpus = machine.gpus if machine is not None else ()
    several = len(gpus) > 1
    return [
        CardChoice(key=gpu.uuid, name=gpu.name, owned=True, number=at if several else None)
        for at, gpu in enumerate(gpus)
        if gpu.state is GpuState.OK
    ]


def best_card(machine: Machine | None) -> CardChoice | None:
    """The machine's card with the most memory; one of the table where it has none; ``None`` while it is looked for."""
    if machine is None or machine.nvml is NvmlState.STARTING:
        return None
    memory = {gpu.uuid: gpu.memory_total_bytes or 0 for gpu in machine.gpus}
    own = owned(machine)
    if not own:
        return CardChoice(key=WHAT_IF, name=WHAT_IF, owned=False)
    return max(own, key=lambda card: memory[card.key])


def enough_here(machine: Machine | None, key: str, number: int) -> bool:
    """Whether the machine has as many cards like the one with this key."""
    own = owned(machine)
    names = [choice.name for choice in own if choice.key == key]
    return bool(names) and sum(choice.name == names[0] for choice in own) >= number


def others(machine: Machine | None) -> list[CardChoice]:
    """The table's cards, by name, without those of the machine."""
    here = {gpu.name.removeprefix("NVIDIA ") for gpu in machine.gpus} if machine is not None else set()
    table = resources.files("engineroom_resources").joinpath("gpus.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return [
        CardChoice(key=row["name"], name=row["name"], owned=False, memory_gb=_number(row.get(_GIB_PER_CARD)))
        for row in rows
        if row["name"] not in here
    ]


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None
