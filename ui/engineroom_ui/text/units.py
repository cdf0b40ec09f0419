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
