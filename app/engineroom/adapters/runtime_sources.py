"""The table of where runtimes come from, with what the environment puts in its place."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from typing import Any

from engineroom.domain.planning.matrix import version_of
from engineroom.domain.runtimes.recipe import Source
from engineroom.domain.runtimes.values import TENSORRT_LLM

_STAND_INS = {
    "torch_index": "ENGINEROOM_TORCH_INDEX",
    "package_index": "ENGINEROOM_PACKAGE_INDEX",
    "image": "ENGINEROOM_RUNTIME_IMAGE",
    "python": "ENGINEROOM_RUNTIME_PYTHON",
}


def load_sources(environment: Mapping[str, str] | None = None) -> tuple[Source, ...]:
    """The bundled table; ``environment`` is that of the process where none is given."""
    variables = os.environ if environment is None else environment
    given = {key: variables[name] for key, name in _STAND_INS.items() if variables.get(name)}
    text = resources.files("engineroom_resources").joinpath("runtime_sources.toml").read_text("utf-8")
    return tuple(_with(_source(row), given) for row in tomllib.loads(text)["source"])


def _with(source: Source, given: dict[str, str]) -> Source:
    return replace(source, **given)  # type: ignore[arg-type]


def _source(row: dict[str, Any]) -> Source:
    low, high = (version_of(TENSORRT_LLM, row.pop(key)) for key in ("version_low", "version_high"))
    return Source(version_low=low, version_high=high, read_on=str(row.pop("read_on")), **row)
