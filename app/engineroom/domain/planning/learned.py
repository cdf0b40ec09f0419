"""What earlier runs teach the next plan: by how much each part of the bill was off, and how much that varies.

Whoever keeps the runs keeps them per runtime version, card and class of model; here is only the arithmetic.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, sqrt
from statistics import fmean, stdev

from engineroom.domain.model_card.values import Origin
from engineroom.domain.planning.values import Bill, Term, TermKind

GROUPS: dict[TermKind, TermKind] = {
    TermKind.LOGITS: TermKind.ACTIVATIONS,
    TermKind.WORKSPACES: TermKind.ACTIVATIONS,
    TermKind.GRAPHS: TermKind.CUDA_CONTEXT,
    TermKind.NCCL: TermKind.CUDA_CONTEXT,
}
"""Lines that no log tells apart, under the line that stands for them all; the others stand for themselves."""

LEAST_FACTOR, MOST_FACTOR = 0.2, 5.0
"""A factor beyond these says that something else was measured, and is cut off here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Bytes that were expected and measured of one load, by line (:data:`GROUPS` added up)."""

    predicted: Mapping[TermKind, int]
    measured: Mapping[TermKind, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Measured over expected: the mean, and one standard deviation between ``runs`` runs (0 for one)."""

    factor: float
    spread: float
    runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What was learned, by line of the bill. Empty: nothing."""

    by_term: Mapping[TermKind, Correction] = field(default_factory=dict)

    @property
    def runs(self) -> int:
        """Runs behind the best-known line."""
        return max((one.runs for one in self.by_term.values()), default=0)

    def of(self, kind: TermKind) -> Correction | None:
        """The correction of a line, or of the group it belongs to."""
        return self.by_term.get(GROUPS.get(kind, kind))


def run_of(bill: Bill, measured: Mapping[TermKind, int]) -> Run:
    """A run, from the bill that was drawn up for it *without* corrections and what was measured."""
    return Run(predicted=grouped(bill.terms), measured=dict(measured))


def grouped(terms: Iterable[Term]) -> dict[TermKind, int]:
    """Expected bytes by group."""
    sums: dict[TermKind, int] = {}
    for term in terms:
        kind = GROUPS.get(term.kind, term.kind)
        sums[kind] = sums.get(kind, 0) + term.expected_bytes
    return sums


def corrections_from(runs: Iterable[Run]) -> Corrections:
    """Mean and spread of measured over expected, line by line. Lines that were not expected at all teach nothing."""
    factors: dict[TermKind, list[float]] = {}
    for run in runs:
        for kind, measured in run.measured.items():
            predicted = run.predicted.get(kind, 0)
            if predicted > 0 and measured > 0:
                factor = min(max(measured / predicted, LEAST_FACTOR), MOST_FACTOR)
                factors.setdefault(kind, []).append(factor)
    return Corrections(
        by_term={
            kind: Correction(factor=fmean(seen), spread=stdev(seen) if len(seen) > 1 else 0.0, runs=len(seen))
            for kind, seen in factors.items()
        }
    )


def corrected(term: Term, corrections: Corrections) -> Term:
    """The line as the runs say: their mean, and a bar of the model's own error, shrunk by each run, plus their spread.

    With ``n`` runs the model's error counts ``1 / sqrt(1 + n)`` of what it did, and two standard deviations of the runs
    are added to it.
    """
    known = corrections.of(term.kind)
    if known is None:
        return term
    expected = round(term.expected_bytes * known.factor)
    shrink = known.factor / sqrt(1 + known.runs)
    noise = 2 * known.spread * term.expected_bytes
    below = (term.expected_bytes - term.low_bytes) * shrink + noise
    above = (term.high_bytes - term.expected_bytes) * shrink + noise
    return Term(
        kind=term.kind,
        low_bytes=max(0, int(expected - below)),
        expected_bytes=expected,
        high_bytes=ceil(expected + above),
        origin=Origin.LEARNED,
    )
