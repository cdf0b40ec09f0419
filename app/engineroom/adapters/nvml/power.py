"""What a card draws, and of how much that is: of the card alone, or of a module with a processor on it (GH200)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pynvml

from engineroom.adapters.nvml.calls import Card, Questions
from engineroom.adapters.nvml.fields import FieldReader
from engineroom.domain.machine import PowerScope

POWER_FIELDS = (
    pynvml.NVML_FI_DEV_POWER_AVERAGE,
    pynvml.NVML_FI_DEV_POWER_INSTANT,
    pynvml.NVML_FI_DEV_TOTAL_ENERGY_CONSUMPTION,
)
_AVERAGE, _INSTANT, _ENERGY = POWER_FIELDS
_MODULE_FIELDS = (_AVERAGE, _INSTANT, pynvml.NVML_FI_DEV_ENERGY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """Watts and joules, ``None`` where not reported."""

    power_w: float | None
    instant_w: float | None
    energy_j: float | None


class PowerMeter:
    """Reads power and energy: the card's own or, where it reports neither, its module's. Raises as Questions do."""

    def __init__(self, questions: Questions, fields: FieldReader) -> None:
        self._questions = questions
        self._fields = fields
        self._scopes: dict[str, PowerScope] = {}

    def scope(self, card: Card) -> PowerScope | None:
        """Whose power it is; ``None`` until some was reported."""
        return self._scopes.get(card.uuid)

    def read(self, card: Card, fields: dict[int, float]) -> Power:
        """One reading, from the fields of the card's own scope that were read already."""
        if self._scopes.get(card.uuid) is PowerScope.MODULE:
            return self._of_module(card)
        average_mw, instant_mw, energy_mj = (fields.get(number) for number in POWER_FIELDS)
        if average_mw is None:
            average_mw = self._ask(card, "power", pynvml.nvmlDeviceGetPowerUsage)
        if energy_mj is None:
            energy_mj = self._ask(card, "energy", pynvml.nvmlDeviceGetTotalEnergyConsumption)
        if any(value is not None for value in (average_mw, instant_mw, energy_mj)):
            self._scopes[card.uuid] = PowerScope.GPU
        elif card.uuid not in self._scopes and self._has_none(card):
            return self._of_module(card)
        return _power(average_mw, instant_mw, energy_mj)

    def _has_none(self, card: Card) -> bool:
        """Whether the card said so, as opposed to an error that may pass."""
        called = all(self._questions.unsupported(card, name) for name in ("power", "energy"))
        return called and all(self._fields.unsupported(card, number) for number in POWER_FIELDS)

    def _of_module(self, card: Card) -> Power:
        fields = self._fields.read(card, _MODULE_FIELDS, scope=pynvml.NVML_POWER_SCOPE_MODULE)
        if fields:
            self._scopes[card.uuid] = PowerScope.MODULE
        average_mw, instant_mw, energy_mj = (fields.get(number) for number in _MODULE_FIELDS)
        return _power(instant_mw if average_mw is None else average_mw, instant_mw, energy_mj)

    def _ask(self, card: Card, name: str, call: Callable[[Any], int]) -> int | None:
        return self._questions.ask(card, name, partial(call, card.handle))


def _power(average_mw: float | None, instant_mw: float | None, energy_mj: float | None) -> Power:
    return Power(power_w=_thousandths(average_mw), instant_w=_thousandths(instant_mw), energy_j=_thousandths(energy_mj))


def _thousandths(value: float | None) -> float | None:
    return None if value is None else value / 1000
