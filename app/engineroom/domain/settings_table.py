"""A table of the settings file, read strictly: what is wrong is refused by its name."""

import ipaddress
import json
from collections.abc import Mapping
from typing import Any

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, FactValue, Rejected

DEFAULT_PORT = 8411
_MOST_SHOWN = 60


class Table:
    """One table; every key that was read counts as known."""

    def __init__(self, tree: Mapping[str, object], name: str, path: str) -> None:
        self._tree = tree
        self._name = name
        self._path = path
        self._known: set[str] = set()

    def table(self, key: str) -> "Table":
        """A table within it; an absent one is empty."""
        return Table(self._mapping(key), self._label(key), self._path)

    def _mapping(self, key: str) -> Mapping[str, Any]:
        value = self._get(key, {})
        if not isinstance(value, Mapping):
            raise self._broken(key, Detail.SETTING_TABLE, got=_shown(value))
        return value

    def rows(self, key: str) -> list["Table"]:
        """An array of tables."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            raise self._broken(key, Detail.SETTING_TABLES, got=_shown(value))
        return [Table(row, f"{self._label(key)}[{place}]", self._path) for place, row in enumerate(value)]

    def text(self, key: str, default: str | None = None) -> str:
        """A text. Without a default it must be there."""
        value = self._get(key, default)
        if not isinstance(value, str):
            what = Detail.SETTING_TEXT if value is not None else Detail.SETTING_MISSING
            raise self._broken(key, what, got=_shown(value))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """An array of texts."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self._broken(key, Detail.SETTING_TEXTS, got=_shown(value))
        return tuple(value)

    def names(self, key: str) -> dict[str, str]:
        """A table of texts, such as ``aliases``."""
        tree = self._mapping(key)
        if not all(isinstance(text, str) and text for text in tree.values()):
            raise self._broken(key, Detail.SETTING_NAMES, got=_shown(tree))
        return {name: str(text) for name, text in tree.items()}

    def tables(self, key: str) -> dict[str, "Table"]:
        """A table of tables, such as one per model."""
        tree = self._mapping(key)
        for name, row in tree.items():
            if not isinstance(row, Mapping):
                raise self._broken(f"{key}.{name}", Detail.SETTING_TABLE, got=_shown(row))
        return {name: Table(row, f"{self._label(key)}.{name}", self._path) for name, row in tree.items()}

    def written(self) -> tuple[str, ...]:
        """What is in it."""
        return tuple(self._tree)

    def address(self, key: str, default: str) -> str:
        """What can be listened on: an IP address, or ``localhost``. Names are not looked up."""
        value = self.text(key, default)
        try:
            ipaddress.ip_address("127.0.0.1" if value.lower() == "localhost" else value.strip("[]"))
        except ValueError:
            raise self._broken(key, Detail.SETTING_ADDRESS, value=repr(value)) from None
        return value

    def origins(self, key: str) -> tuple[str, ...]:
        """Web pages only by their exact origin; a trailing ``*`` only for other schemes, whose pages are installed."""
        for origin in (found := self.texts(key)):
            scheme, mark, rest = origin.partition("://")
            if not mark or not scheme or not rest or "/" in rest or "*" in origin[:-1]:
                raise self._broken(key, Detail.SETTING_ORIGIN, value=_shown(origin))
            if origin.endswith("*") and scheme.lower() in {"http", "https"}:
                raise self._broken(key, Detail.SETTING_WEB_ORIGIN, value=_shown(origin))
        return found

    def broken(self, key: str, what: Detail, **facts: FactValue) -> Rejected:
        """The error that names a key of this table."""
        return self._broken(key, what, **facts)

    def boolean(self, key: str, default: bool) -> bool:  # noqa: FBT001
        """True or false."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self._broken(key, Detail.SETTING_SWITCH, got=_shown(value))
        return value

    def integer(self, key: str, default: int, *, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self._get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._broken(key, Detail.SETTING_WHOLE, least=least, most=most, got=_shown(value))
        return value

    def amount(self, key: str, what: Detail, *, least: float = 0.0, most: float = 1e6) -> float | None:
        """A number, or nothing; ``what`` says of what."""
        value = self._get(key, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self._broken(key, what, got=_shown(value))
        return float(value)

    def port(self, key: str) -> int | None:
        """A port; ``None`` stands for ``auto``."""
        if self._get(key, DEFAULT_PORT) == "auto":
            return None
        return self.integer(key, DEFAULT_PORT, least=1, most=65_535)

    def refuse_unknown(self) -> None:
        """Refuse a key that nobody has asked for. Raises Rejected."""
        for key in self._tree:
            if key not in self._known:
                raise self._broken(key, Detail.SETTING_UNKNOWN, known=", ".join(sorted(self._known)))

    def _get(self, key: str, default: object) -> object:
        self._known.add(key)
        return self._tree.get(key, default)

    def _label(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def _broken(self, key: str, what: Detail, **facts: FactValue) -> Rejected:
        return Rejected(Code.SETTINGS_BROKEN, path=self._path, **because(what, key=self._label(key), **facts))


def _shown(value: object) -> str:
    """As it would stand in the file, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
