"""The Plan page against the fake daemon."""

import json
import os

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from engineroom_ui.pages.plan import PlanPage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.state.plan_wire import WireSpeed
from engineroom_ui.widgets.plan_bar import PlanBar
from window_kit import OpenWindow, StartFake, Until, connected, noted, reached_by_tab

GIB = 1024**3
BROOK, RIVER = "acme/Brook-8B", "acme/River-32B"


@pytest.fixture
def plan(start_fake: StartFake, open_window: OpenWindow, until: Until) -> object:
    """Opens a window on the Plan page, beside a fake daemon with these options."""

    def open_plan(*options: str) -> tuple[Desktop, PlanPage]:
        start_fake(*options)
        desktop = open_window()
        desktop.window.show_page(Place.PLAN)
        until(connected(desktop))
        return desktop, desktop.window.plan

    return open_plan


@pytest.fixture
def planned(plan, until: Until) -> object:
    """The same, with a first plan on it."""

    def open_planned(*options: str) -> tuple[Desktop, PlanPage]:
        desktop, page = plan(*(options or ("--gpus", "1")))
        until(page.picture.isVisible)
        settled(desktop, until)
        return desktop, page

    return open_planned


def settled(desktop: Desktop, until: Until) -> None:
    until(lambda: not desktop.room.planner.waiting)


def asked(desktop: Desktop) -> list[dict[str, object]]:
    return [json.loads(text.removeprefix("planned ")) for text in noted(desktop) if text.startswith("planned ")]


def pick(page: PlanPage, text: str) -> None:
    page.question.model.lineEdit().setText(text)
    QTest.keyClick(page.question.model.lineEdit(), Qt.Key.Key_Return)


def too_much(page: PlanPage) -> None:
    """Ask for more than the card has."""
    pick(page, RIVER)
    page.picture.context.field.setValue(32_000)
    page.picture.concurrency.field.setValue(4)


def sizes(bar: PlanBar) -> dict[str, float]:
    return {part.key: part.value_bytes for part in bar.stack.slices}


def test_the_best_model_of_the_list_is_planned_first(planned, until: Until) -> None:
    """For the machine's own card, as it is now; the bar, its words and its legend say the same."""
    desktop, page = planned()
    assert page.question.model.model_id == BROOK
    assert page.question.card.currentData() == "GPU-fake-0"
    assert page.picture.badge.text() == "Fits"
    assert "FP8 on TensorRT-LLM" in page.picture.sentence.text()
    bill = desktop.room.planner.plan.bill
    stack = page.picture.bar.stack
    assert stack.end_bytes == bill.total_bytes + bill.held_bytes
    assert stack.low_bytes < stack.end_bytes < stack.high_bytes < stack.usable_bytes < stack.card_bytes
    told = page.picture.bar.accessibleDescription()
    assert "Weights: 7.5 GiB" in told
    assert "Held by others: 676 MiB" in told
    assert "usable" in told
    until(lambda: "Xorg (412 MiB)" in page.picture.note.text())
    assert page.picture.whose.isHidden()
    assert page.empty_text == ""


def test_speeds_are_estimates_with_their_range(planned) -> None:
    """And said to be."""
    _, page = planned()
    assert "estimate" in page.speed.each.told
    assert "tok/s" in page.speed.each.told
    assert " to " in page.speed.each.told
    assert page.speed.all.isHidden()
    assert page.speed.energy.told.endswith(" J")
    page.speed.show_speed(WireSpeed(decode_tokens_per_s=40.0, prefill_tokens_per_s=900.0, measured_answers=6))
    assert "measured here" in page.speed.each.told
    assert "estimate" in page.speed.prompt.told


