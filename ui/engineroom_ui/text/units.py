"""Numbers with their units, as a person reads them. Unknown is said, never shown as zero."""

from PySide6.QtCore import QCoreApplication

from engineroom_ui.text import numbers

translate = QCoreApplication.translate
_GIB = 1024**3
_MIB = 1024**2


def not_reported() -> str:
    """What stands where a machine gives no number."""
    return translate("units", "not reported")


def soon(text: str, *, early: bool) -> str:
    """``text``; an ellipsis in place of *not reported* while the first readings are on their way."""
    return "…" if early and text == not_reported() else text


def memory(value_bytes: int | None) -> str:
    """Bytes in GiB, or in MiB below one GiB."""
    if value_bytes is None:
        return not_reported()
    if value_bytes >= _GIB:
        size = value_bytes / _GIB
        return translate("units", "{size} GiB").format(size=numbers.fixed(size, 1 if size < 100 else 0))
    return translate("units", "{size} MiB").format(size=numbers.whole(value_bytes / _MIB))


def memory_of(used_bytes: int | None, total_bytes: int | None) -> str:
    """Used of total memory."""
    if used_bytes is None and total_bytes is None:
        return not_reported()
    if used_bytes is None:
        return memory(total_bytes)
    if total_bytes is None:
        return memory(used_bytes)
    return translate("units", "{used} of {total}").format(
        used=numbers.fixed(used_bytes / _GIB, 1) if total_bytes >= _GIB else memory(used_bytes),
        total=memory(total_bytes),
    )


def file_size(value_bytes: int | None) -> str:
    """Bytes of a file in decimal units, as file managers show them."""
    if value_bytes is None:
        return not_reported()
    if value_bytes >= 10**9:
        size = value_bytes / 10**9
        return translate("units", "{size} GB").format(size=numbers.fixed(size, 1 if size < 100 else 0))
    if value_bytes >= 10**6:
        return translate("units", "{size} MB").format(size=numbers.whole(value_bytes / 10**6))
    if value_bytes >= 1000:
        return translate("units", "{size} kB").format(size=numbers.whole(value_bytes / 1000))
    return translate("units", "{size} bytes").format(size=numbers.whole(value_bytes))


def watts(value_w: float | None) -> str:
    """Power."""
    if value_w is None:
        return not_reported()
    return translate("units", "{power} W").format(power=_short(value_w))


def celsius(value_c: float | None) -> str:
    """Temperature."""
    return (
        not_reported() if value_c is None else translate("units", "{degrees} °C").format(degrees=numbers.whole(value_c))
    )


def percent(value: float | None) -> str:
    """A share from 0 to 100."""
    return not_reported() if value is None else translate("units", "{share} %").format(share=numbers.whole(value))


def tokens_per_s(value: float | None) -> str:
    """Rate of tokens."""
    if value is None:
        return not_reported()
    return translate("units", "{rate} tok/s").format(rate=_short(value))


