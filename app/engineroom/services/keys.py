"""Keys in use: made, looked up at every request, limited, revoked."""

import asyncio
import hmac
import math
import secrets
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from engineroom.domain.details import Detail, allowing
from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.keys import (
    SECRET_BYTES,
    SHOWN_LETTERS,
    ApiKey,
    KeyLimits,
    KeyScope,
    KeyView,
    Spent,
    digest_of,
    view_of,
    written,
)
from engineroom.domain.routing.values import LEAST_PRIORITY, MOST_PRIORITY
from engineroom.domain.usage import RequestView
from engineroom.services.notices import NoticeBoard
from engineroom.services.ports import Clock

MINUTE_S = 60.0
MOST_NAME_LETTERS = 60
MOST_KEY_LETTERS = 256
_START = 8


class KeyStore(Protocol):
    """Where keys are kept. May block; raises Broken (``ledger_unwritable``), all methods."""

    def all(self) -> Sequence[ApiKey]:
        """Every key, oldest first."""

    def add(self, key: ApiKey) -> None:
        """Keep a new key."""

    def revoke(self, key_id: str, at_s: float) -> None:
        """Remember that a key is not valid any more."""

    def spent(self, since_s: float) -> dict[str, Spent]:
        """What each key used since Unix time ``since_s``."""

    def close(self) -> None:
        """Close it."""


