"""The machine in a row of cards: the computer, then each NVIDIA card or why there is none."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engineroom.contract.control import GpuInfo, GpuReading, HostInfo, HostReading, Machine
from engineroom_ui.state.room import Room
from engineroom_ui.text import units, words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.theme.icons import pixmap
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.parts import SMALL_PT, ElidedLabel, Figure, Meter, label

_MOST_PER_ROW = 3
_GAP_PX = 12


class _MachineCard(QFrame):
    """Frame, icon and name; below it whatever the kind adds."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._theme = theme
        self._icon = icon
        self._picture = QLabel()
        self._name = ElidedLabel(strong=True)
        self._tag = label(role="Tag", points=SMALL_PT)
        self._tag.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._picture)
        head.addWidget(self._name, 1)
        head.addWidget(self._tag)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 12, 20, 12)
        self.column.setSpacing(8)
        self.column.addLayout(head)
        theme.changed.connect(self._draw)
        self._draw()

    def show_name(self, name: str) -> None:
        """What the card is of."""
        self._name.show_text(name)
        self.setAccessibleName(name)

    def show_tag(self, text: str, *, warn: bool = False) -> None:
        """A word behind the name; empty hides it."""
        self._tag.setText(text)
        self._tag.setObjectName("TagWarn" if warn else "Tag")
        self._tag.style().unpolish(self._tag)
        self._tag.style().polish(self._tag)
        self._tag.setVisible(bool(text))

    def _draw(self) -> None:
        self._picture.setPixmap(pixmap(self._icon, self._theme.tokens.text_muted, 18))


class HostCard(_MachineCard):
    """Processor, cores and memory of the computer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "chip")
        self._memory = Figure(self.tr("Memory"))
        self._load = Figure(self.tr("CPU"))
        self._power = Figure(self.tr("CPU power"))
        self._meter = Meter(theme)
        self.show_name(self.tr("This computer"))
        row = QHBoxLayout()
        row.setSpacing(20)
        for part in (self._memory, self._load, self._power):
            part.show_value("–")  # noqa: RUF001
            row.addWidget(part)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self._meter)

    def show_host(self, host: HostInfo) -> None:
        """What does not change."""
        self.show_name(host.cpu_name)
        self.show_tag(words.cores(host))
        self.setAccessibleDescription(f"{host.hostname}, {host.system}")
        self.setToolTip(f"{host.hostname}  ·  {host.system}")

    def show_reading(self, host: HostInfo, reading: HostReading | None) -> None:
        """What does."""
        free = reading.memory_available_bytes if reading is not None else None
        used = host.memory_total_bytes - free if free is not None else None
        self._memory.show_value(units.memory_of(used, host.memory_total_bytes))
        self._load.show_value(units.percent(reading.cpu_percent if reading is not None else None))
        self._power.show_value(units.watts(reading.cpu_power_w if reading is not None else None))
        self._meter.show_share(used / host.memory_total_bytes if used is not None else None)


class GpuCard(_MachineCard):
    """Memory, power, temperature and utilisation of one card."""

    def __init__(self, theme: Theme, info: GpuInfo, *, simulated: bool) -> None:
        super().__init__(theme, "card")
        self._info = info
        self._memory = Figure(self.tr("VRAM"))
        self._power = Figure(self.tr("Power"))
        self._temperature = Figure(self.tr("Temp."))
        self._busy = Figure(self.tr("Load"))
        self._meter = Meter(theme)
        row = QHBoxLayout()
        row.setSpacing(20)
        for part in (self._memory, self._power, self._temperature, self._busy):
            row.addWidget(part)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self._meter)
        self.show_name(info.name)
        self.show_tag(self.tr("simulated") if simulated else "", warn=True)
        if info.power_limit_w is not None:
            self.setToolTip(self.tr("Power limit {limit}").format(limit=units.watts(info.power_limit_w)))

    def show_reading(self, reading: GpuReading | None) -> None:
        """The newest reading of this card."""
        total = self._info.memory_total_bytes
        used = reading.memory_used_bytes if reading is not None else None
        self._memory.show_value(units.memory_of(used, total))
        self._power.show_value(units.watts(reading.power_w if reading is not None else None))
        self._temperature.show_value(units.celsius(reading.temperature_c if reading is not None else None))
        self._busy.show_value(units.percent(reading.utilisation_percent if reading is not None else None))
        self._meter.show_share(used / total if used is not None and total else None)


class NoGpuCard(_MachineCard):
    """Why no NVIDIA card is shown, and what to do about it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "card")
        self._remedy = label(role="Muted", points=SMALL_PT)
        self._remedy.setWordWrap(True)
        self._remedy.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._remedy, 1)
        self.show_name(self.tr("NVIDIA cards"))
        self._remedy.setText(self.tr("Shown as soon as the engine room answers."))

    def show_why(self, machine: Machine) -> None:
        """The driver's state in words."""
        what, remedy = words.nvml(machine)
        self.show_name(what)
        self._remedy.setText(remedy)
        self.setToolTip(machine.nvml_detail or "")
        self.show_tag(self.tr("simulated") if machine.simulated else "", warn=True)


