"""Runtimes: what is here, what an installation would find, installing and attaching."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engineroom.contract.control import JobKind
from engineroom.contract.runtimes import RuntimeKind, RuntimeLook, RuntimeView
from engineroom_ui.link.http import Failure
from engineroom_ui.state.jobs import Jobs
from engineroom_ui.state.runtimes import RuntimeShelf
from engineroom_ui.text import details
from engineroom_ui.text import runtimes as words
from engineroom_ui.text.problems import sentence
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.confirm import Confirm
from engineroom_ui.widgets.controls import ChoiceBox, card_column, quiet_button, text_field, wrapped
from engineroom_ui.widgets.download_list import DownloadList
from engineroom_ui.widgets.model_notice import ModelNotice
from engineroom_ui.widgets.parts import SMALL_PT, StateLabel, card, label
from engineroom_ui.widgets.runtime_row import RuntimeRow
from engineroom_ui.widgets.runtime_updates import RuntimeUpdates


class RuntimeSection(QWidget):
    """Rows are made anew when the daemon tells of others."""

    def __init__(self, theme: Theme, clock: DrawClock, shelf: RuntimeShelf, jobs: Jobs) -> None:
        super().__init__()
        self._theme = theme
        self._shelf = shelf
        self.rows: list[RuntimeRow] = []
        self.notice = ModelNotice()
        self.jobs = DownloadList(theme, clock, jobs, kinds=frozenset({JobKind.INSTALL}))
        self.kind = ChoiceBox(self.tr("How it is installed"))
        self.kind.addItem(self.tr("As it suits this computer"), None)
        for kind in (RuntimeKind.CONTAINER, RuntimeKind.VENV):
            self.kind.addItem(words.kind(kind), str(kind))
        self.version = text_field(self.tr("Version"), self.tr("Version: the proven one"))
        self.address = text_field(self.tr("Address of a server"), "http://127.0.0.1:8000/v1")
        self.look = quiet_button(self.tr("&Look first"), shelf.look)
        self.install = quiet_button(self.tr("&Install"), self._install)
        self.attach = quiet_button(self.tr("&Attach"), self._attach)
        self._listed = QVBoxLayout()
        self._found = QVBoxLayout()
        self._confirm = Confirm(self)
        self.updates = RuntimeUpdates(theme, jobs)
        self.updates.asked.connect(self._update)
        self._build()
        shelf.changed.connect(self.draw)
        shelf.refused.connect(self._refuse)
        jobs.ended.connect(shelf.note)
        self.draw()

    def draw(self) -> None:
        """What is here now."""
        _empty(self._listed)
        self.rows = []
        for view in self._shelf.runtimes or ():
            row = RuntimeRow(self._theme, view)
            row.asked.connect(self._do)
            self.rows.append(row)
            self._listed.addWidget(row)
        if not self.rows:
            self._listed.addWidget(label(self._none(), role="Muted"))
        self.updates.show_runtimes(self._shelf.runtimes or ())
        _empty(self._found)
        for look in self._shelf.looks or ():
            self._found.addWidget(_look(self._theme, look))

    def _build(self) -> None:
        here = card()
        inside = card_column(here)
        inside.addWidget(label(self.tr("On this computer"), strong=True))
        inside.addLayout(self._listed)
        get = card()
        below = card_column(get)
        below.addWidget(label(self.tr("TensorRT-LLM"), strong=True))
        below.addWidget(
            wrapped(
                self.tr(
                    "It becomes the default only after its gate: it is asked for its version and options, serves, and "
                    "calls a tool. Until then the runtime in use stays."
                )
            )
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.kind, 1)
        row.addWidget(self.version, 1)
        row.addWidget(self.look)
        row.addWidget(self.install)
        below.addLayout(row)
        below.addLayout(self._found)
        other = card()
        last = card_column(other)
        last.addWidget(label(self.tr("Somebody else's server"), strong=True))
        about = self.tr("Any OpenAI-compatible server can be attached; Engineroom neither starts nor ends it.")
        last.addWidget(wrapped(about))
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.address, 1)
        line.addWidget(self.attach)
        last.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for block in (self.notice, self.jobs, here, self.updates, get, other):
            column.addWidget(block)

    def _none(self) -> str:
        """Why no runtime is listed."""
        if self._shelf.problem is not None:
            return sentence(self._shelf.problem.problem).whole
        if self._shelf.runtimes is None:
            return self.tr("Looking …")
        return self.tr("None yet. Install one, or attach a server, below.")

    def _do(self, verb: str, view: RuntimeView) -> None:
        self.notice.say("")
        if verb == "remove":
            question = self.tr("Remove {runtime}? Engines that were built with it can no longer be started.")
            self._confirm.ask(
                question.format(runtime=words.title(view)), self.tr("Remove"), lambda: self._shelf.remove(view.id)
            )
        elif verb == "gate":
            self._shelf.gate(view.id)
        elif verb == "anew":
            self._shelf.reinstall(view.id)
        elif verb == "use":
            self._shelf.use(view.id)
        else:
            self._shelf.install(version=view.version, kind=str(view.kind))

    def _install(self) -> None:
        self.notice.say("")
        self._shelf.install(version=self.version.text().strip() or None, kind=self.kind.currentData())

    def _update(self, default: RuntimeView) -> None:
        self.notice.say("")
        self._shelf.update(default.kind)

    def _attach(self) -> None:
        self.notice.say("")
        if address := self.address.text().strip():
            self._shelf.attach(address)

    def _refuse(self, failure: Failure) -> None:
        self.notice.say(sentence(failure.problem).whole, level="bad")


def _look(theme: Theme, look: RuntimeLook) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(3)
    head = StateLabel(theme, points=SMALL_PT, strong=True)
    text = f"{words.kind(look.kind)} {look.version}"
    head.show_state(text, "bad" if look.blocked else "ok")
    column.addWidget(head)
    for place, finding in enumerate(look.findings):
        line = label(
            details.finding(finding) or _own_words(look, place),
            points=SMALL_PT,
            role="Muted" if words.LEVEL_INKS[finding.level] == "ok" else "",
        )
        line.setWordWrap(True)
        row = QHBoxLayout()
        row.setContentsMargins(18, 0, 0, 0)
        mark = StateLabel(theme, points=SMALL_PT)
        mark.show_state(details.check(finding.check), words.LEVEL_INKS[finding.level])
        mark.setFixedWidth(110)
        row.addWidget(mark)
        row.addWidget(line, 1)
        column.addLayout(row)
    return made


def _own_words(look: RuntimeLook, place: int) -> str:
    """What the daemon itself says of a finding that this window does not know."""
    return look.words[place] if place < len(look.words) else look.findings[place].code


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (part := item.widget()) is not None:
            part.hide()
            part.deleteLater()
