"""Engines: building one, and what was built: measured against planned, side by side, rebuilt, verified, removed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engineroom.contract.control import JobKind, JobState, JobView
from engineroom.contract.engines import ExportView, SealedCheck
from engineroom_ui.link.http import Failure
from engineroom_ui.state.askable import MOST_IN_A_LIST
from engineroom_ui.state.room import Room
from engineroom_ui.state.sealed import Sealed
from engineroom_ui.text import engines as words
from engineroom_ui.text import units
from engineroom_ui.text.problems import sentence
from engineroom_ui.text.sentences import listed
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.build_ask import BuildAsk
from engineroom_ui.widgets.build_list import BuildList
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.confirm import Confirm
from engineroom_ui.widgets.engine_export import EngineExport
from engineroom_ui.widgets.engine_pane import EnginePane
from engineroom_ui.widgets.model_empty import ListEmpty
from engineroom_ui.widgets.model_notice import ModelNotice
from engineroom_ui.widgets.parts import card
from engineroom_ui.widgets.two_line_list import ListRow, TwoLineList


class EnginesPage(QWidget):
    """Asks while it is looked at, and when a build ends.

    Signals:
        serve_asked: the id of an engine to serve.
        plan_asked: a model to plan for.
        engine_chosen: the id of the engine looked at, to be remembered.
    """

    serve_asked = Signal(str)
    plan_asked = Signal(str)
    engine_chosen = Signal(str)

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, *, engine: str = "") -> None:
        super().__init__()
        self.setObjectName("Page")
        self._room = room
        self._wanted = engine
        self._fresh = ""
        self.sealed = Sealed(room.client, self)
        self.ask = BuildAsk()
        self.notice = ModelNotice()
        self.builds = BuildList(theme, clock, room.jobs)
        self.list = TwoLineList(theme, self.tr("Engines"))
        self.pane = EnginePane(theme)
        self.empty = ListEmpty()
        self.confirm = Confirm(self)
        self.export = EngineExport(self.sealed.export, self)
        self._build()
        self._connect()
        self._show_all()

    def open_at(self, what: str) -> None:
        """An engine, or a model to build one of, from elsewhere in the window."""
        if self.sealed.engine(what) is not None:
            self.list.choose(what)
        else:
            self._wanted = what
            self.ask.model.setEditText(what)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._begin()

    @property
    def empty_text(self) -> str:
        """What stands where the engines would, when there are none."""
        return self.empty.text if self._stack.currentWidget() is self.empty else ""

    def _build(self) -> None:
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.addWidget(self.list)
        frame.setMinimumWidth(260)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(frame)
        split.addWidget(self.pane)
        split.setStretchFactor(1, 1)
        split.setSizes([320, 800])
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.ask)
        column.addWidget(self.notice)
        column.addWidget(self.builds)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.ask.asked.connect(self._begin_build)
        self.ask.plan_asked.connect(self.plan_asked)
        self.list.chosen.connect(self._choose)
        self.empty.pressed.connect(self._begin)
        self.pane.asked.connect(self._do)
        self.pane.beside_asked.connect(self.sealed.compare)
        self.sealed.changed.connect(self._show_all)
        self.sealed.compared.connect(self.pane.show_comparison)
        self.sealed.checked.connect(self._checked)
        self.sealed.exported.connect(self._exported)
        self.sealed.doubted.connect(self._ask_all_the_same)
        self.sealed.refused.connect(self._refuse)
        self._room.jobs.ended.connect(self._ended)
        self._room.link_changed.connect(self._link)
        self._room.models_changed.connect(self._show_models)

    def _link(self) -> None:
        if not self._room.live:
            self.sealed.forget()
        self._begin()
        self._show_all()

    def _begin(self) -> None:
        if self._room.live and self.isVisible():
            self.sealed.refresh()

    def _show_models(self) -> None:
        built = {one.engine.id for one in self.sealed.engines or ()}
        sources = [one.source for one in self._room.models if one.source is not None and one.id not in built]
        repos = sorted({source for source in sources if "/" in source and "://" not in source})
        self.ask.show_models(repos[:MOST_IN_A_LIST])

    def _show_all(self) -> None:
        self.ask.setEnabled(self._room.live)
        self._show_models()
        engines = self.sealed.engines or ()
        rows = []
        for view in sorted(engines, key=lambda one: -one.engine.created_unix_s):
            ink = words.state(view)[1]
            rows.append(ListRow(key=view.engine.id, title=view.engine.id, below=words.about(view), ink=ink))
        self.list.show_rows(rows, self._wanted)
        if self._fresh and self.sealed.engine(self._fresh) is not None:
            self.list.choose(self._fresh)
            self._fresh = ""
        self._stack.setCurrentIndex(0 if rows else 1)
        if not rows:
            self._say_why()
        self._show_pane()

    def _say_why(self) -> None:
        if not self._room.live:
            self.empty.say(
                self.tr("The engine room is not running."),
                self.tr("It builds engines and keeps them. Once it answers, they stand here."),
                "",
            )
        elif self.sealed.problem is not None:
            said = sentence(self.sealed.problem.problem)
            self.empty.say(said.what, said.advice, self.tr("Try again"))
        elif self.sealed.engines is None:
            self.empty.say(self.tr("Looking …"), "", "")
        else:
            self.empty.say(
                self.tr("No engine was built here yet."),
                self.tr(
                    "An engine is a model made ready for this card by TensorRT-LLM, tried and measured. Name a model "
                    "above; GGUF models are served without being built."
                ),
                "",
            )

    def _choose(self, engine: str) -> None:
        if engine:
            self._wanted = engine
            self.engine_chosen.emit(engine)
        self._show_pane()

    def _show_pane(self) -> None:
        if (view := self.sealed.engine(self.list.choice)) is not None:
            self.pane.show_engine(view, [one.engine.id for one in self.sealed.engines or ()])

    def _ended(self, job: JobView) -> None:
        """An engine that has just been built is what a person wants to see."""
        engine = job.arguments.get("engine")
        if job.kind is JobKind.BUILD and job.state is JobState.DONE and isinstance(engine, str):
            self._fresh = engine
        self.sealed.note(job)

    def _begin_build(self, wish: dict[str, object]) -> None:
        self.notice.say("")
        self.sealed.build(wish)

    def _do(self, verb: str, engine: str) -> None:
        self.pane.say("")
        match verb:
            case "serve":
                self.serve_asked.emit(engine)
            case "rebuild":
                self.sealed.rebuild(engine)
            case "verify":
                self.pane.say(self.tr("Reading every file …"))
                self.sealed.verify(engine)
            case "export":
                self.export.ask(engine)
            case "remove":
                text = self.tr("Remove {engine}? It takes its trial run with it; the model stays.")
                self.confirm.ask(text.format(engine=engine), self.tr("Remove"), lambda: self.sealed.remove(engine))

    def _ask_all_the_same(self, failure: Failure, wish: tuple[str, dict[str, object]]) -> None:
        said = sentence(failure.problem)
        self.confirm.ask(said.what, self.tr("Build it all the same"), lambda: self.sealed.again(wish))

    def _checked(self, check: SealedCheck) -> None:
        if check.ok:
            self.pane.say(self.tr("Every file is as it was when the engine was sealed."))
        else:
            text = self.tr("These files are not as they were: {files}. Build it again.")
            self.pane.say(text.format(files=listed(check.wrong)), level="bad")

    def _exported(self, view: ExportView) -> None:
        text = self.tr("Saved to {path}, {size}.")
        self.pane.say(text.format(path=view.path, size=units.file_size(view.size_bytes)))

    def _refuse(self, failure: Failure) -> None:
        self.notice.say(sentence(failure.problem).whole, level="bad")