def seconds(value_s: float | None) -> str:
    """A duration, in ms below one second."""
    if value_s is None:
        return not_reported()
    if value_s < 1:
        return translate("units", "{time} ms").format(time=numbers.whole(value_s * 1000))
    if value_s < 100:
        return translate("units", "{time} s").format(time=numbers.fixed(value_s, 1))
    return translate("units", "{minutes} min {seconds} s").format(minutes=int(value_s // 60), seconds=int(value_s % 60))


def duration(value_s: float) -> str:
    """A duration that nobody reads in fractions, in its two largest units.

    >>> duration(12.3), duration(600), duration(5400)
    ('12 s', '10 min', '1 h 30 min')
    """
    whole = round(value_s)
    if whole < 60:
        return translate("units", "{s} s").format(s=whole)
    minutes, rest = divmod(whole, 60)
    if whole < 3600:
        text = translate("units", "{m} min {s} s") if rest and minutes < 10 else translate("units", "{m} min")
        return text.format(m=minutes, s=rest)
    hours, rest = divmod(minutes, 60)
    text = translate("units", "{h} h {m} min") if rest else translate("units", "{h} h")
    return text.format(h=hours, m=rest)


def count(value: int | None) -> str:
    """A whole number with its thousands set apart."""
    return not_reported() if value is None else numbers.whole(value)


def parameters(value: int | None) -> str:
    """Number of a model's parameters: 135 M, 8.0 B."""
    if value is None:
        return not_reported()
    if value >= 10**9:
        return translate("units", "{number} B parameters").format(number=numbers.fixed(value / 10**9, 1))
    return translate("units", "{number} M parameters").format(number=numbers.whole(value / 10**6))


def whole_gib(value_gib: int) -> str:
    """A mark on an axis of memory."""
    return translate("units", "{size} GiB").format(size=numbers.whole(value_gib))


def gib(value_gib: float | None) -> str:
    """Memory that is in GiB already."""
    return memory(None if value_gib is None else round(value_gib * _GIB))


def megahertz(value: int | None) -> str:
    """A clock."""
    return not_reported() if value is None else translate("units", "{clock} MHz").format(clock=numbers.whole(value))


def bandwidth(value_gb_s: float | None) -> str:
    """Bytes per second in decimal GB/s."""
    return (
        not_reported()
        if value_gb_s is None
        else translate("units", "{rate} GB/s").format(rate=numbers.whole(value_gb_s))
    )


def joules(value_j: float | None) -> str:
    """Energy in J, kJ or MJ, three figures or more."""
    if value_j is None:
        return not_reported()
    for factor, text in (
        (1e6, translate("units", "{energy} MJ")),
        (1e3, translate("units", "{energy} kJ")),
    ):
        if abs(value_j) >= factor:
            return text.format(energy=figures(value_j / factor))
    return translate("units", "{energy} J").format(energy=figures(value_j))


def watt_hours(value_wh: float | None) -> str:
    """Energy in Wh or kWh."""
    if value_wh is None:
        return not_reported()
    if abs(value_wh) >= 1000:
        return translate("units", "{energy} kWh").format(energy=figures(value_wh / 1000))
    return translate("units", "{energy} Wh").format(energy=figures(value_wh))


def money(value: float | None, currency: str) -> str:
    """An amount with its currency; small ones keep enough figures to be more than nothing."""
    if value is None:
        return not_reported()
    amount = numbers.fixed(value, 2 if abs(value) >= 0.1 or value == 0 else 4)
    return translate("units", "{amount} {currency}").format(amount=amount, currency=currency)


def figures(value: float) -> str:
    """A number with three figures, and all of those before the point."""
    size = abs(value)
    return numbers.fixed(value, 0 if size >= 100 else 1 if size >= 10 else 2)


def plain(value: float | None) -> str:
    """A number beside one that has its unit: one place, none from a hundred on."""
    return not_reported() if value is None else _short(value)


def spread(low: str, high: str) -> str:
    """From one value to another, the unit said once where both have the same.

    >>> spread("34 ms", "90 ms"), spread("900 ms", "1.2 s")
    ('34 to 90 ms', '900 ms to 1.2 s')
    """
    number, _, unit = low.rpartition(" ")
    shared = bool(number) and high.endswith(f" {unit}")
    return translate("units", "{low} to {high}").format(low=number if shared else low, high=high)


def _short(value: float) -> str:
    return numbers.fixed(value, 1 if abs(value) < 100 else 0)


def age(value_s: float) -> str:
    """How long ago, in its two largest units."""
    whole = round(value_s)
    if whole < 60:
        return translate("units", "{s} s ago").format(s=whole)
    if whole < 3600:
        return translate("units", "{m} min {s} s ago").format(m=whole // 60, s=whole % 60)
    if whole < 86_400:
        return translate("units", "{h} h {m} min ago").format(h=whole // 3600, m=whole % 3600 // 60)
    return translate("units", "{d} d {h} h ago").format(d=whole // 86_400, h=whole % 86_400 // 3600)


def span(value_s: float) -> str:
    """How far back a chart goes."""
    if value_s <= 300:
        return translate("units", "last five minutes")
    if value_s <= 3600:
        return translate("units", "last hour")
    if value_s <= 86_400:
        return translate("units", "last 24 hours")
    return translate("units", "last {n} days").format(n=round(value_s / 86_400))
