"""What of the log is listed, and what can be done with it."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from engineroom_ui.state.log_lines import Level, LogFilter
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.controls import ChoiceBox
from engineroom_ui.widgets.model_toolbar import SearchField
from engineroom_ui.widgets.parts import IconButton
from engineroom_ui.widgets.segments import Segments


class LogTools(QWidget):
    """One line.

    Signals:
        changed: other lines are wanted.
        follow_turned: whether the end is to be followed.
        pause_asked, copy_asked, save_asked: the buttons.
    """

    changed = Signal()
    follow_turned = Signal(bool)
    pause_asked = Signal()
    copy_asked = Signal()
    save_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.source = ChoiceBox(self.tr("Written by"))
        self.source.setMinimumWidth(170)
        self.source.addItem(self.tr("All of them"), "")
        self.level = Segments(
            self.tr("Level"),
            [(Level.PLAIN, self.tr("All")), (Level.WARNING, self.tr("Warnings")), (Level.ERROR, self.tr("Errors"))],
        )
        self.field = SearchField()
        self.field.setPlaceholderText(self.tr("Find in the log"))
        self.field.setAccessibleName(self.tr("Find in the log"))
        self.field.draw(theme)
        self.follow = QCheckBox(self.tr("&Follow"))
        self.follow.setObjectName("Tick")
        self.follow.setChecked(True)
        self.follow.setAccessibleName(self.tr("Follow new lines"))
        self.pause = IconButton(theme, "pause", self.tr("Pause"))
        self.copy = IconButton(theme, "copy", self.tr("Copy the chosen lines, or all that are listed"))
        self.save = IconButton(theme, "save", self.tr("Save the lines that are listed"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.source)
        row.addWidget(self.level)
        row.addWidget(self.field, 1)
        for part in (self.follow, self.pause, self.copy, self.save):
            row.addWidget(part)
        theme.changed.connect(lambda: self.field.draw(theme))
        self.source.currentIndexChanged.connect(self.changed)
        self.level.chosen.connect(lambda _level: self.changed.emit())
        self.field.textChanged.connect(self.changed)
        self.follow.toggled.connect(self.follow_turned)
        self.pause.clicked.connect(self.pause_asked)
        self.copy.clicked.connect(self.copy_asked)
        self.save.clicked.connect(self.save_asked)

    @property
    def wanted(self) -> LogFilter:
        """Which lines are to be listed."""
        return LogFilter(
            source=self.source.currentData() or "", text=self.field.text().strip().lower(), level=self.level.choice
        )

    def show_sources(self, sources: list[str]) -> None:
        """Who has written; the choice stays."""
        if sources == [self.source.itemData(at) for at in range(1, self.source.count())]:
            return
        chosen = self.source.currentData()
        with QSignalBlocker(self.source):
            while self.source.count() > 1:
                self.source.removeItem(1)
            for source in sources:
                self.source.addItem(source, source)
            self.source.setCurrentIndex(max(0, self.source.findData(chosen)))
        if self.source.currentData() != chosen:
            self.changed.emit()

    def choose_source(self, source: str) -> None:
        """Lines of one of them only."""
        if self.source.findData(source) < 0:
            self.source.addItem(source, source)
        self.source.setCurrentIndex(self.source.findData(source))

    def show_paused(self, *, paused: bool) -> None:
        """Whether new lines are held back."""
        self.pause.show_icon("play" if paused else "pause")
        self.pause.rename(self.tr("Go on") if paused else self.tr("Pause"))
