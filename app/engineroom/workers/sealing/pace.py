"""How far a build is and how long it will take, told a few times a second."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Self

from engineroom.workers.json_lines import Voice

TELL_EVERY_S = 0.5
SURE_AFTER_S = 2.0
"""From then on the stage's own progress is believed more than what such stages took before."""


class Pace:
    """Tells of stages and of the way through them, on a thread of its own; leave the block and it is silent.

    Args:
        voice: says it.
        stages: all of the build, in their order.
        expected_s: what each took in earlier builds like this one, in seconds; ``None`` where there was none.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        voice: Voice,
        stages: Sequence[str],
        expected_s: Mapping[str, float | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._voice = voice
        self._stages = tuple(stages)
        self._expected_s = expected_s
        self._clock = clock
        self._stage: str | None = None
        self._began_s = 0.0
        self._share: float | None = None
        self._bytes: tuple[int, int] | None = None
        self._eta_s: float | None = None
        self._turn = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tell_often, name="pace", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def begin(self, stage: str) -> None:
        """A stage begins."""
        with self._turn:
            self._stage, self._began_s = stage, self._clock()
            self._share = self._bytes = self._eta_s = None
            self._voice.say("stage", stage=stage)
        self.tell()

    def end(self, stage: str) -> None:
        """It is done."""
        self.tell()
        with self._turn:
            self._voice.say("stage_done", stage=stage, took_s=round(self._clock() - self._began_s, 3))
            self._stage = None

    def was_done(self, stage: str) -> None:
        """It was done in an earlier start."""
        self._voice.say("stage_done", stage=stage)

    def share(self, share: float) -> None:
        """How far the stage is, 0 to 1; it never goes back."""
        with self._turn:
            self._share = max(self._share or 0.0, min(1.0, share))

    def bytes(self, done: int, total: int) -> None:
        """The same, where it is counted in bytes."""
        with self._turn:
            self._bytes = (done, total)
            self._share = done / total if total else 1.0

    def tell(self) -> None:
        """Say where it is now."""
        with self._turn:
            if self._stage is None:
                return
            left_s = self._left_s()
            # What is left may turn out to be less than was said, but a clock that runs backwards helps nobody.
            self._eta_s = left_s if left_s is None or self._eta_s is None else min(left_s, self._eta_s)
            facts: dict[str, object] = {"eta_s": None if self._eta_s is None else round(self._eta_s, 1)}
            if self._share is not None:
                facts["share"] = round(self._share, 4)
            if self._bytes is not None:
                facts |= {"done_bytes": self._bytes[0], "total_bytes": self._bytes[1]}
            self._voice.say("progress", **facts)

    def _left_s(self) -> float | None:
        """Of this stage and all after it; ``None`` as long as one of them was never seen."""
        assert self._stage is not None
        at = self._stages.index(self._stage)
        later = [self._expected_s.get(stage) for stage in self._stages[at + 1 :]]
        here = self._left_here_s(self._clock() - self._began_s, self._expected_s.get(self._stage))
        known = [seconds for seconds in (here, *later) if seconds is not None]
        return sum(known) if len(known) == len(later) + 1 else None

    def _left_here_s(self, ran_s: float, expected_s: float | None) -> float | None:
        if self._share and ran_s > SURE_AFTER_S:
            return ran_s * (1.0 - self._share) / self._share
        return None if expected_s is None else max(0.0, expected_s - ran_s)

    def _tell_often(self) -> None:
        while not self._over.wait(TELL_EVERY_S):
            self.tell()
