"""One setting: its name, what it does, a control for its kind, and what came of a change."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from engineroom.contract.settings import SettingKind, SettingValue, SettingView
from engineroom_ui.text import numbers
from engineroom_ui.text import settings as words
from engineroom_ui.theme.apply import text_font
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, label

_FIELD_PX = 260


class SettingRow(QWidget):
    """Tells of a change when the person has ended it: with Return, or by going on.

    Signals:
        put: name and value; ``None`` takes it out of the file.
    """

    put = Signal(str, object)

    def __init__(self, name: str, kind: SettingKind) -> None:
        super().__init__()
        self.name = name
        self._kind = kind
        self._shown: SettingView | None = None
        title = words.title(name)
        self.switch = QCheckBox()
        self.switch.setObjectName("Tick")
        self.switch.setAccessibleName(title)
        self.field = QLineEdit()
        self.field.setObjectName("Search")
        self.field.setFont(text_font(BODY_PT))
        self.field.setAccessibleName(title)
        self.field.setFixedWidth(_FIELD_PX)
        self._tag = label(self.tr("waits for a restart"), role="TagWarn", points=SMALL_PT)
        self._tag.hide()
        self._said = label(role="Bad", points=SMALL_PT)
        self._said.setWordWrap(True)
        self._said.hide()
        self.switch.clicked.connect(lambda on: self.put.emit(self.name, on))
        self.field.editingFinished.connect(self._typed)
        self._build(title)

    @property
    def said(self) -> str:
        """Why the last change was refused, or nothing."""
        return "" if self._said.isHidden() else self._said.text()

    @property
    def typed(self) -> SettingValue:
        """What stands in the field, whether it was written or not."""
        return _parsed(self._kind, self.field.text())

    @property
    def waits(self) -> bool:
        """Whether a change waits for a restart."""
        return not self._tag.isHidden()

    def show_setting(self, setting: SettingView | None) -> None:
        """As it stands in the file; nothing can be changed while that is not known."""
        self.setEnabled(setting is not None)
        self._tag.setVisible(setting is not None and setting.waits)
        if setting is None or setting == self._shown:
            return
        self._shown = setting
        self._said.hide()
        with QSignalBlocker(self.switch), QSignalBlocker(self.field):
            self.switch.setChecked(setting.value is True)
            self.field.setText(_text(setting.value))
        default = _text(setting.default)
        self.field.setPlaceholderText(default or self.tr("not set"))

    def refuse(self, why: str) -> None:
        """Say why a change was refused; what was typed stays, to be corrected."""
        self._said.setText(why)
        self._said.setAccessibleName(why)
        self._said.show()
        if self._kind is SettingKind.SWITCH and self._shown is not None:
            self.switch.setChecked(self._shown.value is True)

    def _build(self, title: str) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        name = label(title)
        name.setWordWrap(True)
        name.setBuddy(self.switch if self._kind is SettingKind.SWITCH else self.field)
        grid.addWidget(name, 0, 0)
        if about := words.about(self.name):
            help_line = label(about, role="Muted", points=SMALL_PT)
            help_line.setWordWrap(True)
            grid.addWidget(help_line, 1, 0, 1, 2)
        grid.addWidget(self._tag, 0, 1)
        control = self.switch if self._kind is SettingKind.SWITCH else self.field
        control.setToolTip(self.name)
        other = self.field if control is self.switch else self.switch
        other.setParent(self)
        other.hide()
        grid.addWidget(control, 0, 2, 2, 1)
        grid.addWidget(self._said, 2, 0, 1, 3)

    def _typed(self) -> None:
        if self._shown is None or self.field.text() == _text(self._shown.value):
            self._said.hide()
            return
        self.put.emit(self.name, self.typed)


def _text(value: SettingValue) -> str:
    match value:
        case None:
            return ""
        case tuple():
            return ", ".join(value)
        case float():
            return numbers.shortest(value)
    return str(value)


def _parsed(kind: SettingKind, text: str) -> SettingValue:
    """What was typed; what is no number goes as it is, and the daemon says what is wrong with it."""
    text = text.strip()
    if not text:
        return () if kind is SettingKind.TEXTS else None
    if kind is SettingKind.TEXTS:
        return tuple(filter(None, (part.strip() for part in text.split(","))))
    if kind is SettingKind.NUMBER:
        try:
            return float(text.replace(",", "."))
        except ValueError:
            return text
    number = numbers.typed_whole(text) if kind in {SettingKind.WHOLE, SettingKind.PORT} else None
    return text if number is None else number
