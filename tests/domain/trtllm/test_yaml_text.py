"""What the writer writes, a real reader of YAML reads back."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engineroom.domain.trtllm.yaml_text import nested, yaml_text

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
TREES = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(min_size=1), below, max_size=3),
    max_leaves=12,
)
AWKWARD = [
    "yes",
    "null",
    "1e-05",
    "0x1f",
    "1_000",
    "12:30",
    "2026-11-23",
    "~",
    "- a",
    "a: b",
    "# c",
    "\x7f",
    "\x85",
    "",
]


@given(st.dictionaries(st.text(min_size=1), TREES, min_size=1, max_size=4))
def test_everything_comes_back(tree: dict) -> None:
    assert yaml.safe_load(yaml_text(tree)) == tree


@pytest.mark.parametrize("text", AWKWARD)
def test_text_stays_text(text: str) -> None:
    assert yaml.safe_load(yaml_text({"key": text, text or "k": 1})) == {"key": text, text or "k": 1}


@pytest.mark.parametrize("number", [1e-05, 1e16, -2.5e-300, 0.61, float("inf"), -0.0])
def test_numbers_stay_numbers(number: float) -> None:
    read = yaml.safe_load(yaml_text({"n": number}))["n"]
    assert isinstance(read, float)
    assert read == number


def test_not_a_number() -> None:
    read = yaml.safe_load(yaml_text({"n": float("nan")}))["n"]
    assert read != read


def test_an_empty_file_is_never_written() -> None:
    """The server reads nothing from it and fails on that."""
    with pytest.raises(ValueError, match="empty"):
        yaml_text({})


def test_dots_become_branches() -> None:
    text = yaml_text(nested({"a.b": 1, "c": True, "a.d": None}))
    assert text == "a:\n  b: 1\n  d: null\nc: true\n"


@pytest.mark.parametrize("flat", [{"a": 1, "a.b": 2}, {"a.b": 2, "a": {}, "a.c": 1, "b": 1, "b.c": 2}])
def test_a_value_is_no_branch(flat: dict) -> None:
    with pytest.raises(TypeError, match="both"):
        nested(flat)
