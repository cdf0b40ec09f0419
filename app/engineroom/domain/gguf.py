"""Reading a GGUF header without trusting it.

Layout (GGUF 2 and 3, little-endian): magic ``GGUF``, u32 version, u64 tensor count, u64 key count, the keys, the tensor
table, padding to ``general.alignment`` (default 32), then tensor data.  Source: the GGUF specification in ggml's docs.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Protocol

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, FactValue, Rejected
from engineroom.domain.traits import Task, task_of

MAX_KEYS = 65_536
MAX_TENSORS = 262_144
MAX_TEXT_BYTES = 16 * 2**20
MAX_ARRAY_ITEMS = 16 * 2**20
MAX_HEADER_BYTES = 512 * 2**20
MAX_KEPT_ITEMS = 4096

_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_TEXT, _ARRAY = 8, 9

# ggml type -> (elements per block, bytes per block). Types not listed are bounded by their offset alone.
_BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292), 16: (256, 66),
    17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82), 23: (256, 136),
    24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2), 34: (256, 54),
    35: (256, 66), 39: (32, 17), 40: (64, 36),
}  # fmt: skip

_TYPE_NAMES = {
    0: "f32", 1: "f16", 2: "q4_0", 3: "q4_1", 6: "q5_0", 7: "q5_1", 8: "q8_0", 9: "q8_1", 10: "q2_k", 11: "q3_k",
    12: "q4_k", 13: "q5_k", 14: "q6_k", 15: "q8_k", 16: "iq2_xxs", 17: "iq2_xs", 18: "iq3_xxs", 19: "iq1_s",
    20: "iq4_nl", 21: "iq3_s", 22: "iq2_s", 23: "iq4_xs", 24: "i8", 25: "i16", 26: "i32", 27: "i64", 28: "f64",
    29: "iq1_m", 30: "bf16", 34: "tq1_0", 35: "tq2_0", 39: "mxfp4", 40: "nvfp4",
}  # fmt: skip

_FILE_TYPES = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S", 12: "Q3_K_M",
    13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS",
    21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S",
    29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4", 39: "NVFP4",
}  # fmt: skip

Scalar = str | int | float | bool
Value = Scalar | tuple[int | float | bool, ...]


class Source(Protocol):
    """The part of a binary file this module needs."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes from the current position."""

    def seek(self, offset: int, /) -> int:
        """Move to ``offset`` bytes from the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GgufSummary:
    """What the header says.

    ``needs_bytes`` is the smallest file that can hold every tensor; ``pools`` is whether the file says how to make one
    vector of many.
    """

    architecture: str | None
    name: str | None
    parameters: int
    quantisation: str | None
    native_context: int | None
    has_chat_template: bool
    tensor_count: int
    needs_bytes: int
    task: Task = Task.TEXT
    pools: bool = False


@dataclass(frozen=True, slots=True)
class GgufTensor:
    """One entry of the tensor table.

    ``type_name`` is ggml's, lower case, or ``unknown``; then ``stored_bytes`` reaches to the next tensor or the end.
    ``shape`` has the fastest dimension first.
    """

    name: str
    type_name: str
    shape: tuple[int, ...]
    stored_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GgufHeader:
    """Keys (long arrays and arrays of text left out), tensors, and the smallest file that can hold them."""

    keys: dict[str, Value]
    tensors: tuple[GgufTensor, ...]
    needs_bytes: int
    quantisation: str | None


def read_header(source: Source, *, path: str, file_bytes: int) -> GgufHeader:
    """Read and check a header, keys and tensors included.

    ``file_bytes`` is the size of the whole file, also where ``source`` holds its beginning alone.

    Raises:
        Rejected: As :func:`read_summary`.
    """
    return _Header(source, path, file_bytes).header()


def read_summary(source: Source, *, path: str, file_bytes: int) -> GgufSummary:
    """Read and check a header.

    Raises:
        Rejected: ``not_gguf``, ``gguf_version``, ``gguf_truncated`` or ``gguf_broken``, each with ``path``.
    """
    return _Header(source, path, file_bytes).summary()


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    shape: tuple[int, ...]
    offset: int

    @property
    def known_bytes(self) -> int | None:
        if self.kind not in _BLOCKS:
            return None
        per_block, block_bytes = _BLOCKS[self.kind]
        return -(-prod(self.shape) // per_block) * block_bytes

    @property
    def end(self) -> int:
        return self.offset + (self.known_bytes or 0)


def _alignment(keys: dict[str, Value]) -> int | None:
    alignment = keys.get("general.alignment", 32)
    if not isinstance(alignment, int) or alignment <= 0 or alignment % 8 or alignment > 2**20:
        return None
    return alignment


def _placed(entries: list[_Entry], data_bytes: int) -> tuple[GgufTensor, ...]:
    """Tensors with their bytes; one of an unknown type reaches to where the next begins."""
    begins = sorted({one.offset for one in entries} | {max(data_bytes, 0)})
    following = dict(pairwise(begins))
    return tuple(
        GgufTensor(
            one.name,
            _TYPE_NAMES.get(one.kind, "unknown"),
            one.shape,
            following.get(one.offset, one.offset) - one.offset if one.known_bytes is None else one.known_bytes,
        )
        for one in entries
    )


class _Header:
    def __init__(self, source: Source, path: str, file_bytes: int) -> None:
        self._source = source
        self._path = path
        self._file_bytes = file_bytes
        self._at = 0

    def summary(self) -> GgufSummary:
        keys, entries, needs = self._read()
        return self._summarise(keys, sum(prod(one.shape) for one in entries), len(entries), needs)

    def header(self) -> GgufHeader:
        keys, entries, needs = self._read()
        data_at = self._padded(_alignment(keys) or 32)
        file_type = keys.get("general.file_type")
        return GgufHeader(
            keys=keys,
            tensors=_placed(entries, self._file_bytes - data_at),
            needs_bytes=needs,
            quantisation=_FILE_TYPES.get(file_type) if isinstance(file_type, int) else None,
        )

    def _read(self) -> tuple[dict[str, Value], list[_Entry], int]:
        magic = self._source.read(4)
        self._at = 4
        if magic != b"GGUF":
            raise Rejected(Code.NOT_GGUF, path=self._path, found=magic.hex(" ") or "an empty file")
        version = self._int("<I")
        if version not in {2, 3}:
            raise Rejected(Code.GGUF_VERSION, path=self._path, version=version)
        tensors = self._count("<Q", MAX_TENSORS, "tensors")
        keys = self._keys(self._count("<Q", MAX_KEYS, "keys"))
        entries = [self._tensor() for _ in range(tensors)]
        alignment = _alignment(keys)
        if alignment is None:
            raise self._broken(Detail.ALIGNMENT)
        needs = self._padded(alignment) + max((one.end for one in entries), default=0)
        if needs > self._file_bytes:
            raise self._truncated(needs)
        return keys, entries, needs

    def _padded(self, alignment: int) -> int:
        return -(-self._at // alignment) * alignment

    def _summarise(self, keys: dict[str, Value], parameters: int, tensors: int, needs: int) -> GgufSummary:
        architecture = keys.get("general.architecture")
        context = keys.get(f"{architecture}.context_length")
        name = keys.get("general.name")
        file_type = keys.get("general.file_type")
        return GgufSummary(
            architecture=architecture if isinstance(architecture, str) else None,
            name=name if isinstance(name, str) else None,
            parameters=parameters,
            quantisation=_FILE_TYPES.get(file_type) if isinstance(file_type, int) else None,
            native_context=context if type(context) is int and context > 0 else None,
            has_chat_template="tokenizer.chat_template" in keys,
            tensor_count=tensors,
            needs_bytes=needs,
            task=task_of(keys),
            pools=bool(keys.get(f"{architecture}.pooling_type")),
        )

    def _keys(self, count: int) -> dict[str, Value]:
        keys: dict[str, Value] = {}
        for _ in range(count):
            name = self._text()
            value = self._value(self._int("<I"))
            if value is not None:
                keys[name] = value
        return keys

    def _tensor(self) -> _Entry:
        name = self._text()
        dimensions = self._count("<I", 8, "dimensions")
        shape = tuple(self._int("<Q") for _ in range(dimensions))
        kind = self._int("<I")
        offset = self._int("<Q")
        if prod(shape) > 2**48 or offset > 2**48:
            raise self._broken(Detail.TENSOR_SIZE)
        return _Entry(name, kind, shape, offset)

    def _value(self, kind: int) -> Value | None:
        if kind == _TEXT:
            return self._text()
        if kind == _ARRAY:
            return self._array()
        if kind not in _SCALARS:
            raise self._broken(Detail.VALUE_TYPE, kind=kind)
        layout = _SCALARS[kind]
        value: int | float | bool = struct.unpack(layout, self._take(struct.calcsize(layout)))[0]
        return value

    def _array(self) -> Value | None:
        kind = self._int("<I")
        count = self._count("<Q", MAX_ARRAY_ITEMS, "array items")
        if kind == _TEXT:
            for _ in range(count):
                self._take(self._count("<Q", MAX_TEXT_BYTES, "text bytes"))
            return None
        if kind not in _SCALARS:
            raise self._broken(Detail.ARRAY_TYPE, kind=kind)
        size = count * struct.calcsize(_SCALARS[kind])
        if count > MAX_KEPT_ITEMS:
            self._skip(size)
            return None
        return struct.unpack(f"<{count}{_SCALARS[kind][1]}", self._take(size))

    def _text(self) -> str:
        return self._take(self._count("<Q", MAX_TEXT_BYTES, "text bytes")).decode("utf-8", "replace")

    def _int(self, layout: str) -> int:
        return int(struct.unpack(layout, self._take(struct.calcsize(layout)))[0])

    def _count(self, layout: str, most: int, what: str) -> int:
        count = self._int(layout)
        if count > most:
            raise self._broken(Detail.COUNT_TOO_LARGE, count=count, things=what, most=most)
        return count

    def _take(self, size: int) -> bytes:
        self._room(size)
        data = self._source.read(size)
        if len(data) < size:
            raise self._truncated(self._at + size)
        self._at += size
        return data

    def _skip(self, size: int) -> None:
        self._room(size)
        self._at += size
        self._source.seek(self._at)

    def _room(self, size: int) -> None:
        if self._at + size > self._file_bytes:
            raise self._truncated(self._at + size)
        if self._at + size > MAX_HEADER_BYTES:
            raise self._broken(Detail.HEADER_ENDLESS, most=MAX_HEADER_BYTES)

    def _truncated(self, needs: int) -> Rejected:
        return Rejected(Code.GGUF_TRUNCATED, path=self._path, needs_bytes=needs, has_bytes=self._file_bytes)

    def _broken(self, what: Detail, **facts: FactValue) -> Rejected:
        return Rejected(Code.GGUF_BROKEN, path=self._path, **because(what, **facts))
