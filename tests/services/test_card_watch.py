"""Which cards an engine may have, and what is said of them."""

from dataclasses import replace

import pytest

from engineroom.contract.sentences import sentence
from engineroom.domain.errors import Broken, Code
from engineroom.domain.machine import (
    Frame,
    GpuInfo,
    GpuProcess,
    GpuReading,
    GpuState,
    HostReading,
    Machine,
    MigInstance,
    NvmlState,
    Xid,
)
from engineroom.services.card_watch import CardWatch, Grant, Wish
from engineroom.services.hub import Hub
from engineroom.services.notices import NoticeBoard
from engineroom.services.telemetry import Telemetry
from engineroom.services.traffic import TrafficMonitor
from fakes.hand_clock import HandClock
from services.conftest import machine_with

A = GpuInfo(uuid="GPU-a", name="A", memory_total_bytes=1, power_limit_w=None)
B = replace(A, uuid="GPU-b", name="B")
SMALL = MigInstance(uuid="MIG-1", name="1g", memory_total_bytes=10)
LARGE = MigInstance(uuid="MIG-2", name="3g", memory_total_bytes=30)
HOLDER = GpuProcess(pid=7, program="other", memory_bytes=None, ours=False)
GONE = Xid(code=79, at_s=1.0, meaning="gone", remedy="Restart")
FAULT = Xid(code=31, at_s=2.0, meaning="a fault", remedy="Start it again")
UNKNOWN = Xid(code=999, at_s=3.0, meaning=None, remedy=None)


class Watch:
    """The service and what it stands on."""

    def __init__(self, machine: Machine) -> None:
        events, clock = Hub(), HandClock()
        traffic = TrafficMonitor(clock=clock, events=events)
        self.telemetry = Telemetry(machine=machine, clock=clock, traffic=traffic, events=events)
        self.notices = NoticeBoard(events)
        self.cards = CardWatch(telemetry=self.telemetry, notices=self.notices)

    def holds(self, uuid: str) -> None:
        """A program computes on a card."""
        reading = GpuReading(
            uuid=uuid, memory_used_bytes=None, memory_total_bytes=None, power_w=None, utilisation_percent=None,
            temperature_c=None, processes=(HOLDER,),
        )  # fmt: skip
        host = HostReading(cpu_percent=None, memory_available_bytes=None, cpu_power_w=None)
        frame = self.telemetry.accept_reading(host, (reading,))
        assert isinstance(frame, Frame)


async def granted(*gpus: GpuInfo, wish: Wish | None = None) -> Grant:
    """What an engine gets of these cards."""
    return await Watch(machine_with(*gpus)).cards.grant(wish or Wish())


async def test_cards_that_may_not_be_used_are_left_out_and_it_is_said_why() -> None:
    lost, closed = replace(B, state=GpuState.LOST), replace(B, uuid="GPU-c", name="C", compute_mode="prohibited")
    grant = await granted(A, lost, closed)
    assert grant.environment["CUDA_VISIBLE_DEVICES"] == "GPU-a"
    assert [remark.rpartition(", which is ")[2] for remark in grant.remarks] == ["lost", "closed to programs"]


async def test_of_slices_the_largest_one_and_only_where_no_whole_card_is() -> None:
    """CUDA shows a program one slice, and none beside a whole card."""
    sliced = replace(A, mig_enabled=True, mig_instances=(SMALL, LARGE))
    grant = await granted(sliced)
    assert grant.environment["CUDA_VISIBLE_DEVICES"] == "MIG-2"
    assert grant.devices is not None
    assert [device.gpu_uuid for device in grant.devices] == ["GPU-a"]
    assert (await granted(sliced, B)).environment["CUDA_VISIBLE_DEVICES"] == "GPU-b"


async def test_where_all_cards_are_unusable_they_are_hidden() -> None:
    grant = await granted(replace(A, state=GpuState.LOST))
    assert grant.environment["CUDA_VISIBLE_DEVICES"] == ""


async def test_a_card_for_one_program_that_has_one() -> None:
    exclusive = replace(A, compute_mode="exclusive_process", display_active=False)
    watch = Watch(machine_with(exclusive))
    assert (await watch.cards.grant(Wish())).environment["CUDA_VISIBLE_DEVICES"] == "GPU-a"
    watch.holds("GPU-a")
    with pytest.raises(Broken) as caught:
        await watch.cards.grant(Wish())
    assert caught.value.code == Code.GPU_IN_USE
    assert caught.value.problem.facts == {"name": "A", "uuid": "GPU-a", "program": "other", "pid": 7}
    watch.cards.accept(machine_with(exclusive, B))
    grant = await watch.cards.grant(Wish())
    assert grant.environment["CUDA_VISIBLE_DEVICES"] == "GPU-b"
    assert "held by other (pid 7)" in grant.remarks[0]


async def test_a_card_of_which_nothing_is_known_any_more() -> None:
    """A driver in trouble lists no card; an engine that had one does not go to the processor by itself."""
    watch = Watch(machine_with(nvml=NvmlState.VERSION_MISMATCH))
    with pytest.raises(Broken, match="gpu_lost"):
        await watch.cards.grant(Wish(ran_on=("GPU-a",), by_user=False))
    assert "CUDA_VISIBLE_DEVICES" not in (await watch.cards.grant(Wish(ran_on=("GPU-a",)))).environment
    assert "CUDA_VISIBLE_DEVICES" not in (await watch.cards.grant(Wish(by_user=False))).environment


async def test_one_notice_per_card_and_none_when_it_has_passed() -> None:
    watch = Watch(machine_with(A, B))
    watch.cards.accept(machine_with(replace(A, xids=(FAULT, UNKNOWN)), replace(B, state=GpuState.LOST, xids=(GONE,))))
    fault, lost = watch.notices.all()
    assert (fault.code, fault.facts["xid"], fault.facts["remedy"]) == (Code.GPU_XID, 31, "Start it again")
    assert (lost.code, lost.facts) == (Code.GPU_LOST, {"name": "B", "uuid": "GPU-b"})
    watch.cards.accept(machine_with(replace(A, xids=(UNKNOWN,)), B))
    (unknown,) = watch.notices.all()
    assert "does not know" in str(unknown.facts["meaning"])
    watch.cards.accept(machine_with(A, B))
    assert watch.notices.all() == ()


async def test_the_facts_are_those_the_sentences_take() -> None:
    watch = Watch(machine_with(A))
    watch.cards.accept(machine_with(replace(A, xids=(FAULT,))))
    assert sentence(watch.notices.all()[0]) == "A (GPU-a) reported error Xid 31: a fault. Start it again."
