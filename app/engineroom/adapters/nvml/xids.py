"""Errors that the driver reports of its cards by number (Xid), picked up without waiting for any. Linux only."""

import contextlib
import ctypes
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import pynvml

from engineroom.adapters.nvml.calls import Card, CardLost, Questions, or_none
from engineroom.adapters.xid_table import XidMeaning, load_xid_table
from engineroom.domain.machine import Xid

KEPT_S = 3600.0
"""How long an Xid is shown."""

_KEPT = 8
_AT_ONCE = 16
_WHAT = "xids"


class XidListener:
    """Listens to the cards of one session at a time; what it heard is kept for an hour, whatever the session does.

    Args:
        questions: remembers the cards that report none.
        table: see :func:`load_xid_table`.
        unix_s: the time of day.
    """

    def __init__(
        self,
        questions: Questions,
        *,
        table: Mapping[int, XidMeaning] | None = None,
        unix_s: Callable[[], float] = time.time,
    ) -> None:
        self._questions = questions
        self._table = load_xid_table() if table is None else table
        self._unix_s = unix_s
        self._set: Any | None = None
        self._cards: dict[str, Card] = {}
        self._heard: dict[str, tuple[Xid, ...]] = {}

    def listen(self, cards: Iterable[Card]) -> None:
        """Begin with the cards of a session that was just opened. Raises as :class:`Questions`, but for a lost card."""
        self.close()
        if sys.platform != "linux":
            return
        for card in cards:
            if not self._questions.unsupported(card, _WHAT):
                with contextlib.suppress(CardLost):
                    self._listen_to(card)

    def heard(self, uuid: str) -> tuple[Xid, ...]:
        """What a card reported in the last hour, newest first."""
        return self._heard.get(uuid, ())

    def poll(self) -> frozenset[str]:
        """Take what was reported since the last time; UUIDs of the cards that are gone with it. Never waits."""
        gone = set()
        self._forget_old()
        for uuid, code in self._new():
            known = self._table.get(code)
            xid = Xid(
                code=code,
                at_s=self._unix_s(),
                meaning=None if known is None else known.meaning,
                remedy=None if known is None else known.remedy,
            )
            self._heard[uuid] = (xid, *self.heard(uuid))[:_KEPT]
            if known is not None and known.lost:
                gone.add(uuid)
        return frozenset(gone)

    def close(self) -> None:
        """Give the driver back what it keeps for us; before the library is shut."""
        self._cards.clear()
        if self._set is not None:
            event_set, self._set = self._set, None
            or_none(partial(pynvml.nvmlEventSetFree, event_set))

    def _listen_to(self, card: Card) -> None:
        if self._set is None:
            self._set = self._questions.ask(card, _WHAT, pynvml.nvmlEventSetCreate)
        if self._set is None:
            return
        kinds = pynvml.nvmlEventTypeXidCriticalError
        self._questions.ask(card, _WHAT, partial(pynvml.nvmlDeviceRegisterEvents, card.handle, kinds, self._set))
        if not self._questions.unsupported(card, _WHAT):
            self._cards[card.uuid] = card

    def _new(self) -> list[tuple[str, int]]:
        """UUID and number of each, oldest first; a card that cannot be told is left out."""
        found: list[tuple[str, int]] = []
        while self._set is not None and self._cards and len(found) < _AT_ONCE:
            # With no time to wait, the driver answers "timeout" at once when there is nothing.
            event = or_none(partial(pynvml.nvmlEventSetWait_v2, self._set, 0))
            if event is None:
                break
            uuid = self._whose(event.device)
            if uuid is not None and event.eventType & pynvml.nvmlEventTypeXidCriticalError:
                found.append((uuid, int(event.eventData)))
        return found

    def _whose(self, handle: Any) -> str | None:
        """By the handle first: a card that is gone does not tell its UUID any more."""
        for card in self._cards.values():
            if _address(card.handle) == _address(handle):
                return card.uuid
        uuid = or_none(partial(pynvml.nvmlDeviceGetUUID, handle))
        if uuid is None and len(self._cards) == 1:
            return next(iter(self._cards))
        return uuid

    def _forget_old(self) -> None:
        since_s = self._unix_s() - KEPT_S
        for uuid, xids in list(self._heard.items()):
            if xids[-1].at_s < since_s:
                self._heard[uuid] = tuple(xid for xid in xids if xid.at_s >= since_s)
                if not self._heard[uuid]:
                    del self._heard[uuid]


def _address(handle: Any) -> int | None:
    return ctypes.cast(handle, ctypes.c_void_p).value
