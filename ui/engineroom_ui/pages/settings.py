"""Settings: the address, keys, energy, models, runtimes, storage, privacy, and this window."""

from enum import StrEnum

from PySide6.QtCore import QSettings, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engineroom.contract.settings import SettingKind
from engineroom_ui.state.keys import Keys
from engineroom_ui.state.library import Library
from engineroom_ui.state.room import Room
from engineroom_ui.state.runtimes import RuntimeShelf
from engineroom_ui.state.settings import DaemonSettings
from engineroom_ui.text import units
from engineroom_ui.text.problems import sentence
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.banner import Banner
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.key_section import KeySection
from engineroom_ui.widgets.model_empty import ListEmpty
from engineroom_ui.widgets.parts import card, scrolling
from engineroom_ui.widgets.runtime_section import RuntimeSection
from engineroom_ui.widgets.setting_form import Rows, SettingForm
from engineroom_ui.widgets.settings_cards import AccountCard, CaptureCard, LookCard, ReachCard, StorageCard
from engineroom_ui.widgets.two_line_list import ListRow, TwoLineList

_WIDEST_PX = 980
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_TOKENS_PAGE = "/settings/tokens"
_ADDRESS: Rows = (
    ("server.host", SettingKind.TEXT),
    ("server.port", SettingKind.PORT),
    ("server.keyless_loopback", SettingKind.SWITCH),
    ("server.hosts", SettingKind.TEXTS),
    ("server.origins", SettingKind.TEXTS),
    ("server.certificate", SettingKind.TEXT),
    ("server.certificate_key", SettingKind.TEXT),
    ("server.fetch_images", SettingKind.SWITCH),
)
_SERVING: Rows = (
    ("models.default", SettingKind.TEXT),
    ("models.load_on_demand", SettingKind.SWITCH),
    ("llama_cpp.context_tokens", SettingKind.WHOLE),
    ("llama_cpp.slots", SettingKind.WHOLE),
    ("llama_cpp.threads", SettingKind.WHOLE),
    ("llama_cpp.prompt_cache_mib", SettingKind.WHOLE),
)
_HUB: Rows = (
    ("hub.offline", SettingKind.SWITCH),
    ("hub.streams", SettingKind.WHOLE),
    ("hub.limit_mib_per_s", SettingKind.NUMBER),
)
_ENERGY: Rows = (("energy.price_per_kwh", SettingKind.NUMBER), ("energy.currency", SettingKind.TEXT))
_RECORDS: Rows = (("energy.keep_requests_days", SettingKind.WHOLE), ("energy.keep_rollups_days", SettingKind.WHOLE))


class Section(StrEnum):
    """What can be opened on its own."""

    ADDRESS = "address"
    KEYS = "keys"
    MODELS = "models"
    RUNTIMES = "runtimes"
    ENERGY = "energy"
    STORAGE = "storage"
    PRIVACY = "privacy"
    WINDOW = "window"


