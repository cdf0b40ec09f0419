"""Models that embed, rank and fill gaps, served by the real llama.cpp, asked by the official client."""

import base64
import math
import struct
from collections.abc import Iterator

import httpx2
import openai
import pytest

from e2e.tiny_room import CHAT, CODE, CONTEXT, EMBED, RANK, tiny_room
from engine_room import STARTER, EngineRoomProcess, json_of, until
from fakes.tiny_bert_gguf import CONTEXT as EMBED_CONTEXT
from fakes.tiny_bert_gguf import HIDDEN

HELLO = [{"role": "user", "content": "hello"}]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    with tiny_room(tmp_path_factory.mktemp("tiny")) as room:
        yield room


@pytest.fixture
def asker(tiny: EngineRoomProcess) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{tiny.connection().address}/v1", api_key="none", max_retries=0) as client:
        yield client


@pytest.fixture
def plain(tiny: EngineRoomProcess) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=tiny.connection().address, timeout=60) as client:
        yield client


def test_models_tell_what_they_can_do_before_they_are_loaded(asker: openai.OpenAI) -> None:
    models = {model.id: model for model in asker.models.list()}
    assert set(models) == {STARTER, CHAT, CODE, EMBED, RANK}
    able = {name: model.capabilities for name, model in models.items()}  # type: ignore[attr-defined]
    assert able == {
        STARTER: ["completion", "chat"],
        CHAT: ["completion", "chat", "tools"],
        CODE: ["completion", "chat", "insert"],
        EMBED: ["embedding"],
        RANK: ["rerank"],
    }
    one = asker.models.retrieve(CHAT)
    told = one.model_dump()
    assert (one.id, told["context_length"], told["context_limit"], told["aliases"]) == (
        CHAT, CONTEXT, "settings", ["default"],
    )  # fmt: skip
    assert asker.models.retrieve("default").id == CHAT
    short = asker.models.retrieve(EMBED).model_dump()
    assert (short["context_length"], short["context_limit"]) == (EMBED_CONTEXT, "model")
    with pytest.raises(openai.NotFoundError):
        asker.models.retrieve("tiny/nothing")


def test_embeddings_take_four_forms_and_give_two(asker: openai.OpenAI) -> None:
    def vectors(given: object, **more: object) -> list[list[float]]:
        answer = asker.embeddings.create(model=EMBED, input=given, **more)  # type: ignore[arg-type,call-overload]
        assert [row.index for row in answer.data] == list(range(len(answer.data)))
        assert answer.usage.prompt_tokens == answer.usage.total_tokens > 0
        return [row.embedding for row in answer.data]

    (alone,) = vectors("abc")
    assert len(alone) == HIDDEN
    assert math.hypot(*alone) == pytest.approx(1.0, abs=1e-5)
    assert vectors(["abc", "b"])[0] == pytest.approx(alone, abs=1e-6)
    (tokens,) = vectors([5, 6, 7])
    assert vectors([[5, 6, 7], [8]])[0] == pytest.approx(tokens, abs=1e-6)
    assert vectors("abc", encoding_format="float")[0] == pytest.approx(alone, abs=1e-6)
    raw = asker.embeddings.with_raw_response.create(model=EMBED, input="abc", encoding_format="base64")
    text = raw.http_response.json()["data"][0]["embedding"]
    assert struct.unpack(f"<{HIDDEN}f", base64.b64decode(text)) == pytest.approx(alone, abs=1e-6)
    (short,) = vectors("abc", dimensions=8)
    length = math.hypot(*alone[:8])
    assert short == pytest.approx([value / length for value in alone[:8]], abs=1e-6)


@pytest.mark.parametrize("given", ["", [], [[]], [1.5], ["a", [1]], [["a"]], {"a": 1}, None, [-1]])
def test_embeddings_of_nothing_are_refused(plain: httpx2.Client, given: object) -> None:
    answer = plain.post("/v1/embeddings", json={"model": EMBED, "input": given})
    if given == "":
        assert answer.json()["data"], "an empty text still has its marks"
        return
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "invalid_request"


def test_what_is_too_long_for_a_vector_is_refused_with_both_numbers(asker: openai.OpenAI) -> None:
    exact = "a" * (EMBED_CONTEXT - 2)
    assert asker.embeddings.create(model=EMBED, input=exact).usage.prompt_tokens == EMBED_CONTEXT
    with pytest.raises(openai.BadRequestError) as refused:
        asker.embeddings.create(model=EMBED, input=exact + "a")
    assert refused.value.code == "context_length_exceeded"
    assert str(EMBED_CONTEXT) in refused.value.message
    assert str(EMBED_CONTEXT + 1) in refused.value.message


def test_documents_are_ranked_best_first(plain: httpx2.Client) -> None:
    asked = {"model": RANK, "query": "abc", "documents": ["a", {"text": "b c"}, "zzz"]}
    answer = plain.post("/v1/rerank", json={**asked, "return_documents": True}).json()
    scores = [row["relevance_score"] for row in answer["results"]]
    assert scores == sorted(scores, reverse=True)
    assert sorted(row["index"] for row in answer["results"]) == [0, 1, 2]
    texts = {row["index"]: row["document"]["text"] for row in answer["results"]}
    assert texts == {0: "a", 1: "b c", 2: "zzz"}
    assert answer["usage"]["total_tokens"] > 0
    best = plain.post("/v1/rerank", json={**asked, "top_n": 1}).json()["results"]
    assert best == [{key: value for key, value in answer["results"][0].items() if key != "document"}]
    for wrong in ({"documents": []}, {"documents": [1]}, {"documents": ["a"], "query": ""}):
        assert plain.post("/v1/rerank", json={**asked, **wrong}).status_code == 400


