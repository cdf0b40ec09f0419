"""What loads and answers teach: real log lines of the starter model, over a real store."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from domain.planning import model_cards as cards
from engineroom.adapters.model_folder import read_model_card
from engineroom.adapters.sqlite.measurements import SqliteMeasurements
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model_card.requantise import as_precision
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.bill import plain_bill
from engineroom.domain.planning.experience import KEPT, PROCESSOR, SURE_AFTER, Key, MeasuredStart, model_class
from engineroom.domain.planning.log_figures import MeasuredTerms
from engineroom.domain.planning.support import precision_of
from engineroom.domain.planning.values import EngineKind, Gpu, Runtime, Shape, TermKind
from engineroom.domain.usage import Outcome, RequestView
from engineroom.services.measurements import EVERY_S, LEAST_TOKENS, Load, Measurements, run_from
from engineroom.services.plan_gpus import processor
from engineroom.services.solo import Solo
from fakes.hand_clock import HandClock
from services.conftest import machine_with

MIB = 2**20
CARD, PATH = cards.smollm2_135m(), "/models/tiny.gguf"
CPU = replace(processor(machine_with()), memory_total_bytes=2**34, usable_bytes=2**34)
SOURCE_PATH = "/models/source"
CARD_GPU = Gpu(
    name="card", compute_capability=(8, 9), memory_total_bytes=2**35, usable_bytes=2**35, bandwidth_bytes_per_s=1e12
)
KEY = Key(runtime=Runtime.LLAMA_CPP, version="1", card=PROCESSOR, model_class=model_class(CARD, precision_of(CARD)))


@pytest.fixture
def store(tmp_path: Path) -> SqliteMeasurements:
    return SqliteMeasurements(tmp_path / "data" / "ledger.db")


def card_of(file: str) -> ModelCard:
    return CARD if file == PATH else read_model_card(Path(file))


def lines_of(*, weights: float = 1.0, slots: int = 2, context: int = 512) -> tuple[str, ...]:
    """A processor's log of loading it, with ``weights`` times what the file has."""
    bill = plain_bill(CARD, CPU, shape(slots=slots, context=context))
    kinds = (TermKind.WEIGHTS, TermKind.KV, TermKind.ACTIVATIONS)
    held, kv, compute = (f"{bill.expected(kind) * (weights if kind is kinds[0] else 1) / MIB:.6f}" for kind in kinds)
    return (
        f"0.00.1 I load_tensors:   CPU_Mapped model buffer size = {held} MiB",
        f"0.00.2 I llama_kv_cache:        CPU KV buffer size = {kv} MiB",
        f"0.00.3 I llama_kv_cache: size = 1.00 MiB (  {context} cells,  1 layers,  {slots}/{slots} seqs), K (f16):",
        f"0.00.4 I sched_reserve:        CPU compute buffer size = {compute} MiB",
    )


def shape(*, slots: int = 2, context: int = 512) -> Shape:
    return Shape(
        runtime=Runtime.LLAMA_CPP, kv_format="f16", context_tokens=context, concurrency=slots, kv_unified=False
    )


def load_of(**changes: object) -> Load:
    load = Load(
        model_id="tiny", path=PATH, runtime="llama.cpp", runtime_version="1", device="CPU", gpu_uuids=(),
        context_tokens=512, slots=2, lines=lines_of(),
    )  # fmt: skip
    return replace(load, **changes)  # type: ignore[arg-type]


def measurements(store: SqliteMeasurements, clock: HandClock | None = None, **changes: object) -> Measurements:
    parts = {
        "store": store, "clock": clock or HandClock(), "card_of": card_of,
        "gpu_of": lambda _: CPU, **changes,
    }  # fmt: skip
    return Measurements(**parts)  # type: ignore[arg-type]


def answer(**changes: object) -> RequestView:
    values: dict[str, object] = {
        "request_id": "r", "model_id": "tiny", "route": "/v1/completions", "outcome": Outcome.OK, "status": 200,
        "finished_at_s": 0.0, "seconds": 1.0, "ttft_s": 0.1, "tokens_per_s": 50.0, "prompt_tokens": 100,
        "completion_tokens": 40,
    }  # fmt: skip
    return RequestView(**{**values, **changes})  # type: ignore[arg-type]


async def test_loads_teach_those_who_come_after(store) -> None:
    mine = measurements(store)
    for factor in (1.1, 1.2):
        mine.loaded(load_of(lines=lines_of(weights=factor)))
        await mine.settle()
    for knows in (mine, measurements(SqliteMeasurements(store._path))):
        learned = knows.corrections(KEY)
        assert learned.runs == 2
        assert learned.by_term[TermKind.WEIGHTS].factor == pytest.approx(1.15, rel=0.01)
        assert learned.by_term[TermKind.KV].factor == pytest.approx(1.0, rel=0.01)


