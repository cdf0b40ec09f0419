"""The bar at the left: the name, the pages in groups, the machine where it is another, and the fold."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engineroom_ui.shell.registry import GROUPS, Page, Place
from engineroom_ui.theme.apply import Theme
from engineroom_ui.theme.icons import pixmap
from engineroom_ui.widgets.machine_chip import MachineChip
from engineroom_ui.widgets.parts import SMALL_PT, TITLE_PT, IconButton, label
from engineroom_ui.widgets.place_button import PlaceButton

WIDE_PX = 196
NARROW_PX = 56
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Sidebar(QFrame):
    """Only shows; the window decides which page is current.

    Signals:
        chosen: the :class:`Place` pressed.
        fold_asked: the person wants it narrow, or wide again.
    """

    chosen = Signal(object)
    fold_asked = Signal()

    def __init__(self, theme: Theme, pages: Sequence[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Sidebar")
        self.setAccessibleName(self.tr("Pages"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._theme = theme
        self._buttons: dict[Place, PlaceButton] = {}
        self._captions: list[QLabel] = []
        self._rules: list[QFrame] = []
        self._mark = QLabel()
        self._name = label(self.tr("Engineroom"), points=TITLE_PT + 1, strong=True)
        self.fold = IconButton(theme, "fold", "")
        self.fold.clicked.connect(self.fold_asked)
        self._machine = MachineChip(theme)
        self._folded = False
        self._column = QVBoxLayout(self)
        self._build(pages)
        theme.changed.connect(self._draw)
        self._draw()
        self.show_folded(on=False)

    @property
    def folded(self) -> bool:
        """Whether only icons are shown."""
        return self._folded

    @property
    def current(self) -> Place | None:
        """The place marked as the current page."""
        return next((place for place, button in self._buttons.items() if button.isChecked()), None)

    @property
    def machine(self) -> str:
        """The other computer, or nothing."""
        return self._machine.name

    def button(self, place: Place) -> PlaceButton:
        """The button of a place."""
        return self._buttons[place]

    def show_place(self, place: Place | None) -> None:
        """Mark another place as the current page, or none."""
        for each, button in self._buttons.items():
            button.show_current(on=each is place)

    def show_machine(self, name: str) -> None:
        """The computer this is about; nothing is said of this one."""
        self._machine.show_name(name)

    def show_folded(self, *, on: bool) -> None:
        """Icons alone, or icons and words."""
        self._folded = on
        self.setFixedWidth(NARROW_PX if on else WIDE_PX)
        for button in self._buttons.values():
            button.show_folded(on=on)
        for caption in self._captions:
            caption.setVisible(not on)
        for rule in self._rules:
            rule.setVisible(on)
        self._name.setVisible(not on)
        self._machine.show_folded(on=on)
        self._foot.setDirection(QHBoxLayout.Direction.TopToBottom if on else QHBoxLayout.Direction.LeftToRight)
        self.fold.show_icon("unfold" if on else "fold")
        self.fold.rename(self.tr("Show the names of the pages") if on else self.tr("Show only icons"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        buttons = list(self._buttons.values())
        at = next((at for at, button in enumerate(buttons) if button.hasFocus()), None)
        step = _STEPS.get(Qt.Key(event.key()))
        if at is not None and step is not None:
            buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif at is not None and event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            buttons[0 if event.key() == Qt.Key.Key_Home else -1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _build(self, pages: Sequence[Page]) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.setSpacing(10)
        head.addWidget(self._mark)
        head.addWidget(self._name, 1)
        self._column.setContentsMargins(10, 12, 10, 10)
        self._column.setSpacing(2)
        self._column.addLayout(head)
        self._column.addSpacing(10)
        self._column.addWidget(self._machine)
        self._column.addSpacing(8)
        known = {page.place: page for page in pages}
        for at, (caption, places) in enumerate(GROUPS):
            if at == len(GROUPS) - 1:
                self._column.addStretch(1)
            here = [known[place] for place in places if place in known]
            if here and caption:
                self._add_caption(caption, first=not self._captions)
            for page in here:
                self._add_button(page)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(4, 4, 4, 0)
        self._foot.addStretch(1)
        self._foot.addWidget(self.fold)
        self._column.addLayout(self._foot)

    def _add_caption(self, text: str, *, first: bool) -> None:
        if not first:
            rule = QFrame()
            rule.setObjectName("Rule")
            rule.setFixedSize(20, 1)
            self._column.addSpacing(4)
            self._column.addWidget(rule, 0, Qt.AlignmentFlag.AlignHCenter)
            self._column.addSpacing(4)
            self._rules.append(rule)
        caption = label(QCoreApplication.translate("sidebar", text), role="Muted", points=SMALL_PT)
        caption.setContentsMargins(10, 0, 0, 3)
        self._captions.append(caption)
        self._column.addWidget(caption)

    def _add_button(self, page: Page) -> None:
        number = len(self._buttons) + 1
        title = QCoreApplication.translate("pages", page.title)
        button = PlaceButton(self._theme, page.icon, title, keys=f"Ctrl+{number}")
        button.clicked.connect(lambda _on, place=page.place: self.chosen.emit(place))
        self._buttons[page.place] = button
        self._column.addWidget(button)

    def _draw(self) -> None:
        self._mark.setPixmap(pixmap("engineroom", "#000000", 24))
