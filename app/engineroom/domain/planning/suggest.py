"""For a model that does not fit: the fewest changes that make it fit, each with the bill it would have."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from engineroom.domain.errors import FactValue
from engineroom.domain.model_card.requantise import as_precision
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.bill import NO_CORRECTIONS, plain_bill
from engineroom.domain.planning.formats import KV_FORMATS
from engineroom.domain.planning.learned import Corrections
from engineroom.domain.planning.solver import largest_concurrency, largest_context
from engineroom.domain.planning.values import Alternative, Gpu, Runtime, Shape, Verdict
from engineroom.domain.planning.verdict import verdict_of
from engineroom.domain.reason import Reason

Requantise = Callable[[ModelCard, str], ModelCard | None]
"""The card of the same model in another precision; ``None`` where there is no such thing."""

LEAST_CONTEXT = 2048
"""A context shorter than this is no help; unless less was asked for."""

SMALLER_KV = {Runtime.TENSORRT_LLM: ("fp8", "nvfp4"), Runtime.LLAMA_CPP: ("q8_0", "q4_0")}
"""Formats of the cache to offer, the more faithful first."""

CARDS = (2, 4, 8)


def ways_to_fit(
    card: ModelCard,
    gpu: Gpu,
    shape: Shape,
    *,
    precisions: Sequence[str],
    requantise: Requantise = as_precision,
    kv_formats: Sequence[str] | None = None,
    cards: Sequence[int] = CARDS,
    corrections: Corrections = NO_CORRECTIONS,
) -> tuple[Alternative, ...]:
    """Ways to fit on ``gpu``, each of as few changes as any; empty if nothing helps.

    Single changes first: a shorter context, a smaller cache format, fewer sequences, another of ``precisions`` (best
    first), more cards.  Only where none of them is enough, a precision together with a shorter context or a smaller
    cache.  ``kv_formats`` are those the card and runtime support, best first.
    """
    smaller_kv = SMALLER_KV[shape.runtime] if kv_formats is None else kv_formats
    search = _Search(gpu=gpu, corrections=corrections, kv_formats=smaller_kv)
    single = [
        *search.same_weights(card, shape, {}),
        *search.other_precision(card, shape, precisions, requantise),
        *search.more_cards(card, shape, cards),
    ]
    if single:
        return tuple(single)
    pairs: list[Alternative] = []
    for precision in precisions:
        other = requantise(card, precision)
        if other is not None and other.weight_bytes < card.weight_bytes:
            pairs += search.same_weights(other, shape, {"precision": precision})
        if pairs:
            break
    return tuple(pairs)


class _Search:
    """Tries changes; every method yields those that fit, with their bill."""

    def __init__(self, *, gpu: Gpu, corrections: Corrections, kv_formats: Sequence[str]) -> None:
        self._gpu = gpu
        self._corrections = corrections
        self._kv_formats = kv_formats

    def same_weights(self, card: ModelCard, shape: Shape, change: dict[str, FactValue]) -> Iterator[Alternative]:
        """A smaller cache, fewer sequences, a shorter context."""
        now = KV_FORMATS[shape.kv_format].bytes_for(256)
        for name in self._kv_formats:
            if KV_FORMATS[name].bytes_for(256) < now:
                found = self._way(card, replace(shape, kv_format=name), {**change, "kv_format": name}, "smaller_kv")
                if found is not None:
                    yield found
                    break
        if shape.concurrency > 1:
            fewer = min(largest_concurrency(card, self._gpu, shape, corrections=self._corrections), shape.concurrency)
            if fewer:
                changed = replace(shape, concurrency=fewer)
                yield from self._ways(card, changed, {**change, "concurrency": fewer}, "fewer_at_once")
        shorter = largest_context(card, self._gpu, shape, corrections=self._corrections)
        if min(LEAST_CONTEXT, shape.context_tokens) <= shorter < shape.context_tokens:
            changed = replace(shape, context_tokens=shorter)
            yield from self._ways(card, changed, {**change, "context_tokens": shorter}, "shorter_context")

    def other_precision(
        self, card: ModelCard, shape: Shape, precisions: Sequence[str], requantise: Requantise
    ) -> Iterator[Alternative]:
        """The first of ``precisions`` that fits, with fewer bytes than now."""
        for precision in precisions:
            other = requantise(card, precision)
            if other is None or other.weight_bytes >= card.weight_bytes:
                continue
            found = self._way(other, shape, {"precision": precision}, "other_precision")
            if found is not None:
                yield found
                return

    def more_cards(self, card: ModelCard, shape: Shape, cards: Sequence[int]) -> Iterator[Alternative]:
        """As few more cards of the same kind as fit."""
        for gpus in cards:
            if gpus <= shape.gpus:
                continue
            found = self._way(card, replace(shape, gpus=gpus), {"gpus": gpus}, "more_cards")
            if found is not None:
                yield found
                return

    def _ways(self, card: ModelCard, shape: Shape, change: dict[str, FactValue], code: str) -> Iterator[Alternative]:
        found = self._way(card, shape, change, code)
        if found is not None:
            yield found

    def _way(self, card: ModelCard, shape: Shape, change: dict[str, FactValue], code: str) -> Alternative | None:
        bill = plain_bill(card, self._gpu, shape, corrections=self._corrections)
        verdict = verdict_of(bill, card)
        if verdict is not Verdict.FITS:
            return None
        facts: dict[str, FactValue] = {**change, "total_bytes": bill.total_bytes}
        return Alternative(
            change=change, verdict=verdict, total_bytes=bill.total_bytes, reason=Reason(code=code, facts=facts)
        )
