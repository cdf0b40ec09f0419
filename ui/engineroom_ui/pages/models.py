"""Models: what is recommended, what the Hub has, what is here; judged for the best card before anything is fetched."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engineroom_ui.pages.models_deeds import ModelsDeeds, dropped_paths
from engineroom_ui.pages.models_listing import Listing, estimates_for
from engineroom_ui.state.library import Library
from engineroom_ui.state.library_details import Details
from engineroom_ui.state.library_fits import Fits
from engineroom_ui.state.library_rows import ModelRow, RowsHere, Shelf
from engineroom_ui.state.library_search import HubSearch
from engineroom_ui.state.plan_cards import best_card
from engineroom_ui.state.room import Room
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.banner import Banner
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.download_list import DownloadList
from engineroom_ui.widgets.model_details import ModelDetails
from engineroom_ui.widgets.model_disk import DiskGauge
from engineroom_ui.widgets.model_empty import ListEmpty
from engineroom_ui.widgets.model_list import ModelList
from engineroom_ui.widgets.model_toolbar import ModelToolbar
from engineroom_ui.widgets.parts import SMALL_PT, ElidedLabel, card


class ModelsPage(QWidget):
    """Asks while it is looked at.

    Signals:
        serve_asked: the id of a model to serve.
        plan_asked: a model to plan for.
        shelf_chosen: the shelf looked at, to be remembered.
    """

    serve_asked = Signal(str)
    plan_asked = Signal(str)
    shelf_chosen = Signal(str)

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, *, shelf: str = "") -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAcceptDrops(True)
        self._room = room
        self.library = Library(room.client, self)
        self.search = HubSearch(room.client, self)
        self.fits = Fits(room.client, self)
        self.details = Details(room.client, self)
        self._gpu = ""
        self._here = RowsHere()
        self._picked: dict[Shelf, str] = {}
        self.toolbar = ModelToolbar(theme)
        self.banner = Banner(theme, inset=True)
        self.list = ModelList(theme)
        self.empty = ListEmpty()
        self.pane = ModelDetails(theme, self.details)
        self.downloads = DownloadList(theme, clock, room.jobs)
        self.disk = DiskGauge(theme)
        self.for_card = ElidedLabel(role="Muted", points=SMALL_PT)
        self.deeds = ModelsDeeds(self, room)
        if shelf in set(Shelf):
            self.toolbar.show_shelf(Shelf(shelf))
        self._build()
        self._connect()
        self._link()

    @property
    def shelf(self) -> Shelf:
        """Which rows are listed."""
        chosen: Shelf = self.toolbar.shelf.choice
        return chosen

    @property
    def _shown(self) -> Listing:
        return Listing(shelf=self.shelf, library=self.library, search=self.search, fits=self.fits, here=self._here)

    @property
    def empty_text(self) -> str:
        """What stands where the rows would, when there are none."""
        return self.empty.text if self._stack.currentWidget() is self.empty else ""

    def show_shelf(self, shelf: Shelf, key: str | None = None) -> None:
        """Another shelf, and a row of it."""
        if key is not None:
            self._picked[shelf] = key
        self.toolbar.show_shelf(shelf)
        self._filter()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._begin()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102, N802
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102, N802
        self.deeds.bring(dropped_paths(event.mimeData()))
        event.acceptProposedAction()

    def _build(self) -> None:
        frame = card()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.addWidget(self._stack)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(frame)
        split.addWidget(self.pane)
        frame.setMinimumWidth(400)
        self.pane.setMinimumWidth(396)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([740, 500])
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.for_card, 1)
        foot.addWidget(self.disk)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.toolbar)
        column.addWidget(self.banner)
        column.addWidget(split, 1)
        column.addWidget(self.downloads)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.toolbar.changed.connect(self._filter)
        self.toolbar.field.left_downwards.connect(self.list.setFocus)
        self.list.looked_at.connect(self._look_at)
        self.list.seen.connect(self._judge)
        self.list.end_near.connect(self._more)
        self.empty.pressed.connect(self._again)
        self.library.changed.connect(self._library_changed)
        self.search.changed.connect(self._show_rows)
        self.fits.changed.connect(lambda _model: self._show_rows())
        self._room.link_changed.connect(self._link)
        self._room.machine_changed.connect(self._begin)
        self._room.models_changed.connect(self._refresh)
        self._room.jobs.ended.connect(lambda _job: self._refresh())

    def _link(self) -> None:
        """What a daemon said is void when it is another or away."""
        if not self._room.live:
            self.library.forget()
            self.search.forget()
            self.fits.forget()
        self._begin()
        self._show_rows()

    def _begin(self) -> None:
        """Ask for what is not known yet."""
        card_now = best_card(self._room.machine)
        if not self._room.live or not self.isVisible() or card_now is None:
            return
        self._gpu = card_now.key
        self.fits.aim(card_now.key)
        self.for_card.show_text(estimates_for(card_now))
        self.library.rank(card_now.key)
        if self.library.entries is None:
            self.library.refresh()
        self._ask_hub()

    def _refresh(self) -> None:
        if self._room.live and self.library.entries is not None:
            self.library.refresh()

    def _filter(self) -> None:
        self.shelf_chosen.emit(str(self.shelf))
        self._ask_hub()
        self._show_rows()

    def _ask_hub(self) -> None:
        # Nobody is asked before it is known that somebody may be.
        account = self.library.account
        online = account is not None and not account.offline
        if self.shelf is Shelf.SEARCH and self._room.live and self.isVisible() and online:
            self.search.ask(self.toolbar.query)

    def _library_changed(self) -> None:
        account = self.library.account
        if account is not None:
            self.disk.show_room(self.library.models_bytes, account.free_bytes, account.cache_path)
            self.pane.show_offline(offline=account.offline)
            self.deeds.show_offline(offline=account.offline)
        self._ask_hub()
        self._show_rows()

    def _show_rows(self) -> None:
        shown = self._shown
        rows = shown.rows(self.toolbar.field.text(), self.toolbar.use.currentData()) if self._room.live else None
        self.list.show_rows(rows or (), self._picked.get(self.shelf))
        self._stack.setCurrentWidget(self.list if rows else self.empty)
        if not rows:
            self.empty.say(*shown.emptiness(live=self._room.live, text=self.toolbar.field.text()))
            self.details.show(None, self._gpu, by_hand=False)
        elif self.list.row is not None:
            chosen = self.list.row.key == self._picked.get(self.shelf)
            self.details.show(self.list.row, self._gpu, by_hand=chosen)

    def _look_at(self, row: ModelRow, by_hand: bool) -> None:  # noqa: FBT001
        if by_hand:
            self._picked[self.shelf] = row.key
            self.details.show(row, self._gpu, by_hand=True)

    def _judge(self, rows: list[ModelRow]) -> None:
        """Ask how the rows do that somebody sees, and of no others."""
        if self._room.live and self.shelf is not Shelf.RECOMMENDED:
            self.fits.want(row.model for row in rows if row.entry is None or row.entry.problem is None)

    def _more(self) -> None:
        if self.shelf is Shelf.SEARCH:
            self.search.more()

    def _again(self) -> None:
        if self.shelf is Shelf.SEARCH:
            self.search.again()
        elif self.shelf is Shelf.HERE:
            self.library.refresh()
        else:
            self.library.rank(self._gpu)
