"""What is known of one engine: its state, its start so far, its last words. Only the engine's actor writes here."""

from collections import deque

from engineroom.domain.engine import TRANSITIONS, EngineState, EngineView, Stage
from engineroom.domain.errors import Code, Problem
from engineroom.domain.model import ModelSpec
from engineroom.services.card_watch import Wish
from engineroom.services.engine_run import EngineRun, Happened, RunEvent
from engineroom.services.engine_world import EngineOptions, EngineWorld
from engineroom.services.ports import Clock, LoadHistory
from engineroom.services.run_facts import RunFacts
from engineroom.services.start_history import ready_at_s
from engineroom.services.start_progress import StartProgress

LAST_LINES, SHOWN_LINES = 400, 40
"""Kept for the doctor (two tracebacks may follow the line that says why), and shown to clients."""

_IDLE = {EngineState.STOPPED, EngineState.FAILED}


def view_at_rest(spec: ModelSpec, options: EngineOptions, world: EngineWorld) -> EngineView:
    """The engine of a model that nobody has asked for yet."""
    card = EngineCard(spec, options, world.clock)
    return card.view(pid=None, history=world.history, will_retry=False, restarts=0)


class EngineCard:
    """The record of one engine."""

    def __init__(self, spec: ModelSpec, options: EngineOptions, clock: Clock) -> None:
        self.spec = spec
        self._options = options
        self._clock = clock
        self._since_s = clock.unix_s()
        self._since_monotonic_s = clock.monotonic_s()
        self.state = EngineState.STOPPED
        self.facts = RunFacts()
        self.progress = StartProgress(clock)
        self.problem: Problem | None = None
        self.last_lines: deque[str] = deque(maxlen=LAST_LINES)
        self._ran_on: tuple[str, ...] = ()

    def enter(self, state: EngineState) -> None:
        """Change the state, if the table allows it."""
        assert state in TRANSITIONS[self.state], (self.state, state)
        self.state = state
        self._since_s = self._clock.unix_s()
        self._since_monotonic_s = self._clock.monotonic_s()

    def lasted_s(self) -> float:
        """Seconds in this state."""
        return self._clock.monotonic_s() - self._since_monotonic_s

    def recent_failure(self, within_s: float) -> Problem | None:
        """Why it failed, if it did in the last ``within_s`` seconds and nothing has been tried since.

        One whose card was lost stays failed until somebody starts it, whether the card is back or not.
        """
        recent = self.state is EngineState.FAILED and (self.card_lost or self.lasted_s() < within_s)
        return self.problem if recent else None

    @property
    def card_lost(self) -> bool:
        """Whether it failed because its card was lost."""
        return self.state is EngineState.FAILED and self.problem is not None and self.problem.code == Code.GPU_LOST

    def wish(self, *, by_user: bool, places: tuple[str, ...]) -> Wish:
        """What the next run is to ask for."""
        return Wish(ran_on=self._ran_on, by_user=by_user, places=places)

    def hear(self, event: RunEvent) -> None:
        """What a run tells of itself on its way."""
        match event.name, event.value:
            case Happened.LOG, str(line):
                self.last_lines.append(line)
            case Happened.STAGE, str(stage):
                self.progress.enter(Stage(stage))
            case Happened.PROGRESS, float(fraction):
                self.progress.advance(fraction)
            case Happened.FACTS, _:
                self.facts = event.run.facts
                self._ran_on = event.run.gpu_uuids or self._ran_on

    def ready(self, run: EngineRun) -> None:
        """The start is over, and went well."""
        self.progress.leave()
        self.problem = None
        self.facts = run.facts
        self._ran_on = run.gpu_uuids
        self.enter(EngineState.READY)

    def failed(self, problem: Problem) -> None:
        """It does not run, and should."""
        self.problem = problem
        self.progress.fail()
        if self.state is not EngineState.FAILED:
            self.enter(EngineState.FAILED)

    def clear(self, *, problem: Problem | None = None) -> None:
        """Forget the last run; ``problem`` says why there is a next one."""
        self.facts = RunFacts()
        self.progress = StartProgress(self._clock)
        self.problem = problem
        self.last_lines.clear()

    @property
    def history_key(self) -> str:
        """Loads under the same key take about the same time."""
        return f"{self.spec.runtime}/{self.spec.id}/{self._options.context_tokens}x{self._options.slots}"

    @property
    def idle(self) -> bool:
        """Whether nothing of it runs."""
        return self.state in _IDLE

    @property
    def on_cpu(self) -> bool:
        """Whether it computes on the processor, as far as it has said."""
        return self.facts.device == "CPU"

    @property
    def _native_context(self) -> int | None:
        return self.facts.native_context or self.spec.native_context

    @property
    def context_tokens(self) -> int:
        """Tokens of one slot: what the engine gives, else what was asked of it and its model can have."""
        given, wished, native = self.facts.given_context, self._options.context_tokens, self._native_context
        return given or (wished if native is None else min(native, wished))

    def view(self, *, pid: int | None, history: LoadHistory, will_retry: bool, restarts: int) -> EngineView:
        """What clients are told."""
        facts, options = self.facts, self._options
        native = self._native_context
        limited = native is not None and native < options.context_tokens
        idle, starting = self.idle, self.state is EngineState.STARTING
        return EngineView(
            id=self.spec.id,
            model_id=self.spec.id,
            runtime=self.spec.runtime,
            runtime_version=facts.runtime_version,
            device=facts.device,
            state=self.state,
            since_s=self._since_s,
            stages=self.progress.views(),
            load_s=facts.load_s,
            expected_load_s=history.expected_s(self.history_key),
            context_tokens=self.context_tokens,
            context_limit="memory" if facts.given_context else "model" if limited else "settings",
            slots=options.slots,
            threads=options.threads,
            memory_bytes=None if idle else facts.memory_bytes,
            pid=pid,
            restarts=restarts,
            problem=self.problem,
            last_lines=tuple(self.last_lines)[-SHOWN_LINES:] if self.state is EngineState.FAILED else (),
            can_start=idle,
            can_stop=not idle or will_retry,
            gpu_uuids=facts.gpu_uuids,
            steps=facts.steps,
            ready_at_s=ready_at_s(history, self.history_key, self._since_s, facts.steps) if starting else None,
            serving=facts.serving,
        )
