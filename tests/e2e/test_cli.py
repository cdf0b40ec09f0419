"""Every command of the command line, for people and with --json, with and without a daemon."""

import json
import os
import signal
import subprocess
import sys

import filelock
import psutil
import pytest

from engine_room import PATIENCE_S, STARTER, EngineRoomProcess, engine_room, gone, json_of, until
from engineroom import __version__
from engineroom.client.control import ControlClient
from engineroom.contract.connection import read_connection
from engineroom.contract.control import API, EngineState, NvmlState
from engineroom.contract.problems import Exit


@pytest.fixture
def alone(tmp_path):
    """The command line in a home without a daemon."""
    environment = {**os.environ, "ENGINEROOM_HOME": str(tmp_path)}

    def run(*arguments, **changes):
        return subprocess.run(
            [sys.executable, "-m", "engineroom", *arguments],
            env={**environment, **changes},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    return run


def test_version(alone):
    facts = json_of(alone("version", "--json"))
    assert facts["engineroom"] == __version__
    assert facts["api"] == API
    assert facts["llama_cpp_runtime"]
    assert __version__ in alone("version").stdout


@pytest.mark.parametrize("command", [["status"], ["models"], ["logs"], ["stop"], ["start"]])
def test_without_a_daemon_it_says_how_to_start_one(alone, command):
    for arguments in (command, [*command, "--json"]):
        result = alone(*arguments)
        assert result.returncode == Exit.NOT_RUNNING
        assert "engineroom serve" in result.stdout + result.stderr
    assert json_of(result)["error"]["code"] == "not_running"


def test_a_leftover_connection_file_is_not_a_daemon(alone, tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / "run").mkdir()
    connection = {
        "address": "http://127.0.0.1:9", "token": "t", "pid": ended.pid, "pid_created_s": 1.0, "api": API,
        "version": "0",
    }  # fmt: skip
    (tmp_path / "run" / "daemon.json").write_text(json.dumps(connection))
    assert alone("status").returncode == Exit.NOT_RUNNING


@pytest.mark.parametrize(
    "arguments", [["bogus"], ["chat"], ["serve", "--port", "x"], ["serve", "--port", "0"], ["logs", "--tail", "x"]]
)
def test_wrong_usage_is_exit_2(alone, arguments):
    result = alone(*arguments)
    assert result.returncode == Exit.USAGE
    assert result.stdout + result.stderr


def test_help_names_every_command(alone):
    text = alone("--help").stdout
    for command in ("serve", "status", "gpus", "models", "chat", "logs", "start", "stop", "version"):
        assert command in text
        assert alone(command, "--help").returncode == 0


def test_the_window_without_a_display_says_what_works_instead(alone):
    result = alone(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert result.returncode == Exit.NO_DESKTOP
    assert "engineroom serve" in result.stderr


def test_gpus_without_a_daemon_looks_itself(alone):
    facts = json_of(alone("gpus", "--json"))
    assert facts["machine"]["host"]["memory_total_bytes"] > 0
    assert facts["machine"]["nvml"] in set(NvmlState)
    assert facts["machine"]["nvml"] == NvmlState.OK or facts["gpus"] == []
    assert "CPU:" in alone("gpus").stdout


def test_chat_starts_a_daemon_that_the_next_command_finds(alone, tmp_path):
    result = alone("chat", "What is the capital of France?", "--temperature", "0")
    assert "Paris" in result.stdout
    assert "started an engine room" in result.stderr
    connection = read_connection(tmp_path / "run" / "daemon.json")
    with ControlClient(connection) as control:
        assert control.hello().idle_exit_s == 600
    again = alone("chat", "What is the capital of France?", "--temperature", "0", "--json")
    assert "Paris" in json_of(again)["answer"]
    assert again.stderr == ""
    assert alone("stop").returncode == Exit.OK
    assert read_connection(tmp_path / "run" / "daemon.json") is None


def test_status_models_and_gpus_of_a_running_daemon(served):
    snapshot = json_of(served.cli("status", "--json"))
    assert snapshot["hello"]["pid"] == served.process.pid
    assert [engine["state"] for engine in snapshot["engines"]] == ["ready"]
    assert served.connection().address in served.cli("status").stdout
    models = json_of(served.cli("models", "--json"))
    assert (models[0]["id"], models[0]["licence"], models[0]["is_default"]) == (STARTER, "Apache-2.0", True)
    assert STARTER in served.cli("models").stdout
    assert json_of(served.cli("gpus", "--json"))["host"]["memory_available_bytes"] > 0


def test_chat_as_json_has_the_figures(served):
    facts = json_of(
        served.cli("chat", "Count to ten.", "--max-tokens", "12", "--seed", "1", "--temperature", "0", "--json")
    )
    assert facts["usage"]["completion_tokens"] == 12
    assert facts["finish_reason"] == "length"
    assert 0 < facts["ttft_s"] < facts["seconds"]
    assert facts["tokens_per_s"] > 0


def test_chat_with_an_unknown_model(served):
    result = served.cli("chat", "hello", "--model", "nothing")
    assert result.returncode == Exit.REJECTED
    assert STARTER in result.stderr


def test_logs_of_one_source_and_followed(served: EngineRoomProcess):
    lines = [
        json.loads(line)
        for line in served.cli("logs", "--source", STARTER, "--tail", "5", "--json").stdout.splitlines()
    ]
    assert len(lines) == 5
    assert {line["source"] for line in lines} == {STARTER}
    with subprocess.Popen(
        [sys.executable, "-m", "engineroom", "logs", "--tail", "1", "--follow"],
        env=served.environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as follower:
        assert follower.stdout is not None
        follower.stdout.readline()
        served.cli("chat", "hello", "--max-tokens", "2")
        assert any("slot" in follower.stdout.readline() for _ in range(50))
        follower.send_signal(signal.SIGINT)
        follower.communicate(timeout=PATIENCE_S)
        assert follower.returncode == Exit.INTERRUPTED


def test_a_reader_that_leaves_is_no_error(served):
    command = f"'{sys.executable}' -m engineroom logs --tail 5000 --json | head -1; exit ${{PIPESTATUS[0]}}"
    result = subprocess.run(
        ["bash", "-c", command], env=served.environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert result.returncode in {Exit.OK, -signal.SIGPIPE}
    assert "Traceback" not in result.stderr


def test_start_of_a_broken_model_says_why(tmp_path):
    (tmp_path / "notes.gguf").write_text("Dear diary")
    with engine_room(tmp_path / "room", "--model", str(tmp_path / "notes.gguf")) as room:
        room.wait_engine(EngineState.FAILED, "notes")
        result = room.cli("start", "notes")
        assert result.returncode == Exit.ENGINE_FAILED
        assert "is not a GGUF file" in result.stderr


def test_serve_as_json_tells_address_and_changes(tmp_path):
    with engine_room(tmp_path, "--json", "--model", STARTER) as room:
        room.wait_engine(EngineState.READY)
        until("ready among the lines", lambda: '"state":"ready"' in room.text())
        assert room.end() == 0
    first, *changes = [json.loads(line) for line in room.text().splitlines()]
    assert first["address"] == f"http://127.0.0.1:{first['address'].rpartition(':')[2]}"
    assert {"starting", "ready"} <= {change["state"] for change in changes}


def test_serve_for_people_gives_a_curl_line_that_works(served):
    text = served.text()
    start = text.index("curl -N")
    command = text[start : text.index("}]}'") + 4]
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert "data: [DONE]" in result.stdout


def test_the_control_api_wants_its_token(served):
    import httpx2

    address = served.connection().address
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic x"}):
        for method, path in (("GET", "hello"), ("GET", "snapshot"), ("GET", "events"), ("POST", "shutdown")):
            answer = httpx2.request(method, f"{address}/control/{path}", headers=headers, timeout=60)
            assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_token")
            assert answer.headers["www-authenticate"] == "Bearer"
    mode = (served.home / "run" / "daemon.json").stat().st_mode & 0o777
    assert mode == 0o600


def test_a_command_waits_for_an_engine_room_that_is_just_starting(tmp_path):
    environment = {**os.environ, "ENGINEROOM_HOME": str(tmp_path)}
    (tmp_path / "run").mkdir(mode=0o700)
    with filelock.FileLock(tmp_path / "run" / "daemon.lock", mode=0o600):
        command = [sys.executable, "-m", "engineroom", "keys", "create", "early"]
        asked = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        began = until("one of its own", psutil.Process(asked.pid).children)
        until("its end", lambda: gone(began))
    with engine_room(tmp_path) as room:
        _, complaint = asked.communicate(timeout=PATIENCE_S)
        assert (asked.returncode, complaint) == (0, b"")
        assert room.cli("keys").stdout.count("early") == 1
