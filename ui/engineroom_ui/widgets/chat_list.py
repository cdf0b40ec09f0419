"""The conversations of the chat, and whether they are kept."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from engineroom_ui.state.conversations import Conversation, Conversations
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, TITLE_PT, IconButton, label
from engineroom_ui.widgets.wrapping_tick import WrappingTick


class ChatList(QFrame):
    """Newest first.

    Signals:
        chosen: a :class:`Conversation` to go on with.
        new_asked: begin another.
        remove_asked: forget the chosen one.
    """

    chosen = Signal(object)
    new_asked = Signal()
    remove_asked = Signal()

    def __init__(self, theme: Theme, conversations: Conversations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self._conversations = conversations
        self._current: Conversation | None = None
        self.new = IconButton(theme, "plus", self.tr("New chat"))
        self.new.clicked.connect(self.new_asked)
        self.remove = IconButton(theme, "trash", self.tr("Delete this chat"))
        self.remove.clicked.connect(self.remove_asked)
        self.list = QListWidget()
        self.list.setObjectName("Chats")
        self.list.setAccessibleName(self.tr("Chats"))
        self.list.setFont(text_font(BODY_PT))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.keep = WrappingTick(self.tr("Keep chats on this computer"))
        self.keep.setFont(text_font(SMALL_PT))
        self.keep.clicked.connect(lambda on: conversations.keep(on=on))
        self.keep.setEnabled(conversations.folder is not None)
        self.none = label(self.tr("No chats yet"), role="Muted", points=SMALL_PT)
        self.note = label(role="Muted", points=SMALL_PT)
        self.note.setWordWrap(True)
        self._build()
        conversations.changed.connect(self.draw)
        self.draw()

    def show_current(self, conversation: Conversation) -> None:
        """Mark the one that is looked at."""
        self._current = conversation
        self.draw()

    def draw(self) -> None:
        """Show what is known."""
        self.list.blockSignals(True)  # noqa: FBT003
        self.list.clear()
        for conversation in self._conversations.all:
            item = QListWidgetItem(conversation.title or self.tr("New chat"))
            item.setData(Qt.ItemDataRole.UserRole, conversation)
            item.setToolTip(item.text())
            self.list.addItem(item)
            if conversation is self._current:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)  # noqa: FBT003
        self.none.setVisible(self.list.count() == 0)
        self.remove.setEnabled(self._current is not None and not self._current.empty)
        self.keep.setChecked(self._conversations.keeps)
        self.note.setText(self._note())

    def _note(self) -> str:
        store = self._conversations
        if store.failure:
            return self.tr("They could not be written to {folder}: {why}.").format(
                folder=store.folder, why=store.failure
            )
        if store.keeps:
            return self.tr("Written to {folder}, unencrypted; only your user can read it.").format(folder=store.folder)
        return self.tr("They are forgotten when this window closes; nothing is written.")

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(label(self.tr("Chats"), points=TITLE_PT, strong=True))
        head.addStretch(1)
        head.addWidget(self.remove)
        head.addWidget(self.new)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.none)
        column.addWidget(self.list, 1)
        column.addWidget(self.keep)
        column.addWidget(self.note)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
