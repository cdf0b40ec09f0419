"""Putting together what builds engines, keeps them and starts them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from engineroom.adapters.compiled import compiled_support
from engineroom.adapters.engine_store import EngineStore
from engineroom.adapters.load_history import JsonLoadHistory
from engineroom.adapters.measured import learn
from engineroom.adapters.model_folder import read_model_card
from engineroom.adapters.places import Places
from engineroom.adapters.repair_store import RepairStore
from engineroom.adapters.runtime_store import RuntimeStore
from engineroom.adapters.signatures import load_signatures
from engineroom.adapters.sparsity import is_two_four
from engineroom.adapters.trtllm_tables import load_trtllm_tables
from engineroom.domain.model import ModelSpec
from engineroom.domain.runtimes.values import LLAMA_CPP, TENSORRT_LLM
from engineroom.domain.trtllm.stages import Timeline
from engineroom.domain.trtllm.tables import parse_version
from engineroom.services.build_ports import BuildWorld
from engineroom.services.builds import Builds, sealed_specs
from engineroom.services.card_watch import CardWatch
from engineroom.services.engines import EngineRoom
from engineroom.services.launchers import Launcher, LlamaCppLauncher, TrtLlmLauncher
from engineroom.services.measurements import Measurements
from engineroom.services.model_side import ModelSide
from engineroom.services.plans import Plans

EARLY = (1, 3)
"""From this version on the server answers before the model is loaded."""


def make_launchers(places: Places) -> Mapping[str, Launcher]:
    """What starts engines, by runtime."""
    store = EngineStore(places.engines)
    return {
        LLAMA_CPP: LlamaCppLauncher(),
        TENSORRT_LLM: TrtLlmLauncher(
            timeline=timeline_of, tuning=store.tuning, repair=RepairStore(places.repairs).path
        ),
    }


def timeline_of(version: str) -> Timeline:
    """The stages of a start of this version."""
    try:
        early = parse_version(version) >= EARLY
    except ValueError:
        early = False
    return Timeline(load_trtllm_tables().markers, listens_early=early)


def sealed_models(places: Places) -> Callable[[], Sequence[ModelSpec]]:
    """Looks for the sealed engines, each as a model."""
    store = EngineStore(places.engines)
    return lambda: sealed_specs(store.engines(), store.root)


def build_builds(
    places: Places,
    models: ModelSide,
    engines: EngineRoom,
    plans: Callable[[], Plans],
    seen: tuple[CardWatch, Measurements],
) -> Builds:
    """The builds of one daemon; nothing is read yet.

    Args:
        places: where engines and runtimes lie.
        models: where models come from.
        engines: what runs.
        plans: reads its tables when first called.
        seen: the computer as it is now, and when that is known; and what is learned from it.
    """
    cards, measured = seen
    return Builds(
        BuildWorld(
            disk=EngineStore(places.engines),
            runtimes=RuntimeStore(places.runtimes),
            library=models.library,
            engines=engines,
            pulls=models.pulls,
            plans=plans,
            card_of=lambda path: read_model_card(Path(path)),
            tables=load_trtllm_tables,
            signatures=load_signatures(),
            machine=cards.machine,
            cards_known=cards.first_account,
            arrived=models.library.refresh,
            pace=JsonLoadHistory(places.build_history_file),
            learn=partial(learn, measured),
            compiled=partial(compiled_support, cards.machine),
            two_four=lambda path: is_two_four(Path(path)),
            has_file=lambda path: Path(path).is_file(),
        )
    )
