"""The live test: a button, and what each step met."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from engineroom.contract.connect import ProbeResult, ProbeStatus, ProbeStep
from engineroom_ui.text import connect as words
from engineroom_ui.text import units
from engineroom_ui.text.sentences import both, titled
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, StateLabel, label, polish


class ProbeCard(QFrame):
    """Shows steps as they come.

    Signals:
        asked: the button, while no test is under way.
        given_up: the button, while one is.
    """

    asked = Signal()
    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._busy = False
        self.results: dict[ProbeStep, ProbeResult] = {}
        self.button = QPushButton()
        self.button.setObjectName("Quiet")
        self.button.setFont(text_font(BODY_PT))
        self.button.clicked.connect(self._press)
        self._verdict = label(role="Badge", points=SMALL_PT)
        self._note = label(role="Muted", points=SMALL_PT)
        self._note.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(self.tr("Live test"), strong=True))
        head.addWidget(self._verdict)
        head.addWidget(self._note, 1)
        head.addWidget(self.button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self._rows = {step: self._add_row(theme, at, step) for at, step in enumerate(ProbeStep)}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._grid)
        self.clear()

    @property
    def begun(self) -> bool:
        """Whether a test is under way, or was made."""
        return self._busy or bool(self.results)

    @property
    def verdict(self) -> str:
        """What the test came to, in a word or two; empty while none is over."""
        return "" if self._verdict.isHidden() else self._verdict.text()

    def clear(self) -> None:
        """No test has been made of what is shown now."""
        self.results = {}
        self._show(busy=False)

    def begin(self) -> None:
        """A test is under way."""
        self.results = {}
        self._show(busy=True)

    def take(self, results: tuple[ProbeResult, ...]) -> None:
        """More steps."""
        self.results |= {result.step: result for result in results}
        self._show(busy=self._busy)

    def end(self) -> None:
        """Nothing more will come."""
        self._show(busy=False)

    def _add_row(self, theme: Theme, at: int, step: ProbeStep) -> tuple[QLabel, StateLabel, QLabel, QLabel]:
        name, state = label(words.step(step), points=SMALL_PT), StateLabel(theme, points=SMALL_PT)
        said, took = label(points=SMALL_PT), label(role="Muted", points=SMALL_PT)
        said.setWordWrap(True)
        for column, part in enumerate((name, state, said, took)):
            self._grid.addWidget(part, at, column, Qt.AlignmentFlag.AlignTop)
        return name, state, said, took

    def _show(self, *, busy: bool) -> None:
        self._busy = busy
        self.button.setText(self.tr("Stop the test") if busy else self.tr("&Test it"))
        self.button.setAccessibleName(self.tr("Stop the test") if busy else self.tr("Test the address"))
        self._note.setText(
            self.tr("Asking …")
            if busy
            else ""
            if self.results
            else self.tr("Sends a real question with a tool, in the interface of this program.")
        )
        word, ink = words.verdict({} if busy else self.results)
        self._verdict.setText(word)
        self._verdict.setVisible(bool(word))
        polish(self._verdict, "ink", ink)
        for step, row in self._rows.items():
            result = self.results.get(step)
            for part in row:
                part.setVisible(bool(self.results))
            if result is not None:
                self._fill(row, result)
            else:
                row[1].show_state("…", "idle")
                row[2].setText("")
                row[3].setText("")

    @staticmethod
    def _fill(row: tuple[QLabel, StateLabel, QLabel, QLabel], result: ProbeResult) -> None:
        _, state, said, took = row
        word, ink = words.status(result)
        state.show_state(word, ink)
        said.setObjectName("Muted" if result.status is ProbeStatus.NOT_RUN else "")
        polish(said, "ink", ink)
        said.setText(words.said(result))
        said.setAccessibleName(both(titled(words.step(result.step), word), words.said(result)))
        took.setText("" if result.ms is None else units.seconds(result.ms / 1000))

    def _press(self) -> None:
        (self.given_up if self._busy else self.asked).emit()
