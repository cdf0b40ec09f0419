"""The bundled catalogue of models: tables of facts, read once, and the cards they give."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from itertools import chain, cycle, islice
from typing import Any

from engineroom.domain.catalogue import CatalogueEntry, Checkpoint, Found, NameIndex
from engineroom.domain.model_card.from_config import card_from_config
from engineroom.domain.model_card.requantise import as_precision
from engineroom.domain.model_card.values import LayerGroup, ModelCard, Origin, Quantisation, TensorClass, Weights
from engineroom.domain.model_card.weights import of_format

_NOT_IN_GGUF = frozenset({TensorClass.VISION, TensorClass.AUDIO, TensorClass.PREDICTION})


class Catalogue:
    """Entries by publisher and id, and cards made when they are first asked for."""

    def __init__(self, entries: tuple[CatalogueEntry, ...]) -> None:
        self._entries = entries
        self._index = NameIndex(entries)
        self._cards: dict[tuple[str, Checkpoint], ModelCard] = {}

    def entries(self) -> tuple[CatalogueEntry, ...]:
        """All of them."""
        return self._entries

    def find(self, name: str) -> Found | None:
        """The entry, or the one checkpoint of it, that a name means."""
        return self._index.find(name)

    def nearest(self, name: str) -> tuple[str, ...]:
        """Ids that look like it."""
        return self._index.nearest(name)

    def cards(self, entry: CatalogueEntry, checkpoints: Iterable[Checkpoint]) -> tuple[ModelCard, ...]:
        """Cards of these of its checkpoints; sizes are computed from the configuration."""
        return tuple(self._card(entry, one) for one in checkpoints)

    def _card(self, entry: CatalogueEntry, checkpoint: Checkpoint) -> ModelCard:
        key = (entry.id, checkpoint)
        if key not in self._cards:
            own = entry.checkpoints[0]
            made = own_card(entry) if checkpoint is own else sibling_card(entry, self._card(entry, own), checkpoint)
            self._cards[key] = made
        return self._cards[key]


@cache
def load_catalogue() -> Catalogue:
    """The bundled one."""
    folder = resources.files("engineroom_resources").joinpath("catalogue")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    rows = chain.from_iterable(tomllib.loads(file.read_text("utf-8"))["model"] for file in files)
    return Catalogue(tuple(entry_of(row) for row in rows))


def entry_of(row: Mapping[str, Any]) -> CatalogueEntry:
    """One row of a table."""
    return CatalogueEntry(
        id=row["id"],
        repo=row["repo"],
        name=row["name"],
        publisher=row["publisher"],
        licence=row["licence"],
        released=row["released"],
        uses=tuple(row["uses"]),
        parameters=row["parameters"],
        parameters_active=row.get("parameters_active"),
        checkpoints=_checkpoints(row),
        config=_config(row),
        source=row["source"],
        basis=row["basis"],
        read_on=str(row["read_on"]),
        short_names=tuple(row.get("short_names", ())),
        gated=row.get("gated", False),
        starter=row.get("starter", False),
        remote_code=row.get("remote_code", False),
        encoder=row.get("encoder", False),
        listed=row.get("listed", True),
        tool_parsers=row.get("tool_parsers", {}),
        reasoning_parsers=row.get("reasoning_parsers", {}),
    )


def _checkpoints(row: Mapping[str, Any]) -> tuple[Checkpoint, ...]:
    own = Checkpoint(repo=row["repo"], precision=row.get("precision", "bf16"))
    ready = (
        Checkpoint(repo=one["repo"], precision=one["precision"], formats=tuple(one.get("formats", {}).items()))
        for one in row.get("checkpoints", ())
    )
    gguf = row.get("gguf", {"repo": "", "types": ()})
    files = (Checkpoint(repo=gguf["repo"], precision=kind, file_format="gguf") for kind in gguf["types"])
    return (own, *ready, *files)


def _config(row: Mapping[str, Any]) -> dict[str, object]:
    """The configuration, its repeating patterns written out."""
    config: dict[str, Any] = {**row["config"]}
    text = config
    if "text_config" in config:
        text = config["text_config"] = {**config["text_config"]}
    if "layer_pattern" in row:
        period = _repeated(row["layer_pattern"])
        text["layer_types"] = list(islice(cycle(period), text["num_hidden_layers"]))
    if "block_pattern" in row:
        text["block_configs"] = [_block(code) for code in _repeated(row["block_pattern"])]
    return config


def _repeated(pattern: list[str]) -> list[str]:
    """``["5*a", "1*b"]`` written out."""
    parts = (part.partition("*") for part in pattern)
    return [name for times, _, name in parts for _ in range(int(times))]


def _block(code: str) -> dict[str, dict[str, object]]:
    """A searched architecture's block: ``A`` (eight heads to a group) or ``-`` (no attention), and its MLP's factor."""
    has_attention = code.startswith("A")
    return {
        "attention": {"no_op": not has_attention, "n_heads_in_group": 8 if has_attention else None},
        "ffn": {"no_op": False, "ffn_mult": float(code[1:])},
    }


def own_card(entry: CatalogueEntry) -> ModelCard:
    """The card of the publisher's own checkpoint: exact in its layers, its sizes computed."""
    if entry.encoder:
        return _encoder(entry)
    card = card_from_config(entry.config, id=entry.repo, name=entry.name, licence=entry.licence, gated=entry.gated)
    return replace(card, remote_code=card.remote_code or entry.remote_code)


