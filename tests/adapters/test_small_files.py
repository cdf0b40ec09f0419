"""Log files, load history, settings: what is on disk, and what happens when the disk does not want it."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engineroom.adapters.load_history import JsonLoadHistory
from engineroom.adapters.log_files import MAX_BYTES, LogFile, log_path
from engineroom.adapters.settings_toml import load_settings
from engineroom.domain.errors import Code, Problem, Rejected
from engineroom.domain.settings import Settings


class Reports:
    def __init__(self) -> None:
        self.troubles: list[Problem] = []
        self.recoveries = 0

    def recovered(self) -> None:
        self.recoveries += 1


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def open_log(reports: Reports) -> Iterator[Callable[[Path], LogFile]]:
    """Opens log files; closes them in the end."""
    files: list[LogFile] = []

    def open_one(path: Path) -> LogFile:
        files.append(LogFile(path, on_trouble=reports.troubles.append, on_recovery=reports.recovered))
        return files[-1]

    yield open_one
    for file in files:
        file.close()


def test_lines_are_there_at_once_and_appended(open_log: Callable[[Path], LogFile], tmp_path: Path) -> None:
    path = tmp_path / "log" / "engine.log"
    open_log(path).write("one")
    open_log(path).write("zwei ä ✓ \udcff")
    assert path.read_text("utf-8").splitlines() == ["one", "zwei ä ✓ ?"]


def test_a_file_is_turned_over_and_two_are_kept(
    open_log: Callable[[Path], LogFile], reports: Reports, tmp_path: Path
) -> None:
    path = tmp_path / "a.b.log"
    log = open_log(path)
    for letter in "abcde":
        for _ in range(MAX_BYTES // 2**16):
            log.write(letter * (2**16 - 1))
    log.write("end")
    assert sorted(file.name for file in tmp_path.glob("*.log")) == ["a.b.1.log", "a.b.log"]
    assert path.read_text() == "end\n"
    assert (tmp_path / "a.b.1.log").stat().st_size == MAX_BYTES
    assert (tmp_path / "a.b.1.log").read_text()[0] == "e"
    assert reports.troubles == []


def test_the_size_is_in_bytes(open_log: Callable[[Path], LogFile], tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    log = open_log(path)
    for _ in range(2 * MAX_BYTES // 2**16):
        log.write("✓" * (2**16 // 3))
    assert path.stat().st_size <= MAX_BYTES


def test_a_file_that_was_full_before_is_turned_over_too(open_log: Callable[[Path], LogFile], tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    path.write_bytes(b"x" * (MAX_BYTES + 5))
    log = open_log(path)
    log.write("one")
    log.write("two")
    assert path.read_text() == "two\n"


def test_a_full_disk_is_reported_once_and_its_end_once(
    open_log: Callable[[Path], LogFile], reports: Reports, tmp_path: Path
) -> None:
    """The device that is always full stands in for the disk until it is taken away."""
    path = tmp_path / "x.log"
    path.symlink_to("/dev/full")
    log = open_log(path)
    for number in range(5):
        log.write(f"lost {number}")
    assert reports.troubles == [
        Problem(
            code=Code.LOG_UNWRITABLE,
            facts={"path": str(path), "detail": "os_enospc", "reason": "No space left on device"},
        )
    ]
    assert reports.recoveries == 0
    path.unlink()
    log.write("kept")
    log.write("kept too")
    assert (reports.recoveries, len(reports.troubles)) == (1, 1)
    assert path.read_text() == "kept\nkept too\n"
    path.unlink()
    path.symlink_to("/dev/full")
    log.close()
    log.write("lost again")
    assert len(reports.troubles) == 2


def test_a_disk_that_fills_up_and_is_freed(
    open_log: Callable[[Path], LogFile], reports: Reports, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = os.geteuid() == 0 and shutil.which("mount") is not None and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False, capture_output=True
    ).returncode == 0  # fmt: skip
    if not mounted:
        pytest.skip("no disk of our own can be mounted here")
    try:
        log = open_log(disk / "x.log")
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(40_000))
        for _ in range(100):
            log.write("x" * 1000)
        assert [trouble.facts["reason"] for trouble in reports.troubles] == ["No space left on device"]
        ballast.unlink()
        log.write("again")
        assert reports.recoveries == 1
        assert (disk / "x.log").read_text().endswith("again\n")
        log.close()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_that_cannot_be_made_is_reported(
    open_log: Callable[[Path], LogFile], reports: Reports, tmp_path: Path
) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    open_log(tmp_path / "log" / "x.log").write("lost")
    assert [trouble.code for trouble in reports.troubles] == [Code.LOG_UNWRITABLE]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("smollm2-135m", "smollm2-135m.log"),
        ("../../etc/passwd", "_.._etc_passwd.log"),
        ("a/b", "a_b.log"),
        ("..", "engine.log"),
        ("", "engine.log"),
        (".hidden", "hidden.log"),
        ("nul\0", "nul_.log"),
    ],
)
def test_a_source_is_a_harmless_file_name(source: str, name: str) -> None:
    assert log_path(Path("/log"), source) == Path("/log", name)


def test_the_history_remembers_the_median_of_the_last_five(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    history = JsonLoadHistory(path)
    assert history.expected_s("a") is None
    for seconds in (100.0, 100.0, 1.0, 2.0, 3.0, 4.0, 50.0):
        history.record("a", seconds)
    history.record("b", 7.0)
    for known in (history, JsonLoadHistory(path)):
        assert (known.expected_s("a"), known.expected_s("b"), known.expected_s("c")) == (3.0, 7.0, None)
    assert [file.name for file in tmp_path.glob("history*")] == ["history.json"]


@pytest.mark.parametrize("content", ["", "[]", "{", "7", '{"a": 1}', '{"a": ["x"]}', '{"a": [null]}', "\udcff"])
def test_a_broken_history_is_forgotten(tmp_path: Path, content: str) -> None:
    path = tmp_path / "history.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    history = JsonLoadHistory(path)
    assert history.expected_s("a") is None
    history.record("a", 2.0)
    assert JsonLoadHistory(path).expected_s("a") == 2.0


def test_a_history_that_cannot_be_written_is_kept_in_memory(tmp_path: Path) -> None:
    history = JsonLoadHistory(tmp_path / "nowhere" / "history.json")
    history.record("a", 2.0)
    assert history.expected_s("a") == 2.0


def test_no_settings_file_is_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Settings()


def test_a_settings_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('schema = 1\n[server]\nport = "auto"\n[[models.files]]\npath = "/m/Ä.gguf"\n', "utf-8")
    settings = load_settings(path)
    assert (settings.server.port, settings.model_files[0].id) == (None, "ä")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[server\n", "line 1"),
        (b"[server]\nport = 1\nport = 2\n", "line 3"),
        (b"\xff\xfe", "UTF-8"),
        (b"[server]\nport = 0\n", "server.port"),
        (b"colour = 1\n", "colour"),
        (b"schema = 2\n", "schema"),
    ],
)
def test_a_broken_settings_file_is_refused_and_left_alone(tmp_path: Path, content: bytes, said: str) -> None:
    """Byte for byte, and nothing is put beside it."""
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.write_bytes(content)
    before = path.stat()
    with pytest.raises(Rejected) as caught:
        load_settings(path)
    facts = caught.value.problem.facts
    assert (caught.value.code, facts["path"]) == (Code.SETTINGS_BROKEN, str(path))
    assert said in str(facts["reason"])
    assert path.read_bytes() == content
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert list(path.parent.iterdir()) == [path]


def test_a_settings_file_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        load_settings(tmp_path)
    assert caught.value.code == Code.SETTINGS_BROKEN
