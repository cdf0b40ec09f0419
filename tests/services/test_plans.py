"""Plans: which card, whose memory, which model, and the order of the catalogue. Over the bundled tables."""

from dataclasses import replace
from pathlib import Path

import pytest

from engineroom.adapters.plan_parts import make_plans, platform_here
from engineroom.domain.errors import Broken, Code, EngineroomError, Rejected
from engineroom.domain.machine import GpuInfo, GpuProcess, GpuReading, GpuState, HostInfo, Machine, NvmlState
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.question import Question, counted
from engineroom.domain.planning.values import Gpu, Platform, Runtime, TermKind, Verdict
from engineroom.services.models import ModelShelf
from engineroom.services.plan_gpus import Sight, choose_gpu, free_bytes, platform_for
from engineroom.services.plans import Plans

GIB = 2**30
CARD = GpuInfo(uuid="GPU-a", name="NVIDIA GeForce RTX 4090", memory_total_bytes=24 * GIB, power_limit_w=450.0)
OTHER = GpuInfo(uuid="GPU-b", name="NVIDIA GeForce RTX 4090", memory_total_bytes=24 * GIB, power_limit_w=450.0)
SMALL = GpuInfo(uuid="GPU-c", name="NVIDIA GeForce RTX 3060", memory_total_bytes=12 * GIB, power_limit_w=170.0)


def machine(*gpus: GpuInfo) -> Machine:
    host = HostInfo(
        hostname="h", system="Linux", cpu_name="c", physical_cores=8, logical_cores=16, memory_total_bytes=64 * GIB,
        cpu_power_source=None,
    )  # fmt: skip
    return Machine(
        host=host, nvml=NvmlState.OK, nvml_detail=None, driver_version="580.95.05", simulated=True, gpus=gpus,
        cuda_version="13.0",
    )  # fmt: skip


def reading(info: GpuInfo, used: int, *processes: GpuProcess, **more) -> GpuReading:
    return GpuReading(
        uuid=info.uuid, memory_used_bytes=used, memory_total_bytes=info.memory_total_bytes, power_w=None,
        utilisation_percent=None, temperature_c=None, processes=processes, **more,
    )  # fmt: skip


def process(pid: int, program: str, size: int, *, ours: bool = False) -> GpuProcess:
    return GpuProcess(pid=pid, program=program, memory_bytes=size, ours=ours)


def plans(sight: Sight | None = None) -> Plans:
    return make_plans(lambda: sight or Sight(machine=machine()), ModelShelf([], default=None))


def choose(wanted: str, sight: Sight, count: int = 1) -> Gpu:
    from engineroom.adapters.gpu_table import load_gpu_table

    return choose_gpu(wanted, count, sight, load_gpu_table())


def test_auto_is_the_card_with_most_room_left() -> None:
    busy = reading(CARD, 20 * GIB, process(1, "blender", 20 * GIB))
    sight = Sight(machine=machine(CARD, SMALL), gpus=(busy, reading(SMALL, 0)))
    assert choose("auto", sight).uuid == "GPU-c"
    assert choose("auto", replace(sight, gpus=())).uuid == "GPU-a"


def test_who_holds_the_memory_is_named_and_ours_comes_back() -> None:
    now = reading(CARD, 12 * GIB, process(1, "blender", 3 * GIB), process(2, "engineroom", 8 * GIB, ours=True))
    gpu = choose("GPU-a", Sight(machine=machine(CARD), gpus=(now,)))
    assert [(one.program, one.memory_bytes, one.returns) for one in gpu.held_by] == [
        ("blender", 3 * GIB, False),
        ("engineroom", 8 * GIB, True),
    ]
    assert gpu.held_unnamed_bytes == GIB
    assert free_bytes(gpu) == (gpu.usable_bytes or 0) - 4 * GIB


def test_where_the_driver_names_nobody_ours_is_still_known() -> None:
    now = replace(reading(CARD, 10 * GIB, memory_ours_bytes=6 * GIB), processes=None)
    gpu = choose("auto", Sight(machine=machine(CARD), gpus=(now,)))
    assert [(one.memory_bytes, one.returns) for one in gpu.held_by] == [(6 * GIB, True)]
    assert gpu.held_unnamed_bytes == 4 * GIB


def test_a_name_means_the_card_that_is_here_and_else_an_empty_one_of_the_table() -> None:
    sight = Sight(machine=machine(CARD), gpus=(reading(CARD, 5 * GIB),))
    assert choose("rtx 4090", sight).owned
    assert choose("NVIDIA GeForce RTX 4090", sight).held_unnamed_bytes == 5 * GIB
    what_if = choose("5090", sight)
    assert not what_if.owned
    assert what_if.held_by == ()