class Keys:
    """All keys, in memory by the start of their hash; the store has the same ones for the next start."""

    def __init__(self, *, store: KeyStore, clock: Clock, notices: NoticeBoard) -> None:
        self._store = store
        self._clock = clock
        self._notices = notices
        self._keys: dict[str, ApiKey] = {}
        self._by_start: dict[bytes, ApiKey] = {}
        self._spent: dict[str, Spent] = {}
        self._recent: dict[str, deque[float]] = {}
        self._day_ends_s = 0.0

    def load(self) -> None:
        """Read keys and what they used today. May block; a store that cannot be read leaves no key valid."""
        try:
            self._keys = {key.id: key for key in self._store.all()}
            self._spent = self._store.spent(_day_of(self._clock.unix_s())[0])
        except Broken as error:
            self._notices.put(error.problem)
        self._day_ends_s = _day_of(self._clock.unix_s())[1]
        self._by_start = {key.digest[:_START]: key for key in self._keys.values()}

    def find(self, presented: str) -> ApiKey | None:
        """The valid key of this text, or ``None``, whatever the reason."""
        if len(presented) > MOST_KEY_LETTERS:
            return None
        digest = digest_of(presented)
        key = self._by_start.get(digest[:_START])
        if key is None or not hmac.compare_digest(key.digest, digest):
            return None
        return key if key.is_valid(self._clock.unix_s()) else None

    def admit(self, key: ApiKey) -> None:
        """Count a request of this key. Raises Rejected (``key_limit``) when a limit is reached."""
        limits, now_s = key.limits, self._clock.unix_s()
        self._turn_day(now_s)
        spent = self._spent.get(key.id)
        if spent is not None:
            if limits.tokens_per_day is not None and spent.tokens >= limits.tokens_per_day:
                raise _limited("tokens_per_day", limits.tokens_per_day, self._day_ends_s - now_s)
            if limits.joules_per_day is not None and spent.joules >= limits.joules_per_day:
                raise _limited("joules_per_day", limits.joules_per_day, self._day_ends_s - now_s)
        if limits.requests_per_minute is not None:
            self._count(key.id, limits.requests_per_minute)

    def over(self, request: RequestView) -> None:
        """A request of some key is over: its tokens count from now on, its joules are not known yet."""
        self._add(request, tokens=(request.prompt_tokens or 0) + (request.completion_tokens or 0))

    def settled(self, request: RequestView) -> None:
        """The energy of a request that is over has become known: its joules count from now on."""
        self._add(request, joules=request.joules_gross or 0.0)

    async def create(
        self, name: str, scope: KeyScope, limits: KeyLimits, priority: int | None = None
    ) -> tuple[KeyView, str]:
        """A new key, and its text, which nobody can tell again.

        Raises:
            EngineroomError: ``key_invalid``, ``key_name_taken``, ``ledger_unwritable``.
        """
        self._check(name, scope, limits)
        if priority is not None and not LEAST_PRIORITY <= priority <= MOST_PRIORITY:
            wanted = allowing(Detail.ALLOWED_WHOLE, least=LEAST_PRIORITY, most=MOST_PRIORITY)
            raise Rejected(Code.KEY_INVALID, field="priority", **wanted)
        text = written(secrets.token_bytes(SECRET_BYTES))
        key = ApiKey(
            id=f"key-{secrets.token_hex(4)}",
            name=name,
            prefix=text[:SHOWN_LETTERS],
            digest=digest_of(text),
            created_at_s=self._clock.unix_s(),
            scope=scope,
            limits=limits,
            priority=priority,
        )
        await asyncio.to_thread(self._store.add, key)
        self._keys[key.id] = self._by_start[key.digest[:_START]] = key
        return view_of(key, Spent()), text

    async def revoke(self, name: str) -> KeyView:
        """Make a key (by name or id) worthless at once. Raises EngineroomError (``key_not_found``)."""
        key = self._named(name)
        revoked = replace(key, revoked_at_s=self._clock.unix_s())
        self._keys[key.id] = self._by_start[key.digest[:_START]] = revoked
        await asyncio.to_thread(self._store.revoke, key.id, revoked.revoked_at_s or 0.0)
        return view_of(revoked, self._spent.get(key.id, Spent()))

    def views(self) -> tuple[KeyView, ...]:
        """All keys, oldest first."""
        return tuple(view_of(key, self._spent.get(key.id, Spent())) for key in self._keys.values())

    @property
    def any_valid(self) -> bool:
        """Whether anybody could get in with a key."""
        now_s = self._clock.unix_s()
        return any(key.is_valid(now_s) for key in self._keys.values())

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def _add(self, request: RequestView, *, tokens: int = 0, joules: float = 0.0) -> None:
        self._turn_day(self._clock.unix_s())
        if request.key_id is None or request.finished_at_s < self._day_ends_s - 86_400.0:
            return
        spent = self._spent.get(request.key_id, Spent())
        self._spent[request.key_id] = Spent(tokens=spent.tokens + tokens, joules=spent.joules + joules)

    def _turn_day(self, now_s: float) -> None:
        if now_s >= self._day_ends_s:
            self._spent, self._day_ends_s = {}, _day_of(now_s)[1]

    def _count(self, key_id: str, most: int) -> None:
        now_s = self._clock.monotonic_s()
        recent = self._recent.setdefault(key_id, deque())
        while recent and now_s - recent[0] >= MINUTE_S:
            recent.popleft()
        if len(recent) >= most:
            raise _limited("requests_per_minute", most, MINUTE_S - (now_s - recent[0]))
        recent.append(now_s)

    def _named(self, name: str) -> ApiKey:
        live = (key for key in self._keys.values() if key.revoked_at_s is None)
        for key in live:
            if name in {key.id, key.name}:
                return key
        raise Rejected(Code.KEY_NOT_FOUND, key=name[:MOST_NAME_LETTERS])

    def _check(self, name: str, scope: KeyScope, limits: KeyLimits) -> None:
        if not name.strip() or len(name) > MOST_NAME_LETTERS or not name.isprintable():
            raise Rejected(Code.KEY_INVALID, field="name", **allowing(Detail.ALLOWED_LETTERS, most=MOST_NAME_LETTERS))
        if scope.expires_at_s is not None and scope.expires_at_s <= self._clock.unix_s():
            raise Rejected(Code.KEY_INVALID, field="expiry", **allowing(Detail.ALLOWED_FUTURE))
        amounts = (limits.requests_per_minute, limits.tokens_per_day, limits.joules_per_day)
        if any(amount is not None and not 0 < amount <= 1e12 for amount in amounts):
            raise Rejected(Code.KEY_INVALID, field="limit", **allowing(Detail.ALLOWED_ABOVE_ZERO))
        if any(key.name == name and key.revoked_at_s is None for key in self._keys.values()):
            raise Rejected(Code.KEY_NAME_TAKEN, name=name)


def _limited(limit: str, allowed: float, wait_s: float) -> Rejected:
    return Rejected(Code.KEY_LIMIT, limit=limit, allowed=allowed, retry_after_s=max(1, math.ceil(wait_s)))


def _day_of(now_s: float) -> tuple[float, float]:
    """Begin and end (Unix time) of the calendar day of this computer that ``now_s`` lies in."""
    year, month, day = time.localtime(now_s)[:3]
    return (
        time.mktime((year, month, day, 0, 0, 0, 0, 0, -1)),
        time.mktime((year, month, day + 1, 0, 0, 0, 0, 0, -1)),
    )
