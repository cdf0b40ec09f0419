"""What plans are made from on this computer: the tables, the models' files, and the platform."""

import importlib.util
import mmap
import platform
import sys
from collections.abc import Callable, Coroutine
from functools import cache
from pathlib import Path
from typing import Any

from engineroom.adapters.catalogue import load_catalogue
from engineroom.adapters.gpu_table import load_gpu_table
from engineroom.adapters.matrix import load_matrix
from engineroom.adapters.model_folder import read_model_card
from engineroom.adapters.typed_path import typed_path
from engineroom.domain.errors import Rejected
from engineroom.domain.machine import Machine
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.values import Platform
from engineroom.services.models import ModelShelf
from engineroom.services.plan_gpus import Sight
from engineroom.services.plan_lessons import PlanLessons
from engineroom.services.plans import Plans
from engineroom.services.ports import HubCards

_ARCHITECTURES = {"amd64": "x86_64", "arm64": "aarch64"}


class ModelsHere:
    """Folders and files of models on this computer."""

    def __init__(self, shelf: ModelShelf) -> None:
        self._shelf = shelf

    def model_card(self, path: str) -> ModelCard:
        """The model in a folder or a GGUF file. Raises Rejected."""
        return read_model_card(typed_path(path))

    def path_of(self, model_id: str) -> str | None:
        """Where the file of a model of the shelf is; ``None`` for one that is not there."""
        try:
            return self._shelf.resolve(model_id).path
        except Rejected:
            return None


class HubInLine:
    """The Hub for a caller that waits.

    Args:
        ask: the question, to be awaited.
        run: awaits it, on the loop it belongs to.
    """

    def __init__(
        self,
        ask: Callable[[str, str | None, str | None], Coroutine[Any, Any, ModelCard]],
        run: Callable[[Coroutine[Any, Any, ModelCard]], ModelCard],
    ) -> None:
        self._ask = ask
        self._run = run

    def model_card(self, repo: str, revision: str | None = None, variant: str | None = None) -> ModelCard:
        """The model of a repository. Raises EngineroomError."""
        return self._run(self._ask(repo, revision, variant))


def make_plans(
    sight: Callable[[], Sight], shelf: ModelShelf, hub: HubCards | None = None, lessons: PlanLessons | None = None
) -> Plans:
    """Plans from the bundled tables. Reads them when called, which takes a tenth of a second once."""
    return Plans(
        catalogue=load_catalogue(),
        table=load_gpu_table(),
        folders=ModelsHere(shelf),
        matrix=load_matrix(),
        sight=sight,
        here=platform_here,
        hub=hub,
        lessons=lessons,
    )


def platform_here(machine: Machine) -> Platform:
    """Where an engine of this computer would run."""
    arch = platform.machine().lower()
    return Platform(
        os=_system(sys.platform, platform.release()),
        arch=_ARCHITECTURES.get(arch, arch),
        driver_version=machine.driver_version,
        cuda_version=machine.cuda_version,
        llama_cpp_uses_cards=llama_cpp_uses_cards() if machine.gpus else None,
    )


@cache
def llama_cpp_uses_cards() -> bool | None:
    """Whether the bundled llama.cpp was built with CUDA, told without loading it; ``None`` where it is not here."""
    package = importlib.util.find_spec("xllamacpp")
    if package is None:
        return None
    folders = package.submodule_search_locations or []
    return any(_has_cuda(library) for folder in folders for library in Path(folder).glob("*.so"))


def _has_cuda(library: Path) -> bool:
    with library.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        return text.find(b"ggml_backend_cuda") >= 0


def _system(name: str, release: str) -> str:
    if name == "win32":
        return "windows"
    return "wsl" if "microsoft" in release.lower() else "linux"
