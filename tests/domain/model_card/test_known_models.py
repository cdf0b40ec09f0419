"""Cards of models that are known: layers, cache, parameters and bytes against what was published."""

from collections import Counter
from typing import Any

import pytest

from domain.model_card.known_dense import DENSE
from domain.model_card.known_others import OTHERS
from engineroom.domain.model_card.from_config import card_from_config
from engineroom.domain.model_card.values import ModelCard, Origin

KNOWN = {**DENSE, **OTHERS}


def kinds(card: ModelCard) -> Counter[str]:
    found: Counter[str] = Counter()
    for group in card.layers:
        parts = [group.attention.kind.value] if group.attention else []
        parts += [group.state.kind.value] if group.state else []
        found["+".join(parts) or "none"] += group.count
    return found


def kv_elements(card: ModelCard) -> int:
    attending = ((group.count, group.attention) for group in card.layers if group.attention)
    return sum(count * (one.key_elements + one.value_elements) for count, one in attending if not one.shares_kv)


def each(key: str) -> Any:
    return pytest.mark.parametrize(
        ("card", "known"),
        [(card_from_config(one["config"], id=name), one) for name, one in KNOWN.items() if key in one],
        ids=[name for name, one in KNOWN.items() if key in one],
    )


def test_there_are_enough_of_them() -> None:
    assert len(KNOWN) >= 30
    seen = {kind for one in KNOWN.values() for kind in one["layers"]}
    assert {"full", "sliding", "chunked", "mla", "gated_delta", "mamba", "short_convolution", "full+mamba"} <= seen


@each("config")
def test_layers_by_kind(card: ModelCard, known: dict[str, Any]) -> None:
    assert kinds(card) == Counter(known["layers"])


@each("kv")
def test_what_a_token_leaves_in_the_cache(card: ModelCard, known: dict[str, Any]) -> None:
    assert kv_elements(card) == known["kv"]


@each("window")
def test_windows(card: ModelCard, known: dict[str, Any]) -> None:
    windows = {group.attention.window_tokens for group in card.layers if group.attention}
    assert windows - {None} == {known["window"]}


@each("total")
def test_parameters_are_the_published_ones(card: ModelCard, known: dict[str, Any]) -> None:
    if known.get("exact"):
        assert card.parameters_total == known["total"]
    assert card.parameters_total == pytest.approx(known["total"], rel=0.005)


@each("active")
def test_active_parameters(card: ModelCard, known: dict[str, Any]) -> None:
    assert card.parameters_active == known["active"]


@each("experts")
def test_experts(card: ModelCard, known: dict[str, Any]) -> None:
    assert card.experts is not None
    found = (card.experts.count, card.experts.per_token, card.experts.shared, card.experts.layers)
    assert found == known["experts"]


@each("bytes")
def test_bytes_without_headers_are_those_of_the_files(card: ModelCard, known: dict[str, Any]) -> None:
    assert card.weights_origin is Origin.CONFIG
    assert card.weight_bytes == pytest.approx(known["bytes"], rel=0.005)


@each("quantisation")
def test_quantisation(card: ModelCard, known: dict[str, Any]) -> None:
    assert card.quantisation is not None
    assert (card.quantisation.method, card.quantisation.precision, card.quantisation.recognised) == known[
        "quantisation"
    ]


@each("state")
def test_states(card: ModelCard, known: dict[str, Any]) -> None:
    assert {group.state.state_elements for group in card.layers if group.state} == {known["state"]}


@each("convolution")
def test_convolutions(card: ModelCard, known: dict[str, Any]) -> None:
    assert {group.state.convolution_elements for group in card.layers if group.state} == {known["convolution"]}


@each("config")
def test_contexts_and_unknowns(card: ModelCard, known: dict[str, Any]) -> None:
    config = known["config"]
    assert card.native_context == known.get("context", config.get("max_position_embeddings"))
    assert list(card.unknowns) == known.get("unknowns", [])


@each("index")
def test_a_sparse_indexer_keeps_keys_of_its_own(card: ModelCard, known: dict[str, Any]) -> None:
    assert {group.attention.index_bytes for group in card.layers if group.attention} == {known["index"]}


@each("index_sum")
def test_layers_that_share_an_index_keep_none(card: ModelCard, known: dict[str, Any]) -> None:
    found = sum(group.count * group.attention.index_bytes for group in card.layers if group.attention)
    assert found == known["index_sum"]


@each("modalities")
def test_modalities(card: ModelCard, known: dict[str, Any]) -> None:
    assert card.modalities == known["modalities"]
    assert card.parameters_active < card.parameters_total


def test_a_stretched_context_is_told() -> None:
    card = card_from_config(KNOWN["meta-llama/Llama-3.1-8B"]["config"], id="x")
    assert card.rope_scaling is not None
    assert (card.rope_scaling.kind, card.rope_scaling.factor, card.rope_scaling.original_context) == ("llama3", 8, 8192)


def test_an_unknown_architecture_gets_no_confident_layers() -> None:
    config = {**KNOWN["meta-llama/Llama-3.1-8B"]["config"], "model_type": "zeta", "architectures": ["ZetaForCausalLM"]}
    card = card_from_config(config, id="x")
    assert {"architecture", "layers", "parameters_total"} <= set(card.unknowns)
