"""Whole plans: what is asked for is followed, what is left open is chosen, and the JSON says all of it."""

from dataclasses import replace

import pytest

from domain.planning import model_cards
from domain.planning.plan_kit import CARDS, GIB, MATRIX, MODELS, codes, gpt_oss, plan, platform, quantised
from engineroom.domain.model_card.values import LayerGroup, Origin
from engineroom.domain.planning.bill import make_bill
from engineroom.domain.planning.learned import Corrections, Run, corrections_from
from engineroom.domain.planning.plan import MODERATE_CONTEXT, make_plan, plan_json
from engineroom.domain.planning.speed import estimate_speed
from engineroom.domain.planning.values import (
    Gpu,
    Holder,
    Plan,
    Request,
    Runtime,
    Shape,
    Support,
    TermKind,
    Verdict,
    Wish,
)

TRT, LLAMA = Runtime.TENSORRT_LLM, Runtime.LLAMA_CPP


def reason(found: Plan, code: str) -> dict[str, object]:
    return next(dict(one.facts) for one in found.reasons if one.code == code)


@pytest.mark.parametrize("runtime", [TRT, LLAMA])
@pytest.mark.parametrize("precision", ["bf16", "fp8", "q4_k_m", "nvfp4", "w4a16_awq"])
@pytest.mark.parametrize("kv_format", ["bf16", "fp8", "q8_0"])
@pytest.mark.parametrize("gpu", ["2080 Ti", "4090", "5090"])
def test_a_request_that_names_everything_is_followed(
    gpu: str, kv_format: str, precision: str, runtime: Runtime
) -> None:
    asked = {"context_tokens": 5000, "concurrency": 3, "depth": 4000, "batch": 2}
    found = plan(gpu, "8b", runtime=runtime, precision=precision, kv_format=kv_format, **asked)
    assert (found.runtime, found.precision, found.kv_format) == (runtime, precision, kv_format)
    assert (found.context_tokens, found.concurrency, found.context_limited_by) == (5000, 3, "request")
    assert found.bill is not None
    assert found.speed is not None
    assert (found.speed.depth, found.speed.batch) == (4000, 2)
    if found.support is not Support.SUPPORTED:
        assert codes(found) & {"broken", "untested", "experimental", "not_recognised"}


def test_the_arithmetic_is_that_of_the_bill_and_the_speed() -> None:
    found = plan("4090", "8b", runtime=TRT, precision="bf16", kv_format="bf16", context_tokens=8192, concurrency=2)
    shape = Shape(runtime=TRT, kv_format="bf16", context_tokens=8192, concurrency=2)
    assert found.bill == make_bill(MODELS["8b"], CARDS["4090"], shape)
    expected = estimate_speed(MODELS["8b"], CARDS["4090"], runtime=TRT, kv_format="bf16", batch=2, depth=512)
    assert found.speed == expected


def test_what_does_not_fit_is_still_answered_and_helped() -> None:
    found = plan("4090", "8b", runtime=TRT, precision="bf16", kv_format="bf16", context_tokens=131_072)
    assert found.verdict is Verdict.NO
    facts = reason(found, "no_room")
    assert facts["total_bytes"] - facts["available_bytes"] == facts["missing_bytes"]
    ways = {one.reason.code: one for one in found.alternatives if one.verdict is Verdict.FITS}
    assert {"shorter_context", "other_precision", "more_cards"} <= set(ways)
    assert ways["shorter_context"].change["context_tokens"] < 131_072
    way = ways["shorter_context"]
    again = plan("4090", "8b", runtime=TRT, precision="bf16", kv_format="bf16", **way.change)
    assert again.verdict is Verdict.FITS
    assert again.bill is not None
    assert again.bill.total_bytes == way.total_bytes


def test_a_smaller_model_is_offered_where_this_one_does_not_fit() -> None:
    found = make_plan(
        Request(),
        [MODELS["32b"]],
        CARDS["2080 Ti"],
        platform(CARDS["2080 Ti"]),
        MATRIX,
        smaller=[MODELS["14b"], MODELS["8b"]],
    )
    assert found.verdict is Verdict.NO
    offered = [one.change["model"] for one in found.alternatives if one.reason.code == "smaller_model"]
    assert offered == [MODELS["14b"].id, MODELS["8b"].id]


@pytest.mark.parametrize(
    ("gpu", "model", "wish", "limited_by", "code"),
    [
        ("H200", "8b", "balanced", None, "context_moderate"),
        ("H200", "8b", "context", "model", "context_limited_by_model"),
        ("4090", "32b", "balanced", "memory", "context_limited_by_memory"),
    ],
)
def test_context_left_open(gpu: str, model: str, wish: str, limited_by: str | None, code: str) -> None:
    found = plan(gpu, model, wish=Wish(wish))
    assert found.context_limited_by == limited_by
    assert code in codes(found)
    assert found.context_max is not None
    assert found.context_tokens <= found.context_max
    if limited_by is None:
        assert found.context_tokens == MODERATE_CONTEXT
    if limited_by == "memory":
        assert found.context_tokens == found.context_max
    assert found.verdict is Verdict.FITS


