"""One message of the chat: a question in a tinted box, an answer as running text with its figures below."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engineroom_ui.text.markdown import thought
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.ask_field import AskField
from engineroom_ui.widgets.markdown_text import MarkdownText
from engineroom_ui.widgets.markdown_view import MarkdownView
from engineroom_ui.widgets.parts import SMALL_PT, IconButton, label, polish
from engineroom_ui.widgets.pictures import Thumbnails
from engineroom_ui.widgets.unfold import Unfold

_SAID_MS = 1600
_INSET_PX = 14
_LEAST_PX = 48


class Question(QWidget):
    """What the person asked; it can be changed and sent again.

    Signals:
        edited: the new text.
    """

    edited = Signal(str)

    def __init__(self, theme: Theme, text: str, pictures: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._box = QFrame()
        self._box.setObjectName("Question")
        self._words = label(text)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._words.setAccessibleName(self.tr("You: {text}").format(text=text))
        self.edit_button = IconButton(theme, "edit", self.tr("Change this question and ask again"))
        self.edit_button.clicked.connect(self.edit)
        self._thumbnails = Thumbnails(theme, fixed=True)
        self._thumbnails.show_urls(pictures)
        self.field: AskField | None = None
        inner = QVBoxLayout(self._box)
        inner.setContentsMargins(_INSET_PX, 9, _INSET_PX, 9)
        inner.addWidget(self._thumbnails)
        inner.addWidget(self._words)
        self._inner = inner
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 0, 0)
        row.setSpacing(2)
        row.addStretch(1)
        row.addWidget(self.edit_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._box)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The box as wide as what is in it, and never the whole width: so one sees who speaks."""
        most = max(_LEAST_PX, (self.width() - 32) * 5 // 6)
        metrics = self._words.fontMetrics()
        text = max((metrics.horizontalAdvance(line) for line in self._text.split("\n")), default=0)
        wanted = max(text, self._thumbnails.sizeHint().width() if self._thumbnails.urls else 0) + 2 * _INSET_PX + 4
        self._box.setFixedWidth(most if self.field is not None else min(most, max(wanted, _LEAST_PX)))

    def edit(self) -> None:
        """Open the text for changing."""
        if self.field is not None:
            return
        self.field = AskField()
        self.field.setAccessibleName(self.tr("Change the question"))
        self.field.setPlainText(self._text)
        self.field.sent.connect(self.send)
        self.field.left.connect(self.leave)
        self._words.hide()
        self.edit_button.hide()
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 4, 0, 0)
        foot.addStretch(1)
        for text, deed in ((self.tr("Cancel"), self.leave), (self.tr("Ask again"), self.send)):
            button = QPushButton(text)
            button.setObjectName("Quiet")
            button.clicked.connect(deed)
            foot.addWidget(button)
        self._inner.addWidget(self.field)
        self._inner.addWidget(self._foot)
        self._fit()
        self.field.selectAll()
        self.field.setFocus()

    def leave(self) -> None:
        """Close it unchanged."""
        if self.field is None:
            return
        for part in (self.field, self._foot):
            self._inner.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.field = None
        self._fit()
        self._words.show()
        self.edit_button.show()

    def send(self) -> None:
        """Ask what stands there now; what followed is forgotten."""
        text = self.field.toPlainText().strip() if self.field is not None else ""
        if text:
            self.leave()
            self.edited.emit(text)


class Answer(QWidget):
    """What the model thought (folded) and said, then what it cost or why it failed.

    Signals:
        again_asked: ask the same once more.
    """

    again_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._raw = ""
        self._thought = ""
        self._drawn = ("", "")
        self.body = MarkdownView(theme)
        self.thought_text = MarkdownText(theme, points=SMALL_PT + 0.5)
        self.thought_text.setAccessibleName(self.tr("What the model thought"))
        self.fold = Unfold(theme, self.tr("Thinking …"), self.tr("what the model thought"), self.thought_text)
        self._note: QLabel = label(self.tr("Waiting for the first token …"), role="Muted", points=SMALL_PT)
        self._note.setWordWrap(True)
        self.copy_button = IconButton(theme, "copy", self.tr("Copy the answer"))
        self.copy_button.clicked.connect(self.copy)
        self.again_button = IconButton(theme, "again", self.tr("Ask this again"))
        self.again_button.clicked.connect(self.again_asked)
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(_SAID_MS)
        self._said.timeout.connect(self._unsay)
        self._build()
        self.show_actions(again=False, copy=False)

    @property
    def text(self) -> str:
        """What the model said, without what it thought."""
        return thought(self._raw)[1]

    @property
    def thoughts(self) -> str:
        """What the model thought, however it was told."""
        return self._thought or thought(self._raw)[0]

    def add(self, piece: str) -> None:
        """More text; it is drawn at the next tick."""
        self._raw += piece

    def add_thought(self, piece: str) -> None:
        """More of what comes before the answer."""
        self._thought += piece

    def draw(self) -> bool:
        """Draw what came since the last time; whether there was something."""
        wanted = (self.thoughts, self.text)
        if wanted == self._drawn:
            return False
        thoughts, text = wanted
        if text != self._drawn[1]:
            self.body.show_markdown(text)
            self.body.setVisible(bool(text))
        if thoughts != self._drawn[0]:
            self.fold.setVisible(bool(thoughts))
            if self.fold.is_open:
                self.thought_text.show_markdown(thoughts)
        self._drawn = wanted
        return True

    def show_note(self, text: str, *, bad: bool = False) -> None:
        """The line below the answer."""
        name = "Bad" if bad else "Muted"
        if self._note.objectName() != name:
            self._note.setObjectName(name)
            polish(self._note, "bad", bad)
        self._note.setText(text)

    def show_thought_time(self, text: str) -> None:
        """What the fold is called once the thinking is over."""
        self.fold.rename(text)

    def show_actions(self, *, again: bool, copy: bool) -> None:
        """Which buttons there are."""
        self.again_button.setVisible(again)
        self.copy_button.setVisible(copy)

    def copy(self) -> None:
        """Put the answer on the clipboard, as Markdown, and say so for a moment."""
        QGuiApplication.clipboard().setText(self.text)
        self.copy_button.show_icon("check")
        self.copy_button.rename(self.tr("Copied"))
        self._said.start()

    @property
    def note(self) -> str:
        """The line below the answer."""
        return self._note.text()

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(self._note, 1)
        foot.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.thought_text)
        column.addWidget(self.body)
        column.addLayout(foot)
        self.fold.hide()
        self.body.hide()
        self.fold.toggled.connect(lambda on: self.thought_text.show_markdown(self.thoughts) if on else None)

    def _unsay(self) -> None:
        self.copy_button.show_icon("copy")
        self.copy_button.rename(self.tr("Copy the answer"))
