"""How each runtime is asked how it does: whether it can still generate, and what it is busy with."""

import asyncio
import json
from dataclasses import dataclass
from typing import Protocol

from engineroom.domain.errors import FactValue
from engineroom.domain.os_errors import caused
from engineroom.domain.parse_faults import fault
from engineroom.domain.serving import EngineServing, of_llama_cpp, of_trtllm
from engineroom.domain.trtllm.serving_stats import POLL_EVERY_S, POLL_TIMEOUT_S, latencies, serving_stats
from engineroom.services.ports import Upstream

_LLAMA_CPP_EVERY_S = 2.0
_LLAMA_CPP_TIMEOUT_S = 10.0


class Unsaid(Exception):
    """The engine did not answer in time, or not as it should. ``facts`` are those of a problem with a ``reason``."""

    def __init__(self, facts: dict[str, FactValue]) -> None:
        super().__init__(str(facts["reason"]))
        self.facts = facts


class Vitals(Protocol):
    """Of one runtime. ``every_s`` is how often it may be asked for its work, and only under load."""

    @property
    def every_s(self) -> float:
        """Seconds."""

    async def work(self, engine: Upstream, *, at_s: float) -> EngineServing | None:
        """What it is busy with; ``None`` where it has nothing to tell. Raises Unsaid."""

    async def generate(self, engine: Upstream, route: str, *, timeout_s: float) -> None:
        """Have it make one token, or one vector if ``route`` is of those that do. Raises Unsaid."""


async def ask(
    engine: Upstream, method: str, path: str, body: bytes = b"", *, timeout_s: float
) -> tuple[int, bytes]:  # fmt: skip
    """Status and text of one answer. Raises Unsaid."""
    exchange = engine.exchange(method, path, body)
    try:
        async with asyncio.timeout(timeout_s):
            status, _ = await exchange.head()
            return status, b"".join([block async for block in exchange.blocks()])
    except TimeoutError as error:
        raise Unsaid(fault("no_answer", path=path, seconds=round(timeout_s))) from error
    except ConnectionError as error:
        raise Unsaid(caused(error)) from error
    finally:
        exchange.abort()


@dataclass(slots=True)
class TrtLlmVitals:
    """``/metrics`` empties a queue, takes seconds, and holds everything up when there is nothing new (section 2.4)."""

    every_s: float = POLL_EVERY_S
    _has_times: bool = True

    async def work(self, engine: Upstream, *, at_s: float) -> EngineServing | None:
        """Iteration records, and histograms where it has any."""
        status, answer = await ask(engine, "GET", "/metrics", timeout_s=2 * POLL_TIMEOUT_S)
        stats = serving_stats(_json(answer)) if status == 200 else None
        if stats is None:
            return None
        times = None
        if self._has_times:
            status, text = await ask(engine, "GET", "/prometheus/metrics", timeout_s=POLL_TIMEOUT_S)
            self._has_times = status == 200
            times = latencies(text.decode("utf-8", "replace")) if self._has_times else None
        return of_trtllm(stats, times, at_s=at_s)

    async def generate(self, engine: Upstream, route: str, *, timeout_s: float) -> None:  # noqa: ARG002
        """Its own check; ``/health`` only tells whether somebody has noticed (section 2.2)."""
        status, answer = await ask(engine, "GET", "/health_generate", timeout_s=timeout_s)
        # A version without this route cannot be asked so; its processes are watched all the same.
        if status not in {200, 404}:
            raise _odd("/health_generate", status, answer)


@dataclass(frozen=True, slots=True)
class LlamaCppVitals:
    """``probe`` is the body of a request for one token."""

    probe: bytes
    every_s: float = _LLAMA_CPP_EVERY_S

    async def work(self, engine: Upstream, *, at_s: float) -> EngineServing | None:
        """Counters, and how full each slot is."""
        status, metrics = await ask(engine, "GET", "/metrics", timeout_s=_LLAMA_CPP_TIMEOUT_S)
        told = metrics.decode("utf-8", "replace") if status == 200 else ""
        status, slots = await ask(engine, "GET", "/slots", timeout_s=_LLAMA_CPP_TIMEOUT_S)
        return of_llama_cpp(told, _json(slots) if status == 200 else None, at_s=at_s)

    async def generate(self, engine: Upstream, route: str, *, timeout_s: float) -> None:
        """One token without the cache, so that nobody's prompt is pushed out of it."""
        status, answer = await ask(engine, "POST", route, self.probe, timeout_s=timeout_s)
        if status != 200:
            raise _odd(route, status, answer)


def _json(text: bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _odd(path: str, status: int, answer: bytes) -> Unsaid:
    said = answer[:200].decode("utf-8", "replace").strip()
    return Unsaid(fault("status_said", path=path, status=status, said=said))
