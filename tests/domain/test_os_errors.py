"""What the system refused is a detail with a code, wherever in a chain of errors its number stands."""

import errno
import os
import re
import socket
import sqlite3
import ssl
import subprocess
from pathlib import Path

import pytest

import engineroom
from engineroom.domain.details import FACT
from engineroom.domain.os_errors import OS_ERRORS, caused, unstarted

SOURCE = Path(engineroom.__file__).parent
NUMBERED = {f"os_{name.lower()}": number for number, name in errno.errorcode.items()}
OTHERS = {"os_no_name", "os_name_later", "os_program"}


def test_the_english_is_that_of_the_system() -> None:
    for code, words in OS_ERRORS.items():
        if code not in OTHERS and not code.startswith("os_sqlite_"):
            assert os.strerror(NUMBERED[code]) == words
    names = {name.lower() for name in dir(sqlite3) if name.startswith("SQLITE_")}
    assert {code.removeprefix("os_") for code in OS_ERRORS if code.startswith("os_sqlite_")} <= names


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "os_enospc"), (errno.EACCES, "os_eacces"), (errno.ECONNREFUSED, "os_econnrefused"),
     (errno.EROFS, "os_erofs"), (errno.ETIMEDOUT, "os_etimedout"), (errno.EADDRINUSE, "os_eaddrinuse")],
)  # fmt: skip
def test_a_number_becomes_a_code(number: int, code: str) -> None:
    assert caused(OSError(number, os.strerror(number), "/x")) == {FACT: code, "reason": OS_ERRORS[code]}


def test_what_lies_behind_an_error_counts() -> None:
    outer = RuntimeError("all attempts failed")
    outer.__cause__ = ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
    assert caused(outer)[FACT] == "os_econnrefused"
    assert caused(socket.gaierror(socket.EAI_NONAME, "Name or service not known"))[FACT] == "os_no_name"
    assert caused(TimeoutError("timed out"))[FACT] == "os_etimedout"


def test_an_error_of_sqlite_has_a_name(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as refused:
        sqlite3.connect(tmp_path / "no" / "file.db")
    assert caused(refused.value)[FACT] == "os_sqlite_cantopen"
    (tmp_path / "text.db").write_text("this is a text and no database at all, " * 40)
    connection = sqlite3.connect(tmp_path / "text.db")
    with pytest.raises(sqlite3.DatabaseError) as strange:
        connection.execute("SELECT * FROM sqlite_master")
    connection.close()
    assert caused(strange.value)[FACT] == "os_sqlite_notadb"


def test_what_has_no_number_of_the_system_stays_as_it_says_it() -> None:
    assert caused(ssl.SSLError(1, "certificate verify failed")) == {"reason": "certificate verify failed"}
    assert caused(OSError("odd")) == {"reason": "odd"}
    assert caused(ValueError()) == {"reason": "ValueError"}
    assert caused(OSError(errno.ENOSPC, "of another system")) == {"reason": "of another system"}


def test_what_does_not_start_is_named(tmp_path: Path) -> None:
    program = str(tmp_path / "trtllm-serve")
    with pytest.raises(OSError) as gone:  # noqa: PT011
        subprocess.Popen([program])
    told = unstarted(gone.value)
    assert told == {
        FACT: "os_program os_enoent",
        "program": program,
        "reason": f"{program}: No such file or directory",
    }
    assert unstarted(OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)))[FACT] == "os_eagain"


def test_no_problem_says_what_the_system_said_without_its_code() -> None:
    told = re.compile(r"reason=[^)]*strerror")
    assert [path.name for path in SOURCE.rglob("*.py") if told.search(path.read_text("utf-8"))] == []
