"""Smaller cards of the page Settings: look and language, who can reach it, capture, account, storage."""

from PySide6.QtCore import QSettings, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from engineroom.contract.keys import Reach
from engineroom_ui.state.keys import Keys
from engineroom_ui.state.library import Library
from engineroom_ui.state.settings import DaemonSettings
from engineroom_ui.text import language, models, units
from engineroom_ui.text import settings as words
from engineroom_ui.theme.apply import Choice
from engineroom_ui.widgets.controls import ChoiceBox, card_column, quiet_button, wrapped
from engineroom_ui.widgets.facts_grid import FactsGrid
from engineroom_ui.widgets.model_token import TokenDialog
from engineroom_ui.widgets.parts import SMALL_PT, label

CAPTURE_MINUTES = (5, 10, 30, 60, 240)


class LookCard(QFrame):
    """What the window looks like and speaks: kept by the window, not by the daemon.

    Signals:
        colours_chosen: a :class:`Choice`.
        reopen_asked: this window is to be closed and opened again.
    """

    colours_chosen = Signal(object)
    reopen_asked = Signal()

    def __init__(self, settings: QSettings, choice: Choice) -> None:
        super().__init__()
        self._settings = settings
        names = {
            Choice.SYSTEM: self.tr("As the system"),
            Choice.LIGHT: self.tr("Light"),
            Choice.DARK: self.tr("Dark"),
            Choice.CONTRAST_LIGHT: self.tr("High contrast, light"),
            Choice.CONTRAST_DARK: self.tr("High contrast, dark"),
        }
        self.colours = ChoiceBox(self.tr("Colours"))
        for one, name in names.items():
            self.colours.addItem(name, one)
        self.colours.setCurrentIndex(self.colours.findData(choice))
        self.language = ChoiceBox(self.tr("Language"))
        self.language.addItem(self.tr("As the system"), language.Language.SYSTEM)
        for spoken, own in language.OWN_NAMES.items():
            self.language.addItem(own, spoken)
        self._spoken = language.chosen(str(settings.value(language.SETTING, "")))
        self.language.setCurrentIndex(self.language.findData(self._spoken))
        self.note = wrapped(self.tr("The window speaks it after it was closed and opened again."))
        self.reopen = quiet_button(self.tr("Restart this window"), self.reopen_asked.emit, points=SMALL_PT)
        self.colours.currentIndexChanged.connect(lambda: self.colours_chosen.emit(Choice(self.colours.currentData())))
        self.language.currentIndexChanged.connect(self._speak)
        grid = _grid(self, self.tr("This window"))
        for at, (name, field) in enumerate(((self.tr("Colours"), self.colours), (self.tr("Language"), self.language))):
            caption = label(name)
            caption.setBuddy(field)
            grid.addWidget(caption, at, 0)
            grid.addWidget(field, at, 1)
        grid.addWidget(self.note, 2, 0)
        grid.addWidget(self.reopen, 2, 1, Qt.AlignmentFlag.AlignLeft)
        self._show_waiting()

    def show_colours(self, choice: Choice) -> None:
        """The look that counts, also when it was chosen elsewhere."""
        with QSignalBlocker(self.colours):
            self.colours.setCurrentIndex(self.colours.findData(choice))

    def _speak(self) -> None:
        self._settings.setValue(language.SETTING, str(self.language.currentData()))
        self._show_waiting()

    def _show_waiting(self) -> None:
        """Closing a window may only hide it, so there is a button that does what the note says."""
        waiting = self.language.currentData() != self._spoken
        self.note.setVisible(waiting)
        self.reopen.setVisible(waiting)


class ReachCard(QFrame):
    """Who can reach the engine room: every address of this computer was tried."""

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self.facts = FactsGrid()
        _titled(self, self.tr("Who can reach it")).addWidget(self.facts)
        keys.changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """What the daemon found."""
        view = self._keys.network
        if view is None:
            self.facts.show_facts([(self.tr("Looking …"), "")])
            return
        reach = {
            Reach.THIS_COMPUTER: self.tr("this computer only"),
            Reach.LOCAL_NETWORK: self.tr("the local network"),
            Reach.INTERNET: self.tr("the internet, unless a firewall is between"),
        }
        facts = [(self.tr("This computer"), view.local)]
        facts.append((self.tr("Other computers"), view.network or self.tr("not let in")))
        if view.network is not None:
            plain = self.tr("none: anybody on the way can read it")
            facts.append((self.tr("Encryption"), "TLS" if view.tls else plain))
        if view.fingerprint is not None:
            facts.append((self.tr("Certificate"), view.certificate or ""))
            facts.append((self.tr("SHA-256"), view.fingerprint))
        for one in view.interfaces:
            met = reach[one.reach] if one.answers else self.tr("does not answer")
            facts.append((f"{one.name}  {one.address}:{one.port}", met))
        self.facts.show_facts(facts)


