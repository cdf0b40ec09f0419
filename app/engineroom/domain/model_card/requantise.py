"""The same model at another precision: what its card would be."""

from dataclasses import replace

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model_card.values import AttentionKind, ModelCard, Origin, Quantisation, TensorClass, Weights
from engineroom.domain.model_card.weights import merged, of_format
from engineroom.domain.planning.formats import GGUF_PRECISIONS, MIXTURE_BITS, WEIGHT_BITS, precision_name

_PLAIN = ("bf16", "f16", "f32")
_LINEAR = frozenset(
    {TensorClass.ATTENTION, TensorClass.STATE, TensorClass.MLP, TensorClass.EXPERTS, TensorClass.SHARED_EXPERTS}
)
_NOT_IN_GGUF = frozenset({TensorClass.VISION, TensorClass.AUDIO, TensorClass.PREDICTION})
_FOUR_BITS = ("nvfp4", "mxfp4", "w4a16", "w4a16_awq", "w4a8_awq", "w4a16_gptq", "w4a8_gptq")
_ALGORITHMS = {
    "fp8": ("modelopt", "FP8"), "nvfp4": ("modelopt", "NVFP4"), "w4a16_awq": ("modelopt", "W4A16_AWQ"),
    "w4a8_awq": ("modelopt", "W4A8_AWQ"), "int8": ("modelopt", "INT8"), "fp8_block": ("fp8", "FP8_BLOCK_SCALES"),
    "fp8_rowwise": ("compressed-tensors", "FP8_PER_CHANNEL_PER_TOKEN"), "mxfp4": ("mxfp4", "W4A16_MXFP4"),
    "mxfp8": ("modelopt", "MXFP8"),
}  # fmt: skip
_RECOGNISED = {
    "fp8", "nvfp4", "w4a16_awq", "w4a8_awq", "w4a16_gptq", "w4a8_gptq", "w4a16", "fp8_block", "fp8_rowwise", "mxfp4",
}  # fmt: skip


def as_precision(card: ModelCard, precision: str) -> ModelCard:
    """What ``card`` would be at ``precision``, from its logical parameters; the card itself if it is that already.

    Quantised the way ModelOpt does it: the matrices of attention, MLP and experts; embeddings, output, routers, norms,
    towers and prediction layers stay.  ``mxfp4`` quantises the experts alone, as in gpt-oss; a GGUF mixture is spread
    evenly over the text model, without towers and prediction layers.

    Raises:
        Rejected: ``precision_unknown``.
    """
    name = precision_name(precision)
    if name is None:
        raise Rejected(Code.PRECISION_UNKNOWN, precision=precision)
    if _is_already(card, name):
        return card
    mixture = name in GGUF_PRECISIONS and name not in _PLAIN
    weights = _mixture(card, name) if mixture else _like_model_optimizer(card, name)
    return replace(
        card,
        file_format="gguf" if mixture else "safetensors",
        weights=weights,
        weights_origin=Origin.CONFIG,
        quantisation=_quantisation(card, name),
        modalities=card.modalities[:1] if mixture else card.modalities,
        revision=None,
        download_bytes=None,
        unknowns=tuple(one for one in card.unknowns if one not in {"quantisation", "weights"}),
    )


def _is_already(card: ModelCard, name: str) -> bool:
    if card.quantisation is not None:
        return card.quantisation.precision == name
    matrices = [one for one in card.weights if one.tensor_class in _LINEAR]
    return bool(matrices) and max(matrices, key=lambda one: one.parameters).format == name


def _quantisation(card: ModelCard, name: str) -> Quantisation | None:
    if name in _PLAIN:
        return None
    if name in GGUF_PRECISIONS:
        return Quantisation(method="gguf", precision=name, recognised=False)
    method, algorithm = _ALGORITHMS.get(name, ("modelopt", name.upper()))
    kv_format = card.quantisation.kv_format if card.quantisation else None
    return Quantisation(
        method=method, precision=name, recognised=name in _RECOGNISED, algorithm=algorithm, kv_format=kv_format
    )


def _like_model_optimizer(card: ModelCard, name: str) -> tuple[Weights, ...]:
    chosen = _chosen_classes(card, name)
    return merged(
        of_format(one.tensor_class, name if one.tensor_class in chosen else _kept(one, name), one.parameters)
        for one in card.weights
    )


def _chosen_classes(card: ModelCard, name: str) -> frozenset[TensorClass]:
    """What is quantised: not the small latent matrices of MLA where only four bits are left."""
    if name in _PLAIN:
        return frozenset()
    present = {one.tensor_class for one in card.weights}
    if name == "mxfp4" and TensorClass.EXPERTS in present:
        return frozenset({TensorClass.EXPERTS})
    latent = any(group.attention and group.attention.kind is AttentionKind.MLA for group in card.layers)
    return _LINEAR - {TensorClass.ATTENTION} if latent and name in _FOUR_BITS else _LINEAR


def _kept(one: Weights, name: str) -> str:
    """The format of what is not quantised."""
    if name in _PLAIN:
        return name
    return one.format if one.format in {"bf16", "f16"} else "bf16"


def _mixture(card: ModelCard, name: str) -> tuple[Weights, ...]:
    stored_as = _main_type(name)
    found = []
    for one in card.weights:
        if one.tensor_class in _NOT_IN_GGUF:
            continue
        stored = round(one.parameters * MIXTURE_BITS[name] / 8)
        found.append(replace(one, format=stored_as, stored_bytes=stored))
    return merged(found)


def _main_type(name: str) -> str:
    """The ggml type most tensors of a mixture have: ``q4_k_m`` is mostly ``q4_k``."""
    stem = name
    while stem not in WEIGHT_BITS and "_" in stem:
        stem = stem.rpartition("_")[0]
    return stem if stem in WEIGHT_BITS else f"{stem}_s"
