"""What changes of a card, read once a second; what is costly, ten times less often."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import pynvml

from engineroom.adapters.nvml.calls import Card, Questions
from engineroom.adapters.nvml.fields import FieldReader
from engineroom.adapters.nvml.memory import Memory, MemoryGauge
from engineroom.adapters.nvml.power import POWER_FIELDS, PowerMeter
from engineroom.adapters.nvml.processes import ProcessLister, ours_bytes
from engineroom.domain.machine import GpuProcess, GpuReading, MemoryKind, PowerScope, Throttle

Value = TypeVar("Value")

_REASONS = (
    (pynvml.nvmlClocksEventReasonSwPowerCap, Throttle.POWER_CAP),
    (pynvml.nvmlClocksEventReasonSwThermalSlowdown, Throttle.THERMAL),
    (pynvml.nvmlClocksEventReasonHwThermalSlowdown, Throttle.HARDWARE_THERMAL),
    (pynvml.nvmlClocksEventReasonHwSlowdown, Throttle.HARDWARE_SLOWDOWN),
    (pynvml.nvmlClocksEventReasonHwPowerBrakeSlowdown, Throttle.POWER_BRAKE),
    (pynvml.nvmlClocksEventReasonSyncBoost, Throttle.SYNC_BOOST),
)
_UNKNOWN_STATE = 32
_RECEIVED, _SENT = pynvml.NVML_FI_DEV_PCIE_COUNT_RX_BYTES, pynvml.NVML_FI_DEV_PCIE_COUNT_TX_BYTES


@dataclass(slots=True)
class _Slow:
    """The last values of the costly fields, and the PCIe counters they came from."""

    fan_percent: float | None = None
    processes: tuple[GpuProcess, ...] | None = None
    rx_bytes_per_s: float | None = None
    tx_bytes_per_s: float | None = None
    counted_at_s: float | None = None
    rx_bytes: float | None = None
    tx_bytes: float | None = None


class LiveReader:
    """Reads cards. Raises as :class:`Questions`."""

    def __init__(self, questions: Questions, memory: MemoryGauge, processes: ProcessLister) -> None:
        self._questions = questions
        self._memory = memory
        self._processes = processes
        self._fields = FieldReader(questions)
        self._power = PowerMeter(questions, self._fields)
        self._slow: dict[str, _Slow] = {}

    def forget(self, card: Card) -> None:
        """Drop the last values of a card that is lost."""
        self._slow.pop(card.uuid, None)

    def power_scope(self, card: Card) -> PowerScope | None:
        """Whose power the readings are; ``None`` before the first that has any."""
        return self._power.scope(card)

    def read(self, card: Card, *, now_s: float, slow: bool) -> GpuReading:
        """One reading. ``now_s`` is monotonic; ``slow`` also reads what is costly, as the first reading does."""
        kept = self._slow.get(card.uuid)
        slow = slow or kept is None
        kept = self._slow.setdefault(card.uuid, _Slow())
        memory = self._memory.read(card)
        fields = self._fields.read(card, (*POWER_FIELDS, _RECEIVED, _SENT) if slow else POWER_FIELDS)
        if slow:
            self._read_slow(card, kept, fields, now_s)
        busy = self._ask(card, "utilisation", pynvml.nvmlDeviceGetUtilizationRates)
        power = self._power.read(card, fields)
        return GpuReading(
            uuid=card.uuid,
            memory_used_bytes=None if memory is None else memory.used_bytes,
            memory_total_bytes=None if memory is None else memory.total_bytes,
            memory_free_bytes=None if memory is None else memory.free_bytes,
            memory_ours_bytes=ours_bytes(kept.processes),
            power_w=power.power_w,
            power_instant_w=power.instant_w,
            energy_j=power.energy_j,
            utilisation_percent=None if busy is None else float(busy.gpu),
            memory_busy_percent=self._memory_busy(memory, busy),
            temperature_c=self._temperature(card),
            temperature_margin_c=self._number(card, "margin", pynvml.nvmlDeviceGetMarginTemperature),
            sm_clock_mhz=self._clock(card, "sm_clock", pynvml.NVML_CLOCK_SM),
            memory_clock_mhz=self._clock(card, "memory_clock", pynvml.NVML_CLOCK_MEM),
            throttle=self._throttle(card),
            performance_state=self._performance_state(card),
            fan_percent=kept.fan_percent,
            pcie_rx_bytes_per_s=kept.rx_bytes_per_s,
            pcie_tx_bytes_per_s=kept.tx_bytes_per_s,
            processes=kept.processes,
        )

    def _read_slow(self, card: Card, kept: _Slow, fields: dict[int, float], now_s: float) -> None:
        kept.processes = self._processes.read(card)
        kept.fan_percent = self._fan(card)
        received, sent = fields.get(_RECEIVED), fields.get(_SENT)
        past_s = 0.0 if kept.counted_at_s is None else now_s - kept.counted_at_s
        kept.rx_bytes_per_s = _rate(kept.rx_bytes, received, past_s)
        kept.tx_bytes_per_s = _rate(kept.tx_bytes, sent, past_s)
        kept.counted_at_s, kept.rx_bytes, kept.tx_bytes = now_s, received, sent

    def _fan(self, card: Card) -> float | None:
        """The fastest fan; what it should do, and that may be more than 100 %."""
        fans = self._ask(card, "fans", pynvml.nvmlDeviceGetNumFans) or 0
        speeds = [
            self._questions.ask(card, f"fan {fan}", partial(pynvml.nvmlDeviceGetFanSpeed_v2, card.handle, fan))
            for fan in range(fans)
        ]
        known = [float(speed) for speed in speeds if speed is not None]
        return max(known) if known else None

    @staticmethod
    def _memory_busy(memory: Memory | None, busy: Any | None) -> float | None:
        """Where the memory is shared, the driver's figure stays at zero whatever happens."""
        if busy is None or (memory is not None and memory.kind is MemoryKind.UNIFIED):
            return None
        return float(busy.memory)

    def _temperature(self, card: Card) -> float | None:
        sensor = pynvml.NVML_TEMPERATURE_GPU
        newer = self._questions.ask(
            card, "temperature_v", partial(pynvml.nvmlDeviceGetTemperatureV, card.handle, sensor)
        )
        if newer is not None or not self._questions.unsupported(card, "temperature_v"):
            return None if newer is None else float(newer)
        older = self._questions.ask(card, "temperature", partial(pynvml.nvmlDeviceGetTemperature, card.handle, sensor))
        return None if older is None else float(older)

    def _throttle(self, card: Card) -> tuple[Throttle, ...] | None:
        mask = self._ask(card, "throttle", pynvml.nvmlDeviceGetCurrentClocksEventReasons)
        if mask is None and self._questions.unsupported(card, "throttle"):
            mask = self._ask(card, "throttle (older)", pynvml.nvmlDeviceGetCurrentClocksThrottleReasons)
        return None if mask is None else tuple(word for bit, word in _REASONS if mask & bit)

    def _performance_state(self, card: Card) -> int | None:
        state = self._ask(card, "performance_state", pynvml.nvmlDeviceGetPerformanceState)
        return None if state is None or state >= _UNKNOWN_STATE else int(state)

    def _clock(self, card: Card, name: str, kind: int) -> int | None:
        return self._questions.ask(card, name, partial(pynvml.nvmlDeviceGetClockInfo, card.handle, kind))

    def _number(self, card: Card, name: str, call: Callable[[Any], int]) -> float | None:
        value = self._ask(card, name, call)
        return None if value is None else float(value)

    def _ask(self, card: Card, name: str, call: Callable[[Any], Value]) -> Value | None:
        return self._questions.ask(card, name, partial(call, card.handle))


def _rate(before: float | None, now: float | None, past_s: float) -> float | None:
    """Per second; a counter that went backwards has wrapped or begun anew, and says nothing."""
    if before is None or now is None or past_s <= 0 or now < before:
        return None
    return (now - before) / past_s
