"""One engine: its state, the one big button, the stages of its start, its address, and what it delivers and draws."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engineroom.contract.control import EngineState, EngineView, Machine, ModelView
from engineroom_ui.state.served import EngineFigures
from engineroom_ui.text import problems, serve, units, words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.address_field import AddressField
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.engine_facts import EngineFacts
from engineroom_ui.widgets.engine_keeping import EngineKeeping
from engineroom_ui.widgets.figure_grid import FigureGrid
from engineroom_ui.widgets.parts import (
    BODY_PT,
    SMALL_PT,
    TITLE_PT,
    ElidedLabel,
    Figure,
    IconButton,
    StateLabel,
    label,
    polish,
)
from engineroom_ui.widgets.stage_timeline import StageTimeline

_TIMED = frozenset({EngineState.STARTING, EngineState.STOPPING, EngineState.FAILED})


class EngineCard(QFrame):
    """Shows one model and its engine; asks, never decides. ``brief`` leaves out its facts and figures.

    Signals:
        start_asked, stop_asked: the big button, with the engine's id.
        chat_asked, log_asked: the model's id.
    """

    start_asked = Signal(str)
    stop_asked = Signal(str)
    chat_asked = Signal(str)
    log_asked = Signal(str)

    def __init__(self, theme: Theme, clock: DrawClock, parent: QWidget | None = None, *, brief: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self._theme = theme
        self._engine: EngineView | None = None
        self._model: ModelView | None = None
        self._live = False
        self._brief = brief
        self.keeping = EngineKeeping(theme, clock)
        self._build_parts()
        self._build_layout()
        theme.changed.connect(self._draw_button)
        clock.tick.connect(self._tick)

    def show_model(self, model: ModelView | None, *, tag: str = "") -> None:
        """Which model it is; ``tag`` says why it is shown."""
        self._model = model
        self._name.show_text(model.name if model is not None else self.tr("No model"))
        self._facts.show_text(words.model_facts(model) if model is not None else "")
        self._tag.setText(tag)
        self._tag.setVisible(bool(tag))
        self.setAccessibleName(model.name if model is not None else self.tr("No model"))

    def show_engine(self, engine: EngineView | None, *, live: bool, machine: Machine | None = None) -> None:
        """The engine as the daemon last described it; ``live`` is false while the daemon cannot be asked."""
        self._engine = engine
        self._live = live
        known = live and engine is not None
        ready = known and engine is not None and engine.state is EngineState.READY
        timed = known and engine is not None and engine.state in _TIMED and bool(engine.stages)
        self._timeline.setVisible(bool(timed))
        self._rows.setVisible(known and not self._brief)
        self.figures.setVisible(bool(ready) and not self._brief)
        self.address.setVisible(bool(ready) or not live)
        self.chat_button.setVisible(bool(ready))
        self.log_button.setVisible(known and engine is not None and engine.state is not EngineState.STOPPED)
        if engine is None or not live:
            self._state.show_state(self.tr("Nothing to serve") if live else self.tr("Not connected"), "idle")
        else:
            spoken = words.engine_state(engine.state)
            self._state.show_state(spoken.word, spoken.token)
            self._timeline.show_stages(engine.stages)
            self._rows.show_engine(engine, machine)
        self._tick()
        self._show_problem(engine if live else None)
        self._show_button(engine, live=live)

    def show_address(self, address: str) -> None:
        """The base URL other programs use."""
        self.address.show_address(address)

    def show_figures(self, told: EngineFigures) -> None:
        """What it delivers and draws."""
        self._now.show_value(units.tokens_per_s(told.tokens_per_s_now))
        asked = told.last_tokens_per_s is not None or told.last_ttft_s is not None
        none_yet = "–"  # noqa: RUF001
        self._rate.show_value(units.tokens_per_s(told.last_tokens_per_s) if asked else none_yet)
        self._ttft.show_value(units.seconds(told.last_ttft_s) if asked else none_yet)
        self._power.show_value(units.watts(told.power_w))
        self._energy.show_value(serve.per_token(told.joules_per_token, estimated=told.joules_estimated))
        self._queue.show_value(serve.queue(told.active, told.waiting))

    @property
    def engine(self) -> EngineView | None:
        """The engine shown."""
        return self._engine

    @property
    def button(self) -> QPushButton:
        """The big button."""
        return self._button

    @property
    def first(self) -> QWidget | None:
        """What serves or leads on, and may be pressed now; never what stops the engine."""
        starts = (self._button,) if self._engine is None or self._engine.can_start else ()
        ways = (*starts, self.chat_button, self.log_button)
        return next((part for part in ways if part.isVisible() and part.isEnabled()), None)

    @property
    def state_word(self) -> str:
        """The state shown."""
        return self._state.word

    @property
    def problem_text(self) -> str:
        """The sentence under the stages, or nothing."""
        return self._problem.text() if not self._problem.isHidden() else ""

    def _build_parts(self) -> None:
        self._name = ElidedLabel(points=TITLE_PT + 3, strong=True)
        self._facts = ElidedLabel(role="Muted", points=SMALL_PT)
        self._tag = label(role="Badge", points=SMALL_PT)
        self._tag.setProperty("ink", "accent")
        self._state = StateLabel(self._theme, points=TITLE_PT, strong=True)
        self._aside = label(role="Muted", points=BODY_PT)
        self._button = QPushButton()
        self._button.setObjectName("Serve")
        self._button.setMinimumSize(140, 46)
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.setFont(self._state.findChildren(QLabel)[0].font())
        self._button.clicked.connect(self._pressed)
        self.chat_button = IconButton(self._theme, "chat", self.tr("Chat with this model"))
        self.chat_button.clicked.connect(lambda: self.chat_asked.emit(self._model.id if self._model else ""))
        self.log_button = IconButton(self._theme, "log", self.tr("Log of this engine"))
        self.log_button.clicked.connect(lambda: self.log_asked.emit(self._model.id if self._model else ""))
        self._timeline = StageTimeline(self._theme)
        self._problem = label(role="Bad")
        self._problem.setWordWrap(True)
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._problem.hide()
        self.address = AddressField(self._theme)
        self._rows = EngineFacts()
        self._now = Figure(self.tr("Tokens/s now"))
        self._rate = Figure(self.tr("Last answer"))
        self._ttft = Figure(self.tr("First token"))
        self._power = Figure(self.tr("Power"))
        self._energy = Figure(self.tr("Per token"))
        self._queue = Figure(self.tr("Requests"))
        self.figures = FigureGrid([self._now, self._rate, self._ttft, self._power, self._energy, self._queue])

    def _build_layout(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(4)
        titles.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignLeft)
        titles.addWidget(self._name)
        titles.addWidget(self._facts)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(titles, 1)
        head.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        state = QHBoxLayout()
        state.setSpacing(12)
        state.addWidget(self._state)
        state.addWidget(self._aside, 1)
        state.addWidget(self.chat_button)
        state.addWidget(self.log_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(state)
        column.addWidget(self._timeline)
        column.addWidget(self._problem)
        column.addWidget(self.address)
        column.addWidget(self.figures)
        column.addWidget(self._rows)
        column.addWidget(self.keeping)

    def _tick(self) -> None:
        self._aside.setText(serve.progress(self._engine) if self._live and self._engine is not None else "")

    def _show_problem(self, engine: EngineView | None) -> None:
        problem = engine.problem if engine is not None else None
        self._problem.setVisible(problem is not None)
        self.setAccessibleDescription(problems.sentence(problem).whole if problem is not None else "")
        if problem is None or engine is None:
            return
        text = problems.sentence(problem).whole
        if engine.state is not EngineState.FAILED:
            text = self.tr("Last start: {text}").format(text=text)
        self._problem.setText(text)
        self._problem.setAccessibleName(text)

    def _show_button(self, engine: EngineView | None, *, live: bool) -> None:
        stop = live and engine is not None and (engine.can_stop or engine.state is EngineState.STOPPING)
        name = self._model.name if self._model is not None else ""
        self._button.setText(self.tr("Stop") if stop else self.tr("Serve"))
        spoken = self.tr("Stop serving {model}") if stop else self.tr("Serve {model}")
        self._button.setAccessibleName(spoken.format(model=name))
        self._button.setEnabled(live and engine is not None and (engine.can_stop or engine.can_start))
        polish(self._button, "running", stop)
        self._draw_button()

    def _draw_button(self) -> None:
        stop = bool(self._button.property("running"))
        ink = "text_muted" if not self._button.isEnabled() else "text" if stop else "on_accent"
        self._theme.lead(self._button, "stop" if stop else "play", ink)

    def _pressed(self) -> None:
        if self._engine is not None and self._engine.can_stop:
            self.stop_asked.emit(self._engine.id)
        elif self._engine is not None and self._engine.can_start:
            self.start_asked.emit(self._engine.id)
