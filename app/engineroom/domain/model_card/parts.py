"""The pieces a model is computed from: weight matrices with a name, a class and a size."""

from dataclasses import dataclass

from engineroom.domain.model_card.families import Family
from engineroom.domain.model_card.reading import Facts
from engineroom.domain.model_card.values import Attention, RecurrentState, TensorClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """``parameters`` of the module ``name``. ``linear`` marks the matrices that a quantiser touches."""

    name: str
    tensor_class: TensorClass
    parameters: int
    linear: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer: what it keeps and what it is made of. ``width`` is the widest MLP that one token passes through."""

    attention: Attention | None = None
    state: RecurrentState | None = None
    routed: bool = False
    width: int = 0
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Dimensions every layer shares."""

    facts: Facts
    family: Family
    layers: int
    hidden: int
    vocabulary: int
    heads: int
    kv_heads: int
    head_dim: int


def small(name: str, parameters: int, tensor_class: TensorClass = TensorClass.NORM) -> Part:
    """A vector: never quantised."""
    return Part(name=name, tensor_class=tensor_class, parameters=parameters, linear=False)


def norm(shape: Shape, name: str, count: int = 1) -> Part:
    """``count`` norms over the hidden size."""
    return small(name, count * shape.hidden * (2 if shape.family.norm_bias else 1))
