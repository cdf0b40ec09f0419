"""What is known of a pull before its first byte."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PullPreview:
    """What a pull would do, before its first byte.

    ``fetch_bytes`` is ``total_bytes`` less what is here; ``choices`` are the sets of weights to choose from where there
    are several and none was named, and the figures are then ``None``; ``choice_bytes`` is what each takes, ``None`` for
    one that is not whole.  ``remote_code`` marks a repository that brings
    programs of its own, which are refused unless this very commit is allowed.
    """

    repo: str
    revision: str
    licence: str | None
    gated: bool | None
    page: str
    remote_code: bool
    choices: tuple[str, ...]
    choice_bytes: tuple[int | None, ...] = ()
    files: tuple[str, ...] = ()
    total_bytes: int | None = None
    fetch_bytes: int | None = None
    free_bytes: int | None = None
