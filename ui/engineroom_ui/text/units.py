"""Numbers with their units, as a person reads them. Unknown is said, never shown as zero."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate
_GIB = 1024**3
_MIB = 1024**2


def not_reported() -> str:
    """What stands where a machine gives no number."""
    return translate("units", "not reported")


def memory(value_bytes: int | None) -> str:
    """Bytes in GiB, or in MiB below one GiB."""
    if value_bytes is None:
        return not_reported()
    if value_bytes >= _GIB:
        size = value_bytes / _GIB
        return translate("units", "{size} GiB").format(size=f"{size:.1f}" if size < 100 else f"{size:.0f}")
    return translate("units", "{size} MiB").format(size=f"{value_bytes / _MIB:.0f}")


def memory_of(used_bytes: int | None, total_bytes: int | None) -> str:
    """Used of total memory."""
    if used_bytes is None and total_bytes is None:
        return not_reported()
    if used_bytes is None:
        return memory(total_bytes)
    if total_bytes is None:
        return memory(used_bytes)
    return translate("units", "{used} of {total}").format(
        used=f"{used_bytes / _GIB:.1f}" if total_bytes >= _GIB else memory(used_bytes), total=memory(total_bytes)
    )


def file_size(value_bytes: int | None) -> str:
    """Bytes of a file in decimal units, as file managers show them."""
    if value_bytes is None:
        return not_reported()
    if value_bytes >= 10**9:
        return translate("units", "{size} GB").format(size=f"{value_bytes / 10**9:.1f}")
    return translate("units", "{size} MB").format(size=f"{value_bytes / 10**6:.0f}")


def watts(value_w: float | None) -> str:
    """Power."""
    if value_w is None:
        return not_reported()
    return translate("units", "{power} W").format(power=f"{value_w:,.0f}" if value_w >= 100 else f"{value_w:.1f}")


def celsius(value_c: float | None) -> str:
    """Temperature."""
    return not_reported() if value_c is None else translate("units", "{degrees} °C").format(degrees=f"{value_c:.0f}")


def percent(value: float | None) -> str:
    """A share from 0 to 100."""
    return not_reported() if value is None else translate("units", "{share} %").format(share=f"{value:.0f}")


def tokens_per_s(value: float | None) -> str:
    """Rate of tokens."""
    if value is None:
        return not_reported()
    return translate("units", "{rate} tok/s").format(rate=f"{value:.1f}" if value < 1000 else f"{value:,.0f}")


def seconds(value_s: float | None) -> str:
    """A duration, in ms below one second."""
    if value_s is None:
        return not_reported()
    if value_s < 1:
        return translate("units", "{time} ms").format(time=f"{value_s * 1000:.0f}")
    if value_s < 100:
        return translate("units", "{time} s").format(time=f"{value_s:.1f}")
    return translate("units", "{minutes} min {seconds} s").format(minutes=int(value_s // 60), seconds=int(value_s % 60))


def count(value: int | None) -> str:
    """A whole number with its thousands set apart."""
    return not_reported() if value is None else f"{value:,}"


def parameters(value: int | None) -> str:
    """Number of a model's parameters: 135 M, 8.0 B."""
    if value is None:
        return not_reported()
    if value >= 10**9:
        return translate("units", "{number} B parameters").format(number=f"{value / 10**9:.1f}")
    return translate("units", "{number} M parameters").format(number=f"{value / 10**6:.0f}")


def gib(value_gib: float | None) -> str:
    """Memory that is in GiB already."""
    return memory(None if value_gib is None else round(value_gib * _GIB))


def megahertz(value: int | None) -> str:
    """A clock."""
    return not_reported() if value is None else translate("units", "{clock} MHz").format(clock=f"{value:,}")


def bandwidth(value_gb_s: float | None) -> str:
    """Bytes per second in decimal GB/s."""
    return not_reported() if value_gb_s is None else translate("units", "{rate} GB/s").format(rate=f"{value_gb_s:,.0f}")


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
    amount = f"{value:,.2f}" if abs(value) >= 0.1 or value == 0 else f"{value:.4f}"
    return translate("units", "{amount} {currency}").format(amount=amount, currency=currency)


def figures(value: float) -> str:
    """A number with three figures, and all of those before the point."""
    size = abs(value)
    return f"{value:,.0f}" if size >= 100 else f"{value:.1f}" if size >= 10 else f"{value:.2f}"


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
