"""One engine that was built: what it is, what was measured against the plan, and what can be done with it."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engineroom.contract.engines import BACKEND, ComparedFact, ComparedFigure, Comparison, Figure, SealedView
from engineroom_ui.text import engines as words
from engineroom_ui.text import numbers, plan, units
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.controls import ChoiceBox, quiet_button
from engineroom_ui.widgets.facts_grid import FactsGrid
from engineroom_ui.widgets.figure_table import Cell, FigureTable
from engineroom_ui.widgets.flow_row import FlowRow
from engineroom_ui.widgets.model_notice import ModelNotice
from engineroom_ui.widgets.parts import SMALL_PT, TITLE_PT, ElidedLabel, StateLabel, card, label, scrolling

_WIDEST_PX = 1080


class EnginePane(QWidget):
    """Shows an engine; asks, never decides.

    Signals:
        asked: a verb (``serve``, ``rebuild``, ``verify``, ``export``, ``remove``) and the engine's id.
        beside_asked: ids of two engines to compare.
    """

    asked = Signal(str, str)
    beside_asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._view: SealedView | None = None
        self.name = ElidedLabel(points=TITLE_PT + 1, strong=True)
        self.state = StateLabel(theme)
        self.simulated = label(self.tr("simulated"), role="TagWarn", points=SMALL_PT)
        self.notice = ModelNotice()
        self.facts = FactsGrid()
        self.figures = FigureTable()
        self.other_backend = label(words.other_backend(), role="Muted", points=SMALL_PT)
        self.other_backend.setWordWrap(True)
        self.comparison = FigureTable()
        self.beside = ChoiceBox(self.tr("Compare with"))
        self.buttons = {
            "serve": self._button("serve", self.tr("&Serve")),
            "rebuild": self._button("rebuild", self.tr("Build &again")),
            "verify": self._button("verify", self.tr("&Verify")),
            "export": self._button("export", self.tr("&Export …")),
            "remove": self._button("remove", self.tr("Remove")),
        }
        self.beside.currentIndexChanged.connect(self._compare)
        self._build()

    @property
    def shown(self) -> str:
        """Id of the engine that is shown, or nothing."""
        return "" if self._view is None else self._view.engine.id

    def show_engine(self, view: SealedView, others: list[str]) -> None:
        """Another engine, or the same as it is now."""
        another = view.engine.id != self.shown
        self._view = view
        engine = view.engine
        self.name.show_text(engine.id)
        word, ink = words.state(view)
        self.state.show_state(word, ink)
        self.simulated.setVisible(engine.simulated)
        if another:
            self.notice.say("")
            self._comparison.hide()
        if view.reasons:
            self.notice.say("\n".join(words.stale(reason) for reason in view.reasons))
        self.facts.show_facts(self._facts(view))
        head = (self.tr("Trial run"), self.tr("Measured"), self.tr("Planned (estimate)"), "")
        self.figures.show_rows(head, [_row(one) for one in view.figures])
        self.other_backend.setVisible(BACKEND in engine.plan)
        self._show_others([one for one in others if one != engine.id], reset=another)

    def show_comparison(self, compared: Comparison) -> None:
        """Two engines side by side; the better figure is strong."""
        if self.shown not in compared.engines:
            return
        rows = [_fact(one) for one in compared.facts]
        rows += [_compared(one) for one in compared.figures]
        self.comparison.show_rows(["", *compared.engines], rows)
        self._comparison.show()

    def say(self, text: str, *, level: str = "info") -> None:
        """What came of a wish."""
        self.notice.say(text, level=level)

    def _facts(self, view: SealedView) -> list[tuple[str, str]]:
        engine = view.engine
        return [
            (self.tr("Model"), engine.repo or engine.model),
            (self.tr("Card"), engine.gpu_name),
            (self.tr("Runtime"), f"{engine.runtime} {engine.runtime_version}"),
            (self.tr("Precision"), plan.precision(engine.precision)),
            (self.tr("Cache format"), plan.precision(engine.kv_format)),
            (self.tr("Context"), self.tr("{count} tokens").format(count=units.count(engine.context_tokens))),
            (self.tr("Requests at once"), units.count(engine.concurrency)),
            (self.tr("Called a tool"), self._yes(engine.measured.tool_call)),
            (self.tr("Kept to a schema"), self._yes(engine.measured.json_schema)),
            (self.tr("Built"), numbers.moment(engine.created_unix_s)),
            (self.tr("On disk"), units.file_size(view.size_bytes)),
        ]

    def _yes(self, holds: bool | None) -> str:  # noqa: FBT001
        return self.tr("not tried") if holds is None else self.tr("yes") if holds else self.tr("no")

    def _show_others(self, others: list[str], *, reset: bool) -> None:
        with QSignalBlocker(self.beside):
            chosen = None if reset else self.beside.currentData()
            self.beside.clear()
            self.beside.addItem(self.tr("Compare with …"), None)
            for one in others:
                self.beside.addItem(one, one)
            self.beside.setCurrentIndex(max(0, self.beside.findData(chosen)))
        self.beside.setEnabled(bool(others))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.name, 1)
        head.addWidget(self.simulated)
        head.addWidget(self.state)
        deeds = FlowRow(tuple(self.buttons.values()))
        measured, column = _card()
        column.addWidget(self.figures)
        column.addWidget(self.other_backend)
        self._comparison, beside = _card()
        beside.addWidget(label(self.tr("Side by side"), strong=True))
        beside.addWidget(self.comparison)
        self._comparison.hide()
        facts, inside = _card()
        inside.addWidget(self.facts)
        compare = QHBoxLayout()
        compare.addWidget(self.beside)
        compare.addStretch(1)
        body = QWidget()
        body.setObjectName("ClearBody")
        body.setMaximumWidth(_WIDEST_PX)
        whole = QVBoxLayout(body)
        whole.setContentsMargins(4, 0, 6, 4)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addWidget(self.notice)
        whole.addLayout(deeds)
        whole.addWidget(measured)
        whole.addLayout(compare)
        whole.addWidget(self._comparison)
        whole.addWidget(facts)
        whole.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(body, whole_width=True))

    def _button(self, verb: str, text: str) -> QPushButton:
        return quiet_button(text, lambda: self.asked.emit(verb, self.shown))

    def _compare(self) -> None:
        other = self.beside.currentData()
        if other is None:
            self._comparison.hide()
        else:
            self.beside_asked.emit([self.shown, other])


def _row(one: Figure) -> list[Cell]:
    text, role = words.against(one)
    measured = words.value(one.name, one.measured)
    return [
        Cell(words.figure(one.name)),
        Cell(measured, "" if one.measured is not None else "Muted", one.measured is not None),
        Cell(words.planned(one), "Muted"),
        Cell(text, role),
    ]


def _fact(one: ComparedFact) -> list[Cell]:
    role = "Muted" if one.alike else ""
    return [Cell(words.fact(one.name)), *(Cell(words.compared(one.name, text), role) for text in one.values)]


def _compared(one: ComparedFigure) -> list[Cell]:
    cells = (
        Cell(words.value(one.name, number), "" if number is not None else "Muted", at == one.best)
        for at, number in enumerate(one.values)
    )
    return [Cell(words.figure(one.name)), *cells]


def _card() -> tuple[QFrame, QVBoxLayout]:
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(8)
    return frame, column
