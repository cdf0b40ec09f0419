"""The first steps: what was found, a model to begin with, and that it is served. Each can be skipped."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from engineroom_ui.pages.welcome_steps import FoundStep, PickStep, ServedStep, Step
from engineroom_ui.state.room import Room
from engineroom_ui.text.sentences import titled
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, TITLE_PT, Meter, label, scrolling

_WIDTH_PX = 720


class WelcomePage(QWidget):
    """Stands where pages stand, so that everything around it can be used meanwhile.

    Signals:
        ended: it was skipped, or the last step was done.
        place_asked: another page instead: its name in the sidebar's order, and what is to be shown there.
    """

    ended = Signal()
    place_asked = Signal(str, str)

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, pick: PickStep) -> None:
        super().__init__()
        self.setObjectName("Page")
        self._room = room
        self.found = FoundStep(theme, room)
        self.pick = pick
        self.served = ServedStep(theme, clock, room)
        self.steps: tuple[Step, ...] = (self.found, self.pick, self.served)
        self._at = 0
        self._count = label(role="Muted", points=SMALL_PT)
        self._title = label(points=TITLE_PT + 7, strong=True)
        self._about = label(role="Muted", points=BODY_PT + 0.5)
        for part in (self._title, self._about):
            part.setWordWrap(True)
        self._share = Meter(theme)
        self._stack = QStackedWidget()
        for step in self.steps:
            self._stack.addWidget(scrolling(step))
        self.back = self._button(self.tr("Back"), "Quiet")
        self.skip = self._button(self.tr("Skip"), "Quiet")
        self.go_on = self._button(self.tr("Continue"), "Serve")
        self._build()
        self._connect()
        self.show_step(0)

    @property
    def at(self) -> int:
        """The step shown, from 0."""
        return self._at

    @property
    def told(self) -> str:
        """The heading shown."""
        return self._title.text()

    def show_step(self, at: int) -> None:
        """Another step; the keyboard goes to what leads on."""
        self._at = max(0, min(at, len(self.steps) - 1))
        step = self.steps[self._at]
        last = self._at == len(self.steps) - 1
        self._stack.setCurrentIndex(self._at)
        self._share.show_share((self._at + 1) / len(self.steps))
        self._say()
        self.back.setVisible(self._at > 0)
        self.skip.setVisible(not last)
        self.go_on.setVisible(step is not self.pick)
        self.go_on.setText(self.tr("Done") if last else self.tr("Continue"))
        self.go_on.setAccessibleName(self.go_on.text())
        if self.isVisible():
            self._focus()

    def show_served(self, model_id: str) -> None:
        """The last step, for a model whose engine was asked to start."""
        self.served.show_model(model_id)
        self.show_step(2)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._focus()

    def let_go(self) -> None:
        """Ask no further."""
        self.served.trial.let_go()

    def _say(self) -> None:
        step = self.steps[self._at]
        count = self.tr("Step {number} of {all}").format(number=self._at + 1, all=len(self.steps))
        self._count.setText(count)
        self._title.setText(step.title)
        self._about.setText(step.about)
        self.setAccessibleName(titled(count, step.title))

    def _focus(self) -> None:
        step = self.steps[self._at]
        wanted = step.first if step.first is not None and step.first.isEnabled() else None
        target = wanted or (self.go_on if not self.go_on.isHidden() else self.skip)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, text: str, role: str) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(role)
        made.setFont(text_font(BODY_PT, QFont.Weight.DemiBold if role == "Serve" else QFont.Weight.Normal))
        made.setAccessibleName(text)
        made.setAutoDefault(True)
        return made

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.skip)
        foot.addWidget(self.go_on)
        body = QWidget()
        body.setMaximumWidth(_WIDTH_PX)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._count, self._share):
            column.addWidget(part)
        column.addSpacing(14)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addSpacing(12)
        column.addWidget(self._stack, 1)
        column.addSpacing(8)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 20)
        row.addStretch(1)
        row.addWidget(body, 1000)
        row.addStretch(1)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.show_step(self._at - 1))
        self.skip.clicked.connect(self.ended)
        for step in self.steps:
            step.retitled.connect(self._say)
        self.go_on.clicked.connect(self._go_on)
        self.pick.begun.connect(self.show_served)
        self.served.place_asked.connect(self.place_asked)
        away = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        away.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        away.activated.connect(self.ended)

    def _go_on(self) -> None:
        if self._at == len(self.steps) - 1:
            self.ended.emit()
        else:
            self.show_step(self._at + 1)
