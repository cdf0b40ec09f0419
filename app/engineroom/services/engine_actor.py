"""One engine, owned by one actor: every change of its state happens in this task, in the order of its inbox.

::

    stopped ─► starting ─► ready ─► stopping ─► stopped
                  │          │         │
                  └──────────┴─────────┴─► failed ─► starting (by itself, at most three times) or stopped
"""

import asyncio
from dataclasses import dataclass

from engineroom.domain.engine import EngineState, EngineView, Stage
from engineroom.domain.errors import Broken, Code, EngineroomError, Problem
from engineroom.domain.model import ModelSpec
from engineroom.services.back_off import BackOff
from engineroom.services.doctor import Diagnosis, of_itself
from engineroom.services.engine_card import EngineCard
from engineroom.services.engine_run import KILL_S, EngineRun, Happened, RunEvent
from engineroom.services.engine_world import EngineOptions, EngineWorld
from engineroom.services.ports import Upstream
from engineroom.services.start_history import learn
from engineroom.services.waiting_room import WaitingRoom

STABLE_AFTER_S = 20.0
TRY_AGAIN_AFTER_S = 30.0
ASK_S = 2.0
_RETRIED = {Code.ENGINE_CRASHED, Code.ENGINE_KILLED, Code.ENGINE_UNHEALTHY}


@dataclass(frozen=True, slots=True)
class _Start:
    reply: asyncio.Future[Upstream] | None = None


@dataclass(frozen=True, slots=True)
class _Stop:
    done: asyncio.Future[None]


@dataclass(frozen=True, slots=True)
class _Retry:
    pass


@dataclass(frozen=True, slots=True)
class _CardsChanged:
    pass


_Mail = _Start | _Stop | _Retry | _CardsChanged | RunEvent


def _take_in(inbox: asyncio.Queue[_Mail], room: WaitingRoom) -> None:
    """Have those wait in the room whose wishes nobody has read yet."""
    while not inbox.empty():
        match inbox.get_nowait():
            case _Start(reply=reply) if reply is not None:
                room.wait_ready(reply)
            case _Stop(done=done):
                room.wait_stopped(done)


def _answer_all(inbox: asyncio.Queue[_Mail], room: WaitingRoom, model: str) -> None:
    """Nobody will look into the inbox any more."""
    _take_in(inbox, room)
    room.refused(Problem(code=Code.ENGINE_UNAVAILABLE, facts={"model": model}))
    room.stopped()


