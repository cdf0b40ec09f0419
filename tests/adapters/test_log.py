"""The daemon's own lines in the log: events with fields, and what libraries say."""

import json
import logging
from collections.abc import Iterator

import pytest

from engineroom.adapters.log import configure_logging
from engineroom.services.event_log import EventLog


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """The lines that are written while the daemon's logging is set up."""
    root, written = logging.getLogger(), list[str]()
    before, level = list(root.handlers), root.level
    configure_logging(written.append)
    yield written
    root.handlers[:] = before
    root.setLevel(level)


def test_an_event_is_a_line_of_json(lines: list[str]) -> None:
    EventLog("gateway").warning("engine_100%s", request="req-1", status=503, said=b"x")
    told = json.loads(lines.pop())
    assert told.pop("timestamp").endswith("Z")
    assert told == {"request": "req-1", "status": 503, "said": "b'x'", "event": "engine_100%s", "level": "warning"}
    assert not lines


def test_levels_and_where_it_broke(lines: list[str]) -> None:
    log = EventLog("daemon")
    log.info("listening")
    log.error("task_broke")
    try:
        int("here")
    except ValueError:
        log.exception("request_failed", path="/x")
    told = [json.loads(line) for line in lines]
    assert [(one["event"], one["level"]) for one in told] == [
        ("listening", "info"), ("task_broke", "error"), ("request_failed", "error"),
    ]  # fmt: skip
    assert ["exception" in one for one in told] == [False, False, True]
    assert "ValueError: invalid literal" in told[2]["exception"]


def test_libraries_are_heard_too_a_line_at_a_time(lines: list[str]) -> None:
    logging.getLogger("uvicorn").info("one\ntwo")
    logging.getLogger("asyncio").debug("not this")
    assert lines == ["info uvicorn: one", "info uvicorn: two"]
