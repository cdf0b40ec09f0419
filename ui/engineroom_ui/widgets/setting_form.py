"""Settings that belong together, below a heading."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from engineroom.contract.settings import SettingKind, SettingValue
from engineroom_ui.state.settings import DaemonSettings
from engineroom_ui.text.problems import sentence
from engineroom_ui.widgets.parts import label
from engineroom_ui.widgets.setting_row import SettingRow

_TOGETHER = {
    "server.certificate": "server.certificate_key",
    "server.certificate_key": "server.certificate",
}
"""What counts only with another one is written with it, as that stands in its field."""

Rows = tuple[tuple[str, SettingKind], ...]


class SettingForm(QFrame):
    """A card of rows; each change is written when it is made."""

    def __init__(self, title: str, settings: DaemonSettings, rows: Rows) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._settings = settings
        self.rows = {name: SettingRow(name, kind) for name, kind in rows}
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(4)
        column.addWidget(label(title, strong=True))
        for row in self.rows.values():
            row.put.connect(self._put)
            column.addWidget(row)
        settings.changed.connect(self.draw)
        settings.refused.connect(self._refuse)
        self.draw()

    def draw(self) -> None:
        """As the settings stand now."""
        broken = self._settings.view is None or self._settings.view.problem is not None
        for name, row in self.rows.items():
            row.show_setting(None if broken else self._settings.setting(name))

    def _put(self, name: str, value: SettingValue) -> None:
        with_it = [other for other in (_TOGETHER.get(name),) if other in self.rows]
        self._settings.put({name: value} | {other: self.rows[other].typed for other in with_it})

    def _refuse(self, names: object, failure: object) -> None:
        for name in names:  # type: ignore[attr-defined]
            if name in self.rows:
                self.rows[name].refuse(sentence(failure.problem).whole)  # type: ignore[attr-defined]
