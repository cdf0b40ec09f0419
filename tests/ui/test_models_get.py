"""Getting models on the Models page: choices, downloads, refusals, removal, import."""

import json

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
)

from engineroom.contract.control import JobState
from engineroom_ui.shell.registry import Place
from engineroom_ui.state.library_rows import Shelf
from models_kit import CODE, GATED, HERE, MANY, PLAIN, Opened, facts, pick, press, said
from window_kit import Until


def test_of_several_sets_the_usual_one_is_offered(opened: Opened, until: Until) -> None:
    """With its size; another is judged when it is chosen; what is got is that one."""
    desktop, page = opened(Shelf.SEARCH, "--pull-s", "0.2")
    pick(page, MANY, until)
    assert [button.text() for button in page.pane.ways.buttons] == ["Q4_K_M GGUF", "Q6_K GGUF", "Q8_0 GGUF"]
    until(lambda: page.details.way.verdict == "fits")
    assert facts(page)["Download"] == "4.9 GB"
    page.pane.ways.buttons[2].click()
    until(lambda: page.details.way.verdict is not None)
    assert facts(page)["Download"] == "8.5 GB"
    press(page, until)
    until(lambda: bool(said(desktop, "/control/hub/pull")))
    asked = json.loads(said(desktop, "/control/hub/pull")[0].partition(" ")[2])
    assert (asked["variant"], len(asked["revision"])) == ("Brook-8B-Q8_0.gguf", 40)


def test_a_download_is_followed_to_the_shelf(opened: Opened, until: Until) -> None:
    """Progress, pause, going on, the end: the model is in the list and on the page that serves."""
    desktop, page = opened(Shelf.SEARCH, "--pull-s", "4")
    pick(page, PLAIN, until)
    press(page, until)
    until(lambda: "job0" in page.downloads.rows)
    row = page.downloads.rows["job0"]
    until(lambda: "left" in row.told and "of 2 files" in row.told)
    assert "GB/s" in row.told
    row.turn.click()
    until(lambda: "Paused" in row.told)
    assert "/s" not in row.told
    row.turn.click()
    until(lambda: "On this computer" in row.told)
    until(lambda: "river-32b" in {model.id for model in desktop.room.models})
    until(lambda: page.list.row is not None and page.list.row.library_id == "river-32b")
    assert page.pane.have.isVisible()
    row.end.click()
    until(page.downloads.isHidden)
    page.show_shelf(Shelf.HERE)
    until(lambda: any(row.key == "here:river-32b" for row in page.list.rows))


def test_who_presses_get_keeps_the_keyboard_there(opened: Opened, until: Until) -> None:
    """While the Hub is asked a second press does nothing."""
    desktop, page = opened(Shelf.SEARCH, "--pull-s", "3000")
    pick(page, PLAIN, until)
    until(page.pane.main.isEnabled)
    page.pane.main.setFocus()
    QTest.keyClick(page.pane.main, Qt.Key.Key_Space)
    assert page.pane.main.hasFocus()
    until(lambda: "job0" in page.downloads.rows and not page.details.asking)
    assert page.pane.main.hasFocus()
    page.details.asking = True
    page.pane.draw()
    assert page.pane.main.text() == "Asking the Hub …"
    page.pane.main.click()
    assert len(said(desktop, "/control/hub/pull")) == 1


def test_a_cancelled_download_goes(opened: Opened, until: Until) -> None:
    desktop, page = opened(Shelf.SEARCH, "--pull-s", "3000")
    pick(page, PLAIN, until)
    press(page, until)
    until(lambda: "job0" in page.downloads.rows)
    page.downloads.rows["job0"].end.click()
    until(page.downloads.isHidden)
    assert desktop.room.jobs.job("job0").state is JobState.CANCELLED


def test_a_failed_download_says_why_and_goes_on(opened: Opened, until: Until) -> None:
    """The sentence, what to do, and a button that tries again."""
    _, page = opened(Shelf.SEARCH, "--pull-s", "0.3", "--pull-fails", "disk_full")
    pick(page, PLAIN, until)
    press(page, until)
    until(lambda: "job0" in page.downloads.rows)
    row = page.downloads.rows["job0"]
    until(lambda: "is full" in row.told)
    assert "it goes on where it stopped" in row.told
    assert row.turn.accessibleName().startswith("Try again")
    row.turn.click()
    until(lambda: "On this computer" in row.told)


