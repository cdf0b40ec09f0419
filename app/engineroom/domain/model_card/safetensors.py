"""Safetensors headers and indexes: exact bytes per tensor class and format, without the tensors.

Layout: 8 bytes little-endian length, that many bytes of JSON (name -> dtype, shape, data_offsets), then the data.
Packed weights look smaller than they are (two FP4 numbers per U8, eight INT4 per I32); scales belong to their weight.
Source: the safetensors format description, and the tensor names ModelOpt, AutoAWQ, GPTQ and compressed-tensors write.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, FactValue, Rejected
from engineroom.domain.misread import misread
from engineroom.domain.model_card.reading import parse_object

MAX_HEADER_BYTES = 100_000_000
MAX_INDEX_BYTES = 64 * 2**20
MAX_TENSORS = 1_000_000
MAX_NAME_LETTERS = 1024
MAX_TENSOR_BYTES = 2**48

DTYPE_BITS = {
    "F64": 64, "F32": 32, "F16": 16, "BF16": 16, "I64": 64, "I32": 32, "I16": 16, "I8": 8, "U64": 64, "U32": 32,
    "U16": 16, "U8": 8, "BOOL": 8, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8,
    "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "C64": 64,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """One stored tensor: ``dtype`` as the header spells it, or a ggml type's name."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    stored_bytes: int

    @property
    def elements(self) -> int:
        """Stored elements; packed weights hold several numbers in each."""
        return prod(self.shape)


def header_length(first: bytes, *, path: str) -> int:
    """Bytes of JSON that follow the first 8 bytes of a file.

    Raises:
        Rejected: ``safetensors_broken`` for fewer than 8 bytes, an empty header, or one beyond 100 MB.
    """
    if len(first) < 8:
        raise _broken(path, Detail.FILE_ENDS, count=len(first))
    length = int(struct.unpack("<Q", first[:8])[0])
    if not 2 <= length <= MAX_HEADER_BYTES:
        raise _broken(path, Detail.HEADER_SIZE, count=length, most=MAX_HEADER_BYTES)
    return length


def parse_header(data: bytes, *, path: str = "", file_bytes: int | None = None) -> tuple[TensorInfo, ...]:
    """Tensors of one file from its first bytes: the length and the whole JSON; more may follow.

    ``file_bytes`` is the size of the whole file, to find out that it is cut short.

    Raises:
        Rejected: ``safetensors_broken`` with ``path``.
    """
    length = header_length(data, path=path)
    if len(data) < 8 + length:
        raise _broken(path, Detail.HEADER_CUT, count=length)
    try:
        entries = parse_object(data[8 : 8 + length])
    except ValueError as error:
        raise Rejected(Code.SAFETENSORS_BROKEN, path=path, **misread(error)) from None
    entries.pop("__metadata__", None)
    if len(entries) > MAX_TENSORS:
        raise _broken(path, Detail.TENSORS_MANY, count=len(entries))
    found = tuple(_tensor(name, entry, path) for name, entry in entries.items())
    needed = 8 + length + sum(one.stored_bytes for one in found)
    if file_bytes is not None and needed > file_bytes:
        raise _broken(path, Detail.TENSORS_BEYOND_FILE, needed=needed, count=file_bytes)
    return found


def _tensor(name: str, entry: object, path: str) -> TensorInfo:
    if len(name) > MAX_NAME_LETTERS or not isinstance(entry, Mapping):
        raise _broken(path, Detail.TENSOR_FORM)
    dtype, shape, offsets = entry.get("dtype"), _sizes(entry.get("shape")), _sizes(entry.get("data_offsets"))
    if not isinstance(dtype, str) or shape is None or offsets is None:
        raise _broken(path, Detail.TENSOR_PARTS)
    if len(offsets) != 2 or offsets[0] > offsets[1] or offsets[1] > MAX_TENSOR_BYTES:
        raise _broken(path, Detail.TENSOR_PLACE)
    stored = offsets[1] - offsets[0]
    elements = prod(shape)
    if elements > MAX_TENSOR_BYTES:
        raise _broken(path, Detail.TENSOR_SIZE)
    bits = DTYPE_BITS.get(dtype)
    if bits is not None and (elements * bits + 7) // 8 != stored:
        raise _broken(path, Detail.TENSOR_SHAPE)
    return TensorInfo(name=name, dtype=dtype, shape=shape, stored_bytes=stored)


def _sizes(value: object) -> tuple[int, ...] | None:
    if not isinstance(value, list) or len(value) > 16:
        return None
    if any(isinstance(one, bool) or not isinstance(one, int) or one < 0 for one in value):
        return None
    return tuple(value)


def parse_index(data: str | bytes, *, path: str = "") -> tuple[str, ...]:
    """Names of the files in a ``model.safetensors.index.json``, sorted, each once.

    Raises:
        Rejected: ``safetensors_broken`` where it is no index, or names a file outside its folder.
    """
    try:
        places = parse_object(data).get("weight_map")
    except ValueError as error:
        raise Rejected(Code.SAFETENSORS_BROKEN, path=path, **misread(error)) from None
    if not isinstance(places, Mapping) or not places or len(places) > MAX_TENSORS:
        raise _broken(path, Detail.NO_WEIGHT_MAP)
    names = {one for one in places.values() if isinstance(one, str) and _is_plain(one)}
    if len(names) < len({str(one) for one in places.values()}):
        raise _broken(path, Detail.WEIGHT_MAP_OUTSIDE)
    return tuple(sorted(names))


def _is_plain(name: str) -> bool:
    return name.endswith(".safetensors") and len(name) <= 255 and not any(one in name for one in '/\\:\0"')


def _broken(path: str, what: Detail, **facts: FactValue) -> Rejected:
    return Rejected(Code.SAFETENSORS_BROKEN, path=path, **because(what, **facts))
