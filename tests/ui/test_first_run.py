"""The first steps: two presses to a served starter model, and out of the way at once if unwanted."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from engineroom_ui.pages.welcome import WelcomePage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from window_kit import OpenWindow, StartFake, Until, connected, state


class Presses(QObject):
    """Counts what the person does: clicks and key presses that reach the window."""

    def __init__(self) -> None:
        super().__init__()
        self.clicks = 0
        self.keys: list[int] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(watched, QWidget) and event.type() is QEvent.Type.MouseButtonPress:
            self.clicks += isinstance(watched, QAbstractButton)
        return False


def press(part: QWidget) -> None:
    """As a mouse does: where the part is, and only if it can be seen."""
    assert part.isVisible()
    assert not part.visibleRegion().isEmpty()
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)


def welcomed(desktop: Desktop) -> WelcomePage:
    desktop.first_run.show_once()
    page = desktop.first_run.page
    assert page is not None
    assert desktop.window.pages.currentWidget() is page
    return page


@pytest.mark.parametrize("cards", ["0", "1"])
def test_two_clicks_to_a_served_model(
    qapp: QApplication, start_fake: StartFake, open_window: OpenWindow, until: Until, cards: str
) -> None:
    """Nothing but two clicks, counted; then the address can be copied and a question is answered."""
    start_fake("--gpus", cards)
    desktop = open_window()
    page = welcomed(desktop)
    counted = Presses()
    qapp.installEventFilter(counted)
    until(connected(desktop))
    until(lambda: len(page.found.list.told) > 1)
    press(page.go_on)
    press(page.pick.starter.button)
    until(state(desktop, "Serving"))
    qapp.removeEventFilter(counted)
    assert counted.clicks == 2
    assert page.at == 2
    until(lambda: page.told == "Your model is served here")
    page.served.engine.address.copy()
    assert QGuiApplication.clipboard().text().endswith("/v1")
    press(page.served.trial.button)
    until(lambda: "tok/s" in page.served.trial.note)
    assert "Paris" in page.served.trial.answer
    press(page.go_on)
    assert desktop.window.header.title == "Serve"


def test_what_was_found_is_said(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Each card with its memory, the processor, the driver in words; a card that is only played says so."""
    start_fake("--gpus", "2", "--simulated")
    desktop = open_window()
    page = welcomed(desktop)
    until(lambda: len(page.found.list.told) == 4)
    first, second, host, driver = page.found.list.told
    assert "RTX 4090" in first
    assert "24.0 GiB" in first
    assert "Simulated card" in second
    assert "Ryzen" in host
    assert "64.0 GiB" in host
    assert driver.startswith("NVIDIA driver works")
    assert "580.95.05" in driver


def test_without_a_driver_it_says_so_and_goes_on(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    start_fake()
    desktop = open_window()
    page = welcomed(desktop)
    until(lambda: len(page.found.list.told) == 2)
    assert page.found.list.told[1].startswith("No NVIDIA driver on this machine: With an NVIDIA card, install")
    press(page.go_on)
    assert page.pick.recommended.isHidden()
    assert page.pick.starter.isVisible()


def test_without_an_engine_room_nothing_is_blocked(open_window: OpenWindow) -> None:
    """Each step can be looked at and left."""
    desktop = open_window()
    page = welcomed(desktop)
    assert page.found.list.told == ["The engine room does not answer yet; this fills by itself."]
    press(page.go_on)
    assert page.at == 1
    assert page.pick.starter.isHidden()
    press(page.skip)
    assert desktop.window.header.title == "Serve"


def test_it_is_shown_once_and_again_from_the_menu(open_window: OpenWindow) -> None:
    """However it was left: here by another page of the sidebar, which can be pressed all the while."""
    first = open_window()
    welcomed(first)
    press(first.window.sidebar.button(Place.MONITOR))
    assert first.window.header.title == "Monitor"
    assert first.window.sidebar.current is Place.MONITOR
    second = open_window()
    second.first_run.show_once()
    assert second.first_run.page is None
    second.window.menus.welcome_asked.emit()
    assert second.window.pages.currentWidget() is second.first_run.page
    assert second.window.sidebar.current is None


def test_the_recommendation_stands_first(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Its button does what the page Serve's does; the starter model is there all the while."""
    start_fake("--gpus", "1")
    desktop = open_window()
    page = welcomed(desktop)
    until(lambda: desktop.window.home.offers.recommended is not None)
    press(page.go_on)
    recommended, other = page.pick.recommended, page.pick.starter
    assert recommended.isVisible()
    assert recommended.y() < other.y()
    assert recommended.accessibleName().startswith("Recommended for RTX 4090: ")
    assert recommended.button.text() == desktop.window.home.offers.hero.button.text()
    page.back.click()
    assert page.at == 0


def test_by_keyboard_alone(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Enter and Enter serve; Tab reaches every button of a step; Escape leaves."""
    start_fake("--gpus", "1")
    desktop = open_window()
    page = welcomed(desktop)
    until(connected(desktop))
    until(lambda: len(page.found.list.told) > 1)
    assert page.go_on.hasFocus()
    QTest.keyClick(page.go_on, Qt.Key.Key_Return)
    assert page.pick.starter.button.hasFocus()
    QTest.keyClick(page.pick.starter.button, Qt.Key.Key_Return)
    until(lambda: page.served.engine.state_word == "Serving")
    until(page.served.trial.isEnabled)
    reached: set[QWidget] = set()
    for _ in range(60):
        QTest.keyClick(desktop.window.focusWidget(), Qt.Key.Key_Tab)
        reached.add(desktop.window.focusWidget())
    served = page.served
    wanted = {page.go_on, page.back, served.trial.field, served.trial.button, served.chat, served.connect_app}
    assert wanted <= reached
    page.back.setFocus()
    QTest.keyClick(page.back, Qt.Key.Key_Escape)
    assert desktop.window.pages.currentWidget() is not page


def test_the_keyboard_stays_where_one_goes_on(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """From Ask it goes to the question; from Done to what leads on, and never to what stops the engine."""
    start_fake("--gpus", "1", "--token-s", "0.001")
    desktop = open_window()
    page = welcomed(desktop)
    until(connected(desktop))
    press(page.go_on)
    press(page.pick.starter.button)
    trial = page.served.trial
    until(trial.isEnabled)
    trial.button.setFocus()
    QTest.keyClick(trial.button, Qt.Key.Key_Return)
    assert trial.field.hasFocus()
    until(trial.button.isEnabled)
    assert trial.field.hasFocus()
    page.go_on.setFocus()
    QTest.keyClick(page.go_on, Qt.Key.Key_Return)
    assert desktop.window.header.title == "Serve"
    assert desktop.window.home.serve.button.text() == "Stop"
    assert desktop.window.focusWidget() is desktop.window.home.serve.chat_button


def test_an_engine_that_does_not_start_says_why(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """The sentence stands in the step; there is a way back, and nothing can be asked."""
    start_fake("--fail", "gguf_truncated")
    desktop = open_window()
    page = welcomed(desktop)
    until(connected(desktop))
    press(page.go_on)
    press(page.pick.starter.button)
    until(lambda: page.told == "Your model did not start")
    assert "cut short" in page.served.engine.problem_text
    assert not page.served.trial.isEnabled()
    press(page.back)
    assert page.pick.starter.button.text() == "Serve"
