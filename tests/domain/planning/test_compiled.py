"""Plans of compiled engines: made of weights of 16 bits, judged and learned apart from the other backend."""

from dataclasses import replace

import pytest

from domain.planning.plan_kit import CARDS, MATRIX, MODELS, codes, plan, platform, quantised
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model_card.requantise import as_precision
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.experience import PROCESSOR, Key, LoadRecord, SpeedRecord, StartRecord
from engineroom.domain.planning.learned import Run
from engineroom.domain.planning.plan import make_plan, plan_json
from engineroom.domain.planning.question import Question, request_of
from engineroom.domain.planning.trial import setting_of
from engineroom.domain.planning.values import EngineKind, Plan, Request, Runtime, Support, TermKind
from engineroom.services.measurements import Measurements
from engineroom.services.plan_lessons import PlanLessons
from fakes.hand_clock import HandClock

COMPILED = EngineKind.COMPILED
MODEL = MODELS["8b"]
KEY = Key(
    runtime=Runtime.TENSORRT_LLM, version="1.2.1", card=CARDS["4090"].name, model_class="llama fp8", kind=COMPILED
)


def compiled(gpu: str, *models: str | ModelCard, **asked: object) -> Plan:
    return plan(gpu, *models, kind=COMPILED, runtime=Runtime.TENSORRT_LLM, context_tokens=4096, **asked)


def test_it_is_made_of_sixteen_bits_though_a_quantised_sibling_is_there() -> None:
    ready = replace(quantised(MODEL, "fp8"), id="sibling-fp8")
    assert plan("4090", MODEL, ready, precision="fp8", context_tokens=4096).model == "sibling-fp8"
    made = compiled("4090", ready, MODEL, precision="fp8")
    assert (made.model, made.kind, made.support) == (MODEL.id, COMPILED, Support.SUPPORTED)
    assert {"quantise_here", "compiled_estimated"} <= codes(made)
    assert plan_json(made)["kind"] == "compiled"


@pytest.mark.parametrize(
    ("gpu", "model", "asked", "note"),
    [
        ("4090", quantised(MODEL, "fp8"), {}, "compiled from weights of 16 bits only"),
        ("4090", MODEL, {"precision": "bf16", "runtime_version": "1.3.0rc3"}, "compiled engines ended with 1.2"),
        ("3090", MODEL, {"precision": "fp8"}, "FP8 needs SM 8.9"),
        ("4090", replace(MODEL, architecture="Qwen3NextForCausalLM"), {"precision": "bf16"}, ""),
    ],
)
def test_what_cannot_be_compiled_is_known(gpu: str, model: ModelCard, asked: dict[str, object], note: str) -> None:
    found = compiled(gpu, model, **asked)
    assert found.support is Support.BROKEN
    notes = [str(reason.facts.get("note")) for reason in found.reasons if reason.code in {"broken", "not_recognised"}]
    assert any(note in one for one in notes), found.reasons


def test_awq_runs_compiled_on_the_newest_cards_and_not_otherwise() -> None:
    assert plan("5090", MODEL, precision="w4a16_awq", runtime=Runtime.TENSORRT_LLM).support is not Support.SUPPORTED
    assert compiled("5090", MODEL, precision="w4a16_awq").support is Support.SUPPORTED


class Past:
    """A store of what was measured."""

    def __init__(self, key: Key) -> None:
        run = Run(predicted={TermKind.WEIGHTS: 100}, measured={TermKind.WEIGHTS: 150})
        size = MODEL.weight_bytes
        self._loads = [LoadRecord(key=key, at_s=0.0, run=run)]
        self._speeds = [
            SpeedRecord(key=key, weight_bytes=size, at_s=0.0, tokens_per_s=77.0, depth=512) for _ in range(5)
        ]
        self._starts = [StartRecord(key=key, weight_bytes=size, at_s=0.0, load_s=33.3)]

    def loads(self) -> list[LoadRecord]:
        return self._loads

    def speeds(self) -> list[SpeedRecord]:
        return self._speeds

    def starts(self) -> list[StartRecord]:
        return self._starts


def planned(key: Key, kind: EngineKind, precision: str) -> Plan:
    """The plan of the model on a computer that remembers ``key``."""
    measured = Measurements(store=Past(key), clock=HandClock(), card_of=lambda _: MODEL, gpu_of=lambda _: None)  # type: ignore[arg-type]
    lessons = PlanLessons(measured, lambda _: "1.2.1")
    gpu = CARDS["4090"]
    request = Request(kind=kind, runtime=Runtime.TENSORRT_LLM, precision=precision, context_tokens=4096)
    made = make_plan(request, [MODEL], gpu, platform(gpu), MATRIX, lessons=lessons.for_plan(request, gpu))
    return lessons.with_measured(made, request, gpu, [MODEL])


def test_what_its_kind_did_is_what_the_next_plan_starts_from() -> None:
    plain = compiled("4090", MODEL, precision="fp8")
    knows = planned(KEY, COMPILED, "fp8")
    assert plain.bill is not None
    assert knows.bill is not None
    assert knows.bill.expected(TermKind.WEIGHTS) == pytest.approx(1.5 * plain.bill.expected(TermKind.WEIGHTS))
    assert knows.speed is not None
    assert (knows.speed.decode.expected, knows.speed.measured_answers) == (77.0, 5)
    assert {"learned_compiled", "speed_measured", "start_measured"} <= codes(knows)
    assert not {"learned", "compiled_estimated"} & codes(knows)
    assert knows.learned_runs == 1


@pytest.mark.parametrize(
    ("key", "kind", "precision"),
    [
        (KEY, EngineKind.CHECKPOINT, "fp8"),
        (replace(KEY, kind=EngineKind.CHECKPOINT), COMPILED, "fp8"),
        (KEY, COMPILED, "bf16"),
        (replace(KEY, version="1.2.0"), COMPILED, "fp8"),
        (replace(KEY, card=PROCESSOR), COMPILED, "fp8"),
    ],
)
def test_what_the_other_backend_or_another_precision_did_says_nothing(
    key: Key, kind: EngineKind, precision: str
) -> None:
    found = planned(key, kind, precision)
    assert not {"learned", "learned_compiled", "speed_measured", "start_measured"} & codes(found)
    assert ("compiled_estimated" in codes(found)) is (kind is COMPILED)


def test_only_tensorrt_llm_has_compiled_engines() -> None:
    asked = request_of(Question(kind="compiled"))
    assert (asked.kind, asked.runtime) == (COMPILED, Runtime.TENSORRT_LLM)
    assert request_of(Question()).kind is EngineKind.CHECKPOINT
    for wrong in (Question(kind="compiled", runtime="llama.cpp"), Question(kind="engine")):
        with pytest.raises(Rejected) as refused:
            request_of(wrong)
        assert (refused.value.code, refused.value.problem.facts["field"]) == (Code.PLAN_INVALID, "kind")


def test_the_converted_weights_are_those_of_the_precision() -> None:
    made = compiled("4090", MODEL, precision="fp8")
    assert made.bill is not None
    assert made.bill.expected(TermKind.WEIGHTS) == pytest.approx(as_precision(MODEL, "fp8").weight_bytes, rel=0.02)
    assert (
        setting_of(Request(kind=COMPILED), CARDS["4090"], platform(CARDS["4090"]), MATRIX, brief=False)
        .places[Runtime.LLAMA_CPP][0]
        .runtime
        == "llama.cpp"
    )
