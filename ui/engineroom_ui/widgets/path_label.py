"""A path that is cut in the middle where it is too long, for its ends say most."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication

from engineroom_ui.widgets.parts import SMALL_PT, ElidedLabel


class PathLabel(ElidedLabel):
    """The whole is the tool tip, and what its menu copies."""

    mode = Qt.TextElideMode.ElideMiddle

    def __init__(self, path: str) -> None:
        super().__init__(points=SMALL_PT)
        copy = QAction(self.tr("Copy the path"), self)
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(path))
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.show_text(path)


def is_path(text: str) -> bool:
    """Whether this is a path and nothing else; one with blanks breaks at them.

    >>> is_path("/home/ada/.cache/huggingface"), is_path("in /home/ada"), is_path("a/b")
    (True, False, False)
    """
    return " " not in text and "\n" not in text and (text.startswith(("/", "~/")) or text[1:3] == ":\\")
