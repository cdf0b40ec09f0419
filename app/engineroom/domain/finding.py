"""What the doctor found of an engine that failed, and the ways out that it offers."""

from dataclasses import dataclass
from enum import StrEnum

from engineroom.domain.errors import Problem
from engineroom.domain.job import JobView
from engineroom.domain.reason import Reason
from engineroom.domain.trtllm.fixes import Change, FixAction


class FixMode(StrEnum):
    """Who does it: the engine room by itself, or a person."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


class FixBar(StrEnum):
    """Why the engine room does not do it by itself."""

    RIGHTS = "rights"
    AGREEMENT = "agreement"
    SECRET = "secret"
    YOURS = "yours"
    OUTSIDE = "outside"
    HARDWARE = "hardware"
    NOTHING_ELSE = "nothing_else"
    NOT_KNOWN = "not_known"
    SAME_ENGINE = "same_engine"


@dataclass(frozen=True, slots=True, kw_only=True)
class FixView:
    """One way out. Its title belongs to ``fix``; each client has its own words for it.

    ``changes`` are knobs before and after, by the runtime's names.  ``command`` is for a terminal, ``page`` an address
    to open.  ``steps`` are what an automatic fix would do beside changing knobs (codes of
    :class:`~engineroom.domain.fix_steps.FixStep` or of details), ``does`` the same in English.  ``bar`` is why a person
    has to do it.  ``holders`` are programs of the user with memory of the card: ended only where they are named.
    """

    fix: FixAction
    mode: FixMode
    changes: tuple[Change, ...] = ()
    command: str | None = None
    page: str | None = None
    does: tuple[str, ...] = ()
    bar: FixBar | None = None
    holders: tuple["Orphan", ...] = ()
    steps: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFinding:
    """Why an engine failed.

    ``found_at_s`` is Unix time.  ``known`` is false where no cause was recognised: ``problem`` then only tells how it
    ended, and ``log`` is the answer.  ``cause`` is the line that says why, which is seldom the last one.  ``fixes``
    come the best first.  ``repairs`` are knobs that earlier fixes have changed and that still hold.  ``job`` is the
    newest that a fix of it has begun; its ``follow_up`` says what came of it.
    """

    engine: str
    found_at_s: float
    known: bool
    problem: Problem
    cause: str | None
    fixes: tuple[FixView, ...]
    log: tuple[str, ...]
    repairs: tuple[Change, ...] = ()
    job: JobView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FixResult:
    """What a fix did, or would do (``dry_run``): ``steps`` as of a :class:`FixView`, ``lines`` the same in English.

    ``job`` where it goes on as one.
    """

    engine: str
    fix: FixAction
    dry_run: bool
    lines: tuple[str, ...]
    job: str | None = None
    steps: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """A process that looks like an engine's and belongs to none that runs here.

    ``created_s`` (Unix time) tells it from a later process of the same ``pid``.  ``mark`` is what it was told by:
    ``family`` (it inherited the mark of an engine room), ``command``, ``survivor`` (it belonged to an engine that has
    ended here) or ``other`` (a program of this user that is no engine's).  ``memory_bytes`` is on the card; ``None``
    where the driver does not say.
    """

    pid: int
    created_s: float
    program: str
    mark: str
    gpu_uuid: str | None
    memory_bytes: int | None
