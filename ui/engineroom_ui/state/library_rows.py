"""Models of three origins as rows of one list: the catalogue, the Hub's hits, what is on this computer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engineroom.contract.control import CatalogueRow, ProblemView
from engineroom.contract.models import HubHit, LibraryEntry
from engineroom_ui.state.library_fits import Fit


class Shelf(StrEnum):
    """Where rows come from."""

    RECOMMENDED = "recommended"
    SEARCH = "search"
    HERE = "here"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """One row. ``model`` is what a plan is asked with; ``size_bytes`` what it takes on this disk.

    ``verdict`` is ``None`` until the plan has answered; rates are tokens per second.  ``library_id`` is set where
    the model, or for a repository one of its models, is on this computer; ``servable`` says whether that can be served.
    """

    key: str
    shelf: Shelf
    name: str
    publisher: str
    model: str
    repo: str | None = None
    revision: str | None = None
    parameters: int | None = None
    size_bytes: int | None = None
    precision: str | None = None
    runtime: str | None = None
    verdict: str | None = None
    memory_bytes: int | None = None
    low: float | None = None
    high: float | None = None
    licence: str | None = None
    gated: bool = False
    uses: tuple[str, ...] = ()
    starter: bool = False
    downloads: int | None = None
    modified_at: str | None = None
    library_id: str | None = None
    servable: bool = False
    entry: LibraryEntry | None = None
    problem: ProblemView | None = None


FitOf = Callable[[str], Fit | None]


def recommended(rows: Iterable[CatalogueRow], entries: Iterable[LibraryEntry]) -> list[ModelRow]:
    """The catalogue in its order."""
    here = _names_here(entries)
    return [
        ModelRow(
            key=f"catalogue:{row.id}",
            shelf=Shelf.RECOMMENDED,
            name=row.name,
            publisher=row.publisher,
            model=row.id,
            parameters=row.parameters,
            precision=row.precision,
            runtime=row.runtime,
            verdict=row.verdict,
            memory_bytes=row.total_bytes,
            low=row.decode_low,
            high=row.decode_high,
            licence=row.licence,
            gated=row.gated,
            uses=row.uses,
            starter=row.starter,
            repo=row.repos[0] if row.repos else None,
            **_presence(_first(here, (row.id, *row.repos))),
        )
        for row in rows
    ]


def hits(found: Iterable[HubHit], entries: Iterable[LibraryEntry], fit_of: FitOf) -> list[ModelRow]:
    """What the Hub found, in its order."""
    here = _names_here(entries)
    return [_of_hit(hit, here.get(hit.repo.lower()), fit_of(hit.repo)) for hit in found]


class RowsHere:
    """The library in its order. What has not changed of it is not made anew: there may be thousands of models."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[LibraryEntry, Fit | None, ModelRow]] = {}

    def rows(self, entries: Iterable[LibraryEntry], fit_of: FitOf) -> list[ModelRow]:
        """A row for each."""
        before, self._made = self._made, {}
        for entry in entries:
            fit, old = fit_of(entry.path), before.get(entry.id)
            same = old is not None and old[0] is entry and old[1] is fit
            self._made[entry.id] = old if same and old is not None else (entry, fit, _of_entry(entry, fit))
        return [row for _entry, _fit, row in self._made.values()]


def matching(rows: Iterable[ModelRow], text: str, use: str | None = None) -> list[ModelRow]:
    """Rows in whose names every word of the text is, and that are of this use."""
    words = text.casefold().split()
    if not words and use is None:
        return list(rows)
    return [
        row
        for row in rows
        if (use is None or use in row.uses)
        and all(word in f"{row.name} {row.publisher} {row.model} {row.repo or ''}".casefold() for word in words)
    ]


def _of_hit(hit: HubHit, entry: LibraryEntry | None, fit: Fit | None) -> ModelRow:
    publisher, _, name = hit.repo.partition("/")
    return ModelRow(
        key=f"hub:{hit.repo}",
        shelf=Shelf.SEARCH,
        name=name,
        publisher=publisher,
        model=hit.repo,
        repo=hit.repo,
        revision=hit.revision,
        parameters=hit.parameters,
        precision=fit.precision if fit else None,
        runtime=fit.runtime if fit else None,
        verdict=fit.verdict if fit else None,
        memory_bytes=fit.memory_bytes if fit else None,
        low=fit.low if fit else None,
        high=fit.high if fit else None,
        licence=hit.licence,
        gated=bool(hit.gated),
        uses=(hit.task,) if hit.task else (),
        downloads=hit.downloads,
        modified_at=hit.modified_at,
        **_presence(entry),
        problem=fit.problem if fit else None,
    )


def _of_entry(entry: LibraryEntry, fit: Fit | None) -> ModelRow:
    return ModelRow(
        key=f"here:{entry.id}",
        shelf=Shelf.HERE,
        name=entry.name if entry.repo is None else entry.id.rpartition("/")[2],
        publisher=(entry.repo or "").partition("/")[0],
        model=entry.path,
        repo=entry.repo,
        revision=entry.revision,
        size_bytes=entry.size_bytes,
        precision=entry.quantisation or (fit.precision if fit else None),
        runtime=entry.runtimes[0] if entry.runtimes else None,
        verdict=fit.verdict if fit else None,
        memory_bytes=fit.memory_bytes if fit else None,
        low=fit.low if fit else None,
        high=fit.high if fit else None,
        **_presence(entry),
        entry=entry,
        problem=entry.problem or (fit.problem if fit else None),
    )


def _names_here(entries: Iterable[LibraryEntry]) -> dict[str, LibraryEntry]:
    """Models by everything that may be known of them elsewhere; of one repository first those that can be served."""
    names: dict[str, LibraryEntry] = {}
    for entry in sorted(entries, key=lambda entry: not entry.runtimes):
        for name in (entry.id, entry.repo or entry.id):
            names.setdefault(name.lower(), entry)
    return names


def _first(here: dict[str, LibraryEntry], names: Iterable[str]) -> LibraryEntry | None:
    """The model that goes by one of these names; rather one that can be served."""
    found = [here[name.lower()] for name in names if name.lower() in here]
    return min(found, key=lambda entry: not entry.runtimes, default=None)


def _presence(entry: LibraryEntry | None) -> dict[str, Any]:
    if entry is None:
        return {}
    return {"library_id": entry.id, "servable": bool(entry.runtimes) and entry.problem is None}
