"""Requests for embeddings and rankings, and their answers."""

import base64
import binascii
import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engineroom.domain.dialects import fields
from engineroom.domain.dialects.chunks import Json, Untranslatable
from engineroom.domain.errors import Code, Rejected

MOST_INPUTS = 2048
_FORMATS = ("float", "base64")
_FOUR_BYTES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingsRequest:
    """What was asked. ``inputs`` are texts, or lists of token ids; ``dimensions`` ``None`` is the model's own."""

    model: str
    inputs: tuple[str | list[int], ...]
    as_text: bool
    dimensions: int | None

    @property
    def engine_body(self) -> Json:
        """For the engine, without a model. Vectors travel as base64: they come faster, and exactly."""
        return {"input": list(self.inputs), "encoding_format": "base64"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingRequest:
    """What was asked. ``texts`` are the documents."""

    model: str
    query: str
    texts: tuple[str, ...]
    top: int
    with_documents: bool

    @property
    def engine_body(self) -> Json:
        """For the engine, without a model."""
        return {"query": self.query, "documents": list(self.texts), "top_n": len(self.texts)}


def read_embeddings(tree: Json) -> EmbeddingsRequest:
    """Understand a request of ``/v1/embeddings``. Raises Rejected (``invalid_request``)."""
    form = fields.text(tree, "encoding_format") or "float"
    if form not in _FORMATS:
        raise fields.wrong("encoding_format", "float or base64")
    return EmbeddingsRequest(
        model=fields.needed_text(tree, "model"),
        inputs=_inputs(tree.get("input")),
        as_text=form == "base64",
        dimensions=fields.count(tree, "dimensions"),
    )


def _inputs(value: object) -> tuple[str | list[int], ...]:
    """One text, several, the tokens of one, the tokens of several."""
    rows = [value] if isinstance(value, str) or _are_tokens(value) else value
    if not isinstance(rows, list) or not rows or len(rows) > MOST_INPUTS:
        raise fields.wrong("input", f"a text, token ids, or a list of 1 to {MOST_INPUTS} of one of them")
    if not (all(isinstance(row, str) for row in rows) or all(_are_tokens(row) for row in rows)):
        raise fields.wrong("input", "texts only or token ids only, none of them empty")
    return tuple(rows)


def _are_tokens(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(type(item) is int and item >= 0 for item in value)


def embeddings_answer(asked: EmbeddingsRequest, tree: Mapping[str, Any], *, model: str) -> Json:
    """The answer of ``/v1/embeddings`` out of the engine's.

    Raises:
        Untranslatable: the engine's answer is not one.
        Rejected: more dimensions were asked for than the model has.
    """
    vectors = vectors_of(tree, len(asked.inputs), asked.dimensions)
    rows = [
        {"object": "embedding", "index": index, "embedding": _as_text(vector) if asked.as_text else vector}
        for index, vector in enumerate(vectors)
    ]
    return {"object": "list", "data": rows, "model": model, "usage": _usage(tree)}


def vectors_of(tree: Mapping[str, Any], count: int, dimensions: int | None) -> list[list[float]]:
    """The vectors in an engine's answer, in the order of the inputs. Raises as :func:`embeddings_answer`."""
    data = tree.get("data")
    if not isinstance(data, list) or len(data) != count:
        raise Untranslatable("not one vector for each input")
    try:
        ordered = sorted(data, key=lambda row: row["index"])
        return [_cut(_vector(row["embedding"]), dimensions) for row in ordered]
    except (KeyError, TypeError, binascii.Error, struct.error) as error:
        raise Untranslatable("a vector that cannot be read") from error


def first_tokens(whole: list[int], plain: list[int], most: int) -> list[int]:
    """The beginning of a text, with the marks that the model puts around it.

    Args:
        whole: all tokens, with the marks.
        plain: the same without them.
        most: how many tokens are wanted.

    >>> first_tokens([1, 5, 6, 7, 8, 2], [5, 6, 7, 8], 4)
    [1, 5, 6, 2]
    """
    marks = len(whole) - len(plain)
    for before in range(marks + 1):
        if whole[before : before + len(plain)] == plain:
            return [*whole[:before], *plain[: most - marks], *whole[before + len(plain) :]]
    return whole[:most]


def _vector(value: object) -> list[float]:
    if isinstance(value, str):
        data = base64.b64decode(value, validate=True)
        return list(struct.unpack(f"<{len(data) // _FOUR_BYTES}f", data))
    if isinstance(value, list):
        return [float(one) for one in value]
    raise Untranslatable("a vector that cannot be read")


def _cut(vector: list[float], dimensions: int | None) -> list[float]:
    """The first dimensions, of length 1 again: models trained for it keep the most important in front."""
    if dimensions is None or dimensions == len(vector):
        return vector
    if dimensions > len(vector):
        raise Rejected(Code.INVALID_REQUEST, reason=f"'dimensions' may be at most {len(vector)} with this model")
    kept = vector[:dimensions]
    length = math.hypot(*kept)
    return [value / length for value in kept] if length else kept


def _as_text(vector: Sequence[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()


def read_ranking(tree: Json) -> RankingRequest:
    """Understand a request of ``/v1/rerank``. Raises Rejected (``invalid_request``)."""
    documents = tree.get("documents")
    if not isinstance(documents, list) or not documents or len(documents) > MOST_INPUTS:
        raise fields.wrong("documents", f"a list of 1 to {MOST_INPUTS} texts")
    found = [row.get("text") if isinstance(row, dict) else row for row in documents]
    texts = tuple(text for text in found if isinstance(text, str))
    if len(texts) < len(found):
        raise fields.wrong("documents", "a list of texts, or of objects with a text")
    return RankingRequest(
        model=fields.needed_text(tree, "model"),
        query=fields.needed_text(tree, "query"),
        texts=texts,
        top=min(fields.count(tree, "top_n") or len(texts), len(texts)),
        with_documents=bool(fields.flag(tree, "return_documents")),
    )


def ranking_answer(asked: RankingRequest, tree: Mapping[str, Any], *, model: str) -> Json:
    """The answer of ``/v1/rerank``, best first. Raises Untranslatable."""
    try:
        scored = [(int(row["index"]), float(row["relevance_score"])) for row in tree["results"]]
        rows = [_ranked(asked, index, score) for index, score in scored]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise Untranslatable("a ranking that cannot be read") from error
    rows.sort(key=lambda row: (-row["relevance_score"], row["index"]))
    return {"object": "list", "model": model, "results": rows[: asked.top], "usage": _usage(tree)}


def _ranked(asked: RankingRequest, index: int, score: float) -> Json:
    row: Json = {"index": index, "relevance_score": score}
    return row | {"document": {"text": asked.texts[index]}} if asked.with_documents else row


def _usage(tree: Mapping[str, Any]) -> Json:
    usage = tree.get("usage")
    tokens = usage.get("prompt_tokens") if isinstance(usage, dict) else None
    return {"prompt_tokens": tokens, "total_tokens": tokens}
