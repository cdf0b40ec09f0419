"""The sides of a conversation: one model, or two that are asked the same."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter

from engineroom.contract.control import EngineView, ModelView
from engineroom_ui.link.http import HttpClient
from engineroom_ui.state.conversations import Conversation
from engineroom_ui.state.sampling import Sampling
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.chat_pane import ChatPane

_LEAST_PX = 260
_NO_LIMIT_PX = 16_777_215


class ChatSides(QSplitter):
    """As many panes as the conversation has columns.

    Signals:
        changed: an answer began or ended.
        model_chosen: the id of a model.
        edit_asked: which question is to be another on every side, and its new text.
        again_asked: a pane, and which of its questions is to be asked once more.
        closed: two sides are wanted no more.
    """

    changed = Signal()
    model_chosen = Signal(str)
    edit_asked = Signal(int, str)
    again_asked = Signal(object, int)
    closed = Signal()

    def __init__(self, theme: Theme, client: HttpClient) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._client = client
        self.panes: list[ChatPane] = []
        self.setHandleWidth(16)
        self.setChildrenCollapsible(False)

    @property
    def busy(self) -> bool:
        """Whether an answer is under way."""
        return any(pane.busy for pane in self.panes)

    @property
    def models(self) -> list[str]:
        """Who is asked, by side."""
        return [pane.column.model for pane in self.panes]

    def show_conversation(self, conversation: Conversation) -> None:
        """Go on with another; what was under way is given up."""
        self.leave()
        while len(self.panes) > len(conversation.columns):
            old = self.panes.pop()
            old.hide()
            old.setParent(None)
            old.deleteLater()
        while len(self.panes) < len(conversation.columns):
            self.panes.append(self._made())
        for at, (pane, column) in enumerate(zip(self.panes, conversation.columns, strict=True)):
            pane.close_button.setVisible(at > 0)
            pane.show_column(column)

    def show_models(self, models: Sequence[ModelView], engines: Mapping[str, EngineView]) -> None:
        """Who can be asked."""
        for pane in self.panes:
            pane.show_models(models, engines)

    def show_empty(self, *, on: bool) -> None:
        """Only the choice of models, and no room for messages."""
        for pane in self.panes:
            pane.area.setVisible(not on)
        self.setMaximumHeight(self.panes[0].choice.sizeHint().height() + 8 if on else _NO_LIMIT_PX)

    def ask(self, question: str, pictures: tuple[str, ...], sampling: Sampling) -> None:
        """Ask every side the same."""
        for pane in self.panes:
            pane.ask(question, pictures, sampling)

    def stop(self) -> None:
        """End what is under way; what came of it stays."""
        for pane in self.panes:
            pane.stop()

    def leave(self) -> None:
        """End it and say nothing more."""
        for pane in self.panes:
            pane.leave()

    def cut(self, at: int) -> tuple[str, ...]:
        """Forget a question and what followed on every side; the pictures that went with it."""
        cut = [pane.cut(at).pictures for pane in self.panes if at < len(pane.column.turns)]
        return cut[0] if cut else ()

    def unpriced(self) -> list[str]:
        """Ids of the last requests whose energy is not known yet."""
        turns = [pane.column.turns[-1] for pane in self.panes if pane.column.turns]
        told = [turn.figures.request_id for turn in turns if turn.figures is not None and turn.joules is None]
        return [request_id for request_id in told if request_id]

    def _made(self) -> ChatPane:
        pane = ChatPane(self._theme, self._client)
        pane.setMinimumWidth(_LEAST_PX)
        pane.changed.connect(self.changed)
        pane.model_chosen.connect(self.model_chosen)
        pane.edit_asked.connect(self.edit_asked)
        pane.again_asked.connect(lambda at: self.again_asked.emit(pane, at))
        pane.closed.connect(self.closed)
        self.addWidget(pane)
        return pane