@pytest.mark.parametrize(
    ("route", "asked", "words"),
    [
        ("/v1/chat/completions", {"model": EMBED, "messages": HELLO}, "made for embeddings, not for text"),
        ("/v1/completions", {"model": RANK, "prompt": "a"}, "made for ranking, not for text"),
        ("/v1/responses", {"model": EMBED, "input": "a"}, "made for embeddings"),
        ("/v1/messages", {"model": EMBED, "messages": HELLO, "max_tokens": 3}, "made for embeddings"),
        ("/v1/embeddings", {"model": CHAT, "input": "a"}, "made for text, not for embeddings"),
        ("/v1/rerank", {"model": EMBED, "query": "a", "documents": ["a"]}, "not for ranking"),
    ],
)
def test_a_model_is_not_asked_for_what_it_cannot(
    plain: httpx2.Client, route: str, asked: dict[str, object], words: str
) -> None:
    answer = plain.post(route, json=asked)
    assert answer.status_code == 400
    assert words in answer.json()["error"]["message"]
    assert "/v1/models" in answer.json()["error"]["message"]


def test_a_gap_is_filled_by_models_that_can(asker: openai.OpenAI, plain: httpx2.Client) -> None:
    def words(**more: object) -> list[int]:
        return plain.post("/tokenize", json={"model": CODE, **more}).json()["tokens"]

    asked = {"prompt": "abc", "suffix": "def", "max_tokens": 3, "temperature": 0}
    answer = asker.completions.create(model=CODE, **asked)  # type: ignore[call-overload]
    spelled = "<|fim_prefix|>abc<|fim_suffix|>def<|fim_middle|>"
    assert answer.usage.prompt_tokens == len(words(content=spelled, add_special=True))
    assert answer.choices[0].text
    chunks = list(asker.completions.create(model=CODE, **asked, stream=True))  # type: ignore[call-overload]
    assert "".join(chunk.choices[0].text for chunk in chunks) == answer.choices[0].text
    assert asker.completions.create(model=CHAT, prompt="abc", suffix="", max_tokens=1).choices
    with pytest.raises(openai.BadRequestError) as refused:
        asker.completions.create(model=CHAT, **asked)  # type: ignore[call-overload]
    assert refused.value.code == "fim_not_supported"


def test_tokens_there_and_back(plain: httpx2.Client, asker: openai.OpenAI) -> None:
    told = plain.post("/tokenize", json={"model": CHAT, "content": "hello"}).json()
    assert (told["count"], told["max_model_len"]) == (len(told["tokens"]), CONTEXT)
    back = plain.post("/detokenize", json={"model": CHAT, "tokens": told["tokens"]}).json()
    assert back["content"] == back["prompt"] == " hello"
    with_bos = plain.post("/tokenize", json={"prompt": "hello"}).json()
    assert with_bos["tokens"] == [1, *told["tokens"]]
    chat = plain.post("/tokenize", json={"model": CHAT, "messages": HELLO}).json()
    answered = asker.chat.completions.create(model=CHAT, messages=HELLO, max_tokens=1)  # type: ignore[arg-type]
    assert chat["count"] == answered.usage.prompt_tokens  # type: ignore[union-attr]
    assert plain.post("/tokenize", json={"model": EMBED, "content": "hello"}).json()["count"] == 5
    for wrong in ({}, {"content": 1}, {"content": "a", "add_special": "yes"}):
        assert plain.post("/tokenize", json=wrong).status_code == 400
    assert plain.post("/detokenize", json={"tokens": ["a"]}).status_code == 400


def test_keys_open_these_routes_by_their_group(tiny: EngineRoomProcess, plain: httpx2.Client) -> None:
    made = json_of(tiny.cli("keys", "create", "vectors", "--routes", "embeddings", "--models", EMBED, "--json"))
    good = {"authorization": f"Bearer {made['key']}"}
    asked = {"model": EMBED, "input": "a"}
    assert plain.post("/v1/embeddings", json=asked, headers=good).status_code == 200
    for route, body, refused in (
        ("/v1/rerank", {"model": RANK, "query": "a", "documents": ["a"]}, (404, "model_not_found")),
        ("/tokenize", {"model": EMBED, "content": "a"}, (403, "key_not_allowed")),
        ("/v1/chat/completions", {"model": CHAT, "messages": HELLO}, (403, "key_not_allowed")),
    ):
        answer = plain.post(route, json=body, headers=good)
        assert (answer.status_code, answer.json()["error"]["code"]) == refused, route
    # It counts when its energy is known, after the next reading of the machine.
    until("what was used", lambda: used_today(tiny, "vectors"))
    assert used_today(tiny, "vectors") == 3


def used_today(room: EngineRoomProcess, name: str) -> int:
    (row,) = [row for row in json_of(room.cli("keys", "--json")) if row["name"] == name]
    return int(row["tokens_today"])
