"""What its authors say of a model: Markdown without pictures, whose links open in the browser when pressed."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from engineroom_ui.state.library_readme import Readme
from engineroom_ui.text import problems
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.markdown_text import MarkdownText
from engineroom_ui.widgets.parts import SMALL_PT, label

MOST_LETTERS = 60_000


class CardText(MarkdownText):
    """Running text in the sizes of a narrow column; relative links count from the model's page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, points=SMALL_PT + 0.5)
        self.setAccessibleName(self.tr("Model card"))
        self._page = ""

    def show_page(self, page: str) -> None:
        """Where relative links count from."""
        self._page = page

    def follow(self, url: QUrl) -> None:  # noqa: D102
        target = self.address(url)
        if target.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(target)

    def address(self, url: QUrl) -> QUrl:  # noqa: D102
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
