"""The cards as lines of a chart: each keeps its colour in all of them."""

from collections.abc import Callable

from engineroom.contract.control import Machine
from engineroom_ui.text import words
from engineroom_ui.widgets.chart_legend import Line

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