def test_dragging_asks_for_the_newest_only(planned, until: Until) -> None:
    """One question at a time, however fast the hand; the last value is the one that stands."""
    desktop, page = planned("--gpus", "1", "--plan-s", "0.15")
    before = len(asked(desktop))
    slider = page.picture.context.slider
    for x in range(slider.width() // 3, slider.width() // 2, 2):
        QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, 24))
    last = page.picture.context.field.value()
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, 24))
    settled(desktop, until)
    assert desktop.room.planner.plan.context == last
    until(lambda: asked(desktop)[-1].get("context_tokens") == last)
    assert len(asked(desktop)) - before <= 3


def test_more_context_makes_the_cache_grow(planned, until: Until) -> None:
    """The bar moves there and rests."""
    desktop, page = planned()
    before = sizes(page.picture.bar)
    page.picture.context.slider.setFocus()
    QTest.keyClick(page.picture.context.slider, Qt.Key.Key_PageUp)
    settled(desktop, until)
    until(lambda: sizes(page.picture.bar)["kv"] == 2 * before["kv"])
    assert sizes(page.picture.bar)["weights"] == before["weights"]
    until(lambda: page.picture.bar.resting)


def test_largest_buttons_turn_the_dials(planned, until: Until) -> None:
    """To what the daemon says, to the token."""
    desktop, page = planned()
    picture = page.picture
    assert "131,072" in picture.context.button.text()
    picture.context.button.click()
    settled(desktop, until)
    assert picture.context.field.value() == 131_072
    most = desktop.room.planner.plan.concurrency_max
    picture.concurrency.button.click()
    settled(desktop, until)
    assert picture.concurrency.field.value() == most == asked(desktop)[-1]["concurrency"]


def test_what_does_not_fit_says_what_would(planned, until: Until) -> None:
    """The missing size, and ways to take with one press; a way this window cannot take has no button."""
    desktop, page = planned()
    too_much(page)
    settled(desktop, until)
    until(lambda: page.picture.badge.text() == "Does not fit")
    assert "lacks" in page.picture.sentence.text()
    assert "Missing" in page.picture.bar.accessibleDescription()
    assert page.speed.isHidden(), "what does not fit answers at no rate"
    names = {row.button.accessibleName(): row for row in page.ways.list.rows}
    shorter = next(name for name in names if "Context of" in name)
    names[shorter].button.click()
    settled(desktop, until)
    assert asked(desktop)[-1]["context_tokens"] == desktop.room.planner.plan.context
    assert f"{asked(desktop)[-1]['context_tokens']:,}" in shorter
    until(page.speed.isVisible)


def test_a_cache_format_is_taken_by_its_other_name(planned, until: Until) -> None:
    """The plan's ``kv_format`` is the question's ``kv_dtype``; the selector follows."""
    desktop, page = planned()
    too_much(page)
    until(page.ways.isVisible)
    page.ways.list.rows[0].button.click()
    settled(desktop, until)
    assert asked(desktop)[-1]["kv_dtype"] == "nvfp4"
    assert page.question.kv_dtype.currentText() == "NVFP4"


def test_a_card_one_does_not_own(planned, until: Until) -> None:
    """Is said to be a what-if; nobody holds its memory."""
    desktop, page = planned()
    card = page.question.card
    names = [card.itemText(at) for at in range(card.count())]
    assert names[0].startswith("RTX 4090")
    assert "GeForce RTX 4090" not in {str(card.itemData(at)) for at in range(card.count())}
    at = card.findData("GeForce RTX 5090")
    card.setCurrentIndex(at)
    card.activated.emit(at)
    settled(desktop, until)
    assert page.picture.whose.text() == "what if: not your card"
    assert sizes(page.picture.bar)["held"] == 0
    assert "Held" not in page.picture.note.text()
    assert asked(desktop)[-1]["gpu"] == "GeForce RTX 5090"


def test_a_simulated_card_says_so(planned) -> None:
    """It is not a what-if, and not real either."""
    _, page = planned("--gpus", "1", "--simulated")
    assert page.picture.whose.text() == "simulated card"


