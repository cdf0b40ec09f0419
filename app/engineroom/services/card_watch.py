"""The cards as the services need them: which an engine may have, which were lost, what has to be said about them."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from engineroom.domain.cuda_devices import CUDA_ORDER, CudaDevice, cuda_devices, cuda_environment
from engineroom.domain.errors import Broken, Code, Problem
from engineroom.domain.machine import GpuInfo, GpuProcess, GpuState, Machine, NvmlState
from engineroom.services.notices import NoticeBoard
from engineroom.services.telemetry import Telemetry

PATIENCE_S = 20.0
"""How long anybody waits for the driver's first account of its cards: unless it is kept ready, it takes seconds."""

IDLE_PERCENT = 5.0
"""A desktop that draws itself keeps a card that busy."""

_ONE_PROGRAM = {"exclusive_process", "exclusive_thread"}
_NO_WORDS = "an error that the bundled table does not know"
_NO_REMEDY = "Look it up in NVIDIA's catalogue of Xid errors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an engine wants. ``ran_on``: the cards of its last run; ``by_user``: somebody asked for this start.

    ``places`` are the cards where there is room for it, by UUID; where none is named, all are.
    """

    ran_on: tuple[str, ...] = ()
    by_user: bool = True
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What an engine gets. ``devices``: as it numbers them, ``None`` if that is up to it; ``remarks``: for its log."""

    environment: Mapping[str, str]
    devices: tuple[CudaDevice, ...] | None
    remarks: tuple[str, ...] = field(default=())


class CardWatch:
    """Knows the cards by what the reader of the machine last said."""

    def __init__(self, *, telemetry: Telemetry, notices: NoticeBoard) -> None:
        self._telemetry = telemetry
        self._notices = notices
        self._known = asyncio.Event()
        self._noticed: set[str] = set()
        self._followers: list[Callable[[], None]] = []

    def follow(self, changed: Callable[[], None]) -> None:
        """Call this after every change of the machine."""
        self._followers.append(changed)

    def machine(self) -> Machine:
        """The computer as it last was."""
        return self._telemetry.machine

    def accept(self, machine: Machine) -> None:
        """The computer or its cards have changed."""
        self._telemetry.accept_machine(machine)
        if machine.nvml is not NvmlState.STARTING:
            self._known.set()
        self._tell(machine)
        for changed in self._followers:
            changed()

    def lost(self, uuids: Sequence[str]) -> Problem | None:
        """The trouble with the first of these cards that is lost."""
        for gpu in self._telemetry.machine.gpus:
            if gpu.uuid in uuids and gpu.state is GpuState.LOST:
                return Problem(code=Code.GPU_LOST, facts={"name": gpu.name, "uuid": gpu.uuid})
        return None

    def busy(self, uuids: Sequence[str]) -> bool:
        """Whether one of these cards had work at the last reading, or any where none is named."""
        frame = self._telemetry.newest()
        gpus = () if frame is None else frame.gpus
        return any((gpu.utilisation_percent or 0.0) > IDLE_PERCENT for gpu in gpus if not uuids or gpu.uuid in uuids)

    async def grant(self, wish: Wish) -> Grant:
        """The cards for an engine that is about to start.

        An engine whose card was lost does not go elsewhere by itself: started by a request it is refused, and started
        by somebody it is given the cards that are left, but never none.  Where no card is known, because there is no
        driver to ask, nothing is hidden from the engine.

        Raises:
            Broken: ``gpu_lost``; or ``gpu_in_use`` when all that is left are cards for one program, each held by one.
        """
        await self.first_account()
        gpus = self._telemetry.machine.gpus
        gone = sorted(set(wish.ran_on) - {gpu.uuid for gpu in gpus})
        if gone and not wish.by_user:
            raise Broken(Code.GPU_LOST, name=None, uuid=gone[0])
        if not gpus:
            return Grant(environment=CUDA_ORDER, devices=None)
        held = {gpu.uuid: holder for gpu in gpus if (holder := self._holder(gpu)) is not None}
        usable = cuda_devices([gpu for gpu in gpus if gpu.uuid not in held])
        devices = tuple(device for device in usable if device.gpu_uuid in wish.places) or usable
        lost = self.lost(wish.ran_on)
        if lost is not None and not (wish.by_user and devices):
            raise Broken(Code.GPU_LOST, **lost.facts)
        if not devices and held:
            raise Broken(Code.GPU_IN_USE, **_in_use(gpus, held))
        return Grant(
            environment=cuda_environment([device.uuid for device in devices]),
            devices=devices,
            remarks=tuple(_remarks(gpus, usable, held)),
        )

    async def first_account(self) -> None:
        """Wait until the driver has told of its cards; seconds at most, for it may never. Whoever judges them waits."""
        if self._telemetry.machine.nvml is NvmlState.STARTING:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._known.wait(), PATIENCE_S)

    def _holder(self, gpu: GpuInfo) -> GpuProcess | None:
        """Who holds a card that takes one program only. Where something is drawn, drawing programs look the same."""
        frame = self._telemetry.newest()
        if gpu.compute_mode not in _ONE_PROGRAM or gpu.display_active or frame is None:
            return None
        reading = next((reading for reading in frame.gpus if reading.uuid == gpu.uuid), None)
        return next(iter((reading and reading.processes) or ()), None)

    def _tell(self, machine: Machine) -> None:
        """One notice per card at most: that it is lost, else its newest error."""
        said = {f"gpu {gpu.uuid}": problem for gpu in machine.gpus if (problem := _trouble(gpu)) is not None}
        for key in self._noticed - said.keys():
            self._notices.clear(key)
        for key, problem in said.items():
            self._notices.put(problem, key=key)
        self._noticed = set(said)


def _trouble(gpu: GpuInfo) -> Problem | None:
    if gpu.state is GpuState.LOST:
        return Problem(code=Code.GPU_LOST, facts={"name": gpu.name, "uuid": gpu.uuid})
    if not gpu.xids:
        return None
    newest = gpu.xids[0]
    return Problem(
        code=Code.GPU_XID,
        facts={
            "name": gpu.name,
            "uuid": gpu.uuid,
            "xid": newest.code,
            "meaning": newest.meaning or _NO_WORDS,
            "remedy": newest.remedy or _NO_REMEDY,
        },
    )


def _in_use(gpus: Sequence[GpuInfo], held: Mapping[str, GpuProcess]) -> dict[str, str | int | None]:
    gpu = next(gpu for gpu in gpus if gpu.uuid in held)
    holder = held[gpu.uuid]
    return {"name": gpu.name, "uuid": gpu.uuid, "program": holder.program, "pid": holder.pid}


def _remarks(gpus: Sequence[GpuInfo], devices: Sequence[CudaDevice], held: Mapping[str, GpuProcess]) -> list[str]:
    """Why cards are left out."""
    given = {device.gpu_uuid for device in devices}
    remarks = []
    for gpu in gpus:
        if gpu.uuid in given:
            continue
        why = (
            gpu.state.value
            if gpu.state is not GpuState.OK
            else "in MIG mode"
            if gpu.mig_enabled
            else "closed to programs"
        )
        if gpu.uuid in held:
            why = (
                f"for one program only, and held by {held[gpu.uuid].program or 'a program'} (pid {held[gpu.uuid].pid})"
            )
        remarks.append(f"not given to this engine: {gpu.name} [{gpu.uuid}], which is {why}")
    return remarks
