"""The timeline of one start."""

from engineroom.domain.engine import Stage, StageStatus, StageView
from engineroom.services.ports import Clock


class StartProgress:
    """Which stage a start is in, how far that stage is, and how long each took."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began_s: dict[Stage, float] = {}
        self._took_s: dict[Stage, float] = {}
        self._fraction: dict[Stage, float] = {}
        self._failed: Stage | None = None
        self.current: Stage | None = None

    def enter(self, stage: Stage) -> None:
        """Begin a stage; the one before it is done."""
        if stage is self.current:
            return
        self.leave()
        self.current = stage
        self._began_s[stage] = self._clock.monotonic_s()

    def leave(self) -> None:
        """The current stage is done."""
        if self.current is not None:
            self._took_s[self.current] = self._clock.monotonic_s() - self._began_s[self.current]
            self._fraction.pop(self.current, None)
            self.current = None

    def fail(self) -> None:
        """The current stage has failed."""
        self._failed = self.current
        self.leave()

    def advance(self, fraction: float) -> bool:
        """Progress of the current stage, 0 to 1; never goes back. True if it moved by a percent or more."""
        if self.current is None:
            return False
        before = self._fraction.get(self.current, 0.0)
        now = min(1.0, fraction)
        if now < before + 0.01:
            return False
        self._fraction[self.current] = now
        return True

    def views(self) -> tuple[StageView, ...]:
        """All stages in order."""
        return tuple(self._view(stage) for stage in Stage)

    def _passed(self, stage: Stage) -> bool:
        """Whether a later stage has begun: a stage that had nothing to do is done too."""
        order = list(Stage)
        return any(order.index(begun) > order.index(stage) for begun in self._began_s)

    def _view(self, stage: Stage) -> StageView:
        if stage is self._failed:
            status = StageStatus.FAILED
        elif stage is self.current:
            status = StageStatus.ACTIVE
        elif stage in self._took_s or self._passed(stage):
            status = StageStatus.DONE
        else:
            status = StageStatus.PENDING
        return StageView(
            stage=stage, status=status, progress=self._fraction.get(stage), seconds=self._took_s.get(stage)
        )
