"""What is known of a model: layers by kind, bytes by tensor class, quantisation. ``None`` means *not known*."""

from dataclasses import dataclass, field
from enum import StrEnum


class AttentionKind(StrEnum):
    """What a layer's attention keeps per token.

    ``FULL`` keeps keys and values of every token; ``SLIDING`` only of the last ``window_tokens``; ``CHUNKED`` of the
    current chunk of that size; ``MLA`` one compressed latent and one rotary key instead of keys and values.
    """

    FULL = "full"
    SLIDING = "sliding"
    CHUNKED = "chunked"
    MLA = "mla"


class StateKind(StrEnum):
    """A layer whose memory does not grow with the context."""

    GATED_DELTA = "gated_delta"
    MAMBA = "mamba"
    SHORT_CONVOLUTION = "short_convolution"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Attention of one layer.

    ``key_elements`` and ``value_elements`` are what one token leaves in the cache of this layer, over all KV heads,
    before any tensor parallelism: ``kv_heads * head_dim`` each, or for MLA ``kv_lora_rank + qk_rope_head_dim`` and 0.
    ``value_elements`` is 0 too where values are the keys.  ``shares_kv`` marks a layer that reads an earlier layer's
    cache and keeps none.  ``head_dim`` is that of the keys.  ``index_bytes`` is what one token leaves in the separate
    cache of a sparse indexer (DeepSeek V3.2, GLM-5): FP8 keys, a float32 scale per 128, whatever the cache's format.
    """

    kind: AttentionKind
    query_heads: int
    kv_heads: int
    head_dim: int
    key_elements: int
    value_elements: int
    window_tokens: int | None = None
    shares_kv: bool = False
    index_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrentState:
    """State of one layer and one sequence: float32 ``state_elements``, and the convolution's last inputs."""

    kind: StateKind
    state_elements: int
    convolution_elements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerGroup:
    """``count`` equal layers. A layer may have attention, a state, both (Falcon-H1) or neither (an MLP alone)."""

    count: int
    attention: Attention | None = None
    state: RecurrentState | None = None
    routed_experts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Experts:
    """Routed experts of the MoE layers: ``per_token`` of ``count`` answer a token; ``shared`` always do."""

    count: int
    per_token: int
    shared: int
    layers: int


class TensorClass(StrEnum):
    """What a tensor is for; decides whether it is read per token and how it is split over cards."""

    EMBEDDING = "embedding"
    OUTPUT = "output"
    ATTENTION = "attention"
    STATE = "state"
    MLP = "mlp"
    EXPERTS = "experts"
    SHARED_EXPERTS = "shared_experts"
    ROUTER = "router"
    NORM = "norm"
    VISION = "vision"
    AUDIO = "audio"
    PREDICTION = "multi_token_prediction"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Bytes of one tensor class in one storage format.

    ``format`` is the format of the weight as the arithmetic sees it: ``bf16``, ``f16``, ``f32``, ``fp8``,
    ``fp8_block``, ``fp8_rowwise``, ``nvfp4``, ``mxfp4``, ``mxfp8``, ``int8``, ``w4a16_awq``, ``w4a16_gptq``, ``w4a16``,
    ``nf4`` or a ggml type like ``q4_k``; ``unknown`` where a file uses one that has no name here.
    Scales are inside ``stored_bytes``.  ``parameters`` are logical: two per byte of packed FP4.
    """

    tensor_class: TensorClass
    format: str
    stored_bytes: int
    parameters: int


class Origin(StrEnum):
    """Where a figure comes from."""

    HEADERS = "headers"
    FILE_SIZES = "file_sizes"
    CONFIG = "config"
    CATALOGUE = "catalogue"
    MEASURED = "measured"
    TABLE = "table"
    FORMULA = "formula"
    REPORTED = "reported"
    LEARNED = "learned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantisation:
    """How the checkpoint is quantised, and whether TensorRT-LLM would see it.

    ``method`` is what the files say (``modelopt``, ``awq``, ``gptq``, ``bitsandbytes``, ``compressed-tensors``,
    ``fp8``, ``mxfp4``, ``gguf`` …); ``precision`` our name of the result; ``recognised`` is false where
    TensorRT-LLM 1.2 takes the checkpoint for unquantised and then fails on its tensors; ``kv_format`` is the cache's
    format where the checkpoint was calibrated for one.
    """

    method: str
    precision: str
    recognised: bool
    algorithm: str | None = None
    kv_format: str | None = None
    group_size: int | None = None
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RopeScaling:
    """How the context was stretched beyond ``original_context`` tokens."""

    kind: str
    factor: float | None
    original_context: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """One checkpoint.

    ``architecture`` is ``architectures[0]`` of the configuration, or GGUF's ``general.architecture``.
    ``weights_origin`` is ``headers`` (exact), ``file_sizes`` (classes estimated, sum exact) or ``config`` (all
    estimated).  ``parameters_total`` leaves out the layers of multi-token prediction, as published totals do;
    ``weights`` has them.  ``parameters_active`` is the total less the routed experts that do not answer a token, and
    less vision and audio.  ``intermediate_size`` is the widest MLP one token passes through, for workspaces.
    ``remote_code`` is true where the repository brings modelling code of its own.
    ``unknowns`` says, by field, what could not be told; with ``layers`` among them no KV figure may be given.
    """

    id: str
    architecture: str
    file_format: str
    layers: tuple[LayerGroup, ...]
    hidden_size: int
    vocabulary: int
    intermediate_size: int | None
    weights: tuple[Weights, ...]
    weights_origin: Origin
    parameters_total: int
    parameters_active: int
    tied_embeddings: bool | None
    experts: Experts | None = None
    quantisation: Quantisation | None = None
    native_context: int | None = None
    rope_scaling: RopeScaling | None = None
    modalities: tuple[str, ...] = ("text",)
    revision: str | None = None
    name: str | None = None
    chat_template: bool | None = None
    tool_calls: bool | None = None
    licence: str | None = None
    gated: bool | None = None
    remote_code: bool = False
    download_bytes: int | None = None
    unknowns: tuple[str, ...] = field(default=())

    @property
    def layer_count(self) -> int:
        """Layers of the text model, of every kind."""
        return sum(group.count for group in self.layers)

    @property
    def weight_bytes(self) -> int:
        """Bytes of every tensor, vision tower and prediction layers included."""
        return sum(part.stored_bytes for part in self.weights)
