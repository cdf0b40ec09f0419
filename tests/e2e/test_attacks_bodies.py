"""Bodies as attacks: too deep, too many, not quite JSON, and wishes without measure. The engine lives through them."""

import json
from collections.abc import Iterator

import httpx2
import psutil
import pytest

from e2e.attack_kit import CHAT, Target, chat, filled, post, send, unguarded
from engine_room import STARTER, EngineRoomProcess
from engineroom.contract.control import EngineState

LOCAL = "127.0.0.1:{port}"
DEEP = 10_000
PATIENCE_S = 60.0
"""A good answer takes a second; what blows up takes minutes, or for ever, and keeps others waiting."""


@pytest.fixture(scope="module")
def naked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with unguarded(tmp_path_factory.mktemp("unguarded")) as target:
        yield target


@pytest.fixture
def ours(served: EngineRoomProcess) -> Target:
    return Target(port=int(served.connection().address.rpartition(":")[2]))


def with_text(more: str) -> str:
    """A good body and something more, as it is written."""
    return json.dumps(chat())[:-1] + f", {more}}}"


NO_JSON = {
    "a field that is too deep": with_text(f'"metadata": {"[" * DEEP}{"]" * DEEP}'),
    "objects that are too deep": with_text('"x": ' + '{"a":' * DEEP + "1" + "}" * DEEP),
    "messages that are too deep": f'{{"model": "{STARTER}", "messages": {"[" * DEEP}{"]" * DEEP}}}',
    "only brackets": "[" * 100_000,
    "no number": with_text('"temperature": NaN'),
    "no end": with_text('"temperature": Infinity'),
    "half a character": with_text('"user": "\\ud800"'),
    "a mark of the byte order": "\ufeff" + json.dumps(chat()),
    "cut off": json.dumps(chat())[:-1],
    "two bodies": json.dumps(chat()) * 2,
    "a list": "[]",
    "a comment": with_text('"a": 1 /* b */'),
    "a zero byte": with_text('"user": "\x00"'),
}
HARMLESS = ("half a character",)
"""A lone half of a character is JSON, and its place is a field that means nothing here."""


@pytest.mark.parametrize("name", NO_JSON)
def test_what_is_not_quite_json_is_refused(name: str, naked: Target, ours: Target, served: EngineRoomProcess) -> None:
    template = NO_JSON[name].encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
    request = post(template, host=LOCAL)
    assert send(naked, filled(request, naked)).status == 200, "this attack would not be noticed"
    answer = send(ours, filled(request, ours), timeout_s=PATIENCE_S)
    wanted = {200, 400} if name in HARMLESS else {400}
    assert answer.status in wanted, answer
    assert b"Traceback" not in answer.body
    assert served.engine().state is EngineState.READY


NESTED = "1"
for _ in range(6):
    NESTED = f"({NESTED}|{NESTED}){{1,9999}}"
SCHEMAS = {
    "a pattern that multiplies": {"type": "string", "pattern": f"^{NESTED}$"},
    "so many repetitions": {"type": "string", "pattern": "^(([a-z]{1,9999}){1,9999}){1,9999}$"},
    "so many values": {"enum": [f"value {number}" for number in range(50_000)]},
    "so many items": {"type": "array", "items": {"type": "array", "items": {"type": "string"}, "maxItems": 9999},
                      "minItems": 9999, "maxItems": 99_999},
    "a circle": {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}},
    "itself": {"$ref": "#"},
    "so many ways": {"type": "object", "properties": {f"p{number}": {"type": "string"} for number in range(3_000)}},
    "so deep": json.loads('{"type": "object", "properties": {"a": ' * 150 + '{"type": "string"}' + "}}" * 150),
    "elsewhere": {"$ref": "http://192.0.2.1/schema.json"},
    "so many alternatives": {"anyOf": [{"type": "object", "properties": {f"p{n}": {"type": "string"}}}
                                       for n in range(5_000)]},
}  # fmt: skip
WISHES = {
    "so many tokens": {"max_tokens": 10**9, "stop": ["a", "e", "i", " "]},
    "more tokens than there are numbers": {"max_tokens": 10**30, "stop": ["a", "e", "i", " "]},
    "so many answers": {"n": 1000},
    "so many ends": {"stop": [f"end {number}" for number in range(10_000)]},
    "so many biases": {"logit_bias": {str(number): 1 for number in range(200_000)}},
    "a million names": {f"name_{number}": number for number in range(1_000_000)},
    "so many probabilities": {"logprobs": True, "top_logprobs": 10**6},
    "no heat that is one": {"temperature": 1e308},
    "so many candidates": {"top_k": 2**31, "n_probs": 10**9, "n_keep": -(2**31), "n_discard": -1},
    **{f"a shape: {name}": {"response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}}
       for name, schema in SCHEMAS.items()},
    "a grammar that is none": {"grammar": "root ::= root root | root"},
    "a grammar that multiplies": {"grammar": "root ::= " + "(" * 500 + "[a-z]" + "{1,999})" * 500},
}  # fmt: skip

REFUSED_HERE = (
    "so many biases", "a million names", "so many probabilities", "so many candidates", "a shape: so many values",
    "a shape: so many alternatives",
    "a shape: so many ways",
)  # fmt: skip
"""What this engine would take minutes for, and nobody else would be answered meanwhile."""


@pytest.mark.parametrize("name", WISHES)
def test_wishes_without_measure_end(name: str, naked: Target, ours: Target, served: EngineRoomProcess) -> None:
    """Refused or lowered, and the engine answers the next one."""
    served.wait_engine(EngineState.READY)
    before = served.engine()
    request = post(chat(**WISHES[name]), host=LOCAL)
    assert send(naked, filled(request, naked)).status == 200, "this attack would not be noticed"
    answer = send(ours, filled(request, ours), timeout_s=PATIENCE_S)
    assert answer.status == (400 if name in REFUSED_HERE else answer.status)
    assert answer.status in {200, 400}, answer
    good = httpx2.post(f"http://127.0.0.1:{ours.port}{CHAT}", json=chat(), timeout=PATIENCE_S)
    assert good.status_code == 200, good.text
    after = served.engine()
    assert (after.pid, after.restarts) == (before.pid, before.restarts), "the engine was lost"


def test_a_body_of_nothing_but_structure_is_not_read_on(ours: Target, served: EngineRoomProcess) -> None:
    """Four MiB of brackets: refused, and their memory is given back."""
    me = psutil.Process(served.process.pid)
    request = filled(post(with_text('"x": [' + "[1]," * 1_000_000 + "1]"), host=LOCAL), ours)
    seen = []
    for _ in range(3):
        assert send(ours, request, timeout_s=PATIENCE_S).status == 400
        seen.append(me.memory_info().rss)
    assert seen[-1] - seen[0] < 128 * 2**20
