"""Configurations, headers and keys that lie, and noise: a card or a refusal, never anything else."""

import json
import math
import struct
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.model_card.known_dense import DENSE
from domain.model_card.known_others import OTHERS
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model_card.from_config import card_from_config
from engineroom.domain.model_card.modules import ModuleNames
from engineroom.domain.model_card.reading import parse_object
from engineroom.domain.model_card.safetensors import MAX_HEADER_BYTES, parse_header, parse_index
from engineroom.domain.model_card.values import ModelCard

LLAMA = DENSE["meta-llama/Llama-3.1-8B"]["config"]
KNOWN = {**DENSE, **OTHERS}
KEYS = sorted({key for one in KNOWN.values() for key in one["config"]} | {"text_config", "rope_parameters"})


def outcome(config: Any, **more: Any) -> ModelCard | Rejected:
    try:
        return card_from_config(config, id="x", **more)
    except Rejected as error:
        return error


BROKEN = {
    "nothing at all": {},
    "negative layers": {**LLAMA, "num_hidden_layers": -1},
    "no layers": {**LLAMA, "num_hidden_layers": 0},
    "a million layers": {**LLAMA, "num_hidden_layers": 10**6},
    "layers as text": {**LLAMA, "num_hidden_layers": "32"},
    "layers as a truth": {**LLAMA, "num_hidden_layers": True},
    "half a layer": {**LLAMA, "num_hidden_layers": 32.5},
    "a width that is no number": {**LLAMA, "hidden_size": math.nan},
    "an endless width": {**LLAMA, "hidden_size": math.inf},
    "a width of a thousand digits": {**LLAMA, "hidden_size": 10**1000},
    "no vocabulary": {key: value for key, value in LLAMA.items() if key != "vocab_size"},
    "no heads": {key: value for key, value in LLAMA.items() if key != "num_attention_heads"},
    "heads that do not divide the width": {**LLAMA, "num_attention_heads": 33},
    "no width of the MLP": {key: value for key, value in LLAMA.items() if key != "intermediate_size"},
    "fewer kinds than layers": {**LLAMA, "layer_types": ["full_attention"]},
    "more experts per token than there are": {**LLAMA, "num_local_experts": 4, "num_experts_per_tok": 5},
    "experts nobody asks": {**LLAMA, "num_local_experts": 4},
    "a negative window": {**LLAMA, "model_type": "mistral", "sliding_window": -5},
    "a text model that is a list": {"text_config": [1, 2]},
}


@pytest.mark.parametrize("config", BROKEN.values(), ids=BROKEN.keys())
def test_a_configuration_that_makes_no_sense_is_refused(config: dict[str, Any]) -> None:
    found = outcome(config)
    assert isinstance(found, Rejected)
    assert found.code == Code.MODEL_CONFIG_BROKEN
    assert found.problem.facts["reason"]


@pytest.mark.parametrize("name", ["quantization_config", "rope_scaling", "vision_config", "audio_config"])
@pytest.mark.parametrize("value", [[], "x", 1, {"depth": "many"}, {"quant_method": 7}, {"factor": math.nan}])
def test_odd_side_sections_cost_no_more_than_themselves(name: str, value: object) -> None:
    assert isinstance(outcome({**LLAMA, name: value}), ModelCard | Rejected)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=6), inner),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=12))
def test_noise_gives_a_card_or_a_refusal(config: dict[str, Any]) -> None:
    assert isinstance(outcome(config), ModelCard | Rejected)


SMALL = st.none() | st.booleans() | st.integers(-2, 70) | st.floats() | st.sampled_from(["", "x", [], {}, [1], [[]]])


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(sorted(KNOWN)), st.dictionaries(st.sampled_from(KEYS), SMALL | JSON, min_size=1, max_size=3), JSON
)
def test_known_models_with_a_few_keys_spoilt(name: str, spoilt: dict[str, Any], noise: Any) -> None:
    config = KNOWN[name]["config"]
    inner = {**config.get("text_config", {}), **spoilt}
    both = {**config, **spoilt, **({"text_config": inner} if "text_config" in config else {})}
    more = {"quantisation_config": noise, "tokenizer_config": noise} if isinstance(noise, dict) else {}
    found = outcome(both, **more)
    if isinstance(found, ModelCard):
        assert found.parameters_total >= found.parameters_active >= 0
        assert found.weight_bytes >= 0
        assert all(group.count > 0 for group in found.layers)


