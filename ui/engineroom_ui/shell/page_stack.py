"""The pages of the window, each made when it is first looked at."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from engineroom_ui.shell.registry import Desk, LetsGo, Opens, Page, Place
from engineroom_ui.widgets.wants_keyboard import WantsKeyboard


class PageStack(QStackedWidget):
    """Shows one page at a time."""

    def __init__(self, desk: Desk, pages: Sequence[Page]) -> None:
        super().__init__()
        self._desk = desk
        self._pages = {page.place: page for page in pages}
        self._made: dict[Place, QWidget] = {}

    @property
    def places(self) -> tuple[Place, ...]:
        """Where there is a page."""
        return tuple(self._pages)

    @property
    def made(self) -> tuple[Place, ...]:
        """Where a page was made already."""
        return tuple(self._made)

    def page(self, place: Place) -> QWidget:
        """The page of a place; it is made now if nobody looked yet. KeyError where there is none."""
        if place not in self._made:
            made = self._pages[place].make(self._desk)
            self._made[place] = made
            self.addWidget(made)
        return self._made[place]

    def show_place(self, place: Place, what: str = "") -> None:
        """Another page, opened on ``what`` if it can be; the keyboard goes along to where the page wants it."""
        page, had_keys = self.page(place), self._holds(self.window().focusWidget())
        self.setCurrentWidget(page)
        if had_keys:
            self.give_keys()
        if what and isinstance(page, Opens):
            page.open_at(what)

    def give_keys(self, *, to_type: bool = False) -> None:
        """Let the page have the keyboard where it begins; with ``to_type`` only where something can be typed."""
        page = self.currentWidget()
        first = page.keyboard_first if isinstance(page, WantsKeyboard) else None
        if first is not None and (not to_type or first.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _holds(self, part: QWidget | None) -> bool:
        return part is not None and self.isAncestorOf(part)

    def let_go(self) -> None:
        """Before the window ends: pages close what they hold."""
        for page in self._made.values():
            if isinstance(page, LetsGo):
                page.let_go()
