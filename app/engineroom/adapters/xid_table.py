"""The table of Xids: the numbers by which the driver reports errors of a card, in words."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class XidMeaning:
    """What a number means and what to do. ``lost``: the card does not answer any more after it."""

    meaning: str
    remedy: str
    lost: bool


def load_xid_table() -> Mapping[int, XidMeaning]:
    """The bundled table, by number. Its source and the date it was read stand in each row."""
    text = resources.files("engineroom_resources").joinpath("xids.toml").read_text("utf-8")
    return {
        row["code"]: XidMeaning(meaning=row["meaning"], remedy=row["remedy"], lost=row.get("lost", False))
        for row in tomllib.loads(text)["xid"]
    }
