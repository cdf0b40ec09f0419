"""What a worker started ends with it, also what left its group and its parent."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import psutil
import pytest

from engine_room import gone, until
from engineroom.adapters.families import end_family, family_prefix, members, new_family
from engineroom.adapters.spawn import PosixSpawner

ORPHAN = (
    "import subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(600)\n"
)


async def started(record: Path) -> tuple[object, psutil.Process]:
    """A worker and its child in a session of its own."""
    pid: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    spawner = PosixSpawner(record, command=lambda _: [sys.executable, "-c", ORPHAN])
    child = await spawner.start(
        (), environment={}, on_line=lambda line: pid.set_result(int(line)), on_log=lambda _: None
    )
    return child, psutil.Process(await pid)


@pytest.mark.skipif(sys.platform != "linux", reason="told by /proc")
async def test_a_grandchild_in_a_session_of_its_own_ends_with_a_worker_that_was_killed(tmp_path: Path) -> None:
    child, orphan = await started(tmp_path / "children.json")
    assert os.getsid(orphan.pid) != os.getsid(child.pid)
    os.kill(child.pid, signal.SIGKILL)
    assert await child.ended() == -signal.SIGKILL
    until("they have ended", lambda: gone([orphan]))


@pytest.mark.skipif(sys.platform != "linux", reason="told by /proc")
async def test_the_next_daemon_ends_what_an_earlier_one_left(tmp_path: Path) -> None:
    child, orphan = await started(tmp_path / "children.json")
    other = PosixSpawner(tmp_path / "other.json")
    assert orphan.pid not in other.reap(), "of another engine room"
    assert orphan.is_running()
    later = PosixSpawner(tmp_path / "children.json")
    assert orphan.pid in later.reap()
    await child.ended()
    until("they have ended", lambda: gone([orphan]))


def test_families_of_two_engine_rooms_are_told_apart(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    assert new_family(one).startswith(family_prefix(one))
    assert new_family(one) != new_family(one)
    assert family_prefix(one) != family_prefix(two)
    assert (list(members(family_prefix(one))), end_family(family_prefix(one))) == ([], [])
