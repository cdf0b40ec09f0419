"""Whether the weights of a model are sparse in the way that cards compute faster: two of every four are zero."""

import json
import struct
from pathlib import Path
from typing import Any, BinaryIO

_LOOKED_AT = 16
_SAMPLE_BYTES = 2**18
_SIXTEEN_BIT = frozenset({"BF16", "F16"})
_LINEAR = ("_proj.weight", "query_key_value.weight", "dense.weight", "fc1.weight", "fc2.weight", "c_fc.weight")
_MOST_HEADER_BYTES = 2**27


def is_two_four(folder: Path) -> bool | None:
    """Whether the first rows of its linear layers have at most two of four values along the input that are not zero.

    ``None`` where that cannot be told: no safetensors, none in 16 bit, or unreadable.  Blocks.
    """
    seen = 0
    for file in sorted(folder.glob("*.safetensors")):
        try:
            with file.open("rb") as stream:
                for sample in _samples(stream, _LOOKED_AT - seen):
                    seen += 1
                    if not _sparse(sample):
                        return False
        except (OSError, ValueError, KeyError, TypeError, struct.error):
            return None
        if seen >= _LOOKED_AT:
            break
    return True if seen else None


def _samples(stream: BinaryIO, most: int) -> list[bytes]:
    (length,) = struct.unpack("<Q", stream.read(8))
    if length > _MOST_HEADER_BYTES:
        raise ValueError("no header of safetensors")
    header: dict[str, Any] = json.loads(stream.read(length))
    found: list[bytes] = []
    for name, tensor in header.items():
        if len(found) == most:
            break
        if not name.endswith(_LINEAR) or tensor["dtype"] not in _SIXTEEN_BIT or len(tensor["shape"]) != 2:
            continue
        if tensor["shape"][1] % 4:
            raise ValueError("rows that are not made of fours")
        start, end = tensor["data_offsets"]
        stream.seek(8 + length + start)
        found.append(stream.read(min(end - start, _SAMPLE_BYTES)))
    return found


def _sparse(sample: bytes) -> bool:
    """All four-groups of 16-bit values; minus zero is zero too."""
    values = memoryview(sample[: len(sample) // 8 * 8]).cast("H")
    zeros = bytes(1 if value & 0x7FFF == 0 else 0 for value in values)
    return all(sum(zeros[at : at + 4]) >= 2 for at in range(0, len(zeros), 4))