def test_two_cards_have_to_be_equal_and_the_fuller_one_decides() -> None:
    both = (reading(CARD, 2 * GIB), reading(OTHER, 6 * GIB))
    sight = Sight(machine=machine(SMALL, CARD, OTHER), gpus=both)
    assert choose("auto", sight, 2).uuid == "GPU-b"
    with pytest.raises(Rejected) as caught:
        choose("auto", sight, 3)
    assert caught.value.problem.facts == {"wanted": 3, "found": 2}


@pytest.mark.parametrize(
    "sight",
    [
        Sight(machine=machine()),
        Sight(machine=machine(replace(CARD, state=GpuState.NO_ACCESS))),
        Sight(machine=machine(CARD), gpus=(replace(reading(CARD, 0), state=GpuState.LOST),)),
    ],
)
def test_without_a_card_that_answers_there_is_none(sight: Sight) -> None:
    with pytest.raises(Rejected) as caught:
        choose("auto", sight)
    assert caught.value.code == Code.GPU_NONE


def test_a_card_one_does_not_own_stands_in_a_computer_of_its_kind() -> None:
    here = Platform(os="wsl", arch="x86_64", driver_version="580.95.05")
    sight = Sight(machine=machine(CARD))
    assert platform_for(choose("auto", sight), here) == here
    assert platform_for(choose("DGX Spark", sight), here) == Platform(os="linux", arch="aarch64")
    assert platform_for(choose("5090", sight), here) == Platform(os="linux", arch="x86_64")


def test_the_platform_of_this_computer_has_its_driver() -> None:
    here = platform_here(machine())
    assert here.os in {"linux", "wsl"}
    assert here.arch in {"x86_64", "aarch64"}
    assert (here.driver_version, here.cuda_version) == ("580.95.05", "13.0")


def test_memory_that_others_hold_changes_the_verdict() -> None:
    question = Question(model="qwen3-8b", precision="bf16", context_tokens=8192)
    free = plans(Sight(machine=machine(CARD), gpus=(reading(CARD, 0),))).plan(question)
    held = (reading(CARD, 16 * GIB, process(1, "blender", 16 * GIB)),)
    full = plans(Sight(machine=machine(CARD), gpus=held)).plan(question)
    ours = (reading(CARD, 16 * GIB, process(1, "engineroom", 16 * GIB, ours=True)),)
    back = plans(Sight(machine=machine(CARD), gpus=ours)).plan(question)
    assert [one.verdict for one in (free, full, back)] == [Verdict.FITS, Verdict.NO, Verdict.FITS]
    assert "blender" in [reason.facts.get("program") for reason in full.reasons]


def test_one_checkpoint_can_be_named_and_is_not_swapped_for_another() -> None:
    plan = plans().plan(Question(model="nvidia/Llama-3.1-8B-Instruct-FP8", gpu="4090"))
    assert (plan.model, plan.precision) == ("nvidia/Llama-3.1-8B-Instruct-FP8", "fp8")
    gguf = plans().plan(Question(model="unsloth/Qwen3-8B-GGUF", gpu="4090"))
    assert (gguf.model, gguf.runtime) == ("unsloth/Qwen3-8B-GGUF", Runtime.LLAMA_CPP)


def test_the_processor_is_planned_for_only_if_it_is_named() -> None:
    plan = plans().plan(Question(model="qwen3-8b", gpu="cpu", precision="q4_k_m", context_tokens=4096))
    assert (plan.gpu, plan.runtime, plan.speed) == ("cpu", Runtime.LLAMA_CPP, None)
    assert plan.bill is not None
    kinds = {term.kind for term in plan.bill.terms}
    assert kinds == {TermKind.WEIGHTS, TermKind.KV, TermKind.ACTIVATIONS}
    with pytest.raises(Rejected):
        plans().plan(Question(model="qwen3-8b"))


def test_what_does_not_fit_has_smaller_siblings() -> None:
    plan = plans().plan(Question(model="qwen3-32b", gpu="RTX 3060 12GB", precision="bf16"))
    assert plan.verdict is Verdict.NO
    offered = {one.change.get("model") for one in plan.alternatives if one.verdict is Verdict.FITS}
    assert any(str(name).startswith("Qwen/Qwen3") for name in offered)


