"""The cards as a view of a terminal that is drawn anew once a second."""

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from engineroom.cli.cards import (
    GPU_WORDS,
    Sight,
    errors_of,
    facts,
    held_by,
    held_down_by,
    host_words,
    nvml_line,
    power_of,
)
from engineroom.cli.output import gib, number
from engineroom.contract.control import GpuInfo, GpuReading, GpuState, Machine, MemoryKind

_BAR_WIDTH = 30
_WARM_C, _HOT_C = 75.0, 85.0
_NEAR = 0.9
_ERRORS = 3


def watch_cards(sights: Iterable[Sight], console: Console | None = None) -> None:
    """Draw each sight over the one before, until there are no more. The last one stays on the screen."""
    console = console or Console()
    with Live(console=console, auto_refresh=False, vertical_overflow="ellipsis") as live:
        for sight in sights:
            live.update(view(sight, fancy=console.encoding.lower().startswith("utf")), refresh=True)


def view(sight: Sight, *, fancy: bool) -> RenderableType:
    """One sight. ``fancy`` draws bars of block characters, else of letters every terminal has."""
    machine, host_now, gpus_now = sight
    readings = {reading.uuid: reading for reading in gpus_now}
    parts: list[RenderableType] = [_head(machine)]
    parts += [_card(gpu, readings.get(gpu.uuid), fancy=fancy) for gpu in machine.gpus]
    trouble = nvml_line(machine)
    if trouble is not None:
        parts.append(Text(trouble, style="yellow"))
    parts.append(Text(host_words(machine, host_now), style="dim", no_wrap=True, overflow="ellipsis"))
    return Group(*parts)


def _head(machine: Machine) -> Text:
    driver = f"driver {machine.driver_version}" if machine.driver_version else "no driver"
    cuda = f", CUDA {machine.cuda_version}" if machine.cuda_version else ""
    head = Text(f"{machine.host.hostname}  {driver}{cuda}", style="dim")
    if machine.simulated:
        head.append("  SIMULATED CARDS", style="bold yellow not dim")
    return head


def _card(gpu: GpuInfo, reading: GpuReading | None, *, fancy: bool) -> RenderableType:
    state = gpu.state if reading is None else reading.state
    title = Text.assemble((gpu.name, "bold"), ("  " + facts(gpu), "dim"), no_wrap=True, overflow="ellipsis")
    if state is not GpuState.OK:
        return Group(title, Text(f"  {GPU_WORDS[state]}", style="bold red"), *_errors(gpu))
    if reading is None:
        return title
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=8, justify="right", style="dim")
    rows.add_column(width=_BAR_WIDTH)
    rows.add_column(no_wrap=True, overflow="ellipsis")
    rows.add_row("memory", _memory_bar(reading, fancy=fancy), _memory_words(gpu, reading))
    rows.add_row("busy", _bar(_share(reading.utilisation_percent, 100.0), "green", fancy=fancy), _busy_words(reading))
    rows.add_row("power", _power_bar(gpu, reading, fancy=fancy), _power_words(gpu, reading))
    rows.add_row("heat", _heat_bar(reading, fancy=fancy), _heat_words(reading))
    held = held_down_by(reading)
    slowed = [Text(f"{'slowed':>8} by {held}", style="bold yellow")] if held else []
    holders = Text(f"{'held':>8} {_holders(reading)}", no_wrap=True, overflow="ellipsis")
    return Group(title, rows, *slowed, holders, *_errors(gpu), Text())


def _errors(gpu: GpuInfo) -> list[Text]:
    return [Text(f"{'error':>8} {line}", style="bold red") for line in errors_of(gpu)[:_ERRORS]]


def _holders(reading: GpuReading) -> str:
    if reading.processes is None:
        return "by programs the driver does not name"
    holders = held_by(reading)
    return f"by {holders}" if holders else "by nobody"