async def test_another_version_card_or_class_learns_nothing_from_them(store) -> None:
    mine = measurements(store)
    mine.loaded(load_of())
    await mine.settle()
    right = KEY
    assert mine.corrections(right).runs == 1
    for other in (
        replace(right, version="2"),
        replace(right, card="NVIDIA GeForce RTX 4090"),
        replace(right, model_class="llama q8_0"),
        replace(right, runtime=Runtime.TENSORRT_LLM),
    ):
        assert mine.corrections(other).runs == 0


async def test_a_version_nobody_told_is_not_learned_from(store) -> None:
    mine = measurements(store)
    mine.loaded(load_of(runtime_version=None))
    await mine.settle()
    assert store.loads() == []


async def test_only_the_newest_are_kept(store) -> None:
    mine = measurements(store)
    for _ in range(KEPT + 3):
        mine.loaded(load_of())
        await mine.settle()
    assert mine.corrections(KEY).runs == KEPT
    assert len(store.loads()) == KEPT


def test_what_was_not_loaded_as_planned_is_no_measurement() -> None:
    card, lines = CARD, lines_of()
    assert run_from(load_of(), card, CPU) is not None
    assert run_from(load_of(lines=()), card, CPU) is None
    assert run_from(load_of(lines=("CPU KV buffer size = many MiB", "\x00\ufffd")), card, CPU) is None
    fewer = tuple(line.replace("512 cells", "256 cells") for line in lines)
    assert run_from(load_of(lines=fewer), card, CPU) is None
    on_card = tuple(line.replace("  CPU_Mapped", "  CUDA0").replace("  CPU", "  CUDA0") for line in lines)
    other = replace(CARD_GPU, memory_total_bytes=None, usable_bytes=None, bandwidth_bytes_per_s=None)
    assert run_from(load_of(lines=on_card, gpu_uuids=("GPU-a",)), card, other) is not None
    assert run_from(load_of(lines=on_card), card, CPU) is None
    part = (*on_card, "load_tensors: offloaded 0/2 layers to GPU")
    assert run_from(load_of(lines=part, gpu_uuids=("GPU-a",)), card, other) is None


@pytest.mark.parametrize("changes", [{"path": "/nowhere/at/all.gguf"}, {"runtime": "unheard-of"}, {"slots": 0}])
async def test_a_load_that_cannot_be_read_is_no_error(store, changes, logged_warnings) -> None:
    mine = measurements(store)
    mine.loaded(load_of(**changes))
    await mine.settle()
    assert store.loads() == []
    assert {record.getMessage() for record in logged_warnings} <= {"load_not_measured"}


async def test_a_store_that_is_broken_costs_the_past_only(tmp_path, logged_warnings) -> None:
    file = tmp_path / "ledger.db"
    file.write_bytes(b"Dear diary, " * 100)
    mine = measurements(SqliteMeasurements(file))
    assert mine.corrections(KEY).runs == 0
    mine.loaded(load_of())
    await mine.settle()
    assert mine.corrections(KEY).runs == 1
    assert file.read_bytes() == b"Dear diary, " * 100
    assert {record.getMessage() for record in logged_warnings} == {"measurements_not_kept"}


async def test_the_loop_does_not_wait(store) -> None:
    release = threading.Event()

    def slowly(file: str) -> ModelCard:
        assert release.wait(60)
        return card_of(file)

    mine = measurements(store, card_of=slowly)
    mine.loaded(load_of())
    await asyncio.sleep(0)
    assert store.loads() == []
    release.set()
    await mine.settle()
    assert len(store.loads()) == 1


async def test_answers_of_a_known_engine_are_timed(store) -> None:
    clock = HandClock()
    mine = measurements(store, clock)
    mine.answered(answer())
    mine.loaded(load_of())
    await mine.settle()
    size, key = CARD.weight_bytes, KEY
    assert mine.speed(key, size) is None
    for rate in (40.0, 50.0, 90.0, 60.0, 55.0):
        clock.advance(EVERY_S)
        mine.answered(answer(tokens_per_s=rate))
        mine.answered(answer(tokens_per_s=1000.0))
    clock.advance(EVERY_S)
    mine.answered(answer(completion_tokens=LEAST_TOKENS - 1))
    mine.answered(answer(tokens_per_s=None))
    mine.answered(answer(model_id="another"))
    await mine.settle()
    for knows in (mine, measurements(SqliteMeasurements(store._path))):
        found = knows.speed(key, size)
        assert found is not None
        assert (found.decode.low, found.decode.expected, found.decode.high) == (40.0, 55.0, 90.0)
        assert (found.answers, found.depth, found.sure) == (SURE_AFTER, 120, True)
        assert knows.speed(key, size + 1) is None


