"""Broken models, settings and disks: a named cause, and nothing else harmed."""

import shutil
import struct
from pathlib import Path

import pytest

from engine_room import STARTER, engine_room, json_of, until
from engineroom.adapters.model_places import PLACES_VARIABLE, bundled_models
from engineroom.contract.control import EngineState
from engineroom.contract.problems import Exit

STARTER_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture(scope="module")
def starter_path(tmp_path_factory):
    path = next(bundled_models(tmp_path_factory.mktemp("none"))).path
    assert path is not None, "the starter model is not installed"
    return path


def failed(tmp_path, model):
    with engine_room(tmp_path / "room", "--model", str(model)) as room:
        name = next(view.id for view in _views(room) if view.id != STARTER)
        view = room.wait_engine(EngineState.FAILED, name)
        assert view.restarts == 0
        refused = room.cli("chat", "hello", "--model", name, "--json")
        assert refused.returncode == Exit.ENGINE_FAILED
        assert (
            "Paris"
            in json_of(room.cli("chat", "What is the capital of France?", "--model", STARTER, "--json"))["answer"]
        )
        return view


def _views(room):
    with room.control() as control:
        return control.snapshot().engines


def test_a_truncated_model(tmp_path, starter_path):
    path = tmp_path / "cut.gguf"
    path.write_bytes(Path(starter_path).read_bytes()[:40_000_000])
    view = failed(tmp_path, path)
    assert view.problem.code == "gguf_truncated"
    assert view.problem.facts == {"path": str(path), "needs_bytes": 98_362_432, "has_bytes": 40_000_000}


def test_a_file_that_is_not_a_model(tmp_path):
    path = tmp_path / "notes.gguf"
    path.write_text("Dear diary")
    assert failed(tmp_path, path).problem.code == "not_gguf"


def test_a_model_of_an_unknown_architecture(tmp_path):
    path = tmp_path / "odd.gguf"

    def text(value: bytes) -> bytes:
        return struct.pack("<Q", len(value)) + value

    key = text(b"general.architecture") + struct.pack("<I", 8) + text(b"perceptron1958")
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + key + bytes(64))
    problem = failed(tmp_path, path).problem
    assert (problem.code, problem.facts["architecture"]) == ("architecture_unknown", "perceptron1958")


def test_a_missing_file_and_a_directory(tmp_path):
    assert failed(tmp_path, tmp_path / "nowhere.gguf").problem.code == "file_missing"
    (tmp_path / "folder.gguf").mkdir()
    assert failed(tmp_path, tmp_path / "folder.gguf").problem.code == "file_unreadable"


def test_a_bundled_model_with_a_wrong_hash_is_not_loaded(tmp_path, starter_path):
    shutil.copy(starter_path, tmp_path / STARTER_FILE)
    with (tmp_path / STARTER_FILE).open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([last[0] ^ 1]))
    environment = {PLACES_VARIABLE: str(tmp_path)}
    with engine_room(tmp_path / "room", "--model", STARTER, environment=environment) as room:
        view = room.wait_engine(EngineState.FAILED)
        assert view.problem.code == "hash_mismatch"
        assert view.problem.facts["expected"] != view.problem.facts["found"]
        status = room.cli("status")
        assert "is not the file it should be" in status.stdout


def test_too_large_a_context_is_not_tried_and_said(tmp_path, starter_path):
    path = tmp_path / "own.gguf"
    path.symlink_to(starter_path)
    config = tmp_path / "room" / "config"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text(
        "[llama_cpp]\ncontext_tokens = 8192\nslots = 64\n[routing]\nhost_memory_mib = 2048\n"
    )
    with engine_room(tmp_path / "room", "--model", str(path)) as room:
        until("the reason in the terminal", lambda: "own: turned away: it needs" in room.text())
        assert "GiB at this computer" in room.text()
        assert room.engine("own").state is EngineState.STOPPED
        asked = room.cli("start", "own")
        assert asked.returncode == Exit.REJECTED
        assert "There is no room for 'own': it needs" in asked.stderr
        assert "GiB" in asked.stderr


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[server\nport = 1", "line 1"),
        ("[server]\nprot = 1", "server.prot"),
        ("[server]\nport = 'x'", "server.port"),
        ("[llama_cpp]\nslots = 0", "llama_cpp.slots"),
        ("[[models.files]]\nid = 'a'", "models.files[0].path"),
        ("\udcff", "UTF-8"),
    ],
)
def test_broken_settings_are_refused_and_left_alone(tmp_path, text, names):
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    before = path.read_bytes()
    with engine_room(tmp_path) as room:
        assert room.process.wait(100) == Exit.SETTINGS_BROKEN
        assert names in room.text()
        assert str(path) in room.text()
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


def test_settings_decide_context_and_slots(tmp_path):
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.write_text("schema = 1\n[llama_cpp]\ncontext_tokens = 512\nslots = 2\nthreads = 1\n")
    with engine_room(tmp_path, "--model", STARTER) as room:
        view = room.wait_engine(EngineState.READY)
        assert (view.context_tokens, view.slots, view.threads, view.context_limit) == (512, 2, 1, "settings")
        long = room.cli("chat", "word " * 600, "--json")
        assert long.returncode == Exit.REJECTED
        assert json_of(long)["error"]["facts"]["context_tokens"] == 512


def test_a_context_larger_than_the_model_knows_is_cut_to_the_models(tmp_path):
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.write_text("[llama_cpp]\ncontext_tokens = 100000\nslots = 1\n")
    with engine_room(tmp_path, "--model", STARTER) as room:
        view = room.wait_engine(EngineState.READY)
        assert (view.context_tokens, view.context_limit) == (8192, "model")


def test_a_full_disk_under_the_logs_is_said_and_serving_goes_on(tmp_path):
    logs = tmp_path / "state" / "log"
    logs.mkdir(parents=True)
    (logs / f"{STARTER}.log").symlink_to("/dev/full")
    with engine_room(tmp_path, "--model", STARTER) as room:
        room.wait_engine(EngineState.READY)
        answer = json_of(room.cli("chat", "What is the capital of France?", "--json"))
        assert "Paris" in answer["answer"]
        with room.control() as control:
            notices = control.snapshot().notices
        assert [notice.code for notice in notices] == ["log_unwritable"]
        assert "No space left" in notices[0].facts["reason"]
        assert "Serving goes on" in room.cli("status").stdout
