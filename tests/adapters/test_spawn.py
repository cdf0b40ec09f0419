"""Children in groups of their own: started, ended in bounded time, never left behind."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from engineroom.adapters.spawn import PosixSpawner, worker_command
from fakes.scripted_spawner import Script, ScriptedSpawner

pytestmark = pytest.mark.asyncio(loop_factories=["asyncio", "uvloop"])
SMALL_DAEMON = Path(__file__).parents[1] / "fakes" / "spawn_and_wait.py"
PATIENCE_S = 60.0


class Heard:
    """What a child says."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.log: list[str] = []

    async def until(self, word: str) -> str:
        """The first line with a word, of either stream."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for line in (*self.lines, *self.log):
                    if word in line:
                        return line
                await asyncio.sleep(0.01)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
async def spawner(tmp_path: Path) -> AsyncIterator[ScriptedSpawner]:
    spawner = ScriptedSpawner(tmp_path / "children.json", [])
    yield spawner
    spawner.kill_all()
    for child in spawner.started:
        await child.ended()


async def start(spawner: ScriptedSpawner, heard: Heard, *script: str) -> int:
    spawner._scripts = (script,)
    child = await spawner.start([], environment={"SAID": "ä"}, on_line=heard.lines.append, on_log=heard.log.append)
    return child.pid


async def until_gone(pid: int) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not is_gone(pid):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def recorded(path: Path) -> set[int]:
    return {int(pid) for pid in json.loads(path.read_text())}


async def test_a_child_is_heard_and_leads_its_own_group(spawner: ScriptedSpawner, heard: Heard) -> None:
    pid = await start(spawner, heard, "--log=hello")
    await heard.until("listening")
    child = spawner.started[0]
    assert heard.log == ["hello"]
    assert (os.getpgid(pid), os.getsid(pid)) == (pid, pid)
    assert psutil.Process(pid).environ()["SAID"] == "ä"
    assert child.returncode is None
    assert (child.memory_bytes() or 0) > 2**20
    assert await child.stop(ask_s=5, kill_s=5)
    assert await child.ended() == child.returncode == -signal.SIGTERM
    assert child.memory_bytes() is None


async def test_the_last_words_come_before_the_end(spawner: ScriptedSpawner, heard: Heard) -> None:
    await start(spawner, heard, *(f"--log=line {number}" for number in range(200)), "--end=7")
    assert await spawner.started[0].ended() == 7
    assert heard.log == [f"line {number}" for number in range(200)]


async def test_one_that_is_deaf_is_killed_with_its_group(spawner: ScriptedSpawner, heard: Heard) -> None:
    pid = await start(spawner, heard, "--deaf", "--grandchild")
    await heard.until("listening")
    grandchild = int((await heard.until("grandchild")).split()[1])
    assert not is_gone(grandchild)
    assert await spawner.started[0].stop(ask_s=0.1, kill_s=10)
    assert await spawner.started[0].ended() == -signal.SIGKILL
    assert is_gone(pid)
    await until_gone(grandchild)


async def test_one_that_ends_when_asked_takes_its_group_along(spawner: ScriptedSpawner, heard: Heard) -> None:
    await start(spawner, heard, "--grandchild")
    grandchild = int((await heard.until("grandchild")).split()[1])
    await heard.until("listening")
    assert await spawner.started[0].stop(ask_s=10, kill_s=1)
    await until_gone(grandchild)


async def test_one_that_crashes_takes_its_group_along(spawner: ScriptedSpawner, heard: Heard) -> None:
    """A grandchild may hold the memory of a card. It also holds the pipe, and the end is told all the same."""
    await start(spawner, heard, "--grandchild", "--end=SIGSEGV")
    grandchild = int((await heard.until("grandchild")).split()[1])
    async with asyncio.timeout(PATIENCE_S):
        assert await spawner.started[0].ended() == -signal.SIGSEGV
    await until_gone(grandchild)


async def test_stopping_twice_and_after_the_end(spawner: ScriptedSpawner, heard: Heard) -> None:
    await start(spawner, heard)
    await heard.until("listening")
    child = spawner.started[0]
    assert await asyncio.gather(child.stop(ask_s=5, kill_s=5), child.stop(ask_s=5, kill_s=5)) == [True, True]
    await child.ended()
    assert await child.stop(ask_s=5, kill_s=5)


async def test_waiting_for_the_end_can_be_given_up(spawner: ScriptedSpawner, heard: Heard) -> None:
    await start(spawner, heard)
    await heard.until("listening")
    child = spawner.started[0]
    waiting = asyncio.ensure_future(child.ended())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await child.stop(ask_s=5, kill_s=5)
    assert await child.ended() == -signal.SIGTERM


@pytest.mark.parametrize("script", [(), ("--deaf",)])
async def test_a_killed_daemon_takes_its_children_along(tmp_path: Path, script: Script) -> None:
    daemon = subprocess.Popen(  # noqa: ASYNC220
        [sys.executable, str(SMALL_DAEMON), str(tmp_path / "children.json"), *script],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    with daemon:
        assert daemon.stdout is not None
        (child,) = json.loads(daemon.stdout.readline())
        assert not is_gone(child)
        daemon.kill()
    await until_gone(child)


async def test_a_worker_whose_parent_is_another_does_not_begin(tmp_path: Path) -> None:
    """The daemon may have died between the fork and the first line of the child."""
    done = subprocess.run(  # noqa: ASYNC221
        worker_command(["llama-cpp", "--help"]),
        env={**os.environ, "ENGINEROOM_PARENT_PID": "1"},
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, b"")


async def test_who_runs_is_on_record(tmp_path: Path, heard: Heard) -> None:
    """The real worker, which refuses its arguments at once."""
    record = tmp_path / "children.json"
    spawner = PosixSpawner(record)
    child = await spawner.start(["llama-cpp"], environment={}, on_line=heard.lines.append, on_log=heard.log.append)
    assert recorded(record) == {child.pid}
    async with asyncio.timeout(PATIENCE_S):
        assert await child.ended() == 2
    assert recorded(record) == set()
    assert "required" in " ".join(heard.log)


def sleeper() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)


async def test_what_a_crash_left_behind_is_ended(tmp_path: Path) -> None:
    """Only the very same process: a pid that another has now is left alone."""
    record = tmp_path / "children.json"
    with sleeper() as ours, sleeper() as another:
        created_s = psutil.Process(ours.pid).create_time()
        other_s = psutil.Process(another.pid).create_time() - 60
        record.write_text(json.dumps({str(ours.pid): created_s, str(another.pid): other_s, "4194303": 1.0}))
        assert PosixSpawner(record).reap() == [ours.pid]
        assert ours.wait(PATIENCE_S) == -signal.SIGKILL
        assert another.poll() is None
        another.kill()
    assert recorded(record) == set()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"a": 1}',
        '{"1": "x"}',
        '{"1": null}',
        '{"0": 0}',
        f'{{"{10**30}": 0}}',
        pytest.param('{"-1": 0}'),
    ],
)
async def test_a_broken_record_ends_nobody(tmp_path: Path, content: str) -> None:
    record = tmp_path / "children.json"
    record.write_text(content)
    assert PosixSpawner(record).reap() == []


async def test_a_record_that_cannot_be_written_stops_nothing(tmp_path: Path, heard: Heard) -> None:
    spawner = PosixSpawner(tmp_path / "nowhere" / "children.json")
    child = await spawner.start(["no such worker"], environment={}, on_line=heard.lines.append, on_log=heard.log.append)
    async with asyncio.timeout(PATIENCE_S):
        assert await child.ended() == 2
