"""Details of problems: codes with facts, and English words for those who do not know the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import engineroom
from engineroom.domain.details import FACT, WORDS, Detail, allowing, apart, because, together
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.fix_steps import STEPS, FixStep, changed, worded
from engineroom.domain.reason import Reason
from engineroom.domain.settings import parse_settings
from engineroom.domain.trtllm.fixes import Change

PLACES = re.compile(r"\{(\w+)\}")
SOURCE = Path(engineroom.__file__).parent
ELSEWHERE = {"cli", "client"}
"""Who speaks English to a person, or is no daemon."""
REQUESTS = {"dialects", "gateway"}
"""Who judges requests of foreign programs."""
OF_REQUESTS = ("INVALID_REQUEST", "INVALID_JSON")


def test_a_detail_brings_its_code_its_facts_and_its_words() -> None:
    told = because(Detail.SETTING_WHOLE, key="server.port", least=1, most=9, got="0")
    words = "server.port must be a whole number from 1 to 9, not 0"
    assert told == {FACT: "setting_whole", "key": "server.port", "least": 1, "most": 9, "got": "0", "reason": words}
    assert allowing(Detail.ALLOWED_FUTURE) == {FACT: "allowed_future", "allowed": "a time to come"}
    assert list(WORDS) == list(Detail)


def test_several_are_taken_apart_again_each_with_its_own_facts() -> None:
    two = [Reason(code="one", facts={"card": "A", "note": "x"}), Reason(code="one", facts={"card": "B"})]
    told = {"runtime": "r", **together(two, "words")}
    assert told[FACT] == "one one"
    first, second = apart(told)
    assert (first.facts["card"], second.facts["card"], second.facts["runtime"]) == ("A", "B", "r")
    assert apart({"runtime": "r"}) == ()


@pytest.mark.parametrize(
    ("tree", "detail", "words"),
    [
        ({"server": {"port": "x"}}, "setting_whole", 'server.port must be a whole number from 1 to 65535, not "x"'),
        ({"server": {"host": "a b"}}, "setting_address", "server.host has 'a b', which is neither an IP address nor"),
        ({"server": 3}, "setting_table", "server must be a table, not 3"),
        ({"moon": 1}, "setting_unknown", "moon is not a setting; known here: energy, hub"),
        ({"server": {"certificate": "a"}}, "setting_pair", "server.certificate and certificate_key go together"),
        (
            {"hub": {"limit_mib_per_s": -1}},
            "setting_rate",
            "hub.limit_mib_per_s must be a number of MiB per second; it is -1",
        ),
    ],
)
def test_what_is_wrong_with_settings_is_a_code_and_words(tree: dict[str, object], detail: str, words: str) -> None:
    with pytest.raises(Rejected) as refused:
        parse_settings(tree, path="/s")
    assert refused.value.code == Code.SETTINGS_BROKEN
    assert refused.value.problem.facts[FACT] == detail
    assert str(refused.value.problem.facts["reason"]).startswith(words)


def test_no_problem_brings_a_sentence_without_a_code_for_it() -> None:
    """Only what is wrong with a request of a foreign program stays English: it is read by its author."""
    assert list(_sentences()) == []


def test_every_line_of_a_fix_has_its_facts() -> None:
    told = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and (named := _step_of(node.args[0])):
                told.add(named)
                facts = {one.arg for one in node.keywords}
                wanted = set(PLACES.findall(STEPS[named]))
                own = {"model"} if ast.unparse(node.func) == "_build" else set()
                assert None in facts or wanted <= facts | own, (path.name, node.lineno)
    assert len(told) > 20


def _step_of(argument: ast.expr) -> FixStep | None:
    match argument:
        case ast.Attribute(value=ast.Name(id="FixStep"), attr=name):
            return FixStep[name]
    return None


def test_a_knob_that_was_not_set_or_is_left_out_says_so() -> None:
    turned = (Change(knob="k", before=1, after=2), Change(knob="k", before=None, after=2),
              Change(knob="k", before=1, after=None))  # fmt: skip
    assert worded(map(changed, turned)) == ("k: 1 -> 2", "k: not set -> 2", "k: 1 -> not set")


def _sentences() -> Iterator[str]:
    for path in SOURCE.rglob("*.py"):
        parts = set(path.relative_to(SOURCE).parts)
        if parts & ELSEWHERE:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and not any(code in ast.unparse(node) for code in OF_REQUESTS):
                for one in node.keywords:
                    if one.arg in {"reason", "allowed"} and (_is_sentence(one.value) or _is_error(node, one.value)):
                        yield f"{path.name}:{node.lineno}: {ast.unparse(one.value)}"
            elif isinstance(node, ast.Assign) and not parts & REQUESTS and _is_reason(node):
                yield f"{path.name}:{node.lineno}: {ast.unparse(node.value)}"


def _is_reason(node: ast.Assign) -> bool:
    return ast.unparse(node.targets[0]) == "reason" and _is_sentence(node.value)


def _is_error(call: ast.Call, value: ast.expr) -> bool:
    """The English of whoever raised it, in a problem."""
    said = any(isinstance(part, ast.Name) and part.id == "error" for part in ast.walk(value))
    return said and ast.unparse(call.func) in {"Rejected", "Broken"}


def _is_sentence(value: ast.expr) -> bool:
    parts = value.values if isinstance(value, ast.JoinedStr) else [value]
    return any(isinstance(part, ast.Constant) and " " in str(part.value).strip() for part in parts)
