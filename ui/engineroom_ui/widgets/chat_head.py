"""The line above a conversation: its title, and what can be shown beside it."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.parts import TITLE_PT, ElidedLabel, IconButton


class ChatHead(QWidget):
    """Three buttons that stay down while what they show is there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.title = ElidedLabel(points=TITLE_PT, strong=True)
        self.list = IconButton(theme, "menu", self.tr("Chats"))
        self.compare = IconButton(theme, "columns", self.tr("Compare two models"))
        self.options = IconButton(theme, "sliders", self.tr("How answers are made"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.list)
        row.addWidget(self.title, 1)
        row.addWidget(self.compare)
        row.addWidget(self.options)
        for button in (self.list, self.compare, self.options):
            button.setCheckable(True)
