"""What the live test of the page Connect came to, before its lines are read."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engineroom.contract.connect import ProbeResult, ProbeStatus, ProbeStep
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.probe_card import ProbeCard

P, L, F, N = ProbeStatus.PASSED, ProbeStatus.LACKING, ProbeStatus.FAILED, ProbeStatus.NOT_RUN
CODES = {
    ProbeStep.REACHED: {P: "reached", F: "key_refused"},
    ProbeStep.MODEL: {P: "listed", L: "not_listed", N: "not_asked"},
    ProbeStep.ANSWERED: {P: "answered", F: "refused", N: "not_asked"},
    ProbeStep.TOOL_CALL: {P: "called", L: "in_words", N: "no_tools_here"},
}
FACTS = {
    "status": 401,
    "model": "m",
    "message": "no",
    "text": "Paris",
    "first_ms": 90.0,
    "name": "w",
    "arguments": "{}",
}
TOLD = {
    "works": ((P, P, P, P), "Works", "ok"),
    "works where there are no tools": ((P, P, P, N), "Works", "ok"),
    "a model that is not listed answers all the same": ((P, L, P, P), "Works", "ok"),
    "words": ((P, P, P, L), "Answers, but calls no tool", "warn"),
    "refused": ((P, P, F, N), "Does not work", "bad"),
    "no key": ((F, N, N, N), "Does not work", "bad"),
}


@pytest.mark.parametrize("case", TOLD)
def test_the_test_ends_in_a_verdict(qtbot: QtBot, case: str) -> None:
    """Only once it is over; each line is told to a screen reader with its step and word."""
    how, word, ink = TOLD[case]
    card = ProbeCard(Theme(QApplication.instance(), Choice.LIGHT))  # type: ignore[arg-type]
    qtbot.addWidget(card)
    card.show()
    assert card.verdict == ""
    card.begin()
    for step, status in zip(ProbeStep, how, strict=True):
        card.take((ProbeResult(step=step, status=status, code=CODES[step][status], facts=FACTS),))
        assert card.verdict == ""
    card.end()
    assert (card.verdict, card._verdict.property("ink")) == (word, ink)
    card.clear()
    assert card.verdict == ""