class CaptureCard(QFrame):
    """Prompts and answers are written down only while this says so."""

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self.minutes = ChoiceBox(self.tr("For how long"))
        for minutes in CAPTURE_MINUTES:
            self.minutes.addItem(self.tr("{count} minutes").format(count=minutes), minutes)
        self.minutes.setCurrentIndex(1)
        self.turn = quiet_button(self.tr("Write them down"), self._turn)
        self.said = wrapped("")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.said, 1)
        row.addWidget(self.minutes)
        row.addWidget(self.turn)
        _titled(self, self.tr("Prompts and answers")).addLayout(row)
        keys.changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Whether they are being written down."""
        view = self._keys.capture
        on = view is not None and view.on
        self.setEnabled(view is not None)
        self.minutes.setVisible(not on)
        self.turn.setText(self.tr("End it") if on else self.tr("Write them down"))
        text = self.tr("They are not being kept. To find a fault they can be written to a file that only you can read.")
        if view is not None and on:
            text = self.tr("They are being written to {path}.").format(path=view.path)
        self.said.setText(text)

    def _turn(self) -> None:
        on = self._keys.capture is not None and self._keys.capture.on
        self._keys.turn_capture(0 if on else float(self.minutes.currentData()))


class AccountCard(QFrame):
    """Which Hub is asked, and with which token.

    Signals:
        page_asked: where tokens are made.
    """

    page_asked = Signal()

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self.dialog: TokenDialog | None = None
        self.facts = FactsGrid()
        self.change = quiet_button(self.tr("Access token …"), self._ask)
        row = QHBoxLayout()
        row.addWidget(self.facts, 1)
        row.addWidget(self.change)
        _titled(self, self.tr("Hugging Face Hub")).addLayout(row)
        library.changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """What the daemon says of it."""
        account = self._library.account
        self.change.setEnabled(account is not None)
        if account is None:
            self.facts.show_facts([(self.tr("Looking …"), "")])
            return
        self.facts.show_facts(
            (
                (self.tr("Asked"), account.endpoint),
                (self.tr("Access token"), models.token_place(account.token_place)),
                (self.tr("Now"), self.tr("offline") if account.offline else self.tr("online")),
            )
        )

    def _ask(self) -> None:
        self.dialog = TokenDialog(self._library, self)
        self.dialog.page_asked.connect(self.page_asked)
        self.dialog.finished.connect(lambda _code: self._library.refresh())
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()


class StorageCard(QFrame):
    """Where things lie, how much they hold, and what their disk has left."""

    def __init__(self, settings: DaemonSettings) -> None:
        super().__init__()
        self._settings = settings
        self.facts = FactsGrid()
        self.again = quiet_button(self.tr("Look again"), self._look)
        row = QHBoxLayout()
        row.addWidget(self.facts, 1)
        row.addWidget(self.again)
        _titled(self, self.tr("Where things lie")).addLayout(row)
        settings.changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """What was found."""
        storage = self._settings.storage
        if storage is None:
            self.facts.show_facts([(self.tr("Looking …"), "")])
            return
        line = self.tr("{held} here, {free} free on the disk\n{path}")
        self.facts.show_facts(
            (
                words.place(one.what),
                line.format(held=units.file_size(one.held_bytes), free=units.file_size(one.free_bytes), path=one.path),
            )
            for one in storage.places
        )

    def _look(self) -> None:
        self._settings.storage = None
        self.draw()
        self._settings.look_at_storage()


def _titled(frame: QFrame, title: str) -> QVBoxLayout:
    frame.setObjectName("Card")
    lines = card_column(frame)
    lines.addWidget(label(title, strong=True))
    return lines


def _grid(frame: QFrame, title: str) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 1)
    _titled(frame, title).addLayout(grid)
    return grid
