"""Free memory of the computer and of its cards, as the scheduler is told of it."""

from collections.abc import Callable, Iterator

from engineroom.domain.machine import Frame, GpuReading, GpuState, Machine, MemoryKind
from engineroom.domain.planning.bill import margin_of
from engineroom.domain.routing.values import HOST, Reading, Seen

_MIB = 2**20


class Readings:
    """Reads the computer's memory now, and of the cards what was read last.

    Args:
        host: free memory of the computer now, in bytes.
        host_mib: the most that engines together may take of it.
        card_mib: the same, of each card.
    """

    def __init__(
        self,
        *,
        machine: Callable[[], Machine],
        frame: Callable[[], Frame | None],
        host: Callable[[], int | None],
        host_mib: int | None,
        card_mib: int | None,
    ) -> None:
        self._machine = machine
        self._frame = frame
        self._host = host
        self._host_bytes = None if host_mib is None else host_mib * _MIB
        self._card_bytes = None if card_mib is None else card_mib * _MIB

    def seen(self) -> Seen:
        """All places that are known. A card that was not read yet is not among them."""
        total_bytes = self._machine().host.memory_total_bytes
        host = Reading(free_bytes=self._host(), margin_bytes=margin_of(total_bytes), limit_bytes=self._host_bytes)
        return Seen(readings={HOST: host, **dict(self._cards())})

    def _cards(self) -> Iterator[tuple[str, Reading]]:
        frame = self._frame()
        read = {} if frame is None else {reading.uuid: reading for reading in frame.gpus}
        for gpu in self._machine().gpus:
            reading = read.get(gpu.uuid)
            if reading is None or reading.state is not GpuState.OK or gpu.memory_kind is MemoryKind.UNIFIED:
                continue
            margin_bytes = margin_of(gpu.memory_total_bytes)
            yield gpu.uuid, Reading(free_bytes=_free(reading), margin_bytes=margin_bytes, limit_bytes=self._card_bytes)


def _free(reading: GpuReading) -> int | None:
    """What the driver calls free; else the rest of what is used."""
    if reading.memory_free_bytes is not None:
        return reading.memory_free_bytes
    if reading.memory_total_bytes is None or reading.memory_used_bytes is None:
        return None
    return reading.memory_total_bytes - reading.memory_used_bytes
