"""Starting, ending, and being ended: no orphan, no hang, nothing half done."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading

import openai
import psutil
import pytest

from engine_room import PATIENCE_S, STARTER, EngineRoomProcess, engine_room, gone, json_of, until
from engineroom.client.models import ModelsClient
from engineroom.contract.connection import FILE_NAME
from engineroom.contract.control import EngineState
from engineroom.contract.problems import Exit
from fakes.tiny_safetensors import config, llama

LONG = [{"role": "user", "content": "Write a very long story about a lighthouse keeper and the sea."}]


def openai_client(room: EngineRoomProcess) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{room.connection().address}/v1", api_key="none", max_retries=0, timeout=60)


def endless_stream(client: openai.OpenAI):
    stream = client.chat.completions.create(
        model=STARTER, messages=LONG, max_tokens=3500, temperature=1, stream=True, extra_body={"ignore_eos": True}
    )
    chunks = iter(stream)
    next(chunks)
    return chunks


@pytest.fixture
def room(tmp_path):
    with engine_room(tmp_path / "room", "--model", STARTER) as room:
        room.wait_engine(EngineState.READY)
        yield room


def test_kill_9_of_the_engine_in_mid_stream(room):
    """The stream ends with an error the client raises; the engine comes back by itself and answers."""
    first = room.engine().pid
    with openai_client(room) as client:
        chunks = endless_stream(client)
        os.kill(first, signal.SIGKILL)
        with pytest.raises(openai.APIError, match="stopped answering"):
            list(chunks)
        # One that streams waits for the engine for as long as that takes.
        again = client.chat.completions.create(model=STARTER, messages=LONG, max_tokens=3, temperature=0, stream=True)
        assert len(list(again)) >= 3
    view = room.engine()
    assert view.restarts == 1
    assert view.pid != first
    with room.control() as control:
        until("the failure in the totals", lambda: control.snapshot().traffic.failed == 1)


def test_kill_9_of_the_daemon_leaves_no_orphan(room):
    family = room.family()
    assert len(family) == 2
    os.kill(room.process.pid, signal.SIGKILL)
    room.process.wait(PATIENCE_S)
    until("the engine to be gone too", lambda: gone(family))
    with engine_room(room.home) as second:
        assert second.connection().pid == second.process.pid


def test_kill_9_of_the_daemon_while_it_loads_leaves_no_orphan(tmp_path):
    with engine_room(tmp_path, "--model", STARTER) as room:
        family = family_while_it_loads(room)
        os.kill(room.process.pid, signal.SIGKILL)
        room.process.wait(PATIENCE_S)
        until("the engine to be gone too", lambda: gone(family))


def family_while_it_loads(room: EngineRoomProcess) -> list[psutil.Process]:
    """The daemon and its engine as soon as there is one."""
    until("the engine", lambda: room.engine().pid)
    return room.family()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_soon_with_open_streams(room, number):
    """Two streams and an event reader are open; uvicorn alone would wait for them for ever."""
    family = room.family()
    with openai_client(room) as client, room.control() as control:
        streams = [endless_stream(client), endless_stream(client)]
        seen: list[str] = []
        reading = threading.Event()
        reader = threading.Thread(target=lambda: seen.extend(name for name, _ in control.events(reading.set)))
        reader.start()
        assert reading.wait(PATIENCE_S)
        room.process.send_signal(number)
        assert room.process.wait(PATIENCE_S) == 0
        for stream in streams:
            with pytest.raises(openai.APIError):
                list(stream)
        reader.join(PATIENCE_S)
        assert not reader.is_alive()
    assert seen[-1] == "goodbye"
    assert gone(family)
    assert not (room.home / "run" / "daemon.json").exists()


def test_it_ends_while_the_engine_loads(tmp_path):
    with engine_room(tmp_path, "--model", STARTER) as room:
        family = family_while_it_loads(room)
        room.process.send_signal(signal.SIGTERM)
        assert room.process.wait(PATIENCE_S) == 0
        assert gone(family)


def test_stop_and_start_an_engine(room):
    first = psutil.Process(room.engine().pid)
    assert json_of(room.cli("stop", STARTER, "--json"))["state"] == "stopped"
    assert gone([first])
    assert json_of(room.cli("start", STARTER, "--json"))["state"] == "ready"
    assert psutil.Process(room.engine().pid) != first
    assert room.engine().expected_load_s > 0


def test_a_request_brings_a_stopped_engine_up(room):
    room.cli("stop", STARTER)
    with openai_client(room) as client:
        stream = client.chat.completions.create(model=STARTER, messages=LONG, max_tokens=3, temperature=0, stream=True)
        assert len(list(stream)) >= 3
    assert room.engine().state is EngineState.READY


def test_a_second_daemon_says_where_the_first_is(room):
    result = room.cli("serve", "--port", "auto", "--json")
    assert result.returncode == Exit.ALREADY_RUNNING
    error = json_of(result)["error"]
    assert error["code"] == "already_running"
    assert error["facts"]["address"] == room.connection().address
    assert error["facts"]["pid"] == room.process.pid
    assert room.engine().state is EngineState.READY


def test_nobody_is_answered_before_it_is_known_what_is_here(tmp_path):
    """Who asked earlier would be told that there is no such model, and that his job is gone."""
    snapshot = tmp_path / "hub" / "models--maker--tiny" / "snapshots" / f"{1:040x}"
    snapshot.mkdir(parents=True)
    (snapshot / "config.json").write_bytes(config())
    (snapshot / "model.safetensors").write_bytes(llama())
    index = snapshot / "model.safetensors.index.json"
    os.mkfifo(index)
    with engine_room(tmp_path / "room", environment={"HF_HUB_CACHE": str(tmp_path / "hub")}) as room:
        with index.open("wb") as read:
            assert not (room.home / "run" / FILE_NAME).exists(), "it is just looking"
            index.unlink()
            read.write(b"{}")
        with ModelsClient(room.connection()) as client:
            assert "maker/tiny" in {entry.repo for entry in client.library()}


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_named_with_its_holder(tmp_path, taken_port):
    with engine_room(tmp_path, "--json", port=str(taken_port)) as room:
        assert room.process.wait(PATIENCE_S) == Exit.PORT_TAKEN
        facts = json.loads(room.text())["error"]["facts"]
    assert facts["port"] == taken_port
    assert facts["pid"] == os.getpid()
    assert facts["program"] == psutil.Process().name()
    assert not (tmp_path / "run" / "daemon.json").exists()


def test_port_auto_takes_the_next_free_one(tmp_path):
    with engine_room(tmp_path / "a") as first, engine_room(tmp_path / "b") as second:
        assert first.connection().address != second.connection().address


def test_only_this_computer_is_listened_on_while_there_is_no_key(tmp_path):
    refusals = {"0.0.0.0": "bind_needs_key", "192.0.2.1": "bind_needs_key", "::": "bind_needs_key",
                "example.org": "bind_not_loopback"}  # fmt: skip
    for host, code in refusals.items():
        with engine_room(tmp_path, "--json", "--host", host) as room:
            assert room.process.wait(PATIENCE_S) == Exit.USAGE
            assert json.loads(room.text())["error"]["code"] == code


def test_a_daemon_nobody_uses_ends_by_itself(tmp_path):
    with engine_room(tmp_path, "--idle-exit", "1") as room:
        assert room.process.wait(PATIENCE_S) == 0


def test_a_daemon_that_serves_does_not_end_by_itself(tmp_path):
    with engine_room(tmp_path, "--idle-exit", "0.5", "--model", STARTER) as room:
        room.wait_engine(EngineState.READY)
        with pytest.raises(subprocess.TimeoutExpired):
            room.process.wait(3)


def test_what_the_window_started_ends_when_its_engine_was_unloaded_for_being_idle(tmp_path):
    """The engine goes first, by its time to live; then nobody needs the daemon."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text("[models]\nttl_minutes = 0.02\n", "utf-8")
    with engine_room(tmp_path, "--idle-exit", "1", "--model", STARTER) as room:
        assert room.process.wait(PATIENCE_S) == 0
    assert f"{STARTER}: ready" in room.text()


def test_a_child_left_behind_is_ended_by_the_next_daemon_and_no_other(tmp_path):
    sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
    with (
        subprocess.Popen(sleep, start_new_session=True) as ours,
        subprocess.Popen(sleep, start_new_session=True) as stranger,
    ):
        (tmp_path / "run").mkdir()
        record = {str(ours.pid): psutil.Process(ours.pid).create_time(), str(stranger.pid): 1.0}
        (tmp_path / "run" / "children.json").write_text(json.dumps(record))
        with engine_room(tmp_path) as room:
            room.connection()
            assert ours.wait(PATIENCE_S) == -signal.SIGKILL
            assert stranger.poll() is None
        stranger.kill()
