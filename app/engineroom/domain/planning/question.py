"""A plan as somebody asks for it: by names, before anything is looked up."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from engineroom.domain.details import Detail, allowing
from engineroom.domain.errors import Code, FactValue, Rejected
from engineroom.domain.planning.formats import KV_FORMATS, kv_name, precision_name
from engineroom.domain.planning.values import EngineKind, Request, Runtime, Verdict, Wish

AUTO = "auto"
MOST_TOKENS = 2**27
MOST_SEQUENCES = 65_536
MOST_GPUS = 16

_COUNTED = re.compile(r"(?P<count>\d{1,3})\s?[x\u00d7]\s*(?P<name>[A-Za-z].*)")

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked for. ``None`` and ``auto`` leave the choice to the plan.

    ``model`` is a catalogue id, a Hub id, a short name, or the path of a folder or a GGUF file.  ``gpu`` is ``auto``,
    a UUID or a name of this computer's cards, or any card of the table.  ``context_tokens`` is per sequence,
    ``concurrency`` how many sequences shall have that much at once; ``depth`` the tokens already in the cache and
    ``batch`` the streams decoded at once, for the speed.  ``kind`` is ``compiled`` for an engine that is compiled.
    """

    model: str = ""
    gpu: str = AUTO
    gpus: int = 1
    context_tokens: int | None = None
    concurrency: int = 1
    precision: str | None = None
    kv_dtype: str | None = None
    runtime: str | None = None
    runtime_version: str | None = None
    kind: str = EngineKind.CHECKPOINT
    wish: str = Wish.BALANCED
    depth: int | None = None
    batch: int | None = None
    prompt_tokens: int = 512
    acceptance: float | None = None
    draft_tokens: int | None = None


def counted(question: Question) -> Question:
    """``2x RTX 3090`` as a card is two cards of that name, unless the number of cards was given besides."""
    found = _COUNTED.fullmatch(question.gpu.strip())
    if found is None or question.gpus != 1:
        return question
    return replace(question, gpu=found["name"], gpus=int(found["count"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    """A model of the catalogue, planned for one card. Speeds are tokens/s of one stream, estimates.

    ``repos`` are the repositories of its checkpoints, the publisher's own first.
    """

    id: str
    name: str
    publisher: str
    uses: tuple[str, ...]
    licence: str
    verdict: Verdict
    precision: str | None
    runtime: Runtime | None
    context_tokens: int | None
    total_bytes: int | None
    decode_tokens_per_s: float | None
    decode_low: float | None
    decode_high: float | None
    parameters: int
    parameters_active: int | None
    starter: bool = False
    gated: bool = False
    repos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointRow:
    """One way a model of the catalogue is published, planned as it is for one card.

    ``weights_bytes`` is what its weights take by their formats, close to the download; the other figures are as in
    :class:`CatalogueRow`.  ``variant`` chooses its files where the repository holds several sets.
    """

    repo: str
    precision: str
    file_format: str
    variant: str | None
    gated: bool
    verdict: Verdict
    runtime: Runtime | None
    weights_bytes: int | None
    total_bytes: int | None
    decode_tokens_per_s: float | None
    decode_low: float | None
    decode_high: float | None


def request_of(question: Question) -> Request:
    """The question with its names understood.

    Raises:
        Rejected: ``plan_invalid``, ``precision_unknown``.
    """
    whole = {
        "gpus": (question.gpus, MOST_GPUS),
        "context_tokens": (question.context_tokens, MOST_TOKENS),
        "concurrency": (question.concurrency, MOST_SEQUENCES),
        "batch": (question.batch, MOST_SEQUENCES),
        "prompt_tokens": (question.prompt_tokens, MOST_TOKENS),
        "draft_tokens": (question.draft_tokens, 64),
    }
    for name, (value, most) in whole.items():
        _within(name, value, 1, most)
    _within("depth", question.depth, 0, MOST_TOKENS)
    _within("acceptance", question.acceptance, 0, 1)
    kind, runtime = _kind(question)
    return Request(
        context_tokens=question.context_tokens,
        concurrency=question.concurrency,
        precision=_precision(question.precision),
        kv_format=_kv_format(question.kv_dtype),
        runtime=runtime,
        runtime_version=_told(question.runtime_version),
        kind=kind,
        wish=_choice("wish", question.wish, Wish) or Wish.BALANCED,
        gpus=question.gpus,
        depth=question.depth,
        batch=question.batch,
        prompt_tokens=question.prompt_tokens,
        acceptance=question.acceptance,
        draft_tokens=question.draft_tokens,
    )


def _kind(question: Question) -> tuple[EngineKind, Runtime | None]:
    """The kind and its runtime: only TensorRT-LLM has compiled engines."""
    kind = _choice("kind", question.kind, EngineKind) or EngineKind.CHECKPOINT
    runtime = _choice("runtime", question.runtime, Runtime)
    if kind is EngineKind.CHECKPOINT:
        return kind, runtime
    if runtime is Runtime.LLAMA_CPP:
        raise _no("kind", question.kind, Detail.ALLOWED_CHOICE, choices=EngineKind.CHECKPOINT)
    return kind, Runtime.TENSORRT_LLM


def _within(name: str, value: float | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        raise Rejected(
            Code.PLAN_INVALID, field=name, value=value, **allowing(Detail.ALLOWED_RANGE, least=least, most=most)
        )


def _told(text: str | None) -> str | None:
    return None if text is None or text.strip().lower() in {"", AUTO} else text.strip()


def _choice(name: str, text: str | None, kind: type[_Choice]) -> _Choice | None:
    told = _told(text)
    if told is None:
        return None
    try:
        return kind(told.lower())
    except ValueError:
        raise _no(name, told, Detail.ALLOWED_OR_AUTO, choices=", ".join(kind)) from None


def _precision(text: str | None) -> str | None:
    told = _told(text)
    name = None if told is None else precision_name(told)
    if told is not None and name is None:
        raise _no("precision", told, Detail.ALLOWED_PRECISION)
    return name


def _kv_format(text: str | None) -> str | None:
    told = _told(text)
    name = None if told is None else kv_name(told)
    if told is not None and name is None:
        raise _no("kv_dtype", told, Detail.ALLOWED_OR_AUTO, choices=", ".join(KV_FORMATS))
    return name


def _no(field: str, value: FactValue, what: Detail, **facts: FactValue) -> Rejected:
    return Rejected(Code.PLAN_INVALID, field=field, value=value, **allowing(what, **facts))
