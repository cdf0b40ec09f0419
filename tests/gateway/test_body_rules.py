"""What is taken out of a body, and what makes it be refused."""

from typing import Any

import msgspec
import pytest
from msgspec import UNSET, Raw

from engineroom.domain.errors import Code, Rejected
from engineroom.gateway.body_rules import (
    MOST_FIELDS,
    MOST_VALUES,
    Steering,
    cleared,
    demand_measure,
    refuse_many,
    refuse_nothing,
    unreadable,
)

PNG = "data:image/png;base64,AAAA"


def pass_on(body: bytes) -> bytes:
    return cleared(body, msgspec.json.decode(body, type=Steering))


def with_part(part: str) -> bytes:
    return f'{{"messages": [{{"role": "user", "content": [{part}]}}]}}'.encode()


@pytest.mark.parametrize(
    "body",
    [
        b'{"messages":[{"role":"user","content":"look at http://x/y image_url n_discard"}],  "temperature":0}',
        b'{"prompt": "\\u00e9\\u003c\\u003e \\"api_base\\"", "nested": {"n_discard": 1}}',
        with_part(f'{{"type": "image_url", "image_url": {{"url": "{PNG}", "detail": "auto"}}}}'),
        with_part(f'{{"type": "input_image", "image_url": " {PNG.upper()}"}}'),
    ],
)
def test_honest_bodies_go_through_byte_for_byte(body: bytes) -> None:
    assert pass_on(body) is body


@pytest.mark.parametrize("field", Steering.__struct_fields__)
@pytest.mark.parametrize("value", ["1", "null", '"x"', "[{}]"])
def test_what_steers_the_engine_does_not_reach_it(field: str, value: str) -> None:
    escaped = f"\\u{ord(field[0]):04x}{field[1:]}"
    for name in (field, escaped):
        body = f'{{"{name}": {value}, "temperature": 0.5, "messages": []}}'.encode()
        assert msgspec.json.decode(pass_on(body)) == {"temperature": 0.5, "messages": []}


@pytest.mark.parametrize(
    "field", ["image_url", "video_url", "audio_url", "file_url", "im\\u0061ge_url", "image\\u005Furl"]
)
@pytest.mark.parametrize(
    "url", ["http://x/y", "HTTPS://x", " http://x", "file:///etc/passwd", "//x", "", "dat:x", "\\u0068ttp://x"]
)
@pytest.mark.parametrize("form", ['{{"url": "{}"}}', '"{}"', '{{"\\u0075rl": "{}"}}'])
def test_media_by_address_is_refused(field: str, url: str, form: str) -> None:
    with pytest.raises(Rejected) as caught:
        pass_on(with_part(f'{{"type": "image_url", "{field}": {form.format(url)}}}'))
    assert caught.value.code == Code.REMOTE_MEDIA


def test_it_is_refused_in_the_form_of_responses_too() -> None:
    with pytest.raises(Rejected):
        pass_on(b'{"input": [{"role": "user", "content": [{"type": "input_image", "image_url": "http://x"}]}]}')


@pytest.mark.parametrize("given", [b"[]", b"[ \n\t ]"])
def test_an_empty_list_asks_nothing(given: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        refuse_nothing("messages", Raw(given))
    assert caught.value.problem.facts == {"reason": "'messages' is empty"}


@pytest.mark.parametrize("given", [UNSET, None, Raw(b"null")])
def test_so_does_nothing_at_all(given: Any) -> None:
    with pytest.raises(Rejected) as caught:
        refuse_nothing("prompt", given)
    assert caught.value.problem.facts == {"reason": "'prompt' is missing"}


@pytest.mark.parametrize("given", [b"[1]", b"[{}]", b"[[]]", b'""', b'"[]"'])
def test_all_else_is_the_engines_to_judge(given: bytes) -> None:
    refuse_nothing("prompt", Raw(given))


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": {' + b",".join(b'"f%d": 1' % number for number in range(MOST_FIELDS + 1)) + b"}}",
        b"[[" + b"[1]," * (MOST_VALUES // 2 + 1) + b"1]]",
        b"[" + b"1," * MOST_VALUES + b"1]",
    ],
)
def test_what_has_too_much_in_it_is_refused(body: bytes) -> None:
    with pytest.raises(Rejected) as refused:
        demand_measure(body)
    assert refused.value.problem.code == Code.INVALID_REQUEST


@pytest.mark.parametrize(
    "body",
    [
        b'{"messages": "' + b"well, " * 100_000 + b'"}',
        b"[" + b"1," * (MOST_VALUES - 1) + b"1]",
        b'{"a": {' + b",".join(b'"f%d": 1' % number for number in range(MOST_FIELDS)) + b"}}",
        b"[," * 10_000,
        b"[[[[" + b"," * 10_000,
    ],
)
def test_what_is_merely_long_is_not(body: bytes) -> None:
    demand_measure(body)


@pytest.mark.parametrize("given", [b"21", b"1000000", b"1e6", b"-1", b"20.5", b'"many"'])
def test_more_alternatives_than_openai_allows_are_refused(given: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        refuse_many("top_logprobs", Raw(given))
    assert caught.value.problem.facts == {"reason": "'top_logprobs' must be a whole number from 0 to 20"}


@pytest.mark.parametrize("given", [b"0", b"20", b"true", b"null"])
def test_so_many_are_the_engines_to_judge(given: bytes) -> None:
    refuse_many("top_logprobs", Raw(given))
    refuse_many("top_logprobs", UNSET)


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (b"", Code.INVALID_JSON, "it is empty"),
        (b" \n", Code.INVALID_JSON, "it is empty"),
        (b'{"temperature": 0.5', Code.INVALID_JSON, "it ends too early"),
        (b'{"temperature": 0.5,}', Code.INVALID_JSON, "trailing comma in object (byte 20)"),
        (b'{"a": NaN}', Code.INVALID_JSON, "invalid character (byte 6); NaN and Infinity are no numbers in JSON"),
        (b'{"temperature": "hot"}', Code.INVALID_REQUEST, "'temperature' must be a number, and is text"),
        (b"[]", Code.INVALID_REQUEST, "the body must be an object, and is a list"),
        (b'{"turns": [{}]}', Code.INVALID_REQUEST, "'turns[0].role' is missing"),
        (b'{"turns": [3]}', Code.INVALID_REQUEST, "'turns[0]' must be an object, and is a whole number"),
        (b'{"temperature": 1e999}', Code.INVALID_REQUEST, "number out of range, at 'temperature'"),
        (b'{"stop": 5}', Code.INVALID_REQUEST, "'stop' must be text or a list, and is a whole number"),
    ],
)
def test_what_cannot_be_read_is_said_in_words_of_the_request(body: bytes, code: Code, said: str) -> None:
    class Turn(msgspec.Struct):
        role: str

    class Form(msgspec.Struct):
        temperature: float = 0.0
        stop: str | list[str] | None = None
        turns: list[Turn] | None = None

    with pytest.raises(msgspec.DecodeError) as caught:
        msgspec.json.decode(body, type=Form)
    problem = unreadable(body, caught.value).problem
    assert (problem.code, problem.facts["reason"]) == (code, said)
