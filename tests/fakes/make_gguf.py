"""GGUF files to order: whole ones, and ones that lie about anything."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

U8, I8, U16, I16, U32, I32, F32, BOOL, TEXT, ARRAY, U64, I64, F64 = range(13)
_LAYOUTS = {U8: "<B", I8: "<b", U16: "<H", I16: "<h", U32: "<I", I32: "<i", F32: "<f", BOOL: "<?", U64: "<Q",
            I64: "<q", F64: "<d"}  # fmt: skip

Plain = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensor:
    """One row of the tensor table. ``kind`` is ggml's number of the type; 0 is F32, 3 is Q4_1."""

    name: str
    dimensions: tuple[int, ...]
    kind: int = 0
    offset: int = 0


def text(value: str) -> bytes:
    """A string, as keys and values hold it."""
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def scalar(kind: int, value: Plain) -> bytes:
    """A value without its type."""
    return text(str(value)) if kind == TEXT else struct.pack(_LAYOUTS[kind], value)


def key(name: str, kind: int, value: Plain) -> bytes:
    """A key with a scalar or a string."""
    return text(name) + struct.pack("<I", kind) + scalar(kind, value)


def array_key(name: str, kind: int, values: Sequence[Plain]) -> bytes:
    """A key with an array."""
    items = b"".join(scalar(kind, value) for value in values)
    return text(name) + struct.pack("<IIQ", ARRAY, kind, len(values)) + items


def tensor_row(tensor: Tensor) -> bytes:
    """A row of the tensor table."""
    sizes = struct.pack(f"<I{len(tensor.dimensions)}Q", len(tensor.dimensions), *tensor.dimensions)
    return text(tensor.name) + sizes + struct.pack("<IQ", tensor.kind, tensor.offset)


def header(
    keys: Iterable[bytes],
    tensors: Iterable[Tensor] = (),
    *,
    magic: bytes = b"GGUF",
    version: int = 3,
    key_count: int | None = None,
    tensor_count: int | None = None,
) -> bytes:
    """A header; the counts are the true ones unless given."""
    keys, tensors = list(keys), list(tensors)
    counts = (
        len(tensors) if tensor_count is None else tensor_count,
        len(keys) if key_count is None else key_count,
    )
    return magic + struct.pack("<IQQ", version, *counts) + b"".join(keys) + b"".join(map(tensor_row, tensors))


def padded(head: bytes, data_bytes: int, *, alignment: int = 32) -> bytes:
    """A header with the padding and the tensor data that belong behind it."""
    return head + bytes(-len(head) % alignment + data_bytes)


USUAL_KEYS = (
    key("general.architecture", TEXT, "llama"),
    key("general.name", TEXT, "Tiny"),
    key("general.file_type", U32, 3),
    key("llama.context_length", U32, 2048),
    key("llama.rope.freq_base", F32, 10000.0),
    key("tokenizer.ggml.add_bos_token", BOOL, True),
    array_key("tokenizer.ggml.tokens", TEXT, ["<s>", "a", "ä"]),
    array_key("tokenizer.ggml.scores", F32, [0.0, 1.0, 2.0]),
    key("tokenizer.chat_template", TEXT, "{{ messages }}{{ tools }}"),
)


def tiny_model() -> bytes:
    """A whole file of two tensors: 64 values of F32 and 64 of Q4_1."""
    tensors = [
        Tensor(name="output.weight", dimensions=(8, 8)),
        Tensor(name="blk.0.attn_q.weight", dimensions=(64,), kind=3, offset=256),
    ]
    return padded(header(USUAL_KEYS, tensors), 256 + 40)
