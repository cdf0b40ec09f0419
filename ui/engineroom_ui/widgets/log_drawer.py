"""What the engines and the daemon wrote, newest below."""

from functools import lru_cache

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from engineroom.contract.control import LogLine
from engineroom_ui.state.log import LogStore
from engineroom_ui.text import numbers
from engineroom_ui.theme.apply import Theme, mono_font
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.log_follow import ends_following
from engineroom_ui.widgets.parts import SMALL_PT, IconButton, label

_SHOWN_LINES = 2000


_MANY = _SHOWN_LINES // 8


class LogDrawer(QFrame):
    """Appends once per tick, whatever arrived; follows the end unless told not to.

    Signals:
        close_asked: the cross.
    """

    close_asked = Signal()

    def __init__(self, theme: Theme, clock: DrawClock, store: LogStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Drawer")
        self._store = store
        self._number = -1
        self._generation = -1
        self._missed = 0
        self.view = QPlainTextEdit()
        self.view.setObjectName("Log")
        self.view.setReadOnly(True)
        self.view.setFont(mono_font(SMALL_PT))
        self.view.setMaximumBlockCount(_SHOWN_LINES)
        self.view.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.view.setAccessibleName(self.tr("Log"))
        self.view.setPlaceholderText(self.tr("Nothing was written yet."))
        self.follow = QCheckBox(self.tr("&Follow"))
        self.follow.setObjectName("Tick")
        self.follow.setChecked(True)
        self.follow.setAccessibleName(self.tr("Follow new lines"))
        self.follow.toggled.connect(self._to_end)
        ends_following(self.view.verticalScrollBar(), self.follow)
        close = IconButton(theme, "close", self.tr("Close the log"))
        close.clicked.connect(self.close_asked)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(label(self.tr("Log"), strong=True))
        head.addStretch(1)
        head.addWidget(self.follow)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        clock.tick.connect(self.draw)

    def draw(self) -> None:
        """Append what is new, in one go."""
        if not self.isVisible():
            return
        if self._store.generation != self._generation:
            self._generation = self._store.generation
            self._number, self._missed = -1, 0
            self.view.clear()
        lines = self._store.after(self._number)
        # Each block that leaves at the top costs; beyond some number it is cheaper to write all of them anew.
        anew = len(lines) > _MANY
        texts = [_shown(line) for line in lines[-_SHOWN_LINES:]]
        if self._store.missed != self._missed:
            texts.insert(0, self.tr("({count} lines were missed here)").format(count=self._store.missed - self._missed))
            self._missed = self._store.missed
        if not texts:
            return
        if lines:
            self._number = lines[-1].number
        bar = self.view.verticalScrollBar()
        at = bar.value()
        if anew:
            before = self._store.newest(_SHOWN_LINES)[: -len(lines)]
            self.view.setPlainText("\n".join([*map(_shown, before), *texts]))
        else:
            self.view.appendPlainText("\n".join(texts))
        if self.follow.isChecked():
            self._to_end()
        else:
            bar.setValue(at)

    def _to_end(self) -> None:
        if self.follow.isChecked():
            bar = self.view.verticalScrollBar()
            bar.setValue(bar.maximum())


def _shown(line: LogLine) -> str:
    return f"{_clock(int(line.written_at_s))}  {line.source:<10.22}  {line.text}"


@lru_cache(maxsize=64)
def _clock(at_s: int) -> str:
    return numbers.clock(at_s)
