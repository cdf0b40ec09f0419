"""What an engine needs of memory: by its trial, by its plan, by its file; in every place where it could be."""

from collections.abc import Callable
from dataclasses import replace
from math import ceil
from pathlib import Path

import pytest

from engineroom.domain.errors import Broken, Code
from engineroom.domain.machine import GpuInfo, MemoryKind
from engineroom.domain.model import ModelSpec, Trial
from engineroom.domain.planning.overheads import PROCESS_MIB
from engineroom.domain.planning.question import Question
from engineroom.domain.planning.values import Plan, Runtime, TermKind
from engineroom.domain.routing.values import HOST, Claim, Need, NeedOrigin, Placement
from engineroom.services.launchers import EngineOptions
from engineroom.services.plan_gpus import Sight
from engineroom.services.plans import Plans
from engineroom.services.routing.needs import Needs
from fakes.tiny_llama_gguf import tiny_llama
from services.test_plans import CARD, GIB, OTHER, SMALL, machine, plans

MIB = 2**20
OPTIONS = EngineOptions(context_tokens=4096, slots=2, threads=1, prompt_cache_mib=256)
SEALED = ModelSpec(id="sealed", name="S", path="/s", runtime=Runtime.TENSORRT_LLM, file_bytes=9 * GIB)
TRIAL = Trial(gpu_name=CARD.name, gpu_uuids=("GPU-a", "GPU-b"), card_bytes=2 * GIB + 1, host_bytes=3 * GIB)


def needs(*cards: GpuInfo, uses_cards: bool | None = True, of: Callable[[], Plans] | None = None) -> Needs:
    here = machine(*cards)
    return Needs(of or (lambda: plans(Sight(machine=here))), lambda: here, lambda: uses_cards)


def no_plans() -> Plans:
    raise Broken(Code.INTERNAL, request_id="")


def fixed(place: str, size_bytes: int, hidden_bytes: int = 0) -> Claim:
    return Claim(place=place, expected_bytes=size_bytes, low_bytes=size_bytes, hidden_bytes=hidden_bytes)


def placed(*claims: Claim) -> Placement:
    return Placement(claims=claims)


@pytest.fixture
def spec(tmp_path: Path) -> ModelSpec:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(tiny_llama())
    return ModelSpec(id="tiny", name="T", path=str(path), file_bytes=path.stat().st_size)


def plan_of(spec: ModelSpec, gpu: str, context: int, *cards: GpuInfo) -> Plan:
    question = Question(
        model=spec.path or "", gpu=gpu, runtime=Runtime.LLAMA_CPP, context_tokens=context, concurrency=2, kv_dtype="f16"
    )
    return plans(Sight(machine=machine(*cards))).plan(question)


def test_on_the_processor_all_is_in_the_computers_memory_and_the_weights_are_not_seen_there(spec: ModelSpec) -> None:
    need = needs(uses_cards=False).of(spec, OPTIONS)
    native = plan_of(spec, "cpu", 4096).native_context
    assert native is not None
    assert native < OPTIONS.context_tokens, "the plan is made anew with what the model can have"
    bill = plan_of(spec, "cpu", native).bill
    assert bill is not None
    process = ceil(PROCESS_MIB[Runtime.LLAMA_CPP][0] * MIB)
    claim = Claim(
        place=HOST,
        expected_bytes=bill.total_bytes + process + 256 * MIB,
        low_bytes=bill.total_low_bytes,
        hidden_bytes=bill.expected(TermKind.WEIGHTS),
    )
    assert need == Need(placements=(placed(claim),), origin=NeedOrigin.PLAN)


def test_on_cards_there_is_a_way_for_each_with_its_processes_beside(spec: ModelSpec) -> None:
    need = needs(CARD, SMALL).of(spec, OPTIONS)
    assert need.origin is NeedOrigin.PLAN
    assert [[claim.place for claim in one.claims] for one in need.placements] == [["GPU-a", HOST], ["GPU-c", HOST]]
    native = plan_of(spec, "cpu", 4096).native_context or 0
    for one, card in zip(need.placements, (CARD, SMALL), strict=True):
        bill = plan_of(spec, card.uuid, native, CARD, SMALL).bill
        assert bill is not None
        on_card, beside = one.claims
        assert (on_card.expected_bytes, on_card.low_bytes) == (bill.total_bytes, bill.total_low_bytes)
        assert beside.expected_bytes == sum(term.expected_bytes for term in bill.host_terms) + 256 * MIB
        assert beside.low_bytes == sum(term.low_bytes for term in bill.host_terms)
        assert (on_card.hidden_bytes, beside.hidden_bytes) == (0, 0)


