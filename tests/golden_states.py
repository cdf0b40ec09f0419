"""What is to be seen on the pictures of ``ui/golden.py``."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage

from engineroom_ui.link.session import Phase
from engineroom_ui.pages.engines import EnginesPage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from window_kit import connected

PATIENCE_S = 90.0


def wait(seconds: float) -> None:
    """Let the event loop run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def until(true: Callable[[], bool], what: str) -> None:
    """Let the event loop run until something is so."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > deadline_s:
            raise TimeoutError(what)
        wait(0.05)


def settled(grab: Callable[[], QImage], look_s: float) -> QImage:
    """The picture that is the same at two looks in a row: what is laid out late on a busy computer is in it."""
    deadline_s = time.monotonic() + PATIENCE_S
    wait(look_s)
    picture = grab()
    while time.monotonic() < deadline_s:
        wait(look_s)
        before, picture = picture, grab()
        if picture == before:
            break
    return picture


def put_into_state(desktop: Desktop, state: str, *, daemon: bool) -> None:
    """A page with its content: a name of :class:`Place`, or one of the states below."""
    if daemon:
        until(connected(desktop), "the daemon")
    else:
        until(lambda: desktop.session.view.phase is Phase.START_FAILED, "the attempt to start one")
    if state in _STATES:
        _STATES[state](desktop)
    else:
        desktop.window.show_page(Place(state))
    if state == "plan":
        until(desktop.window.plan.picture.isVisible, "the plan")
    if state == "models":
        until(lambda: bool(desktop.window.models.details.ways), "ways to have the model")


def _failed(desktop: Desktop) -> None:
    home = desktop.window.home
    home.serve.button.click()
    until(lambda: home.serve.state_word == "Failed", "the failure")


def _chat(desktop: Desktop) -> None:
    from engineroom_ui.link.chat import AnswerFigures
    from engineroom_ui.state.conversations import Column, Conversation, Turn

    desktop.window.show_page(Place.CHAT)
    figures = AnswerFigures(ttft_s=0.118, tokens_per_s=52.4, completion_tokens=156, stopped=False, finish_reason="stop")
    text = (
        "**Paris** is the capital of France.\n\n1. It lies on the *Seine*.\n2. About 2.1 million people live there.\n\n"
        "```python\ncapital = {'France': 'Paris'}\nprint(capital['France'])\n```\n\nAsk `capital.get(...)` for others."
    )
    turn = Turn(question="What is the capital of France?", answer=text, figures=figures, joules=61.0)
    conversation = Conversation(columns=[Column(model=desktop.room.models[0].id, turns=[turn])])
    desktop.window.chat.show_conversation(conversation)


def _engines(desktop: Desktop) -> None:
    desktop.window.show_page(Place.ENGINES)
    page = desktop.window.pages.page(Place.ENGINES)
    assert isinstance(page, EnginesPage)
    until(lambda: page.pane.beside.count() > 1, "the engines")


def _first_steps(desktop: Desktop) -> None:
    desktop.first_run.show()
    until(lambda: desktop.window.home.offers.recommended is not None, "the recommendation")
    page = desktop.first_run.page
    assert page is not None
    page.show_step(1)


def _settings(desktop: Desktop) -> None:
    desktop.window.show_page(Place.SETTINGS, "keys")


def _models_away(desktop: Desktop) -> None:
    desktop.window.show_page(Place.MODELS)


def _plan_reading(desktop: Desktop) -> None:
    desktop.window.show_page(Place.PLAN)
    until(lambda: "Reading" in desktop.window.plan.empty_text, "the question")


_STATES: dict[str, Callable[[Desktop], None]] = {
    "failed": _failed,
    "chat": _chat,
    "engines": _engines,
    "first-steps": _first_steps,
    "settings": _settings,
    "models-away": _models_away,
    "plan-reading": _plan_reading,
}
