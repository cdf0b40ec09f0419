"""Where the joules went: energy of a card between two readings, and the shares of the requests that ran then.

A share is a model, not a measurement: a card has one counter, however many requests run on it.  What is exact is the
sum: the shares of a window plus its unattributed part equal the card's energy in it.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

MAX_GAP_S = 5.0
"""Power readings further apart than this are not joined by a straight line."""

_IDLE_WINDOWS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergySpan:
    """Energy over ``seconds``. ``estimated``: integrated from power readings (about ±10 %), not read off a counter."""

    seconds: float
    joules: float
    estimated: bool


class EnergyCounter:
    """Energy between successive readings of one card (or processor package).

    The counter is cumulative since the driver was loaded, so a missed reading loses nothing; a reading lower than the
    one before means that it was reset, and that span is absent.
    """

    def __init__(self) -> None:
        self._counted: tuple[float, float] | None = None
        self._powered: tuple[float, float] | None = None

    def add(self, at_s: float, *, energy_j: float | None, power_w: float | None) -> EnergySpan | None:
        """Take a reading at ``at_s`` (monotonic seconds); the span since the one before, ``None`` if unknown."""
        counted, powered = self._counted, self._powered
        self._powered = None if power_w is None else (at_s, power_w)
        if energy_j is not None:
            self._counted = (at_s, energy_j)
            if counted is not None and energy_j >= counted[1] and at_s > counted[0]:
                return EnergySpan(seconds=at_s - counted[0], joules=energy_j - counted[1], estimated=False)
            return None
        if counted is not None or power_w is None or powered is None:
            return None
        gap_s = at_s - powered[0]
        if not 0 < gap_s <= MAX_GAP_S:
            return None
        return EnergySpan(seconds=gap_s, joules=(power_w + powered[1]) / 2 * gap_s, estimated=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One request's part of a window: with and without what the card would have drawn idle anyway."""

    gross_j: float
    above_idle_j: float


def share_out(span: EnergySpan, *, idle_w: float | None, tokens: Mapping[str, float]) -> dict[str, Share]:
    """Shares of the requests active in a window, by the tokens each produced in it.

    Where nobody produced any (all are in prefill), they share alike.  Above idle is what exceeds ``idle_w`` for the
    window, never less than nothing; unknown idle power counts as zero.
    """
    if not tokens:
        return {}
    above_j = max(0.0, span.joules - (idle_w or 0.0) * span.seconds)
    total = sum(tokens.values())
    return {
        request: Share(gross_j=span.joules * part, above_idle_j=above_j * part)
        for request, part in ((name, count / total if total > 0 else 1 / len(tokens)) for name, count in tokens.items())
    }


class IdlePower:
    """Power of a card while nothing is asked of it, with and without an engine loaded: medians of quiet windows."""

    def __init__(self) -> None:
        self._loaded: deque[float] = deque(maxlen=_IDLE_WINDOWS)
        self._bare: deque[float] = deque(maxlen=_IDLE_WINDOWS)

    def add(self, span: EnergySpan, *, engine_loaded: bool) -> None:
        """Take a window in which no request was active."""
        if span.seconds > 0:
            (self._loaded if engine_loaded else self._bare).append(span.joules / span.seconds)

    @property
    def loaded_w(self) -> float | None:
        """Watts with an engine loaded; ``None`` before the first such window."""
        return median(self._loaded) if self._loaded else None

    @property
    def bare_w(self) -> float | None:
        """Watts with no engine loaded."""
        return median(self._bare) if self._bare else None

    @property
    def saved_by_unloading_w(self) -> float | None:
        """What unloading would save, once both were measured."""
        if self.loaded_w is None or self.bare_w is None:
            return None
        return max(0.0, self.loaded_w - self.bare_w)
