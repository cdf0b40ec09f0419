"""What engines say of their memory while they load, read from their log lines."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from engineroom.domain.planning.values import Bill, Runtime, TermKind

MIB, GIB = 2**20, 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredTerms:
    """Bytes of one load, of the fullest card; ``None`` where no line says.

    ``activation_bytes`` is what a pass takes (llama.cpp's compute buffer, TensorRT-LLM's dynamic memory);
    ``outside_bytes`` what the card held beside PyTorch's memory: CUDA contexts, NCCL, graphs, *and other programs*.
    ``host_bytes`` are the engine's buffers in the computer's memory.  ``on_cpu``: no card took part, and the device
    figures are the processor's.
    """

    weights_bytes: int | None = None
    kv_bytes: int | None = None
    kv_tokens: int | None = None
    kv_bytes_per_token: int | None = None
    state_bytes: int | None = None
    activation_bytes: int | None = None
    outside_bytes: int | None = None
    host_bytes: int | None = None
    device_total_bytes: int | None = None
    on_cpu: bool = False

    def by_term(self, bill: Bill, *, held_bytes: int | None = None) -> dict[TermKind, int]:
        """The lines of ``bill`` that were measured, comparable with what it expects.

        TensorRT-LLM's pool is as large as it was allowed to be, so of the cache only the bytes per token count.  What
        is outside PyTorch counts where ``held_bytes``, other programs' memory at that time, is known; never on unified
        memory, where it includes the page cache.
        """
        found = {
            TermKind.WEIGHTS: self.weights_bytes,
            TermKind.KV: self.kv_bytes,
            TermKind.STATE: self.state_bytes,
            TermKind.ACTIVATIONS: self.activation_bytes,
        }
        if self.kv_bytes_per_token is not None and bill.kv_bytes_per_token:
            found[TermKind.KV] = round(bill.expected(TermKind.KV) * self.kv_bytes_per_token / bill.kv_bytes_per_token)
        if self.outside_bytes is not None and held_bytes is not None:
            found[TermKind.CUDA_CONTEXT] = max(self.outside_bytes - held_bytes, 0)
        return {kind: size for kind, size in found.items() if size is not None}


def parse(runtime: Runtime, lines: Iterable[str]) -> MeasuredTerms:
    """What ``lines`` of one engine's log say; of several loads in one log, the last."""
    return _llama_cpp(lines) if runtime is Runtime.LLAMA_CPP else _tensorrt_llm(lines)


_BUFFER = re.compile(r"(\S+)\s+(model|KV|RS|compute|output) buffer size =\s*([\d.]+) MiB")
_CELLS = re.compile(r"llama_kv_cache\w*: size =\s*[\d.]+ MiB \(\s*(\d+) cells,(?:.*?\d+/(\d+) seqs)?")
_BREAKDOWN = re.compile(
    r"\|\s+- (\S+) \([^|]*\|\s*(\d+) = \d+ \+ \(\s*\d+ =\s*(\d+) \+\s*(\d+) \+\s*(\d+)\) \+\s*(-?\d+) \|"
)


@dataclass(slots=True)
class _Buffers:
    """llama.cpp's buffers by kind and device, in bytes."""

    sizes: dict[str, dict[str, int]] = field(default_factory=dict)
    tokens: int | None = None

    def add(self, device: str, kind: str, size: int) -> None:
        """Another buffer. A model's buffer after one of a context starts another load."""
        if kind == "model" and set(self.sizes) - {"model"}:
            self.sizes, self.tokens = {}, None
        of_kind = self.sizes.setdefault(kind, {})
        # A compute buffer is announced again when it is allocated again; caches of several kinds add up.
        of_kind[device] = size if kind == "compute" else of_kind.get(device, 0) + size

    def most(self, kind: str, on: Callable[[str], bool]) -> int | None:
        """The most bytes of a kind on one device; the processor's buffers count as one device."""
        of_kind = {device: size for device, size in self.sizes.get(kind, {}).items() if on(device)}
        if not of_kind:
            return None
        return sum(of_kind.values()) if all(map(_is_host, of_kind)) else max(of_kind.values())


def _is_host(device: str) -> bool:
    return device.startswith("CPU") or device.endswith("_Host")


def _is_card(device: str) -> bool:
    return not _is_host(device)


