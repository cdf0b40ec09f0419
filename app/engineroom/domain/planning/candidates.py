"""Which checkpoints to consider: those that are there, and those that could be made from them on this computer."""

from collections.abc import Iterator, Sequence

from engineroom.domain.model_card.gguf_form import as_gguf
from engineroom.domain.model_card.requantise import as_precision
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.formats import GGUF_PRECISIONS
from engineroom.domain.planning.support import SIXTEEN_BIT, precision_of
from engineroom.domain.planning.trial import Candidate
from engineroom.domain.planning.values import EngineKind, Request, Runtime

QUANTISED_HERE = ("fp8", "nvfp4", "w4a16_awq")
"""What ModelOpt makes of a 16-bit checkpoint for TensorRT-LLM."""

GGUF_HERE = ("q8_0", "q6_k", "q5_k_m", "q4_k_m", "q3_k_m", "q2_k")
"""What llama.cpp makes of one, the more exact first."""

SOURCES = ("bf16", "f16", "f32", "fp8", "fp8_block", "fp8_rowwise")
"""Precisions exact enough to make another from, best first."""

_AS_GGUF = SIXTEEN_BIT | {"mxfp4", "nvfp4"}


def candidates_of(cards: Sequence[ModelCard], request: Request) -> list[Candidate]:
    """Every way to serve one of ``cards`` that the request leaves open, ready checkpoints first.

    If it names a precision nobody has, that precision is made from the most exact card there is.  What is compiled is
    made of weights of 16 bits.
    """
    if request.kind is EngineKind.COMPILED:
        plain = [card for card in cards if card.file_format != "gguf" and precision_of(card) in SIXTEEN_BIT]
        if not plain:
            return _as_they_are(cards, request)
        cards = plain
    files = [card for card in cards if card.file_format != "gguf"] or cards
    ready = [one for card in cards for one in _ready(card, request) if _readable(one, files)]
    have = {(one.runtime, one.precision) for one in ready}
    made = [one for one in _made(cards, request) if (one.runtime, one.precision) not in have]
    every = [*ready, *made]
    if request.precision is None:
        return every or _as_they_are(cards, request)
    asked = [one for one in every if one.precision == request.precision]
    return asked or _forced(cards, request)


def source_of(cards: Sequence[ModelCard]) -> ModelCard | None:
    """The card to make other precisions from; ``None`` if all are too coarse or GGUF files."""
    known = [card for card in cards if card.file_format != "gguf" and precision_of(card) in SOURCES]
    return min(known, key=lambda card: SOURCES.index(precision_of(card)), default=None)


def _ready(card: ModelCard, request: Request) -> Iterator[Candidate]:
    precision = precision_of(card)
    gguf = card.file_format == "gguf"
    if _asked(request, Runtime.TENSORRT_LLM) and (not gguf or request.runtime is Runtime.TENSORRT_LLM):
        yield Candidate(card=card, runtime=Runtime.TENSORRT_LLM, precision=precision)
    if _asked(request, Runtime.LLAMA_CPP) and (gguf or precision in _AS_GGUF):
        made_from = None if gguf else precision
        yield Candidate(card=as_gguf(card), runtime=Runtime.LLAMA_CPP, precision=precision, made_from=made_from)


def _readable(candidate: Candidate, files: Sequence[ModelCard]) -> bool:
    """GGUF files are offered to TensorRT-LLM only where it is asked for and there is nothing else."""
    return candidate.runtime is Runtime.LLAMA_CPP or candidate.card in files


def _made(cards: Sequence[ModelCard], request: Request) -> Iterator[Candidate]:
    source = source_of(cards)
    if source is None:
        return
    offers = ((Runtime.TENSORRT_LLM, QUANTISED_HERE), (Runtime.LLAMA_CPP, GGUF_HERE))
    for runtime, precisions in offers:
        for precision in precisions:
            if _asked(request, runtime) and (request.precision or precision) == precision:
                yield from _make(source, runtime, precision)


def _as_they_are(cards: Sequence[ModelCard], request: Request) -> list[Candidate]:
    """On a runtime that was asked for and cannot read any of them: followed, and found to be broken."""
    runtime = request.runtime or Runtime.TENSORRT_LLM
    return [Candidate(card=card, runtime=runtime, precision=precision_of(card)) for card in cards]


def _forced(cards: Sequence[ModelCard], request: Request) -> list[Candidate]:
    precision = request.precision
    if precision is None:
        return []
    runtimes = [request.runtime] if request.runtime is not None else _runtimes_of(precision)
    return [one for runtime in runtimes for one in _make(source_of(cards) or cards[0], runtime, precision)]


def _runtimes_of(precision: str) -> list[Runtime]:
    if precision in GGUF_PRECISIONS - SIXTEEN_BIT:
        return [Runtime.LLAMA_CPP]
    return list(Runtime) if precision in _AS_GGUF else [Runtime.TENSORRT_LLM]


def _make(source: ModelCard, runtime: Runtime, precision: str) -> Iterator[Candidate]:
    card = as_precision(source, precision)
    yield Candidate(card=card, runtime=runtime, precision=precision, made_from=precision_of(source))


def _asked(request: Request, runtime: Runtime) -> bool:
    return request.runtime is None or request.runtime is runtime
