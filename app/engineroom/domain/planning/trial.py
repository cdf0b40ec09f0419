"""One candidate on one card: what may be served of it, whether it fits, and how fast it would be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.bill import plain_bill
from engineroom.domain.planning.experience import Lessons, nothing_learned
from engineroom.domain.planning.kv import BLOCK_TOKENS
from engineroom.domain.planning.learned import Corrections
from engineroom.domain.planning.matrix import COMPILED, Matrix, Site
from engineroom.domain.planning.solver import largest_context, longest_context
from engineroom.domain.planning.speed import estimate_speed
from engineroom.domain.planning.support import Finding, at_site, findings, kv_support, site_of, worst
from engineroom.domain.planning.values import (
    Bill,
    EngineKind,
    Gpu,
    Platform,
    Request,
    Runtime,
    Shape,
    Speed,
    Support,
    Verdict,
    Wish,
)
from engineroom.domain.planning.verdict import verdict_of

USEFUL_CONTEXT = 8192
"""Tokens below which a chat with files or tools soon runs over; less is chosen only where nothing reaches it."""

LEAST_CONTEXT = 2048

PLAIN_KV = {Runtime.TENSORRT_LLM: "bf16", Runtime.LLAMA_CPP: "f16"}
REDUCED_KV = {Runtime.TENSORRT_LLM: "fp8", Runtime.LLAMA_CPP: "q8_0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A checkpoint on a runtime. ``made_from`` is the precision it would be made from; ``None`` if it is ready."""

    card: ModelCard
    runtime: Runtime
    precision: str
    made_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Everything a candidate is tried against. ``places`` has by runtime where it would run and what is known there.

    ``brief`` leaves out what only explains: the speed of what does not fit, other ways, the most at once.
    """

    request: Request
    gpu: Gpu
    matrix: Matrix
    places: Mapping[Runtime, tuple[Site, Matrix]]
    platform: Platform
    lessons: Lessons = nothing_learned
    brief: bool = False

    def corrections(self, candidate: Candidate) -> Corrections:
        """What earlier runs taught of such a candidate."""
        return self.lessons(candidate.runtime, candidate.card, candidate.precision)


def setting_of(
    request: Request, gpu: Gpu, platform: Platform, matrix: Matrix, *, lessons: Lessons = nothing_learned, brief: bool
) -> Setting:
    """The setting of a request on cards like ``gpu``."""
    places, compiled = {}, request.kind is EngineKind.COMPILED
    for runtime in Runtime:
        site = site_of(
            matrix,
            compute_capability=gpu.compute_capability,
            runtime=COMPILED if compiled and runtime is Runtime.TENSORRT_LLM else runtime.value,
            platform=platform,
            version=version_for(request, runtime),
            gpus=request.gpus,
        )
        places[runtime] = (site, at_site(matrix, site))
    return Setting(
        request=request, gpu=gpu, matrix=matrix, places=places, platform=platform, lessons=lessons, brief=brief
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How a candidate did at ``shape``: with the context that is asked for, else a useful one, else the least.

    ``reaches`` is false for the least.  ``context_max``, per sequence, was only looked for where it matters.
    ``loss_percent`` is of weights and cache together, ``None`` for a precision nobody measured.
    """

    candidate: Candidate
    shape: Shape
    bill: Bill
    verdict: Verdict
    found: tuple[Finding, ...]
    speed: Speed | None
    context_max: int | None
    loss_percent: float | None
    reaches: bool

    @property
    def support(self) -> Support:
        """The worst of what is known."""
        return worst(self.found).support

    @property
    def fits(self) -> bool:
        """Whether it could be loaded at all."""
        return self.verdict in (Verdict.FITS, Verdict.TIGHT)

    @property
    def decode_tokens_per_s(self) -> float | None:
        """Expected, of one stream."""
        return None if self.speed is None else self.speed.decode.expected


def try_candidate(candidate: Candidate, setting: Setting) -> Trial:
    """The candidate in the first cache format that has room for the wanted context, else in the plainest one.

    Where nobody named a context and none has room for a useful one, it is tried with the least.
    """
    wanted = wanted_context(candidate.card, setting.request)
    tried = []
    for name in kv_formats(candidate, setting):
        measured = _measured(candidate, setting, _shape(candidate, setting.request, name, wanted))
        if measured[2] in (Verdict.FITS, Verdict.UNKNOWN):
            return _trial(candidate, setting, measured, reaches=True)
        tried.append(measured)
    if setting.request.context_tokens is not None:
        tight = [one for one in tried if one[2] is Verdict.TIGHT]
        return _trial(candidate, setting, (tight or tried)[0], reaches=True)
    least = replace(tried[-1][0], context_tokens=min(wanted, LEAST_CONTEXT))
    return _trial(candidate, setting, _measured(candidate, setting, least), reaches=False)


