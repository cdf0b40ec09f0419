"""Where a question is written: a field that grows, pictures, and one button that sends or stops."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, IconButton, label, polish
from engineroom_ui.widgets.pictures import MOST_PICTURES, Thumbnails, data_url, read_picture

_MOST_LINES = 8


class AskField(QPlainTextEdit):
    """Grows with its text. Enter sends, Shift+Enter begins a new line.

    Signals:
        sent: Enter.
        left: Escape.
        upwards: the upwards key in an empty field.
        focused: whether it has the keyboard.
        pictured: pasted or dropped pictures, as a list of :class:`QImage`.
    """

    sent = Signal()
    left = Signal()
    upwards = Signal()
    focused = Signal(bool)
    pictured = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Ask")
        self.setFont(text_font(BODY_PT))
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.upwards.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802
        super().focusInEvent(event)
        self.focused.emit(True)  # noqa: FBT003

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802
        super().focusOutEvent(event)
        self.focused.emit(False)  # noqa: FBT003

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: D102, N802
        return bool(source.hasImage() or _files(source) or super().canInsertFromMimeData(source))

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: D102, N802
        if source.hasImage() or _files(source):
            self.pictured.emit(_pictures(source))
        else:
            super().insertFromMimeData(source)

    def _fit(self) -> None:
        lines = min(max(int(self.document().size().height()), 1), _MOST_LINES)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 10)


class AskBar(QFrame):
    """The field with its buttons.

    Signals:
        sent: the question is to be asked.
        stopped: the answer under way is to end.
        upwards: the last question is to be changed.
    """

    sent = Signal()
    stopped = Signal()
    upwards = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Field")
        self.setAcceptDrops(True)
        self._busy = False
        self._ready = False
        self._blind = ""
        self.field = AskField()
        self.field.setAccessibleName(self.tr("Your question"))
        self.field.setToolTip(self.tr("Enter sends, Shift+Enter begins a new line, Escape stops the answer"))
        self.attach = IconButton(theme, "picture", self.tr("Attach a picture"))
        self.button = IconButton(theme, "send", self.tr("Send"), role="Send", ink="on_accent")
        self.button.setIconSize(QSize(18, 18))
        self.thumbnails = Thumbnails(theme)
        self.note = label(role="Warn", points=SMALL_PT)
        self.note.setWordWrap(True)
        self.note.hide()
        self._build()
        self._connect()

    def show_ready(self, *, ready: bool, busy: bool, hint: str) -> None:
        """Whether a question can be asked, or an answer is under way; ``hint`` stands in the empty field."""
        self._ready, self._busy = ready, busy
        self.field.setPlaceholderText(hint)
        self._enable()

    def show_blind(self, why: str) -> None:
        """Why pictures cannot be sent; empty where they can."""
        self._blind = why
        self.attach.rename(why or self.tr("Attach a picture"))
        if why and self.thumbnails.urls:
            self.thumbnails.show_urls(())
            self.say(why)

    def bring(self, images: list[QImage]) -> None:
        """Attach pictures, or say why not."""
        whole = [image for image in images if not image.isNull()]
        if self._blind:
            self.say(self._blind)
        elif not whole:
            self.say(self.tr("This is no picture that can be read, or it is too large."))
        else:
            self.say("")
            room = MOST_PICTURES - len(self.thumbnails.urls)
            if len(whole) > room:
                self.say(self.tr("At most {count} pictures go with a question.").format(count=MOST_PICTURES))
            self.thumbnails.show_urls([*self.thumbnails.urls, *map(data_url, whole[:room])])

    def say(self, text: str) -> None:
        """A line above the field; empty takes it away."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def put(self, question: str) -> None:
        """A question that was not typed; the keyboard goes to it."""
        self.field.setPlainText(question)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> tuple[str, tuple[str, ...]]:
        """The question with its pictures; the field is empty afterwards."""
        told = self.field.toPlainText().strip(), tuple(self.thumbnails.urls)
        self.field.clear()
        self.thumbnails.show_urls(())
        self.say("")
        return told

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102, N802
        if event.mimeData().hasImage() or _files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102, N802
        self.bring(_pictures(event.mimeData()))
        event.acceptProposedAction()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.attach, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.field, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(2)
        column.addWidget(self.note)
        column.addWidget(self.thumbnails)
        column.addLayout(row)

    def _connect(self) -> None:
        self.field.sent.connect(self._send)
        self.field.left.connect(self._stop)
        self.field.upwards.connect(self.upwards)
        self.field.textChanged.connect(self._enable)
        self.field.textChanged.connect(lambda: self.say(""))
        self.field.focused.connect(lambda on: polish(self, "focused", on))
        self.field.pictured.connect(self.bring)
        self.thumbnails.changed.connect(self._enable)
        self.attach.clicked.connect(self._choose)
        self.button.clicked.connect(self._press)

    def _press(self) -> None:
        if self._busy:
            self._stop()
        else:
            self._send()
        # The button may be of no use now, and the keyboard would go to whatever comes next.
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        if self._busy:
            self.stopped.emit()

    def _send(self) -> None:
        if self._ready and not self._busy and self.field.toPlainText().strip():
            self.sent.emit()

    def _choose(self) -> None:
        if self._blind:
            self.say(self._blind)
            return
        dialog = QFileDialog(self, self.tr("Attach a picture"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(self.tr("Pictures (*.png *.jpg *.jpeg *.webp *.gif *.bmp)"))
        dialog.filesSelected.connect(lambda paths: self.bring([read_picture(path) for path in paths]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _enable(self) -> None:
        self.button.show_icon("stop" if self._busy else "send")
        self.button.rename(self.tr("Stop the answer") if self._busy else self.tr("Send"))
        self.button.setEnabled(self._busy or (self._ready and bool(self.field.toPlainText().strip())))


def _files(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def _pictures(data: QMimeData) -> list[QImage]:
    if paths := _files(data):
        return [read_picture(path) for path in paths]
    image = data.imageData()
    return [image] if isinstance(image, QImage) else []
