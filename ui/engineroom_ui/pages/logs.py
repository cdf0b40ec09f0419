"""Logs: what the daemon and the engines wrote, and what is wrong with them."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engineroom.contract.control import LogLine
from engineroom_ui.state.findings import Findings
from engineroom_ui.state.log_lines import ShownLine, shown
from engineroom_ui.state.room import Room
from engineroom_ui.text import units
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.finding_card import FindingCard
from engineroom_ui.widgets.log_follow import ends_following
from engineroom_ui.widgets.log_model import LogModel, as_text
from engineroom_ui.widgets.log_save import LogSave
from engineroom_ui.widgets.log_tools import LogTools
from engineroom_ui.widgets.log_view import LogView
from engineroom_ui.widgets.model_empty import ListEmpty
from engineroom_ui.widgets.parts import SMALL_PT, ElidedLabel, card, label

DAEMON = "daemon"
_TAIL = 5000
_PER_TICK = 8000
"""After a long pause the rest comes with the next ticks, so that no frame waits for all of it."""


class LogsPage(QWidget):
    """Takes what is new once per tick; holds it back while paused.

    Signals:
        source_chosen: whose lines are looked at, to be remembered.
    """

    source_chosen = Signal(str)

    def __init__(self, theme: Theme, clock: DrawClock, room: Room) -> None:
        super().__init__()
        self.setObjectName("Page")
        self._room = room
        self._number, self._generation, self._missed = -1, -1, 0
        self._sources: set[str] = set()
        self._asked = self._paused = False
        self.lines = LogModel(self)
        self.findings = Findings(room.client, room.jobs, self)
        self.finding = FindingCard(theme)
        self.save = LogSave(self.lines, self)
        self.tools = LogTools(theme)
        self.view = LogView(theme, self.lines)
        self.whole = label(points=SMALL_PT)
        self.whole.setWordWrap(True)
        self.count = ElidedLabel(role="Muted", points=SMALL_PT)
        self.note = ElidedLabel(role="Muted", points=SMALL_PT)
        self.empty = ListEmpty()
        self._build()
        self._connect(clock)
        self.draw()

    @property
    def paused(self) -> bool:
        """Whether new lines are held back."""
        return self._paused

    @property
    def empty_text(self) -> str:
        """What stands where the lines would, when there are none."""
        return self.empty.text if self._stack.currentWidget() is self.empty else ""

    def open_at(self, what: str) -> None:
        """The lines of one engine, from elsewhere in the window."""
        self.tools.choose_source(what)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._begin()
        self.draw()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: D102, N802
        super().hideEvent(event)
        self.note.show_text("")

    def draw(self) -> None:
        """Take what is new, in one go."""
        if self._paused or not self.isVisible():
            return
        store = self._room.log
        if store.generation != self._generation:
            self._generation, self._number, self._missed = store.generation, -1, store.missed
            self.lines.restart([])
        new = store.after(self._number)[:_PER_TICK]
        if new:
            self._number = new[-1].number
            self.lines.append([shown(line) for line in new])
            self._follow()
            self._show_sources(new)
        self._show_counts()

    def _build(self) -> None:
        frame = card()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.addWidget(self._stack, 1)
        self._below = card("Field")
        told = QVBoxLayout(self._below)
        told.setContentsMargins(12, 8, 12, 8)
        told.addWidget(self.whole)
        self._below.hide()
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.finding)
        column.addWidget(self.tools)
        column.addWidget(frame, 1)
        column.addWidget(self._below)
        column.addLayout(foot)

    def _connect(self, clock: DrawClock) -> None:
        clock.tick.connect(self.draw)
        self.tools.changed.connect(self._filter)
        self.tools.follow_turned.connect(lambda _on: self._follow())
        ends_following(self.view.verticalScrollBar(), self.tools.follow)
        self.tools.pause_asked.connect(self._turn_pause)
        self.tools.copy_asked.connect(self._copy)
        self.tools.save_asked.connect(lambda: self.save.ask(self.tools.wanted.source))
        self.save.told.connect(self.note.show_text)
        self.tools.field.left_downwards.connect(self.view.setFocus)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_whole())
        self.findings.changed.connect(self._show_finding)
        self.findings.told.connect(self.finding.show_result)
        self.findings.refused.connect(self.finding.show_refusal)
        self.finding.fix_asked.connect(self.findings.fix)
        self._room.link_changed.connect(self._link)
        self._room.engine_changed.connect(self._note_engine)

    def _link(self) -> None:
        self._asked = self._asked and self._room.live
        if not self._room.live:
            self.findings.forget()
            self._show_finding()
        self._begin()
        self.draw()

    def _begin(self) -> None:
        """The snapshot has the newest lines only: ask once for all that are kept."""
        if self._room.live and self.isVisible() and not self._asked:
            self._asked = True
            call = self._room.client.get(f"/control/logs?tail={_TAIL}", tuple[LogLine, ...])
            call.done.connect(self._take_older)
            self.findings.refresh()

    def _note_engine(self, engine_id: str) -> None:
        if self.isVisible():
            self.findings.note(self._room.engines.get(engine_id))

    def _show_finding(self) -> None:
        wanted = self.tools.wanted.source
        self.finding.show_finding(self.findings.of("" if wanted == DAEMON else wanted))

    def _take_older(self, lines: tuple[LogLine, ...]) -> None:
        self._room.log.learn(lines)
        self._sources.clear()
        kept = self._room.log.after(-1)
        self.lines.restart([shown(line) for line in kept])
        self._number = kept[-1].number if kept else -1
        self._generation = self._room.log.generation
        self._show_sources(kept)
        self._follow()
        self._show_counts()

    def _show_sources(self, lines: list[LogLine]) -> None:
        fresh = {line.source for line in lines} - self._sources
        if fresh:
            self._sources |= fresh
            self.tools.show_sources(sorted(self._sources, key=lambda source: (source != DAEMON, source)))

    def _filter(self) -> None:
        self.lines.filter(self.tools.wanted)
        self.source_chosen.emit(self.tools.wanted.source)
        self._follow()
        self._show_whole()
        self._show_finding()
        self._show_counts()

    def _follow(self) -> None:
        if self.tools.follow.isChecked():
            self.view.scrollToBottom()

    def _turn_pause(self) -> None:
        self._paused = not self._paused
        self.tools.show_paused(paused=self._paused)
        self.draw()
        self._show_counts()

    def _copy(self) -> None:
        self.note.show_text(self.tr("Copied: {count} lines.").format(count=units.count(self.view.copy())))

    def _show_whole(self) -> None:
        chosen: list[ShownLine] = self.view.chosen
        self._below.setVisible(len(chosen) == 1)
        self.whole.setText(as_text(chosen[0]) if len(chosen) == 1 else "")

    def _show_counts(self) -> None:
        rows, store = len(self.lines.rows), self._room.log
        self._stack.setCurrentWidget(self.view if rows else self.empty)
        if not rows:
            self._say_why()
        text = self.tr("{rows} of {total} lines").format(rows=units.count(rows), total=units.count(self.lines.total))
        if store.missed:
            text += self.tr("; {count} were missed, because they came too fast").format(count=units.count(store.missed))
        if self._paused:
            text += self.tr("; paused, new lines wait")
        self.count.show_text(text)

    def _say_why(self) -> None:
        what, why = self.tr("Nothing was written yet."), self.tr("Engines and the engine room write here.")
        if self.lines.total:
            what, why = self.tr("No line is like this."), self.tr("Look for other words, or at all levels.")
        elif not self._room.live:
            what, why = self.tr("The engine room is not running."), self.tr("Once it answers, its lines stand here.")
        self.empty.say(what, why, "")