def wanted_context(card: ModelCard, request: Request) -> int:
    """Tokens a candidate must have room for: what is asked for, else a useful context or all the model has."""
    if request.context_tokens is not None:
        return request.context_tokens
    return max(min(longest_context(card), USEFUL_CONTEXT), BLOCK_TOKENS)


def kv_formats(candidate: Candidate, setting: Setting) -> list[str]:
    """Cache formats to try, the one to prefer first.

    What is asked for alone; else what the checkpoint was calibrated for; else the plain one, and the reduced one for
    want of room, or at once where context is what is wished for.
    """
    request = setting.request
    if request.kv_format is not None:
        return [request.kv_format]
    own = candidate.card.quantisation.kv_format if candidate.card.quantisation else None
    plain, reduced = PLAIN_KV[candidate.runtime], REDUCED_KV[candidate.runtime]
    if own is not None and candidate.runtime is Runtime.TENSORRT_LLM and kv_runs(candidate, setting, own):
        return [own]
    if not kv_runs(candidate, setting, reduced):
        return [plain]
    return [reduced] if request.wish is Wish.CONTEXT else [plain, reduced]


def found_of(candidate: Candidate, setting: Setting, kv_format: str) -> tuple[Finding, ...]:
    """Everything the matrix knows of this candidate here."""
    site, matrix = setting.places[candidate.runtime]
    found = findings(matrix, site, candidate.card, kv_format)
    own = candidate.card.quantisation
    if site.runtime == COMPILED and own is not None and candidate.made_from is None:
        return (
            *found,
            Finding(Support.BROKEN, "compiled from weights of 16 bits only", "", "checkpoint", own.precision),
        )
    return found


def kv_runs(candidate: Candidate, setting: Setting, kv_format: str) -> bool:
    """Whether the cache is known to work in this format here."""
    own = candidate.card.quantisation.kv_format if candidate.card.quantisation else None
    site, matrix = setting.places[candidate.runtime]
    found = kv_support(matrix, site, kv_format, weights=candidate.precision, calibrated=own == kv_format)
    return found.support is Support.SUPPORTED


def version_for(request: Request, runtime: Runtime) -> str | None:
    """The version that is asked for, if it is of this runtime; ``None`` for the one we install."""
    return request.runtime_version if request.runtime is runtime else None


def speed_of(candidate: Candidate, setting: Setting, shape: Shape) -> Speed | None:
    """The estimate at the depth and batch that are asked for, else just after the prompt and at the concurrency."""
    request = setting.request
    depth = request.depth
    return estimate_speed(
        candidate.card,
        setting.gpu,
        runtime=candidate.runtime,
        kv_format=shape.kv_format,
        gpus=shape.gpus,
        batch=request.batch or shape.concurrency,
        depth=min(request.prompt_tokens, shape.context_tokens) if depth is None else depth,
        prompt_tokens=request.prompt_tokens,
        acceptance=request.acceptance,
        draft_tokens=request.draft_tokens,
    )


def _shape(candidate: Candidate, request: Request, kv_format: str, context: int) -> Shape:
    return Shape(
        runtime=candidate.runtime,
        kv_format=kv_format,
        context_tokens=context,
        concurrency=request.concurrency,
        gpus=request.gpus,
    )


def _measured(candidate: Candidate, setting: Setting, shape: Shape) -> tuple[Shape, Bill, Verdict]:
    bill = plain_bill(candidate.card, setting.gpu, shape, corrections=setting.corrections(candidate))
    return shape, bill, verdict_of(bill, candidate.card)


def _context_max(candidate: Candidate, setting: Setting, shape: Shape) -> int:
    return largest_context(candidate.card, setting.gpu, shape, corrections=setting.corrections(candidate))


def _trial(candidate: Candidate, setting: Setting, measured: tuple[Shape, Bill, Verdict], *, reaches: bool) -> Trial:
    shape, bill, verdict = measured
    look = not setting.brief or verdict in (Verdict.FITS, Verdict.TIGHT)
    stretch = setting.request.wish is Wish.CONTEXT and verdict is not Verdict.UNKNOWN
    losses = setting.matrix.losses.get(candidate.precision), setting.matrix.kv_losses.get(shape.kv_format, 0.0)
    return Trial(
        candidate=candidate,
        shape=shape,
        bill=bill,
        verdict=verdict,
        found=found_of(candidate, setting, shape.kv_format),
        speed=speed_of(candidate, setting, shape) if look else None,
        context_max=_context_max(candidate, setting, shape) if stretch else None,
        loss_percent=None if losses[0] is None else round(losses[0] + losses[1], 2),
        reaches=reaches,
    )
