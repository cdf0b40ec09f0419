"""How much room the models take and how much is left."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from engineroom_ui.text import units
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.parts import SMALL_PT, Meter, label

_METER_PX = 84


class DiskGauge(QWidget):
    """Models against free space on the disk of the cache; what other programs take of it is not part of this."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._meter = Meter(theme)
        self._meter.setFixedWidth(_METER_PX)
        self._text = label(role="Muted", points=SMALL_PT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._meter)
        row.addWidget(self._text)
        self.hide()

    @property
    def told(self) -> str:
        """What is said."""
        return self._text.text()

    def show_room(self, models_bytes: int | None, free_bytes: int | None, path: str | None) -> None:
        """Another state of the disk; hidden where nothing is known."""
        self.setVisible(models_bytes is not None and path is not None)
        if models_bytes is None:
            return
        text = self.tr("Models {used}").format(used=units.file_size(models_bytes))
        if free_bytes is not None:
            text = self.tr("Models {used}, {free} free").format(
                used=units.file_size(models_bytes), free=units.file_size(free_bytes)
            )
        both = models_bytes + (free_bytes or 0)
        self._meter.show_share(models_bytes / both if free_bytes is not None and both else None)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(self.tr("Models are kept in {path}").format(path=path or ""))
