"""Where and how an engine runs, in rows of caption and value."""

from PySide6.QtWidgets import QGridLayout, QWidget

from engineroom.contract.control import EngineState, EngineView
from engineroom_ui.text import units, words
from engineroom_ui.widgets.parts import ElidedLabel, label


class EngineFacts(QWidget):
    """Device, context and what limits it, requests at once, memory."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._values: dict[str, ElidedLabel] = {}
        captions = {
            "device": self.tr("Device"),
            "context": self.tr("Context"),
            "slots": self.tr("At once"),
            "memory": self.tr("Memory"),
        }
        for row, (key, caption) in enumerate(captions.items()):
            self._values[key] = ElidedLabel()
            grid.addWidget(label(caption, role="Muted"), row, 0)
            grid.addWidget(self._values[key], row, 1)

    def show_engine(self, engine: EngineView) -> None:
        """The engine as it is now; what only a running engine knows is said to be so."""
        unknown = self.tr("Known once it runs")
        slots = unknown
        if engine.slots is not None:
            slots = (
                self.tr("{count} requests").format(count=engine.slots)
                if engine.slots != 1
                else self.tr("One request after the other")
            )
        if engine.slots is not None and engine.threads is not None:
            slots = self.tr("{slots}, {count} CPU threads").format(slots=slots, count=engine.threads)
        told = engine.memory_bytes is not None or engine.state is EngineState.READY
        self._values["device"].show_text(words.device(engine))
        self._values["context"].show_text(words.context(engine))
        self._values["slots"].show_text(slots)
        self._values["memory"].show_text(units.memory(engine.memory_bytes) if told else unknown)
