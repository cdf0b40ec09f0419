"""Around every test: a home of its own, no warning in the log, nothing left behind."""

import asyncio
import inspect
import logging
import os
import signal
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path

import httpcore2
import hypothesis
import pytest
import uvloop

import leaks
from fakes.hurried_loop import HurriedLoop

PATIENCE_S = 60.0
LOOPS: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {
    "asyncio": asyncio.new_event_loop,
    "uvloop": uvloop.new_event_loop,
    "hurried": HurriedLoop,
}

# The machine may be busy, and a red run must be red again: nothing here depends on time or chance.
hypothesis.settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    # A shell starts what runs in its background deaf to Ctrl-C, which children would inherit.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "may_leave_things: this test's processes and sockets outlive it on purpose")


def pytest_asyncio_loop_factories(item: pytest.Item) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The standard loop, or those a test names: ``@pytest.mark.asyncio(loop_factories=["asyncio", "uvloop"])``."""
    chosen = any("loop_factories" in marker.kwargs for marker in item.iter_markers("asyncio"))
    return LOOPS if chosen else {"asyncio": LOOPS["asyncio"]}


@pytest.fixture(autouse=True)
def engineroom_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that ``ENGINEROOM_HOME`` names during this test. A fixture of a wider scope has to name its own."""
    home = tmp_path / "home"
    monkeypatch.setenv("ENGINEROOM_HOME", str(home))
    monkeypatch.delenv("ENGINEROOM_BUNDLED_MODELS", raising=False)
    return home


@pytest.fixture(scope="session", autouse=True)
def _certificates_read_once() -> Iterator[None]:
    """A new client reads the system's certificates, for 30 ms; here those that ask alike share what was read."""
    read, kept = httpcore2.default_ssl_context, dict[object, ssl.SSLContext]()

    def once(**asked: bool) -> ssl.SSLContext:
        key = (*asked.items(), os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
        if key not in kept:
            kept[key] = read(**asked)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpcore2, "default_ssl_context", once)
        yield


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_warning_logged(request: pytest.FixtureRequest) -> Iterator[list[logging.LogRecord]]:
    """A record of WARNING or above fails the test, unless it takes ``logged_warnings``."""
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield collector.records
    root.removeHandler(collector)
    if collector.records and "logged_warnings" not in request.fixturenames:
        words = "\n".join(f"{record.levelname} {record.name}: {record.getMessage()}" for record in collector.records)
        pytest.fail(f"logged:\n{words}", pytrace=False)


@pytest.fixture
def logged_warnings(no_warning_logged: list[logging.LogRecord]) -> list[logging.LogRecord]:
    """The records of WARNING and above; a test that takes this may cause some."""
    return no_warning_logged


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """A thread, task, process or listening socket that is there after the test and was not before fails it."""
    if request.node.get_closest_marker("may_leave_things") is not None:
        yield
        return
    if inspect.iscoroutinefunction(getattr(request, "function", None)):
        request.getfixturevalue("no_task_left_behind")
    before = leaks.standing()
    yield
    if left := leaks.left_since(before, patience_s=PATIENCE_S):
        pytest.fail("left behind:\n" + "\n".join(left), pytrace=False)


@pytest.fixture
async def no_task_left_behind() -> AsyncIterator[None]:
    """The asyncio part of :func:`nothing_left_behind`: it has to look before the loop is closed."""
    before = asyncio.all_tasks()
    yield
    if left := await leaks.tasks_left_since(before, patience_s=PATIENCE_S):
        pytest.fail("left behind:\n" + "\n".join(left), pytrace=False)
