"""A model card from ``config.json`` and what else is known of the checkpoint."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engineroom.domain.model_card import inventory
from engineroom.domain.model_card.families import UNKNOWN, Family, family_of
from engineroom.domain.model_card.feed_forward import Routing, routing
from engineroom.domain.model_card.parameters import TextModel, layer_groups, shape_of, text_model
from engineroom.domain.model_card.quantisation import scheme_of
from engineroom.domain.model_card.reading import MOST_TOKENS, Facts
from engineroom.domain.model_card.safetensors import TensorInfo
from engineroom.domain.model_card.towers import towers
from engineroom.domain.model_card.values import (
    Experts,
    ModelCard,
    Origin,
    RopeScaling,
    TensorClass,
    Weights,
)  # fmt: skip
from engineroom.domain.model_card.weights import from_parts, parameters_active, parameters_total, scaled_to

_TEXT_SECTIONS = ("text_config", "llm_config", "language_config", "thinker_config", "language_model_config")
_CONTEXTS = (
    "max_position_embeddings", "n_positions", "max_sequence_length", "seq_length", "n_ctx", "max_seq_len",
    "model_max_length",
)  # fmt: skip
_DTYPES = {"bfloat16": "bf16", "float16": "f16", "half": "f16", "float32": "f32"}
_FAR = 0.12
"""How far the formula may be from known file sizes before its parameters are called unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    weights: tuple[Weights, ...]
    origin: Origin
    unknowns: tuple[str, ...] = ()


def card_from_config(
    config: Mapping[str, object],
    *,
    id: str,  # noqa: A002 - the card's own word for it
    quantisation_config: Mapping[str, object] | None = None,
    tokenizer_config: Mapping[str, object] | None = None,
    chat_template: str | None = None,
    tensors: Iterable[TensorInfo] | None = None,
    file_bytes: int | None = None,
    name: str | None = None,
    revision: str | None = None,
    licence: str | None = None,
    gated: bool | None = None,
    download_bytes: int | None = None,
) -> ModelCard:
    """The card of one checkpoint.

    ``config`` is ``config.json``, ``quantisation_config`` ``hf_quant_config.json``, ``chat_template`` the text of
    ``chat_template.jinja``; ``tensors`` are all of the headers' (then bytes are exact), ``file_bytes`` the sum of the
    weight files where there are none.

    Raises:
        Rejected: ``model_config_broken`` where the configuration describes no language model.
    """
    whole = Facts(config, id)
    separate = None if quantisation_config is None else Facts(quantisation_config, id)
    template = _template(tokenizer_config, chat_template)
    return replace(
        _card(whole, separate, tensors, file_bytes, id),
        name=name,
        revision=revision,
        licence=licence,
        gated=gated,
        download_bytes=download_bytes,
        chat_template=None if template is None else bool(template),
        tool_calls=None if template is None else "tools" in template,
    )


def _card(
    whole: Facts, separate: Facts | None, tensors: Iterable[TensorInfo] | None, file_bytes: int | None, named: str
) -> ModelCard:
    family, text = _text_of(whole)
    shape = shape_of(text, family or UNKNOWN)
    model = text_model(shape)
    more, modalities, blind = towers(whole, shape.hidden)
    scheme = scheme_of(whole if "quantization_config" in whole else text, separate)
    routed = routing(shape) if any(layer.routed for layer in model.layers) else None
    stored = _in_headers(tensors, shape.layers, whole) or _estimated(
        from_parts((*model.parts, *more), scheme, _base_format(whole, text)), file_bytes
    )
    return ModelCard(
        id=named,
        architecture=_architecture(whole, text),
        file_format="safetensors",
        layers=layer_groups(model.layers),
        hidden_size=shape.hidden,
        vocabulary=shape.vocabulary,
        intermediate_size=max(layer.width for layer in model.layers) or None,
        weights=stored.weights,
        weights_origin=stored.origin,
        parameters_total=parameters_total(stored.weights),
        parameters_active=_active(stored.weights, routed),
        tied_embeddings=_tied(model, stored),
        experts=_experts(model, routed),
        quantisation=scheme.quantisation,
        native_context=text.whole(*_CONTEXTS, least=1, most=MOST_TOKENS),
        rope_scaling=_rope_scaling(text),
        modalities=("text", *modalities),
        remote_code="auto_map" in whole or "auto_map" in text,
        unknowns=_unknowns(family, model, text, (*blind, *scheme.unknowns, *stored.unknowns), stored.origin),
    )


def _base_format(whole: Facts, text: Facts) -> str:
    said = whole.text("torch_dtype") or whole.text("dtype") or text.text("torch_dtype") or text.text("dtype")
    return _DTYPES.get(said or "", "bf16")


