"""Figures beside the plan, engines side by side, and what makes an engine stale."""

from dataclasses import replace

import pytest

from domain.sealed.test_sealed import ENGINE
from engineroom.domain.machine import GpuInfo, Machine, NvmlState
from engineroom.domain.runtimes.values import Installation, Manifest, Package, RuntimeKind
from engineroom.domain.sealed.compare import FIGURES, compare, figures_of
from engineroom.domain.sealed.pace import pace_of, size_class, stage_key, stages_ahead
from engineroom.domain.sealed.stale import runtime_print, stale_reasons
from engineroom.domain.sealed.values import Better, Measured, Stale
from services.conftest import machine_with

PLANNED = {"decode": 50.0, "decode_low": 40.0, "decode_high": 60.0, "total_bytes": 1000, "total_bytes_low": 900,
           "total_bytes_high": 1100}  # fmt: skip
ONE = replace(
    ENGINE,
    plan=PLANNED,
    measured=Measured(load_s=9.0, tokens_per_s=75.0, concurrency=2, tokens_per_s_all=100.0, gpu_settled_bytes=1050),
)
MANIFEST = Manifest(
    id=ENGINE.runtime, kind=RuntimeKind.VENV, product="tensorrt-llm", version="1.2.1", installed_unix_s=0.0,
    packages=(Package(name="tensorrt_llm", version="1.2.1", record_sha256="a"),),
)  # fmt: skip
INSTALLED = Installation(id=ENGINE.runtime, kind=RuntimeKind.VENV, version="1.2.1", manifest=MANIFEST)
CARD = GpuInfo(uuid="GPU-1", name=ENGINE.gpu_name, memory_total_bytes=2**35, power_limit_w=None)


def machine(driver: str | None = "590.99", *cards: GpuInfo) -> Machine:
    return replace(machine_with(), gpus=cards or (CARD,), driver_version=driver)


def test_a_figure_stands_beside_what_the_plan_expected() -> None:
    figures = {one.name: one for one in figures_of(ONE)}
    decode, settled = figures["tokens_per_s"], figures["gpu_settled_bytes"]
    assert (decode.measured, decode.expected, decode.ratio, decode.within) == (75.0, 50.0, 1.5, False)
    assert (settled.ratio, settled.within) == (1.05, True)


def test_what_is_not_known_stays_unknown() -> None:
    figures = {one.name: one for one in figures_of(ONE)}
    assert (figures["load_s"].expected, figures["load_s"].ratio, figures["load_s"].within) == (None, None, None)
    joules = figures["joules_per_token"]
    assert (joules.measured, joules.expected, joules.ratio, joules.within) == (None, None, None, None)
    assert set(figures) == set(FIGURES)


def test_the_better_one_is_named_where_there_is_one() -> None:
    other = replace(ONE, id="other", precision="fp8", measured=replace(ONE.measured, load_s=5.0, tokens_per_s=70.0))
    compared = compare([ONE, other])
    figures = {one.name: one for one in compared.figures}
    assert (figures["load_s"].best, figures["tokens_per_s"].best) == (1, 0)
    assert figures["tokens_per_s_all"].best is None, "both are alike"
    assert figures["ttft_s"].best is None, "neither was measured"
    facts = {one.name: one for one in compared.facts}
    assert (facts["precision"].values, facts["precision"].alike, facts["model"].alike) == (("bf16", "fp8"), False, True)


def test_figures_at_other_numbers_at_once_are_not_held_against_each_other() -> None:
    other = replace(ONE, measured=replace(ONE.measured, concurrency=8, tokens_per_s_all=400.0))
    figures = {one.name: one for one in compare([ONE, other]).figures}
    assert (figures["tokens_per_s_all"].better, figures["tokens_per_s_all"].best) == (Better.NEITHER, None)


def test_an_engine_of_this_computer_is_ready() -> None:
    assert stale_reasons(replace(ENGINE, runtime_print=runtime_print(MANIFEST)), machine(), INSTALLED) == ()


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ((machine("590.1", replace(CARD, uuid="GPU-2")), INSTALLED), Stale.CARD),
        ((machine("600.10"), INSTALLED), Stale.DRIVER),
        ((machine(), None), Stale.RUNTIME_GONE),
        ((machine(), replace(INSTALLED, manifest=None)), Stale.RUNTIME_GONE),
        ((machine(), replace(INSTALLED, manifest=replace(MANIFEST, packages=()))), Stale.RUNTIME_CHANGED),
    ],
)
def test_what_makes_it_stale(now: tuple[Machine, Installation | None], code: Stale) -> None:
    engine = replace(ENGINE, runtime_print=runtime_print(MANIFEST))
    (reason,) = stale_reasons(engine, *now)
    assert reason.code is code
    assert {"built", "now"} <= set(reason.facts)


def test_a_driver_that_says_nothing_makes_nothing_stale() -> None:
    assert stale_reasons(ENGINE, machine(None), INSTALLED) == ()


def test_a_driver_that_is_still_being_asked_says_nothing_of_its_cards() -> None:
    asked = replace(machine(None), nvml=NvmlState.STARTING, gpus=())
    assert stale_reasons(ENGINE, asked, INSTALLED) == ()
    (reason,) = stale_reasons(ENGINE, replace(asked, nvml=NvmlState.NO_DEVICE), INSTALLED)
    assert reason.code is Stale.CARD


def test_an_image_is_told_by_its_digest() -> None:
    image = replace(MANIFEST, kind=RuntimeKind.CONTAINER, image_digest=f"sha256:{'ab' * 32}")
    assert runtime_print(image) == "ab" * 6


def test_stages_are_expected_to_take_what_they_took() -> None:
    pace = pace_of("tensorrt-llm-1.2.1-venv", "RTX 5090", 2, 17 * 2**30)
    assert pace == "tensorrt-llm-1.2.1-venv|2x RTX 5090|32g"
    assert size_class(0) == "1g"
    known = {stage_key(pace, "trial"): 12.0}
    stages = stages_ahead(("fetch", "trial"), lambda stage: known.get(stage_key(pace, stage)))
    assert [(one.name, one.expected_s) for one in stages] == [("fetch", None), ("trial", 12.0)]