class MachineStrip(QWidget):
    """All cards, up to three to a row as the width allows, fed on the drawing clock."""

    def __init__(self, theme: Theme, clock: DrawClock, room: Room) -> None:
        super().__init__()
        self._theme = theme
        self._room = room
        self._drawn = -1
        self._columns = _MOST_PER_ROW
        self._machine: Machine | None = None
        self._host = HostCard(theme)
        self._no_gpu = NoGpuCard(theme)
        self._gpus: dict[str, GpuCard] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP_PX)
        self._arrange()
        clock.tick.connect(self._tick)
        room.machine_changed.connect(self._show_machine)

    def _show_machine(self) -> None:
        machine = self._room.machine
        if machine is None or machine == self._machine:
            return
        self._machine = machine
        self._host.show_host(machine.host)
        self._no_gpu.show_why(machine)
        for old in self._gpus.values():
            old.deleteLater()
        self._gpus = {gpu.uuid: GpuCard(self._theme, gpu, simulated=machine.simulated) for gpu in machine.gpus}
        self._arrange()
        self._drawn = -1
        self._tick()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        if self._columns_that_fit() != self._columns:
            self._arrange()

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(self._widest(), super().minimumSizeHint().height())

    def _cards(self) -> list[_MachineCard]:
        return [self._host, *(self._gpus.values() or [self._no_gpu])]

    def _widest(self) -> int:
        return max(part.minimumSizeHint().width() for part in self._cards())

    def _columns_that_fit(self) -> int:
        fitting = (self.width() + _GAP_PX) // (self._widest() + _GAP_PX)
        return max(1, min(fitting, _MOST_PER_ROW, len(self._cards())))

    def _arrange(self) -> None:
        for part in {self._host, self._no_gpu, *self._gpus.values()}:
            self._grid.removeWidget(part)
        self._no_gpu.setVisible(not self._gpus)
        self._columns = self._columns_that_fit()
        for at, part in enumerate(self._cards()):
            self._grid.addWidget(part, at // self._columns, at % self._columns)
        for column in range(_MOST_PER_ROW):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)

    def _tick(self) -> None:
        telemetry = self._room.telemetry
        if self._machine is None or telemetry.version == self._drawn:
            return
        self._drawn = telemetry.version
        frame = telemetry.last
        self._host.show_reading(self._machine.host, frame.host if frame is not None else None)
        readings = {reading.uuid: reading for reading in frame.gpus} if frame is not None else {}
        for uuid, shown in self._gpus.items():
            shown.show_reading(readings.get(uuid))
        # A number with more digits may need another arrangement.
        if self._columns_that_fit() != self._columns:
            self._arrange()