def test_a_short_native_context_is_never_exceeded_unasked() -> None:
    small = model_cards.smollm2_135m()
    found = plan("4090", small)
    assert (found.context_tokens, found.context_limited_by) == (8192, "model")
    asked = plan("4090", small, context_tokens=16_384)
    assert asked.context_tokens == 16_384
    assert reason(asked, "context_beyond_model") == {"context_tokens": 16_384, "native_context": 8192}


def test_more_at_once_leaves_less_context_each() -> None:
    alone, many = plan("4090", "8b", precision="bf16"), plan("4090", "8b", precision="bf16", concurrency=16)
    assert many.context_max is not None
    assert alone.context_max is not None
    assert many.context_max < alone.context_max / 8
    assert many.speed is not None
    assert many.speed.batch == 16


def test_tightness_is_told() -> None:
    fits = plan("4090", "8b", precision="bf16", runtime=TRT, kv_format="bf16")
    assert fits.context_max is not None
    tight = plan("4090", "8b", precision="bf16", runtime=TRT, kv_format="bf16", context_tokens=fits.context_max + 2048)
    assert tight.verdict is Verdict.TIGHT
    assert reason(tight, "tight")["margin_bytes"] > 0
    assert any(one.verdict is Verdict.FITS for one in tight.alternatives)


def test_a_cache_the_checkpoint_was_calibrated_for() -> None:
    calibrated = quantised(model_cards.llama_3_8b("fp8"), "fp8", kv_format="fp8")
    found = plan("4090", calibrated, precision="fp8")
    assert found.kv_format == "fp8"
    assert "kv_of_checkpoint" in codes(found)
    assert found.serve_config["kv_cache_config.dtype"] == "auto"
    against = plan("4090", calibrated, precision="fp8", kv_format="bf16")
    assert against.kv_format == "bf16"
    assert reason(against, "kv_against_checkpoint") == {"kv_format": "bf16", "checkpoint_format": "fp8"}


def test_the_nvfp4_cache_is_refused_away_from_data_centre_blackwell() -> None:
    calibrated = quantised(model_cards.llama_3_8b("fp8"), "fp8", kv_format="nvfp4")
    assert plan("5090", calibrated, precision="fp8").kv_format == "bf16"
    asked = plan("5090", calibrated, precision="fp8", kv_format="nvfp4")
    assert asked.kv_format == "nvfp4"
    assert asked.support is Support.BROKEN
    CARDS["B200"] = replace(CARDS["H200"], name="NVIDIA B200", compute_capability=(10, 0))
    served = plan("B200", calibrated, precision="fp8")
    del CARDS["B200"]
    assert (served.kv_format, served.support) == ("nvfp4", Support.SUPPORTED)


def test_a_reduced_cache_is_explained() -> None:
    found = plan("2080 Ti", "14b")
    assert reason(found, "kv_reduced") == {"kv_format": "q8_0", "instead_of": "f16"}


@pytest.mark.parametrize(("gpu", "listed"), [("4090", False), ("5090", False), ("H200", True), ("GB10", True)])
def test_cards_the_makers_do_not_test(gpu: str, listed: bool) -> None:
    assert ("card_not_listed" in codes(plan(gpu, "8b"))) is not listed


def test_depth_and_batch_beyond_what_is_planned_are_told() -> None:
    found = plan("4090", "8b", context_tokens=4096, depth=8192, batch=8)
    assert {"depth_beyond_context", "batch_beyond_concurrency"} <= codes(found)
    assert found.speed is not None
    assert (found.speed.depth, found.speed.batch) == (8192, 8)


def test_heads_that_cannot_be_dealt_out() -> None:
    odd = replace(MODELS["8b"], layers=(LayerGroup(count=32, attention=model_cards.full(30, 6, 128)),))
    assert "heads_do_not_split" in codes(plan("4090", odd, gpus=4))
    assert "heads_do_not_split" not in codes(plan("4090", odd, gpus=2))
    assert "heads_do_not_split" not in codes(plan("4090", odd, gpus=4, runtime=LLAMA))


def test_two_cards_on_wsl_are_broken_for_tensorrt_llm() -> None:
    on = replace(platform(CARDS["4090"]), os="wsl")
    assert plan("4090", "8b", on=on, gpus=2, runtime=TRT).support is Support.BROKEN
    assert plan("4090", "8b", on=on, gpus=1, runtime=TRT).support is Support.EXPERIMENTAL


def test_another_version_of_the_runtime_is_untested() -> None:
    found = plan("4090", "8b", runtime=TRT, runtime_version="1.3.0rc13")
    assert (found.runtime_version, found.support) == ("1.3.0rc13", Support.UNTESTED)
    assert "untested" in codes(found)
    assert plan("4090", "8b", runtime=TRT).runtime_version == "1.2.1"


