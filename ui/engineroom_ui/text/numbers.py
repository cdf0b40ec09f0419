"""Numbers and dates as they are written in the language of the window: the one place that knows its separators."""

import time
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

translate = QCoreApplication.translate
_ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)


def spoken() -> QLocale:
    """How the window writes now. :mod:`engineroom_ui.text.language` sets it; no language at all counts as English."""
    now = QLocale()
    return _ENGLISH if now.language() is QLocale.Language.C else now


def fixed(value: float, places: int) -> str:
    """With so many places after the decimal point, and thousands set apart."""
    return spoken().toString(float(value), "f", places)


def whole(value: float) -> str:
    """Without places, and thousands set apart."""
    return spoken().toString(round(value))


def shortest(value: float) -> str:
    """With no more places than it has, up to six figures; thousands stay together, so that it can be typed again."""
    return f"{value:g}".replace(".", spoken().decimalPoint())


def typed_whole(text: str) -> int | None:
    """A whole number as a person types it, thousands set apart or not; None for anything else."""
    told, understood = spoken().toLongLong(text.strip())
    return told if understood else None


def day(at_s: float) -> str:
    """A date on this computer's calendar, from seconds since 1970."""
    return _written(at_s, translate("numbers", "yyyy-MM-dd"))


def day_of(text: str | None) -> str:
    """The date of an ISO 8601 text; what is none stays as it is."""
    try:
        return day(datetime.fromisoformat(text or "").timestamp())
    except ValueError:
        return text or ""


def moment(at_s: float) -> str:
    """A date with its time of day."""
    return _written(at_s, translate("numbers", "yyyy-MM-dd HH:mm"))


def clock(at_s: float) -> str:
    """The time of day to the second, the same in every language of the window."""
    return time.strftime("%H:%M:%S", time.localtime(at_s))


def _written(at_s: float, pattern: str) -> str:
    return spoken().toString(QDateTime.fromSecsSinceEpoch(int(at_s)), pattern)
