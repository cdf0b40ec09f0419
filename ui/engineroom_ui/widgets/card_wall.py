"""The computer and all its cards in full, or why there are none."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from engineroom.contract.control import Machine, NvmlState
from engineroom_ui.state.room import Room
from engineroom_ui.text import words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.card_lines import card_ink
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.facts_grid import FactsGrid
from engineroom_ui.widgets.gpu_panel import GpuPanel
from engineroom_ui.widgets.machine_strip import FedCards, HostCard


class HostPanel(HostCard):
    """The computer, with its system and the NVIDIA driver."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.facts = FactsGrid()
        # Before the stretch that ends the card it is made of.
        end = self.column.count() - 1
        self.column.insertSpacing(end, 4)
        self.column.insertWidget(end + 1, self.facts)

    def show_machine(self, machine: Machine) -> None:
        """What does not change."""
        host = machine.host
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


class CardWall(FedCards[HostPanel, GpuPanel]):
    """All cards in full."""

    def __init__(self, theme: Theme, clock: DrawClock, room: Room) -> None:
        super().__init__(theme, clock, room, HostPanel(theme))

    def make_card(self, machine: Machine, number: int) -> GpuPanel:  # noqa: D102
        return GpuPanel(self._theme, machine, number, ink=card_ink(number))

    def placed(self, machine: Machine) -> Sequence[QWidget]:  # noqa: D102
        self.host.show_machine(machine)
        cards: list[QWidget] = [self.host, *self.gpus.values()]
        return cards if self.gpus and machine.nvml is NvmlState.OK else [*cards, self.no_gpu]

    def replaced(self, old: dict[str, GpuPanel]) -> None:
        """What was unfolded stays so."""
        for uuid in old.keys() & self.gpus.keys():
            self.gpus[uuid].unfold.setChecked(old[uuid].unfold.is_open)
