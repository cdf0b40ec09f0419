"""A session with the library: which cards there are, and one reading of each."""

import contextlib
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pynvml

from engineroom.adapters.gpu_table import GpuTable, load_gpu_table
from engineroom.adapters.nvml.calls import Card, CardLost, Questions, SessionBroken, or_none, state_of
from engineroom.adapters.nvml.live import LiveReader
from engineroom.adapters.nvml.memory import MEMINFO, MemoryGauge
from engineroom.adapters.nvml.processes import ProcessLister
from engineroom.adapters.nvml.static import NO_NAME, Describer
from engineroom.adapters.nvml.xids import XidListener
from engineroom.domain.machine import GpuInfo, GpuReading, GpuState, NvmlState

SIMULATION_MARK = "engineroom_simulated_nvml"
"""A library that exports this symbol is a stand-in, and the screen says so."""


def no_children() -> frozenset[int]:
    """Nobody."""
    return frozenset()


class Nvml:
    """NVIDIA cards through NVML, from one thread only. Nothing here creates a CUDA context.

    Cards are known by UUID for as long as this object lives, so one that comes back under another index is the same,
    and one that fell off the bus stays in the list as lost.

    Args:
        ours: pids of our children.
        table: bandwidths by name.
        meminfo: the kernel's file about the computer's memory.
    """

    def __init__(
        self,
        *,
        ours: Callable[[], frozenset[int]] = no_children,
        table: GpuTable | None = None,
        meminfo: Path = MEMINFO,
    ) -> None:
        self.state = NvmlState.STARTING
        self.detail: str | None = None
        self.driver_version: str | None = None
        self.cuda_version: str | None = None
        self.is_open = False
        self._cards: dict[str, Card] = {}
        self._infos: dict[str, GpuInfo] = {}
        self._questions = Questions()
        memory = MemoryGauge(self._questions, meminfo)
        self._describer = Describer(self._questions, memory, table or load_gpu_table())
        self._live = LiveReader(self._questions, memory, ProcessLister(self._questions, ours))
        self._xids = XidListener(self._questions)

    @property
    def simulated(self) -> bool:
        """Whether the library is a stand-in."""
        return pynvml.nvmlLib is not None and hasattr(pynvml.nvmlLib, SIMULATION_MARK)

    @property
    def gpus(self) -> tuple[GpuInfo, ...]:
        """The cards, in the order they were first seen; those that are lost keep their place."""
        return tuple(self._infos.values())

    @property
    def has_lost(self) -> bool:
        """Whether a card is missing."""
        return any(info.state is GpuState.LOST for info in self._infos.values())

    def open(self) -> None:
        """Start the library, or start it again, and list the cards; the state says how it went."""
        self.close()
        self.driver_version = self.cuda_version = None
        try:
            pynvml.nvmlInit()
        except pynvml.NVMLError as error:
            self.fail(state_of(error), str(error))
            return
        self.is_open = True
        self.driver_version = or_none(pynvml.nvmlSystemGetDriverVersion)
        self._questions.driver_version = self.driver_version
        self.cuda_version = _cuda_words(or_none(pynvml.nvmlSystemGetCudaDriverVersion_v2))
        try:
            found = self._enumerate()
            self._xids.listen(self._cards.values())
        except SessionBroken as broken:
            self.fail(broken.state, str(broken))
            return
        # In the order they were first seen, whatever their indices are now: a card keeps its place on the screen.
        kept = {uuid: found.get(uuid) or _lost(self._infos[uuid]) for uuid in self._known}
        self._infos = kept | found
        self.state, self.detail = self._state(), None

    def close(self) -> None:
        """Give the library back; the cards stay known."""
        self._cards.clear()
        self._xids.close()
        if self.is_open:
            self.is_open = False
            with contextlib.suppress(pynvml.NVMLError):
                pynvml.nvmlShutdown()

    def fail(self, state: NvmlState, detail: str | None) -> None:
        """Give the library back, for a reason; the cards stay known. The first account of one trouble stands."""
        self.close()
        if state is not NvmlState.ASLEEP:
            self.driver_version = self.cuda_version = None
        if state is not self.state:
            self.state, self.detail = state, detail

    def forget_library(self) -> None:
        """Let go of the library file itself, for the one on disk may be newer. Only while closed."""
        library = pynvml.nvmlLib
        if self.is_open or library is None or sys.platform == "win32":
            return
        import _ctypes  # noqa: PLC0415 (the only way to close a library; not there on Windows)

        pynvml.nvmlLib = None
        pynvml._nvmlGetFunctionPointer_cache.clear()  # noqa: SLF001 (its pointers lead into the closed library)
        _ctypes.dlclose(library._handle)  # noqa: SLF001

    def read(self, *, now_s: float = 0.0, slow: bool = True) -> tuple[GpuReading, ...]:
        """One reading of every card; see :meth:`LiveReader.read`.

        Raises:
            SessionBroken: the driver went away.
        """
        for uuid in self._xids.poll():
            self._lose(uuid)
        return tuple(self._read(info, now_s=now_s, slow=slow) for info in self.gpus)

    @property
    def _known(self) -> list[str]:
        """Cards that were once seen, as opposed to places that may not be opened."""
        return [uuid for uuid, info in self._infos.items() if info.state is not GpuState.NO_ACCESS]

    def _read(self, info: GpuInfo, *, now_s: float, slow: bool) -> GpuReading:
        card, reading = self._cards.get(info.uuid), None
        if card is not None:
            try:
                reading = self._live.read(card, now_s=now_s, slow=slow)
            except CardLost:
                self._lose(info.uuid)
        known = self._infos[info.uuid]
        scope = known.power_scope if card is None else self._live.power_scope(card)
        xids = self._xids.heard(info.uuid)
        if (scope, xids) != (known.power_scope, known.xids):
            known = self._infos[info.uuid] = replace(known, power_scope=scope, xids=xids)
        return reading or _nothing(known)

    def _lose(self, uuid: str) -> None:
        card = self._cards.pop(uuid, None)
        if card is not None:
            self._live.forget(card)
            self._infos[uuid] = _lost(self._infos[uuid])

    def _enumerate(self) -> dict[str, GpuInfo]:
        found = {}
        for index in range(or_none(pynvml.nvmlDeviceGetCount) or 0):
            try:
                handle = pynvml.nvmlDeviceGetHandleByIndex(index)
                uuid = str(pynvml.nvmlDeviceGetUUID(handle))
            except pynvml.NVMLError as error:
                if error.value == pynvml.NVML_ERROR_NO_PERMISSION:
                    # It has no name that we may know, so its place stands for it.
                    info = _no_access(f"no-access-{index}")
                    found[info.uuid] = info
                continue
            except UnicodeDecodeError:
                continue
            card = Card(uuid, handle)
            try:
                found[uuid] = self._describer.describe(card)
            except CardLost:
                found[uuid] = _lost(self._infos.get(uuid) or _no_access(uuid))
            else:
                self._cards[uuid] = card
        return found

    def _state(self) -> NvmlState:
        if not self._infos:
            return NvmlState.NO_DEVICE
        closed = all(info.state is GpuState.NO_ACCESS for info in self._infos.values())
        return NvmlState.NO_PERMISSION if closed else NvmlState.OK


def _no_access(uuid: str) -> GpuInfo:
    return GpuInfo(uuid=uuid, name=NO_NAME, memory_total_bytes=None, power_limit_w=None, state=GpuState.NO_ACCESS)


def _lost(info: GpuInfo) -> GpuInfo:
    return replace(info, state=GpuState.LOST)


def _nothing(info: GpuInfo) -> GpuReading:
    return GpuReading(
        uuid=info.uuid,
        memory_used_bytes=None,
        memory_total_bytes=None,
        power_w=None,
        utilisation_percent=None,
        temperature_c=None,
        state=info.state,
    )


def _cuda_words(number: int | None) -> str | None:
    return None if not number else f"{number // 1000}.{number % 1000 // 10}"