def test_more_cards_than_there_are_is_a_what_if(planned, until: Until) -> None:
    """Two of the one there is."""
    desktop, page = planned()
    page.question.cards.setCurrentIndex(1)
    page.question.cards.activated.emit(1)
    settled(desktop, until)
    assert asked(desktop)[-1]["gpus"] == 2
    assert page.picture.whose.text() == "what if: not your card"


def test_cards_say_how_they_are(planned, until: Until) -> None:
    """Free of total, live, and numbered where there are several."""
    _, page = planned("--gpus", "2")
    until(lambda: page.question.card.itemText(1) == "RTX 4090 #1: 14.8 GiB of 24.0 GiB free")


def test_no_card_here_is_a_what_if(planned) -> None:
    """A machine without a card plans for one of the table."""
    _, page = planned("--models", "1")
    assert page.picture.whose.text() == "what if: not your card"
    assert page.question.card.currentData() == "GeForce RTX 4090"


def test_an_unknown_model_is_explained(planned, until: Until) -> None:
    """In place of the picture, which would be another's; one press plans for a model of the list instead."""
    _, page = planned()
    assert page.empty.offers.isHidden()
    pick(page, "nobody/nothing")
    until(lambda: "no model named nobody/nothing" in page.empty_text)
    assert page.picture.isHidden()
    assert page.why.isHidden()
    assert [row.name for row in page.empty.offers.rows] == ["Brook 8B", "River 32B"], "what does not fit is not offered"
    assert "tok/s" in page.empty.offers.rows[0].facts
    page.empty.offers.rows[0].button.click()
    until(page.picture.isVisible)
    assert page.question.model.model_id == BROOK
    assert page.empty.offers.isHidden()


def test_what_cannot_be_told_is_not_made_up(planned, until: Until) -> None:
    """No bar, no speed, no button; the reason stands there unasked."""
    desktop, page = planned()
    pick(page, "acme/Mist-7B")
    until(lambda: page.picture.badge.text() == "Unknown")
    picture = page.picture
    assert picture.bar.isHidden()
    assert page.speed.isHidden()
    assert "MistForCausalLM" in picture.warning.text()
    assert not picture.context.button.isEnabled()
    assert picture.context.button.text() == "Largest: not known"
    assert page.why.unfold_bill.isHidden()
    assert page.why.unfold_config.isHidden()
    if folder := os.environ.get("ENGINEROOM_SHOTS"):
        desktop.window.grab().save(f"{folder}/plan-unknown.png")


def test_a_slow_answer_takes_the_old_picture_away(planned, until: Until) -> None:
    """A plan of another model must not stay under the new name."""
    _, page = planned("--gpus", "1", "--plan-s", "1.5")
    pick(page, RIVER)
    until(lambda: "Reading the model" in page.empty_text)
    until(page.picture.isVisible)


