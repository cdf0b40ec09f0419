"""What its authors say of a model: Markdown without pictures, whose links open in the browser when pressed."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextTable,
)
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from engineroom_ui.state.library_readme import Readme
from engineroom_ui.text import problems
from engineroom_ui.theme.apply import Theme, mono_font, text_font
from engineroom_ui.widgets.chat_message import AnswerText
from engineroom_ui.widgets.parts import SMALL_PT, label

MOST_LETTERS = 60_000
_HEADING_PT = {1: 12.5, 2: 11.5, 3: 10.5}


class CardText(AnswerText):
    """Running text; neither pictures nor anything else of the network."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFont(text_font(SMALL_PT + 0.5))
        self.setAccessibleName(self.tr("Model card"))
        self._page = ""
        self.anchorClicked.connect(self._open)
        self.highlighted.connect(lambda url: self.setToolTip(self._address(url).toString()))

    def show_markdown(self, text: str) -> None:
        """Replace the text, in the sizes of a narrow column."""
        super().show_markdown(text)
        block = self.document().begin()
        while block.isValid():
            self._dress(block)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)
        self._fit()

    def _dress(self, block: QTextBlock) -> None:
        cursor = QTextCursor(block)
        form = block.blockFormat()
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        letters = QTextCharFormat()
        if level := form.headingLevel():
            letters.setFontPointSize(_HEADING_PT.get(level, SMALL_PT + 0.5))
            letters.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 0)
            form.setTopMargin(14 if block.position() else 0)
            form.setBottomMargin(5)
        elif form.hasProperty(QTextBlockFormat.Property.BlockCodeFence):
            letters.setFont(mono_font(SMALL_PT - 0.5))
            form.setNonBreakableLines(False)
            form.setBackground(self._theme.colour("sunken"))
        elif block.textList() is not None:
            form.setBottomMargin(2)
        cursor.mergeCharFormat(letters)
        QTextCursor(block).setBlockFormat(form)

    def _dress_table(self, table: QTextTable) -> None:
        form = table.format().toTableFormat()
        form.setBorderBrush(self._theme.colour("border_strong"))
        form.setBorderCollapse(True)
        form.setCellPadding(4)
        form.setTopMargin(8)
        form.setBottomMargin(10)
        table.setFormat(form)

    def show_page(self, page: str) -> None:
        """Where relative links count from."""
        self._page = page

    def _open(self, url: QUrl) -> None:
        target = self._address(url)
        if target.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(target)

    def _address(self, url: QUrl) -> QUrl:
        return QUrl(self._page).resolved(url) if url.isRelative() and self._page else url


class ModelReadme(QWidget):
    """The card, or why there is none, or the button that asks for it."""

    def __init__(self, theme: Theme, readme: Readme) -> None:
        super().__init__()
        self._readme = readme
        self._shown = ""
        self.text = CardText(theme)
        self.note = label(role="Muted", points=SMALL_PT)
        self.note.setWordWrap(True)
        self.ask = QPushButton(self.tr("Show the model card"))
        self.ask.setObjectName("Quiet")
        self.ask.setFont(text_font(SMALL_PT))
        self.ask.setToolTip(self.tr("Asks the Hub for it"))
        self.ask.clicked.connect(readme.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.ask)
        column.addWidget(self.note)
        column.addWidget(self.text)
        readme.changed.connect(self.draw)
        theme.changed.connect(self._repaint)
        self.draw()

    def draw(self) -> None:
        """Show what is known."""
        readme = self._readme
        told = readme.told.text if readme.told is not None else None
        self.text.setVisible(bool(told))
        idle = readme.told is None and readme.failure is None and not readme.waiting
        self.ask.setVisible(idle and readme.has_source)
        note = self._note()
        self.note.setText(note)
        self.note.setVisible(bool(note))
        if told and told != self._shown:
            self.text.show_page((readme.told.page if readme.told is not None else None) or "")
            self.text.show_markdown(told[:MOST_LETTERS])
        self._shown = told or ""

    def _repaint(self) -> None:
        self._shown = ""
        self.draw()

    def _note(self) -> str:
        readme = self._readme
        if readme.waiting:
            return self.tr("Reading the model card …")
        if readme.failure is not None:
            return problems.sentence(readme.failure.problem).whole
        if readme.told is not None and not readme.told.text:
            return self.tr("No model card came with it.")
        if readme.told is not None and readme.told.text and len(readme.told.text) > MOST_LETTERS:
            return self.tr("This is the beginning of a long card; its page has all of it.")
        return ""
