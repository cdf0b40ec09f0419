"""Words of the page Serve: what a card can run, what a button does, how far a start is."""

import re
import time
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from engineroom.contract.control import CatalogueRow, EngineState, EngineView, JobView
from engineroom_ui.text import models, numbers, plan, units
from engineroom_ui.text.sentences import listed

translate = QCoreApplication.translate
_BITS = re.compile(r"^(?:nvfp|mxfp|fp|int|bf|f|iq|q|w|tq)(\d+)", re.IGNORECASE)


def bits(precision: str | None) -> str:
    """How many bits a weight has in a precision: 4 bit; the precision's own name where that is not told.

    >>> bits("w4a16_awq"), bits("nvfp4"), bits("q5_k_m"), bits("bf16")
    ('4 bit', '4 bit', '5 bit', '16 bit')
    """
    found = _BITS.match(precision or "")
    if found is None:
        return plan.precision(precision) if precision else ""
    return translate("serve", "{number} bit").format(number=found[1])


def ability(rows: Sequence[CatalogueRow]) -> str:
    """What a card can run, by the best that fits it; empty while that is not known."""
    best = next((row for row in rows if row.verdict == "fits" and {"chat", "code"} & set(row.uses)), None)
    if best is None:
        return translate("serve", "None of the recommended models fits it") if rows else ""
    size = _round_size(best.parameters)
    if best.decode_tokens_per_s is None:
        text = translate("serve", "Holds {size} models in {bits}; speed not known")
        return text.format(size=size, bits=bits(best.precision))
    rate = best.decode_tokens_per_s
    text = translate("serve", "Runs {size} models in {bits}, ~{rate} tok/s (estimate)")
    return text.format(size=size, bits=bits(best.precision), rate=numbers.fixed(rate, 0 if rate >= 10 else 1))


def _round_size(parameters: int) -> str:
    """Parameters as people name models by: 24 B, 0.5 B."""
    billions = parameters / 10**9
    return translate("serve", "{n} B").format(n=numbers.fixed(billions, 0 if billions >= 3 else 1))


def context(row: CatalogueRow) -> str:
    """Context of one request."""
    if row.context_tokens is None:
        return units.not_reported()
    return translate("serve", "{count} tokens").format(count=units.count(row.context_tokens))


def under_way(job: JobView) -> str:
    """How far a job is."""
    line = models.job(job)
    return models.joined(line.state, line.progress)


def facts(row: CatalogueRow) -> str:
    """Size, precision, runtime, licence."""
    return models.joined(
        units.parameters(row.parameters),
        plan.precision(row.precision) if row.precision else "",
        plan.runtime(row.runtime) if row.runtime else "",
        row.licence,
    )


def short(row: CatalogueRow) -> str:
    """Size of the model, precision, memory and speed in one line."""
    rate = models.rate(row.decode_low, row.decode_high, row.verdict)
    return models.joined(
        models.short_parameters(row.parameters),
        plan.precision(row.precision) if row.precision else "",
        units.memory(row.total_bytes) if row.total_bytes is not None else "",
        rate,
    )


def uses(row: CatalogueRow) -> str:
    """What a model is for."""
    return listed(models.use(use) for use in row.uses)


def progress(engine: EngineView) -> str:
    """How far a start is, how long it took, or how long it would take."""
    if engine.state is EngineState.READY and engine.load_s is not None:
        return translate("serve", "loaded in {time}").format(time=units.seconds(engine.load_s))
    if engine.state is EngineState.STARTING:
        return _starting(engine)
    if engine.state is EngineState.STOPPED and engine.expected_load_s is not None:
        return translate("serve", "starts in about {time}").format(time=units.seconds(engine.expected_load_s))
    return ""


def _starting(engine: EngineView) -> str:
    spent_s = max(0.0, time.time() - engine.since_s)
    if engine.expected_load_s is None:
        text = translate("serve", "{time} so far; first start of this model here, so no time is known")
        return text.format(time=units.seconds(spent_s))
    left_s = engine.expected_load_s - spent_s
    if left_s <= 0:
        text = translate("serve", "{time} so far, longer than usual ({expected})")
        return text.format(time=units.seconds(spent_s), expected=units.seconds(engine.expected_load_s))
    text = translate("serve", "{time} so far, about {left} left (estimate)")
    return text.format(time=units.seconds(spent_s), left=units.seconds(left_s))


def queue(active: int | None, waiting: int | None) -> str:
    """Requests that are answered now, and those that wait."""
    if active is None or waiting is None:
        return units.not_reported()
    text = translate("serve", "{active} now, {waiting} waiting") if waiting else translate("serve", "{active} now")
    return text.format(active=active, waiting=waiting)


def per_token(joules: float | None, *, estimated: bool) -> str:
    """Energy of one token."""
    if joules is None:
        return units.not_reported()
    text = translate("serve", "about {energy} J") if estimated else translate("serve", "{energy} J")
    return text.format(energy=units.figures(joules))
