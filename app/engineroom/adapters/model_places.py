"""Bundled models and the user's own GGUF files, as specs. No file is opened here."""

import importlib.util
import os
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from engineroom.adapters.typed_path import typed_path
from engineroom.domain.errors import Code, Problem
from engineroom.domain.launch import Sampling
from engineroom.domain.model import ModelSpec
from engineroom.domain.settings import ModelFile, Settings, model_id_of
from engineroom.services.models import DEFAULT_ALIAS, ModelShelf

PLACES_VARIABLE = "ENGINEROOM_BUNDLED_MODELS"
"""Directories to search for bundled models before all others, separated like ``PATH``."""


def find_models(settings: Settings, wanted: str | None, data_directory: Path) -> ModelShelf:
    """The shelf: bundled models, those of the settings, and ``wanted``, which may also be the path of a GGUF file.

    ``wanted`` becomes the default model.  Raises Rejected (``model_not_found``).
    """
    bundled = list(bundled_models(data_directory))
    files = list(settings.model_files)
    known = {spec.id for spec in bundled} | {file.id for file in files} | {DEFAULT_ALIAS, *settings.aliases}
    if wanted is not None and wanted not in known and (os.sep in wanted or wanted.lower().endswith(".gguf")):
        files.append(ModelFile(id=model_id_of(wanted), path=wanted))
        wanted = model_id_of(wanted)
    default = settings.default_model if wanted in {None, DEFAULT_ALIAS} else wanted
    return ModelShelf([*bundled, *own_models(files)], default=default, aliases=settings.aliases)


def bundled_models(data_directory: Path) -> Iterator[ModelSpec]:
    """The bundled models of the table in ``resources``, the starter first."""
    table = tomllib.loads(resources.files("engineroom_resources").joinpath("models.toml").read_text("utf-8"))
    for row in sorted(table["bundled"], key=lambda row: not row.get("starter", False)):
        yield _bundled(row, data_directory)


def own_models(files: Iterable[ModelFile]) -> Iterator[ModelSpec]:
    """Models the user named, by the path of their file."""
    for file in files:
        path = typed_path(file.path).absolute()
        yield ModelSpec(id=file.id, name=path.name, path=str(path), file_bytes=_size(path), source=str(path))


def _bundled(row: dict[str, Any], data_directory: Path) -> ModelSpec:
    searched = list(_candidates(row, data_directory))
    path = next((place for place in searched if place.is_file()), None)
    template = row.get("chat_template")
    return ModelSpec(
        id=row["id"],
        name=row["name"],
        runtime=row["runtime"],
        path=None if path is None else str(path),
        sha256=row["sha256"],
        file_bytes=row["file_bytes"],
        parameters=row["parameters"],
        quantisation=row["quantisation"],
        native_context=row["native_context"],
        licence=row["licence"],
        source=row["source"],
        bundled=True,
        chat_template_path=None if template is None else _template_path(template),
        sampling=Sampling(temperature=row.get("temperature"), top_p=row.get("top_p")),
        problem=None if path is not None else _missing(searched),
    )


def _candidates(row: dict[str, Any], data_directory: Path) -> Iterator[Path]:
    for place in os.environ.get(PLACES_VARIABLE, "").split(os.pathsep):
        if place:
            yield Path(place) / row["file"]
    # find_spec of a top-level package finds its directory without running any of its code.
    package = importlib.util.find_spec(row["package"])
    for place in (package.submodule_search_locations or []) if package is not None else []:
        yield Path(place) / row["file"]
    yield data_directory / row["file"]
    yield Path(sys.prefix) / "share" / "engineroom" / "models" / row["file"]


def _template_path(name: str) -> str:
    return str(resources.files("engineroom_resources").joinpath("chat_templates", name))


def _missing(searched: list[Path]) -> Problem:
    return Problem(code=Code.STARTER_MISSING, facts={"searched": ", ".join(map(str, searched))})


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
