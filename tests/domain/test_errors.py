"""Codes, their facts, and the sentences made of them."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import engineroom
from engineroom.adapters.signatures import load_signatures
from engineroom.contract import sentences
from engineroom.contract.sentences import sentence
from engineroom.domain.error_facts import FACTS
from engineroom.domain.errors import Broken, Code, EngineroomError, Problem, Rejected

SOURCE = Path(engineroom.__file__).parent


def test_every_code_says_what_comes_with_it() -> None:
    assert set(FACTS) == set(Code)


@pytest.mark.parametrize("code", Code)
def test_every_code_has_a_sentence(code: Code) -> None:
    """With all its facts, the sentence shows each placeholder filled; nothing is left unknown."""
    facts = {name: f"<{name}>" for name in FACTS[code]}
    words = sentence(Problem(code=code, facts=facts))
    assert not words.startswith(f"{code} "), "no sentence"
    assert "unknown" not in words.replace("does not know", "")
    assert "{" not in words
    wanted = {name for _, name, _, _ in string.Formatter().parse(sentences._SENTENCES[code]) if name}
    assert wanted <= set(FACTS[code])
    assert all(f"<{name}>" in words for name in wanted)


@pytest.mark.parametrize(
    ("line", "end"), [("it is gone", "it is gone. What"), ("No way!", "No way! What"), ("A. ", "A. What")]
)
def test_what_somebody_else_said_ends_before_our_advice_begins(line: str, end: str) -> None:
    assert f"'compile': {end}" in sentence(Problem(code=Code.BUILD_FAILED, facts={"stage": "compile", "line": line}))


def test_a_fact_that_is_not_known_is_said_to_be_unknown() -> None:
    words = sentence(Problem(code=Code.PORT_TAKEN, facts={"host": "127.0.0.1", "port": 8411, "pid": None}))
    assert words.startswith("Port 8411 on 127.0.0.1 is taken by unknown (pid unknown).")


def test_a_code_of_a_newer_daemon_is_shown_with_its_facts() -> None:
    assert sentence(Problem(code="too_warm", facts={"c": 99})) == "too_warm {'c': 99}"


def test_braces_in_a_fact_are_text() -> None:
    assert "{0} {x}" in sentence(Problem(code=Code.INVALID_JSON, facts={"reason": "{0} {x}"}))


def test_an_error_carries_its_problem() -> None:
    error = Rejected(Code.FILE_MISSING, path="/x")
    assert error.problem == Problem(code="file_missing", facts={"path": "/x"})
    assert error.code == "file_missing"
    assert "file_missing" in str(error)
    assert isinstance(error, EngineroomError)
    assert not isinstance(error, Broken)


def _made_problems() -> Iterator[tuple[str, str, set[str]]]:
    """Every place in the source that makes a problem with its facts in plain sight: place, code, facts."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (made := _made(node)) is not None:
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", *made


def _made(call: ast.Call) -> tuple[str, set[str]] | None:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    if name in {"Rejected", "Broken"} and call.args and None not in keywords:
        return (code, {key for key in keywords if key}) if (code := _code(call.args[0])) else None
    if name == "Problem" and (code := _code(keywords.get("code"))):
        facts = keywords.get("facts")
        if facts is None:
            return code, set()
        if isinstance(facts, ast.Dict) and None not in facts.keys:
            return code, {key.value for key in facts.keys if isinstance(key, ast.Constant)}
    return None


def _code(node: ast.expr | None) -> str | None:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Code":
        return node.attr
    return None


def test_every_problem_is_made_with_the_facts_of_its_code() -> None:
    """As far as the source shows it."""
    made = list(_made_problems())
    assert len(made) > 30, "the search finds too little to mean anything"
    wrong = [
        f"{place}: {code} with {sorted(facts)}, not {sorted(FACTS[Code[code]])}"
        for place, code, facts in made
        if facts != set(FACTS[Code[code]])
    ]
    assert not wrong, "\n".join(wrong)


def test_every_signature_finds_the_facts_of_its_code() -> None:
    lacking = {
        signature.pattern.pattern: missing
        for signature in load_signatures()
        if (missing := set(FACTS[Code(signature.code)]) - {"line", *signature.pattern.groupindex})
    }
    assert not lacking, lacking
