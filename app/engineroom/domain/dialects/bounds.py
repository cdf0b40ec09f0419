"""Which numbers and roles a request may hold, by API; what is outside is refused before any engine is asked.

Sources: the references of OpenAI's (2.3.0), Anthropic's and Ollama's APIs.  Where servers that run at home are asked
for more than those allow, that is taken: ``max_tokens: -1`` (LM Studio, llama.cpp) is as much as there is room for,
``top_k: -1`` (vLLM) is none, roles such as ``control`` belong to the templates of some models.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engineroom.domain.dialects.fields import wrong

_UNBOUND = math.inf
_MOST_DIGITS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What a number may be: from ``low`` to ``high``, both included; ``also`` is one below that has a meaning."""

    low: float
    high: float = _UNBOUND
    whole: bool = False
    also: int | None = None
    meaning: str = ""

    def holds(self, value: object) -> bool:
        """Whether a value, as it is read from JSON, is such a number."""
        if isinstance(value, bool) or not isinstance(value, int | float) or (self.whole and value != int(value)):
            return False
        return self.low <= value <= self.high or value == self.also

    def said(self) -> str:
        """What is wanted, in words.

        >>> Bound(low=1, whole=True, also=-1, meaning="no limit").said()
        'a whole number of 1 or more (or -1 for no limit)'
        >>> Bound(low=0, high=2).said()
        'a number from 0 to 2'
        """
        kind = "a whole number" if self.whole else "a number"
        also = "" if self.also is None else f" (or {self.also} for {self.meaning})"
        if self.high != _UNBOUND:
            return f"{kind} from {self.low:g} to {self.high:g}{also}"
        return kind if self.low == -_UNBOUND else f"{kind} of {self.low:g} or more{also}"


_PENALTY = Bound(low=-2, high=2)
_SHARE = Bound(low=0, high=1)
_ANY = Bound(low=-_UNBOUND)
_ANY_WHOLE = Bound(low=-_UNBOUND, whole=True)
_COUNT = Bound(low=1, whole=True)
_LENGTH = Bound(low=1, whole=True, also=-1, meaning="as many as there is room for")
MOST_LOOKED_BACK = 2**17
# An engine makes room for all of it, at every request: 2**31 would take the whole memory.
_LOOKED_BACK = Bound(low=0, high=MOST_LOOKED_BACK, whole=True, also=-1, meaning="the whole context")
_OPENAI_TEMPERATURE = Bound(low=0, high=2)

OPENAI: Mapping[str, Bound] = {
    "max_tokens": _LENGTH,
    "max_completion_tokens": _LENGTH,
    "temperature": _OPENAI_TEMPERATURE,
    "top_p": _SHARE,
    "presence_penalty": _PENALTY,
    "frequency_penalty": _PENALTY,
    "n": Bound(low=1, high=128, whole=True),
    "seed": _ANY_WHOLE,
    "top_k": Bound(low=0, whole=True, also=-1, meaning="no limit"),
    "min_p": _SHARE,
    "repeat_penalty": Bound(low=0),
    "repetition_penalty": Bound(low=0),
    "repeat_last_n": _LOOKED_BACK,
    "dry_penalty_last_n": _LOOKED_BACK,
}
"""Chat and plain completions; those from ``top_k`` on are not OpenAI's."""

RESPONSES: Mapping[str, Bound] = {
    "max_output_tokens": _COUNT,
    "temperature": _OPENAI_TEMPERATURE,
    "top_p": _SHARE,
    "presence_penalty": _PENALTY,
    "frequency_penalty": _PENALTY,
}
MESSAGES: Mapping[str, Bound] = {
    "max_tokens": Bound(low=0, whole=True),
    "temperature": _SHARE,
    "top_p": _SHARE,
    "top_k": Bound(low=0, whole=True),
}
OLLAMA: Mapping[str, Bound] = {
    **dict.fromkeys(("temperature", "top_p", "min_p", "typical_p", "presence_penalty", "frequency_penalty"), _ANY),
    **dict.fromkeys(("repeat_penalty", "mirostat_tau", "mirostat_eta"), _ANY),
    **dict.fromkeys(("top_k", "repeat_last_n", "mirostat", "seed", "num_predict"), _ANY_WHOLE),
}
"""Options; Ollama demands that they are numbers and no more."""

OLLAMA_TAKEN_AS: Mapping[str, tuple[float, float]] = {
    "temperature": (0, _UNBOUND),
    "top_p": (0, 1),
    "min_p": (0, 1),
    "presence_penalty": (-2, 2),
    "frequency_penalty": (-2, 2),
    "repeat_last_n": (0, MOST_LOOKED_BACK),
}
"""What is outside of these is taken as the nearest of them, by Ollama as well: engines differ in what they refuse."""

ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function", "control"})
_DOCUMENT = "document"
"""Granite's templates read documents, which may have a name, out of such roles."""


def demand_numbers(bounds: Mapping[str, Bound], given: Mapping[str, Any]) -> None:
    """Raise Rejected (``invalid_request``) for the first number that may not be as it is; nothing, or null, may be."""
    for name, value in given.items():
        bound = bounds.get(name)
        if value is not None and bound is not None and not bound.holds(value):
            raise wrong(name, f"{bound.said()}, and is {_shown(value)}")


def numbers(bounds: Mapping[str, Bound], given: Mapping[str, Any]) -> dict[str, Any]:
    """Those numbers that are given, by name; whole ones as ``int``. Raises Rejected as :func:`demand_numbers`."""
    demand_numbers(bounds, given)
    found = {name: given[name] for name in bounds if given.get(name) is not None}
    return {name: int(value) if bounds[name].whole else value for name, value in found.items()}


def within(taken_as: Mapping[str, tuple[float, float]], given: Mapping[str, Any]) -> dict[str, Any]:
    """The same numbers, each no further than it may be.

    >>> within({"a": (0, 1)}, {"a": 1.5, "b": 7})
    {'a': 1, 'b': 7}
    """
    made = dict(given)
    for name in taken_as.keys() & made.keys():
        low, high = taken_as[name]
        made[name] = min(max(made[name], low), high)
    return made


def demand_roles(roles: Iterable[str]) -> None:
    """Raise Rejected (``invalid_request``) if one of the messages is by somebody whom no template knows."""
    for place, role in enumerate(roles):
        if role not in ROLES and not role.startswith(_DOCUMENT):
            known = "system, developer, user, assistant, tool or function"
            raise wrong(f"messages[{place}].role", f"{known}, and is {role[:40]!r}")


def _shown(value: object) -> str:
    """A value as it may stand in an error.

    >>> [_shown(value) for value in (3.5, True, "0.7", [1], 10**30)]
    ['3.5', 'true', "the text '0.7'", 'a list', 'a number of 31 digits']
    """
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    text = str(value)
    return text if len(text) <= _MOST_DIGITS else f"a number of {len(text)} digits"
