"""One card in full: memory by who holds it, power, heat, clocks, what holds them down, and all that does not change."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from engineroom.contract.control import GpuInfo, GpuReading, Machine, MemoryKind
from engineroom_ui.text import hardware, units, words
from engineroom_ui.text.hardware import Trouble
from engineroom_ui.text.sentences import both
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.facts_grid import FactsGrid
from engineroom_ui.widgets.machine_card import MachineCard
from engineroom_ui.widgets.memory_bar import MemoryBar
from engineroom_ui.widgets.parts import SMALL_PT, Figure, StateLabel, label
from engineroom_ui.widgets.unfold import Unfold

_MOST_HOLDERS = 3
_MOST_ERRORS = 2


class GpuPanel(MachineCard):
    """A card that cannot be read says why instead of showing empty gauges."""

    def __init__(self, theme: Theme, machine: Machine, number: int, *, ink: str) -> None:
        super().__init__(theme, "card", ink=ink)
        info: GpuInfo = machine.gpus[number]
        name = words.numbered_card(machine, number)
        self._info = info
        self._machine = machine
        unified = info.memory_kind is MemoryKind.UNIFIED
        self.memory = MemoryBar(theme, self.tr("Memory, shared with the computer") if unified else self.tr("VRAM"))
        self._power = Figure(hardware.power_caption(info))
        self._heat = Figure(self.tr("Temperature"))
        self._load = Figure(self.tr("Load"))
        self._clocks = Figure(self.tr("Clocks, SM / memory"))
        self._fan = Figure(self.tr("Fan"))
        self._state = Figure(self.tr("P-state"))
        self.throttle = StateLabel(theme, points=SMALL_PT)
        self.throttle.wrap()
        self.holders = FactsGrid(right=True)
        self._nobody = label(role="Muted", points=SMALL_PT)
        self.facts = FactsGrid()
        self.unfold = Unfold(theme, self.tr("Details"), name, self.facts)
        self.column.addWidget(self._build_trouble())
        self.column.addWidget(self._build_errors())
        self.column.addWidget(self._build_gauges())
        self.column.addWidget(self.unfold)
        self.column.addWidget(self.facts)
        self.column.addStretch(1)
        self.unfold.toggled.connect(self._again)
        self.show_name(name)
        self.facts.show_facts(hardware.details(machine, info))
        self._shown: tuple[GpuReading | None, bool] = None, True
        self._again()

    @property
    def trouble(self) -> str:
        """Why there are no gauges, and the remedy; empty when there are."""
        return both(self._what.text(), self._remedy.text()) if self._what.text() else ""

    def show_reading(self, reading: GpuReading | None, *, early: bool = False) -> None:
        """The newest reading of this card; ``early`` while there may be none yet."""
        self._shown = reading, early
        trouble = hardware.trouble(self._info, reading)
        self._show_state(trouble)
        if trouble is not None:
            return
        self.memory.show_split(hardware.memory_split(self._info, reading), early=early)
        for part, value in (
            (self._power, hardware.power(self._info, reading)),
            (self._heat, hardware.temperature(reading)),
            (self._load, units.percent(reading.utilisation_percent if reading is not None else None)),
            (self._clocks, hardware.clocks(reading)),
            (self._fan, units.percent(reading.fan_percent if reading is not None else None)),
            (self._state, hardware.performance(reading)),
        ):
            part.show_value(units.soon(value, early=early))
        why, held = hardware.throttle(reading)
        told = reading is not None and reading.throttle is not None
        self.throttle.show_state(why if told or not early else "…", "warn" if held else "ok" if told else "idle")
        self._show_holders(reading, early=early)

    def _build_gauges(self) -> QWidget:
        figures = QGridLayout()
        figures.setHorizontalSpacing(16)
        figures.setVerticalSpacing(8)
        parts = (self._power, self._heat, self._load, self._clocks, self._fan, self._state)
        for at, part in enumerate(parts):
            figures.addWidget(part, at // 3, at % 3)
        for column, stretch in enumerate((5, 5, 3)):
            figures.setColumnStretch(column, stretch)
        self._gauges = QWidget()
        column_of = QVBoxLayout(self._gauges)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.setSpacing(10)
        column_of.addWidget(self.memory)
        column_of.addLayout(figures)
        column_of.addWidget(self.throttle)
        column_of.addWidget(self.holders)
        column_of.addWidget(self._nobody)
        return self._gauges

    def _build_trouble(self) -> QWidget:
        self._what = label(strong=True)
        self._remedy = label(role="Muted", points=SMALL_PT)
        self._broken = QWidget()
        column = QVBoxLayout(self._broken)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        for part in (self._what, self._remedy):
            part.setWordWrap(True)
            part.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            column.addWidget(part)
        return self._broken

    def _build_errors(self) -> QWidget:
        """Shown whatever state the card is in, for an error may say why it is in it."""
        told = hardware.errors(self._info)
        if len(told) > _MOST_ERRORS:
            told = [*told[:_MOST_ERRORS], self.tr("and {n} more").format(n=len(told) - _MOST_ERRORS)]
        self.errors = label("\n".join(told), role="Warn", points=SMALL_PT)
        self.errors.setWordWrap(True)
        self.errors.setVisible(bool(told))
        return self.errors

    def _show_state(self, trouble: Trouble | None) -> None:
        self._what.setText(trouble.what if trouble is not None else "")
        self._remedy.setText(trouble.remedy if trouble is not None else "")
        self._broken.setVisible(trouble is not None)
        self._gauges.setVisible(trouble is None)
        tags = [
            self.tr("simulated") if self._machine.simulated else "",
            self.tr("unified memory") if self._info.memory_kind is MemoryKind.UNIFIED else "",
            trouble.word if trouble is not None else "",
        ]
        self.show_tag("  ·  ".join(filter(None, tags)), warn=trouble is not None or self._machine.simulated)

    def _show_holders(self, reading: GpuReading | None, *, early: bool) -> None:
        processes = reading.processes if reading is not None else None
        known = sorted(processes or (), key=lambda process: process.memory_bytes or 0, reverse=True)
        most = len(known) if self.unfold.is_open else _MOST_HOLDERS
        facts = [hardware.holder(process) for process in known[:most]]
        if len(known) > most:
            facts.append((self.tr("and {n} more").format(n=len(known) - most), ""))
        self.holders.show_facts(facts)
        self.holders.setVisible(bool(facts))
        self._nobody.setVisible(not facts)
        if processes is None:
            self._nobody.setText("…" if early else self.tr("Who holds the memory: not reported"))
        else:
            self._nobody.setText(self.tr("No program holds memory of this card"))

    def _again(self) -> None:
        reading, early = self._shown
        self.show_reading(reading, early=early)