def test_no_daemon_no_plan(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Said, also when it goes away; a new one is asked again."""
    first = start_fake("--gpus", "1")
    desktop = open_window()
    page = desktop.window.plan
    desktop.window.show_page(Place.PLAN)
    assert "without the engine room" in page.empty_text
    until(page.picture.isVisible)
    first.kill()
    first.wait()
    until(lambda: "without the engine room" in page.empty_text)
    start_fake("--gpus", "1")
    until(page.picture.isVisible)


def test_why_and_the_serve_configuration(planned, until: Until) -> None:
    """Known codes are sentences, unknown ones are shown; the configuration is copied whole."""
    _, page = planned()
    why = page.why
    assert why.reasons.isHidden()
    why.unfold_reasons.click()
    assert "FP8 on TensorRT-LLM is the best of 4 candidates" in why.reasons.text()
    assert "made_up_by_the_fake: total_bytes" in why.reasons.text()
    assert why.unfold_reasons.text() == "Why"
    why.unfold_bill.click()
    assert ("KV cache", "2.0 GiB  ·  by formula") in why.bill.facts
    why.unfold_config.click()
    why.config.button.click()
    copied = QGuiApplication.clipboard().text()
    assert "max_seq_len: 32768" in copied
    assert copied == why.config.view.toPlainText()


def test_candidates_that_lost_say_why(planned, until: Until) -> None:
    """And can be had all the same."""
    desktop, page = planned()
    too_much(page)
    until(page.ways.isVisible)
    page.why.unfold_losers.click()
    (loser,) = page.why.losers.rows
    assert "BF16" in loser.button.accessibleName()
    loser.button.click()
    settled(desktop, until)
    assert asked(desktop)[-1]["precision"] == "bf16"


def test_the_wish_and_the_choices_are_asked_for(planned, until: Until) -> None:
    """Auto is left out of the question."""
    desktop, page = planned()
    assert "precision" not in asked(desktop)[-1]
    page.question.wish.button("quality").click()
    at = page.question.precision.findData("bf16")
    page.question.precision.setCurrentIndex(at)
    page.question.precision.activated.emit(at)
    settled(desktop, until)
    assert {"wish": "quality", "precision": "bf16"}.items() <= asked(desktop)[-1].items()


def test_the_model_is_remembered(planned, until: Until, open_window: OpenWindow) -> None:
    """For the next window, by its id."""
    desktop, page = planned()
    pick(page, "river 32b")
    settled(desktop, until)
    desktop.window.close()
    again = open_window()
    again.window.show_page(Place.PLAN)
    until(again.window.plan.picture.isVisible)
    assert again.room.planner.plan.model == RIVER


def test_a_page_nobody_sees_asks_for_nothing(
    start_fake: StartFake, open_window: OpenWindow, until: Until, qtbot
) -> None:
    """The plan begins when the page is opened."""
    start_fake("--gpus", "1")
    desktop = open_window()
    until(connected(desktop))
    qtbot.wait(400)
    assert asked(desktop) == []
    desktop.window.show_page(Place.PLAN)
    until(desktop.window.plan.picture.isVisible)


def test_everything_on_the_page_is_reached_by_keyboard(planned, until: Until) -> None:
    """Each part has a name; the bar is a stop of its own, for its words."""
    desktop, page = planned()
    too_much(page)
    until(page.ways.isVisible)
    why = page.why
    for button in (why.unfold_reasons, why.unfold_losers, why.unfold_bill, why.unfold_config):
        button.click()
    window = desktop.window
    reached = reached_by_tab(window, 90)
    kinds = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, PlanBar)
    wanted = [
        part
        for part in page.findChildren(QWidget)
        if isinstance(part, kinds)
        and part.isVisible()
        and part.isEnabled()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not part.objectName().startswith("qt_")
    ]
    assert len(wanted) > 20
    # An editable list and its line are one stop.
    inside = {part.lineEdit(): part for part in wanted if isinstance(part, QComboBox) and part.isEditable()}
    missed = [part for part in wanted if part not in reached and inside.get(part) not in reached]
    assert [part.accessibleName() for part in missed] == []
    assert [repr(part) for part in wanted if not part.accessibleName()] == []


def cut_off(body: QWidget) -> list[QWidget]:
    """Parts that reach beyond the right edge; a layout may still be settling."""
    shown = (part for part in body.findChildren(QWidget) if part.isVisible() and not part.isWindow())
    return [part for part in shown if part.mapTo(body, QPoint(part.width(), 0)).x() > body.width()]


@pytest.mark.parametrize("verdict", ["fits", "no"])
def test_smallest_size_holds_the_page(planned, until: Until, verdict: str) -> None:
    """At 960 by 640 nothing is cut off sideways."""
    desktop, page = planned()
    desktop.window.resize(960, 640)
    if verdict == "no":
        too_much(page)
        until(page.ways.isVisible)
        page.why.unfold_losers.click()
    body = page.area.widget()
    until(lambda: body.width() <= page.area.viewport().width())
    until(lambda: not cut_off(body))
