"""Embeddings and rankings: what is asked, and what comes back whatever the engine makes of it."""

import base64
import math
import struct

import pytest

from engineroom.domain.dialects.chunks import Untranslatable
from engineroom.domain.dialects.embeddings import (
    MOST_INPUTS,
    embeddings_answer,
    ranking_answer,
    read_embeddings,
    read_ranking,
)
from engineroom.domain.errors import Code, Rejected

VECTOR = [3.0, 4.0, 12.0]


def text_of(vector: list[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()


def engine(*vectors: object) -> dict[str, object]:
    rows = [{"index": index, "embedding": vector} for index, vector in enumerate(vectors)]
    return {"data": rows[::-1], "usage": {"prompt_tokens": 5}}


@pytest.mark.parametrize(
    ("given", "inputs"),
    [("a", ("a",)), (["a", "b"], ("a", "b")), ([1, 2], ([1, 2],)), ([[1, 2], [3]], ([1, 2], [3])), ("", ("",))],
)
def test_the_four_forms(given: object, inputs: tuple[object, ...]) -> None:
    asked = read_embeddings({"model": "m", "input": given})
    assert asked.inputs == inputs
    assert asked.engine_body == {"input": list(inputs), "encoding_format": "base64"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"input": []}, {"input": [[]]}, {"input": [True]}, {"input": [-1]}, {"input": ["a", [1]]}, {"input": 1},
        {"input": ["a"] * (MOST_INPUTS + 1)}, {"encoding_format": "int8"}, {"dimensions": 0}, {"dimensions": "8"},
        {"model": None},
    ],
)  # fmt: skip
def test_anything_else_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Rejected) as refused:
        read_embeddings({"model": "m", "input": "a", **wrong})
    assert refused.value.code == Code.INVALID_REQUEST


@pytest.mark.parametrize("sent", [VECTOR, text_of(VECTOR)])
def test_vectors_in_the_order_of_the_inputs(sent: object) -> None:
    asked = read_embeddings({"model": "m", "input": ["a", "b"]})
    answer = embeddings_answer(asked, engine([1.0, 0.0, 0.0], sent), model="m")
    assert [row["embedding"] for row in answer["data"]] == [[1.0, 0.0, 0.0], VECTOR]
    assert answer["usage"] == {"prompt_tokens": 5, "total_tokens": 5}


def test_fewer_dimensions_keep_the_length() -> None:
    asked = read_embeddings({"model": "m", "input": "a", "dimensions": 2, "encoding_format": "base64"})
    (row,) = embeddings_answer(asked, engine(VECTOR), model="m")["data"]
    assert row["embedding"] == text_of([0.6, 0.8])
    assert math.hypot(0.6, 0.8) == pytest.approx(1)
    too_many = read_embeddings({"model": "m", "input": "a", "dimensions": 4})
    with pytest.raises(Rejected):
        embeddings_answer(too_many, engine(VECTOR), model="m")
    zero = read_embeddings({"model": "m", "input": "a", "dimensions": 1})
    assert embeddings_answer(zero, engine([0.0, 1.0]), model="m")["data"][0]["embedding"] == [0.0]


@pytest.mark.parametrize(
    "tree",
    [{}, {"data": []}, engine(VECTOR, VECTOR), engine(None), engine("no base64!"), engine(text_of(VECTOR)[:5]),
     {"data": [{"embedding": VECTOR}]}, {"data": [1]}],
)  # fmt: skip
def test_an_engine_that_talks_nonsense(tree: dict[str, object]) -> None:
    with pytest.raises(Untranslatable):
        embeddings_answer(read_embeddings({"model": "m", "input": "a"}), tree, model="m")


def test_a_ranking_is_put_in_order_and_cut() -> None:
    asked = read_ranking({"model": "m", "query": "q", "documents": ["a", {"text": "b"}], "return_documents": True})
    rows = [{"index": 0, "relevance_score": -1}, {"index": 1, "relevance_score": 2.5}]
    told = {"results": rows, "usage": {"prompt_tokens": 9}}
    answer = ranking_answer(asked, told, model="m")
    assert answer["results"][0] == {"index": 1, "relevance_score": 2.5, "document": {"text": "b"}}
    assert [row["index"] for row in answer["results"]] == [1, 0]
    one = read_ranking({"model": "m", "query": "q", "documents": ["a", "b"], "top_n": 1})
    assert ranking_answer(one, told, model="m")["results"] == [{"index": 1, "relevance_score": 2.5}]
    for nonsense in ({}, {"results": [{"index": 5, "relevance_score": 1}]}, {"results": [{"index": "x"}]}):
        with pytest.raises(Untranslatable):
            ranking_answer(asked, nonsense, model="m")


@pytest.mark.parametrize("wrong", [{"documents": "a"}, {"documents": [{"title": "a"}]}, {"query": 1}, {"top_n": 0}])
def test_a_ranking_of_nothing_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Rejected):
        read_ranking({"model": "m", "query": "q", "documents": ["a"], **wrong})
