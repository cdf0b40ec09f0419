"""Where and how an engine runs, in rows of caption and value."""

from PySide6.QtWidgets import QGridLayout, QWidget

from engineroom.contract.control import EngineState, EngineView, Machine
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
        self._captions = [label(caption, role="Muted") for caption in captions.values()]
        for row, (key, caption) in enumerate(zip(captions, self._captions, strict=True)):
            self._values[key] = ElidedLabel()
            grid.addWidget(caption, row, 0)
            grid.addWidget(self._values[key], row, 1)
        self._later = label(role="Muted")
        self._later.setWordWrap(True)
        grid.addWidget(self._later, len(captions), 0, 1, 2)

    def show_engine(self, engine: EngineView, machine: Machine | None = None) -> None:
        """The engine as it is now; what only a running engine knows is not guessed before."""
        known = engine.device is not None or engine.state is EngineState.READY
        for part in (*self._captions, *self._values.values()):
            part.setVisible(known)
        self._later.setVisible(not known)
        text = self.tr("Runs with {runtime}. Device, context and memory are known once it serves.")
        self._later.setText(text.format(runtime=words.runtime(engine)))
        self._values["device"].show_text(words.device(engine, machine))
        self._values["context"].show_text(words.context(engine))
        self._values["slots"].show_text(self._slots(engine))
        self._values["memory"].show_text(units.memory(engine.memory_bytes))

    def _slots(self, engine: EngineView) -> str:
        if engine.slots is None:
            return units.not_reported()
        text = self.tr("one request") if engine.slots == 1 else self.tr("{count} requests").format(count=engine.slots)
        if engine.threads is None:
            return text
        if engine.threads == 1:
            return self.tr("{slots}, one CPU thread").format(slots=text)
        return self.tr("{slots}, {count} CPU threads").format(slots=text, count=engine.threads)
