"""What was loaded, unloaded and turned away last, and why."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from engineroom.contract.routing import Decided, DecisionView, Why
from engineroom_ui.text import keeping
from engineroom_ui.widgets.parts import SMALL_PT, label

MOST = 4


class DecisionList(QFrame):
    """Silent until something was unloaded or turned away by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Card")
        title = self.tr("Unloaded and turned away")
        self.setAccessibleName(title)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(16)
        self._lines.setVerticalSpacing(4)
        self._lines.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addWidget(label(title, role="Muted", points=SMALL_PT, strong=True))
        column.addLayout(self._lines)
        self._rows = [self._add_row(at) for at in range(MOST)]
        self.show_decisions((), lambda model: model)

    @property
    def told(self) -> list[str]:
        """The sentences shown, the newest first."""
        return [what.text() for _, what in self._rows if what.text()]

    def show_decisions(self, decisions: Sequence[DecisionView], name_of: Callable[[str], str]) -> None:
        """The newest of those that nobody asked for by hand."""
        shown = [one for one in decisions if _surprising(one)][:MOST]
        self.setVisible(bool(shown))
        for at, (when, what) in enumerate(self._rows):
            one = shown[at] if at < len(shown) else None
            when.setText(keeping.moment(one) if one is not None else "")
            what.setText(keeping.decided(one, name_of) if one is not None else "")
            for line in (when, what):
                line.setVisible(one is not None)

    def _add_row(self, at: int) -> tuple[QLabel, QLabel]:
        when, what = label(role="Muted"), label()
        what.setWordWrap(True)
        self._lines.addWidget(when, at, 0, Qt.AlignmentFlag.AlignTop)
        self._lines.addWidget(what, at, 1)
        return when, what


def _surprising(decision: DecisionView) -> bool:
    return decision.what in {Decided.EVICT, Decided.REFUSE} and decision.reason.code != Why.STOP_BY_USER
