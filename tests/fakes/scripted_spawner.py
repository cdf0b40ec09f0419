"""The real spawner with another program: each start runs the fake worker with the next script."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from engineroom.adapters import spawn
from engineroom.adapters.spawn import PosixChild, PosixSpawner

FAKE_WORKER = Path(__file__).with_name("fake_worker.py")
Script = Sequence[str]


class StubbornChild:
    """A real child that cannot be stopped, as one in uninterruptible sleep cannot."""

    def __init__(self, child: PosixChild) -> None:
        self._child = child
        self.pid = child.pid

    @property
    def returncode(self) -> int | None:
        return self._child.returncode

    def ended(self) -> Awaitable[int]:
        return self._child.ended()

    def memory_bytes(self) -> int | None:
        return self._child.memory_bytes()

    async def stop(self, *, ask_s: float, kill_s: float) -> bool:
        await asyncio.sleep((ask_s + kill_s) / 100)
        return False


class ScriptedSpawner(PosixSpawner):
    """Starts the fake worker. The last script is used again when there are more starts than scripts.

    Args:
        stubborn: the children cannot be stopped.
    """

    def __init__(self, record: Path, *scripts: Script, stubborn: bool = False) -> None:
        super().__init__(record, command=self._next)
        self._scripts = scripts or ((),)
        self._stubborn = stubborn
        self.started: list[PosixChild] = []
        self.commands: list[list[str]] = []

    def _next(self, arguments: Sequence[str]) -> list[str]:
        script = self._scripts[min(len(self.commands), len(self._scripts) - 1)]
        self.commands.append([sys.executable, str(FAKE_WORKER), *script, "--", *arguments])
        return self.commands[-1]

    async def start(  # type: ignore[override]
        self,
        arguments: Sequence[str],
        *,
        environment: Mapping[str, str],
        on_line: Callable[[str], None],
        on_log: Callable[[str], None],
    ) -> PosixChild | StubbornChild:
        child = await super().start(arguments, environment=environment, on_line=on_line, on_log=on_log)
        self.started.append(child)
        return StubbornChild(child) if self._stubborn else child

    def kill_all(self) -> None:
        """End what a failed test has left running."""
        for child in self.started:
            if child.returncode is None:
                child._signal_group(spawn.signal.SIGKILL)
