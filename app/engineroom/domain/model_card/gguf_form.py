"""A checkpoint as the GGUF file that is made of it without choosing another precision."""

from dataclasses import replace

from engineroom.domain.model_card.values import ModelCard, Origin, TensorClass
from engineroom.domain.model_card.weights import merged, of_format

_SMALL = frozenset({TensorClass.NORM, TensorClass.ROUTER, TensorClass.OTHER})
_SIXTEEN_BIT = ("bf16", "f16")


def as_gguf(card: ModelCard) -> ModelCard:
    """The card of that file; a GGUF file's own card is itself.

    What is 16-bit stays so.  Published GGUF files of MXFP4 checkpoints (gpt-oss by ggml-org) keep the experts as they
    are and store the large rest in Q8_0: a token of gpt-oss-20b then reads 2.56 GB instead of 3.71.
    """
    if card.file_format == "gguf":
        return card
    weights = card.weights
    if any(one.format == "mxfp4" for one in weights):
        weights = merged(
            of_format(one.tensor_class, "q8_0", one.parameters)
            if one.format in _SIXTEEN_BIT and one.tensor_class not in _SMALL
            else one
            for one in weights
        )
    return replace(card, file_format="gguf", weights=weights, weights_origin=Origin.CONFIG)
