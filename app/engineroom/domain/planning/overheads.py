"""Everything on a card beside weights, cache and states, per GPU, each with bounds.

Published evidence: all of it together is 0.6 to 2.5 GiB on one card, and 0.4 GiB more for each further rank.
"""

from math import ceil

from engineroom.domain.model_card.values import ModelCard, Origin, TensorClass
from engineroom.domain.planning.kv import DEFAULT_UBATCH, Bounds, growing
from engineroom.domain.planning.values import Gpu, Runtime, Shape, Term, TermKind
from engineroom.domain.planning.weights import host_weight_bytes

MIB, GIB = 2**20, 2**30

CONTEXT_MIB_PER_MULTIPROCESSOR = (2.6, 3.05, 3.7)
"""A CUDA context grows with the card: 107 MiB at 34 multiprocessors (4060 Ti), 256 at 82 (3090), 426 at 142 (6000
Ada), 555 at 188 (RTX PRO 6000)."""

_CONTEXT_UNKNOWN_MIB = (107, 300, 555)

DENSE_COEFFICIENTS = {1: 11.0, 2: 6.5, 4: 5.0, 8: 5.0}
MOE_COEFFICIENTS = {1: 22.0, 2: 13.0, 4: 10.0, 8: 10.0}
"""Activations of TensorRT-LLM: ``2 * tokens * hidden * coefficient`` bytes by tensor-parallel size (aiconfigurator).

gpt-oss-120b at 8,192 tokens: 990 MiB by this, 870 MiB in its log on a GB10.
"""

ACTIVATIONS_FLOOR = 70 * MIB

ATTENTION_WORKSPACE = 100_738_816
"""TensorRT-LLM's, by its log."""

FLASHINFER_WORKSPACE = 394 * MIB

GRAPH_MIB = (8, 40, 100)
"""One captured CUDA graph. TensorRT-LLM's documentation says "up to 200 MB"; measured elsewhere 50 to 100."""

NCCL_MIB = {1: 0, 2: 342, 4: 392, 8: 392}
RANK_MIB = 410
"""Tables of aiconfigurator; and, as the high bound, what each further rank was seen to cost in all."""

DESKTOP_MIB = (512, 768, 1536)
"""A desktop on the card when nothing is known of what it holds."""

_DESKTOP_GROWTH_MIB = (0, 128, 1024)
_DESKTOP_MAYBE_MIB = (0, 0, 512)

PROCESS_MIB = {Runtime.TENSORRT_LLM: (1536, 4096, 8192), Runtime.LLAMA_CPP: (150, 300, 700)}
"""Memory of the engine's own processes in the computer (Python, PyTorch and CUDA's libraries). General knowledge."""


def default_max_num_tokens(runtime: Runtime, gpu: Gpu) -> int:
    """Tokens of one forward pass where nobody says: activations grow with it, so small cards get fewer.

    TensorRT-LLM's own default is 8,192 and costs a small card a gigabyte.
    """
    if runtime is Runtime.LLAMA_CPP:
        return DEFAULT_UBATCH
    total = gpu.memory_total_bytes or 0
    return 2048 if total <= 26 * GIB else 4096 if total <= 50 * GIB else 8192


def graph_sizes(max_batch_size: int) -> tuple[int, ...]:
    """Batch sizes that TensorRT-LLM captures with padding: 1, 2, 4, then every eighth, and the largest itself."""
    sizes = [size for size in (1, 2, 4) if size < max_batch_size]
    return (*sizes, *range(8, min(max_batch_size, 128), 8), min(max_batch_size, 128))


def tokens_of(shape: Shape, gpu: Gpu) -> int:
    """Most tokens of one forward pass."""
    if shape.max_num_tokens is not None:
        return shape.max_num_tokens
    return default_max_num_tokens(shape.runtime, gpu)


def pass_term(card: ModelCard, gpu: Gpu, shape: Shape) -> Term:
    """Buffers of one forward pass. In llama.cpp they grow with the context."""
    tokens = tokens_of(shape, gpu)
    if shape.runtime is Runtime.LLAMA_CPP:
        return _term(TermKind.ACTIVATIONS, compute_buffer(card, shape, tokens), Origin.FORMULA)
    return _term(TermKind.ACTIVATIONS, activations(card, shape.gpus, tokens), Origin.TABLE)


def overheads(card: ModelCard, gpu: Gpu, shape: Shape) -> list[Term]:
    """Device terms beside weights, cache, states and the buffers of a pass; none of them depends on the context."""
    terms = [
        _term(TermKind.CUDA_CONTEXT, cuda_context(gpu), Origin.TABLE),
        _term(TermKind.DESKTOP, desktop(gpu), Origin.TABLE),
    ]
    if shape.runtime is Runtime.LLAMA_CPP:
        return [*terms, _term(TermKind.WORKSPACES, cublas_workspace(gpu), Origin.TABLE)]
    return [
        *terms,
        _term(TermKind.LOGITS, logits(card, shape), Origin.FORMULA),
        _term(TermKind.WORKSPACES, tensorrt_llm_workspaces(gpu), Origin.TABLE),
        _term(TermKind.GRAPHS, _mib(GRAPH_MIB, len(graph_sizes(shape.concurrency))), Origin.TABLE),
        _term(TermKind.NCCL, nccl(shape.gpus), Origin.TABLE),
    ]


def activations(card: ModelCard, gpus: int, tokens: int) -> Bounds:
    """TensorRT-LLM's buffers of a forward pass of ``tokens`` tokens per GPU."""
    mixture = card.experts is not None and card.experts.count > 0
    table = MOE_COEFFICIENTS if mixture else DENSE_COEFFICIENTS
    coefficient = table[max(size for size in table if size <= gpus)]
    formula = ceil(2 * tokens * card.hidden_size * coefficient)
    expected = max(formula, ACTIVATIONS_FLOOR)
    return max(int(0.6 * formula), ACTIVATIONS_FLOOR), expected, 2 * expected


