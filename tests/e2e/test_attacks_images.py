"""Images as attacks: bombs, lies and fragments never reach an engine, by any API; honest ones do, byte for byte."""

from collections.abc import Iterator
from typing import Any

import pytest

from e2e.attack_kit import CHAT, Answer, Target, filled, picture, post, send, unguarded
from e2e.scripted import MODEL, scripted_room
from fakes.tiny_images import BAD, GOOD, as_url, huge_png

LOCAL = "127.0.0.1:{port}"


@pytest.fixture(scope="module")
def naked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with unguarded(tmp_path_factory.mktemp("unguarded")) as target:
        yield target


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """An engine that takes any image and says what it was asked."""
    with scripted_room(tmp_path_factory.mktemp("images")) as room:
        yield Target(port=int(room.connection().address.rpartition(":")[2]), model=MODEL)


def by_responses(url: str) -> dict[str, Any]:
    return {"input": [{"role": "user", "content": [{"type": "input_image", "image_url": url}]}], "store": False}


def by_messages(url: str) -> dict[str, Any]:
    media, _, data = url.removeprefix("data:").partition(";base64,")
    source = {"type": "base64", "media_type": media, "data": data}
    return {"max_tokens": 9, "messages": [{"role": "user", "content": [{"type": "image", "source": source}]}]}


def by_ollama(url: str) -> dict[str, Any]:
    images = [url.partition(",")[2]]
    return {"messages": [{"role": "user", "content": "x", "images": images}], "stream": False}


FORMS = {CHAT: picture, "/v1/responses": by_responses, "/v1/messages": by_messages, "/api/chat": by_ollama}


def asked(target: Target, path: str, url: str) -> Answer:
    body = {**FORMS[path](url), "model": target.model}
    return send(target, filled(post(body, path=path, host=LOCAL), target))


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("path", FORMS)
def test_a_bad_image_reaches_no_engine(naked: Target, ours: Target, path: str, name: str) -> None:
    url = as_url(BAD[name])
    assert asked(naked, path, url).status == 200, "this attack would not be noticed"
    answer = asked(ours, path, url)
    assert answer.status == 400, answer
    assert b"The request is not valid" in answer.body
    assert b"the script" not in answer.body, "the engine was asked"


def test_many_images_are_no_way_around(naked: Target, ours: Target) -> None:
    url = as_url(huge_png(8_000, 8_000))
    assert asked(ours, CHAT, url).status == 200
    many = {"model": MODEL, "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": url}] * 9}]}
    for target, wanted in ((naked, 200), (ours, 400)):
        assert send(target, filled(post(many, host=LOCAL), target)).status == wanted


@pytest.mark.parametrize("kind", ["svg+xml", "png"])
def test_a_drawing_is_none_whatever_it_is_called(naked: Target, ours: Target, kind: str) -> None:
    url = as_url(BAD["a drawing"], kind)
    for target, wanted in ((naked, 200), (ours, 400)):
        assert asked(target, CHAT, url).status == wanted


@pytest.mark.parametrize("kind", GOOD)
@pytest.mark.parametrize("path", FORMS)
def test_an_honest_image_reaches_the_engine_as_it_is(ours: Target, path: str, kind: str) -> None:
    url = as_url(GOOD[kind], kind)
    answer = asked(ours, path, url)
    assert answer.status == 200
    assert url.partition(",")[2] in answer.body.decode(), "its bytes are what the engine gets"


@pytest.mark.parametrize("path", FORMS)
def test_images_may_weigh_more_than_text_and_no_more_than_is_said(naked: Target, ours: Target, path: str) -> None:
    """Up to 64 MiB with an image in it, which is looked at and refused for what it is; beyond that not even read."""
    for mib, wanted in ((40, 400), (65, 413)):
        url = "data:image/png;base64," + "A" * (mib * 2**20)
        assert asked(naked, path, url).status == 200
        assert asked(ours, path, url).status == wanted