@pytest.mark.parametrize(
    ("question", "code", "facts"),
    [
        (Question(model="lama-3.1-8b"), Code.MODEL_UNKNOWN, {"model": "lama-3.1-8b"}),
        (Question(model="nobody/nothing"), Code.MODEL_UNKNOWN, {"model": "nobody/nothing"}),
        (Question(model="qwen3-8b", gpu="banana"), Code.GPU_UNKNOWN, {"gpu": "banana"}),
        (Question(model="qwen3-8b", context_tokens=-1), Code.PLAN_INVALID, {"field": "context_tokens", "value": -1}),
        (Question(model="qwen3-8b", concurrency=0), Code.PLAN_INVALID, {"field": "concurrency"}),
        (Question(model="qwen3-8b", gpus=0), Code.PLAN_INVALID, {"field": "gpus"}),
        (Question(model="qwen3-8b", precision="q99"), Code.PLAN_INVALID, {"field": "precision"}),
        (Question(model="qwen3-8b", kv_dtype="int2"), Code.PLAN_INVALID, {"field": "kv_dtype"}),
        (Question(model="qwen3-8b", runtime="vllm"), Code.PLAN_INVALID, {"field": "runtime", "value": "vllm"}),
        (Question(model="qwen3-8b", wish="cheap"), Code.PLAN_INVALID, {"field": "wish"}),
        (Question(model="qwen3-8b", acceptance=1.5), Code.PLAN_INVALID, {"field": "acceptance"}),
        (Question(model="/nowhere/at/all"), Code.FILE_MISSING, {"path": "/nowhere/at/all"}),
        (Question(model="./model.gguf"), Code.FILE_MISSING, {}),
    ],
)
def test_what_cannot_be_is_said(question: Question, code: Code, facts: dict[str, object]) -> None:
    asked = question if question.gpu != "auto" else replace(question, gpu="4090")
    with pytest.raises(Rejected) as caught:
        plans().plan(asked)
    assert caught.value.code == code
    assert facts.items() <= caught.value.problem.facts.items()


class NoHub:
    """A Hub that is not to be reached."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []

    def model_card(self, repo: str, revision: str | None = None, variant: str | None = None) -> ModelCard:
        """Never there."""
        self.asked.append((repo, revision))
        raise Broken(Code.HUB_OFFLINE, host="huggingface.co")


def test_other_repositories_are_asked_of_the_hub(tmp_path: Path) -> None:
    hub = NoHub()
    asker = plans()
    asker._hub = hub
    with pytest.raises(EngineroomError) as caught:
        asker.plan(Question(model="somebody/something@v2", gpu="4090"))
    assert caught.value.code == Code.HUB_OFFLINE
    assert hub.asked == [("somebody/something", "v2")]
    asker.plan(Question(model="Qwen/Qwen3-8B", gpu="4090"))
    assert len(hub.asked) == 1


def test_the_catalogue_is_ranked_for_a_card() -> None:
    rows = plans().rank(Question(gpu="5090"))
    order = [row.verdict for row in rows]
    assert order == sorted(order, key=[Verdict.FITS, Verdict.TIGHT, Verdict.UNKNOWN, Verdict.NO].index)
    places = {row.id: place for place, row in enumerate(rows)}
    assert places["qwen3.6-27b"] < places["qwen3-8b"] < places["smollm2-135m-instruct"] < places["bge-m3"]
    # It fits in two bits only, and so comes after what fits in four.
    assert places["llama-3.3-70b-instruct"] > places["qwen3-8b"]
    small = {row.id: row.verdict for row in plans().rank(Question(gpu="RTX 3060 12GB"))}
    assert small["gpt-oss-120b"] is Verdict.NO
    assert small["llama-3.1-8b-instruct"] is Verdict.FITS


def test_the_catalogue_can_be_asked_for_a_use() -> None:
    rows = plans().rank(Question(gpu="5090"), use="embedding")
    assert {row.id for row in rows} >= {"bge-m3", "qwen3-embedding-0.6b"}
    assert all("embedding" in row.uses and row.decode_tokens_per_s is None for row in rows)
    with pytest.raises(Rejected) as caught:
        plans().rank(Question(gpu="5090"), use="poetry")
    assert caught.value.problem.facts["field"] == "use"


def test_two_cards_may_be_named_as_people_write_them() -> None:
    assert counted(Question(gpu="2x GeForce RTX 3090")) == Question(gpu="GeForce RTX 3090", gpus=2)
    assert counted(Question(gpu="2x RTX 3090", gpus=4)).gpus == 4
    assert counted(Question(gpu="4070")) == Question(gpu="4070")
