"""Bytes of the weights on each GPU, by how a runtime lays them out.

TensorRT-LLM splits matrices by columns or rows over its tensor-parallel ranks and repeats what has no such dimension;
llama.cpp puts whole layers on cards, the output on the last one, and leaves the table of embeddings to the processor.
"""

from math import ceil

from engineroom.domain.model_card.values import ModelCard, Origin, TensorClass, Weights
from engineroom.domain.planning.kv import Bounds
from engineroom.domain.planning.values import Runtime

SPREAD = {Origin.HEADERS: 0.01, Origin.FILE_SIZES: 0.01, Origin.MEASURED: 0.01}
"""Relative error of the weights by where their sizes come from; 5 % where they were computed from a configuration."""

_SPREAD_ELSE = 0.05

REPLICATION = 0.014
"""What an engine that repeats embeddings needs more per GPU: measured with a 14 B model on two cards."""

_REPEATED = frozenset({TensorClass.NORM, TensorClass.ROUTER})
_SOMETIMES_REPEATED = frozenset({TensorClass.VISION, TensorClass.AUDIO})

MXFP4_TILE = 128
"""TensorRT-LLM pads both sides of an MXFP4 expert to whole tiles: gpt-oss's 2880 become 2944, +4.5 %.

The log of gpt-oss-120b on a GB10 says 63.32 GiB for 65.25 GB of files; this is what lies between.
"""


def weight_bytes_per_gpu(card: ModelCard, gpus: int, runtime: Runtime) -> Bounds:
    """Low, expected and high bytes on the fullest of ``gpus`` cards.

    Layers that predict several tokens are loaded for speculative decoding only: they are in the high bound alone, as
    are the copies of a vision or audio tower, which TensorRT-LLM splits for some models and repeats for others.
    """
    served = [part for part in card.weights if part.tensor_class is not TensorClass.PREDICTION]
    unused = sum(part.stored_bytes for part in card.weights) - sum(part.stored_bytes for part in served)
    if runtime is Runtime.LLAMA_CPP:
        expected, spare = _layer_split(card, served, gpus), unused
    else:
        towers = sum(part.stored_bytes for part in served if part.tensor_class in _SOMETIMES_REPEATED)
        expected, spare = _tensor_split(card, served, gpus), ceil(unused / gpus) + towers - towers // gpus
    spread = SPREAD.get(card.weights_origin, _SPREAD_ELSE)
    more = spread + (REPLICATION if gpus > 1 and runtime is Runtime.TENSORRT_LLM else 0.0)
    return int(expected * (1 - spread)), expected, ceil(expected * (1 + more)) + spare


def _tensor_split(card: ModelCard, parts: list[Weights], gpus: int) -> int:
    repeated = sum(part.stored_bytes for part in parts if part.tensor_class in _REPEATED)
    split = sum(_padded(card, part) for part in parts if part.tensor_class not in _REPEATED)
    return repeated + ceil(split / gpus)


def _padded(card: ModelCard, part: Weights) -> int:
    """Stored bytes, with what padding to whole tiles adds to MXFP4 experts."""
    experts = card.experts
    if part.tensor_class is not TensorClass.EXPERTS or part.format != "mxfp4" or experts is None:
        return part.stored_bytes
    matrices = experts.count * experts.layers * 3 * card.hidden_size
    if not matrices:
        return part.stored_bytes
    # The biases are among the parameters; blocks of 32 say where the true width is.
    width = max(round(part.parameters / matrices / 32) * 32, 32)
    return ceil(part.stored_bytes * _tiled(width) / width * _tiled(card.hidden_size) / card.hidden_size)


def _tiled(size: int) -> int:
    return -(-size // MXFP4_TILE) * MXFP4_TILE


def _layer_split(card: ModelCard, parts: list[Weights], gpus: int) -> int:
    """llama.cpp: the fuller of a card with only layers and the last one, which has the output too."""
    by_class: dict[TensorClass, int] = {}
    for part in parts:
        by_class[part.tensor_class] = by_class.get(part.tensor_class, 0) + part.stored_bytes
    embedding = by_class.pop(TensorClass.EMBEDDING, 0)
    output = by_class.pop(TensorClass.OUTPUT, 0) or embedding
    layers = sum(by_class.values())
    if gpus == 1 or not card.layer_count:
        return layers + output
    places = card.layer_count + 1
    most, last = min(ceil(places / gpus), card.layer_count), max(places // gpus - 1, 0)
    first_bytes = ceil(layers * most / card.layer_count)
    return max(first_bytes, ceil(layers * last / card.layer_count) + output)


def host_weight_bytes(card: ModelCard, runtime: Runtime) -> int:
    """Weights that stay in the computer's memory: llama.cpp's table of embeddings."""
    if runtime is not Runtime.LLAMA_CPP:
        return 0
    return sum(part.stored_bytes for part in card.weights if part.tensor_class is TensorClass.EMBEDDING)