def _llama_cpp(lines: Iterable[str]) -> MeasuredTerms:
    buffers = _Buffers()
    rows: list[tuple[int, ...]] = []
    for line in lines:
        if match := _BUFFER.search(line):
            buffers.add(match[1], match[2], round(float(match[3]) * MIB))
        elif match := _CELLS.search(line):
            buffers.tokens = max(buffers.tokens or 0, int(match[1]) * int(match[2] or 1))
        elif match := _BREAKDOWN.search(line):
            rows.append(tuple(int(match[column]) * MIB for column in range(2, 7)))
    if not buffers.sizes:
        return _from_breakdown(rows)
    on_cpu = not any(_is_card(device) for of_kind in buffers.sizes.values() for device in of_kind)
    on = _is_host if on_cpu else _is_card
    host = [buffers.most(kind, _is_host) or 0 for kind in ("model", "KV", "RS", "compute", "output")]
    return MeasuredTerms(
        weights_bytes=buffers.most("model", on),
        kv_bytes=buffers.most("KV", on),
        kv_tokens=buffers.tokens,
        state_bytes=buffers.most("RS", on),
        activation_bytes=buffers.most("compute", on),
        host_bytes=sum(host),
        on_cpu=on_cpu,
    )


def _from_breakdown(rows: list[tuple[int, ...]]) -> MeasuredTerms:
    """The summary llama.cpp prints when it ends: model, context (cache and states), compute, and what others hold."""
    if not rows:
        return MeasuredTerms()
    total, model, context, compute, other = max(rows, key=lambda row: sum(row[1:4]))
    return MeasuredTerms(
        weights_bytes=model,
        kv_bytes=context,
        activation_bytes=compute,
        outside_bytes=max(other, 0),
        device_total_bytes=total,
    )


_NUMBER = r"([\d.]+)"
_TENSORRT_LLM: tuple[tuple[str, re.Pattern[str], float], ...] = (
    # "GB" is what the line says; the figure is GiB.
    ("weights_bytes", re.compile(rf"[Uu]ses? {_NUMBER} GB for model weights"), GIB),
    ("weights_bytes", re.compile(rf"Loaded engine size: {_NUMBER} MiB"), MIB),
    ("kv_bytes", re.compile(rf"Allocated {_NUMBER} GiB for max tokens in paged KV cache"), GIB),
    ("kv_tokens", re.compile(r"for max tokens in paged KV cache \((\d+)\)"), 1),
    ("kv_bytes_per_token", re.compile(r"kv size is (\d+)\b"), 1),
    (
        "activation_bytes",
        re.compile(rf"Memory dynamically allocated during inference \(inside torch\)[^:]*: {_NUMBER} GiB"),
        GIB,
    ),
    ("activation_bytes", re.compile(rf"Allocated {_NUMBER} MiB for execution context memory"), MIB),
    ("outside_bytes", re.compile(rf"Memory used outside torch \(e\.g\.[^)]*\)[^:]*: {_NUMBER} GiB"), GIB),
    ("device_total_bytes", re.compile(rf"device total memory {_NUMBER} GiB"), GIB),
    ("device_total_bytes", re.compile(rf"in paged kv cache: total: {_NUMBER} GiB"), GIB),
)


def _tensorrt_llm(lines: Iterable[str]) -> MeasuredTerms:
    """The last figure of each kind: a first, temporary cache is allocated to measure a pass, then the real one."""
    found: dict[str, int] = {}
    for line in lines:
        for name, pattern, unit in _TENSORRT_LLM:
            if match := pattern.search(line):
                found[name] = round(float(match[1]) * unit)
    if "kv_bytes_per_token" not in found and found.get("kv_tokens"):
        found["kv_bytes_per_token"] = round(found.get("kv_bytes", 0) / found["kv_tokens"])
    return MeasuredTerms(
        weights_bytes=found.get("weights_bytes"),
        kv_bytes=found.get("kv_bytes"),
        kv_tokens=found.get("kv_tokens"),
        kv_bytes_per_token=found.get("kv_bytes_per_token"),
        activation_bytes=found.get("activation_bytes"),
        outside_bytes=found.get("outside_bytes"),
        device_total_bytes=found.get("device_total_bytes"),
    )
