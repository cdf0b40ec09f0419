"""Updates of the default runtime: what is said of the versions, and the one button."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engineroom import __version__
from engineroom.contract.control import JobKind, JobState, JobView, ProblemView
from engineroom.contract.problems import Code
from engineroom.contract.runtimes import RuntimeKind, RuntimeState, RuntimeView
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.pages.settings import Section, SettingsPage
from engineroom_ui.shell.registry import Place
from engineroom_ui.state.jobs import Jobs
from engineroom_ui.state.runtimes import RuntimeShelf
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.runtime_updates import RuntimeUpdates
from models_kit import said
from window_kit import OpenWindow, StartFake, Until, connected

OLD = RuntimeView(
    id="tensorrt-llm-1.1.0-venv", product="tensorrt-llm", kind=RuntimeKind.VENV, state=RuntimeState.READY,
    version="1.1.0", is_default=True, best_version="1.2.1",
)  # fmt: skip
NEW = replace(OLD, id="tensorrt-llm-1.2.1-venv", version="1.2.1", is_default=False)
LLAMA = RuntimeView(
    id="llama.cpp", product="llama.cpp", kind=RuntimeKind.EMBEDDED, state=RuntimeState.READY, version="b1"
)
JOB = JobView(
    id="j", kind=JobKind.INSTALL, subject="TensorRT-LLM 1.2.1 (venv)", state=JobState.RUNNING, created_at_s=0,
    arguments={"version": "1.2.1", "kind": "venv"},
)  # fmt: skip


@pytest.fixture
def card(qapp: QApplication, qtbot: QtBot) -> Iterator[RuntimeUpdates]:
    theme = Theme(qapp, Choice.LIGHT)
    made = RuntimeUpdates(theme, Jobs(HttpClient(), qapp))
    qtbot.addWidget(made)
    yield made
    theme.deleteLater()


def told(card: RuntimeUpdates, *runtimes: RuntimeView) -> str:
    """Everything that is said of these runtimes, but for the quiet line."""
    card.show_runtimes((*runtimes, LLAMA))
    state = [] if card.state.isHidden() else [card.state.word]
    return " ".join([*(part.text() for part in (card.used, card.why) if not part.isHidden()), *state])


def test_the_best_one_is_up_to_date(card: RuntimeUpdates) -> None:
    words = told(card, replace(NEW, is_default=True), replace(OLD, is_default=False))
    assert words == "TensorRT-LLM 1.2.1 is in use; it is the version that Engineroom knows best. Up to date"
    assert card.button.isHidden()
    assert f"This is Engineroom {__version__}. It looks for nothing by itself" in card.quiet.text()


def test_an_older_one_can_be_updated_with_the_keyboard(card: RuntimeUpdates, qtbot: QtBot) -> None:
    assert told(card, OLD) == "TensorRT-LLM 1.1.0 is in use; Engineroom knows 1.2.1 best."
    assert not card.button.isHidden()
    assert card.button.text() == "&Update to 1.2.1"
    assert card.button.accessibleName() == "Update TensorRT-LLM to 1.2.1"
    card.show()
    card.button.setFocus()
    with qtbot.waitSignal(card.asked) as asked:
        QTest.keyClick(card.button, Qt.Key.Key_Space)
    assert asked.args == [OLD]


@pytest.mark.parametrize("lacking", [RuntimeState.INCOMPLETE, RuntimeState.BROKEN])
def test_one_that_is_not_whole_beside_it_is_taken_up_again(card: RuntimeUpdates, lacking: RuntimeState) -> None:
    told(card, OLD, replace(NEW, state=lacking))
    assert not card.button.isHidden()


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (RuntimeState.REFUSED, "1.2.1 is installed, but its gate failed: 1.1.0 stays in use."),
        (RuntimeState.INSTALLED, "1.2.1 is installed, but not proved yet: 1.1.0 stays in use."),
        (RuntimeState.READY, "1.2.1 is installed and has passed its gate; it can be made the default above."),
    ],
)
def test_one_that_lies_beside_it_is_not_installed_again(card: RuntimeUpdates, state: RuntimeState, why: str) -> None:
    """The engine room would refuse that; what keeps it from being used is said instead."""
    assert why in told(card, OLD, replace(NEW, state=state))
    assert card.button.isHidden()
    told(card, OLD, replace(NEW, state=state, kind=RuntimeKind.CONTAINER))
    assert not card.button.isHidden(), "an update is of the kind in use"


def test_a_newer_one_is_not_taken_back(card: RuntimeUpdates) -> None:
    ahead = replace(OLD, version="1.4.0rc1")
    words = "TensorRT-LLM 1.4.0rc1 is in use; it is newer than 1.2.1, which Engineroom knows best."
    assert told(card, ahead) == f"{words} Up to date"
    assert card.button.isHidden()


def test_while_it_is_installed_that_is_said(card: RuntimeUpdates) -> None:
    told(card, OLD)
    card._jobs.accept(JOB)
    assert not card.button.isEnabled()
    assert card.why.text() == "1.2.1 is being installed and tried out; 1.1.0 stays in use until its gate has passed."
    card._jobs.accept(replace(JOB, state=JobState.FAILED))
    assert card.button.isEnabled()
    assert card.why.isHidden()


@pytest.mark.parametrize("runtimes", [(), (replace(OLD, is_default=False),), (replace(OLD, best_version=None),)])
def test_without_a_default_runtime_nothing_is_said_of_updates(
    card: RuntimeUpdates, runtimes: tuple[RuntimeView, ...]
) -> None:
    """Nor beside an engine room that is older than this."""
    assert told(card, *runtimes) == ""
    assert card.button.isHidden()
    assert not card.quiet.isHidden()


def test_nothing_is_asked_before_the_button_and_then_what_the_command_line_asks(
    start_fake: StartFake, open_window: OpenWindow, until: Until
) -> None:
    start_fake("--gpus", "1", "--desk")
    desktop = open_window()
    until(connected(desktop))
    desktop.window.show_page(Place.SETTINGS, str(Section.RUNTIMES))
    page = desktop.window.pages.page(Place.SETTINGS)
    assert isinstance(page, SettingsPage)
    part = page.runtime_section
    until(lambda: part.updates.state.word == "Up to date" and part.updates.isVisible())
    page.runtimes.runtimes = (OLD, LLAMA)
    part.draw()
    assert said(desktop, "runtimes {") == []
    part.updates.button.click()
    until(lambda: bool(part.jobs.rows))
    assert said(desktop, "runtimes {") == ['runtimes {"kind": "venv", "version": null}']


def test_that_it_is_here_already_is_no_refusal(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was installed elsewhere in the meantime: what is here is asked for again; everything else is said."""
    shelf = RuntimeShelf(HttpClient())
    refused: list[Failure] = []
    asked: list[bool] = []
    shelf.refused.connect(refused.append)
    monkeypatch.setattr(shelf, "refresh", lambda: asked.append(True))
    shelf._not_updated(Failure(problem=ProblemView(code=Code.RUNTIME_EXISTS, facts={"runtime": NEW.id})))
    assert (asked, refused) == ([True], [])
    offline = Failure(problem=ProblemView(code=Code.HUB_OFFLINE, facts={"host": "the package indexes"}))
    shelf._not_updated(offline)
    assert refused == [offline]
