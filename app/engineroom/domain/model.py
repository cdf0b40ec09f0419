"""Models that can be served."""

from dataclasses import dataclass

from engineroom.domain.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelView:
    """One model that can be served. ``problem`` is set when its file cannot be used."""

    id: str
    name: str
    runtime: str
    parameters: int | None
    quantisation: str | None
    file_bytes: int | None
    licence: str | None
    source: str | None
    bundled: bool
    is_default: bool
    problem: Problem | None
