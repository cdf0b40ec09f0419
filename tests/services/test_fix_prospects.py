"""What the doctor offers to make instead: over the bundled tables, for a card that is only played."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from domain.sealed.kit import sealed_engine
from engineroom.domain.errors import Code, Problem, Rejected
from engineroom.domain.finding import FixBar
from engineroom.domain.fix_steps import FixStep, step
from engineroom.domain.machine import GpuInfo, GpuState
from engineroom.domain.model import ModelSpec
from engineroom.domain.runtimes.values import Installation, Manifest, RuntimeKind
from engineroom.domain.sealed.stale import stale_reasons
from engineroom.domain.sealed.values import SealedEngine, Stale
from engineroom.domain.sealed.wish import BuildWish
from engineroom.domain.trtllm.fixes import FixAction
from engineroom.services.build_order import cards_for, name_for
from engineroom.services.build_planner import BuildPlanner
from engineroom.services.fix_prospects import Prospect, Prospects
from engineroom.services.plan_gpus import Sight
from services.test_plans import machine, plans

CARD = GpuInfo(
    uuid="GPU-a", name="NVIDIA GeForce RTX 5090", memory_total_bytes=34_190_917_632, power_limit_w=575.0,
    compute_capability="12.0",
)  # fmt: skip
FAILED = Problem(code=Code.ARCHITECTURE_UNKNOWN, facts={})
MODEL = ModelSpec(id="e", name="E", path=None)
REPO = "nvidia/Qwen3-32B-FP4"


def installed(version: str) -> Installation:
    name = f"tensorrt-llm-{version}-venv"
    whole = Manifest(id=name, kind=RuntimeKind.VENV, product="tensorrt-llm", version=version, installed_unix_s=0.0)
    return Installation(id=name, kind=RuntimeKind.VENV, version=version, manifest=whole)


def world(*versions: str) -> Any:
    """A computer with these runtimes, no model, and one card."""
    here = machine(CARD)
    made = plans(Sight(machine=here))
    runtimes = SimpleNamespace(
        installations=lambda: tuple(map(installed, versions)), default=lambda: f"tensorrt-llm-{versions[0]}-venv",
        folder=lambda name: f"/runtimes/{name}",
    )  # fmt: skip
    return SimpleNamespace(
        library=SimpleNamespace(entries=lambda: ()), runtimes=runtimes, plans=lambda: made, machine=lambda: here
    )


def offered(action: FixAction, *versions: str, sealed: SealedEngine | None = None) -> Prospect | FixBar | None:
    found = world(*(versions or ("1.2.1",)))
    engine = sealed or replace(sealed_engine(), repo=REPO, model=REPO)
    return Prospects(found, BuildPlanner(found)).of(MODEL, engine, FAILED, action)


def test_another_model_is_one_that_is_known_to_run_as_it_is_published() -> None:
    """The catalogue's strongest for the card are newer than this version: known not to run, and not offered."""
    found = offered(FixAction.CHOOSE_OTHER_MODEL, sealed=replace(sealed_engine(), repo="org/tiny"))
    assert isinstance(found, Prospect)
    assert found.wish is not None
    assert (found.wish.model, found.wish.gpu) == (REPO, CARD.name)
    other = offered(FixAction.CHOOSE_OTHER_MODEL)
    assert not isinstance(other, Prospect) or other.wish is None or other.wish.model != REPO, "not the one that failed"


def test_without_another_runtime_the_gguf_file_of_a_ready_quantised_model_is_fetched() -> None:
    found = offered(FixAction.CHOOSE_OTHER_RUNTIME)
    assert isinstance(found, Prospect)
    assert (found.repo, found.variant, found.wish) == ("unsloth/Qwen3-32B-GGUF", "Q4_K_M", None)
    assert found.does == step(FixStep.FETCH_GGUF, repo="unsloth/Qwen3-32B-GGUF", variant="Q4_K_M")
    unknown = replace(sealed_engine(), repo="nobody/knows", model="nobody/knows")
    assert offered(FixAction.CHOOSE_OTHER_RUNTIME, sealed=unknown) is FixBar.NOTHING_ELSE


def test_another_runtime_that_is_here_comes_first() -> None:
    found = offered(FixAction.CHOOSE_OTHER_RUNTIME, "1.2.1", "1.1.0", "1.2.0")
    assert isinstance(found, Prospect)
    assert found.wish is not None
    assert found.wish.runtime == "tensorrt-llm-1.2.0-venv", "the newest of the others"


@pytest.mark.parametrize("same", [True, False])
def test_a_new_plan_is_offered_only_where_it_makes_another_engine(*, same: bool) -> None:
    found = world("1.2.1")
    planner = BuildPlanner(found)
    old = replace(sealed_engine(), repo=REPO, model=REPO, precision="nvfp4", kv_format="bf16", concurrency=1)
    wish = replace(planner.again(old, None, accept=False), context_tokens=None, kv_dtype=None)
    plan, site = planner.planned(wish, REPO)
    name = name_for(plan, REPO, None, site)
    told = Prospects(found, planner).of(
        ModelSpec(id="e", name="E", path=None),
        replace(old, id=name if same else "another"),
        FAILED,
        FixAction.PLAN_AGAIN,
    )
    assert (told is FixBar.SAME_ENGINE) is same
    assert isinstance(told, Prospect) is not same


def test_what_makes_an_engine_stale_makes_it_another_one_and_nothing_lost_is_built_for() -> None:
    """The id of an engine goes with the generation of the driver; a lost card is none of those it is for."""
    found = world("1.2.1")
    plan, site = BuildPlanner(found).planned(BuildWish(model=REPO), REPO)
    names = {
        name_for(plan, REPO, None, replace(site, machine=replace(site.machine, driver_version=driver)))
        for driver in ("580.95.05", "580.105.08", "590.48.01")
    }
    assert len(names) == 2
    lost = replace(CARD, state=GpuState.LOST)
    assert cards_for(plan, machine(lost, replace(CARD, uuid="GPU-b")), REPO)[0].uuid == "GPU-b"
    with pytest.raises(Rejected) as refused:
        cards_for(plan, machine(lost), REPO)
    assert refused.value.code == Code.BUILD_REFUSED


def test_an_engine_whose_card_is_lost_is_stale() -> None:
    engine = replace(sealed_engine(), gpu_uuids=(CARD.uuid,), driver_version=None)
    assert Stale.CARD not in {one.code for one in stale_reasons(engine, machine(CARD), None)}
    gone = machine(replace(CARD, state=GpuState.LOST))
    assert Stale.CARD in {one.code for one in stale_reasons(engine, gone, None)}
