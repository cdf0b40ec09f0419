"""What goes into a plan and what comes out. Bytes are bytes, rates are tokens per second; ``None`` is *not known*."""

from dataclasses import dataclass
from enum import StrEnum

from engineroom.domain.errors import FactValue
from engineroom.domain.machine import MemoryKind
from engineroom.domain.model_card.values import Origin
from engineroom.domain.reason import Reason


class Runtime(StrEnum):
    """The inference software an engine runs on."""

    TENSORRT_LLM = "tensorrt-llm"
    LLAMA_CPP = "llama.cpp"


class EngineKind(StrEnum):
    """``checkpoint`` is read while an engine starts; ``compiled`` for the card before (TensorRT-LLM up to 1.2)."""

    CHECKPOINT = "checkpoint"
    COMPILED = "compiled"


class Wish(StrEnum):
    """What matters most to the person who asks."""

    QUALITY = "quality"
    BALANCED = "balanced"
    SPEED = "speed"
    CONTEXT = "context"


class Verdict(StrEnum):
    """``tight`` is within the error of the bill; ``unknown`` where the model's layers could not be told."""

    FITS = "fits"
    TIGHT = "tight"
    NO = "no"
    UNKNOWN = "unknown"


class Support(StrEnum):
    """What is known of a precision on a card and runtime. Unlisted is ``untested``, never ``supported``."""

    SUPPORTED = "supported"
    EXPERIMENTAL = "experimental"
    UNTESTED = "untested"
    BROKEN = "broken"


