"""Running Markdown in a text of its own height: no pictures, nothing of the network, links asked about first."""

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMessageBox, QSizePolicy, QTextBrowser, QWidget

from engineroom_ui.text.markdown import without_pictures
from engineroom_ui.theme.apply import Theme, mono_font, text_font
from engineroom_ui.widgets.controls import dress
from engineroom_ui.widgets.parts import BODY_PT

_MARKDOWN = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_LARGER = {1: 2, 2: 1}
"""Qt draws text half as large again for two steps, and larger by a fifth for one."""
_OPENED = frozenset({"http", "https"})


class MarkdownText(QTextBrowser):
    """Text as tall as it needs to be.

    Args:
        points: size of the running text; the two upper levels of headings are larger.
    """

    def __init__(self, theme: Theme, *, points: float = BODY_PT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._points = points
        self._markdown = ""
        self.question: QMessageBox | None = None
        self.setObjectName("Answer")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(text_font(points))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(20)
        self.document().setUndoRedoEnabled(False)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.setAccessibleName(self.tr("Answer"))
        self.anchorClicked.connect(self.follow)
        self.highlighted.connect(lambda url: self.setToolTip(self.address(url).toString()))
        theme.changed.connect(self._repaint)

    @property
    def markdown(self) -> str:
        """What is shown, as it was written."""
        return self._markdown

    def show_markdown(self, text: str) -> None:
        """Replace the text; HTML in it is shown as it is written, a picture as a link."""
        if text == self._markdown:
            return
        self._markdown = text
        self._render()

    def follow(self, url: QUrl) -> None:
        """A link was pressed: it is asked about, with its whole address, since a model may have made it up."""
        target = self.address(url)
        if target.scheme() not in _OPENED:
            return
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Open link"),
            self.tr("Open this address in the browser?"),
            QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel,
            self,
        )
        box.setInformativeText(target.toString())
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.button(QMessageBox.StandardButton.Open).clicked.connect(lambda: QDesktopServices.openUrl(target))
        box.finished.connect(box.deleteLater)
        dress(box)
        self.question = box
        box.open()

    def address(self, url: QUrl) -> QUrl:
        """The whole address of a link."""
        return url

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:  # noqa: D102, N802
        return None

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(240, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102, N802
        if event.angleDelta().x():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _render(self) -> None:
        self.document().setMarkdown(without_pictures(self._markdown), _MARKDOWN)
        # In one go: else the whole text would be laid out anew after each of these changes.
        whole = QTextCursor(self.document())
        whole.beginEditBlock()
        block = self.document().begin()
        while block.isValid():
            self._dress(block)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)
        whole.endEditBlock()
        self._fit()

    def _repaint(self) -> None:
        if self._markdown:
            self._render()

    def _dress(self, block: QTextBlock) -> None:
        cursor = QTextCursor(block)
        form = block.blockFormat()
        cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        letters = QTextCharFormat()
        if level := form.headingLevel():
            letters.setFontWeight(QFont.Weight.DemiBold)
            letters.setProperty(QTextCharFormat.Property.FontSizeAdjustment, _LARGER.get(level, 0))
            form.setTopMargin(14 if block.position() else 0)
            form.setBottomMargin(5)
        elif form.hasProperty(QTextBlockFormat.Property.BlockCodeFence):
            letters.setFont(mono_font(self._points - 1))
            form.setNonBreakableLines(False)
            form.setBackground(self._theme.colour("sunken"))
        elif form.hasProperty(QTextBlockFormat.Property.BlockQuoteLevel):
            letters.setForeground(self._theme.colour("text_muted"))
        elif block.textList() is not None:
            form.setBottomMargin(2)
            form.setTopMargin(2)
        if letters.propertyCount():
            cursor.mergeCharFormat(letters)
        if form != block.blockFormat():
            QTextCursor(block).setBlockFormat(form)
        self._dress_code(block)

    def _dress_code(self, block: QTextBlock) -> None:
        """Names between backticks get our face and a ground of their own."""
        spans = []
        walk = block.begin()
        while not walk.atEnd():
            fragment = walk.fragment()
            if fragment.charFormat().fontFixedPitch() and not block.blockFormat().hasProperty(
                QTextBlockFormat.Property.BlockCodeFence
            ):
                spans.append((fragment.position(), fragment.length()))
            walk += 1
        for position, length in spans:
            cursor = QTextCursor(self.document())
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            letters = QTextCharFormat()
            letters.setFont(mono_font(self._points - 0.5))
            letters.setBackground(self._theme.colour("sunken"))
            cursor.mergeCharFormat(letters)

    def _dress_table(self, table: QTextTable) -> None:
        form = table.format().toTableFormat()
        form.setBorder(1)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(self._theme.colour("border_strong"))
        form.setBorderCollapse(True)
        form.setCellSpacing(0)
        form.setCellPadding(5)
        form.setTopMargin(8)
        form.setBottomMargin(10)
        table.setFormat(form)

    def _fit(self) -> None:
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        height = round(self.document().size().height()) + extra + 2
        if height != self.height():
            self.setFixedHeight(height)
