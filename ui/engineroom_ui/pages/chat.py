"""Chat: an ordinary client of ``/v1`` with one model, or with two side by side."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engineroom_ui.state.askable import Askable
from engineroom_ui.state.conversations import Column, Conversation, Conversations
from engineroom_ui.state.joules import Joules
from engineroom_ui.state.room import Room
from engineroom_ui.state.sampling import Presets
from engineroom_ui.state.sight import Sight
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets import chat_words as words
from engineroom_ui.widgets.ask_field import AskBar
from engineroom_ui.widgets.chat_head import ChatHead
from engineroom_ui.widgets.chat_list import ChatList
from engineroom_ui.widgets.chat_options import ChatOptions
from engineroom_ui.widgets.chat_pane import ChatPane
from engineroom_ui.widgets.chat_sides import ChatSides
from engineroom_ui.widgets.chat_welcome import ChatWelcome
from engineroom_ui.widgets.parts import COLUMN_PX, centred
from engineroom_ui.widgets.wants_keyboard import WantsKeyboard

_LIST_PX, _OPTIONS_PX, _GAP_PX = 232, 288, 16
_ROOM_FOR_LIST_PX, _ROOM_FOR_OPTIONS_PX = 900, 1240


class ChatPage(QWidget, WantsKeyboard):
    """Reads the room; the conversations are this window's own.

    Args:
        settings: where presets and wishes are kept; ``None`` keeps nothing.
        folder: where conversations may be kept.
    """

    def __init__(
        self,
        theme: Theme,
        room: Room,
        settings: QSettings | None = None,
        folder: Path | None = None,
        *,
        model_id: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName("Page")
        self._room = room
        self._by_hand = False
        self.askable = Askable(room)
        self.conversations = Conversations(settings, folder, self)
        self.joules = Joules(room, self)
        self.sight = Sight(room, self)
        self.sides = ChatSides(theme, room.client)
        self.list = ChatList(theme, self.conversations)
        self.options = ChatOptions(theme, Presets(settings))
        self.bar = AskBar(theme)
        self._begins_in = self.bar.field
        self.welcome = ChatWelcome()
        self.head = ChatHead(theme)
        self._build()
        self._connect()
        self._begin([model_id])

    @property
    def pane(self) -> ChatPane:
        """The first side."""
        return self.sides.panes[0]

    @property
    def panes(self) -> list[ChatPane]:
        """All sides."""
        return self.sides.panes

    @property
    def busy(self) -> bool:
        """Whether an answer is under way."""
        return self.sides.busy

    def new(self) -> None:
        """Begin another conversation with the same models."""
        self._begin(self.sides.models)

    def open_at(self, what: str) -> None:
        """A new conversation with this model, from elsewhere in the window."""
        self._begin([what])

    def send(self) -> None:
        """Ask what stands in the field: every side the same."""
        if self.busy or not self.askable.here(self.sides.models):
            return
        question, pictures = self.bar.take()
        if question:
            self._ask(question, pictures)

    def compare(self, *, on: bool) -> None:
        """Two sides or one; what was said with other sides stays in the list."""
        first = self.sides.models[0]
        if on != (len(self.panes) > 1):
            self._begin([first, self.askable.other(first)] if on else [first])

    def let_go(self) -> None:
        """Give up the answers that stream in."""
        self.sides.leave()

    def show_conversation(self, conversation: Conversation) -> None:
        """Go on with a conversation."""
        self.conversation = conversation
        self.bar.say("")
        self.sides.show_conversation(conversation)
        self.list.show_current(conversation)
        self._show_models()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        if not self._by_hand:
            self.list.setVisible(self.width() >= _ROOM_FOR_LIST_PX)
            self.options.setVisible(self.width() >= _ROOM_FOR_OPTIONS_PX)
        self._make_room()

    def _build(self) -> None:
        self._middle = middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.head)
        middle.addWidget(self.sides, 1)
        middle.addWidget(self.welcome, 1)
        middle.addLayout(centred(self.bar, COLUMN_PX))
        self.list.setFixedWidth(_LIST_PX)
        self.options.setFixedWidth(_OPTIONS_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(_GAP_PX, _GAP_PX, _GAP_PX, _GAP_PX)
        row.setSpacing(_GAP_PX)
        row.addWidget(self.list)
        row.addLayout(middle, 1)
        row.addWidget(self.options)

    def _connect(self) -> None:
        self.head.list.clicked.connect(lambda on: self._fold(self.list, on=on))
        self.head.options.clicked.connect(lambda on: self._fold(self.options, on=on))
        self.head.compare.clicked.connect(lambda on: self.compare(on=on))
        self.list.new_asked.connect(self.new)
        self.list.chosen.connect(self.show_conversation)
        self.list.remove_asked.connect(self._remove)
        self.bar.sent.connect(self.send)
        self.bar.stopped.connect(self.sides.stop)
        self.bar.upwards.connect(self._edit_last)
        self.sides.changed.connect(self._answered)
        self.sides.model_chosen.connect(self._show_models)
        self.sides.closed.connect(lambda: self.compare(on=False))
        self.sides.edit_asked.connect(self._edit)
        self.sides.again_asked.connect(self._again)
        self.welcome.chosen.connect(self._example)
        self.joules.told.connect(self._show_joules)
        self.sight.changed.connect(self._show_state)
        for signal in (self._room.link_changed, self._room.models_changed, self._room.engine_changed):
            signal.connect(self._show_models)

    def _begin(self, models: list[str]) -> None:
        self.show_conversation(Conversation(columns=[Column(model=model) for model in models]))
        self.bar.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fold(self, part: QWidget, *, on: bool) -> None:
        self._by_hand = True
        part.setVisible(on)
        self._make_room(keep=part if on else None)

    def _make_room(self, keep: QWidget | None = None) -> None:
        _give_way(self, keep)
        self.head.list.setChecked(not self.list.isHidden())
        self.head.options.setChecked(not self.options.isHidden())
        self.head.compare.setChecked(len(self.panes) > 1)

    def _show_models(self, _engine_id: str = "") -> None:
        self.sides.show_models(self.askable.models, self.askable.engines)
        self._show_state()

    def _show_state(self) -> None:
        asked, empty = self.sides.models, self.conversation.empty
        ready, hint = self.askable.here(asked), words.field_hint(self.askable, asked)
        models = self.askable.named(asked)
        blind = next((words.blind(model) for model in models if self.sight.sees(model) is False), "")
        self.head.title.show_text(self.conversation.title or self.tr("New chat"))
        self.bar.show_ready(ready=ready, busy=self.busy, hint=hint)
        self.bar.show_blind(blind)
        self.welcome.show_models([model.name for model in models], "" if ready else hint)
        self.welcome.setVisible(empty)
        self.sides.show_empty(on=empty)
        self._middle.setStretchFactor(self.sides, 0 if empty else 1)

    def _ask(self, question: str, pictures: tuple[str, ...]) -> None:
        if self.conversation not in self.conversations.all:
            self.conversations.add(self.conversation)
        self.sides.ask(question, pictures, self.options.sampling)
        self.list.show_current(self.conversation)
        self._show_state()

    def _edit(self, at: int, text: str) -> None:
        """Another question in place of one; what followed is forgotten on every side."""
        self._ask(text, self.sides.cut(at))

    def _again(self, pane: ChatPane, at: int) -> None:
        turn = pane.cut(at)
        pane.ask(turn.question, turn.pictures, self.options.sampling)

    def _edit_last(self) -> None:
        if self.pane.questions and not self.busy:
            self.pane.questions[-1].edit()

    def _example(self, question: str) -> None:
        self.bar.put(question)
        self.send()

    def _answered(self) -> None:
        self._show_state()
        if not self.busy:
            for request_id in self.sides.unpriced():
                self.joules.wait_for(request_id)
            self.conversations.save(self.conversation)

    def _show_joules(self, request_id: str, joules: float, estimated: bool) -> None:  # noqa: FBT001
        told = [pane.show_joules(request_id, joules, estimated=estimated) for pane in self.panes]
        if any(told):
            self.conversations.save(self.conversation)

    def _remove(self) -> None:
        self.conversations.remove(self.conversation)
        self.new()


def _give_way(page: ChatPage, keep: QWidget | None) -> None:
    """What stands beside the conversation goes, options first, until its sides fit; what was asked for stays."""
    room_px = page.width() - 2 * _GAP_PX - page.sides.minimumSizeHint().width()
    beside = (page.options, _OPTIONS_PX), (page.list, _LIST_PX)
    for part, _ in beside:
        taken_px = sum(width + _GAP_PX for other, width in beside if not other.isHidden())
        if taken_px > room_px and part is not keep:
            part.hide()
