"""Which card a plan is for, and who holds its memory now."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.machine import GpuInfo, GpuReading, GpuState, Machine
from engineroom.domain.planning.bill import UNIFIED_SHARE
from engineroom.domain.planning.experience import PROCESSOR
from engineroom.domain.planning.question import AUTO
from engineroom.domain.planning.values import Gpu, Holder, Platform
from engineroom.services.ports import CardTable

_ARM_MODULES = frozenset({"gb10", "gh200", "gb200", "gb300", "spark", "thor", "orin", "jetson"})
_OURS = "engineroom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The machine and the newest reading of its cards; empty where there is none yet."""

    machine: Machine
    gpus: tuple[GpuReading, ...] = ()


def choose_gpu(wanted: str, count: int, sight: Sight, table: CardTable) -> Gpu:
    """The card to plan for; of several equal ones the fullest of the ``count`` emptiest, for all must have room.

    ``cpu`` is the processor, which nothing else means.  ``auto`` takes the cards with the most free memory, a UUID or a
    name this computer's; any other name, or more cards than there are, an empty card of the table.

    Raises:
        Rejected: ``gpu_none`` (not enough of them here), ``gpu_unknown``, ``gpu_description``.
    """
    if wanted.strip().lower() == PROCESSOR:
        return processor(sight.machine)
    mine = [_held(table.enrich(info), sight) for info in sight.machine.gpus if _usable(info, sight)]
    if wanted.strip().lower() in {"", AUTO}:
        return _emptiest(mine, count)
    meant = [gpu for gpu in mine if _means(wanted, gpu)]
    if not meant:
        return table.named(wanted)
    same = meant if len(meant) >= count else [gpu for gpu in mine if gpu.name == meant[0].name]
    return _emptiest(same, count) if len(same) >= count else table.named(meant[0].name)


def processor(machine: Machine) -> Gpu:
    """The processor as a card with the computer's memory, of which the system and its programs keep some."""
    total = machine.host.memory_total_bytes
    return Gpu(
        name=PROCESSOR,
        compute_capability=None,
        memory_total_bytes=total,
        usable_bytes=int(total * UNIFIED_SHARE),
        bandwidth_bytes_per_s=None,
        multiprocessors=0,
        display_active=False,
        owned=True,
    )


def platform_for(gpu: Gpu, here: Platform) -> Platform:
    """This computer for its own cards; for others Linux on the processor such a card comes with."""
    if gpu.owned:
        return here
    arm = bool(_ARM_MODULES & set(re.split(r"[^a-z0-9]+", gpu.name.lower())))
    return Platform(os="linux", arch="aarch64" if arm else "x86_64")


def free_bytes(gpu: Gpu) -> int:
    """What is left of a card beside programs of others; ours would give theirs back."""
    held = sum(holder.memory_bytes for holder in gpu.held_by if not holder.returns) + gpu.held_unnamed_bytes
    return max(0, (gpu.usable_bytes or 0) - held)


def _emptiest(gpus: Sequence[Gpu], count: int) -> Gpu:
    kinds: dict[str, list[Gpu]] = {}
    for gpu in sorted(gpus, key=free_bytes, reverse=True):
        kinds.setdefault(gpu.name, []).append(gpu)
    enough = [kind for kind in kinds.values() if len(kind) >= count]
    if not enough:
        raise Rejected(Code.GPU_NONE, wanted=count, found=max(map(len, kinds.values()), default=0))
    return max((kind[count - 1] for kind in enough), key=free_bytes)


def _usable(info: GpuInfo, sight: Sight) -> bool:
    now = _reading(info.uuid, sight)
    return info.state is GpuState.OK and (now is None or now.state is GpuState.OK)


def _reading(uuid: str | None, sight: Sight) -> GpuReading | None:
    return next((reading for reading in sight.gpus if reading.uuid == uuid), None)


def _held(gpu: Gpu, sight: Sight) -> Gpu:
    now = _reading(gpu.uuid, sight)
    if now is None:
        return gpu
    holders = [
        Holder(
            program=process.program or f"process {process.pid}",
            memory_bytes=process.memory_bytes,
            pid=process.pid,
            returns=process.ours,
        )
        for process in now.processes or ()
        if process.memory_bytes
    ]
    if not any(holder.returns for holder in holders) and now.memory_ours_bytes:
        holders.append(Holder(program=_OURS, memory_bytes=now.memory_ours_bytes, returns=True))
    named = sum(holder.memory_bytes for holder in holders)
    return replace(gpu, held_by=tuple(holders), held_unnamed_bytes=max(0, (now.memory_used_bytes or 0) - named))


def _means(text: str, gpu: Gpu) -> bool:
    told = text.strip().lower()
    return told == (gpu.uuid or "").lower() or _plain(told) == _plain(gpu.name)


def _plain(name: str) -> str:
    """A card's name without what people leave out."""
    words = (word for word in re.split(r"[^a-z0-9]+", name.lower()) if word not in {"nvidia", "geforce", "gpu"})
    return " ".join(words)
