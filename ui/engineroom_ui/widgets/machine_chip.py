"""Which other computer a window is about."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from engineroom_ui.theme.apply import Theme
from engineroom_ui.theme.icons import pixmap
from engineroom_ui.widgets.parts import SMALL_PT, ElidedLabel


class MachineChip(QFrame):
    """Hidden while it is this computer."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Machine")
        self._theme = theme
        self._mark = QLabel()
        self._name = ElidedLabel(points=SMALL_PT, strong=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 6, 9, 6)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._name, 1)
        theme.changed.connect(self._draw)
        self._draw()
        self.hide()

    @property
    def name(self) -> str:
        """The other computer, or nothing."""
        return self._name.accessibleName() if not self.isHidden() else ""

    def show_name(self, name: str) -> None:
        """Say which computer; nothing is said of this one."""
        self._name.show_text(name)
        self.setAccessibleName(self.tr("Another computer: {name}").format(name=name))
        self.setToolTip(name)
        self.setVisible(bool(name))

    def show_folded(self, *, on: bool) -> None:
        """The mark alone; the name is in the tool tip."""
        self._name.setVisible(not on)

    def _draw(self) -> None:
        self._mark.setPixmap(pixmap("connect", self._theme.tokens.link, 16))
