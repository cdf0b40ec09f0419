"""Which models are listed: the shelf, the words looked for, and the filters that the shelf has."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from engineroom.contract.models import Format, HubQuery, Sort
from engineroom_ui.state.library_rows import Shelf
from engineroom_ui.text import models as words
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.controls import ChoiceBox
from engineroom_ui.widgets.parts import BODY_PT, FIELD_PX, SMALL_PT, IconButton
from engineroom_ui.widgets.segments import Segments

_USES = ("chat", "code", "agent", "vision", "embedding", "rerank")


class SearchField(QLineEdit):
    """Down goes to the list.

    Signals:
        left_downwards: the person wants the list.
    """

    left_downwards = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Search")
        self.setFont(text_font(BODY_PT))
        self.setClearButtonEnabled(True)
        self._glass = QAction(self.tr("Search"), self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        for part in self.findChildren(QToolButton):
            glass = part.defaultAction() is self._glass
            part.setAccessibleName(self.tr("Search") if glass else self.tr("Clear the words"))

    def draw(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._glass.setIcon(theme.icon("search"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
            return
        super().keyPressEvent(event)


class ModelToolbar(QWidget):
    """Says what the person wants to see.

    Signals:
        changed: the shelf, the words or a filter.
        import_file_asked, import_folder_asked, token_asked: the buttons.
    """

    changed = Signal()
    import_file_asked = Signal()
    import_folder_asked = Signal()
    token_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.shelf = Segments(
            self.tr("Models"),
            [
                (Shelf.RECOMMENDED, self.tr("Recommended")),
                (Shelf.SEARCH, self.tr("Search")),
                (Shelf.HERE, self.tr("On this computer")),
            ],
            points=SMALL_PT + 0.5,
        )
        self.field = SearchField()
        self.use = self._choices(self.tr("Use"), [(self.tr("Any use"), None), *((words.use(u), u) for u in _USES)])
        self.format = self._choices(
            self.tr("Files"),
            [(self.tr("Any files"), None), ("GGUF", Format.GGUF), ("safetensors", Format.SAFETENSORS)],
        )
        self.sort = self._choices(
            self.tr("Order"),
            [
                (self.tr("Trending"), Sort.TRENDING),
                (self.tr("Downloads"), Sort.DOWNLOADS),
                (self.tr("Likes"), Sort.LIKES),
                (self.tr("Newest"), Sort.CREATED),
                (self.tr("Updated"), Sort.MODIFIED),
            ],
        )
        self.bring = self._import_button()
        self.token = IconButton(theme, "key", self.tr("Access token …"))
        self.token.clicked.connect(self.token_asked)
        self._build()
        self.shelf.chosen.connect(lambda _shelf: self._change())
        self.field.textChanged.connect(lambda _text: self.changed.emit())
        theme.changed.connect(self._draw)
        self._draw()
        self._show_filters()

    @property
    def query(self) -> HubQuery:
        """What the Hub is asked."""
        text = self.field.text().strip() or None
        return HubQuery(text=text, format=self.format.currentData(), sort=self.sort.currentData())

    def show_shelf(self, shelf: Shelf) -> None:
        """Another shelf, without a word."""
        self.shelf.show_choice(shelf)
        self._show_filters()

    def _change(self) -> None:
        # What the Hub was asked would hide what is here, and the other way round.
        with QSignalBlocker(self.field):
            self.field.clear()
        self._show_filters()
        self.changed.emit()

    def _show_filters(self) -> None:
        shelf = self.shelf.choice
        self.use.setVisible(shelf is Shelf.RECOMMENDED)
        for part in (self.format, self.sort):
            part.setVisible(shelf is Shelf.SEARCH)
        self.bring.setVisible(shelf is not Shelf.SEARCH)
        self.token.setVisible(shelf is not Shelf.HERE)
        hint = {
            Shelf.RECOMMENDED: self.tr("Filter by name"),
            Shelf.SEARCH: self.tr("Search the Hub, or paste owner/name or an address"),
            Shelf.HERE: self.tr("Filter by name"),
        }[shelf]
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)

    def _choices(self, name: str, values: list[tuple[str, object]]) -> ChoiceBox:
        made = ChoiceBox(name, points=SMALL_PT + 0.5)
        for text, value in values:
            made.addItem(text, value)
        made.activated.connect(lambda _at: self.changed.emit())
        return made

    def _import_button(self) -> QPushButton:
        made = QPushButton(self.tr("Import"))
        made.setObjectName("Quiet")
        made.setFont(text_font(SMALL_PT + 0.5))
        made.setAccessibleName(self.tr("Import a model from this computer"))
        menu = QMenu(made)
        menu.addAction(self.tr("GGUF &file …"), self.import_file_asked.emit)
        menu.addAction(self.tr("F&older …"), self.import_folder_asked.emit)
        made.setMenu(menu)
        return made

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.shelf)
        self.field.setMaximumWidth(FIELD_PX)
        row.addWidget(self.field, 1000)
        row.addStretch(1)
        for part in (self.use, self.format, self.sort, self.bring, self.token):
            row.addWidget(part)

    def _draw(self) -> None:
        self.field.draw(self._theme)
