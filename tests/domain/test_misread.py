"""What a parser objects to is a code with the place in the text, and what it said itself is kept."""

import json
import tomllib

import msgspec
import pytest

from engineroom.domain.details import FACT
from engineroom.domain.misread import misread
from engineroom.domain.model_card.reading import parse_object


class Form(msgspec.Struct, forbid_unknown_fields=True):
    port: int
    share: float = 0.5


def of_toml(text: str) -> dict[str, object]:
    with pytest.raises(tomllib.TOMLDecodeError) as refused:
        tomllib.loads(text)
    return dict(misread(refused.value, text))


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("[server]\n= 3\n", "toml_start", (2, 1)),
        ("[server]\nport 3\n", "toml_equals", (2, 6)),
        ("[server]\nport = \n", "toml_value", (2, 8)),
        ("[server]\nport = auto\n", "toml_value", (2, 8)),
        ("[server]\nport = 1 2\n", "toml_line_end", (2, 10)),
        ("[server]\nport = 1\nport = 2\n", "toml_twice", (3, 9)),
        ("[server]\na = 1\n[server]\n", "toml_twice", (3, 8)),
        ("[server\nport = 1\n", "toml_bracket", (1, 8)),
        ('[server]\nhost = "a\nport = 1\n', "toml_text_open", (2, 10)),
        ('a = "', "toml_text_open", (1, 6)),
        ("[server]\nhosts = [1, 2", "toml_list_open", (2, 14)),
        ('path = "C:\\models"\n', "toml_backslash", (1, 13)),
        ("# \x01\n", "toml_letter", (1, 3)),
        ("a = 2024-02-30\n", "toml_date", (1, 5)),
    ],
)
def test_a_settings_file_says_where_and_what(text: str, code: str, place: tuple[int, int]) -> None:
    told = of_toml(text)
    assert (told[FACT], (told["row"], told["column"])) == (code, place)
    assert f"line {place[0]}, column {place[1]}" in str(told["reason"])
    assert told["said"]


def test_what_no_code_is_known_for_is_quoted() -> None:
    told = misread(tomllib.TOMLDecodeError("A new objection (at line 4, column 2)"), "")
    assert (told[FACT], told["reason"]) == ("toml_other", "line 4, column 2 cannot be read: A new objection")


@pytest.mark.parametrize(
    ("data", "code"),
    [(b'{"a": }', "json_at"), (b"[1]", "json_no_object"), (b'{"a": 1, "a": 2}', "json_twice"), (b"\xff", "not_utf8"),
     (b'{"a":' + b"[" * 100_000, "json_deep")],
)  # fmt: skip
def test_a_file_of_a_model_says_what_is_wrong(data: bytes, code: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        parse_object(data)
    assert misread(refused.value)[FACT] == code


def test_json_says_where() -> None:
    with pytest.raises(json.JSONDecodeError) as refused:
        json.loads('{\n "a": \n}')
    told = misread(refused.value)
    assert (told["row"], told["column"], told["said"]) == (3, 1, "Expecting value")


@pytest.mark.parametrize(
    ("data", "code", "facts"),
    [
        (b'{"port": "x"}', "part_kind", {"field": "port", "expected": "int", "got": "str"}),
        (b"{}", "part_missing", {"name": "port"}),
        (b'{"port": 1, "x": 1}', "part_unknown", {"field": "x"}),
        (b"[]", "part_kind", {"field": "$", "expected": "object", "got": "array"}),
    ],
)
def test_an_answer_of_another_form_names_the_field(data: bytes, code: str, facts: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(data, type=Form)
    told = misread(refused.value)
    assert told[FACT] == code
    assert facts.items() <= told.items()


def test_a_missing_part_a_file_and_anything_else_are_told_too() -> None:
    assert misread(KeyError("files"))["reason"] == "files is missing"
    assert misread(FileNotFoundError(2, "No such file or directory"))[FACT] == "os_enoent"
    odd = misread(ValueError("another format or version"))
    assert (odd[FACT], odd["said"]) == ("form_other", "another format or version")
