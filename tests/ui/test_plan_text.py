"""Sentences and words of plans."""

import re

import pytest

from engineroom.domain.model_card.values import Origin
from engineroom.domain.planning.formats import KV_FORMATS
from engineroom.domain.planning.reasons import FACTS, Why
from engineroom.domain.planning.values import Support, TermKind, Verdict
from engineroom_ui.state.plan import Question
from engineroom_ui.text import plan, plan_reasons
from engineroom_ui.widgets.scale_slider import Scale

GIB = 1024**3
_FACTS = {"bytes": 3 * GIB, "tokens": 32_768, "percent": 1.5, "per_s": 81.25}


def told(why: Why) -> str:
    facts = {}
    for name in FACTS[why]:
        kind = next((value for ending, value in _FACTS.items() if name.endswith(ending)), "nvfp4")
        facts[name] = kind
    return plan_reasons.reason({"code": str(why), **facts})


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_a_sentence(why: Why) -> None:
    """That is whole, uses only facts that come with the code, and leaves no braces."""
    text = told(why)
    assert not text.startswith(f"{why}:")
    assert text.endswith(".")
    assert "{" not in text
    assert "not reported" not in text
    assert not re.search(r"\.\.|\s\.|\s,", text), text


@pytest.mark.parametrize("why", list(Why))
def test_a_reason_without_facts_is_told_all_the_same(why: Why) -> None:
    """Missing ones are said to be missing."""
    assert "{" not in plan_reasons.reason({"code": str(why)})


def test_an_unknown_reason_is_shown_with_its_facts() -> None:
    """A newer daemon may know more."""
    assert plan_reasons.reason({"code": "brand_new", "total_bytes": GIB}) == "brand_new: total_bytes 1.0 GiB"
    assert not plan_reasons.tells_more("brand_new")


def test_facts_have_units_and_names() -> None:
    """Of sizes, rates, shares and formats."""
    text = plan_reasons.reason(
        {"code": "no_room", "total_bytes": 30 * GIB, "available_bytes": 24 * GIB, "missing_bytes": 6 * GIB}
    )
    assert text == "It takes 30.0 GiB and can have 24.0 GiB: 6.0 GiB are missing."
    slower = {"code": "slower", "decode_tokens_per_s": 41.0, "chosen_tokens_per_s": 80.5}
    assert plan_reasons.reason(slower) == "About 41.0 tok/s; the choice makes 80.5 tok/s."
    chosen = {"code": "chosen", "precision": "nvfp4", "runtime": "tensorrt-llm", "wish": "speed", "candidates": 7}
    assert plan_reasons.reason(chosen).startswith("NVFP4 on TensorRT-LLM is the best of 7")


def test_every_value_has_a_word() -> None:
    """Verdicts, lines of the bill, origins, support, cache formats."""
    assert [plan.verdict(str(value))[0] for value in Verdict] == ["Fits", "Tight", "Does not fit", "Unknown"]
    assert all(plan.term(str(kind)) != str(kind) for kind in TermKind)
    assert all(plan.origin(str(origin)) not in {"", str(origin)} for origin in Origin)
    assert [bool(plan.support(str(value))) for value in Support] == [False, True, True, True]
    assert all(plan.precision(name).isupper() for name in KV_FORMATS)


@pytest.mark.parametrize(
    ("verdict", "room", "wanted"),
    [
        ("fits", 12 * GIB, "FP8 on TensorRT-LLM, with 12.0 GiB to spare."),
        ("tight", GIB // 2, "with only 512 MiB left"),
        ("no", -3 * GIB, "lacks 3.0 GiB"),
        ("unknown", None, "cannot be told"),
        ("fits", None, "cannot be told"),
    ],
)
def test_conclusions(verdict: str, room: int | None, wanted: str) -> None:
    """The verdict as a sentence."""
    assert wanted in plan.conclusion(verdict, room, precision_name="FP8", runtime_name="TensorRT-LLM")


def test_changes_are_phrases() -> None:
    """Of one and of several; one nobody knows is shown."""
    assert plan.change({"kv_format": "fp8"}) == "KV cache in FP8"
    assert plan.change({"precision": "q4_k_m", "context_tokens": 8192}) == "Weights in Q4_K_M, context of 8,192 tokens"
    assert plan.change({"gpus": 2}) == "2 cards"
    assert plan.change({"precision": "w4a16_awq", "model": "a/b"}) == "Take a/b, weights in W4A16 AWQ"
    assert plan.change({"colour": "red"}) == "Colour: red"


def test_holders_are_named_the_largest_first() -> None:
    """Four of them, and how many more."""
    programs = [(name, size * GIB) for name, size in (("a", 1), ("b", 3), ("c", 2), ("d", 1), ("e", 1))]
    assert plan.holders(programs) == "Held now by b (3.0 GiB), c (2.0 GiB), a (1.0 GiB), d (1.0 GiB), 1 more."
    assert plan.holders([("x", None)]) == "Held now by x."
    assert plan.holders([]) == ""


def test_a_question_leaves_out_what_is_left_open() -> None:
    """And takes changes by the names of a plan."""
    question = Question(model="m", gpu="g")
    assert question.body == {"model": "m", "gpu": "g", "gpus": 1, "concurrency": 1, "wish": "balanced"}
    changed = question.changed({"kv_format": "fp8", "context_tokens": 8192, "unheard_of": 1})
    assert (changed.kv_dtype, changed.context_tokens) == ("fp8", 8192)
    assert Question.knows({"kv_format": "fp8"})
    assert not Question.knows({"unheard_of": 1})
    assert not Question.knows({})


def test_the_scale_of_the_context_doubles_evenly() -> None:
    """Every doubling is as long; positions give round numbers; the ends are exact."""
    scale = Scale(least=1024, most=1 << 20, marks=(), doubling=True)
    shares = [scale.share(1 << power) for power in range(10, 21)]
    assert shares == pytest.approx([step / 10 for step in range(11)])
    values = [scale.value(position) for position in range(scale.steps + 1)]
    assert values[0] == 1024
    assert values[-1] == 1 << 20
    assert values == sorted(set(values))
    assert all(value % 32 == 0 for value in values)
    assert {1 << power for power in range(10, 21)} <= set(values)
    linear = Scale(least=1, most=64, marks=())
    assert [linear.value(at) for at in range(linear.steps + 1)] == list(range(1, 65))