def _memory_bar(reading: GpuReading, *, fancy: bool) -> Text:
    total, used = reading.memory_total_bytes, reading.memory_used_bytes
    if not total or used is None:
        return _bar(None, "", fancy=fancy)
    ours = min(reading.memory_ours_bytes or 0, used)
    return _bars([(ours / total, "cyan"), ((used - ours) / total, "blue")], fancy=fancy)


def _power_bar(gpu: GpuInfo, reading: GpuReading, *, fancy: bool) -> Text:
    share = _share(reading.power_w, gpu.power_limit_w)
    return _bar(share, "yellow" if share is not None and share >= _NEAR else "green", fancy=fancy)


def _heat_bar(reading: GpuReading, *, fancy: bool) -> Text:
    heat = reading.temperature_c
    warm = heat is not None and heat >= _WARM_C
    hot = heat is not None and heat >= _HOT_C
    return _bar(_share(heat, 100.0), "red" if hot else "yellow" if warm else "green", fancy=fancy)


def _memory_words(gpu: GpuInfo, reading: GpuReading) -> str:
    used, ours = reading.memory_used_bytes, reading.memory_ours_bytes
    if used is None:
        return "not reported"
    others = f"{gib(used)} used" if not ours else f"{gib(ours)} ours, {gib(max(0, used - ours))} others"
    shared = " (the computer's)" if gpu.memory_kind is MemoryKind.UNIFIED else ""
    return f"{others}, {gib(reading.memory_free_bytes)} free of {gib(reading.memory_total_bytes)}{shared}"


def _busy_words(reading: GpuReading) -> str:
    clock = "" if reading.sm_clock_mhz is None else f", {reading.sm_clock_mhz} MHz"
    memory = "" if reading.memory_busy_percent is None else f", memory {reading.memory_busy_percent:.0f} %"
    state = "" if reading.performance_state is None else f", P{reading.performance_state}"
    received, sent = reading.pcie_rx_bytes_per_s, reading.pcie_tx_bytes_per_s
    link = "" if received is None or sent is None else f", PCIe in {received / 1e6:.0f} out {sent / 1e6:.0f} MB/s"
    return f"{number(reading.utilisation_percent, '%')}{memory}{clock}{state}{link}"


def _power_words(gpu: GpuInfo, reading: GpuReading) -> str:
    limit = "" if gpu.power_limit_w is None else f" of {gpu.power_limit_w:.0f} W"
    instant = "" if reading.power_instant_w is None else f", {reading.power_instant_w:.0f} W this instant"
    return f"{number(reading.power_w, 'W')}{limit}{instant}{power_of(gpu)}"


def _heat_words(reading: GpuReading) -> str:
    margin = reading.temperature_margin_c
    left = "" if margin is None else f", {margin:.0f} °C to the limit" if margin >= 0 else f", {-margin:.0f} °C over it"
    fan = "" if reading.fan_percent is None else f", fan {reading.fan_percent:.0f} %"
    return f"{number(reading.temperature_c, '°C')}{left}{fan}"


def _share(value: float | None, whole: float | None) -> float | None:
    return None if value is None or not whole else value / whole


def _bar(share: float | None, style: str, *, fancy: bool) -> Text:
    if share is None:
        return Text(("·" if fancy else ".") * _BAR_WIDTH, style="dim")
    return _bars([(share, style)], fancy=fancy)


def _bars(shares: list[tuple[float, str]], *, fancy: bool) -> Text:
    """Shares of one beside each other; a share that is not nothing has at least one mark."""
    full, empty = ("█", "░") if fancy else ("#", "-")
    bar, so_far, drawn = Text(), 0.0, 0
    for share, style in shares:
        so_far += share
        marks = max(1 if share > 0 else 0, round(so_far * _BAR_WIDTH) - drawn)
        marks = min(marks, _BAR_WIDTH - drawn)
        bar.append(full * marks, style=style)
        drawn += marks
    return bar.append(empty * (_BAR_WIDTH - drawn), style="dim")
