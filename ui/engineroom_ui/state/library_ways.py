"""The ways to have a model: its sets of weights, from the catalogue or from a repository's list of files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engineroom.contract.control import CheckpointRow
from engineroom.contract.models import PullPreview
from engineroom_ui.state.library_fits import usual, variant_of
from engineroom_ui.state.library_rows import ModelRow
from engineroom_ui.state.plan_wire import WirePlan

SERVED_HERE = frozenset({"gguf"})
"""Kinds of files that an engine of today can be started from."""

READING_TOKENS_PER_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One set of weights. ``size_bytes`` is the download; ``variant`` chooses it where a repository holds several.

    ``model`` is what a plan is asked with; ``best`` marks what the plan of the whole model takes for the card.
    """

    repo: str
    model: str
    variant: str | None
    precision: str | None
    file_format: str
    size_bytes: int | None = None
    verdict: str | None = None
    runtime: str | None = None
    memory_bytes: int | None = None
    low: float | None = None
    high: float | None = None
    gated: bool = False
    best: bool = False

    @property
    def served_here(self) -> bool:
        """Whether an engine for it can be started on this computer today."""
        return self.file_format in SERVED_HERE


def of_checkpoints(rows: Iterable[CheckpointRow], row: ModelRow) -> tuple[Way, ...]:
    """What the catalogue lists of a model, which the plan has judged already."""
    return tuple(
        Way(
            repo=one.repo,
            model=row.model,
            variant=one.variant,
            precision=one.precision,
            file_format=one.file_format,
            size_bytes=one.weights_bytes,
            verdict=one.verdict,
            runtime=one.runtime,
            memory_bytes=one.total_bytes,
            low=one.decode_low,
            high=one.decode_high,
            gated=one.gated,
            best=(one.precision, one.runtime) == (row.precision, row.runtime),
        )
        for one in rows
    )


def of_preview(preview: PullPreview) -> tuple[Way, ...]:
    """What a repository holds; how each does is still to be asked."""
    several = len(preview.choices) > 1
    sizes = preview.choice_bytes if several else (preview.total_bytes,)
    return tuple(
        _of_choice(preview, choice, sizes[at] if at < len(sizes) else None, several=several)
        for at, choice in enumerate(preview.choices)
    )


def first_choice(ways: Sequence[Way]) -> int:
    """What to offer first: what can be served today, fits, and answers as fast as one reads; of those the largest."""
    usable = [way for way in ways if way.served_here] or list(ways)
    fitting = [way for way in usable if way.verdict == "fits"] or [way for way in usable if way.verdict == "tight"]
    quick = [way for way in fitting if way.low is None or way.low >= READING_TOKENS_PER_S]
    if judged := quick or fitting:
        return ways.index(max(judged, key=lambda way: way.size_bytes or 0))
    names = [way.variant or "" for way in usable]
    return ways.index(usable[names.index(usual(names))]) if usable else -1


def with_plan(way: Way, plan: WirePlan) -> Way:
    """The way as the plan sees it."""
    speed, bill = plan.speed, plan.bill
    return replace(
        way,
        verdict=plan.verdict,
        precision=way.precision or plan.precision,
        runtime=plan.runtime,
        memory_bytes=bill.total_bytes if bill is not None else None,
        low=speed.decode_low if speed is not None else None,
        high=speed.decode_high if speed is not None else None,
    )


def _of_choice(preview: PullPreview, choice: str, size_bytes: int | None, *, several: bool) -> Way:
    gguf = choice.endswith(".gguf")
    named = variant_of(choice) if gguf else choice
    return Way(
        repo=preview.repo,
        model=f"{preview.repo}:{named}" if several else preview.repo,
        variant=choice if several else None,
        precision=variant_of(choice).lower() if gguf and variant_of(choice) != choice.removesuffix(".gguf") else None,
        file_format="gguf" if gguf else "safetensors",
        size_bytes=size_bytes,
        gated=bool(preview.gated),
    )
