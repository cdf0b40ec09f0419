"""Responses that a client may go on from: in memory only, for an hour, the least used forgotten first."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from engineroom.domain.errors import Code, Rejected
from engineroom.services.ports import Clock

TTL_S = 3600.0
MAX_BYTES = 64 * 2**20
MAX_ONE_BYTES = 16 * 2**20

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptResponse:
    """One response: its own input ``items`` and output, and which one it continued.

    ``owner`` is the id of the API key that asked (``None`` without one); nobody else sees it.
    """

    owner: str | None
    previous_id: str | None
    items: list[Json]
    response: Json
    size_bytes: int


class ResponseStore:
    """Responses by id.

    Args:
        ttl_s: how long one is kept after it was last used.
        max_bytes: how much is kept in all.
    """

    def __init__(self, *, clock: Clock, ttl_s: float = TTL_S, max_bytes: int = MAX_BYTES) -> None:
        self._clock = clock
        self._ttl_s = ttl_s
        self._max_bytes = max_bytes
        self._kept: OrderedDict[str, tuple[KeptResponse, float]] = OrderedDict()
        self.size_bytes = 0

    def put(self, kept: KeptResponse) -> None:
        """Keep a response under its id, and forget what there is no more room for."""
        response_id = kept.response["id"]
        self._forget(response_id)
        self._kept[response_id] = (kept, self._clock.monotonic_s())
        self.size_bytes += kept.size_bytes
        self._tidy()

    def response(self, response_id: str, owner: str | None) -> Json:
        """The response object. Raises Rejected (``response_not_found``)."""
        return self._find(response_id, owner).response

    def history(self, response_id: str, owner: str | None) -> list[Json]:
        """Every item up to and with a response, oldest first. Raises Rejected (``response_not_found``)."""
        turns: list[list[Json]] = []
        wanted: str | None = response_id
        while wanted is not None:
            kept = self._find(wanted, owner)
            turns.append([*kept.items, *kept.response["output"]])
            wanted = kept.previous_id
        return [item for turn in reversed(turns) for item in turn]

    def delete(self, response_id: str, owner: str | None) -> None:
        """Forget a response. Raises Rejected (``response_not_found``)."""
        self._find(response_id, owner)
        self._forget(response_id)

    def _find(self, response_id: str, owner: str | None) -> KeptResponse:
        self._tidy()
        kept = self._kept.get(response_id)
        if kept is None or kept[0].owner != owner:
            raise Rejected(Code.RESPONSE_NOT_FOUND, response=response_id[:100])
        self._kept[response_id] = (kept[0], self._clock.monotonic_s())
        self._kept.move_to_end(response_id)
        return kept[0]

    def _tidy(self) -> None:
        too_old_s = self._clock.monotonic_s() - self._ttl_s
        while self._kept:
            oldest = next(iter(self._kept))
            if self.size_bytes <= self._max_bytes and self._kept[oldest][1] > too_old_s:
                return
            self._forget(oldest)

    def _forget(self, response_id: str) -> None:
        found = self._kept.pop(response_id, None)
        if found is not None:
            self.size_bytes -= found[0].size_bytes
