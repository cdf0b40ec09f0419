"""The page Settings beside the real daemon."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from e2e.pages_kit import PATIENCE_MS, OpenPage, unnamed, window_on
from engine_room import EngineRoomProcess, engine_room
from engineroom.adapters.certificate import own_certificate
from engineroom_ui.pages.settings import Section, SettingsPage
from engineroom_ui.shell.registry import Place
from engineroom_ui.theme.apply import Choice
from engineroom_ui.widgets.setting_row import SettingRow

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]

MINE = "# mine\n[energy]\nprice_per_kwh = 0.25 # cheap\n"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    """A daemon with a settings file of a person, shared by these tests."""
    home = tmp_path_factory.mktemp("settings")
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(MINE)
    with engine_room(home) as running:
        yield running


@pytest.fixture
def page(
    room: EngineRoomProcess, monkeypatch: pytest.MonkeyPatch, qapp: QApplication, qtbot: QtBot
) -> Iterator[SettingsPage]:
    """The page, with all that it asks for."""
    (room.home / "config" / "settings.toml").write_text(MINE)
    with window_on(monkeypatch, qapp, qtbot) as open_page:
        opened: OpenPage = open_page
        _, made = opened(room, Place.SETTINGS)
        assert isinstance(made, SettingsPage)
        qtbot.waitUntil(lambda: made.settings.view is not None and made.keys.keys is not None, timeout=PATIENCE_MS)
        qtbot.waitUntil(
            lambda: made.runtimes.runtimes is not None and made.settings.storage is not None, timeout=PATIENCE_MS
        )
        yield made


def typed(row: SettingRow, text: str) -> None:
    row.field.selectAll()
    QTest.keyClicks(row.field, text)
    QTest.keyClick(row.field, Qt.Key.Key_Return)


def test_a_change_is_written_and_what_waits_is_said(page: SettingsPage, room: EngineRoomProcess, qtbot: QtBot) -> None:
    """At once where it can be; the person's comments stay."""
    page.open_at("energy")
    row = page.forms[Section.ENERGY].rows["energy.price_per_kwh"]
    assert row.field.text() == "0.25"
    typed(row, "0,5")
    file = room.home / "config" / "settings.toml"
    qtbot.waitUntil(lambda: "price_per_kwh = 0.5 # cheap" in file.read_text(), timeout=PATIENCE_MS)
    assert page.banner.text == ""
    page.open_at("models")
    slots = page.forms[Section.MODELS].rows["llama_cpp.slots"]
    typed(slots, "2")
    qtbot.waitUntil(lambda: slots.waits, timeout=PATIENCE_MS)
    assert "1" in page.banner.text
    assert page.banner.button.text() == "Restart the engine room"


def test_what_cannot_be_is_refused_with_the_reason(page: SettingsPage, room: EngineRoomProcess, qtbot: QtBot) -> None:
    """What was typed stays to be corrected; the file is as it was."""
    page.open_at("address")
    row = page.forms[Section.ADDRESS].rows["server.port"]
    typed(row, "99999")
    qtbot.waitUntil(lambda: "65535" in row.said, timeout=PATIENCE_MS)
    assert row.field.text() == "99999"
    assert (room.home / "config" / "settings.toml").read_text() == MINE
    typed(row, "8411")
    assert row.said == ""


def test_a_certificate_and_its_key_are_written_together(
    page: SettingsPage, room: EngineRoomProcess, tmp_path: Path, qtbot: QtBot
) -> None:
    """The first of the two alone is refused; with the second both count, and both can be taken out again."""
    made = own_certificate(tmp_path, ["localhost"])
    page.open_at("address")
    rows = page.forms[Section.ADDRESS].rows
    certificate, key = rows["server.certificate"], rows["server.certificate_key"]
    typed(certificate, str(made.certificate))
    qtbot.waitUntil(lambda: "go together" in certificate.said, timeout=PATIENCE_MS)
    typed(key, str(made.key))
    qtbot.waitUntil(lambda: certificate.waits and key.waits, timeout=PATIENCE_MS)
    assert (certificate.said, key.said) == ("", "")
    for row in (key, certificate):
        row.field.clear()
        QTest.keyClick(row.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not certificate.waits and not key.waits, timeout=PATIENCE_MS)
    assert "certificate" not in (room.home / "config" / "settings.toml").read_text()


