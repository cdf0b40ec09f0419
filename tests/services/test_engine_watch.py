"""Watching engines that say they are healthy: a real double behind real connections, and a clock that is moved."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engine_room import gone, until
from engineroom.adapters.upstream import EngineUpstream
from engineroom.domain.serving import EngineServing
from engineroom.services.engine_watch import EngineWatch, Patience
from engineroom.services.vitals import TrtLlmVitals, Unsaid
from fakes.hand_clock import HandClock
from fakes.tensorrt_llm_double.kit import VERSIONS, make_runtime
from fakes.tensorrt_llm_double.started import Started
from fakes.tiny_safetensors import config, llama

QUICK = {"pace_s": 0.0, "time_scale": 0.02}
OPTIONS = "enable_iter_perf_stats: true\nreturn_perf_metrics: true\n"
ASKED = {"model": "m", "prompt": "Hello there", "max_tokens": 40}


class Watched:
    """A started double, and its watch."""

    def __init__(self, double: Started, clock: HandClock) -> None:
        self.double, self.clock = double, clock
        self.served = EngineUpstream(port=double.port, key="")
        self.own = EngineUpstream(port=double.port, key="")
        self.told: list[EngineServing] = []
        self.watch = EngineWatch(
            TrtLlmVitals(), served=self.served, own=self.own, clock=clock, tell=self.told.append,
            patience=Patience(answer_s=60.0),
        )  # fmt: skip

    async def request(self, **more: Any) -> int:
        exchange = self.served.exchange("POST", "/v1/completions", json.dumps(ASKED | more).encode())
        status, _ = await exchange.head()
        b"".join([block async for block in exchange.blocks()])
        return status

    def asked(self, path: str) -> int:
        return self.double.output().count(f'"GET {path} HTTP')


WatchMaker = Callable[..., Watched]


@pytest.fixture
async def watched(tmp_path: Path, clock: HandClock) -> AsyncIterator[WatchMaker]:
    made: list[Watched] = []

    def make(version: str = "1.2.1", **scenario: Any) -> Watched:
        model = tmp_path / "Tiny-Llama"
        model.mkdir()
        (model / "config.json").write_bytes(config())
        (model / "model.safetensors").write_bytes(llama())
        options = tmp_path / "options.yaml"
        options.write_text(OPTIONS, "utf-8")
        programs = make_runtime(tmp_path / version, version, **{**QUICK, **scenario})
        words = [programs / "trtllm-serve", "serve", model, "--extra_llm_api_options", options]
        double = Started(words)
        double.__enter__()
        made.append(Watched(double, clock))
        double.ready()
        return made[-1]

    yield make
    for one in made:
        one.served.close()
        one.own.close()
        one.double.__exit__()


@pytest.mark.parametrize("version", VERSIONS)
async def test_work_is_asked_for_under_load_and_seldom(watched: WatchMaker, version: str) -> None:
    seen = watched(version, tokens_per_s=30.0)
    assert await seen.watch.look() is None
    assert seen.asked("/metrics") == 0, "an idle one is left alone"
    running = asyncio.create_task(seen.request())
    while not seen.told:
        await asyncio.sleep(0.05)
        running = asyncio.create_task(seen.request()) if running.done() else running
        seen.clock.advance(10.0)
        assert await seen.watch.look() is None
    told = seen.told[-1]
    assert (told.active_requests, told.queued_requests, told.batch_requests) == (1, 0, 1)
    assert 0 < told.kv_use < 1
    assert told.kv_tokens_max > 1000
    assert told.at_s == pytest.approx(seen.clock.unix_s(), abs=11.0)
    before = seen.asked("/metrics")
    seen.clock.advance(5.0)
    await seen.watch.look()
    assert seen.asked("/metrics") == before
    assert await running == 200


async def test_the_means_come_from_either_spelling(watched: WatchMaker) -> None:
    """1.1 has no prefix; a second request is there to be queued while the first one's figures are read."""
    seen = watched("1.1.0", tokens_per_s=60.0)
    assert await seen.request(max_tokens=2) == 200
    running = asyncio.create_task(seen.request())
    while not seen.told:
        await asyncio.sleep(0.05)
        running = asyncio.create_task(seen.request()) if running.done() else running
        seen.clock.advance(10.0)
        await seen.watch.look()
    assert seen.told[-1].first_token_mean_s is not None
    await running


async def test_one_that_says_it_is_well_and_cannot_work_is_found_out(watched: WatchMaker) -> None:
    seen = watched()
    assert await seen.request(max_tokens=2) == 200
    workers = seen.double.workers()
    for worker in workers:
        worker.kill()
    until("the workers' end", lambda: gone(workers))
    assert seen.double.ask("/health")[0] == 200, "it lies"
    assert await seen.watch.look() is None
    seen.clock.advance(299.0)
    assert await seen.watch.look() is None
    assert seen.asked("/health_generate") == 0, "seldom"
    seen.clock.advance(2.0)
    assert await seen.watch.look() is None, "once is no proof"
    assert await seen.watch.look() is None
    seen.clock.advance(11.0)
    reason = await seen.watch.look()
    assert reason is not None
    assert "/health_generate" in str(reason)


async def test_one_on_which_requests_wait_is_asked_sooner(watched: WatchMaker) -> None:
    seen = watched(run_fault="hang", after_requests=0)
    waiting = asyncio.create_task(seen.request())
    while seen.served.active != 1:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    await seen.watch.look()
    seen.clock.advance(61.0)
    seen.watch._patience = Patience(answer_s=0.3)
    assert await seen.watch.look() is None
    seen.clock.advance(11.0)
    assert "within" in str(await seen.watch.look())
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_what_comes_from_it_is_a_sign_of_life(watched: WatchMaker) -> None:
    seen = watched()
    for _ in range(3):
        seen.clock.advance(200.0)
        assert await seen.request(max_tokens=1) == 200
        assert await seen.watch.look() is None
    assert seen.asked("/health_generate") == 0
    seen.clock.advance(301.0)
    assert await seen.watch.look() is None
    assert seen.asked("/health_generate") == 1
    assert await seen.watch.look() is None
    assert seen.asked("/health_generate") == 1, "it answered"


class Scripted:
    """Vitals of an engine that answers as it is told to, one question after the other."""

    every_s = 10.0

    def __init__(self, *answers: bool) -> None:
        self._answers = list(answers)

    async def work(self, own: object, *, at_s: float) -> EngineServing | None:
        return None

    async def generate(self, own: object, route: str, *, timeout_s: float) -> None:
        if not self._answers.pop(0):
            raise Unsaid({"reason": "no token"})


@pytest.mark.parametrize("sign", ["an answer of its own accord", "an answer to a question"])
async def test_failures_count_in_a_row_only(clock: HandClock, sign: str) -> None:
    """One failure, a sign of life, one failure: that is no proof; two in a row are."""
    by_itself = sign == "an answer of its own accord"
    served: Any = SimpleNamespace(pulse=0, active=0)
    vitals: Any = Scripted(False, False, False) if by_itself else Scripted(False, True, False, False)
    watch = EngineWatch(vitals, served=served, own=served, clock=clock, tell=print, patience=Patience())
    clock.advance(301.0)
    assert await watch.look() is None
    served.pulse += by_itself
    clock.advance(11.0)
    assert await watch.look() is None
    clock.advance(301.0)
    assert await watch.look() is None, "the first of a new row"
    assert await watch.look() is None, "not so soon again"
    clock.advance(11.0)
    ill = await watch.look()
    assert ill is not None
    assert ill.facts == {"reason": "no token"}
