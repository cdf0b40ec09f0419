"""The cards as lines of a chart: each keeps its colour in all of them."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from engineroom.contract.control import Machine, PowerScope
from engineroom_ui.state.samples import CPU_POWER, gpu_power, gpu_power_peak
from engineroom_ui.text import words
from engineroom_ui.widgets.chart_legend import Line

translate = QCoreApplication.translate

_INKS = ("chart_2", "chart_3", "chart_4", "chart_5", "chart_1")


def card_ink(number: int) -> str:
    """Token of the colour of the card at this place."""
    return _INKS[number % len(_INKS)]


def card_lines(machine: Machine | None, series: Callable[[str], str]) -> list[Line]:
    """One line for each card of the machine, of the series that belongs to its UUID."""
    gpus = machine.gpus if machine is not None else ()
    several = len(gpus) > 1
    return [
        Line(
            series=series(gpu.uuid),
            caption=words.short_card(gpu.name, at if several else None),
            short=f"#{at}" if several else "",
            ink=card_ink(at),
        )
        for at, gpu in enumerate(gpus)
    ]


def power_lines(machine: Machine | None) -> list[Line]:
    """Power of the cards and of the processor, which is left out where a card's power includes it already."""
    lines = card_lines(machine, gpu_power)
    lines = [replace(line, peak=gpu_power_peak(line.series)) for line in lines]
    if machine is None or machine.host.cpu_power_source is None:
        return lines
    if any(gpu.power_scope is PowerScope.MODULE for gpu in machine.gpus):
        return lines
    return [*lines, Line(series=CPU_POWER, caption=translate("chart", "CPU"), ink="idle")]