class SettingsPage(QWidget):
    """Each change is written when it is made; what waits for a restart is said above all sections.

    Signals:
        section_chosen: the section looked at, to be remembered.
        colours_chosen: what the window shall look like.
        reopen_asked: the window is to be closed and opened again.
    """

    section_chosen = Signal(str)
    colours_chosen = Signal(object)
    reopen_asked = Signal()

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, settings: QSettings, *, section: str = "") -> None:
        super().__init__()
        self.setObjectName("Page")
        self._room = room
        self.settings = DaemonSettings(room.client, self)
        self.keys = Keys(room.client, self)
        self.library = Library(room.client, self)
        self.runtimes = RuntimeShelf(room.client, self)
        self.banner = Banner(theme, inset=True)
        self.list = TwoLineList(theme, self.tr("Sections"))
        self.list.setFixedWidth(232)
        self.key_section = KeySection(theme, self.keys)
        self.runtime_section = RuntimeSection(theme, clock, self.runtimes, room.jobs)
        self.look = LookCard(settings, theme.choice)
        self.account = AccountCard(self.library)
        self.storage = StorageCard(self.settings)
        self.capture = CaptureCard(self.keys)
        self.reach = ReachCard(self.keys)
        self.forms: dict[Section, SettingForm] = {}
        self.away = ListEmpty()
        self.away.say(
            self.tr("The engine room is not running."),
            self.tr("These settings are its own. Once it answers, they stand here."),
            "",
        )
        self._stack = QStackedWidget()
        self._places: dict[str, int] = {}
        self._build()
        self._connect(theme)
        self.list.choose(section)
        self._link()

    @property
    def _locks_out(self) -> bool:
        """Whether a restart would end in a refusal: others are to be let in, and nobody has a key."""
        host = self.settings.setting("server.host")
        keys = self.keys.keys
        if host is None or not host.waits or keys is None or str(host.value) in _LOOPBACK:
            return False
        return all(key.revoked_at_s is not None for key in keys)

    def open_at(self, what: str) -> None:
        """A section, from elsewhere in the window."""
        self.list.choose(what)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._begin()

    def _form(self, section: Section, title: str, rows: Rows) -> SettingForm:
        form = SettingForm(title, self.settings, rows)
        self.forms[section] = form
        return form

    def _bodies(self) -> dict[Section, tuple[str, str, tuple[QWidget, ...]]]:
        served = self._form(Section.MODELS, self.tr("Serving"), _SERVING)
        hub_form = SettingForm(self.tr("Fetching models"), self.settings, _HUB)
        form, section = self._form, Section
        return {
            section.ADDRESS: (
                self.tr("Address"),
                self.tr("Port, network, web pages"),
                (form(section.ADDRESS, self.tr("Address"), _ADDRESS), self.reach),
            ),
            section.KEYS: (self.tr("Keys"), self.tr("Who may come in"), (self.key_section,)),
            section.MODELS: (
                self.tr("Models and Hub"),
                self.tr("Context, offline, account"),
                (served, hub_form, self.account),
            ),
            section.RUNTIMES: (self.tr("Runtimes"), self.tr("What can serve"), (self.runtime_section,)),
            section.ENERGY: (
                self.tr("Energy"),
                self.tr("Price and currency"),
                (form(section.ENERGY, self.tr("Energy"), _ENERGY),),
            ),
            section.STORAGE: (self.tr("Storage"), self.tr("Where things lie"), (self.storage,)),
            section.PRIVACY: (
                self.tr("Privacy"),
                self.tr("What is kept, and how long"),
                (form(section.PRIVACY, self.tr("Records of requests"), _RECORDS), self.capture),
            ),
            section.WINDOW: (self.tr("This window"), self.tr("Colours, language"), (self.look,)),
        }

    def _build(self) -> None:
        rows = []
        for section, (title, below, parts) in self._bodies().items():
            self._places[section] = self._stack.addWidget(_body(parts))
            rows.append(ListRow(key=section, title=title, below=below))
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(frame)
        row.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.banner)
        column.addLayout(row, 1)
        self._away = self._stack.addWidget(self.away)
        self.list.chosen.connect(self._show)
        self.list.show_rows(rows)

    def _connect(self, theme: Theme) -> None:
        self.settings.changed.connect(self._say)
        self.keys.changed.connect(self._say)
        self.banner.pressed.connect(self._press)
        self.account.page_asked.connect(self._open_tokens)
        self.look.colours_chosen.connect(self.colours_chosen)
        self.look.reopen_asked.connect(self.reopen_asked)
        theme.changed.connect(lambda: self.look.show_colours(theme.choice))
        self._room.link_changed.connect(self._link)

    def _show(self, section: str) -> None:
        if section in self._places:
            known = self._room.live or section == Section.WINDOW
            self._stack.setCurrentIndex(self._places[section] if known else self._away)
            self.section_chosen.emit(section)

    def _link(self) -> None:
        if not self._room.live:
            for store in (self.settings, self.keys, self.library, self.runtimes):
                store.forget()
                store.changed.emit()
        # What they would say is the daemon's to know, and nobody is looking for it now.
        for part in (self.reach, self.key_section, self.account, self.runtime_section, self.storage, self.capture):
            part.setVisible(self._room.live)
        self._show(self.list.choice)
        self._begin()
        self._say()

    def _begin(self) -> None:
        if self._room.live and self.isVisible():
            self.settings.refresh()
            self.settings.look_at_storage()
            self.keys.refresh()
            self.library.refresh()
            self.runtimes.refresh()

    def _say(self) -> None:
        """One line above all: what is broken, else what waits."""
        view, waiting = self.settings.view, self.settings.waiting
        if not self._room.live:
            self.banner.say(self.tr("The engine room is not running. Only this window's settings can be changed."))
        elif view is not None and view.problem is not None:
            self.banner.say(sentence(view.problem).whole, level="bad", button=self.tr("Read it again"))
        elif self.settings.problem is not None:
            problem = sentence(self.settings.problem.problem).whole
            self.banner.say(problem, level="bad", button=self.tr("Try again"))
        elif self._locks_out:
            text = self.tr("Without a key the engine room will not start for other computers. Make one first.")
            self.banner.say(text, button=self.tr("Make a key"))
        elif waiting:
            text = self.tr("Changes that count after a restart: {count}. A restart stops every engine for a moment.")
            button = self.tr("Restart the engine room")
            self.banner.say(text.format(count=units.count(len(waiting))), level="info", button=button)
        else:
            self.banner.hide()

    def _press(self) -> None:
        if self._locks_out:
            self.open_at(Section.KEYS)
        elif self.settings.waiting and self.settings.problem is None:
            self._room.restart()
        else:
            self.settings.refresh()

    def _open_tokens(self) -> None:
        if (account := self.library.account) is not None:
            QDesktopServices.openUrl(QUrl(account.endpoint + _TOKENS_PAGE))


def _body(parts: tuple[QWidget, ...]) -> QWidget:
    body = QWidget()
    body.setObjectName("ClearBody")
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 6, 4)
    column.setSpacing(12)
    for part in parts:
        part.setMaximumWidth(_WIDEST_PX)
        column.addWidget(part)
    column.addStretch(1)
    row = QHBoxLayout(body)
    row.setContentsMargins(0, 0, 0, 0)
    row.addLayout(column, 1000)
    row.addStretch(1)
    return scrolling(body)
