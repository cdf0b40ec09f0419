"""What engines left behind: real processes with and without their marks."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import psutil
import pytest

from engine_room import until
from engineroom.adapters.orphans import created_s, end_orphan, find_holders, find_orphans, find_survivors
from engineroom.domain.finding import Orphan
from engineroom.domain.launch import FAMILY_VARIABLE, PARENT_VARIABLE
from engineroom.domain.machine import GpuProcess

SLEEP = "import time; time.sleep(600)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
NOBODY = str(2**22 + 1)
"""A pid that Linux gives to nobody."""

Starter = Callable[..., psutil.Process]


@pytest.fixture
def start() -> Iterator[Starter]:
    started: list[subprocess.Popen[bytes]] = []
    alone: list[psutil.Process] = []

    def begin(
        *words: str, code: str = SLEEP, says: str = "", by_nobody: bool = False, **environment: str
    ) -> psutil.Process:
        command = [sys.executable, "-c", code, *words]
        env = {**os.environ, **environment}
        if by_nobody:
            # Its parent ends at once, and it becomes a child of the first process.
            launcher = (
                "import subprocess, sys; nothing = subprocess.DEVNULL; print(subprocess.Popen(sys.argv[1:], "
                "start_new_session=True, stdin=nothing, stdout=nothing, stderr=nothing).pid)"
            )
            told = subprocess.run([sys.executable, "-c", launcher, *command], env=env, capture_output=True, check=True)
            alone.append(psutil.Process(int(told.stdout)))
            return alone[-1]
        started.append(subprocess.Popen(command, env=env, stdout=subprocess.PIPE))
        process = psutil.Process(started[-1].pid)
        while not environment.items() <= process.environ().items():  # it has only just become this program
            time.sleep(0.01)
        if says:
            assert started[-1].stdout is not None
            assert started[-1].stdout.readline().decode() == f"{says}\n"
        return process

    yield begin
    for process in alone:
        with suppress(psutil.Error):
            process.kill()
    for popen in started:
        popen.kill()
        popen.wait()
        assert popen.stdout is not None
        popen.stdout.close()


def held(*pids: int) -> dict[int, tuple[str, GpuProcess]]:
    return {pid: ("GPU-1", GpuProcess(pid=pid, program="p", memory_bytes=pid, ours=False)) for pid in pids}


def found(process: psutil.Process, *pids: int, running: frozenset[int] = frozenset()) -> Orphan | None:
    return next((one for one in find_orphans(held(*pids), running) if one.pid == process.pid), None)


def test_a_process_of_an_engine_room_that_is_gone(start: Starter) -> None:
    left = start(**{FAMILY_VARIABLE: "0123-abc", PARENT_VARIABLE: NOBODY})
    told = found(left, left.pid)
    assert told is not None
    assert (told.mark, told.gpu_uuid, told.memory_bytes) == ("family", "GPU-1", left.pid)
    assert told.created_s == left.create_time()
    without = found(left)
    assert without is not None
    assert (without.gpu_uuid, without.memory_bytes) == (None, None), "it need not hold memory"


def test_those_of_an_engine_room_that_runs_are_no_orphans(start: Starter) -> None:
    """Whatever its command line: a daemon frozen under another name, or a program that keeps one within itself."""
    room = start()
    theirs = start(**{FAMILY_VARIABLE: "0123-abc", PARENT_VARIABLE: str(room.pid)})
    assert found(theirs, theirs.pid) is None
    ours = start(**{FAMILY_VARIABLE: "0123-abc", PARENT_VARIABLE: str(os.getpid())})
    assert found(ours, ours.pid) is None
    mine = start(**{FAMILY_VARIABLE: "0123-abc", PARENT_VARIABLE: NOBODY})
    assert found(mine, mine.pid, running=frozenset({mine.pid})) is None


def test_who_has_the_number_of_the_engine_room_by_now_is_not_it(start: Starter) -> None:
    """It is younger than what that engine room has started."""
    become = (
        "import os, sys\n"
        f"marks = {{'{FAMILY_VARIABLE}': '0123-abc', '{PARENT_VARIABLE}': sys.stdin.readline().strip()}}\n"
        f"os.execve(sys.executable, [sys.executable, '-c', {SLEEP!r}], {{**os.environ, **marks}})\n"
    )
    with subprocess.Popen([sys.executable, "-c", become], stdin=subprocess.PIPE, text=True) as popen:
        left = psutil.Process(popen.pid)
        while (younger := start()).create_time() <= left.create_time():
            pass
        assert popen.stdin is not None
        popen.stdin.write(f"{younger.pid}\n")
        popen.stdin.flush()
        until("the other program", lambda: left.environ().get(PARENT_VARIABLE) == str(younger.pid))
        told = found(left)
        popen.kill()
    assert told is not None
    assert told.mark == "family"


def test_what_looks_like_an_engine_counts_only_on_a_card_and_alone(start: Starter) -> None:
    """Somebody's own server has a shell above it."""
    alone = start("-m", "mpi4py.futures.server", by_nobody=True)
    told = found(alone, alone.pid)
    assert told is not None
    assert told.mark == "command"
    assert found(alone) is None
    used = start("-m", "mpi4py.futures.server")
    assert found(used, used.pid) is None
    other = start("game", by_nobody=True)
    assert found(other, other.pid) is None


def test_one_is_ended_with_what_it_started_even_if_it_is_deaf(start: Starter) -> None:
    left = start(code=DEAF, says="deaf", **{FAMILY_VARIABLE: "0123-abc", PARENT_VARIABLE: NOBODY})
    told = found(left)
    assert told is not None
    assert end_orphan(told)
    assert not left.is_running() or left.status() == psutil.STATUS_ZOMBIE


def test_another_process_of_the_same_number_is_left_alone(start: Starter) -> None:
    other = start(**{FAMILY_VARIABLE: "0123-abc", PARENT_VARIABLE: NOBODY})
    told = found(other)
    assert told is not None
    earlier = Orphan(**{**{name: getattr(told, name) for name in Orphan.__slots__}, "created_s": told.created_s - 5.0})
    assert end_orphan(earlier)
    assert other.is_running()


def test_programs_of_the_user_are_neither_ours_nor_what_we_run_in(start: Starter) -> None:
    plain, ours = start(), start()
    marked = start(**{FAMILY_VARIABLE: "0123-abc", PARENT_VARIABLE: str(os.getpid())})
    told = GpuProcess(pid=0, program=None, memory_bytes=2**30, ours=False)
    pids = (plain.pid, ours.pid, marked.pid, os.getpid(), os.getppid(), 2**22 + 1)
    held = dict.fromkeys(pids, ("GPU-1", told))
    (found,) = find_holders(held, frozenset({ours.pid}))
    assert (found.pid, found.mark, found.gpu_uuid, found.memory_bytes) == (plain.pid, "other", "GPU-1", 2**30)


def test_a_survivor_is_the_very_process(start: Starter) -> None:
    left = start()
    at_s = created_s(left.pid)
    assert at_s == left.create_time()
    (found,) = find_survivors({}, {left.pid: at_s})
    assert (found.pid, found.mark, found.gpu_uuid) == (left.pid, "survivor", None)
    assert find_survivors({}, {left.pid: at_s + 1.0, 2**22 + 1: 1.0}) == ()
    left.kill()
    assert created_s(2**22 + 1) is None
