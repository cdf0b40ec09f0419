"""What engines were seen to hold of the computer's memory, remembered over restarts of the daemon.

What they take of cards is learned from their loads, by the plans.  Nothing here may trouble an engine: what cannot be
read or kept is forgotten, and said in the log.
"""

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from engineroom.domain.errors import EngineroomError
from engineroom.domain.machine import Machine
from engineroom.domain.model import ModelSpec
from engineroom.domain.routing.values import Need
from engineroom.services.event_log import EventLog
from engineroom.services.launchers import EngineOptions
from engineroom.services.ports import Clock
from engineroom.services.routing.planner import Needs

WORTH_KEEPING = 1.02
"""A peak is written down when it is so many times the one before."""

_log = EventLog("footprints")


class FootprintStore(Protocol):
    """Where they are kept. May block; raises Broken, both methods."""

    def held(self, key: str) -> int | None:
        """Bytes under a key."""

    def keep(self, key: str, held_bytes: int, at_s: float) -> None:
        """Write over what was under a key."""


class Footprints:
    """Peaks by everything that decides them: with another driver, card, version, file or context nothing is known.

    Args:
        machine: the computer as it is now.
        version: the version of a runtime that engines are started with now, where they do not say so themselves.
    """

    def __init__(
        self,
        store: FootprintStore,
        clock: Clock,
        *,
        machine: Callable[[], Machine],
        version: Callable[[str], str | None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._machine = machine
        self._version = version
        self._peaks: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._keeping = threading.Lock()

    def beside(self, needs: Needs) -> Needs:
        """The same, and what an engine like this was seen to hold. May block."""

        def both(spec: ModelSpec, options: EngineOptions) -> Need:
            return replace(needs(spec, options), held_bytes=self.of(spec, options))

        return both

    def of(self, spec: ModelSpec, options: EngineOptions) -> int | None:
        """The most that an engine like this was seen to hold. May block."""
        try:
            return self._store.held(self._key(spec, options))
        except EngineroomError as error:
            _log.warning("footprint_not_read", model=spec.id, reason=repr(error))
            return None

    def saw(self, spec: ModelSpec, options: EngineOptions, held_bytes: int) -> None:
        """A ready engine holds so much now. Returns at once."""
        key = self._key(spec, options)
        if held_bytes < WORTH_KEEPING * self._peaks.get(key, 0):
            return
        self._peaks[key] = held_bytes
        task = asyncio.ensure_future(asyncio.to_thread(self._keep, spec.id, key, held_bytes))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until everything that was seen is kept."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def _keep(self, model: str, key: str, held_bytes: int) -> None:
        try:
            with self._keeping:
                known = self._store.held(key)
                if known is None or held_bytes > known:
                    self._store.keep(key, held_bytes, self._clock.unix_s())
        except EngineroomError as error:
            _log.warning("footprint_not_kept", model=model, reason=repr(error))

    def _key(self, spec: ModelSpec, options: EngineOptions) -> str:
        machine = self._machine()
        version = spec.runtime_version or self._version(spec.runtime)
        cards = sorted(gpu.uuid for gpu in machine.gpus)
        asked = [options.context_tokens, options.slots, options.prompt_cache_mib]
        return json.dumps([spec.id, spec.file_bytes, spec.runtime, version, machine.driver_version, cards, *asked])