def test_a_file_that_broke_or_changed_meanwhile_is_left_alone(
    page: SettingsPage, room: EngineRoomProcess, qtbot: QtBot
) -> None:
    """Somebody else's change is read again; a broken file is told of, with a button to look again."""
    file = room.home / "config" / "settings.toml"
    page.open_at("models")
    form = page.forms[Section.MODELS]
    file.write_text(MINE + "# somebody was here\n")
    typed(form.rows["llama_cpp.slots"], "3")
    qtbot.waitUntil(lambda: "somebody else" in form.rows["llama_cpp.slots"].said, timeout=PATIENCE_MS)
    assert file.read_text() == MINE + "# somebody was here\n"
    file.write_text("[server\n")
    page.settings.refresh()
    qtbot.waitUntil(lambda: "settings.toml" in page.banner.text, timeout=PATIENCE_MS)
    assert not form.rows["llama_cpp.slots"].isEnabled()
    file.write_text(MINE)
    page.banner.button.click()
    qtbot.waitUntil(form.rows["llama_cpp.slots"].isEnabled, timeout=PATIENCE_MS)


def test_letting_others_in_needs_a_key_which_is_shown_once(
    page: SettingsPage, room: EngineRoomProcess, qtbot: QtBot
) -> None:
    """Before a restart that would be refused, the way to a key is shown; revoking is asked first."""
    page.open_at("address")
    typed(page.forms[Section.ADDRESS].rows["server.host"], "0.0.0.0")
    qtbot.waitUntil(lambda: page.banner.button.text() == "Make a key", timeout=PATIENCE_MS)
    page.banner.button.click()
    assert page.list.choice == Section.KEYS
    keys = page.key_section
    keys.per_minute.setText("many")
    keys.make.click()
    assert "numbers" in keys.notice.text
    keys.per_minute.setText("60")
    keys.name.setText("laptop")
    keys.routes[next(iter(keys.routes))].setChecked(True)
    keys.make.click()
    qtbot.waitUntil(lambda: keys.new.text.startswith("er-"), timeout=PATIENCE_MS)
    secret = keys.new.text
    keys.away.click()
    assert secret not in keys.new.text
    qtbot.waitUntil(lambda: len(keys.revokes) == 1, timeout=PATIENCE_MS)
    assert page.banner.button.text() == "Restart the engine room"
    next(iter(keys.revokes.values())).click()
    keys._confirm.yes.click()
    qtbot.waitUntil(lambda: keys.revokes == {}, timeout=PATIENCE_MS)
    assert page.keys.keys[0].limits.requests_per_minute == 60


def test_runtimes_storage_and_capture(page: SettingsPage, room: EngineRoomProcess, qtbot: QtBot) -> None:
    """What serves, what an installation would find, where things lie, and what is written down."""
    assert [row.view.product for row in page.runtime_section.rows] == ["llama.cpp"]
    assert page.runtime_section.rows[0].buttons == {}
    page.runtime_section.look.click()
    qtbot.waitUntil(lambda: bool(page.runtimes.looks), timeout=PATIENCE_MS)
    page.runtime_section.address.setText("http://127.0.0.1:9/v1")
    page.runtime_section.attach.click()
    qtbot.waitUntil(lambda: page.runtime_section.notice.text != "", timeout=PATIENCE_MS)
    assert [name for name, _ in page.storage.facts.facts] == [
        "Models",
        "Engines",
        "Runtimes",
        "Data and ledger",
        "Logs",
    ]
    page.capture.turn.click()
    qtbot.waitUntil(lambda: page.capture.turn.text() == "End it", timeout=PATIENCE_MS)
    page.capture.turn.click()
    qtbot.waitUntil(lambda: page.capture.turn.text() == "Write them down", timeout=PATIENCE_MS)


def test_every_control_has_a_name_and_the_window_keeps_its_own(page: SettingsPage) -> None:
    """In every section; colours count at once."""
    for section in Section:
        page.open_at(section)
        assert unnamed(page) == []
    before = page.look.colours.currentData()
    page.look.colours.setCurrentIndex(page.look.colours.findData(Choice.CONTRAST_DARK))
    assert page.window().desk.settings.value("colours") == "contrast_dark"
    page.look.colours.setCurrentIndex(page.look.colours.findData(before))
