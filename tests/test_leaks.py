"""The watch around every test sees what it should."""

import asyncio
import logging
import socket
import subprocess
import sys
import threading

import leaks


def left(before: leaks.Standing) -> str:
    return "\n".join(leaks.left_since(before, patience_s=0.0))


def test_a_thread_is_seen() -> None:
    before, end = leaks.standing(), threading.Event()
    thread = threading.Thread(target=end.wait, name="forgotten")
    thread.start()
    assert "thread 'forgotten'" in left(before)
    end.set()
    thread.join()
    assert left(before) == ""


def test_a_child_is_seen_also_when_it_has_ended() -> None:
    before = leaks.standing()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert f"child process {child.pid} " in left(before)
    assert left(before) == ""


def test_a_listening_socket_is_seen_and_another_is_not() -> None:
    before = leaks.standing()
    with socket.socket(), socket.create_server(("127.0.0.1", 0)) as listener:
        assert left(before) == f"listening socket at {listener.getsockname()}"
    assert left(before) == ""


async def test_a_task_is_seen() -> None:
    before = asyncio.all_tasks()
    task = asyncio.create_task(asyncio.sleep(60), name="forgotten")
    (words,) = await leaks.tasks_left_since(before, patience_s=0.0)
    assert "forgotten" in words
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await leaks.tasks_left_since(before, patience_s=0.0) == []


def test_warnings_are_collected(logged_warnings: list[logging.LogRecord]) -> None:
    logging.getLogger("some.library").info("fine")
    logging.getLogger("some.library").warning("not fine")
    assert [record.getMessage() for record in logged_warnings] == ["not fine"]
