"""What a quantiser has exported, held against what was asked of it: its own description, its tensors, its size."""

import contextlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engineroom.domain.errors import EngineroomError, FactValue
from engineroom.domain.model_card.from_config import card_from_config
from engineroom.domain.model_card.safetensors import TensorInfo, header_length, parse_header
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.parse_faults import fault

QUANT_CONFIG = "hf_quant_config.json"
MARGIN = 0.25
"""How far its size may be from what was expected: which layers stay as they are is the quantiser's to say."""

SAME_PARAMETERS = 0.02
"""How far the number of its parameters may be from that of the model."""


_PACKED = "U8"
"""Two weights of four bits in a byte, along one of a tensor's sides."""


def trouble_of(made: Path, precision: str, expects: Mapping[str, Any], source: Path) -> dict[str, FactValue] | None:
    """What is wrong with a checkpoint, as the facts of a reason; ``None`` where nothing is.

    Args:
        made: its folder.
        precision: that it shall have.
        expects: ``parameters`` and ``weight_bytes`` of the model at that precision, where they are known.
        source: folder of the model that was quantised.
    """
    try:
        tensors = _tensors(made)
        card = _card(made, tensors)
    except (OSError, ValueError, EngineroomError) as error:
        return fault("exported_unread", said=repr(error)[:400])
    found = None if card.quantisation is None else card.quantisation.precision
    if found != precision:
        return fault("exported_other" if found else "exported_plain", found=found, expected=precision)
    parameters, size = expects.get("parameters"), expects.get("weight_bytes")
    if parameters and abs(card.parameters_total / parameters - 1.0) > SAME_PARAMETERS:
        return fault("exported_parameters", found_count=card.parameters_total, count=parameters)
    if size and abs(card.weight_bytes / size - 1.0) > MARGIN:
        return fault("exported_size", size=card.weight_bytes, expected=size)
    return _misshapen(tensors, source)


def _misshapen(tensors: Sequence[TensorInfo], source: Path) -> dict[str, FactValue] | None:
    """Facts about a weight that has the name of one of the model, and cannot have come of it.

    Which are stored under other names, or together, is the quantiser's to say: their number was looked at.
    """
    shapes: dict[str, tuple[int, ...]] = {}
    with contextlib.suppress(OSError, ValueError, EngineroomError):
        shapes = {tensor.name: tensor.shape for tensor in _tensors(source)}
    for tensor in tensors:
        was = shapes.get(tensor.name, tensor.shape)
        if tensor.shape != was and not (tensor.dtype == _PACKED and tensor.shape in _halves(was)):
            return fault("exported_shape", name=tensor.name, found=str(list(tensor.shape)), expected=str(list(was)))
    return None


def _halves(shape: tuple[int, ...]) -> set[tuple[int, ...]]:
    """That shape with one side half as long.

    >>> sorted(_halves((4, 6)))
    [(2, 6), (4, 3)]
    """
    return {(*shape[:at], -(-side // 2), *shape[at + 1 :]) for at, side in enumerate(shape)}


def _tensors(folder: Path) -> list[TensorInfo]:
    """All that its safetensors files hold, by their headers. Raises OSError, ValueError, EngineroomError."""
    tensors: list[TensorInfo] = []
    for file in sorted(folder.glob("*.safetensors")):
        with file.open("rb") as stream:
            first = stream.read(8)
            first += stream.read(header_length(first, path=str(file)))
        tensors += parse_header(first, path=str(file), file_bytes=file.stat().st_size)
    return tensors


def _card(made: Path, tensors: Sequence[TensorInfo]) -> ModelCard:
    """Read from its own files. Raises OSError, ValueError, EngineroomError."""
    if not tensors:
        raise ValueError("there are no weights")
    config, quantised = (json.loads((made / name).read_text("utf-8")) for name in ("config.json", QUANT_CONFIG))
    return card_from_config(config, id=made.name, quantisation_config=quantised, tensors=tensors)