def test_more_context_slots_and_cache_need_more(spec: ModelSpec) -> None:
    def size(**more: int) -> int:
        return needs(uses_cards=False).of(spec, replace(OPTIONS, **more)).placements[0].claims[0].expected_bytes

    assert size(prompt_cache_mib=512) - size() == 256 * MIB
    assert size(slots=4) > size()
    assert size(context_tokens=64) < size()
    assert size(context_tokens=2**20) == size(), "never more than the model can have"


@pytest.mark.parametrize("known", [None, False])
def test_cards_that_llama_cpp_does_not_use_are_no_place_for_it(spec: ModelSpec, known: bool | None) -> None:
    (one,) = needs(CARD, uses_cards=known).of(spec, OPTIONS).placements
    assert [claim.place for claim in one.claims] == [HOST]


def test_a_card_without_memory_of_its_own_is_the_computer(spec: ModelSpec) -> None:
    shared = replace(CARD, memory_kind=MemoryKind.UNIFIED)
    (one,) = needs(shared, of=no_plans).of(spec, OPTIONS).placements
    assert one == placed(fixed(HOST, spec.file_bytes or 0, spec.file_bytes or 0))


def test_without_a_plan_it_is_the_size_of_the_file_and_without_that_nothing(spec: ModelSpec) -> None:
    size = spec.file_bytes or 0
    need = needs(CARD, SMALL, of=no_plans).of(spec, OPTIONS)
    assert need.origin is NeedOrigin.FILE
    assert need.placements == (placed(fixed("GPU-a", size)), placed(fixed("GPU-c", size)))
    assert needs(CARD, of=no_plans).of(replace(spec, file_bytes=None), OPTIONS) == Need()
    absent = replace(spec, path="/nowhere.gguf")
    assert needs(uses_cards=False).of(absent, OPTIONS).origin is NeedOrigin.FILE


def test_a_sealed_engine_needs_what_its_trial_took_where_that_was() -> None:
    need = needs(SMALL, CARD, OTHER).of(replace(SEALED, trial=TRIAL), OPTIONS)
    each = GIB + 1  # an odd byte is nobody's half
    claims = (fixed("GPU-a", each), fixed("GPU-b", each), fixed(HOST, 3 * GIB))
    assert need == Need(placements=(placed(*claims),), origin=NeedOrigin.TRIAL)
    need = needs(CARD, OTHER).of(replace(SEALED, trial=replace(TRIAL, host_bytes=None)), OPTIONS)
    assert need.placements == (placed(*claims[:2]),)


def test_where_its_cards_are_gone_as_many_of_the_same_kind_will_do() -> None:
    cards = [replace(CARD, uuid=f"GPU-{number}") for number in range(5)]
    need = needs(SMALL, *cards).of(replace(SEALED, trial=replace(TRIAL, host_bytes=None)), OPTIONS)
    assert [[claim.place for claim in one.claims] for one in need.placements] == [
        ["GPU-0", "GPU-1"], ["GPU-2", "GPU-3"],
    ]  # fmt: skip
    one_left = needs(CARD, SMALL).of(replace(SEALED, trial=TRIAL), OPTIONS)
    assert one_left == Need(), "one card is not two, and another kind is not the same"


@pytest.mark.parametrize("trial", [None, replace(TRIAL, card_bytes=None), replace(TRIAL, gpu_uuids=())])
def test_a_sealed_engine_that_was_not_measured_needs_nobody_knows_what(trial: Trial | None) -> None:
    assert needs(CARD, OTHER).of(replace(SEALED, trial=trial), OPTIONS) == Need()


def test_a_trial_on_shared_memory_counts_it_once() -> None:
    shared = replace(CARD, memory_kind=MemoryKind.UNIFIED)
    trial = replace(TRIAL, gpu_uuids=("GPU-a",), card_bytes=4 * GIB)
    (one,) = needs(shared).of(replace(SEALED, trial=trial), OPTIONS).placements
    assert one == placed(fixed(HOST, 4 * GIB))
