"""Putting together what builds engines, keeps them and starts them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from engineroom.adapters.engine_store import EngineStore
from engineroom.adapters.model_folder import read_model_card
from engineroom.adapters.places import Places
from engineroom.adapters.runtime_store import RuntimeStore
from engineroom.adapters.signatures import load_signatures
from engineroom.adapters.trtllm_tables import load_trtllm_tables
from engineroom.domain.machine import Machine
from engineroom.domain.model import ModelSpec
from engineroom.domain.runtimes.values import LLAMA_CPP, TENSORRT_LLM
from engineroom.domain.trtllm.stages import Timeline
from engineroom.domain.trtllm.tables import parse_version
from engineroom.services.build_ports import BuildWorld
from engineroom.services.builds import Builds, sealed_specs
from engineroom.services.engines import EngineRoom
from engineroom.services.launchers import Launcher, LlamaCppLauncher, TrtLlmLauncher
from engineroom.services.model_side import ModelSide
from engineroom.services.plans import Plans

EARLY = (1, 3)
"""From this version on the server answers before the model is loaded."""


def make_launchers(places: Places) -> Mapping[str, Launcher]:
    """What starts engines, by runtime."""
    store = EngineStore(places.engines)
    return {
        LLAMA_CPP: LlamaCppLauncher(),
        TENSORRT_LLM: TrtLlmLauncher(timeline=timeline_of, tuning=store.tuning),
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
    machine: Callable[[], Machine],
) -> Builds:
    """The builds of one daemon; nothing is read yet.

    Args:
        places: where engines and runtimes lie.
        models: where models come from.
        engines: what runs.
        plans: reads its tables when first called.
        machine: the computer as it is now.
    """
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
            machine=machine,
            arrived=models.library.refresh,
        )
    )