def test_layers_that_could_not_be_told() -> None:
    strange = replace(MODELS["8b"], layers=(), architecture="StrangeForCausalLM", unknowns=("layers",))
    found = plan("4090", strange)
    assert found.verdict is Verdict.UNKNOWN
    assert found.support is not Support.SUPPORTED
    assert "layers_unknown" in codes(found)
    assert found.serve_config == {}
    bill = plan_json(found)["bill"]
    assert isinstance(bill, dict)
    assert bill["weights_bytes"] > 0
    for key in ("kv_bytes", "kv_bytes_per_token", "total_bytes", "total_low_bytes", "total_high_bytes", "terms"):
        assert bill[key] is None, key


def test_weights_that_could_not_be_told() -> None:
    found = plan("4090", replace(MODELS["8b"], weights=(), unknowns=("weights",)))
    assert found.verdict is Verdict.UNKNOWN
    bill = plan_json(found)["bill"]
    assert isinstance(bill, dict)
    assert bill["weights_bytes"] is None
    assert bill["total_bytes"] is None


def test_a_card_of_unknown_memory() -> None:
    CARDS["bare"] = replace(CARDS["4090"], memory_total_bytes=None, bandwidth_bytes_per_s=None)
    found = plan("bare", "8b")
    del CARDS["bare"]
    assert found.verdict is Verdict.UNKNOWN
    assert {"card_memory_unknown", "speed_unknown"} <= codes(found)
    assert found.speed is None
    assert plan_json(found)["speed"] is None


def test_weights_that_were_only_computed_are_called_so() -> None:
    assert "weights_estimated" in codes(plan("4090", replace(MODELS["8b"], weights_origin=Origin.CONFIG)))


def test_who_else_holds_memory() -> None:
    holders = (
        Holder(program="game", memory_bytes=3 * GIB),
        Holder(program="old engine", memory_bytes=9 * GIB, returns=True),
    )
    CARDS["shared"] = replace(CARDS["4090"], held_by=holders, held_unnamed_bytes=GIB)
    found = plan("shared", "8b")
    del CARDS["shared"]
    told = [one for one in found.reasons if one.code == "held_by_others"]
    assert [one.facts["program"] for one in told] == ["game", None]
    assert reason(found, "given_back") == {"program": "old engine", "returned_bytes": 9 * GIB}
    bill = plan_json(found)["bill"]
    assert isinstance(bill, dict)
    assert (bill["held_bytes"], bill["returned_bytes"]) == (13 * GIB, 9 * GIB)


def test_what_was_learned_is_used_and_told() -> None:
    plain = plan("4090", "8b", precision="bf16", context_tokens=8192)
    assert plain.bill is not None
    runs = [Run(predicted={TermKind.ACTIVATIONS: 100}, measured={TermKind.ACTIVATIONS: 150})] * 3
    learned = make_plan(
        Request(precision="bf16", context_tokens=8192),
        [MODELS["8b"]],
        CARDS["4090"],
        platform(CARDS["4090"]),
        MATRIX,
        lessons=lambda *_: corrections_from(runs),
    )
    assert learned.learned_runs == 3
    assert reason(learned, "learned") == {"runs": 3}
    assert learned.bill is not None
    assert learned.bill.total_bytes > plain.bill.total_bytes
    assert plain.learned_runs == Corrections().runs == 0


@pytest.mark.parametrize("text", ["auto", None])
def test_auto_is_a_choice_of_the_plan(text: str | None) -> None:
    assert plan("5090", "8b", precision=text, kv_format=text).precision == "nvfp4"
    assert plan("5090", "8b", precision="FP4").precision == "nvfp4"


def test_brief_plans_agree_with_whole_ones() -> None:
    for gpu in CARDS.values():
        for model in MODELS.values():
            whole = make_plan(Request(), [model], gpu, platform(gpu), MATRIX)
            brief = make_plan(Request(), [model], gpu, platform(gpu), MATRIX, brief=True)
            assert brief.verdict is whole.verdict
            if whole.verdict is Verdict.FITS:
                assert (brief.precision, brief.runtime, brief.kv_format) == (
                    whole.precision,
                    whole.runtime,
                    whole.kv_format,
                )
                assert abs(brief.context_tokens - whole.context_tokens) <= 0.05 * whole.context_tokens
            assert brief.concurrency_max is None


def test_plans_are_the_same_every_time() -> None:
    assert plan("5090", "8b") == plan("5090", "8b")
    assert plan("GB10", gpt_oss()).gpu == "NVIDIA GB10"


def test_a_llama_cpp_without_cuda_is_said_to_be_one_on_a_card_of_ones_own() -> None:
    mine, here = replace(CARDS["2080 Ti"], owned=True), platform(CARDS["2080 Ti"])

    def told(card: Gpu, uses_cards: bool | None) -> bool:
        found = make_plan(Request(), [MODELS["8b"]], card, replace(here, llama_cpp_uses_cards=uses_cards), MATRIX)
        assert found.runtime == "llama.cpp"
        return "built_for_cpu" in codes(found)

    assert told(mine, uses_cards=False)
    assert not told(mine, uses_cards=True)
    assert not told(mine, uses_cards=None)
    assert not told(CARDS["2080 Ti"], uses_cards=False), "what if: nobody's installation is meant"
