"""Bytes per tensor class and format: from modules and bits, scaled to known file sizes, or summed exactly."""

from collections.abc import Iterable
from dataclasses import replace
from math import ceil

from engineroom.domain.model_card.parts import Part
from engineroom.domain.model_card.quantisation import Scheme
from engineroom.domain.model_card.values import TensorClass, Weights
from engineroom.domain.planning.formats import WEIGHT_BITS

NOT_TEXT = frozenset({TensorClass.VISION, TensorClass.AUDIO})
UNKNOWN_BITS = 16.0


def from_parts(parts: Iterable[Part], scheme: Scheme, base: str) -> tuple[Weights, ...]:
    """What the modules take, each in the format that ``scheme`` gives it."""
    sums: dict[tuple[TensorClass, str], int] = {}
    for part in parts:
        key = (part.tensor_class, scheme.format_of(part, base))
        sums[key] = sums.get(key, 0) + part.parameters
    return tuple(
        of_format(tensor_class, name, parameters) for (tensor_class, name), parameters in sums.items() if parameters
    )


def of_format(tensor_class: TensorClass, name: str, parameters: int) -> Weights:
    """``parameters`` numbers in a format of :data:`WEIGHT_BITS`, scales included."""
    return Weights(
        tensor_class=tensor_class,
        format=name,
        stored_bytes=ceil(parameters * WEIGHT_BITS.get(name, UNKNOWN_BITS) / 8),
        parameters=parameters,
    )


def scaled_to(weights: tuple[Weights, ...], total_bytes: int) -> tuple[Weights, ...]:
    """The same shares of another sum; the sum is exact."""
    estimated = sum(one.stored_bytes for one in weights)
    if not estimated:
        return weights
    scaled = [replace(one, stored_bytes=one.stored_bytes * total_bytes // estimated) for one in weights]
    largest = max(range(len(scaled)), key=lambda index: scaled[index].stored_bytes)
    left = total_bytes - sum(one.stored_bytes for one in scaled)
    scaled[largest] = replace(scaled[largest], stored_bytes=scaled[largest].stored_bytes + left)
    return tuple(scaled)


def merged(weights: Iterable[Weights]) -> tuple[Weights, ...]:
    """One entry per class and format."""
    sums: dict[tuple[TensorClass, str], tuple[int, int]] = {}
    for one in weights:
        stored, parameters = sums.get((one.tensor_class, one.format), (0, 0))
        sums[one.tensor_class, one.format] = (stored + one.stored_bytes, parameters + one.parameters)
    return tuple(
        Weights(tensor_class=key, format=name, stored_bytes=stored, parameters=parameters)
        for (key, name), (stored, parameters) in sums.items()
    )


def parameters_total(weights: Iterable[Weights]) -> int:
    """Every parameter but those of prediction layers."""
    return sum(one.parameters for one in weights if one.tensor_class is not TensorClass.PREDICTION)


def parameters_active(weights: Iterable[Weights], experts: int, per_token: int) -> int:
    """What one token passes through: of the experts its share, no vision and no audio."""
    active = 0
    for one in weights:
        if one.tensor_class in NOT_TEXT or one.tensor_class is TensorClass.PREDICTION:
            continue
        if one.tensor_class is TensorClass.EXPERTS and experts:
            active += one.parameters * per_token // experts
        else:
            active += one.parameters
    return active
