"""Whether a bill can be paid."""

from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.values import Bill, Verdict


def verdict_of(bill: Bill, card: ModelCard) -> Verdict:
    """``fits`` with the margin to spare, ``tight`` within it, ``no`` beyond; ``unknown`` where a side is not known."""
    available = bill.available_bytes
    if available is None or not card.weights or "layers" in card.unknowns:
        return Verdict.UNKNOWN
    if bill.total_bytes <= available - bill.margin_bytes:
        return Verdict.FITS
    return Verdict.TIGHT if bill.total_bytes <= available else Verdict.NO
