"""The model that a gate serves where none is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from engineroom.adapters.engine_store import EngineStore
from engineroom.adapters.gate_model import find_gate_model
from engineroom.domain.library import FileFormat, LibraryEntry, LibrarySource
from engineroom.domain.machine import Machine
from fakes.tiny_safetensors import config, llama
from services.conftest import machine_with
from services.runtime_kit import CARD

GIB = 2**30


def entry(folder: Path, name: str, size_bytes: int, **changes: object) -> LibraryEntry:
    """A model of the library that says it takes so much."""
    place = folder / name
    place.mkdir()
    (place / "config.json").write_bytes(config(**changes))
    (place / "model.safetensors").write_bytes(llama())
    return LibraryEntry(
        id=name, name=name, source=LibrarySource.HUB, file_format=FileFormat.SAFETENSORS, path=str(place),
        size_bytes=size_bytes, removable=True, runtimes=(), engines=(),
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> EngineStore:
    return EngineStore(tmp_path / "engines")


@pytest.fixture
def here(tmp_path: Path) -> Machine:
    return machine_with(CARD, replace(CARD, uuid="GPU-2", memory_total_bytes=10 * GIB))


def test_the_smallest_that_can_be_served(tmp_path: Path, store: EngineStore, here: Machine) -> None:
    strange = entry(tmp_path, "strange", 1, architectures=["NobodyKnowsForCausalLM"], model_type="strange")
    text = replace(entry(tmp_path, "gguf", 2), file_format=FileFormat.GGUF)
    small, large = entry(tmp_path, "small", 5 * GIB), entry(tmp_path, "large", 6 * GIB + 1)
    assert find_gate_model(store, (large, small, text, strange), here) == small.path
    assert find_gate_model(store, (large,), here) is None, "it leaves too little of the smaller card"
    assert find_gate_model(store, (small,), machine_with()) is None, "nothing is served without a card"


def test_own_code_of_a_model_is_not_run_for_a_gate(tmp_path: Path, store: EngineStore, here: Machine) -> None:
    code = {"AutoConfig": "own.Config", "AutoModelForCausalLM": "own.Model"}
    assert find_gate_model(store, (entry(tmp_path, "own", 1, auto_map=code),), here) is None
