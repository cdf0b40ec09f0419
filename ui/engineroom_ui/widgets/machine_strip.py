"""The machine in a row of cards: the computer, then each NVIDIA card or why there is none."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engineroom.contract.control import GpuInfo, GpuReading, HostInfo, HostReading, Machine, MemoryKind
from engineroom_ui.state.room import Room
from engineroom_ui.text import hardware, units, words
from engineroom_ui.text.sentences import listed
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.card_grid import CardGrid
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.gpu_panel import GpuPanel
from engineroom_ui.widgets.machine_card import MachineCard
from engineroom_ui.widgets.parts import SMALL_PT, ElidedLabel, Figure, Meter, label


class HostCard(MachineCard):
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
        self._cores = ElidedLabel(role="Muted", points=SMALL_PT)
        self._cores.hide()
        self.column.addLayout(row)
        self.column.addWidget(self._meter)
        self.column.addWidget(self._cores)
        self.column.addStretch(1)

    def show_host(self, host: HostInfo) -> None:
        """What does not change."""
        self.show_name(host.cpu_name)
        self._cores.show_text(words.cores(host))
        self._cores.show()
        self.setAccessibleDescription(listed((host.hostname, host.system)))
        self.setToolTip(f"{host.hostname}  ·  {host.system}")

    def show_reading(self, host: HostInfo, reading: HostReading | None, *, early: bool = False) -> None:
        """What does; ``early`` while what is missing may just not have been read yet."""
        free = reading.memory_available_bytes if reading is not None else None
        used = host.memory_total_bytes - free if free is not None else None
        for part, value in (
            (self._memory, units.memory_of(used, host.memory_total_bytes)),
            (self._load, units.percent(reading.cpu_percent if reading is not None else None)),
            (self._power, units.watts(reading.cpu_power_w if reading is not None else None)),
        ):
            part.show_value(units.soon(value, early=early))
        self._meter.show_share(used / host.memory_total_bytes if used is not None else None)


class GpuCard(MachineCard):
    """Memory, power, temperature and utilisation of one card."""

    def __init__(self, theme: Theme, machine: Machine, number: int) -> None:
        super().__init__(theme, "card")
        info: GpuInfo = machine.gpus[number]
        self._info = info
        self._simulated = machine.simulated
        self._able = ""
        self._trouble: hardware.Trouble | None = None
        unified = info.memory_kind is MemoryKind.UNIFIED
        self._memory = Figure(self.tr("Shared memory") if unified else self.tr("VRAM"))
        self._power = Figure(self.tr("Power"))
        self._temperature = Figure(self.tr("Temp"))
        self._busy = Figure(self.tr("Load"))
        self._meter = Meter(theme)
        self._figures = QWidget()
        row = QHBoxLayout(self._figures)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        for part in (self._memory, self._power, self._temperature, self._busy):
            row.addWidget(part)
        row.addStretch(1)
        self.column.addWidget(self._figures)
        self.column.addWidget(self._meter)
        self._ability = ElidedLabel(role="Muted", points=SMALL_PT)
        self._ability.hide()
        self.column.addWidget(self._ability)
        self.column.addStretch(1)
        self.show_name(words.numbered_card(machine, number))
        self._show_state()
        if info.power_limit_w is not None:
            self.setToolTip(self.tr("Power limit {limit}").format(limit=units.watts(info.power_limit_w)))

    @property
    def ability(self) -> str:
        """What it can run, in words, or why it runs nothing now; empty while that is not known."""
        return self._ability.accessibleName() if not self._ability.isHidden() else ""

    def show_ability(self, text: str) -> None:
        """What it can run."""
        self._able = text
        self._show_state()

    def show_reading(self, reading: GpuReading | None, *, early: bool = False) -> None:
        """The newest reading of this card; ``early`` as above."""
        self._trouble = hardware.trouble(self._info, reading)
        self._show_state()
        total = self._info.memory_total_bytes
        used = reading.memory_used_bytes if reading is not None else None
        for part, value in (
            (self._memory, units.memory_of(used, total)),
            (self._power, units.watts(reading.power_w if reading is not None else None)),
            (self._temperature, units.celsius(reading.temperature_c if reading is not None else None)),
            (self._busy, units.percent(reading.utilisation_percent if reading is not None else None)),
        ):
            part.show_value(units.soon(value, early=early))
        self._meter.show_share(used / total if used is not None and total else None)

    def _show_state(self) -> None:
        """A card that cannot be read has no figures and runs nothing: that is said in their place."""
        trouble = self._trouble
        tags = filter(None, (self.tr("simulated") if self._simulated else "", trouble.word if trouble else ""))
        self.show_tag("  ·  ".join(tags), warn=True)
        for part in (self._figures, self._meter):
            part.setVisible(trouble is None)
        said = trouble.what if trouble is not None else self._able
        self._ability.show_text(said)
        self._ability.setVisible(bool(said))


class NoGpuCard(MachineCard):
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
        said = machine.nvml_detail
        self.setToolTip(self.tr("The driver said: {line}").format(line=said) if said else "")
        self.show_tag(self.tr("simulated") if machine.simulated else "", warn=True)


Host = TypeVar("Host", bound=HostCard)
Gpu = TypeVar("Gpu", GpuCard, GpuPanel)


class FedCards(CardGrid, Generic[Host, Gpu]):
    """The computer and its cards, fed on the drawing clock: the newest frame when there is one and somebody looks.

    Args:
        host: the card of the computer.
    """

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, host: Host) -> None:
        super().__init__()
        self._theme = theme
        self._room = room
        self._drawn = -1
        self._machine: Machine | None = None
        self.host = host
        self.no_gpu = NoGpuCard(theme)
        self.gpus: dict[str, Gpu] = {}
        self.show_cards([self.host, self.no_gpu])
        clock.tick.connect(self._tick)
        room.machine_changed.connect(self._show_machine)
        room.link_changed.connect(self._show_age)
        self._show_machine()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._tick()

    def make_card(self, machine: Machine, number: int) -> Gpu:
        """A card's card."""
        raise NotImplementedError

    def placed(self, machine: Machine) -> Sequence[QWidget]:
        """What is shown of the machine, in order."""
        raise NotImplementedError

    def replaced(self, old: dict[str, Gpu]) -> None:
        """The cards are new, for the machine has changed; what was open may be opened again."""

    def _show_machine(self) -> None:
        machine = self._room.machine
        if machine is None or machine == self._machine:
            return
        self._machine = machine
        self.host.show_host(machine.host)
        self.no_gpu.show_why(machine)
        old = self.gpus
        self.gpus = {gpu.uuid: self.make_card(machine, at) for at, gpu in enumerate(machine.gpus)}
        self.show_cards(self.placed(machine))
        self.replaced(old)
        for card in old.values():
            card.deleteLater()
        self._drawn = -1
        self._tick()
        self._show_age()

    def _show_age(self) -> None:
        """Figures that are no longer of now say of when they are."""
        frame = self._room.telemetry.last
        taken_at_s = frame.taken_at_s if frame is not None and not self._room.live else None
        shown: list[MachineCard] = [self.host, *self.gpus.values()]
        for card in shown:
            card.show_age(taken_at_s)

    def _tick(self) -> None:
        telemetry = self._room.telemetry
        if self._machine is None or telemetry.version == self._drawn or not self.isVisible():
            return
        self._drawn = telemetry.version
        frame = telemetry.last
        early = telemetry.early
        self.host.show_reading(self._machine.host, frame.host if frame is not None else None, early=early)
        readings = {reading.uuid: reading for reading in frame.gpus} if frame is not None else {}
        for uuid, shown in self.gpus.items():
            shown.show_reading(readings.get(uuid), early=early)
        self.refit()


class MachineStrip(FedCards[HostCard, GpuCard]):
    """All cards in brief, as many to a row as the width allows."""

    def __init__(self, theme: Theme, clock: DrawClock, room: Room) -> None:
        super().__init__(theme, clock, room, HostCard(theme))

    def make_card(self, machine: Machine, number: int) -> GpuCard:  # noqa: D102
        return GpuCard(self._theme, machine, number)

    def show_abilities(self, told: Callable[[str], str]) -> None:
        """What each card can run, by its UUID."""
        for uuid, card in self.gpus.items():
            card.show_ability(told(uuid))

    def placed(self, machine: Machine) -> Sequence[QWidget]:  # noqa: ARG002, D102
        return [self.host, *(self.gpus.values() or [self.no_gpu])]
