"""Asking the library one question at a time, and what a refusal means."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pynvml

from engineroom.domain.machine import NvmlState

Value = TypeVar("Value")

NEVER = frozenset(
    {
        pynvml.NVML_ERROR_NOT_SUPPORTED,
        pynvml.NVML_ERROR_FUNCTION_NOT_FOUND,
        pynvml.NVML_ERROR_ARGUMENT_VERSION_MISMATCH,
        pynvml.NVML_ERROR_NOT_FOUND,
    }
)
_LOST = frozenset({pynvml.NVML_ERROR_GPU_IS_LOST, pynvml.NVML_ERROR_RESET_REQUIRED})
_LOST_WHERE_NEEDED = frozenset({pynvml.NVML_ERROR_UNKNOWN, pynvml.NVML_ERROR_TIMEOUT})
_STATES = {
    pynvml.NVML_ERROR_LIBRARY_NOT_FOUND: NvmlState.LIBRARY_MISSING,
    pynvml.NVML_ERROR_DRIVER_NOT_LOADED: NvmlState.DRIVER_NOT_LOADED,
    pynvml.NVML_ERROR_LIB_RM_VERSION_MISMATCH: NvmlState.VERSION_MISMATCH,
    pynvml.NVML_ERROR_NO_PERMISSION: NvmlState.NO_PERMISSION,
}
_BROKEN = frozenset(
    {
        pynvml.NVML_ERROR_UNINITIALIZED,
        pynvml.NVML_ERROR_DRIVER_NOT_LOADED,
        pynvml.NVML_ERROR_LIB_RM_VERSION_MISMATCH,
    }
)
# Not subclasses of NVMLError, yet what the binding raises for old drivers and odd strings.
_ODD = (pynvml.NVMLLibraryMismatchError, UnicodeDecodeError, AttributeError)


class CardLost(Exception):
    """The card does not answer any more; its handle is of no use."""


class SessionBroken(Exception):
    """The library as a whole stopped answering. ``error`` is what it said."""

    def __init__(self, error: pynvml.NVMLError) -> None:
        super().__init__(str(error))
        self.state = state_of(error)


@dataclass(frozen=True, slots=True)
class Card:
    """A card of this session. A handle is good until the library is shut or the card is lost."""

    uuid: str
    handle: Any


class Questions:
    """Remembers per card and driver version what is not supported, so that it is not asked again."""

    def __init__(self) -> None:
        self.driver_version: str | None = None
        self._unsupported: set[tuple[str, str | None, str]] = set()

    def unsupported(self, card: Card, name: str) -> bool:
        """Whether the card once said that it has no such field."""
        return (card.uuid, self.driver_version, name) in self._unsupported

    def ask(self, card: Card, name: str, call: Callable[[], Value], *, needed: bool = False) -> Value | None:
        """One field, ``None`` where it is not reported.

        Args:
            card: whose field.
            name: of the field, by which a refusal is remembered.
            call: asks the binding.
            needed: a card that fails this in an unknown way is taken for lost.

        Raises:
            CardLost: the card fell off the bus.
            SessionBroken: the driver went away.
        """
        if self.unsupported(card, name):
            return None
        try:
            return call()
        except pynvml.NVMLError as error:
            self.refused(card, name, error, needed=needed)
        except _ODD:
            self._unsupported.add((card.uuid, self.driver_version, name))
        return None

    def refused(self, card: Card, name: str, error: pynvml.NVMLError, *, needed: bool = False) -> None:
        """Remember a refusal or raise what it stands for; see :meth:`ask`."""
        if error.value in NEVER:
            self._unsupported.add((card.uuid, self.driver_version, name))
        elif error.value in _LOST or (needed and error.value in _LOST_WHERE_NEEDED):
            raise CardLost(str(error)) from error
        elif error.value in _BROKEN:
            raise SessionBroken(error) from error


def state_of(error: pynvml.NVMLError) -> NvmlState:
    """State of a driver whose library refuses to begin or to go on."""
    return _STATES.get(error.value, NvmlState.FAILED)


def or_none(call: Callable[[], Value]) -> Value | None:
    """An answer that nobody depends on."""
    try:
        return call()
    except (pynvml.NVMLError, *_ODD):
        return None
