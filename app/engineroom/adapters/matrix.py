"""The tables of what runs where, read from the bundled files."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib import resources

from engineroom.domain.planning.formats import GGUF_PRECISIONS
from engineroom.domain.planning.matrix import Architecture, Matrix, Names, Row, RuntimeRule, Version, version_of
from engineroom.domain.planning.support import SIXTEEN_BIT
from engineroom.domain.planning.values import Support

_GGUF_QUANTS = GGUF_PRECISIONS - SIXTEEN_BIT
"""What a cell means by ``gguf_quants``."""


@cache
def load_matrix() -> Matrix:
    """The bundled tables. Raises ValueError for a support state that does not exist."""
    architectures = {line["architecture"]: _architecture(line) for line in _lines("architectures.csv")}
    return Matrix(
        rows=tuple(_row(line) for line in _lines("precisions.csv")),
        architectures=architectures,
        gguf_architectures=frozenset(name for one in architectures.values() for name in one.llama_cpp),
        runtimes=tuple(_rule(line) for line in _lines("runtimes.csv")),
        losses=_losses("weights"),
        kv_losses=_losses("kv"),
    )


def _lines(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("engineroom_resources").joinpath(name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


def _losses(kind: str) -> dict[str, float]:
    lines = _lines("precision_losses.csv")
    return {line["precision"]: float(line["loss_percent"]) for line in lines if line["kind"] == kind}


def _row(line: dict[str, str]) -> Row:
    runtime = line["runtime"].partition("|")[0]
    return Row(
        kind=line["kind"],
        sm=(int(line["sm_low"]), int(line["sm_high"])),
        precisions=_names(line["precision"]),
        families=_names(line["layer_family"]),
        runtimes=_names(line["runtime"]),
        systems=_names(line["os"]),
        machines=_names(line["arch"]),
        weights=_names(line["weights"]),
        gpus=_names(line["gpus"]),
        version_low=_version(runtime, line["version_low"]),
        version_high=_version(runtime, line["version_high"]),
        calibrated=line["needs"] == "calibrated",
        support=Support(line["support"]),
        note=line["note"],
        source=line["source"],
        read_on=line["read_on"],
    )


def _names(text: str) -> Names:
    if text == "any":
        return Names()
    names = frozenset(text.removeprefix("!").split("|"))
    if "gguf_quants" in names:
        names = names - {"gguf_quants"} | _GGUF_QUANTS
    return Names(names=names, other=text.startswith("!"))


def _version(runtime: str, text: str) -> Version | None:
    return version_of(runtime, text) if text else None


def _architecture(line: dict[str, str]) -> Architecture:
    return Architecture(
        name=line["architecture"],
        tensorrt_llm=line["tensorrt_llm"],
        compiled=line["tensorrt_llm_compiled"] == "yes",
        llama_cpp=_split(line["llama_cpp"]),
        tensorrt_llm_modalities=_split(line["tensorrt_llm_modalities"]),
        llama_cpp_modalities=_split(line["llama_cpp_modalities"]),
        note=line["note"],
        source=line["source"],
        read_on=line["read_on"],
    )


def _rule(line: dict[str, str]) -> RuntimeRule:
    runtime = line["runtime"]
    return RuntimeRule(
        runtime=runtime,
        version_low=_version(runtime, line["version_low"]),
        version_high=_version(runtime, line["version_high"]),
        default_version=line["default_version"],
        driver_min=_version("", line["driver_min"]),
        cuda_min=_version("", line["cuda_min"]),
        listed_cards=frozenset(name.lower() for name in _split(line["listed_cards"])),
        note=line["note"],
        source=line["source"],
        read_on=line["read_on"],
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))
