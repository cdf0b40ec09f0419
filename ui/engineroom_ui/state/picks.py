"""What one button does for a recommended model: pure decisions over what the daemon said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engineroom.contract.control import CatalogueRow, JobKind, JobView, ModelView
from engineroom_ui.state.jobs import ENDED

LLAMA_CPP, TENSORRT_LLM = "llama.cpp", "tensorrt-llm"
MOST_ROWS = 5
SMALL_PARAMETERS, SMALL_ACTIVE = 9_000_000_000, 4_500_000_000
"""Models that a processor may well answer with at a pace one can read; nobody knows before it was tried."""


Here = dict[tuple[str | None, str], tuple[int, ModelView]]


class Deed(StrEnum):
    """What is to be done until a model is served, in one press."""

    SERVE = "serve"
    SERVED = "served"
    GET = "get"
    BUILD = "build"
    INSTALL = "install"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A recommended model. ``model`` is the one on this computer that serves it, ``job`` the work under way for it."""

    row: CatalogueRow
    deed: Deed
    model: ModelView | None = None
    job: JobView | None = None


def picks(
    rows: Iterable[CatalogueRow],
    models: Sequence[ModelView],
    *,
    jobs: Iterable[JobView],
    served: Iterable[str],
    can_build: bool,
    small: bool = False,
) -> list[Pick]:
    """Rows that write text and fit, in their order; with ``small`` only those a processor answers with."""
    told = [row for row in rows if _worth(row, small=small)]
    running, work = set(served), [job for job in jobs if job.state not in ENDED]
    here = models_by_name(models)
    return [_pick(row, here, work, running, can_build=can_build) for row in told]


def starter(models: Sequence[ModelView]) -> ModelView | None:
    """The model to begin with where there is no card: one that came with us, else the default, else the first."""
    usable = [model for model in models if model.problem is None] or list(models)
    bundled = (model for model in usable if model.bundled)
    default = (model for model in usable if model.is_default)
    return next(bundled, next(default, usable[0] if usable else None))


def models_by_name(models: Iterable[ModelView]) -> Here:
    """Models that can be served, by runtime and all that may be known of them elsewhere, with their place in order."""
    here: Here = {}
    for place, model in enumerate(models):
        if model.problem is None:
            for name in (model.id.lower(), (model.source or "").lower()):
                here.setdefault((model.runtime, name), (place, model))
    return here


def model_of(row: CatalogueRow, here: Here) -> ModelView | None:
    """The first model on this computer that is this one, made for the same runtime."""
    names = (row.id.lower(), *(repo.lower() for repo in row.repos))
    found = [here[row.runtime, name] for name in names if (row.runtime, name) in here]
    return min(found, key=lambda placed: placed[0])[1] if found else None


def job_of(row: CatalogueRow, jobs: Iterable[JobView]) -> JobView | None:
    """The work under way for it."""
    names = {row.id.lower(), *(repo.lower() for repo in row.repos)}
    wanted = {JobKind.PULL: "repo", JobKind.BUILD: "model"}
    return next(
        (job for job in jobs if job.kind in wanted and str(job.arguments.get(wanted[job.kind])).lower() in names), None
    )


def _worth(row: CatalogueRow, *, small: bool) -> bool:
    if row.verdict not in {"fits", "tight"} or not {"chat", "code", "agent"} & set(row.uses):
        return False
    active = row.parameters_active or row.parameters
    return not small or (row.parameters <= SMALL_PARAMETERS and active <= SMALL_ACTIVE)


def _pick(row: CatalogueRow, here: Here, jobs: Iterable[JobView], served: set[str], *, can_build: bool) -> Pick:
    model = model_of(row, here)
    if model is not None:
        return Pick(row=row, deed=Deed.SERVED if model.id in served else Deed.SERVE, model=model)
    job = job_of(row, jobs)
    if row.runtime == LLAMA_CPP:
        return Pick(row=row, deed=Deed.GET, job=job)
    if row.runtime == TENSORRT_LLM:
        return Pick(row=row, deed=Deed.BUILD if can_build else Deed.INSTALL, job=job)
    return Pick(row=row, deed=Deed.NONE)
