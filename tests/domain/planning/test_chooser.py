"""What is chosen for which card, model and wish, and that every loser is told why."""

from dataclasses import replace

import pytest

from domain.planning import model_cards
from domain.planning.plan_kit import CARDS, GIB, MATRIX, MODELS, codes, deepseek, gpt_oss, plan, platform, quantised
from engineroom.domain.model_card.requantise import as_precision
from engineroom.domain.planning.candidates import candidates_of
from engineroom.domain.planning.chooser import choose
from engineroom.domain.planning.reasons import FACTS, Why
from engineroom.domain.planning.trial import setting_of, try_candidate
from engineroom.domain.planning.values import Holder, Platform, Request, Runtime, Support, Verdict, Wish

TRT = "tensorrt-llm"
LLAMA = "llama.cpp"


@pytest.mark.parametrize(
    ("gpu", "model", "wish", "runtime", "precision", "kv"),
    [
        ("2080 Ti", "8b", "quality", LLAMA, "q8_0", "f16"),
        ("2080 Ti", "8b", "balanced", LLAMA, "q5_k_m", "f16"),
        ("2080 Ti", "8b", "speed", LLAMA, "q4_k_m", "f16"),
        ("2080 Ti", "8b", "context", LLAMA, "q4_k_m", "q8_0"),
        ("2080 Ti", "14b", "balanced", LLAMA, "q4_k_m", "q8_0"),
        ("3090", "8b", "quality", TRT, "bf16", "bf16"),
        ("3090", "8b", "balanced", TRT, "w4a16_awq", "bf16"),
        ("3090", "14b", "quality", LLAMA, "q8_0", "f16"),
        ("3090", "30b-a3b", "speed", LLAMA, "q4_k_m", "f16"),
        ("4090", "8b", "balanced", TRT, "w4a16_awq", "bf16"),
        ("4090", "32b", "balanced", TRT, "w4a16_awq", "bf16"),
        ("4090", "hybrid", "speed", LLAMA, "q4_k_m", "f16"),
        ("5090", "8b", "balanced", TRT, "nvfp4", "bf16"),
        ("5090", "8b", "quality", TRT, "bf16", "bf16"),
        ("5090", "30b-a3b", "balanced", TRT, "nvfp4", "bf16"),
        ("5090", "32b", "speed", TRT, "nvfp4", "bf16"),
        ("RTX PRO 6000", "gpt-oss", "balanced", TRT, "mxfp4", "bf16"),
        ("RTX PRO 6000", "32b", "quality", TRT, "bf16", "bf16"),
        ("A6000", "14b", "quality", TRT, "bf16", "bf16"),
        ("A6000", "32b", "balanced", TRT, "w4a16_awq", "bf16"),
        ("GB10", "8b", "balanced", TRT, "nvfp4", "bf16"),
        ("GB10", "gpt-oss", "balanced", TRT, "mxfp4", "bf16"),
        ("GB10", "gpt-oss", "speed", LLAMA, "mxfp4", "f16"),
        ("GB10", "hybrid", "quality", LLAMA, "q8_0", "f16"),
        ("H200", "8b", "balanced", TRT, "bf16", "bf16"),
        ("H200", "8b", "speed", TRT, "w4a16_awq", "bf16"),
        ("H200", "30b-a3b", "context", TRT, "fp8", "fp8"),
        ("H200", "gpt-oss", "quality", TRT, "mxfp4", "bf16"),
    ],
)
def test_choices(gpu: str, model: str, wish: str, runtime: str, precision: str, kv: str) -> None:
    found = plan(gpu, model, wish=Wish(wish))
    assert (found.runtime, found.precision, found.kv_format) == (runtime, precision, kv)
    assert found.verdict is Verdict.FITS
    assert found.support is Support.SUPPORTED


def test_balanced_takes_a_checkpoint_that_is_there_rather_than_one_to_be_made() -> None:
    ready = replace(as_precision(MODELS["8b"], "fp8"), id="somebody/8b-FP8")
    assert plan("4090", "8b").precision == "w4a16_awq"
    chosen = plan("4090", "8b", ready)
    assert (chosen.model, chosen.precision) == ("somebody/8b-FP8", "fp8")
    assert plan("4090", "8b", ready, wish=Wish.SPEED).precision == "w4a16_awq"


