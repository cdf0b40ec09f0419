"""The connection file, as a client finds it."""

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import psutil
import pytest

from engineroom.contract.connection import Connection, connection_path, read_connection, runtime_dir

ME = Connection(
    address="http://127.0.0.1:1",
    token="t",
    pid=os.getpid(),
    pid_created_s=psutil.Process().create_time(),
    api=1,
    version="0",
)


def write(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "daemon.json"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(json.dumps(content))
    return path


def test_a_living_daemon_is_found(tmp_path: Path) -> None:
    assert read_connection(write(tmp_path, asdict(ME))) == ME


def test_a_number_given_to_another_process_is_no_daemon(tmp_path: Path) -> None:
    assert read_connection(write(tmp_path, asdict(replace(ME, pid_created_s=ME.pid_created_s - 60)))) is None


def test_no_file_is_no_daemon(tmp_path: Path) -> None:
    assert read_connection(tmp_path / "daemon.json") is None
    assert read_connection(tmp_path) is None


def test_a_leftover_is_no_daemon(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    assert read_connection(write(tmp_path, asdict(replace(ME, pid=ended.pid)))) is None


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"null", b"[]", b"7", b'"x"', b"{}", b'{"address":"x"}'])
def test_garbage_is_no_daemon(tmp_path: Path, content: bytes) -> None:
    assert read_connection(write(tmp_path, content)) is None


def test_a_file_of_another_version_is_no_daemon(tmp_path: Path) -> None:
    assert read_connection(write(tmp_path, {**asdict(ME), "uds": "/x"})) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pid", "1"),
        ("pid", 1.5),
        ("pid", None),
        ("pid", [1]),
        ("pid", 10**30),
        ("pid", -1),
        ("pid", 0),
        ("address", 7),
        ("token", None),
    ],
)
def test_wrong_types_are_no_daemon(tmp_path: Path, name: str, value: object) -> None:
    """Nor an error; and no pid is asked after that stands for a group of processes."""
    assert read_connection(write(tmp_path, {**asdict(ME), name: value})) is None


def test_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGINEROOM_HOME", "/h")
    assert connection_path() == Path("/h/run/daemon.json")
    monkeypatch.delenv("ENGINEROOM_HOME")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert runtime_dir() == tmp_path / "engineroom"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("XDG_STATE_HOME", "/s")
    assert runtime_dir() == Path("/s/engineroom/run")
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", "/home/x")
    assert runtime_dir() == Path("/home/x/.local/state/engineroom/run")
