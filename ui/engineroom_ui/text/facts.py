"""Facts in a sentence: numbers with their units, words of tables in the language of the window."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from engineroom.contract.doctor import FixAction
from engineroom.contract.problems import FactValue
from engineroom_ui.text import tables, units
from engineroom_ui.text.fixes import fix

_OF_TABLES = frozenset({
    "does", "field", "found", "host", "limit", "meaning", "note", "reason", "remedy", "source", "stage", "state",
    "step", "support", "things", "wanted",
})  # fmt: skip

_PUT_TOGETHER = frozenset({"ended_with", "holders", "program"})


def filled(text: str, facts: Mapping[str, FactValue], *, sizes: bool = False) -> str:
    """``text`` with its facts; one that is missing reads as *not reported*. ``sizes`` as in :func:`shown`."""
    return text.format_map(_Facts({key: shown(key, value, sizes=sizes) for key, value in facts.items()}))


def shown(key: str, value: FactValue, *, sizes: bool = False) -> str:
    """A fact as a person reads it. ``sizes``: memory as a person reads it, and not to the byte."""
    if value is None or value == "":
        return units.not_reported()
    if isinstance(value, int | float) and (number := _number(key, value, sizes=sizes)):
        return number
    return _word(key, str(value))


def _number(key: str, value: float, *, sizes: bool) -> str:
    if key.endswith("_bytes"):
        exact = QCoreApplication.translate("problems", "{count} bytes").format(count=units.count(int(value)))
        return units.memory(int(value)) if sizes else exact
    if key.endswith("_tokens"):
        return units.count(int(value))
    return units.seconds(value) if key.endswith("_s") and "_per_s" not in key else ""


def _word(key: str, value: str) -> str:
    if key == "fix" and value in set(FixAction):
        return fix(FixAction(value))
    if key in _PUT_TOGETHER:
        return tables.phrased(value)
    if key in _OF_TABLES:
        return tables.told(value.rstrip("."))
    return value.rstrip(".") if key in {"searched", "known"} else value


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return units.not_reported()
