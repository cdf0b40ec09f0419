"""The model that a gate serves where none is named: the smallest one that can be served here."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from engineroom.adapters.engine_store import EngineStore
from engineroom.adapters.matrix import load_matrix
from engineroom.adapters.model_folder import read_model_card
from engineroom.domain.errors import EngineroomError
from engineroom.domain.library import FileFormat, LibraryEntry
from engineroom.domain.machine import Machine
from engineroom.domain.planning.support import checkpoint_support, model_support
from engineroom.domain.planning.values import Support
from engineroom.domain.runtimes.trial import ROOM
from engineroom.domain.runtimes.values import TENSORRT_LLM
from engineroom.domain.sealed.values import CHECKPOINT

_WELL = {Support.SUPPORTED, Support.EXPERIMENTAL}


def find_gate_model(store: EngineStore, entries: Iterable[LibraryEntry], machine: Machine) -> str | None:
    """The folder of the smallest checkpoint of an engine that was built here, else of the library; may block.

    ``None`` where none takes less than its share of the smallest card, or no card says how much it has.
    """
    cards = [gpu.memory_total_bytes for gpu in machine.gpus if gpu.memory_total_bytes]
    if not cards:
        return None
    most = int(min(cards) * ROOM)
    built = [(size, folder) for folder in _of_engines(store) if 0 < (size := _weight_bytes(folder)) <= most]
    if built:
        return min(built)[1]
    here = [one for one in entries if one.file_format is FileFormat.SAFETENSORS and one.problem is None]
    fitting = (one.path for one in sorted(here, key=lambda one: one.size_bytes) if one.size_bytes <= most)
    return next(filter(_is_served, fitting), None)


def _of_engines(store: EngineStore) -> Iterator[str]:
    for engine in store.engines():
        if engine.kind == CHECKPOINT:
            yield engine.model_path.replace("{engine}", store.folder(engine.id))


def _weight_bytes(folder: str) -> int:
    """0 where it is gone."""
    with contextlib.suppress(OSError):
        return sum(file.stat().st_size for file in Path(folder).glob("*.safetensors"))
    return 0


def _is_served(folder: str) -> bool:
    """Whether the tables know that the runtime can serve it: a gate must not fail for its model's sake."""
    try:
        card = read_model_card(Path(folder))
    except EngineroomError:
        return False
    found = (model_support(load_matrix(), card, TENSORRT_LLM), checkpoint_support(card, TENSORRT_LLM))
    return all(one.support in _WELL for one in found) and not card.remote_code