def logits(card: ModelCard, shape: Shape) -> Bounds:
    """float32 logits of every sequence, whole on each rank; sampling keeps up to three copies."""
    one = shape.concurrency * card.vocabulary * 4
    return one, 2 * one, 4 * one


def tensorrt_llm_workspaces(gpu: Gpu) -> Bounds:
    """Attention's, matrix multiplication's, and at most what FlashInfer's sampling takes."""
    low, expected, high = cublas_workspace(gpu)
    base = ATTENTION_WORKSPACE
    return base + low, base + expected + 64 * MIB, base + high + FLASHINFER_WORKSPACE


def cublas_workspace(gpu: Gpu) -> Bounds:
    """Per handle and stream 4 MiB before Hopper, 32 MiB from it on; up to two of them. A processor has none."""
    if gpu.multiprocessors == 0:
        return 0, 0, 0
    modern = gpu.compute_capability is None or gpu.compute_capability >= (9, 0)
    one = (32 if modern else 4) * MIB
    return one, one, 2 * one + 32 * MIB


def nccl(gpus: int) -> Bounds:
    """Buffers of communication between ``gpus`` ranks."""
    if gpus <= 1:
        return 0, 0, 0
    expected = NCCL_MIB[max(size for size in NCCL_MIB if size <= gpus)]
    return 200 * MIB, expected * MIB, max(expected + 58, RANK_MIB * (gpus - 1)) * MIB


def cuda_context(gpu: Gpu) -> Bounds:
    """The context of one process on the card."""
    if gpu.multiprocessors is None:
        return _mib(_CONTEXT_UNKNOWN_MIB)
    return _mib(CONTEXT_MIB_PER_MULTIPROCESSOR, gpu.multiprocessors)


def desktop(gpu: Gpu) -> Bounds:
    """Reserve for the screen. What a desktop holds now is counted with the other programs: then only its growth."""
    if gpu.display_active is False:
        return 0, 0, 0
    if gpu.held_by or gpu.held_unnamed_bytes:
        return _mib(_DESKTOP_GROWTH_MIB)
    return _mib(DESKTOP_MIB if gpu.display_active else _DESKTOP_MAYBE_MIB)


def compute_buffer(card: ModelCard, shape: Shape, tokens: int) -> Bounds:
    """llama.cpp's buffer of a pass of ``tokens`` tokens: widest layer, 16-bit mask, a row of logits per slot.

    The high bound is for versions of 2025 and before, which kept the logits of every token (300.75 MiB for
    Qwen3-Coder-30B-A3B at 512 tokens), and for backends that turn a cache that is not 16 bits wide into one that is.
    """
    layer = 4 * tokens * live_elements(card)
    mask = 2 * tokens * shape.context_tokens * (shape.concurrency if shape.kv_unified else 1)
    rows = 4 * shape.concurrency * card.vocabulary
    expected = layer + mask + rows
    every_token = 4 * tokens * (card.vocabulary + card.hidden_size) + 2 * mask
    unpacked = 0
    if shape.kv_format != "f16":
        widest = max((one.key_elements + one.value_elements for _, one in growing(card.layers)), default=0)
        unpacked = 2 * widest * shape.context_tokens * shape.concurrency
    return int(0.7 * layer) + mask, expected, max(ceil(1.5 * layer) + 3 * mask + rows, every_token) + unpacked


def live_elements(card: ModelCard) -> int:
    """Numbers per token that are alive at once in llama.cpp's graph, at the widest place of a layer.

    Read off the allocator of version b11549 (processor build, models of varied shape, 512 to 2,048 tokens): exact where
    the MLP is at least twice as wide as the model, else up to a third too many.
    """
    hidden = card.hidden_size
    wide = card.intermediate_size or 4 * hidden
    widths = [3 * wide + 5 * hidden]
    if card.experts is not None:
        widths.append(wide + card.experts.per_token * hidden + 4 * hidden)
    for _, one in growing(card.layers):
        queries = one.query_heads * one.head_dim
        widths.append(2 * queries + 2 * (one.key_elements + one.value_elements) + 3 * hidden)
    return max(widths)


def host_terms(card: ModelCard, shape: Shape) -> list[Term]:
    """Memory of the computer: the engine's processes, and llama.cpp's embeddings."""
    low, expected, high = _mib(PROCESS_MIB[shape.runtime])
    stays = host_weight_bytes(card, shape.runtime)
    return [_term(TermKind.HOST, (low + stays, expected + stays, high + stays), Origin.TABLE)]


def page_cache(card: ModelCard) -> Term:
    """Files read while loading stay in the system's page cache, which gives way when memory is asked for.

    On unified memory TensorRT-LLM takes it for used: 49 GiB of 120 were lost to the cache with gpt-oss-120b.
    """
    size = sum(part.stored_bytes for part in card.weights if part.tensor_class is not TensorClass.PREDICTION)
    return _term(TermKind.HOST, (0, 0, size), card.weights_origin)


def _mib(bounds: tuple[float, float, float], times: int = 1) -> Bounds:
    low, expected, high = (ceil(bound * times * MIB) for bound in bounds)
    return low, expected, high


def _term(kind: TermKind, bounds: Bounds, origin: Origin) -> Term:
    low, expected, high = bounds
    return Term(kind=kind, low_bytes=low, expected_bytes=expected, high_bytes=high, origin=origin)
