"""Names that measurements are kept under, and the measured speed in a plan."""

from dataclasses import replace

import pytest

from domain.planning import model_cards as cards
from domain.planning.plan_kit import plan
from engineroom.domain.engine_chatter import is_chatter
from engineroom.domain.planning.experience import Key, SpeedRecord, StartRecord, model_class, speed_of, start_of
from engineroom.domain.planning.measured_speed import with_speed, with_start
from engineroom.domain.planning.plan import plan_json
from engineroom.domain.planning.values import Plan, Runtime

KEY = Key(runtime=Runtime.LLAMA_CPP, version="1", card="card", model_class="llama q4_1")


def measured(*rates: float, depth: int = 600):
    return speed_of(SpeedRecord(key=KEY, weight_bytes=1, at_s=0.0, tokens_per_s=rate, depth=depth) for rate in rates)


def told(answer: Plan) -> list[dict]:
    return [dict(reason.facts) for reason in answer.reasons if reason.code == "speed_measured"]


@pytest.mark.parametrize(
    ("architecture", "name"),
    [
        ("llama", "llama q8_0"), ("LlamaForCausalLM", "llama q8_0"), ("qwen3moe", "qwen3moe q8_0"),
        ("Qwen3MoeForCausalLM", "qwen3moe q8_0"), ("gpt-oss", "gptoss q8_0"), ("GptOssForCausalLM", "gptoss q8_0"),
        ("Gemma3ForConditionalGeneration", "gemma3 q8_0"), ("ForCausalLM", "forcausallm q8_0"),
    ],
)  # fmt: skip
def test_a_class_is_the_same_by_either_name(architecture: str, name: str) -> None:
    card = replace(cards.llama_3_8b(), architecture=architecture)
    assert model_class(card, "q8_0") == name


def test_nothing_measured_changes_nothing() -> None:
    before = plan("4090", "8b", precision="bf16", context_tokens=8192)
    assert with_speed(before, measured()) is before


def test_a_few_answers_are_told_and_many_replace_the_estimate() -> None:
    before = plan("4090", "8b", precision="bf16", context_tokens=8192)
    assert before.speed is not None
    few = with_speed(before, measured(41.0, 42.0))
    assert few.speed == before.speed
    assert told(few) == [{"decode_tokens_per_s": 41.5, "answers": 2, "depth": 600}]
    many = with_speed(before, measured(40.0, 41.0, 42.0, 43.0, 50.0))
    assert many.speed is not None
    decode = many.speed.decode
    assert (decode.low, decode.expected, decode.high) == (40.0, 42.0, 50.0)
    assert many.speed.throughput == decode
    shown = plan_json(many)["speed"]
    assert isinstance(shown, dict)
    assert (shown["decode_origin"], shown["measured_answers"], shown["decode_tokens_per_s"]) == ("measured", 5, 42.0)
    joules, joules_before = many.speed.joules_per_token, before.speed.joules_per_token
    assert joules is not None
    assert joules_before is not None
    assert joules.expected * 42.0 == pytest.approx(joules_before.expected * before.speed.decode.expected)


def test_starts_are_told_by_their_median() -> None:
    before = plan("4090", "8b", precision="bf16", context_tokens=8192)
    assert with_start(before, start_of(())) is before
    starts = [StartRecord(key=KEY, weight_bytes=1, at_s=0.0, load_s=load_s) for load_s in (10.0, 12.04, 90.0)]
    (said,) = (one for one in with_start(before, start_of(starts)).reasons if one.code == "start_measured")
    assert dict(said.facts) == {"load_s": 12.0, "starts": 3}


@pytest.mark.parametrize("asked", [{"batch": 4, "concurrency": 4}, {"depth": 8000}])
def test_what_was_measured_otherwise_does_not_replace_it(asked: dict[str, int]) -> None:
    before = plan("4090", "8b", precision="bf16", context_tokens=8192, **asked)
    after = with_speed(before, measured(*[40.0] * 9))
    assert after.speed == before.speed
    assert told(after)


@pytest.mark.parametrize(
    ("line", "chatter"),
    [
        ("0.00.088.278 I llama_model_loader: - kv   0:  general.architecture str = llama", True),
        ("0.00.795.377 I print_info: arch                  = llama", True),
        ("0.00.834.906 I llama_context: flash_attn            = auto", True),
        ("0.00.011.482 I srv  init_listene: api_keys: ****k", True),
        ("0.00.834.905 I llama_context: n_ctx                 = 4096", False),
        ("0.00.834.958 I llama_context:        CPU  output buffer size =     0.38 MiB", False),
        ("0.00.818.450 I load_tensors:        CUDA0 model buffer size =    92.10 MiB", False),
        ("0.00.818.450 I load_tensors: offloaded 33/33 layers to GPU", False),
        ("0.00.088.278 W llama_model_loader: - kv   0: something odd", False),
        ("0.00.088.278 E print_info: no such thing", False),
        ("llama_model_loader: - kv 0: of another program", False),
        ("GGML_ASSERT(x) failed", False),
    ],
)
def test_lines_that_nobody_misses(line: str, chatter: bool) -> None:
    assert is_chatter(line) is chatter