def test_a_gated_model_shows_the_step_that_is_missing(opened: Opened, until: Until, pages: list[str]) -> None:
    """Before it is tried, after it was refused, and after a token was stored."""
    _, page = opened(Shelf.SEARCH)
    pick(page, GATED, until)
    until(lambda: "licence" in page.pane.notice.text)
    press(page, until)
    until(lambda: "no access token is stored" in page.pane.notice.text)
    licence, token = page.pane.notice.buttons
    licence.click()
    assert pages == ["https://hub.example/meta/Llama-9-8B"]
    token.click()
    dialog = page.deeds.token
    assert "No token" in dialog.place.text()
    assert not dialog.save.isEnabled()
    dialog.field.setText("hf_secret")
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
    dialog.save.click()
    until(lambda: "mode 0600" in dialog.place.text())
    assert dialog.field.text() == ""
    dialog.forget.click()
    until(lambda: "No token" in dialog.place.text())
    dialog.field.setText("hf_secret")
    dialog.save.click()
    until(lambda: "mode 0600" in dialog.place.text())
    dialog.accept()
    press(page, until)
    until(lambda: "account has not" in page.pane.notice.text)


def test_programs_of_a_model_are_asked_about(opened: Opened, until: Until) -> None:
    """Nothing is fetched before that; the answer holds for one revision."""
    desktop, page = opened(Shelf.SEARCH)
    pick(page, CODE, until)
    press(page, until)
    assert "8f3c1d5a0b7e" in page.deeds.question.informativeText()
    assert said(desktop, "/control/hub/pull") == []
    allow = next(button for button in page.deeds.question.buttons() if "Allow" in button.text())
    allow.click()
    until(lambda: "job0" in page.downloads.rows)
    assert '"allow_code": true' in said(desktop, "/control/hub/pull")[0]


def test_removal_is_asked_about_and_told(opened: Opened, until: Until) -> None:
    """With what comes free; another answer leaves everything."""
    desktop, page = opened(Shelf.HERE)
    pick(page, HERE, until)
    page.pane.remove.click()
    question = page.deeds.question
    assert "4.9 GB come free" in question.informativeText()
    remove = next(button for button in question.buttons() if button.text() == "Remove")
    question.reject()
    assert said(desktop, "removed") == []
    page.pane.remove.click()
    remove = next(button for button in page.deeds.question.buttons() if button.text() == "Remove")
    remove.click()
    until(lambda: "4.9 GB came free" in page.banner.text)
    until(lambda: HERE not in {row.key for row in page.list.rows})


def test_what_came_along_cannot_be_removed(opened: Opened, until: Until) -> None:
    _, page = opened(Shelf.HERE)
    pick(page, "here:smollm2-135m-instruct", until)
    assert page.pane.remove.isHidden()
    assert "came with Engineroom" in facts(page)["Kept"]


def test_files_are_imported_by_dropping_them(opened: Opened, until: Until) -> None:
    """And what is wrong with one is said."""
    _, page = opened(Shelf.RECOMMENDED)
    for path, told in (("/data/new-one.gguf", "new-one"), ("/data/broken.gguf", "not a GGUF")):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path)])
        actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(page, QDragEnterEvent(QPoint(5, 5), actions, data, button, keys))
        QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), actions, data, button, keys))
        until(lambda told=told: told in page.banner.text)
    assert page.shelf is Shelf.HERE
    until(lambda: page.list.row is not None and page.list.row.key == "here:new-one")


def test_serve_and_plan_lead_to_their_pages(opened: Opened, until: Until) -> None:
    """The model is started there, and planned there."""
    desktop, page = opened(Shelf.HERE)
    pick(page, "here:smollm2-135m-instruct", until)
    press(page, until)
    until(lambda: desktop.window.home.serve.state_word in {"Starting", "Serving"})
    assert desktop.window.home.isVisible()
    desktop.window.show_page(Place.MODELS)
    page.show_shelf(Shelf.RECOMMENDED)
    until(lambda: bool(page.list.rows))
    page.list.pick(page.list.rows[1].key)
    page.pane.plan.click()
    assert desktop.window.plan.isVisible()
    assert desktop.room.planner.question.model == "acme/River-32B"
