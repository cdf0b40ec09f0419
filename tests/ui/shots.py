"""Renders the pictures of the README from the real daemon: ``python tests/ui/shots.py OUTDIR``.

Finds the running daemon (or starts one), serves the default model, asks it a few things so that there is something to
see, and writes a light and a dark picture of each page: ``home-light.png``, ``plan-dark.png`` and so on.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1.5")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from engineroom_ui.link.chat import ChatStream, Message
from engineroom_ui.link.daemon import serve_command
from engineroom_ui.link.session import Phase
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.theme.apply import Choice

PATIENCE_S = 300.0
LONGER = ("Write a short poem about the sea.", "Name ten rivers of Europe.", "Explain how a steam engine works.")
OTHER_CLIENTS = 2
PICTURES = (
    (Place.SERVE, "home"),
    (Place.CHAT, "chat"),
    (Place.MODELS, "models"),
    (Place.PLAN, "plan"),
    (Place.MONITOR, "monitor"),
)
QUESTIONS = (
    "Explain in two sentences why the sky is blue.",
    "What is the capital of France?",
)


def wait_for(true: Callable[[], bool]) -> None:
    """Let the event loop run until something is so."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > deadline_s:
            sys.exit("waited too long; is the daemon well?")
        pause(0.05)


def pause(seconds: float) -> None:
    """Let the event loop run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def serve_and_ask(desktop: Desktop, busy_s: float) -> None:
    """Bring the window into the state the pictures show."""
    home = desktop.window.home
    wait_for(lambda: desktop.session.view.phase is Phase.CONNECTED)
    if home.serve.state_word != "Serving":
        home.press_serve()
    wait_for(lambda: home.serve.state_word == "Serving")
    busy(desktop, busy_s)
    chat = desktop.window.chat
    for question in QUESTIONS:
        chat.bar.field.setPlainText(question)
        chat.send()
        answer = chat.pane.answers[-1]
        wait_for(lambda answer=answer: "tokens" in answer.note)
        pause(4)


def busy(desktop: Desktop, seconds: float) -> None:
    """Other clients ask too, now and then, so that the charts have something to show."""
    streams = [ChatStream(desktop.client, desktop) for _ in range(OTHER_CLIENTS)]
    ends_s = time.monotonic() + seconds
    while time.monotonic() < ends_s:
        for stream in streams:
            if not stream.busy and random.random() < 0.6:
                stream.ask(desktop.window.home.engine.model_id, [Message(role="user", content=random.choice(LONGER))])
        pause(5)
        if random.random() < 0.3:
            for stream in streams:
                stream.abandon()
            pause(6)
    for stream in streams:
        stream.abandon()


def main() -> int:
    """Write the pictures; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--busy-s", type=float, default=0.0, help="let other clients ask for so long before")
    said = parser.parse_args()
    outdir: Path = said.outdir
    outdir.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    desktop = Desktop(app, serve_command())
    desktop.window.resize(1280, 800)
    desktop.window.show_log(on=False)
    desktop.show()
    serve_and_ask(desktop, said.busy_s)
    stream = ChatStream(desktop.client, desktop)
    stream.ask(desktop.window.home.engine.model_id, [Message(role="user", content=LONGER[0])])
    pause(3)
    for choice in (Choice.LIGHT, Choice.DARK):
        desktop.theme.choose(choice)
        desktop.window.header.show_choice(choice)
        for place, name in PICTURES:
            desktop.window.show_page(place)
            if place is Place.PLAN:
                wait_for(desktop.window.plan.picture.isVisible)
            if place is Place.MODELS:
                wait_for(lambda: bool(desktop.window.models.details.ways))
            pause(1)
            path = outdir / f"{name}-{choice}.png"
            desktop.window.grab().save(str(path))
            print(path)
    stream.abandon()
    desktop.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
