"""What is found of an engine that failed, and the ways out of it as buttons: looked at first, then done."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from engineroom.contract.control import FollowUp, FollowUpState, JobKind, JobState, JobView
from engineroom.contract.doctor import Change, FixAction, FixBar, FixMode, FixRequest, FixResult, FixView, Orphan
from engineroom.contract.problems import Code
from engineroom.domain.errors import Problem
from engineroom.domain.fix_steps import FixStep, step
from engineroom_ui.link.http import Failure
from engineroom_ui.text.fixes import bar
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.finding_card import FindingCard
from fakes.fake_desk import finding

STARTS = step(FixStep.START_AGAIN, engine="m")
GAME = Orphan(pid=77, created_s=5.0, program="game", mark="other", gpu_uuid="g", memory_bytes=3 * 2**30)


class Card(FindingCard):
    """One that remembers what it was asked for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.asked: list[tuple[str, FixRequest]] = []
        self.fix_asked.connect(lambda engine, wish: self.asked.append((engine, wish)))


@pytest.fixture
def card(qapp: QApplication) -> Iterator[Card]:
    made = Card(Theme(qapp, Choice.LIGHT))
    yield made
    made.deleteLater()


def shown(card: Card, *fixes: FixView) -> list[QPushButton]:
    card.show_finding(replace(finding(), fixes=fixes))
    return card.buttons


def test_tried_on_paper_then_done_and_done_all_the_same(card: Card) -> None:
    look, do = shown(card, FixView(fix=FixAction.MORE_CARDS, mode=FixMode.AUTOMATIC, does=("build m over 2 cards",)))
    engine = finding().engine
    look.click()
    assert card.asked == [(engine, FixRequest(fix=FixAction.MORE_CARDS, dry_run=True))]
    card.show_result(FixResult(engine=engine, fix=FixAction.MORE_CARDS, dry_run=True, lines=("the plan: bf16",)))
    assert "the plan: bf16" in card.answer
    on_paper = FixResult(engine=engine, fix=FixAction.MORE_CARDS, dry_run=True, lines=("a",), steps=(STARTS,))
    card.show_result(on_paper)
    assert card.answer.endswith("start m again"), "in words of the window's own"
    do.click()
    assert card.asked[-1] == (engine, FixRequest(fix=FixAction.MORE_CARDS))
    needs = Problem(code=Code.BUILD_NEEDS_YES, facts={"model": "m", "gpu": "g", "reason": "untested here"})
    card.show_refusal(Failure(problem=needs))
    assert not card.all_the_same.isHidden()
    card.all_the_same.click()
    assert card.asked[-1] == (engine, FixRequest(fix=FixAction.MORE_CARDS, accept=True))
    card.show_refusal(Failure(problem=replace(needs, code=Code.BUILD_REFUSED)))
    assert card.all_the_same.isHidden(), "a refusal is a refusal"


def test_a_knob_that_was_not_set_is_not_called_none(card: Card) -> None:
    shown(
        card,
        FixView(fix=FixAction.SET_PTXAS, mode=FixMode.AUTOMATIC, changes=(Change(knob="K", before=None, after="/p"),)),
    )
    assert "K: not set → /p" in card.titles[0].accessibleName()


def test_a_program_of_the_user_has_a_button_of_its_own(card: Card) -> None:
    free = FixView(fix=FixAction.FREE_MEMORY, mode=FixMode.AUTOMATIC, does=("end game",), holders=(GAME,))
    look, end = shown(card, free)
    assert ("game (77, 3.0 GiB)" in end.text(), "game" in look.text()) == (True, False)
    assert "game" in end.accessibleName()
    end.click()
    assert card.asked == [(finding().engine, FixRequest(fix=FixAction.FREE_MEMORY, end=(77,)))]
    both = shown(card, replace(free, does=("stop other", "end game")))
    assert len(both) == 3, "what is ours may be ended without naming anything"


def test_what_a_person_has_to_do_says_why(card: Card) -> None:
    driver = FixView(
        fix=FixAction.UPDATE_DRIVER, mode=FixMode.MANUAL, bar=FixBar.RIGHTS, command="apt", page="https://n"
    )
    assert [one.text() for one in shown(card, driver)] == ["Copy the command", "Open the page"]
    assert [bar(FixBar.RIGHTS) in title.accessibleName() for title in card.titles] == [True]


def test_what_a_fix_has_begun_is_told_until_an_engine_is_started(card: Card) -> None:
    then = FollowUp(engine=finding().engine, fix=FixAction.CHOOSE_OTHER_MODEL)
    job = JobView(id="j", kind=JobKind.BUILD, subject="m", state=JobState.RUNNING, created_at_s=0.0, follow_up=then)
    card.show_finding(finding())
    assert card.begun.isHidden()
    (first, *_) = buttons = list(card.buttons)
    card.show_finding(replace(finding(), job=job))
    assert "Choose another model: its job is under way" in card.begun.text()
    refused = Problem(code=Code.BUILD_NEEDS_YES, facts={"model": "m", "gpu": "g", "reason": "untested here"})
    stopped = replace(then, state=FollowUpState.STOPPED, problem=refused)
    card.show_finding(replace(finding(), job=replace(job, state=JobState.DONE, follow_up=stopped)))
    assert "it stopped half way" in card.begun.text()
    assert "untested here" in card.begun.text()
    assert card.buttons == buttons, "the ways out are not drawn anew for it"
    assert first.isEnabled()
    lost = replace(job, state=JobState.FAILED, problem=Problem(code=Code.DISK_FULL, facts={}))
    card.show_finding(replace(finding(), job=lost))
    assert "its job has failed" in card.begun.text()
    for over in (replace(then, state=FollowUpState.DONE), None):
        card.show_finding(replace(finding(), job=replace(job, state=JobState.DONE, follow_up=over)))
        assert card.begun.isHidden()