@pytest.mark.parametrize("gpu", CARDS)
@pytest.mark.parametrize("model", MODELS)
def test_every_loser_has_a_reason_with_its_facts(gpu: str, model: str) -> None:
    for wish in Wish:
        request = Request(wish=wish)
        cards = [MODELS[model]]
        setting = setting_of(request, CARDS[gpu], platform(CARDS[gpu]), MATRIX, brief=False)
        trials = [try_candidate(one, setting) for one in candidates_of(cards, request)]
        choice = choose(trials, wish)
        assert len(choice.losers) == len(trials) - 1
        assert choice.winner not in [loser for loser, _ in choice.losers]
        for loser, reason in choice.losers:
            assert set(FACTS[Why(reason.code)]) == set(reason.facts), (loser.candidate.precision, reason)
            if loser.support is Support.BROKEN and choice.winner.support is not Support.BROKEN:
                assert reason.code in {"broken", "not_recognised", "driver_too_old"}
                assert reason.facts["note"]


@pytest.mark.parametrize("gpu", CARDS)
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("wish", Wish)
def test_what_is_not_known_to_run_is_chosen_only_where_nothing_better_fits(gpu: str, model: str, wish: Wish) -> None:
    found = plan(gpu, model, wish=wish)
    if found.support is Support.SUPPORTED:
        return
    better = [
        one for one in found.alternatives if one.verdict in (Verdict.FITS, Verdict.TIGHT) and one.decode_tokens_per_s
    ]
    assert {one.reason.code for one in better} <= {"untested", "broken", "not_recognised", "experimental"}
    assert codes(found) & {"untested", "broken", "experimental", "not_recognised"}


def test_an_untested_way_is_taken_when_nothing_else_fits_and_says_so() -> None:
    moe = replace(MODELS["30b-a3b"], architecture="SomethingNewForCausalLM")
    found = plan("4090", moe, runtime=Runtime.TENSORRT_LLM)
    assert found.support is not Support.SUPPORTED
    assert codes(found) & {"untested", "broken"}


@pytest.mark.parametrize(("wish", "runtime"), [("quality", TRT), ("balanced", TRT), ("speed", TRT)])
def test_ready_made_siblings_come_before_what_would_be_made_here(wish: str, runtime: str) -> None:
    sibling = replace(quantised(model_cards.llama_3_8b("nvfp4"), "nvfp4"), id="nvidia/Llama-3.1-8B-Instruct-FP4")
    found = plan("5090", "8b", sibling, wish=Wish(wish))
    assert found.runtime == runtime
    if found.precision == "nvfp4":
        assert found.model == sibling.id
        assert "quantise_here" not in codes(found)
    listed = [one.change.get("model") for one in found.alternatives if one.change["precision"] == "nvfp4"]
    assert len(listed) + (found.precision == "nvfp4") == 2  # once per runtime


def test_what_is_made_here_says_from_what() -> None:
    found = plan("5090", "8b", wish=Wish.SPEED)
    made = next(reason for reason in found.reasons if reason.code == "quantise_here")
    assert made.facts == {"precision": "nvfp4", "from_precision": "bf16", "model": "meta-llama/Llama-3.1-8B-Instruct"}


def test_checkpoints_that_tensorrt_llm_would_take_for_unquantised_are_refused() -> None:
    awq = quantised(model_cards.llama_3_8b("w4a16_awq"), "w4a16_awq", recognised=False, method="awq")
    found = plan("4090", "8b", replace(awq, id="somebody/Llama-3.1-8B-AWQ"), wish=Wish.SPEED)
    assert found.model == "meta-llama/Llama-3.1-8B-Instruct"
    lost = next(one for one in found.alternatives if one.change.get("model") == "somebody/Llama-3.1-8B-AWQ")
    assert lost.reason.code == "not_recognised"
    alone = plan("4090", awq)
    assert alone.support is Support.BROKEN
    assert "not_recognised" in codes(alone)


def test_gguf_files_run_on_llama_cpp_alone() -> None:
    gguf = replace(
        quantised(model_cards.llama_3_8b("q4_k"), "q4_k_m", recognised=False, method="gguf"), file_format="gguf"
    )
    gguf = replace(gguf, architecture="llama")
    found = plan("4090", gguf)
    assert (found.runtime, found.precision, found.support) == (LLAMA, "q4_k_m", Support.SUPPORTED)
    assert found.alternatives == ()
    assert plan("4090", gguf, runtime=Runtime.TENSORRT_LLM).support is Support.BROKEN


@pytest.mark.parametrize(
    ("gpu", "on", "runtime"),
    [
        ("4090", Platform(os="windows"), LLAMA),
        ("4090", Platform(os="wsl"), LLAMA),
        ("4090", Platform(driver_version="570.124.06", cuda_version="12.8"), LLAMA),
        ("4090", Platform(driver_version="580.65.06", cuda_version="13.0"), TRT),
        ("3090", Platform(arch="aarch64"), LLAMA),
        ("H200", Platform(arch="aarch64"), TRT),
    ],
)
def test_runtime_by_platform(gpu: str, on: Platform, runtime: str) -> None:
    found = plan(gpu, "8b", on=on)
    assert found.runtime == runtime
    assert found.support is Support.SUPPORTED


