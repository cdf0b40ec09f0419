"""Connect: what to set in which program, for this address, key and model; and whether they get on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engineroom.contract.connect import ClientGuide, ClientKind
from engineroom_ui.state.askable import Askable
from engineroom_ui.state.clients import Clients
from engineroom_ui.state.room import Room
from engineroom_ui.text import connect as words
from engineroom_ui.text.problems import sentence
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.connect_ask import ConnectAsk
from engineroom_ui.widgets.connect_guide import ConnectGuide
from engineroom_ui.widgets.model_empty import ListEmpty
from engineroom_ui.widgets.model_toolbar import SearchField
from engineroom_ui.widgets.parts import FIELD_PX, card
from engineroom_ui.widgets.segments import Segments
from engineroom_ui.widgets.two_line_list import ListRow, TwoLineList


class ConnectPage(QWidget):
    """Asks the daemon while it is looked at; the test goes to the address itself, as any program's requests do.

    Signals:
        client_chosen: the id of the program looked at, to be remembered.
    """

    client_chosen = Signal(str)

    def __init__(self, theme: Theme, room: Room, *, client: str = "") -> None:
        super().__init__()
        self.setObjectName("Page")
        self._room = room
        self._wanted = client
        self.clients = Clients(room.client, self)
        self.ask = ConnectAsk()
        self.kind = Segments(
            self.tr("Programs"),
            [("", self.tr("All")), *((str(kind), words.kind(kind)) for kind in ClientKind)],
        )
        self.field = SearchField()
        self.field.setPlaceholderText(self.tr("Find a program"))
        self.field.setAccessibleName(self.tr("Find a program"))
        self.field.draw(theme)
        self.list = TwoLineList(theme, self.tr("Programs"))
        self.guide = ConnectGuide(theme)
        self.empty = ListEmpty()
        theme.changed.connect(lambda: self.field.draw(theme))
        self._build()
        self._connect()
        self._show_all()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._begin()

    @property
    def empty_text(self) -> str:
        """What stands where the programs would, when there are none."""
        return self.empty.text if self._stack.currentWidget() is self.empty else ""

    def open_at(self, what: str) -> None:
        """Look at a program, from elsewhere in the window; as soon as it is listed, if none is yet."""
        self._wanted = what
        self.kind.show_choice("")
        self.field.clear()
        self._show_rows()
        self.list.choose(what)

    def _build(self) -> None:
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.addWidget(self.list)
        frame.setMinimumWidth(250)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(frame)
        split.addWidget(self.guide)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setSizes([300, 800])
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(self.empty)
        tools = QHBoxLayout()
        tools.setSpacing(12)
        tools.addWidget(self.kind)
        self.field.setMaximumWidth(FIELD_PX)
        tools.addWidget(self.field, 1000)
        tools.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.ask)
        column.addLayout(tools)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.clients.changed.connect(self._show_all)
        self.ask.changed.connect(self._show_guide)
        self.kind.chosen.connect(lambda _kind: self._show_rows())
        self.field.textChanged.connect(lambda _text: self._show_rows())
        self.field.left_downwards.connect(self.list.setFocus)
        self.list.chosen.connect(self._choose)
        self.empty.pressed.connect(self._begin)
        self._room.link_changed.connect(self._link)
        self._room.models_changed.connect(self._show_models)
        self._room.engine_changed.connect(lambda _engine: self._show_guide())

    def _link(self) -> None:
        if not self._room.live:
            self.clients.forget()
        self._begin()
        self._show_all()

    def _begin(self) -> None:
        if self._room.live and self.isVisible():
            self.clients.refresh()

    def _show_all(self) -> None:
        session, hello = self._room.session, self._room.hello
        near = hello.address if hello is not None and not session.here else ""
        self.ask.show_network(self.clients.network, near=near, machine=session.machine)
        self._show_models()
        self._show_rows()

    def _show_models(self) -> None:
        self.ask.show_models(Askable(self._room).models if self._room.live else ())
        self._show_guide()

    def _show_rows(self) -> None:
        found = self._found()
        rows: list[ListRow] = []
        for kind in ClientKind:
            of_kind = [guide for guide in found if guide.kind is kind]
            if of_kind:
                rows.append(ListRow(title=words.kind(kind)))
                rows += [_row(guide) for guide in of_kind]
        self.list.show_rows(rows, self._wanted)
        self._stack.setCurrentIndex(0 if rows else 1)
        if not rows:
            self._say_why()
        self._show_guide()

    def _found(self) -> list[ClientGuide]:
        text = self.field.text().strip().lower()
        return [
            guide
            for guide in self.clients.guides or ()
            if self.kind.choice in {"", str(guide.kind)}
            and text in f"{guide.name} {guide.id} {words.api(guide.api)}".lower()
        ]

    def _say_why(self) -> None:
        if not self._room.live:
            self.empty.say(
                self.tr("The engine room is not running."),
                self.tr("Once it answers, each program's settings stand here, for its address and models."),
                "",
            )
        elif self.clients.problem is not None:
            said = sentence(self.clients.problem.problem)
            self.empty.say(said.what, said.advice, self.tr("Try again"))
        elif self.clients.guides is None:
            self.empty.say(self.tr("Looking …"), "", "")
        else:
            self.empty.say(
                self.tr("No program is called like this."),
                self.tr("Any program that speaks an OpenAI-compatible interface can use the address."),
                "",
            )

    def _choose(self, client: str) -> None:
        if client:
            self._wanted = client
            self.client_chosen.emit(client)
        self._show_guide()

    def _show_guide(self) -> None:
        guide = next((one for one in self.clients.guides or () if one.id == self.list.choice), None)
        if guide is not None:
            engines = self._room.engines.values()
            tokens = {one.model_id: one.context_tokens for one in engines if one.context_tokens is not None}
            self.guide.show_guide(guide, self.ask.facts(tokens))


def _row(guide: ClientGuide) -> ListRow:
    return ListRow(key=guide.id, title=guide.name, below=words.api(guide.api), muted=not guide.works)
