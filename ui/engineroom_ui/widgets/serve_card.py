"""The model, its state, the one big button, the stages, the address, and where and how it runs."""

import time

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engineroom.contract.control import EngineState, EngineView, Machine, ModelView
from engineroom_ui.text import problems, units, words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.address_field import AddressField
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.engine_facts import EngineFacts
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, TITLE_PT, ElidedLabel, StateLabel, label
from engineroom_ui.widgets.stage_timeline import StageTimeline


class ServeCard(QFrame):
    """Shows one model and its engine; asks, never decides.

    Signals:
        start_asked, stop_asked: the big button, with the engine's id.
        model_chosen: another model, with its id.
    """

    start_asked = Signal(str)
    stop_asked = Signal(str)
    model_chosen = Signal(str)

    def __init__(self, theme: Theme, clock: DrawClock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self._theme = theme
        self._engine: EngineView | None = None
        self._live = False
        self._build_parts()
        self._build_layout()
        theme.changed.connect(self._draw_button)
        clock.tick.connect(self._tick)

    def show_models(self, models: tuple[ModelView, ...], chosen: ModelView | None) -> None:
        """The models to choose from; one alone is only named."""
        self._choose.blockSignals(True)  # noqa: FBT003
        self._choose.clear()
        for model in models:
            self._choose.addItem(model.name, model.id)
        if chosen is not None:
            self._choose.setCurrentIndex(self._choose.findData(chosen.id))
        self._choose.blockSignals(False)  # noqa: FBT003
        self._choose.setVisible(len(models) > 1)
        self._name.setVisible(len(models) <= 1)
        self._name.show_text(chosen.name if chosen is not None else self.tr("No model"))
        self._facts.show_text(words.model_facts(chosen) if chosen is not None else "")

    def show_engine(self, engine: EngineView | None, *, live: bool, machine: Machine | None = None) -> None:
        """The engine as the daemon last described it; ``live`` is false while the daemon cannot be asked."""
        self._engine = engine
        shown = live and engine is not None
        self._timeline.setVisible(shown and bool(engine and engine.stages))
        self._rows.setVisible(shown)
        if engine is None or not live:
            self._state.show_state(self.tr("Nothing to serve") if live else self.tr("Not connected"), "idle")
        else:
            spoken = words.engine_state(engine.state)
            self._state.show_state(spoken.word, spoken.token)
            self._timeline.show_stages(engine.stages)
            self._rows.show_engine(engine, machine)
        self._live = live
        self._tick()
        self._show_problem(engine if live else None)
        self._show_button(engine, live=live)

    def show_address(self, address: str) -> None:
        """The base URL other programs use."""
        self.address.show_address(address)

    @property
    def button(self) -> QPushButton:
        """The big button."""
        return self._button

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
        self._choose = QComboBox()
        self._choose.setObjectName("Model")
        self._choose.setAccessibleName(self.tr("Model"))
        self._choose.activated.connect(self._chosen)
        self._choose.hide()
        self._facts = ElidedLabel(role="Muted", points=SMALL_PT)
        self._state = StateLabel(self._theme, points=TITLE_PT, strong=True)
        self._aside = label(role="Muted", points=BODY_PT)
        self._button = QPushButton()
        self._button.setObjectName("Serve")
        self._button.setMinimumSize(152, 48)
        self._button.setIconSize(QSize(18, 18))
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        font = self._state.findChildren(QLabel)[0].font()
        self._button.setFont(font)
        self._button.clicked.connect(self._pressed)
        self._timeline = StageTimeline(self._theme)
        self._problem = label(role="Bad")
        self._problem.setWordWrap(True)
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._problem.hide()
        self.address = AddressField(self._theme)
        self._rows = EngineFacts()

    def _build_layout(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(4)
        titles.addWidget(self._name)
        titles.addWidget(self._choose)
        titles.addWidget(self._facts)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(titles, 1)
        head.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        state = QHBoxLayout()
        state.setSpacing(12)
        state.addWidget(self._state)
        state.addWidget(self._aside)
        state.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(state)
        column.addWidget(self._timeline)
        column.addWidget(self._problem)
        column.addWidget(self.address)
        column.addWidget(self._rows)

    def _tick(self) -> None:
        self._aside.setText(self._progress(self._engine) if self._live and self._engine is not None else "")

    def _progress(self, engine: EngineView) -> str:
        if engine.state is EngineState.READY and engine.load_s is not None:
            return self.tr("loaded in {time}").format(time=units.seconds(engine.load_s))
        if engine.state is EngineState.STARTING:
            if engine.expected_load_s is not None:
                return self.tr("{time} so far, usually {expected} on this machine").format(
                    time=units.seconds(max(0.0, time.time() - engine.since_s)),
                    expected=units.seconds(engine.expected_load_s),
                )
            return self.tr("first start of this model here, so no time is known")
        if engine.state is EngineState.STOPPED and engine.expected_load_s is not None:
            return self.tr("starts in about {time}").format(time=units.seconds(engine.expected_load_s))
        return ""

    def _show_problem(self, engine: EngineView | None) -> None:
        problem = engine.problem if engine is not None else None
        self._problem.setVisible(problem is not None)
        if problem is None or engine is None:
            return
        text = problems.sentence(problem).whole
        if engine.state is not EngineState.FAILED:
            text = self.tr("Last start: {text}").format(text=text)
        self._problem.setText(text)
        self._problem.setAccessibleName(text)

    def _show_button(self, engine: EngineView | None, *, live: bool) -> None:
        stop = live and engine is not None and (engine.can_stop or engine.state is EngineState.STOPPING)
        self._button.setText(self.tr("Stop") if stop else self.tr("Serve"))
        self._button.setAccessibleName(self.tr("Stop serving") if stop else self.tr("Serve the model"))
        self._button.setEnabled(live and engine is not None and (engine.can_stop or engine.can_start))
        self._button.setProperty("running", stop)
        self._button.style().unpolish(self._button)
        self._button.style().polish(self._button)
        self._draw_button()

    def _draw_button(self) -> None:
        stop = bool(self._button.property("running"))
        self._button.setIcon(
            self._theme.icon("stop" if stop else "play", "text" if stop else "on_accent")
            if self._button.isEnabled()
            else self._theme.icon("stop" if stop else "play", "text_muted")
        )

    def _pressed(self) -> None:
        if self._engine is not None and self._engine.can_stop:
            self.stop_asked.emit(self._engine.id)
        elif self._engine is not None and self._engine.can_start:
            self.start_asked.emit(self._engine.id)

    def _chosen(self, at: int) -> None:
        self.model_chosen.emit(str(self._choose.itemData(at)))
