"""``engineroom energy``: what requests used."""

from engineroom.cli.output import Json, number, print_json, say
from engineroom.client.control import ControlClient, find_daemon
from engineroom.contract.control import EnergyRow, EnergyTable, GroupBy
from engineroom.contract.problems import Exit

_HEAD = ("", "requests", "tokens out", "J/token", "Wh", "cost")


def energy(*, by: GroupBy = GroupBy.MODEL, days: float = 30.0, json: Json = False) -> int:
    """Say what requests used: tokens, joules per token, watt-hours, and the cost at your price per kWh.

    Args:
        by: one line per model, API key or day.
        days: how far back to look.
        json: print the whole table as JSON, joules gross and above idle included.
    """
    with ControlClient(find_daemon()) as client:
        table = client.energy(by, days=days)
    if json:
        print_json(table)
    else:
        _print(table)
    return Exit.OK


def _print(table: EnergyTable) -> None:
    lines = [_HEAD, *(_cells(row, table.currency) for row in (*table.rows, table.total))]
    widths = [max(len(line[place]) for line in lines) for place in range(len(_HEAD))]
    for line in lines:
        name, *figures = line
        say(
            "  ".join(
                [name.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True))]
            )
        )
    if table.total.estimated:
        say("~ estimated: integrated from power readings, about ±10 %")
    if table.total.joules_gross is None:
        say("No card and no processor counter reported energy while these requests ran.")
    if table.price_per_kwh is None:
        say("For costs, set energy.price_per_kwh in the settings.")
    if table.saved_by_unloading_w is not None:
        say(f"Unloading the engine saves about {number(table.saved_by_unloading_w, 'W', 1)} (measured).")


def _cells(row: EnergyRow, currency: str) -> tuple[str, ...]:
    mark = "~" if row.estimated else ""
    return (
        row.group,
        str(row.requests),
        str(row.completion_tokens),
        _figure(row.joules_per_token, 2, mark),
        _figure(row.watt_hours, 3, mark),
        "-" if row.cost is None else f"{mark}{row.cost:.4f} {currency}",
    )


def _figure(value: float | None, digits: int, mark: str) -> str:
    return "-" if value is None else f"{mark}{value:.{digits}f}"
