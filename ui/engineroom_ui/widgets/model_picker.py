"""A model of the catalogue, or any path or hub id."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from engineroom_ui.state.plan_wire import WireRow
from engineroom_ui.text import plan as words
from engineroom_ui.text.sentences import listed
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT

_ROW_PX = 34
_FACTS = int(Qt.ItemDataRole.UserRole) + 1
_VERDICT = _FACTS + 1
Index = QModelIndex | QPersistentModelIndex


class _Row(QStyledItemDelegate):
    """Dot, name, and at the right what the plan says of it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        return QSize(420, _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, self._theme.colour("selection" if on else "surface"))
        _, ink = words.verdict(str(index.data(_VERDICT)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(ink))
        painter.drawEllipse(QRectF(box.left() + 12, box.center().y() - 4, 8, 8))
        inside = box.adjusted(30, 0, -14, 0)
        painter.setFont(text_font(SMALL_PT))
        painter.setPen(self._theme.colour("text" if on else "text_muted"))
        facts = str(index.data(_FACTS) or "")
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, facts)
        taken = painter.fontMetrics().horizontalAdvance(facts)
        painter.setFont(text_font(BODY_PT))
        painter.setPen(self._theme.colour("text"))
        left = round(inside.width()) - taken - 16
        name = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, left)
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()


class ModelPicker(QComboBox):
    """Editable; Enter takes what was typed.

    Signals:
        picked: the id of a model, or what was typed.
    """

    picked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = ""
        self.setObjectName("Model")
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(self.tr("Model: one of the list, a path, or a hub id"))
        self.setMaxVisibleItems(12)
        self.setMinimumContentsLength(18)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setItemDelegate(_Row(theme, self))
        self.view().setMinimumWidth(520)
        line = self._line = QLineEdit()
        line.setObjectName("Typed")
        self.setLineEdit(line)
        line.setFont(text_font(BODY_PT))
        line.setPlaceholderText(self.tr("A model of the list, a folder or file, or owner/name on the hub"))
        line.setAccessibleName(self.accessibleName())
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self.activated.connect(self._activate)
        line.editingFinished.connect(self._typed)

    @property
    def model_id(self) -> str:
        """What is picked."""
        return self._model

    def show_rows(self, rows: tuple[WireRow, ...]) -> None:
        """Other models to pick from; the one picked stays."""
        self.blockSignals(True)  # noqa: FBT003
        self.clear()
        for at, row in enumerate(rows):
            low = row.decode_low if row.decode_low is not None else row.decode_tokens_per_s
            high = row.decode_high if row.decode_high is not None else row.decode_tokens_per_s
            rate = (low, high) if row.verdict != words.NO else (None, None)
            facts = words.row(row.precision, row.total_bytes, *rate)
            word, _ = words.verdict(row.verdict)
            self.addItem(row.name or row.id, row.id)
            self.setItemData(at, facts, _FACTS)
            self.setItemData(at, row.verdict, _VERDICT)
            said = listed((row.name or row.id, word, facts))
            self.setItemData(at, said, int(Qt.ItemDataRole.AccessibleTextRole))
        self.blockSignals(False)  # noqa: FBT003
        self.show_model(self._model)

    def show_model(self, model_id: str) -> None:
        """Another model, without a word."""
        self._model = model_id
        self.blockSignals(True)  # noqa: FBT003
        at = self.findData(model_id)
        self.setCurrentIndex(at)
        if at < 0:
            self.setEditText(model_id)
        self.blockSignals(False)  # noqa: FBT003
        self.setToolTip(model_id)

    def _activate(self, at: int) -> None:
        self._pick(str(self.itemData(at)))

    def _typed(self) -> None:
        text = self._line.text().strip()
        at = self.findText(text, Qt.MatchFlag.MatchFixedString)
        self._pick(str(self.itemData(at)) if at >= 0 else text)

    def _pick(self, model_id: str) -> None:
        if model_id and model_id != self._model:
            self.show_model(model_id)
            self.picked.emit(model_id)
        elif not model_id:
            self.show_model(self._model)
