"""The JSON of a plan: what other programs rely on."""

import json

import pytest

from domain.planning.plan_kit import CARDS, MODELS, plan
from engineroom.contract.plan_sentences import PLAN_SENTENCES, plan_sentence
from engineroom.domain.planning.plan import plan_json
from engineroom.domain.planning.reasons import FACTS, Why, because
from engineroom.domain.planning.values import Wish

TOP = {
    "version", "model", "gpu", "gpus", "verdict", "support", "runtime", "runtime_version", "precision", "kv_dtype",
    "context", "context_max", "context_limited_by", "concurrency", "concurrency_max", "kv_tokens_max", "bill", "speed",
    "serve_config", "reasons", "alternatives", "learned_runs",
}  # fmt: skip
BILL = {
    "weights_bytes", "kv_bytes_per_token", "kv_bytes", "state_bytes", "activation_bytes", "overhead_bytes",
    "total_bytes", "total_low_bytes", "total_high_bytes", "usable_bytes", "held_bytes", "returned_bytes",
    "available_bytes", "margin_bytes", "terms", "host_terms", "estimate",
}  # fmt: skip
SPEED = {
    "decode_tokens_per_s", "decode_low", "decode_high", "throughput_tokens_per_s", "throughput_low", "throughput_high",
    "prefill_tokens_per_s", "prefill_low", "prefill_high", "ttft_s", "ttft_low", "ttft_high", "joules_per_token",
    "joules_low", "joules_high", "batch", "depth", "covered", "bytes_per_token", "roofline_tokens_per_s", "estimate",
}  # fmt: skip


@pytest.mark.parametrize("gpu", CARDS)
@pytest.mark.parametrize("model", MODELS)
def test_its_keys_and_sums(gpu: str, model: str) -> None:
    found = json.loads(json.dumps(plan_json(plan(gpu, model, concurrency=2))))
    assert set(found) >= TOP
    bill, speed = found["bill"], found["speed"]
    assert set(bill) >= BILL
    assert set(speed) >= SPEED
    parts = ("weights_bytes", "kv_bytes", "state_bytes", "activation_bytes", "overhead_bytes")
    assert sum(bill[name] for name in parts) == bill["total_bytes"]
    assert all(bill[name] >= 0 for name in parts)
    assert bill["total_low_bytes"] <= bill["total_bytes"] <= bill["total_high_bytes"]
    assert sum(term["expected_bytes"] for term in bill["terms"]) == bill["total_bytes"]
    assert all(term["origin"] for term in bill["terms"])
    assert speed["decode_low"] < speed["decode_tokens_per_s"] < speed["decode_high"]
    assert found["gpu"] == CARDS[gpu].name


def test_it_is_valid_json_without_nan_or_infinity() -> None:
    for wish in Wish:
        text = json.dumps(plan_json(plan("2080 Ti", "32b", wish=wish)), allow_nan=False)
        assert json.loads(text)["verdict"] == "no"


def test_reasons_are_flat_with_their_code() -> None:
    found = plan_json(plan("4090", "8b"))
    reasons = found["reasons"]
    assert isinstance(reasons, list)
    for one in reasons:
        assert {"code", *FACTS[Why(one["code"])]} <= set(one)
    alternatives = found["alternatives"]
    assert isinstance(alternatives, list)
    for other in alternatives:
        assert {"change", "verdict", "total_bytes", "decode_tokens_per_s", "reason"} == set(other)
        assert other["reason"]["code"] in set(Why)


@pytest.mark.parametrize("why", Why)
def test_every_code_has_facts_and_a_sentence_that_uses_only_them(why: Why) -> None:
    assert why in FACTS
    template = PLAN_SENTENCES[why]
    used = {part.split("}")[0] for part in template.split("{")[1:]}
    assert used <= set(FACTS[why])


def test_sentences_speak_of_gibibytes_and_thousands() -> None:
    facts = {"total_bytes": 3 * 2**30, "context_tokens": 32_768}
    assert plan_sentence("shorter_context", facts) == "With 32,768 tokens of context it fits: 3.0 GiB."
    assert plan_sentence("chosen", {"loss_percent": None}).endswith("costs about unknown % perplexity.")
    assert plan_sentence("no_such_code", {"a": 1}) == "no_such_code {'a': 1}"


def test_a_reason_without_its_facts_cannot_be_made() -> None:
    with pytest.raises(KeyError):
        because(Why.SLOWER, decode_tokens_per_s=1.0)