def test_a_request_is_alone_if_nobody_came_or_was_there() -> None:
    solo = Solo()
    solo.begin("a")
    assert solo.end("a")
    solo.begin("b")
    solo.begin("c")
    assert not solo.end("b")
    assert not solo.end("c")
    assert not solo.end("never begun")
    solo.begin("d")
    solo.begin("d")
    assert solo.end("d")


def tried_as(kind: EngineKind, precision: str | None, **changes: object) -> Load:
    """The trial of an engine of the real checkpoint that stands in for what a compiled engine was made of."""
    return load_of(
        path=SOURCE_PATH, runtime="tensorrt-llm", runtime_version="1.2.1", device="card", gpu_uuids=("GPU-a",),
        kv_format="fp8", kind=kind, precision=precision, load_s=12.0, lines=(), **changes,
    )  # fmt: skip


async def test_a_compiled_engine_teaches_its_own_kind_under_the_checkpoint_it_was_made_of(store) -> None:
    source = cards.llama_3_8b()
    mine = measurements(store, card_of=lambda _: source, gpu_of=lambda _: CARD_GPU)
    served = as_precision(source, "fp8")
    found = MeasuredTerms(weights_bytes=round(served.weight_bytes * 1.3))
    mine.tried(tried_as(EngineKind.COMPILED, "fp8"), found, (50.0, 60.0), 40)
    await mine.settle()
    compiled = Key(
        runtime=Runtime.TENSORRT_LLM, version="1.2.1", card="card", model_class="llama fp8", kind=EngineKind.COMPILED
    )
    for knows in (mine, measurements(SqliteMeasurements(store._path))):
        assert knows.corrections(compiled).by_term[TermKind.WEIGHTS].factor == pytest.approx(1.3, rel=0.02)
        speed, start = knows.speed(compiled, source.weight_bytes), knows.start(compiled, source.weight_bytes)
        assert speed is not None
        assert (speed.decode.expected, speed.answers) == (55.0, 2)
        assert start == MeasuredStart(load_s=12.0, starts=1)
        for other in (
            replace(compiled, kind=EngineKind.CHECKPOINT),
            replace(compiled, model_class=model_class(source, precision_of(source))),
        ):
            assert knows.corrections(other).runs == 0
            assert knows.speed(other, source.weight_bytes) is None
            assert knows.start(other, source.weight_bytes) is None
        assert knows.speed(compiled, served.weight_bytes) is None, "known by what it was made of"


@pytest.mark.parametrize(("kind", "precision"), [(EngineKind.COMPILED, "fp8"), (EngineKind.CHECKPOINT, None)])
async def test_a_sealed_engine_teaches_by_everyday_use_how_fast_it_is_and_starts(store, kind, precision) -> None:
    source, clock = cards.llama_3_8b(), HandClock()
    mine = measurements(store, clock, card_of=lambda _: source, gpu_of=lambda _: CARD_GPU)
    mine.serving(lambda: replace(tried_as(kind, precision), model_id="sealed"))
    await mine.settle()
    mine.answered(answer(model_id="sealed"))
    await mine.settle()
    (speed,), (start,) = store.speeds(), store.starts()
    assert (speed.key.kind, speed.weight_bytes, start.load_s) == (kind, source.weight_bytes, 12.0)
    assert store.loads() == [], "its memory was measured in its trial"
    mine.serving(lambda: None)
    clock.advance(EVERY_S)
    mine.serving(lambda: replace(tried_as(kind, precision), model_id="sealed", gpu_uuids=("GPU-a", "GPU-b")))
    await mine.settle()
    mine.answered(answer(model_id="sealed"))
    await mine.settle()
    assert (len(store.speeds()), len(store.starts())) == (1, 1), "two cards say nothing of the speed of one"


async def test_an_engine_that_is_gone_when_it_is_looked_for_teaches_nothing(store, logged_warnings) -> None:
    mine = measurements(store)

    def gone() -> Load | None:
        raise Rejected(Code.SEALED_NOT_FOUND, engine="x", known=None)

    mine.serving(gone)
    await mine.settle()
    assert (store.loads(), store.speeds(), store.starts()) == ([], [], [])
    assert [one.getMessage() for one in logged_warnings] == ["load_not_measured"]


async def test_several_cards_say_nothing_of_the_speed_of_one(store) -> None:
    mine = measurements(store, card_of=lambda _: cards.llama_3_8b(), gpu_of=lambda _: CARD_GPU)
    both = tried_as(
        EngineKind.CHECKPOINT,
        None,
    )
    mine.tried(replace(both, gpu_uuids=("GPU-a", "GPU-b")), MeasuredTerms(weights_bytes=2**33), (50.0,), 40)
    await mine.settle()
    assert len(store.loads()) == 1
    assert (store.speeds(), store.starts()) == ([], [])
    mine.tried(both, MeasuredTerms(weights_bytes=2**33), (50.0,), 40)
    await mine.settle()
    assert (len(store.speeds()), len(store.starts())) == (1, 1)
