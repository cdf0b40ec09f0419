"""The window on another computer's daemon, which is the real one with a network address: what Connect tries there."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine_room import STARTER, EngineRoomProcess, engine_room
from engineroom.adapters.reach import addresses
from engineroom.client.access import AccessClient
from engineroom.contract.connect import ProbeStatus, ProbeStep
from engineroom.contract.keys import KeyRequest
from engineroom_ui.pages.connect import ConnectPage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from window_kit import FAKE_DAEMON, connected

PATIENCE_MS = 90_000
TARGET = "ada@box"
SSH = FAKE_DAEMON.with_name("ssh")
NOBODY = ["false"]

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[EngineRoomProcess, str]]:
    """A daemon that lets others in, on "another computer": what lies there is not found under its path here."""
    if not [address for address in addresses() if ":" not in address]:
        pytest.skip("this computer has no address but its own")
    home = tmp_path / "there"
    with engine_room(home) as room, AccessClient(room.connection()) as client:
        key = client.create_key(KeyRequest(name="laptop")).key
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "ssh").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{SSH}" "$@"\n')
    (programs / "ssh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_SSH_HOME", str(home))
    monkeypatch.setenv("ENGINEROOM_HOME", str(tmp_path / "here"))
    with engine_room(home, "--host", "0.0.0.0", "--model", STARTER) as room:
        room.connection()
        yield room, key


@pytest.fixture
def desktop(there: tuple[EngineRoomProcess, str], qapp: QApplication) -> Iterator[Desktop]:
    """A window on it; it is closed however the test went, and its tunnel with it."""
    made = Desktop(qapp, NOBODY, target=TARGET)
    made.show()
    yield made
    made.close()
    for part in (made.window, made.theme, made):
        part.deleteLater()


def test_its_network_address_is_tried_from_here_by_the_fingerprint_of_its_certificate(
    there: tuple[EngineRoomProcess, str], desktop: Desktop, qtbot: QtBot
) -> None:
    """The certificate is signed by nobody and its file is on the other computer; another one is not asked at all."""
    _, key = there
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    desktop.window.show_page(Place.CONNECT)
    page = desktop.window.pages.page(Place.CONNECT)
    assert isinstance(page, ConnectPage)
    qtbot.waitUntil(lambda: page.ask.where.count() == 2 and page.ask.model.count() > 0, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(page.clients.guides), timeout=PATIENCE_MS)
    network = page.clients.network
    assert network is not None
    page.ask.where.setCurrentIndex(1)
    page.ask.key.setText(key)
    page.open_at("curl")
    (_, trusting), *_ = page.guide.shown
    assert trusting.startswith(f"scp {TARGET}:{network.certificate} engineroom-certificate.pem\n")
    page.clients.network = replace(network, certificate="/nowhere/certificate.pem")
    page.clients.changed.emit()
    page.guide.probe.button.click()
    qtbot.waitUntil(lambda: not page.guide.prober.busy, timeout=PATIENCE_MS)
    results = page.guide.probe.results
    assert [results[step].status for step in ProbeStep][:3] == [ProbeStatus.PASSED] * 3
    page.clients.network = replace(network, fingerprint=":".join(["00"] * 32))
    page.clients.changed.emit()
    page.guide.probe.button.click()
    qtbot.waitUntil(lambda: not page.guide.prober.busy, timeout=PATIENCE_MS)
    reached = page.guide.probe.results[ProbeStep.REACHED]
    assert (reached.status, reached.code) == (ProbeStatus.FAILED, "other_certificate")
