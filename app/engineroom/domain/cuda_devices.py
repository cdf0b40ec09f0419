"""Which cards a CUDA program may see, and which it says it uses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engineroom.domain.machine import GpuInfo, GpuState

# "CUDA0 model buffer size = 4403.49 MiB", also of KV, RS and compute buffers: llama.cpp, src/llama-model.cpp.
_BUFFER = re.compile(r"\bCUDA(\d+)\s+[\w ]*buffer size\s*=\s*([0-9.]+)")
# "using device CUDA0 (NVIDIA GeForce RTX 3090) - 23892 MiB free": llama.cpp, src/llama.cpp.
_USING = re.compile(r"\busing device CUDA(\d+)\b")
_NO_PROGRAM = "prohibited"


@dataclass(frozen=True, slots=True, kw_only=True)
class CudaDevice:
    """Something a CUDA program may be given: a card, or a slice (MIG) of one; ``gpu_uuid`` is the card's."""

    uuid: str
    gpu_uuid: str


def cuda_devices(gpus: Sequence[GpuInfo]) -> tuple[CudaDevice, ...]:
    """The cards a program may use now, in their order: those that answer, may be opened and let programs compute.

    CUDA gives a program one slice at most and none beside a whole card, so slices count only where no whole card does,
    and then the largest one.
    """
    open_ = [gpu for gpu in gpus if gpu.state is GpuState.OK and gpu.compute_mode != _NO_PROGRAM]
    whole = tuple(CudaDevice(uuid=gpu.uuid, gpu_uuid=gpu.uuid) for gpu in open_ if not gpu.mig_enabled)
    if whole:
        return whole
    slices = [(part.memory_total_bytes or 0, part.uuid, gpu.uuid) for gpu in open_ for part in gpu.mig_instances]
    largest = max(slices, key=lambda each: each[0], default=None)
    return () if largest is None else (CudaDevice(uuid=largest[1], gpu_uuid=largest[2]),)


def cuda_index(line: str) -> int | None:
    """The number of the device that a line of llama.cpp's log says is used; ``None`` for any other line."""
    if found := _BUFFER.search(line):
        return int(found[1]) if float(found[2].strip(".") or 0) > 0 else None
    found = _USING.search(line)
    return None if found is None else int(found[1])


def cuda_environment(uuids: Sequence[str]) -> Mapping[str, str]:
    """Variables that give a program these cards, in this order, and no other.

    By UUID, for CUDA numbers cards its own way and that need not be the driver's.  No UUID means no card: an empty list
    hides them all.  CUDA silently drops everything behind an entry it does not understand, so a UUID that is none is
    refused here.

    Args:
        uuids: of cards (``GPU-…``) or of their slices (``MIG-…``).

    Raises:
        ValueError: for a UUID of another form, or one given twice.
    """
    if len(set(uuids)) != len(uuids):
        raise ValueError(f"a card is named twice: {', '.join(uuids)}")
    for uuid in uuids:
        if not uuid.startswith(("GPU-", "MIG-")) or not re.sub(r"[-/]", "", uuid).isalnum():
            raise ValueError(f"not the UUID of a card: {uuid!r}")
    return {**CUDA_ORDER, "CUDA_VISIBLE_DEVICES": ",".join(uuids)}


CUDA_ORDER: Mapping[str, str] = {"CUDA_DEVICE_ORDER": "PCI_BUS_ID"}
"""Numbers cards as the driver does; for a program that may see them all because nobody knows which there are."""
