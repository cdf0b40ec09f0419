"""How much memory there is for one more engine: by what was read, and by what those that are here were promised."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from engineroom.domain.engine import EngineState
from engineroom.domain.routing.record import Record
from engineroom.domain.routing.values import HOST, Claim, Placement, Reading, Rules, Seen

_SMALL = 64 * 2**20


@dataclass(frozen=True, slots=True)
class _Returning:
    """Memory that an engine that has stopped gives back; the driver and the system may take a moment over it."""

    place: str
    size_bytes: int
    free_before: int
    until_ms: int


class Books:
    """Who holds what.

    A reading shows what an engine really took; the rest of its claim it may still take.  So free is what was read,
    less what those that are here have not yet drawn.
    """

    def __init__(self, rules: Rules, began_ms: int) -> None:
        self._rules = rules
        self.patient_until_ms = began_ms + rules.patience_ms
        self._returning: list[_Returning] = []
        self.readings: dict[str, Reading] = {}
        self.records: dict[str, Record] = {}

    def read(self, seen: Seen, now_ms: int) -> None:
        """Memory was read."""
        self.readings = dict(seen.readings)
        for record in self.records.values():
            record.shown = {claim.place: _shown(record, claim) for claim in record.claims()}
        self._returning = [one for one in self._returning if not self._is_back(one, now_ms)]

    def forgotten(self, record: Record, now_ms: int) -> None:
        """An engine is left to end by itself. Until a reading shows what it took, it counts as having taken it all."""
        for claim in record.claims():
            reading, shown = self.readings.get(claim.place), record.shown.get(claim.place, 0)
            if reading is not None and reading.free_bytes is not None and claim.expected_bytes > shown:
                free_bytes = reading.free_bytes - (claim.expected_bytes - shown)
                self.readings[claim.place] = replace(reading, free_bytes=free_bytes)
                record.shown[claim.place] = claim.expected_bytes
        self.stopped(record, now_ms)

    def stopped(self, record: Record, now_ms: int) -> None:
        """An engine has ended, and its claims end with it."""
        for claim in () if record.placement is None else record.placement.claims:
            size_bytes, reading = record.shown.get(claim.place, 0), self.readings.get(claim.place)
            if reading is not None and reading.free_bytes is not None and size_bytes >= _SMALL:
                until_ms = now_ms + self._rules.settle_ms
                self._returning.append(_Returning(claim.place, size_bytes, reading.free_bytes, until_ms))
        record.placement, record.shown = None, {}

    def tick(self, now_ms: int) -> None:
        """Stop waiting for memory that does not come back."""
        self._returning = [one for one in self._returning if now_ms < one.until_ms]

    def next_ms(self) -> int | None:
        """When :meth:`tick` has something to do."""
        return min((one.until_ms for one in self._returning), default=None)

    def awaits_reading(self, placement: Placement, now_ms: int) -> str | None:
        """A place nobody has read yet, in the first moments; later it counts as one that cannot be read."""
        if now_ms >= self.patient_until_ms:
            return None
        return next((place for place in placement.places if place not in self.readings), None)

    def returning(self, placement: Placement) -> str | None:
        """A place of these to which memory is still coming back."""
        return next((one.place for one in self._returning if one.place in placement.places), None)

    def room(self, place: str) -> int | None:
        """Bytes for one more engine now, beside the margin; ``None`` where nothing is known of the place."""
        rooms = (self.free(place), self.allowed(place))
        return min((room for room in rooms if room is not None), default=None)

    def free(
        self, place: str, *, gone: Collection[str] = (), returned: bool = False, margin: bool = True
    ) -> int | None:
        """Bytes that nobody has and none of ours will still take; ``None`` where it cannot be read.

        Args:
            place: ``host`` or the UUID of a card.
            gone: engines that count as ended.
            returned: whether memory that is coming back counts as free.
            margin: whether the margin is to stay free.
        """
        reading = self.readings.get(place)
        if reading is None or reading.free_bytes is None:
            return None
        free = reading.free_bytes - (reading.margin_bytes if margin else 0)
        for name, claim in self._claims(place):
            record = self.records[name]
            if name in gone:
                free += record.shown[place] if record.settled(place) else claim.expected_bytes
            else:
                free -= max(0, claim.expected_bytes - record.shown.get(place, 0))
        return free + (sum(one.size_bytes for one in self._returning if one.place == place) if returned else 0)

    def allowed(self, place: str, *, gone: Collection[str] = ()) -> int | None:
        """Bytes that are left of what engines may take together; ``None`` where no limit is set."""
        reading = self.readings.get(place)
        if reading is None or reading.limit_bytes is None:
            return None
        claims = self._claims(place)
        return reading.limit_bytes - sum(self.records[name].takes(claim) for name, claim in claims if name not in gone)

    def promised(self, place: str) -> int:
        """What the engines that are here have, and may still take of what they were let in with."""
        return sum(self.records[name].takes(claim) for name, claim in self._claims(place))

    def _claims(self, place: str) -> Iterable[tuple[str, Claim]]:
        for name, record in self.records.items():
            for claim in record.claims():
                if claim.place == place:
                    yield name, claim

    def _is_back(self, one: _Returning, now_ms: int) -> bool:
        reading = self.readings.get(one.place)
        if reading is None or reading.free_bytes is None or now_ms >= one.until_ms:
            return True
        return reading.free_bytes - one.free_before >= one.size_bytes // 2


def _shown(record: Record, claim: Claim) -> int:
    """What of a claim a reading shows that was taken just now."""
    ready = record.state in {EngineState.READY, EngineState.STOPPING}
    if claim.place == HOST and record.held_bytes is not None:
        return max(0, record.held_bytes - claim.hidden_bytes)
    return claim.expected_bytes - claim.hidden_bytes if ready else 0
