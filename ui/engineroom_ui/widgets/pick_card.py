"""The one recommendation for this card, with one button that leads to a served model."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engineroom_ui.state.picks import Deed, Pick
from engineroom_ui.text import models, plan, serve, units
from engineroom_ui.text.sentences import listed, titled
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets import pick_words
from engineroom_ui.widgets.figure_grid import FigureGrid
from engineroom_ui.widgets.parts import SMALL_PT, TITLE_PT, ElidedLabel, Figure, Meter, label, polish


class PickCard(QFrame):
    """A model, why, and what it would take; or what keeps it from being named.

    Signals:
        pressed: the button, with the :class:`Pick`.
        plan_asked: the model to plan for.
        again_asked: ask the daemon once more.
    """

    pressed = Signal(object)
    plan_asked = Signal(str)
    again_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self._theme = theme
        self.pick: Pick | None = None
        self._tag = label(role="Badge", points=SMALL_PT)
        self._tag.setProperty("ink", "accent")
        self._name = ElidedLabel(points=TITLE_PT + 3, strong=True)
        self._facts = label(role="Muted", points=SMALL_PT)
        self._facts.setWordWrap(True)
        self._fit = label(role="Badge", points=SMALL_PT)
        self._memory = Figure(self.tr("Memory (estimate)"))
        self._speed = Figure(self.tr("Speed (estimate)"))
        self._context = Figure(self.tr("Context"))
        self._uses = Figure(self.tr("Good for"))
        self._figures = FigureGrid([self._speed, self._memory, self._context, self._uses])
        self._why = label(role="Muted")
        self._why.setWordWrap(True)
        self._meter = Meter(theme)
        self.button = QPushButton()
        self.button.setObjectName("Serve")
        self.button.setMinimumHeight(46)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setFont(text_font(TITLE_PT, QFont.Weight.DemiBold))
        self.button.setAccessibleName(self.tr("Serve the recommended model"))
        self.button.clicked.connect(self._press)
        self.plan_button = QPushButton(self.tr("See the plan"))
        self.plan_button.setObjectName("Quiet")
        self.plan_button.setAccessibleName(self.tr("See the plan of the recommended model"))
        self.plan_button.clicked.connect(self._plan)
        self._build()
        theme.changed.connect(self._draw_button)

    @property
    def told(self) -> str:
        """The sentence shown."""
        return self._why.text()

    @property
    def first(self) -> QWidget | None:
        """The button, where it may be pressed."""
        return self.button if self.button.isVisible() and self.button.isEnabled() else None

    @property
    def name(self) -> str:
        """The model shown, whole."""
        return self._name.accessibleName()

    @property
    def facts(self) -> QLabel:
        """Size, precision, runtime and licence, never cut: what one is allowed to do with a model is among them."""
        return self._facts

    def show_pick(self, pick: Pick, card: str, *, asking: bool) -> None:
        """A model; ``asking`` while a wish for it is under way."""
        self.pick = pick
        row = pick.row
        self._tag.setText(self.tr("Recommended for {card}").format(card=card))
        self._name.show_text(row.name)
        self._facts.setText(serve.facts(row))
        word, ink = plan.verdict(str(row.verdict))
        self._fit.setText(word)
        polish(self._fit, "ink", ink)
        self._memory.show_value(units.memory(row.total_bytes))
        self._speed.show_value(models.rate(row.decode_low, row.decode_high, row.verdict) or self.tr("not known"))
        self._context.show_value(serve.context(row))
        self._uses.show_value(serve.uses(row))
        self._why.setText(pick_words.why(pick, card))
        self.setAccessibleName(titled(self._tag.text(), listed((row.name, word))))
        self._show_parts(on=True)
        busy = pick.job is not None
        self._meter.setVisible(busy)
        self._meter.show_share(models.share(pick.job) if pick.job is not None else None)
        self.button.setText(self.tr("Under way") if busy else pick_words.button(pick))
        self.button.setAccessibleName(titled(self.button.text(), row.name))
        self.button.setEnabled(not busy and not asking and pick.deed not in {Deed.NONE, Deed.SERVED})
        self._draw_button()

    def show_nothing(self, title: str, why: str, *, again: bool = False) -> None:
        """No model is named: it is asked for, or none fits."""
        self.pick = None
        self._name.show_text(title)
        self._why.setText(why)
        self.setAccessibleName(title)
        self._show_parts(on=False)
        self._meter.hide()
        self.button.setVisible(again)
        self.button.setEnabled(again)
        self.button.setText(self.tr("Try again"))
        self.button.setAccessibleName(self.tr("Try again"))
        self._draw_button()

    def _show_parts(self, *, on: bool) -> None:
        for part in (self._tag, self._facts, self._fit, self._figures, self.plan_button, self.button):
            part.setVisible(on)

    def _build(self) -> None:
        tags = QHBoxLayout()
        tags.setSpacing(8)
        tags.addWidget(self._tag)
        tags.addWidget(self._fit)
        tags.addStretch(1)
        titles = QVBoxLayout()
        titles.setSpacing(4)
        titles.addLayout(tags)
        titles.addWidget(self._name)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(titles, 1)
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout()
        whole.setSpacing(4)
        whole.addLayout(head)
        whole.addWidget(self._facts)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._why, 1)
        foot.addWidget(self.plan_button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addLayout(whole)
        column.addWidget(self._figures)
        column.addWidget(self._meter)
        column.addLayout(foot)

    def _draw_button(self) -> None:
        icons = {Deed.GET: "save", Deed.BUILD: "chip", Deed.INSTALL: "save"}
        name = icons.get(self.pick.deed, "play") if self.pick is not None else "again"
        self._theme.lead(self.button, name, "on_accent" if self.button.isEnabled() else "text_muted")

    def _plan(self) -> None:
        if self.pick is not None:
            self.plan_asked.emit(self.pick.row.id)

    def _press(self) -> None:
        if self.pick is not None:
            self.pressed.emit(self.pick)
        else:
            self.again_asked.emit()
