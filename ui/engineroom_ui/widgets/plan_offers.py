"""What stands where a plan would: why there is none, and what could be planned for instead."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engineroom_ui.state.plan_wire import WireRow
from engineroom_ui.text import plan as words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.parts import SMALL_PT, TITLE_PT, label
from engineroom_ui.widgets.pick_rows import PickRows, RowText

_HIGH_PX = 300
_MOST = 5


class PlanEmpty(QWidget):
    """Two lines in a card; below it the first models of the list that fit, where there are any."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._what = label(points=TITLE_PT, strong=True)
        self._remedy = label(role="Muted", points=SMALL_PT + 1)
        self.offers = PickRows(theme, self.tr("What would fit"))
        self._card = QFrame()
        self._card.setObjectName("Card")
        self._card.setMinimumHeight(_HIGH_PX)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(80, 28, 80, 28)
        inside.setSpacing(6)
        inside.addStretch(1)
        for line in (self._what, self._remedy):
            line.setWordWrap(True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inside.addWidget(line)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._card, 1)
        column.addWidget(self.offers)

    @property
    def text(self) -> str:
        """Both lines."""
        return f"{self._what.text()} {self._remedy.text()}".strip()

    def say(self, what: str, remedy: str) -> None:
        """Why there is no plan; an empty line is hidden."""
        self._what.setText(what)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))

    def show_catalogue(self, catalogue: Iterable[WireRow]) -> None:
        """Models to plan for instead; those that do not fit are left out."""
        rows = [_row(row, self.tr("See the plan")) for row in catalogue if row.verdict == "fits"]
        note = self.tr("From the list, for the card above; memory and speed are estimates.")
        self.offers.show_rows(rows[:_MOST], note=note)
        self._card.setMinimumHeight(_HIGH_PX // 2 if rows else _HIGH_PX)


def _row(row: WireRow, button: str) -> RowText:
    facts = words.row(row.precision, row.total_bytes, row.decode_low, row.decode_high)
    return RowText(key=row.id, name=row.name or row.id, facts=facts, button=button, badge=words.verdict(row.verdict))