def test_the_reason_of_an_old_driver() -> None:
    found = plan("4090", "8b", on=Platform(driver_version="570.124.06"))
    lost = [one.reason for one in found.alternatives if one.change["runtime"] == TRT]
    assert {reason.code for reason in lost} == {"driver_too_old"}
    assert lost[0].facts["note"] == "driver 570.124.6, needs 580"
    assert (lost[0].facts["part"], lost[0].facts["needs"]) == ("driver", "580")


@pytest.mark.parametrize(("gpu", "support"), [("3090", "broken"), ("4090", "broken"), ("5090", "supported")])
def test_gpt_oss_on_ampere_and_ada(gpu: str, support: str) -> None:
    small = replace(gpt_oss(), weights=tuple(replace(w, stored_bytes=w.stored_bytes // 6) for w in gpt_oss().weights))
    assert plan(gpu, small, runtime=Runtime.TENSORRT_LLM).support == support
    found = plan(gpu, small)
    assert found.runtime == (TRT if support == "supported" else LLAMA)
    assert found.support is Support.SUPPORTED


def test_latent_attention_in_fp8_blocks_is_refused_on_gb10() -> None:
    found = plan("GB10", deepseek(), runtime=Runtime.TENSORRT_LLM, precision="fp8_block")
    assert found.support is Support.BROKEN
    why = next(reason for reason in found.reasons if reason.code == "broken")
    assert why.facts["subject"] == "weights"
    assert plan("H200", deepseek(), runtime=Runtime.TENSORRT_LLM, precision="fp8_block").support is Support.SUPPORTED


def test_memory_that_others_hold_changes_the_choice() -> None:
    busy = replace(CARDS["4090"], held_by=(Holder(program="blender", memory_bytes=12 * GIB),))
    CARDS["busy"] = busy
    free, held = plan("4090", "8b", wish=Wish.QUALITY), plan("busy", "8b", wish=Wish.QUALITY)
    del CARDS["busy"]
    assert (free.precision, held.precision) == ("bf16", "q8_0")
    told = next(reason for reason in held.reasons if reason.code == "held_by_others")
    assert told.facts["program"] == "blender"


@pytest.mark.parametrize("gpu", CARDS)
def test_wishes_pull_their_way(gpu: str) -> None:
    plans = {wish: plan(gpu, "8b", wish=wish) for wish in Wish}
    loss = {wish: MATRIX.losses[found.precision] for wish, found in plans.items()}
    assert loss[Wish.QUALITY] == min(loss.values())
    speed = {wish: found.speed.decode.expected for wish, found in plans.items() if found.speed}
    assert speed[Wish.SPEED] >= max(speed[Wish.QUALITY], speed[Wish.BALANCED])
    assert plans[Wish.CONTEXT].context_tokens == max(found.context_tokens for found in plans.values())


def test_tensorrt_llm_keeps_its_place_within_the_error_of_the_estimate() -> None:
    found = plan("5090", "8b", wish=Wish.SPEED)
    assert found.speed is not None
    for one in found.alternatives:
        if one.decode_tokens_per_s is not None and one.verdict is Verdict.FITS and one.reason.code == "other_runtime":
            assert found.speed.decode.expected < one.decode_tokens_per_s < found.speed.decode.expected * 1.15
    slower = [one for one in found.alternatives if one.reason.code == "slower"]
    assert all(one.decode_tokens_per_s <= found.speed.decode.expected for one in slower)


def test_a_choice_that_loses_much_says_so() -> None:
    found = plan("2080 Ti", "hybrid")
    assert found.precision == "q2_k"
    assert "too_lossy" in codes(found)
    assert "too_lossy" not in codes(plan("2080 Ti", "8b"))


def test_of_what_cannot_run_the_model_itself_is_followed() -> None:
    gguf = quantised(model_cards.gpt_oss_120b(), "mxfp4", recognised=False, method="gguf")
    gguf = replace(gguf, id="somebody/gpt-oss-GGUF", file_format="gguf", architecture="gpt-oss")
    found = plan("H200", "gpt-oss", gguf, runtime=Runtime.TENSORRT_LLM, precision="mxfp4", kv_format="nvfp4")
    assert found.model == MODELS["gpt-oss"].id
    assert next(one for one in found.reasons if one.code == "broken").facts["subject"] == "kv"
