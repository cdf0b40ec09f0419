"""Aliases of models."""

import pytest

from engineroom.domain.errors import Rejected
from engineroom.domain.model import ModelSpec
from engineroom.services.models import ModelShelf

ONE, TWO = (ModelSpec(id=name, name=name, path=f"/m/{name}.gguf") for name in ("one", "two"))


def test_an_alias_means_its_model_and_is_told() -> None:
    shelf = ModelShelf([ONE, TWO], default="gpt", aliases={"gpt": "two", "later": "three"})
    assert shelf.resolve("gpt") is shelf.resolve("default") is TWO
    assert [view.aliases for view in shelf.views()] == [(), ("gpt",)]
    with pytest.raises(Rejected):
        shelf.resolve("later")
    shelf.replace([ONE, ModelSpec(id="three", name="three", path="/m/3.gguf")])
    assert shelf.resolve("later").id == "three"


def test_a_model_comes_before_an_alias_of_its_name_and_aliases_do_not_chain() -> None:
    shelf = ModelShelf([ONE, TWO], default=None, aliases={"one": "two", "a": "b", "b": "two"})
    assert shelf.resolve("one") is ONE
    assert shelf.views()[1].aliases == ("b",)
    with pytest.raises(Rejected):
        shelf.resolve("a")
