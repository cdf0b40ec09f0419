"""What a worker prints while it loads, in the order and words of the reference's 7.3."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tensorrt_llm._double.combinations import default_batch_sizes
from tensorrt_llm._double.gpus import Gpu
from tensorrt_llm._double.model_folder import Model, is_engine
from tensorrt_llm._double.releases import Release
from tensorrt_llm._double.scenario import GIB

STAGES = ("args", "download", "spawn", "features", "allocate", "prefetch", "load", "ready_weights", "seq_len",
          "temporary_kv", "autotune", "graphs", "estimate", "kv", "autotune_again", "graphs_again", "memory_cap",
          "signal", "http")  # fmt: skip
BLOCK_TOKENS = 32
OVERHEAD_BYTES = GIB // 4


@dataclass(frozen=True)
class Line:
    """One line: its stage, its form (a function of ``log``), its text."""

    stage: str
    form: str
    text: str
    level: str = "I"


@dataclass
class Memory:
    """What the worker works out before and while it prints. Bytes, tokens."""

    card: Gpu
    model: Model
    args: dict[str, Any]
    max_seq_len: int = 0
    kv_tokens: int = 0
    shrunk_from: int | None = None
    clamped_from: int | None = None
    cache: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cache = self.args.get("kv_cache_config") or {}
        asked = self.args.get("max_seq_len")
        self.clamped_from = asked if asked and asked > self.model.longest else None
        self.max_seq_len = min(asked or self.model.longest, self.model.longest)
        tokens = int(self.available_bytes // self.bytes_per_token) // BLOCK_TOKENS * BLOCK_TOKENS
        self.kv_tokens = max(0, min(tokens, self.cache.get("max_tokens") or tokens))
        if self.kv_tokens < self.max_seq_len:
            self.shrunk_from, self.max_seq_len = self.max_seq_len, self.kv_tokens

    @property
    def ranks(self) -> int:
        """How many cards share the weights."""
        return int(self.args.get("tensor_parallel_size") or 1)

    @property
    def weights_bytes(self) -> int:
        """Of one card."""
        return self.model.weights_bytes // self.ranks

    @property
    def bytes_per_token(self) -> int:
        """Of one card."""
        return self.model.kv_bytes_per_token(self.cache.get("dtype") or "auto", self.ranks)

    @property
    def temporary_bytes(self) -> int:
        """Of the first KV cache: at least a block for each request that can be scheduled (8.1)."""
        return self.temporary_tokens * self.bytes_per_token

    @property
    def temporary_tokens(self) -> int:
        """Of the first KV cache."""
        return (self.args.get("max_batch_size") or 2048) * BLOCK_TOKENS

    @property
    def fraction(self) -> float:
        """Of free memory that the cache may take."""
        return float(self.cache.get("free_gpu_memory_fraction", 0.9))

    @property
    def peak_bytes(self) -> int:
        """On the card during the dry run."""
        return self.weights_bytes + self.card.used_bytes + OVERHEAD_BYTES + self.temporary_bytes

    @property
    def available_bytes(self) -> int:
        """For the final cache (8.1)."""
        return max(0, int((self.card.total_bytes - self.peak_bytes + self.temporary_bytes) * self.fraction))

    @property
    def settled_bytes(self) -> int:
        """What this worker holds when it serves."""
        return self.weights_bytes + OVERHEAD_BYTES + self.kv_tokens * self.bytes_per_token


def lines(memory: Memory, chosen: Release) -> Iterator[Line]:
    """All lines of rank 0."""
    if is_engine(memory.model):
        yield from _engine(memory)
        return
    yield from _loading(memory, chosen)
    yield from _sequence_length(memory)
    yield Line("temporary_kv", "cpp", _cache_line(memory.temporary_tokens, memory.bytes_per_token))
    yield from _warm_up(memory, chosen, "")
    yield from _estimate(memory)
    if most := memory.cache.get("max_tokens"):
        yield Line("kv", "python", f"Both free_gpu_memory_fraction and max_tokens are set (to {memory.fraction} of "
                   f"free memory and {most} respectively). The smaller value will be used.", "W")  # fmt: skip
    yield Line("kv", "cpp", _cache_line(memory.kv_tokens, memory.bytes_per_token))
    if memory.shrunk_from is not None:
        upper = memory.kv_tokens
        window = memory.shrunk_from
        yield Line("kv", "python", f"Attention window size {window} exceeds upper bound {upper} for available blocks. "
                   f"Reducing to {upper}.", "W")  # fmt: skip
        yield Line("kv", "python", f"Adjusted max_seq_len to {upper}", "W")
    yield from _warm_up(memory, chosen, "_again")
    share = min(1.0, memory.settled_bytes / memory.card.total_bytes + 0.02)
    capped = _gib(share * memory.card.total_bytes)
    yield Line("memory_cap", "python", f"Setting PyTorch memory fraction to {share:.6f} ({capped} GiB)")


def _engine(memory: Memory) -> Iterator[Line]:
    """Of a compiled engine: it is read and has its buffers; nothing is tuned or captured (3.2, 8.2)."""
    version = memory.model.config["version"]
    yield Line("features", "cpp", f"Engine version {version} found in the config file, assuming engine(s) built by "
               "new builder API.")  # fmt: skip
    yield Line("load", "cpp", f"Loaded engine size: {memory.weights_bytes // 2**20} MiB")
    yield Line("ready_weights", "cpp", f"[MemUsageChange] Allocated {OVERHEAD_BYTES / 2**20:.2f} MiB for execution "
               "context memory.")  # fmt: skip
    yield Line("kv", "cpp", _cache_line(memory.kv_tokens, memory.bytes_per_token))


def _gib(count: float) -> str:
    return f"{count / GIB:.2f}"


def _cache_line(tokens: int, each: int) -> str:
    return f"[MemUsageChange] Allocated {_gib(tokens * each)} GiB for max tokens in paged KV cache ({tokens})."


def _loading(memory: Memory, chosen: Release) -> Iterator[Line]:
    dtype = memory.cache.get("dtype") or "auto"
    yield Line("features", "python", "ATTENTION RUNTIME FEATURES:  AttentionRuntimeFeatures(chunked_prefill=False)")
    yield Line("features", "python", f"Validating KV Cache config against kv_cache_dtype={dtype!r}")
    weights = _gib(memory.weights_bytes)
    if chosen.line <= (1, 1):
        yield Line("allocate", "python", f"Rank 0 uses {weights} GB for model weights.")
    else:
        yield Line("allocate", "python", f"Use {weights} GB for model weights.")
    yield Line("prefetch", "python", f"Prefetching {_gib(memory.model.weights_bytes)}GB checkpoint files.")
    files = max(1, memory.model.files)
    for bar in ("Loading safetensors weights in parallel", "Loading weights"):
        for done in range(files + 1):
            share = 100 * done // files
            last = "progress_end" if done == files else "progress"
            yield Line("load", last, f"{bar}: {share:3d}%|{'#' * (share // 10):10}| {done}/{files} "
                       f"[00:{done:02d}<00:{files - done:02d},  1.00it/s]")  # fmt: skip
    yield Line("ready_weights", "python", "Model init total -- 0.42s")


def _sequence_length(memory: Memory) -> Iterator[Line]:
    if memory.clamped_from is not None:
        yield Line("seq_len", "python", f"Specified self.max_seq_len={memory.clamped_from} is larger than what the "
                   f"model can support. Setting max_seq_len to {memory.model.longest}. ", "W")  # fmt: skip
    elif memory.args.get("max_seq_len") is None:
        yield Line("seq_len", "python", f"max_seq_len is not specified, using inferred value {memory.model.longest}")


def graph_sizes(args: dict[str, Any]) -> list[int]:
    """Batch sizes that are captured; none where graphs are turned off."""
    if args.get("cuda_graph_config", {}) is None:
        return []
    graphs = args.get("cuda_graph_config") or {}
    most = min(graphs.get("max_batch_size") or 128, args.get("max_batch_size") or 2048)
    return graphs.get("batch_sizes") or default_batch_sizes(most, padding=bool(graphs.get("enable_padding")))


def _warm_up(memory: Memory, chosen: Release, again: str) -> Iterator[Line]:
    if memory.args.get("enable_autotuner", True):
        yield Line(f"autotune{again}", "python", "Running autotuner warmup...")
        yield Line(f"autotune{again}", "python", "[Autotuner] Autotuning process starts ...")
        yield Line(f"autotune{again}", "python", "[Autotuner] Autotuning process ends")
        yield Line(f"autotune{again}", "python", "[Autotuner] Cache size after warmup is 12")
    sizes = graph_sizes(memory.args)
    if not sizes:
        return
    yield Line(f"graphs{again}", "python", f"Creating CUDA graph instances for {len(sizes)} batch sizes.")
    word = "only" if chosen.line <= (1, 1) else "-only CUDA graph warmup"
    head = "Run generation only" if word == "only" else f"Run generation{word}"
    for size in sorted(sizes, reverse=True):
        text = f"{head} for batch size={size}, draft_len=0, max_seq_len={memory.max_seq_len}"
        yield Line(f"graphs{again}", "python", text)


def _estimate(memory: Memory) -> Iterator[Line]:
    inside, outside = memory.weights_bytes, memory.card.used_bytes + OVERHEAD_BYTES // 2
    yield Line("estimate", "python", "Memory used after loading model weights (inside torch) in memory usage profiling:"
               f" {_gib(inside)} GiB")  # fmt: skip
    yield Line("estimate", "python", "Memory used after loading model weights (outside torch) in memory usage "
               f"profiling: {_gib(outside)} GiB")  # fmt: skip
    yield Line("estimate", "python", f"Memory dynamically allocated during inference (inside torch) in memory usage "
               f"profiling: {_gib(OVERHEAD_BYTES // 2)} GiB")  # fmt: skip
    yield Line("estimate", "python", "Memory used outside torch (e.g., NCCL and CUDA graphs) in memory usage "
               f"profiling: {_gib(outside)} GiB")  # fmt: skip
    yield Line("estimate", "python",
               f"Peak memory during memory usage profiling (torch + non-torch): {_gib(memory.peak_bytes)} GiB, "
               f"available KV cache memory when calculating max tokens: {_gib(memory.available_bytes)} GiB, "
               f"fraction is set {memory.fraction}, kv size is {memory.bytes_per_token}. device total memory "
               f"{_gib(memory.card.total_bytes)} GiB, , tmp kv_mem {_gib(memory.temporary_bytes)} GiB")  # fmt: skip
    yield Line("estimate", "python", f"Estimated max memory in KV cache : {_gib(memory.available_bytes)} GiB")
