"""The computer and all its cards in full, or why there are none."""

from PySide6.QtGui import QShowEvent

from engineroom.contract.control import HostInfo, Machine, NvmlState
from engineroom_ui.state.room import Room
from engineroom_ui.text import words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.card_grid import CardGrid
from engineroom_ui.widgets.card_lines import card_ink
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.facts_grid import FactsGrid
from engineroom_ui.widgets.gpu_panel import GpuPanel
from engineroom_ui.widgets.machine_strip import HostCard, NoGpuCard


class HostPanel(HostCard):
    """The computer, with its system and the NVIDIA driver."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.facts = FactsGrid()
        self.column.addSpacing(4)
        self.column.addWidget(self.facts)
        self.column.addStretch(1)

    def show_machine(self, machine: Machine) -> None:
        """What does not change."""
        host: HostInfo = machine.host
        self.show_host(host)
        power = words.cpu_power(host)
        driver = machine.driver_version or self.tr("none")
        if machine.cuda_version is not None:
            driver = self.tr("{driver}, CUDA up to {cuda}").format(driver=driver, cuda=machine.cuda_version)
        self.facts.show_facts(
            [
                (self.tr("Name"), host.hostname),
                (self.tr("System"), host.system),
                (self.tr("NVIDIA driver"), driver),
                (self.tr("CPU power"), power),
            ]
        )


class CardWall(CardGrid):
    """Fed on the drawing clock while it is looked at."""

    def __init__(self, theme: Theme, clock: DrawClock, room: Room) -> None:
        super().__init__()
        self._theme = theme
        self._room = room
        self._drawn = -1
        self._machine: Machine | None = None
        self.host = HostPanel(theme)
        self.no_gpu = NoGpuCard(theme)
        self.gpus: dict[str, GpuPanel] = {}
        self.show_cards([self.host, self.no_gpu])
        clock.tick.connect(self._tick)
        room.machine_changed.connect(self._show_machine)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._tick()

    def _show_machine(self) -> None:
        machine = self._room.machine
        if machine is None or machine == self._machine:
            return
        self._machine = machine
        self.host.show_machine(machine)
        self.no_gpu.show_why(machine)
        opened = {uuid for uuid, panel in self.gpus.items() if panel.unfold.is_open}
        old = self.gpus
        self.gpus = {
            gpu.uuid: GpuPanel(self._theme, machine, at, ink=card_ink(at)) for at, gpu in enumerate(machine.gpus)
        }
        cards = [self.host, *self.gpus.values()]
        if not self.gpus or machine.nvml is not NvmlState.OK:
            cards.append(self.no_gpu)
        self.show_cards(cards)
        for uuid in opened & self.gpus.keys():
            self.gpus[uuid].unfold.setChecked(True)
        for panel in old.values():
            panel.deleteLater()
        self._drawn = -1
        self._tick()

    def _tick(self) -> None:
        telemetry = self._room.telemetry
        if self._machine is None or telemetry.version == self._drawn or not self.isVisible():
            return
        self._drawn = telemetry.version
        frame = telemetry.last
        self.host.show_reading(self._machine.host, frame.host if frame is not None else None)
        readings = {reading.uuid: reading for reading in frame.gpus} if frame is not None else {}
        for uuid, shown in self.gpus.items():
            shown.show_reading(readings.get(uuid))
        self.refit()
