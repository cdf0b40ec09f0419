"""The window on another computer's daemon: a real process as ssh, a real fake daemon behind it, real sockets."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engineroom.contract.details import FACT
from engineroom.contract.keys import NetworkView
from engineroom.contract.link import RemoteCode
from engineroom_ui.link.remote import Remote
from engineroom_ui.link.session import Phase
from engineroom_ui.pages.connect import ConnectPage
from engineroom_ui.shell.registry import Place
from engineroom_ui.shell.single_instance import server_name
from engineroom_ui.text import problems
from window_kit import FAKE_DAEMON, PATIENCE_MS, OpenWindow, Until, connected

SSH = FAKE_DAEMON.with_name("ssh")
TARGET = "ada@box"


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of the daemon on the other computer; its ``ssh`` is first on the path."""
    home = tmp_path / "there"
    home.mkdir()
    programs = tmp_path / "bin"
    programs.mkdir()
    ssh = programs / "ssh"
    ssh.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{SSH}" "$@"\n')
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_SSH_HOME", str(home))
    return home


@pytest.fixture
def daemon_there(there: Path, qtbot: QtBot) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts fake daemons on the other computer."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*options: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "ENGINEROOM_HOME": str(there)}
        process = subprocess.Popen([sys.executable, str(FAKE_DAEMON), *options], env=environment)
        started.append(process)
        file = there / "run" / "daemon.json"
        qtbot.waitUntil(lambda: file.exists() and f'"pid":{process.pid}' in file.read_text(), timeout=PATIENCE_MS)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_the_same_window_on_another_computer(
    home: Path, daemon_there: Callable[..., object], open_window: OpenWindow, until: Until
) -> None:
    """Everything goes through the tunnel, and title and sidebar say which computer it is."""
    daemon_there("--serving", "--gpus", "1")
    desktop = open_window(target=TARGET)
    until(connected(desktop))
    title = desktop.window.windowTitle()
    assert title.startswith("SmolLM2 135M Instruct: Serving")
    assert TARGET in title
    assert desktop.window.sidebar.machine == TARGET
    near = desktop.client.address
    assert desktop.room.hello is not None
    assert desktop.room.hello.address == near
    assert desktop.window.home.serve.address.address == f"{near}/v1"
    (engine_id,) = desktop.room.engines
    desktop.room.stop_engine(engine_id)
    until(lambda: desktop.room.engines[engine_id].state == "stopped")
    assert not (home / "run" / "daemon.json").exists()


def test_programs_here_are_told_the_tunnels_address(
    daemon_there: Callable[..., object], open_window: OpenWindow, until: Until
) -> None:
    """The address that the daemon has over there leads nowhere from here; the test goes where the texts point."""
    daemon_there("--serving")
    desktop = open_window(target=TARGET)
    until(connected(desktop))
    desktop.window.show_page(Place.CONNECT)
    page = desktop.window.pages.page(Place.CONNECT)
    assert isinstance(page, ConnectPage)
    assert desktop.room.hello is not None
    near = desktop.room.hello.address
    local = NetworkView(local="http://127.0.0.1:8411", network="https://10.0.0.5:8412", keyless=True)
    page.clients.network = local
    page.clients.changed.emit()
    facts = page.ask.facts({})
    assert facts is not None
    assert facts.address == near
    assert TARGET in page.ask.where.currentText()
    assert page.ask.said.isVisible()
    page.ask.where.setCurrentIndex(1)
    facts = page.ask.facts({})
    assert facts is not None
    assert facts.address == local.network
    assert not page.ask.said.isVisible()


def test_a_daemon_that_comes_back_is_found_behind_the_same_address(
    daemon_there: Callable[..., subprocess.Popen[bytes]], open_window: OpenWindow, until: Until
) -> None:
    """It has another port and token there; programs here keep their address."""
    first = daemon_there("--serving")
    desktop = open_window(target=TARGET)
    until(connected(desktop))
    near = desktop.client.address
    first.kill()
    first.wait()
    until(lambda: desktop.session.view.phase is Phase.LOST)
    assert "reconnects by itself" in desktop.window.banner.text
    daemon_there()
    until(connected(desktop))
    assert desktop.client.address == near
    assert desktop.window.banner.text == ""


def test_no_daemon_there_is_started_only_when_asked(
    there: Path, open_window: OpenWindow, until: Until, tmp_path: Path
) -> None:
    """One button starts it; where Engineroom is not installed, that is said."""
    desktop = open_window(target=TARGET)
    until(lambda: desktop.session.view.phase is Phase.ABSENT)
    banner = desktop.window.banner
    assert "ada@box is not running" in banner.text
    assert banner.button.text() == "Start it there"
    banner.button.click()
    until(lambda: desktop.session.view.phase is Phase.START_FAILED)
    assert "no Engineroom on ada@box" in banner.text
    installed = tmp_path / "bin" / "engineroom"
    installed.write_text(f'#!/bin/sh\necho $$ > "{there}/pid"\nexec "{sys.executable}" "{FAKE_DAEMON}" --serving\n')
    installed.chmod(0o755)
    banner.button.click()
    until(connected(desktop))
    os.kill(int((there / "pid").read_text()), 9)


@pytest.mark.parametrize(
    ("says", "code", "word"),
    [
        ("changed", RemoteCode.KEY_CHANGED, "another key than before"),
        ("denied", RemoteCode.LOGIN_REFUSED, "ssh-copy-id ada@box"),
        ("unreachable", RemoteCode.UNREACHABLE, "No route to host"),
    ],
)
def test_what_ssh_refuses_is_said(
    there: Path, open_window: OpenWindow, until: Until, says: str, code: RemoteCode, word: str
) -> None:
    """In one line with one button; nothing is started over there, and it mends itself when the cause is gone."""
    (there / "says").write_text(says)
    desktop = open_window(target=TARGET)
    until(lambda: desktop.session.view.phase is Phase.ABSENT)
    view = desktop.session.view
    assert view.problem is not None
    assert view.problem.code == code
    assert view.problem.facts.get(FACT) == {"unreachable": "os_ehostunreach"}.get(says)
    assert word in desktop.window.banner.text
    assert desktop.window.banner.button.text() == "Try again"
    assert "forward" not in (there / "ssh.notes").read_text()
    (there / "says").unlink()
    desktop.window.banner.button.click()
    until(lambda: desktop.session.view.problem is not None and desktop.session.view.problem.code != code)


def test_a_tunnel_that_breaks_is_opened_again(
    daemon_there: Callable[..., object], there: Path, open_window: OpenWindow, until: Until
) -> None:
    """The network was away for a moment."""
    daemon_there("--serving")
    desktop = open_window(target=TARGET)
    until(connected(desktop))
    phases: list[Phase] = []
    desktop.session.changed.connect(lambda view: phases.append(view.phase))
    tunnel = desktop.session._where._tunnel
    assert tunnel is not None
    tunnel.kill()
    until(lambda: phases[-1:] == [Phase.CONNECTED] and Phase.LOST in phases)
    assert (there / "ssh.notes").read_text().count("forward") == 2


def test_no_ssh_is_said(home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    remote = Remote(TARGET, tmp_path / "known_hosts")
    with qtbot.waitSignal(remote.missing) as told:
        remote.look()
    (problem,) = told.args
    assert problem.code == RemoteCode.NO_SSH
    assert "OpenSSH" in problems.sentence(problem).whole


def test_each_computer_has_a_window_of_its_own() -> None:
    """Raising one does not raise the other."""
    assert len({server_name(), server_name("box"), server_name("ada@box")}) == 3