TEXTS = {
    "no JSON": "{",
    "a list": "[]",
    "a key twice": '{"a": 1, "a": 2}',
    "a key twice inside": '{"b": {"a": 1, "a": 2}}',
    "a well of brackets": "[" * 200_000,
    "a well of objects": '{"a":' * 200_000,
    "a number of a million digits": '{"a": ' + "9" * 1_000_000 + "}",
    "not UTF-8": b'{"a": "\xff\xfe"}',
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_text_that_is_no_plain_object_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_object(text)


def test_endless_numbers_that_nobody_reads_do_no_harm() -> None:
    config = parse_object(json.dumps({**LLAMA, "time_step_limit": [0.0, math.inf]}))
    assert isinstance(outcome(config), ModelCard)


def header(entries: object) -> bytes:
    text = entries if isinstance(entries, bytes) else json.dumps(entries).encode()
    return struct.pack("<Q", len(text)) + text


def tensor(**keys: object) -> dict[str, object]:
    return {"t": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8], **keys}}


HEADERS = {
    "nothing": b"",
    "seven bytes": b"1234567",
    "an empty header": struct.pack("<Q", 0),
    "a header beyond all memory": struct.pack("<Q", 2**63) + b"{}",
    "a header just too long": struct.pack("<Q", MAX_HEADER_BYTES + 1) + b"{}",
    "a header cut short": struct.pack("<Q", 100) + b"{}",
    "no JSON": header(b"{nothing"),
    "a tensor twice": header(b'{"t": {}, "t": {}}'),
    "a tensor that is a number": header({"t": 5}),
    "no shape": header({"t": {"dtype": "F32", "data_offsets": [0, 8]}}),
    "a negative size": header(tensor(shape=[-2])),
    "a true size": header(tensor(shape=[True])),
    "offsets backwards": header(tensor(data_offsets=[8, 0])),
    "three offsets": header(tensor(data_offsets=[0, 4, 8])),
    "shape and place at odds": header(tensor(shape=[3])),
    "a shape beyond all files": header(tensor(dtype="Q9", shape=[2**40, 2**40], data_offsets=[0, 8])),
}


@pytest.mark.parametrize("data", HEADERS.values(), ids=HEADERS.keys())
def test_a_header_that_lies_is_refused(data: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        parse_header(data, path="x.safetensors")
    assert caught.value.code == Code.SAFETENSORS_BROKEN


def test_a_file_shorter_than_its_tensors_is_refused() -> None:
    data = header(tensor())
    assert len(parse_header(data, file_bytes=len(data) + 8)) == 1
    with pytest.raises(Rejected, match="safetensors_broken"):
        parse_header(data, file_bytes=len(data) + 7)


def header_code(data: bytes) -> str | None:
    try:
        parse_header(data)
    except Rejected as error:
        return error.code
    return None


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=64) | st.builds(header, JSON))
def test_header_noise(data: bytes) -> None:
    assert header_code(data) in {None, Code.SAFETENSORS_BROKEN}


@pytest.mark.parametrize("places", [{}, {"a": "../up.safetensors"}, {"a": "/etc/passwd"}, {"a": 1}, {"a": "c\\d"}, []])
def test_an_index_names_files_beside_it_only(places: object) -> None:
    with pytest.raises(Rejected, match="safetensors_broken"):
        parse_index(json.dumps({"weight_map": places}))


def test_an_index_gives_every_file_once() -> None:
    index = json.dumps({"weight_map": {"a": "m-2.safetensors", "b": "m-1.safetensors", "c": "m-2.safetensors"}})
    assert parse_index(index) == ("m-1.safetensors", "m-2.safetensors")


LONG_LISTS = {
    "prefixes without end": ["model." * 100_000] * 10,
    "stars without end": ["*a" * 2000] * 50,
    "choices without end": ["re:" + "(a|b|c|d)" * 50] * 50,
}


@pytest.mark.parametrize("patterns", LONG_LISTS.values(), ids=LONG_LISTS.keys())
@pytest.mark.timeout(30)
def test_lists_made_to_take_for_ever_are_left_alone(patterns: list[str]) -> None:
    names = ModuleNames.of([*patterns, "lm_head"])
    assert not names.complete
    assert names.cover("lm_head")
    assert not names.cover("layers.0.mlp.up_proj")


def test_expressions_that_could_run_for_ever_are_not_run() -> None:
    names = ModuleNames.of(["re:(a+)+$", "lm_head"])
    assert not names.complete
    assert names.cover("lm_head")
    assert not names.cover("a" * 5000 + "!")
