"""Sizes and names of quantised tensors, written to real safetensors files (reference 3.3, 8.1)."""

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT = ("embed_tokens", "lm_head", "norm", "router", "mlp.gate.weight")


@dataclass(frozen=True)
class Format:
    """``bits`` of one weight, with scales of ``scale_dtype`` per ``group`` weights (None: one per tensor)."""

    algorithm: str
    bits: int
    group: int | None = None
    scale_dtype: str = "F32"
    second_scale: bool = False


FORMATS = {
    "int8": Format("W8A16", 8), "int8_sq": Format("W8A8_SQ_PER_CHANNEL", 8), "fp8": Format("FP8", 8),
    "int4_awq": Format("W4A16_AWQ", 4, 128, "F16"), "w4a8_awq": Format("W4A8_AWQ", 4, 128, "F16"),
    "nvfp4": Format("NVFP4", 4, 16, "F8_E4M3", second_scale=True),
    "nvfp4_awq": Format("NVFP4_AWQ", 4, 16, "F8_E4M3", second_scale=True),
    "fp8_pb_wo": Format("fp8_pb_wo", 8, 128), "fp8_pc_pt": Format("FP8_PER_CHANNEL_PER_TOKEN", 8),
    "w4a8_nvfp4_fp8": Format("W4A8_NVFP4_FP8", 4, 32, "F8_E4M3", second_scale=True),
    "w4a8_mxfp4_fp8": Format("W4A8_MXFP4_FP8", 4, 32, "U8"),
    "nvfp4_mlp_only": Format("NVFP4", 4, 16, "F8_E4M3", second_scale=True),
}  # fmt: skip
KV = {"none": None, "fp8": "FP8", "nvfp4": "NVFP4", "nvfp4_affine": "NVFP4"}
SIZES = {"F32": 4, "F16": 2, "BF16": 2, "F8_E4M3": 1, "U8": 1, "I8": 1}


def rewrite(source: Path, target: Path, chosen: Format) -> None:
    """Write ``target`` with the linear layers of ``source`` in the format; their content is zeros."""
    header, data_at = _header(source)
    header.pop("__metadata__", None)
    rows: dict[str, Any] = {}
    end = 0
    copied: list[tuple[int, int, int]] = []
    for name, tensor in header.items():
        start, stop = tensor["data_offsets"]
        for new, dtype, shape in _tensors(name, tensor, chosen):
            size = SIZES[dtype] if dtype in SIZES else (stop - start) // max(1, _count(shape))
            size *= _count(shape)
            rows[new] = {"dtype": dtype, "shape": shape, "data_offsets": [end, end + size]}
            if (dtype, shape) == (tensor["dtype"], tensor["shape"]):
                copied.append((data_at + start, end, size))
            end += size
    text = json.dumps({"__metadata__": {"format": "pt"}} | rows).encode()
    text += b" " * (-len(text) % 8)
    with source.open("rb") as old, target.open("wb") as new_file:
        new_file.write(struct.pack("<Q", len(text)) + text)
        new_file.truncate(8 + len(text) + end)
        for at, to, size in copied:
            old.seek(at)
            new_file.seek(8 + len(text) + to)
            new_file.write(old.read(size))


def _header(path: Path) -> tuple[dict[str, Any], int]:
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        return json.loads(file.read(length)), 8 + length


def _count(shape: list[int]) -> int:
    total = 1
    for size in shape:
        total *= size
    return total


def _tensors(name: str, tensor: dict[str, Any], chosen: Format) -> list[tuple[str, str, list[int]]]:
    """The tensors that stand for one: itself, or packed weights and their scales."""
    shape = tensor["shape"]
    if len(shape) != 2 or any(part in name for part in KEPT) or not name.endswith(".weight"):
        return [(name, tensor["dtype"], shape)]
    base, (out, inner) = name.removesuffix(".weight"), shape
    if chosen.bits == 4:
        packed = (name, "U8", [out, -(-inner // 2)])
    else:
        packed = (name, "I8" if chosen.algorithm.startswith(("W8", "INT8")) else "F8_E4M3", [out, inner])
    scale = [] if chosen.group is None else [out, -(-inner // chosen.group)]
    if chosen.algorithm == "fp8_pb_wo":
        scale = [-(-out // 128), -(-inner // 128)]
    found = [packed, (f"{base}.weight_scale", chosen.scale_dtype, scale)]
    if chosen.second_scale:
        found.append((f"{base}.weight_scale_2", "F32", []))
    if chosen.algorithm in {"FP8", "NVFP4", "NVFP4_AWQ"}:
        found.append((f"{base}.input_scale", "F32", []))
    return found


def excluded(source: Path) -> list[str]:
    """Modules that stay as they are: the head, where the files have one."""
    names = {name for path in source.glob("*.safetensors") for name in _header(path)[0]}
    return sorted({"lm_head"} | {name.removesuffix(".weight") for name in names if "router" in name})
