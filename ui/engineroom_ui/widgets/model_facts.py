"""What is known of one model, as names and values."""

import time

from PySide6.QtCore import QCoreApplication

from engineroom.contract.models import PullPreview
from engineroom_ui.state.library_rows import ModelRow, Shelf
from engineroom_ui.state.library_ways import Way
from engineroom_ui.text import models as words
from engineroom_ui.text import numbers, plan, units
from engineroom_ui.text.sentences import listed

translate = QCoreApplication.translate
Facts = list[tuple[str, str]]


def facts(row: ModelRow, way: Way | None, preview: PullPreview | None) -> Facts:
    """Of the row, and of the set of weights that is chosen; what is unknown is left out."""
    told = _of_disk(row) if row.shelf is Shelf.HERE else _of_download(row, way, preview)
    return [fact for fact in (*told, *_of_plan(row, way), *_of_model(row)) if fact[1]]


def _of_disk(row: ModelRow) -> Facts:
    entry = row.entry
    if entry is None:
        return []
    ago = "" if entry.last_used_at_s is None else units.age(max(0.0, time.time() - entry.last_used_at_s))
    return [
        (translate("models", "On disk"), units.file_size(entry.size_bytes)),
        (translate("models", "Kept"), words.source(entry.source)),
        (translate("models", "Place"), entry.path),
        (translate("models", "Last used"), ago),
        (translate("models", "Revision"), (entry.revision or "")[:12]),
    ]


def _of_download(row: ModelRow, way: Way | None, preview: PullPreview | None) -> Facts:
    size = units.file_size(way.size_bytes) if way is not None and way.size_bytes is not None else ""
    if size and row.shelf is Shelf.RECOMMENDED:
        size = translate("models", "about {size}").format(size=size)
    if preview is not None and preview.fetch_bytes is not None and preview.fetch_bytes != preview.total_bytes:
        left = units.file_size(preview.fetch_bytes)
        size = translate("models", "{size}, of which {left} are missing here").format(size=size, left=left)
    commit = preview.revision[:12] if preview is not None else ""
    code = translate("models", "brings programs of its own") if preview is not None and preview.remote_code else ""
    return [
        (translate("models", "Download"), size),
        (translate("models", "From"), way.repo if way is not None else ""),
        (translate("models", "Files"), words.files(way.file_format) if way is not None else ""),
        (translate("models", "Revision"), commit),
        (translate("models", "Code"), code),
    ]


def _of_plan(row: ModelRow, way: Way | None) -> Facts:
    memory = way.memory_bytes if way is not None else row.memory_bytes
    low, high = (way.low, way.high) if way is not None else (row.low, row.high)
    runtime = way.runtime if way is not None else row.runtime
    ours = runtime == plan.LLAMA_CPP
    rate = "" if ours else words.rate(low, high, way.verdict if way is not None else row.verdict)
    runs_on = plan.runtime(runtime) if runtime else ""
    return [
        (translate("models", "Memory"), _estimate(units.memory(memory) if memory is not None else "")),
        (translate("models", "Speed"), _estimate(rate)),
        (translate("models", "Runs on"), listed((runs_on, words.on_processor())) if ours else runs_on),
    ]


def _estimate(text: str) -> str:
    return translate("models", "{figure} (estimate)").format(figure=text) if text else ""


def _of_model(row: ModelRow) -> Facts:
    return [
        (translate("models", "Parameters"), words.short_parameters(row.parameters)),
        (translate("models", "For"), listed(map(words.use, row.uses))),
        (translate("models", "Licence"), words.licence(row.licence)),
        (translate("models", "Changed"), numbers.day_of(row.modified_at)),
        (translate("models", "Fetched"), words.downloads(row.downloads)),
    ]