def sibling_card(entry: CatalogueEntry, own: ModelCard, checkpoint: Checkpoint) -> ModelCard:
    """The card of another checkpoint of the same model."""
    gguf = checkpoint.file_format == "gguf"
    card = as_precision(own, checkpoint.precision)
    for name, format_ in checkpoint.formats:
        card = replace(card, weights=_with_format(card.weights, TensorClass(name), format_))
    if gguf and card.file_format != "gguf":
        card = _in_gguf(card, checkpoint.precision)
    kv_format = "fp8" if checkpoint.repo.startswith("nvidia/") else None
    quantisation = card.quantisation
    if quantisation is not None and kv_format is not None:
        quantisation = replace(quantisation, kv_format=kv_format)
    return replace(
        card,
        id=checkpoint.repo,
        quantisation=quantisation,
        gated=own.gated if checkpoint.repo == entry.repo else False,
    )


def _with_format(weights: tuple[Weights, ...], one: TensorClass, format_: str) -> tuple[Weights, ...]:
    return tuple(
        of_format(part.tensor_class, format_, part.parameters) if part.tensor_class is one else part for part in weights
    )


def _in_gguf(card: ModelCard, precision: str) -> ModelCard:
    """Plain and MXFP4 files, whose mixture is no mixture: MXFP4 experts, and everything else Q8_0."""
    weights = tuple(part for part in card.weights if part.tensor_class not in _NOT_IN_GGUF)
    quantisation = None
    if precision == "mxfp4":
        quantisation = Quantisation(method="gguf", precision=precision, recognised=False)
        for one in {part.tensor_class for part in weights} - {TensorClass.EXPERTS, TensorClass.NORM}:
            weights = _with_format(weights, one, "q8_0")
    return replace(card, file_format="gguf", weights=weights, quantisation=quantisation, modalities=card.modalities[:1])


def _encoder(entry: CatalogueEntry) -> ModelCard:
    """A model that reads a text once and keeps no cache: its layers have no part in the bill but their weights."""
    config: dict[str, Any] = dict(entry.config)
    hidden, vocabulary = config["hidden_size"], config["vocab_size"]
    table = of_format(TensorClass.EMBEDDING, "f16", vocabulary * hidden)
    rest = of_format(TensorClass.MLP, "f16", entry.parameters - table.parameters)
    return ModelCard(
        id=entry.repo,
        architecture=config["architectures"][0],
        file_format="safetensors",
        layers=(LayerGroup(count=config["num_hidden_layers"]),),
        hidden_size=hidden,
        vocabulary=vocabulary,
        intermediate_size=config["intermediate_size"],
        weights=(table, rest),
        weights_origin=Origin.CATALOGUE,
        parameters_total=entry.parameters,
        parameters_active=entry.parameters,
        tied_embeddings=True,
        native_context=config["max_position_embeddings"],
        name=entry.name,
        licence=entry.licence,
        gated=entry.gated,
        remote_code=entry.remote_code,
    )