class EngineActor:
    """Actor of one engine. Its public methods may be called, and its card read, from anywhere on the loop."""

    def __init__(self, spec: ModelSpec, options: EngineOptions, world: EngineWorld) -> None:
        self.spec = spec
        self.places: tuple[str, ...] = ()
        self.options = options
        self._world = world
        self._inbox: asyncio.Queue[_Mail] = asyncio.Queue()
        self.card = EngineCard(spec, options, world.clock)
        self._run: EngineRun | None = None
        self.back_off = BackOff()
        self._room = WaitingRoom()
        self._start_after_stop = False
        self._shown: EngineView | None = None
        self.task = asyncio.create_task(self._work(), name=f"engine {spec.id}")

    @property
    def state(self) -> EngineState:
        """The state now."""
        return self.card.state

    @property
    def upstream_now(self) -> Upstream | None:
        """Connections to it if it is ready."""
        return self._run.upstream if self.card.state is EngineState.READY and self._run is not None else None

    def start(self) -> None:
        """Wish it started. Does nothing if it is."""
        self._inbox.put_nowait(_Start())

    def cards_changed(self) -> None:
        """Look whether a card it runs on was lost."""
        self._inbox.put_nowait(_CardsChanged())

    async def stop(self) -> None:
        """Wish it stopped, and wait until it is (or has failed to)."""
        if self.task.done():
            return
        self._inbox.put_nowait(_Stop(done := asyncio.get_running_loop().create_future()))
        await done

    async def upstream(self) -> Upstream:
        """Connections to the ready engine; starts it and waits if need be. Raises EngineroomError with the cause."""
        if self.upstream_now is not None:
            return self.upstream_now
        if self.task.done():
            raise Broken(Code.ENGINE_UNAVAILABLE, model=self.spec.id)
        reply: asyncio.Future[Upstream] = asyncio.get_running_loop().create_future()
        self._inbox.put_nowait(_Start(reply))
        return await reply

    async def close(self) -> None:
        """Stop the engine and end the actor."""
        await self.stop()
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        _answer_all(self._inbox, self._room, self.spec.id)

    def abandon(self) -> None:
        """The actor's task has broken: end the process, answer those who wait and those not yet heard."""
        self.back_off.cancel()
        _answer_all(self._inbox, self._room, self.spec.id)
        if self._run is not None:
            self._run.stop(ask_s=ASK_S, kill_s=KILL_S)

    def view(self) -> EngineView:
        """What clients are told."""
        return self.card.view(
            pid=None if self._run is None else self._run.pid,
            history=self._world.history,
            will_retry=self.back_off.armed,
            restarts=self.back_off.restarts,
        )

    async def _work(self) -> None:
        while True:
            match await self._inbox.get():
                case _Start(reply=reply):
                    await self._on_start(reply)
                case _Stop(done=done):
                    self._on_stop(done)
                case _Retry() if self.card.state is EngineState.FAILED:
                    await self._launch(after=self.card.problem)
                case _CardsChanged() if self._run is not None:
                    self._on_cards(self._run)
                case RunEvent(run=run) as event if run is self._run:
                    await self._on_event(event)
            self._show()

    async def _on_start(self, reply: asyncio.Future[Upstream] | None) -> None:
        if reply is not None:
            self._room.wait_ready(reply)
            # A request may not start again, over and over, what has just failed for a cause that stays.
            failure = None if self.back_off.armed else self.card.recent_failure(TRY_AGAIN_AFTER_S)
            if failure is not None:
                self._room.refused(failure)
                return
        match self.card.state:
            case EngineState.READY if self._run is not None:
                self._room.ready(self._run.upstream)
            case EngineState.STOPPING:
                self._start_after_stop = True
            case EngineState.STOPPED | EngineState.FAILED if reply is None or not self.back_off.armed:
                self.back_off.restarts = 0
                await self._launch(by_user=reply is None)

    def _on_cards(self, run: EngineRun) -> None:
        lost = self._world.cards.lost(run.gpu_uuids)
        if lost is not None and self.card.state in {EngineState.STARTING, EngineState.READY}:
            run.stop(ask_s=ASK_S, kill_s=KILL_S)
            self._failed(of_itself(lost))

    def _on_stop(self, done: asyncio.Future[None]) -> None:
        self._start_after_stop = False
        self.back_off.cancel()
        self._room.refused(Problem(code=Code.ENGINE_UNAVAILABLE, facts={"model": self.spec.id}))
        self._room.wait_stopped(done)
        match self.card.state:
            case EngineState.STARTING | EngineState.READY:
                self.card.enter(EngineState.STOPPING)
                if self._run is not None:
                    self._run.stop(ask_s=ASK_S, kill_s=KILL_S)
            case EngineState.FAILED:
                self.card.clear()
                self.card.enter(EngineState.STOPPED)
                self._room.stopped()
            case EngineState.STOPPED:
                self._room.stopped()

    async def _launch(self, *, after: Problem | None = None, by_user: bool = False) -> None:
        self.back_off.cancel()
        self.card.clear(problem=after)
        self.card.enter(EngineState.STARTING)
        self.card.progress.enter(Stage.SPAWN)
        self._show()
        expected_s = self._world.history.expected_s(self.card.history_key)
        wish = self.card.wish(by_user=by_user, places=self.places)
        run = EngineRun(self.spec, self.options, self._world, self._inbox.put_nowait, expected_s=expected_s, wish=wish)
        self._run = run
        try:
            await run.begin()
        except EngineroomError as error:
            self._run = None
            self._failed(of_itself(error.problem))

    async def _on_event(self, event: RunEvent) -> None:
        self.card.hear(event)
        match event.name, event.value:
            case Happened.LOG, str(line):
                self._world.log(self.spec.id, line)
            case Happened.READY, _:
                self._ready(event.run)
            case Happened.ENDED, _:
                await self._ended(event.run, int(event.value or 0))
            case Happened.STUCK, _:
                self._failed(of_itself(Problem(code=Code.ENGINE_STUCK, facts={"pid": event.run.pid})))

    def _ready(self, run: EngineRun) -> None:
        if self.card.state is not EngineState.STARTING:
            return
        self.card.ready(run)
        learn(self._world.history, self.card.history_key, run.facts.load_s, run.facts.steps)
        self._room.ready(run.upstream)

    async def _ended(self, run: EngineRun, returncode: int) -> None:
        self._run = None
        if self.card.state in {EngineState.STARTING, EngineState.READY}:
            self._failed(run.cause(returncode, tuple(self.card.last_lines)))
            return
        if self.card.card_lost:
            return
        # What was stuck and failed has ended after all, which is as good as stopped.
        self.card.clear()
        if self.card.state is not EngineState.STOPPED:
            self.card.enter(EngineState.STOPPED)
        self._room.stopped()
        if self._start_after_stop:
            self._start_after_stop = False
            # Whoever waits for its end must see it, though it begins again in the same moment.
            self._show()
            await self._launch()

    def _failed(self, diagnosis: Diagnosis) -> None:
        problem = diagnosis.problem
        self._world.diagnosed(self.spec.id, diagnosis, tuple(self.card.last_lines))
        served_well = self.card.state is EngineState.READY and self.card.lasted_s() > STABLE_AFTER_S
        self.card.failed(problem)
        self._room.stopped()
        if problem.code in _RETRIED and (served_well or not self.back_off.exhausted):
            wait_s = self.back_off.arm(lambda: self._inbox.put_nowait(_Retry()), served_well=served_well)
            self._world.log(self.spec.id, f"ended unexpectedly; starting again in {wait_s:.0f} s")
        else:
            self._room.refused(problem)

    def _show(self) -> None:
        view = self.view()
        if view != self._shown:
            self._shown = view
            self._world.publish(view)
