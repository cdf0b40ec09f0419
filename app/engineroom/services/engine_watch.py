"""A ready engine under observation: what it is busy with, and whether it can still do its work.

An engine may say that it is healthy while its worker is dead or hangs (TensorRT-LLM reference, section 2.2).  So one
from which nothing has come for a while is asked for a token: seldom while nobody wants anything of it, sooner when
requests wait for it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from engineroom.domain.serving import EngineServing
from engineroom.services.beat import beat
from engineroom.services.ports import Clock, Upstream
from engineroom.services.vitals import Unsaid, Vitals


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds.

    It is asked for a token ``idle_s`` after its last sign of life, ``busy_s`` while requests wait; it has
    ``answer_s`` for it, is asked again after ``again_s``, and given up after ``strikes`` failures in a row.
    """

    idle_s: float = 300.0
    busy_s: float = 60.0
    answer_s: float = 60.0
    again_s: float = 10.0
    strikes: int = 2
    look_every_s: float = 1.0


class EngineWatch:
    """Of one ready engine.

    Args:
        vitals: of its runtime.
        route: where its first request went.
        served: the connections that requests use.
        own: connections of ours, so that our questions do not count as its work.
        tell: takes each account of its work.
    """

    def __init__(
        self,
        vitals: Vitals,
        *,
        route: str = "/v1/completions",
        served: Upstream,
        own: Upstream,
        clock: Clock,
        tell: Callable[[EngineServing], None],
        patience: Patience | None = None,
    ) -> None:
        self._vitals = vitals
        self._route = route
        self._served = served
        self._own = own
        self._clock = clock
        self._tell = tell
        self._patience = patience or Patience()
        self._pulse = served.pulse
        self._alive_s = clock.monotonic_s()
        self._asked_s: float | None = None
        self._polled_s: float | None = None
        self._strikes = 0

    async def until_ill(self) -> Unsaid:
        """Watch until it cannot be helped; why."""
        while True:
            await beat(self._patience.look_every_s)
            if (reason := await self.look()) is not None:
                return reason

    async def look(self) -> Unsaid | None:
        """One look; why it has to be given up, if it has."""
        now_s = self._clock.monotonic_s()
        if self._served.pulse != self._pulse:
            self._pulse, self._alive_s, self._strikes = self._served.pulse, now_s, 0
        busy = self._served.active > 0
        if busy and (self._polled_s is None or now_s - self._polled_s >= self._vitals.every_s):
            await self._poll(now_s)
        quiet_s = now_s - self._alive_s
        if quiet_s < (self._patience.busy_s if busy else self._patience.idle_s):
            return None
        if self._asked_s is not None and now_s - self._asked_s < self._patience.again_s:
            return None
        return await self._ask(now_s)

    async def _poll(self, now_s: float) -> None:
        self._polled_s = now_s
        try:
            told = await self._vitals.work(self._own, at_s=self._clock.unix_s())
        except Unsaid:
            return
        if told is not None:
            self._tell(told)

    async def _ask(self, now_s: float) -> Unsaid | None:
        try:
            await self._vitals.generate(self._own, self._route, timeout_s=self._patience.answer_s)
        except Unsaid as error:
            self._asked_s = self._clock.monotonic_s()
            self._strikes += 1
            return error if self._strikes >= self._patience.strikes else None
        self._alive_s, self._strikes = now_s, 0
        return None
