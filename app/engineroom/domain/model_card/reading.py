"""Reading a configuration without trusting it: every figure has a type and bounds, or there is a problem."""

import json
import math
from collections.abc import Mapping
from typing import NoReturn

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, FactValue, Rejected
from engineroom.domain.parse_faults import Unread

MOST_LAYERS = 1024
MOST_ITEMS = 4096
MOST_WIDTH = 2**22
MOST_TOKENS = 2**36
MOST_PATTERNS = 200_000


class Facts:
    """A JSON object of model ``model``. Absent and ``null`` are the same: not known."""

    def __init__(self, values: Mapping[str, object], model: str) -> None:
        self._values = values
        self._model = model
        self._lists: dict[tuple[str, int], tuple[int, ...]] = {}

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def whole(self, *names: str, least: int = 0, most: int = MOST_WIDTH) -> int | None:
        """The first of ``names`` that is there, as a whole number within bounds.

        Raises:
            Rejected: ``model_config_broken`` if it is something else.
        """
        name = next((one for one in names if one in self), None)
        return None if name is None else self._as_whole(name, self._values[name], least, most)

    def required(self, *names: str, most: int = MOST_WIDTH) -> int:
        """Like :meth:`whole`, but must be there and at least 1."""
        value = self.whole(*names, least=1, most=most)
        if value is None:
            self.broken(Detail.KEY_MISSING, name=names[0])
        return value

    def wholes(self, name: str, *, most: int = MOST_WIDTH) -> tuple[int, ...] | None:
        """A list of whole numbers; ``true`` and ``false`` count as 1 and 0 here, as switches per layer."""
        found = self._values.get(name)
        if not isinstance(found, list | tuple):
            return None
        if (name, most) not in self._lists:
            if len(found) > MOST_ITEMS:
                self.broken(Detail.KEY_ITEMS, name=name, count=len(found))
            whole = (int(one) if isinstance(one, bool) else self._as_whole(name, one, 0, most) for one in found)
            self._lists[name, most] = tuple(whole)
        return self._lists[name, most]

    def per_layer(self, name: str, layers: int, *, most: int = MOST_WIDTH) -> tuple[int, ...] | None:
        """A number for every layer, from a list of them or from one number."""
        if isinstance(self._values.get(name), list | tuple):
            many = self.wholes(name, most=most)
            if many is None or len(many) < layers:
                self.broken(Detail.KEY_TOO_SHORT, name=name, layers=layers)
            return many[:layers]
        one = self.whole(name, most=most)
        return None if one is None else (one,) * layers

    def words(self, name: str) -> tuple[str, ...]:
        """The strings of a list; nothing if it is no list."""
        found = self._values.get(name)
        if not isinstance(found, list | tuple) or len(found) > MOST_PATTERNS:
            return ()
        return tuple(one for one in found if isinstance(one, str))

    def text(self, name: str, *, most: int = 4096) -> str | None:
        """A string of at most ``most`` characters; anything else is not known."""
        found = self._values.get(name)
        return found if isinstance(found, str) and len(found) <= most else None

    def flag(self, name: str) -> bool | None:
        """A switch; anything else is not known."""
        found = self._values.get(name)
        return found if isinstance(found, bool) else None

    def real(self, name: str) -> float | None:
        """A finite number; anything else is not known."""
        found = self._values.get(name)
        if isinstance(found, bool) or not isinstance(found, int | float):
            return None
        try:
            return float(found) if math.isfinite(found) else None
        except OverflowError:
            return None

    def section(self, *names: str) -> "Facts | None":
        """The first of ``names`` that is an object."""
        found = (self._values.get(name) for name in names)
        return next((Facts(one, self._model) for one in found if isinstance(one, Mapping)), None)

    def sections(self, name: str) -> "tuple[Facts, ...]":
        """The objects of a list, or the values of an object of objects."""
        found = self._values.get(name)
        many = list(found.values()) if isinstance(found, Mapping) else found
        if not isinstance(many, list | tuple):
            return ()
        return tuple(Facts(one, self._model) for one in many if isinstance(one, Mapping))

    def section_at(self, name: str, index: int) -> "Facts | None":
        """The object at ``index`` of a list."""
        found = self._values.get(name)
        one = found[index] if isinstance(found, list | tuple) and index < len(found) else None
        return Facts(one, self._model) if isinstance(one, Mapping) else None

    def mapping(self, name: str) -> Mapping[str, object]:
        """The object of that name, empty if there is none."""
        found = self._values.get(name)
        return found if isinstance(found, Mapping) else {}

    def names(self) -> tuple[str, ...]:
        """The keys."""
        return tuple(self._values)

    def over(self, defaults: Mapping[str, object]) -> "Facts":
        """The same, with ``defaults`` for what is absent."""
        said = {name: value for name, value in self._values.items() if value is not None}
        return Facts({**defaults, **said}, self._model)

    def broken(self, what: Detail, **facts: FactValue) -> NoReturn:
        """Refuse the configuration.

        Raises:
            Rejected: ``model_config_broken``.
        """
        raise Rejected(Code.MODEL_CONFIG_BROKEN, model=self._model, **because(what, **facts))

    def _as_whole(self, name: str, value: object, least: int, most: int) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.broken(Detail.KEY_NOT_WHOLE, name=name)
        if not least <= value <= most:
            self.broken(Detail.KEY_OUT_OF_RANGE, name=name, least=least, most=most)
        return value


def parse_object(text: str | bytes) -> dict[str, object]:
    """A JSON object in which no key comes twice.

    Raises:
        ValueError: With the reason: no JSON, no object, a key twice, nested beyond reason.
    """
    try:
        found = json.loads(text, object_pairs_hook=_without_twins)
    except RecursionError:
        raise Unread("json_deep") from None
    except UnicodeDecodeError:
        raise Unread("not_utf8") from None
    if not isinstance(found, dict):
        raise Unread("json_no_object")
    return found


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unread("json_twice")
    return found
