"""Several numbers in one call, each with its own answer code."""

import ctypes
from typing import Any

import pynvml

from engineroom.adapters.nvml.calls import Card, Questions

_MEMBERS = {
    pynvml.NVML_VALUE_TYPE_DOUBLE: "dVal",
    pynvml.NVML_VALUE_TYPE_UNSIGNED_INT: "uiVal",
    pynvml.NVML_VALUE_TYPE_UNSIGNED_LONG: "ulVal",
    pynvml.NVML_VALUE_TYPE_UNSIGNED_LONG_LONG: "ullVal",
    pynvml.NVML_VALUE_TYPE_SIGNED_LONG_LONG: "sllVal",
    pynvml.NVML_VALUE_TYPE_SIGNED_INT: "siVal",
    pynvml.NVML_VALUE_TYPE_UNSIGNED_SHORT: "usVal",
}
_WHOLE = "field values"
# A byte counter of 32 bits wraps faster than it is read, so its difference would be a wrong number.
_NEEDS_64_BITS = frozenset({pynvml.NVML_FI_DEV_PCIE_COUNT_RX_BYTES, pynvml.NVML_FI_DEV_PCIE_COUNT_TX_BYTES})


class FieldReader:
    """Reads field values. Raises as :class:`Questions`."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def unsupported(self, card: Card, number: int) -> bool:
        """Whether the card once said that it has no such field of its own."""
        return any(self._questions.unsupported(card, name) for name in (_WHOLE, _name(number, 0)))

    def read(self, card: Card, numbers: tuple[int, ...], *, scope: int = 0) -> dict[int, float]:
        """Values by field number; a field that failed or is not supported is left out.

        Args:
            card: whose fields.
            numbers: of the fields.
            scope: 0 for the card itself, 1 for the module it is a part of.
        """
        wanted = [(number, scope) for number in numbers if not self._questions.unsupported(card, _name(number, scope))]
        if not wanted:
            return {}
        answers = self._questions.ask(card, _WHOLE, lambda: pynvml.nvmlDeviceGetFieldValues(card.handle, wanted))
        values = {}
        for answer in answers or ():
            if answer.nvmlReturn != pynvml.NVML_SUCCESS:
                self._questions.refused(card, _name(answer.fieldId, scope), pynvml.NVMLError(answer.nvmlReturn))
            else:
                value = _value(answer)
                if value is not None:
                    values[int(answer.fieldId)] = value
        return values


def _name(number: int, scope: int) -> str:
    return f"field {number}" if scope == 0 else f"field {number} of scope {scope}"


def _value(answer: Any) -> float | None:
    member = _MEMBERS.get(answer.valueType)
    if member is None:
        return None
    value = getattr(answer.value, member)
    narrow = ctypes.sizeof(ctypes.c_ulong) == 4 and answer.valueType == pynvml.NVML_VALUE_TYPE_UNSIGNED_LONG
    if answer.fieldId in _NEEDS_64_BITS and (narrow or answer.valueType == pynvml.NVML_VALUE_TYPE_UNSIGNED_INT):
        return None
    return float(value)
