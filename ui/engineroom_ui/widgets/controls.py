"""The controls that sections are put together from: quiet buttons, fields, wrapped lines, the column of a card."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from engineroom_ui.text import numbers
from engineroom_ui.theme.apply import text_font
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, label

translate = QCoreApplication.translate
BUTTON_PT = SMALL_PT + 0.5


def quiet_button(text: str, deed: object = None, *, role: str = "Quiet", points: float = BUTTON_PT) -> QPushButton:
    """A button; ``deed`` is called when it is pressed, ``role`` is an object name of the style sheet."""
    made = QPushButton(text)
    made.setObjectName(role)
    made.setFont(text_font(points))
    if deed is not None:
        made.clicked.connect(deed)
    return made


def text_field(name: str, hint: str) -> QLineEdit:
    """A field for words; ``hint`` stands in it while it is empty."""
    made = QLineEdit()
    made.setObjectName("Search")
    made.setFont(text_font(BODY_PT))
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


class ChoiceBox(QComboBox):
    """A box to choose from; ``name`` is what a screen reader says."""

    def __init__(self, name: str, *, points: float = BODY_PT) -> None:
        super().__init__()
        self.setObjectName("Choice")
        self.setFont(text_font(points))
        self.setAccessibleName(name)
        # The delegate that a box brings along does not look at the style sheet.
        self.setItemDelegate(QStyledItemDelegate(self))


def dress(dialog: QDialog) -> None:
    """Let what Qt has made of a dialog of its own look like the rest of the window; before it is opened."""
    for kind, name in ((QPushButton, "Quiet"), (QLineEdit, "Search")):
        for part in dialog.findChildren(kind):
            part.setObjectName(name)
            part.style().unpolish(part)
            part.style().polish(part)


def say_more(choice: QComboBox, models: int) -> None:
    """A last line that cannot be chosen: how many of so many models the box leaves out, and how to have one of them."""
    left_out = models - choice.count()
    items = choice.model()
    if left_out <= 0 or not isinstance(items, QStandardItemModel):
        return
    told = translate("models", "{count} more: serve one on the page Models, and it is listed first")
    choice.addItem(told.format(count=numbers.whole(left_out)))
    items.item(choice.count() - 1).setEnabled(False)


def wrapped(text: str = "", *, role: str = "Muted") -> QLabel:
    """A small line that is broken where it does not fit."""
    made = label(text, role=role, points=SMALL_PT)
    made.setWordWrap(True)
    return made


def card_column(frame: QWidget) -> QVBoxLayout:
    """The lines of a card."""
    made = QVBoxLayout(frame)
    made.setContentsMargins(18, 12, 18, 14)
    made.setSpacing(8)
    return made
