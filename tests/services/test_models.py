"""Which model a name means."""

import pytest

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model import ModelSpec
from engineroom.services.models import ModelShelf

FIRST = ModelSpec(id="first", name="First", path="/m/first.gguf", bundled=True)
SECOND = ModelSpec(id="second", name="Second", path="/m/second.gguf")


def test_a_model_is_found_by_its_id() -> None:
    assert ModelShelf([FIRST, SECOND], default=None).resolve("second") is SECOND


def test_the_first_is_the_default_unless_another_is_named() -> None:
    assert ModelShelf([FIRST, SECOND], default=None).resolve("default") is FIRST
    shelf = ModelShelf([FIRST, SECOND], default="second")
    assert shelf.resolve("default") is SECOND
    assert [(view.id, view.is_default) for view in shelf.views()] == [("first", False), ("second", True)]
    assert shelf.specs() == (FIRST, SECOND)


@pytest.mark.parametrize(
    "name",
    ["", " first", "First", "/m/first.gguf", "../first", "first/", "first\0", "second.gguf", "gpt-4o", "x" * 10_000],
)
def test_only_ids_are_names(name: str) -> None:
    """Nothing is guessed, and a name never becomes a path."""
    with pytest.raises(Rejected) as caught:
        ModelShelf([FIRST, SECOND], default=None).resolve(name)
    assert caught.value.code == Code.MODEL_NOT_FOUND
    assert caught.value.problem.facts == {"model": name[:200], "known": "first, second"}


def test_a_default_that_is_not_there_is_refused() -> None:
    with pytest.raises(Rejected) as caught:
        ModelShelf([FIRST], default="third")
    assert caught.value.problem.facts == {"model": "third", "known": "first"}


def test_an_empty_shelf_knows_nothing() -> None:
    shelf = ModelShelf([], default=None)
    assert (shelf.default_id, shelf.views()) == (None, ())
    with pytest.raises(Rejected):
        shelf.resolve("default")
