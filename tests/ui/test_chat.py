"""The page Chat against the fake daemon: what is asked, what is shown, what is kept."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QPlainTextEdit, QWidget

from engineroom_ui.link.chat import Message
from engineroom_ui.pages.chat import ChatPage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.places import chats_dir
from engineroom_ui.shell.registry import Place
from engineroom_ui.state.conversations import Column, Turn
from engineroom_ui.state.sampling import Presets, Sampling
from engineroom_ui.widgets.pictures import LONGEST_SIDE_PX, data_url, thumbnail
from models_kit import said
from window_kit import OpenWindow, StartFake, Until, connected, reached_by_tab

MODEL = "smollm2-135m-instruct"


@pytest.fixture
def chat(start_fake: StartFake, open_window: OpenWindow, until: Until) -> Any:
    """Opens the page beside a fake daemon that serves."""

    def open_page(*options: str) -> tuple[Desktop, ChatPage]:
        start_fake("--serving", *options)
        desktop = open_window()
        desktop.window.show_page(Place.CHAT)
        until(connected(desktop))
        return desktop, desktop.window.chat

    return open_page


def ask(page: ChatPage, question: str, until: Until) -> None:
    page.bar.field.setPlainText(question)
    page.send()
    until(lambda: not page.busy)


def asked(desktop: Desktop) -> list[dict[str, Any]]:
    """What the daemon was sent."""
    return [json.loads(line.partition(" ")[2]) for line in said(desktop, "chat {")]


def test_a_changed_question_is_asked_again_and_what_followed_is_forgotten(chat: Any, until: Until) -> None:
    desktop, page = chat()
    ask(page, "first", until)
    ask(page, "second", until)
    page.pane.questions[0].edit_button.click()
    field = page.pane.questions[0].field
    field.setPlainText("another first")
    QTest.keyClick(field, Qt.Key.Key_Return)
    until(lambda: not page.busy and len(page.pane.answers) == 1)
    until(lambda: len(asked(desktop)) == 3)
    assert [message["content"] for message in asked(desktop)[2]["messages"]] == ["another first"]
    assert page.conversation.title == "another first"
    page.pane.answers[0].again_button.click()
    until(lambda: not page.busy)
    until(lambda: len(asked(desktop)) == 4)
    assert asked(desktop)[3]["messages"] == asked(desktop)[2]["messages"]
    assert len(page.pane.answers) == 1


def test_system_prompt_and_sampling_are_sent_and_saved(chat: Any, open_window: OpenWindow, until: Until) -> None:
    """What is left to the engine is not sent; a preset brings all back, in another window too."""
    desktop, page = chat()
    ask(page, "plain", until)
    until(lambda: len(asked(desktop)) == 1)
    assert asked(desktop)[0].keys() == {"model", "messages", "stream", "stream_options"}
    page.options.system.setPlainText("Be short.")
    page.options.dials["temperature"].setValue(0.3)
    page.options.dials["top_k"].setValue(40)
    page.options.dials["seed"].setValue(7)
    page.options.save_as("mine")
    ask(page, "again", until)
    until(lambda: len(asked(desktop)) == 2)
    body = asked(desktop)[1]
    assert (body["temperature"], body["top_k"], body["seed"]) == (0.3, 40, 7)
    assert body["messages"][0] == {"role": "system", "content": "Be short."}
    other = open_window().window.chat.options
    assert other.sampling == Sampling(system="Be short.", temperature=0.3, top_k=40, seed=7)
    assert other.choice.currentText() == "mine"
    other.choice.setCurrentIndex(0)
    other.choice.activated.emit(0)
    assert other.sampling == Sampling(system="Be short.")


def test_two_models_are_asked_the_same(chat: Any, until: Until) -> None:
    """Each side keeps its own answer; one that cannot answer says why, with the code."""
    desktop, page = chat("--models", "2")
    page.head.compare.click()
    assert page.sides.models == [MODEL, "other-1"]
    ask(page, "What is the capital of France?", until)
    until(lambda: len(asked(desktop)) == 1)
    first, second = page.panes
    assert "Paris" in first.answers[0].text
    assert "engine_unavailable" in second.answers[0].note
    assert "503" in second.answers[0].note
    desktop.room.start_engine("other-1")
    until(lambda: desktop.room.engines["other-1"].state == "ready")
    ask(page, "And again?", until)
    assert "Paris" in second.answers[1].text
    until(lambda: len(asked(desktop)) == 3)
    lengths = {body["model"]: len(body["messages"]) for body in asked(desktop)[1:]}
    # Who gave no answer is not told that there was a question.
    assert lengths == {MODEL: 3, "other-1": 1}
    second.close_button.click()
    assert len(page.panes) == 1
    assert len(page.conversations.all) == 1


def test_thoughts_are_shown_folded(chat: Any, until: Until) -> None:
    _, page = chat()
    ask(page, "think first", until)
    answer = page.pane.answers[0]
    assert answer.fold.isVisible()
    assert "Thought for" in answer.fold.text()
    assert "Let me see" not in answer.text
    assert page.conversation.columns[0].turns[0].thought == "Let me see: France."


def test_energy_is_the_ledgers_by_request(chat: Any, until: Until) -> None:
    """Where the machine reports power; elsewhere nothing is shown or waited for."""
    _, page = chat("--rapl")
    ask(page, "What did it cost?", until)
    until(lambda: "412 J" in page.pane.answers[0].note)
    assert not page.joules.waiting


def test_without_a_power_counter_no_energy_is_shown(chat: Any, until: Until) -> None:
    _, page = chat()
    ask(page, "What did it cost?", until)
    assert " J" not in page.pane.answers[0].note
    assert not page.joules.waiting


def test_a_model_that_reads_text_only_is_sent_no_picture(chat: Any) -> None:
    """And the person is told so, at the button and when a picture is dropped."""
    _, page = chat()
    page.bar.bring([QImage(10, 10, QImage.Format.Format_RGB32)])
    assert "reads text only" in page.bar.note.text()
    assert "reads text only" in page.bar.attach.accessibleName()
    assert page.bar.thumbnails.urls == []
    QTest.keyClicks(page.bar.field, "then")
    assert not page.bar.note.isVisible()
    page.bar.attach.click()
    assert page.bar.note.isVisible()
    page.new()
    assert not page.bar.note.isVisible()


def test_the_keyboard_stays_with_the_question(chat: Any, until: Until) -> None:
    """When the page is opened, and where the button that was pressed is of no use any more: an example, a stop."""
    desktop, page = chat()
    desktop.window.activateWindow()
    desktop.window.show_page(Place.SERVE)
    desktop.window.home.serve.button.setFocus()
    desktop.window.show_page(Place.CHAT)
    assert desktop.window.focusWidget() is page.bar.field
    desktop.window.show_page(Place.SERVE)
    place = desktop.window.sidebar.button(Place.CHAT)
    place.setFocus()
    QTest.mouseClick(place, Qt.MouseButton.LeftButton)
    assert desktop.window.focusWidget() is page.bar.field
    page.welcome.chosen.emit("please count")
    until(lambda: "10 " in page.pane.answers[0].text)
    assert desktop.window.focusWidget() is page.bar.field
    page.bar.button.setFocus()
    page.bar.button.click()
    until(lambda: not page.busy)
    assert not page.bar.button.isEnabled()
    assert desktop.window.focusWidget() is page.bar.field


@pytest.mark.parametrize("width", [960, 1280])
def test_two_sides_have_room_beside_what_was_opened_last(chat: Any, until: Until, width: int) -> None:
    """The options take the place of the list, and the list that of the options; nothing is drawn over the other."""
    desktop, page = chat("--models", "2")
    desktop.window.resize(width, 800)
    page.compare(on=True)
    for opened, other in ((page.head.options, page.list), (page.head.list, page.options)):
        if not opened.isChecked():
            opened.click()
        until(lambda: page.panes[1].x() >= page.panes[0].width())
        until(lambda: page.panes[1].mapTo(page, QPoint(page.panes[1].width(), 0)).x() <= page.width())
        assert opened.isChecked()
        assert page.sides.width() >= page.sides.minimumSizeHint().width()
        assert other.isHidden() or width > 960


def test_pictures_go_along_made_small(chat: Any, until: Until) -> None:
    """As data URLs; nothing is uploaded anywhere else."""
    _, page = chat()
    page.bar.show_blind("")
    image = QImage(4000, 1000, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    page.bar.bring([image, QImage()])
    (url,) = page.bar.thumbnails.urls
    assert url.startswith("data:image/jpeg;base64,")
    picture = thumbnail(url, LONGEST_SIDE_PX)
    assert (picture.width(), picture.height()) == (1280, 320)
    wire = Message(role="user", content="What is it?", pictures=(url,)).wire()
    assert [part["type"] for part in wire["content"]] == ["text", "image_url"]
    page.bar.bring([QImage()])
    assert "no picture" in page.bar.note.text()


def test_see_through_pictures_stay_so(qapp: object) -> None:
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    assert data_url(image).startswith("data:image/png;base64,")


def test_chats_are_kept_only_on_wish(chat: Any, open_window: OpenWindow, until: Until) -> None:
    """Off: nothing is written. On: each in a file only this user can read, and back in the next window. Off: erased."""
    desktop, page = chat()
    ask(page, "Is this written down?", until)
    assert not chats_dir().exists()
    assert "nothing is written" in page.list.note.text()
    page.list.keep.click()
    (file,) = chats_dir().iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert str(chats_dir()) in page.list.note.text()
    ask(page, "And this?", until)
    other = open_window().window.chat
    assert [one.title for one in other.conversations.all] == ["Is this written down?"]
    other.list.list.itemActivated.emit(other.list.list.item(0))
    assert [answer.text for answer in other.pane.answers] == [answer.text for answer in page.pane.answers]
    assert "tok/s" in other.pane.answers[1].note
    other.list.keep.click()
    assert list(chats_dir().iterdir()) == []
    assert desktop.settings.value("keep_chats") in {False, "false"}


def test_a_deleted_chat_is_gone_from_the_disk(chat: Any, until: Until) -> None:
    _, page = chat()
    page.list.keep.click()
    ask(page, "Forget me", until)
    assert len(list(chats_dir().iterdir())) == 1
    page.list.remove.click()
    assert list(chats_dir().iterdir()) == []
    assert page.conversation.empty
    assert page.list.list.count() == 0


def test_what_is_broken_on_disk_is_passed_over(home: Path) -> None:
    settings = QSettings(str(home / "x.ini"), QSettings.Format.IniFormat)
    settings.setValue("presets", "[{")
    settings.setValue("preset", "{}x")
    presets = Presets(settings)
    assert (presets.saved, presets.current) == ((), Sampling())


def test_a_question_without_an_answer_is_not_told_to_the_model() -> None:
    turns = [Turn(question="a", answer="A"), Turn(question="b", problem="no"), Turn(question="c")]
    told = Column(turns=turns).messages("s")
    assert [(one.role, one.content) for one in told] == [
        ("system", "s"), ("user", "a"), ("assistant", "A"), ("user", "c"),
    ]  # fmt: skip


def test_escape_stops_and_upwards_changes(chat: Any, until: Until) -> None:
    """Without a mouse: ask, stop, change the question, ask again."""
    desktop, page = chat()
    desktop.window.activateWindow()
    field = page.bar.field
    QTest.keyClicks(field, "please count")
    QTest.keyClick(field, Qt.Key.Key_Return)
    until(lambda: "10 " in page.pane.answers[0].text)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    until(lambda: not page.busy)
    assert "stopped" in page.pane.answers[0].note
    QTest.keyClick(field, Qt.Key.Key_Up)
    changed = page.pane.questions[0].field
    assert changed.toPlainText() == "please count"
    QTest.keyClick(changed, Qt.Key.Key_Escape)
    assert page.pane.questions[0].field is None


def test_the_page_is_reached_by_keyboard(chat: Any, until: Until) -> None:
    """Every control has a name, and Tab leads to it."""
    desktop, page = chat()
    page.head.options.click()
    ask(page, "hello", until)
    window = desktop.window
    reached = reached_by_tab(window, 70)
    kinds = (QAbstractButton, QComboBox, QPlainTextEdit, QAbstractItemView, QAbstractSpinBox)
    wanted = [
        part
        for part in page.findChildren(QWidget)
        if isinstance(part, kinds)
        and part.isVisible()
        and part.isEnabled()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(wanted) > 18
    assert [part.accessibleName() or repr(part) for part in wanted if part not in reached] == []
    assert [repr(part) for part in wanted if not (part.accessibleName() or getattr(part, "text", str)())] == []


@pytest.mark.parametrize("sides", [1, 2])
def test_the_smallest_window_holds_the_page(chat: Any, until: Until, sides: int) -> None:
    desktop, page = chat("--models", "2")
    desktop.window.resize(960, 640)
    page.compare(on=sides == 2)
    ask(page, "What is the capital of France?", until)

    def cut_off() -> list[QWidget]:
        shown = (part for part in page.findChildren(QWidget) if part.isVisible() and not part.isWindow())
        return [part for part in shown if part.mapTo(page, QPoint(part.width(), 0)).x() > page.width()]

    until(lambda: not cut_off())
    assert desktop.window.width() == 960
