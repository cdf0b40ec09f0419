"""What the scheduler is told of free memory: what was read, and nothing that was not."""

from dataclasses import replace

import pytest

from engineroom.domain.machine import (
    Frame,
    GpuInfo,
    GpuReading,
    GpuState,
    HostReading,
    Machine,
    MemoryKind,
)
from engineroom.domain.planning.bill import margin_of
from engineroom.domain.routing.values import HOST, Reading
from engineroom.services.engine_world import EngineOptions
from engineroom.services.routing.parts import Keeping
from engineroom.services.routing.readings import Readings
from services.conftest import machine_with

GIB = 2**30
CARD = GpuInfo(uuid="GPU-a", name="NVIDIA A", memory_total_bytes=24 * GIB, power_limit_w=None)
READ = GpuReading(
    uuid="GPU-a", memory_used_bytes=4 * GIB, memory_total_bytes=24 * GIB, power_w=None, utilisation_percent=None,
    temperature_c=None, memory_free_bytes=19 * GIB,
)  # fmt: skip
FRAME = Frame(
    taken_at_s=0.0, tokens_per_s=0.0, active_requests=0, waiting_requests=0, gpus=(),
    host=HostReading(cpu_percent=None, memory_available_bytes=None, cpu_power_w=None),
)  # fmt: skip


def seen(machine: Machine, frame: Frame | None, **limits: int | None) -> dict[str, Reading]:
    limits = {"host_mib": None, "card_mib": None, **limits}
    readings = Readings(machine=lambda: machine, frame=lambda: frame, host=lambda: 7 * GIB, **limits)
    return dict(readings.seen().readings)


def read(*gpus: GpuReading) -> Frame:
    return replace(FRAME, gpus=gpus)


def test_the_computer_and_its_cards_are_told_with_their_margins_and_limits() -> None:
    found = seen(machine_with(CARD), read(READ), host_mib=16, card_mib=8)
    assert found == {
        HOST: Reading(
            free_bytes=7 * GIB, margin_bytes=margin_of(machine_with().host.memory_total_bytes), limit_bytes=16 * 2**20
        ),
        "GPU-a": Reading(free_bytes=19 * GIB, margin_bytes=margin_of(24 * GIB), limit_bytes=8 * 2**20),
    }


@pytest.mark.parametrize(
    ("reading", "free"),
    [
        (READ, 19 * GIB),
        (replace(READ, memory_free_bytes=None), 20 * GIB),
        (replace(READ, memory_free_bytes=None, memory_used_bytes=None), None),
        (replace(READ, memory_free_bytes=None, memory_total_bytes=None), None),
        (replace(READ, memory_free_bytes=0), 0),
    ],
)
def test_free_is_what_the_driver_says_or_the_rest_or_unknown(reading: GpuReading, free: int | None) -> None:
    assert seen(machine_with(CARD), read(reading))["GPU-a"].free_bytes == free


def test_a_card_that_was_not_read_or_is_lost_or_shares_memory_is_no_place() -> None:
    lost = replace(READ, state=next(state for state in GpuState if state is not GpuState.OK))
    shared = replace(CARD, memory_kind=MemoryKind.UNIFIED)
    for machine, frame in (
        (machine_with(CARD), None),
        (machine_with(CARD), read()),
        (machine_with(CARD), read(lost)),
        (machine_with(shared), read(READ)),
        (machine_with(), read(READ)),
    ):
        assert set(seen(machine, frame)) == {HOST}


def test_what_is_set_for_one_model_comes_before_what_is_set_for_all() -> None:
    options = EngineOptions(context_tokens=4096, slots=4, threads=2, prompt_cache_mib=1)
    assert Keeping().options(options) == options
    own = Keeping(context_tokens=8192, slots=1).options(options)
    assert (own.context_tokens, own.slots, own.threads) == (8192, 1, 2)