class TermKind(StrEnum):
    """Lines of the memory bill."""

    WEIGHTS = "weights"
    KV = "kv"
    STATE = "state"
    ACTIVATIONS = "activations"
    LOGITS = "logits"
    WORKSPACES = "workspaces"
    GRAPHS = "cuda_graphs"
    CUDA_CONTEXT = "cuda_context"
    NCCL = "nccl"
    DESKTOP = "desktop"
    HOST = "host"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A program that holds memory of a card now; ``returns`` if it is an engine the plan would replace."""

    program: str
    memory_bytes: int
    pid: int | None = None
    returns: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """A card to plan for, owned or not.

    ``memory_total_bytes`` is what the driver reports; ``usable_bytes`` what a CUDA program can have of it when the
    card is empty (the computer's available memory less its reserve, for unified memory).  ``bandwidth_bytes_per_s``
    is the peak.  Tensor throughputs are dense FLOP/s with 32-bit accumulation (``fp16_flops``) and of the narrower
    formats; ``None`` where the card has no such unit or it is not known.  ``held_by`` is everything on it now;
    ``held_unnamed_bytes`` what is used and by nobody the driver names.
    """

    name: str
    compute_capability: tuple[int, int] | None
    memory_total_bytes: int | None
    usable_bytes: int | None
    bandwidth_bytes_per_s: float | None
    memory_kind: MemoryKind = MemoryKind.OWN
    multiprocessors: int | None = None
    fp16_flops: float | None = None
    fp16_fast_flops: float | None = None
    fp8_flops: float | None = None
    fp4_flops: float | None = None
    power_limit_w: float | None = None
    display_active: bool | None = None
    laptop: bool = False
    uuid: str | None = None
    held_by: tuple[Holder, ...] = ()
    held_unnamed_bytes: int = 0
    owned: bool = False
    nvlink: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """Where the engine would run: ``os`` is ``linux``, ``wsl`` or ``windows``; ``arch`` ``x86_64`` or ``aarch64``.

    ``llama_cpp_uses_cards`` is false where the llama.cpp that is installed was built for the processor alone.
    """

    os: str = "linux"
    arch: str = "x86_64"
    driver_version: str | None = None
    cuda_version: str | None = None
    llama_cpp_uses_cards: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked. ``None`` and ``"auto"`` leave the choice to the plan.

    ``context_tokens`` is per sequence; ``concurrency`` how many sequences shall have that much at once; ``depth`` the
    tokens already in the cache and ``batch`` the streams decoded at once, for the speed.  ``precision`` and
    ``kv_format`` are our names (see :mod:`engineroom.domain.planning.formats`).
    """

    context_tokens: int | None = None
    concurrency: int = 1
    precision: str | None = None
    kv_format: str | None = None
    runtime: Runtime | None = None
    runtime_version: str | None = None
    kind: EngineKind = EngineKind.CHECKPOINT
    wish: Wish = Wish.BALANCED
    gpus: int = 1
    depth: int | None = None
    batch: int | None = None
    prompt_tokens: int = 512
    acceptance: float | None = None
    draft_tokens: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What would be served: the request once everything is chosen.

    ``max_num_tokens`` is the most tokens of one forward pass (TensorRT-LLM's name; llama.cpp's ``ubatch``); ``None``
    takes the runtime's default of ours.  ``gpus`` is the tensor-parallel size for TensorRT-LLM and the number of cards
    the layers are spread over for llama.cpp, whose sequences share one pool of cells unless ``kv_unified`` is false.
    """

    runtime: Runtime
    kv_format: str
    context_tokens: int
    concurrency: int = 1
    gpus: int = 1
    max_num_tokens: int | None = None
    kv_unified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One line of the bill: bytes per GPU, as low, expected and high, and where the figure comes from."""

    kind: TermKind
    low_bytes: int
    expected_bytes: int
    high_bytes: int
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """Device memory per GPU. ``kv_tokens_max`` is the cache the card has room for beside everything else."""

    terms: tuple[Term, ...]
    host_terms: tuple[Term, ...]
    kv_bytes_per_token: int
    usable_bytes: int | None
    held_bytes: int
    returned_bytes: int
    margin_bytes: int
    kv_tokens_max: int | None

    @property
    def available_bytes(self) -> int | None:
        """What the engine can have: the card's, less what others hold, plus what a replaced engine gives back."""
        return None if self.usable_bytes is None else self.usable_bytes - self.held_bytes + self.returned_bytes

    @property
    def total_bytes(self) -> int:
        """Expected, of all device terms."""
        return sum(term.expected_bytes for term in self.terms)

    @property
    def total_low_bytes(self) -> int:
        """The least it may be."""
        return sum(term.low_bytes for term in self.terms)

    @property
    def total_high_bytes(self) -> int:
        """The most it may be."""
        return sum(term.high_bytes for term in self.terms)

    def expected(self, *kinds: TermKind) -> int:
        """Expected bytes of these lines."""
        return sum(term.expected_bytes for term in self.terms if term.kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """An estimate and its bounds."""

    low: float
    expected: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Estimates. ``decode`` is per stream and ``throughput`` over all of ``batch``; both tokens/s after the first.

    ``joules_per_token`` is at the card's own draw while decoding, over all cards.  ``covered`` is false where the
    model of the speed is known not to reach (the range is then wide, and ``reasons`` say why).  ``decode`` is the
    median of so many ``measured_answers`` on this computer, unless that is 0.  ``prefill`` and
    ``ttft_s`` are ``None`` where the card's arithmetic is not known.
    """

    decode: Range
    throughput: Range
    prefill: Range | None
    ttft_s: Range | None
    joules_per_token: Range | None
    batch: int
    depth: int
    bytes_per_token: int
    roofline_tokens_per_s: float
    covered: bool
    measured_answers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another way: a change that makes a model fit, or a candidate that lost, with the bill it would have.

    ``change`` maps names of :class:`Request` fields (or ``model``) to their new values.
    """

    change: dict[str, FactValue]
    verdict: Verdict
    total_bytes: int | None
    reason: Reason
    decode_tokens_per_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The answer: what would be served, how, on what bill and at what speed, and why.

    ``serve_config`` is the runtime's own options, by their own names.  ``context_limited_by`` is ``model``,
    ``memory``, ``request`` or ``None``.  ``native_context`` is what the model was made for, ``gpu_memory_bytes`` all
    that the card has.
    """

    model: str
    gpu: str
    gpus: int
    runtime: Runtime
    runtime_version: str | None
    precision: str
    kv_format: str
    context_tokens: int
    concurrency: int
    verdict: Verdict
    support: Support
    bill: Bill | None
    speed: Speed | None
    serve_config: dict[str, FactValue]
    context_max: int | None
    concurrency_max: int | None
    context_limited_by: str | None
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...]
    learned_runs: int = 0
    kind: EngineKind = EngineKind.CHECKPOINT
    native_context: int | None = None
    gpu_memory_bytes: int | None = None
