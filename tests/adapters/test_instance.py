"""One daemon per user."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import psutil
import pytest

from engineroom.adapters.instance import Instance
from engineroom.adapters.places import Places, find_places
from engineroom.contract.connection import Connection, read_connection
from engineroom.domain.errors import Broken, Code, Rejected

ME = Connection(
    address="http://127.0.0.1:8411",
    token="t",
    pid=os.getpid(),
    pid_created_s=psutil.Process().create_time(),
    api=1,
    version="0",
)
HOLDER = """
import sys, time
from engineroom.adapters.instance import Instance
from engineroom.adapters.places import find_places
instance = Instance(find_places())
instance.claim()
print("claimed", flush=True)
time.sleep(600)
"""


@pytest.fixture
def places(engineroom_home: Path) -> Places:
    found = find_places()
    assert found.runtime == engineroom_home / "run"
    return found


def test_the_connection_file_is_for_its_user_alone(places: Places) -> None:
    """Also when the process's own mask would let others read it, and when an older file lies there."""
    instance = Instance(places)
    mask = os.umask(0)
    try:
        instance.claim()
        places.connection_file.write_text("old")
        places.connection_file.with_suffix(".new").write_text("half")
        instance.announce(ME)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(places.connection_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(places.runtime.stat().st_mode) == 0o700
    assert stat.S_IMODE(places.lock_file.stat().st_mode) == 0o600
    assert json.loads(places.connection_file.read_text()) == asdict(ME)
    assert read_connection(places.connection_file) == ME
    instance.release()
    assert not places.connection_file.exists()
    instance.release()


def test_the_second_is_told_where_the_first_is(places: Places) -> None:
    first, second = Instance(places), Instance(places)
    first.claim()
    first.announce(ME)
    with pytest.raises(Rejected) as caught:
        second.claim()
    assert caught.value.code == Code.ALREADY_RUNNING
    assert caught.value.problem.facts == {"address": ME.address, "pid": ME.pid}
    second.release()
    assert places.connection_file.exists(), "one that never was may not take away what is the other's"
    first.release()
    second.claim()
    second.release()


def test_the_first_may_not_have_said_where_it_is(places: Places) -> None:
    first = Instance(places)
    first.claim()
    with pytest.raises(Rejected) as caught:
        Instance(places).claim()
    assert caught.value.problem.facts == {"address": None, "pid": None}
    first.release()


def test_a_daemon_that_was_killed_leaves_no_lock(places: Places) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER], stdout=subprocess.PIPE)
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"claimed\n"
        with pytest.raises(Rejected):
            Instance(places).claim()
        holder.kill()
    instance = Instance(places)
    instance.claim()
    instance.release()


def test_a_leftover_of_a_dead_daemon_is_replaced(places: Places) -> None:
    instance = Instance(places)
    instance.claim()
    instance.announce(replace(ME, pid=2**22 - 1, address="http://127.0.0.1:1"))
    instance.announce(ME)
    assert read_connection(places.connection_file) == ME
    instance.release()


def test_a_folder_that_cannot_be_made(places: Places) -> None:
    places.runtime.parent.parent.mkdir(parents=True, exist_ok=True)
    places.runtime.parent.write_text("a file where the folder should be")
    with pytest.raises(Broken) as caught:
        Instance(places).claim()
    assert (caught.value.code, caught.value.problem.facts["path"]) == (Code.STATE_UNWRITABLE, str(places.runtime))
    assert caught.value.problem.facts["reason"]


def test_a_connection_file_that_cannot_be_written(places: Places) -> None:
    instance = Instance(places)
    instance.claim()
    (places.connection_file / "in the way").mkdir(parents=True)
    with pytest.raises(Broken) as caught:
        instance.announce(ME)
    assert caught.value.code == Code.STATE_UNWRITABLE
    (places.connection_file / "in the way").rmdir()
    places.connection_file.rmdir()
    instance.release()
