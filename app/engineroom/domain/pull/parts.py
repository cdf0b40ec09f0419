"""Which bytes of a file are here: segments of equal size, each filled from its start.

Several streams fill one file; each claims a range, and what they have filled can be written down in a few bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SEGMENT_BYTES = 4 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Bytes ``start`` to ``stop`` (exclusive) that one stream fetches."""

    start: int
    stop: int


class PartMap:
    """The state of one file.

    Args:
        total_bytes: size of the whole file.
        filled: bytes here of each segment, from an earlier run; as many as there are segments.
    """

    def __init__(self, total_bytes: int, filled: Sequence[int] | None = None) -> None:
        self.total_bytes = total_bytes
        self.count = -(-total_bytes // SEGMENT_BYTES)
        self._filled = [0] * self.count if filled is None else list(filled)
        self._busy: set[int] = set()
        self._first = 0
        self.done_bytes = sum(self._filled)

    @property
    def whole(self) -> bool:
        """Whether every byte is here and no stream is still at it: the last one has notes to write after its bytes."""
        return self.done_bytes >= self.total_bytes and not self._busy

    def size(self, segment: int) -> int:
        """Bytes of a segment; the last may be shorter."""
        return min(SEGMENT_BYTES, self.total_bytes - segment * SEGMENT_BYTES)

    def filled(self, segment: int) -> int:
        """Bytes of a segment that are here."""
        return self._filled[segment]

    def claim(self, most_bytes: int) -> Claim | None:
        """The first missing bytes that no other stream fetches, at most that many; ``None`` where there are none."""
        for segment in range(self._first, self.count):
            if self._filled[segment] == self.size(segment):
                self._first += segment == self._first
            elif segment not in self._busy:
                start = segment * SEGMENT_BYTES + self._filled[segment]
                return self._extended(segment, start, max(1, most_bytes))
        return None

    def fill(self, at: int, count: int) -> Iterator[int]:
        """``count`` bytes from offset ``at`` are here; the segments that have changed."""
        while count > 0:
            segment = at // SEGMENT_BYTES
            taken = min(count, (segment + 1) * SEGMENT_BYTES - at)
            self._filled[segment] += taken
            self.done_bytes += taken
            at, count = at + taken, count - taken
            yield segment

    def release(self, claim: Claim) -> None:
        """The stream has ended, with or without all its bytes."""
        self._busy -= set(range(claim.start // SEGMENT_BYTES, -(-claim.stop // SEGMENT_BYTES)))

    def clear(self) -> None:
        """Nothing is here any more."""
        self._filled = [0] * self.count
        self._first = self.done_bytes = 0

    def _extended(self, segment: int, start: int, most_bytes: int) -> Claim:
        stop = min(segment * SEGMENT_BYTES + self.size(segment), start + most_bytes)
        self._busy.add(segment)
        while stop - start < most_bytes and stop == (segment + 1) * SEGMENT_BYTES and stop < self.total_bytes:
            segment += 1
            if segment in self._busy or self._filled[segment]:
                break
            self._busy.add(segment)
            stop = min(segment * SEGMENT_BYTES + self.size(segment), start + most_bytes)
        return Claim(start=start, stop=stop)