def _text_of(whole: Facts) -> tuple[Family | None, Facts]:
    """The family, and the text model's configuration with the family's defaults."""
    text = whole.section(*_TEXT_SECTIONS) or whole
    inner = text.section("text_config")
    text = text if inner is None else inner
    said = [(one.text("model_type"), _class(one)) for one in (text, whole)]
    family = next((found for pair in said if (found := family_of(*pair)) is not None), None)
    inherited: dict[str, object] = {"model_type": whole.text("model_type")}
    if whole.flag("tie_word_embeddings") is not None:
        inherited["tie_word_embeddings"] = whole.flag("tie_word_embeddings")
    return family, text.over({**inherited, **(family.defaults if family else {})})


def _class(facts: Facts) -> str:
    return next(iter(facts.words("architectures")), "")


def _architecture(whole: Facts, text: Facts) -> str:
    return _class(whole) or _class(text) or whole.text("model_type") or "unknown"


def _in_headers(tensors: Iterable[TensorInfo] | None, layers: int, whole: Facts) -> _Stored | None:
    known = () if tensors is None else tuple(tensors)
    if not known:
        return None
    inside = whole.section("quantization_config")
    bits = (inside.whole("bits", "w_bit") if inside else None) or 4
    found = inventory.weights_of(known, layers=layers, packed_bits=bits if bits in {2, 4, 8} else 4)
    odd = ("weights",) if any(one.format == "unknown" for one in found) else ()
    return _Stored(weights=found, origin=Origin.HEADERS, unknowns=odd)


def _estimated(weights: tuple[Weights, ...], file_bytes: int | None) -> _Stored:
    if file_bytes is None or file_bytes <= 0:
        return _Stored(weights=weights, origin=Origin.CONFIG)
    far = abs(file_bytes - sum(one.stored_bytes for one in weights)) > _FAR * file_bytes
    unknowns = ("parameters_total",) if far else ()
    return _Stored(weights=scaled_to(weights, file_bytes), origin=Origin.FILE_SIZES, unknowns=unknowns)


def _active(weights: tuple[Weights, ...], routed: Routing | None) -> int:
    if routed is None:
        return parameters_active(weights, 0, 0)
    return parameters_active(weights, routed.count, routed.per_token)


def _tied(model: TextModel, stored: _Stored) -> bool:
    if stored.origin is not Origin.HEADERS:
        return model.tied
    return all(one.tensor_class is not TensorClass.OUTPUT for one in stored.weights)


def _experts(model: TextModel, routed: Routing | None) -> Experts | None:
    if routed is None:
        return None
    layers = sum(1 for layer in model.layers if layer.routed)
    return Experts(count=routed.count, per_token=routed.per_token, shared=routed.shared, layers=layers)


def _rope_scaling(text: Facts) -> RopeScaling | None:
    said = text.section("rope_scaling", "rope_parameters")
    if said is None:
        return None
    said = said.section("full_attention") or said
    kind = said.text("rope_type") or said.text("type")
    if kind is None or kind in {"default", "mrope", "proportional"}:
        return None
    factor = said.real("factor")
    original = said.whole("original_max_position_embeddings", least=1, most=MOST_TOKENS)
    return RopeScaling(
        kind=kind,
        factor=factor if factor is not None and factor > 0 else None,
        original_context=original or text.whole("original_max_position_embeddings", least=1, most=MOST_TOKENS),
    )


def _template(tokenizer_config: Mapping[str, object] | None, chat_template: str | None) -> str | None:
    """Text of every chat template; empty if there is none, ``None`` if nobody looked."""
    if chat_template is not None:
        return chat_template
    if tokenizer_config is None:
        return None
    found = tokenizer_config.get("chat_template")
    if isinstance(found, str):
        return found
    many = Facts(tokenizer_config, "").sections("chat_template")
    return "\n".join(one.text("template", most=2**20) or "" for one in many)


def _unknowns(
    family: Family | None, model: TextModel, facts: Facts, more: tuple[str, ...], origin: Origin
) -> tuple[str, ...]:
    found = list(more)
    known = family or UNKNOWN
    if family is None:
        found.append("architecture")
    if not known.formula_known or not model.understood or _is_sparse(facts):
        found.append("layers")
    if not known.parameters_known and origin is not Origin.HEADERS:
        found.append("parameters_total")
    if not any(name in facts for name in _CONTEXTS):
        found.append("native_context")
    return tuple(dict.fromkeys(found))


def _is_sparse(facts: Facts) -> bool:
    """Signs of caches whose formula is not known here."""
    sparse = facts.section("sparse_attention_config")
    return "compress_ratios" in facts or (sparse is not None and sparse.flag("use_sparse_attention") is not False)
