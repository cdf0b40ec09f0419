"""The table of programs that can ask this engine room."""

import tomllib
from functools import cache
from importlib import resources

import msgspec

from engineroom.domain.connect.guides import ClientGuide


@cache
def load_guides() -> tuple[ClientGuide, ...]:
    """The programs in the order of the table. Raises msgspec.ValidationError for a row that is not one."""
    table = tomllib.loads(resources.files("engineroom_resources").joinpath("clients.toml").read_text("utf-8"))
    return msgspec.convert(table["client"], tuple[ClientGuide, ...], strict=True)
