"""What crosses the wire comes out as it went in."""

import dataclasses
import types
import typing
from enum import Enum
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engineroom.contract import control, events, problems
from engineroom.contract.connection import Connection

WIRE: dict[str, Any] = {
    "hello": control.Hello,
    "snapshot": control.Snapshot,
    "error": problems.ErrorEnvelope,
    "connection": Connection,
    **{f"event {name}": payload for name, payload in events.PAYLOADS.items()},
}


def of_type(wanted: Any) -> st.SearchStrategy[Any]:
    """Values of a type, as JSON can carry them: integers of 63 bits, numbers that are numbers."""
    origin, parts = typing.get_origin(wanted), typing.get_args(wanted)
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        hints = typing.get_type_hints(wanted)
        return st.builds(wanted, **{field.name: of_type(hints[field.name]) for field in dataclasses.fields(wanted)})
    if origin is tuple:
        return st.lists(of_type(parts[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(of_type(parts[0]), of_type(parts[1]), max_size=2)
    if origin in {types.UnionType, typing.Union}:
        return st.one_of(*map(of_type, parts))
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return st.sampled_from(wanted)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: st.text(max_size=8),
        int: st.integers(-(2**63), 2**63 - 1),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        type(None): st.none(),
    }
    return plain[wanted]


def test_every_event_has_a_payload() -> None:
    assert set(events.PAYLOADS) == set(events.EventName)


@pytest.mark.parametrize("name", WIRE)
def test_there_and_back(name: str) -> None:
    @given(of_type(WIRE[name]))
    def round_trip(value: object) -> None:
        assert msgspec.json.decode(msgspec.json.encode(value), type=WIRE[name]) == value

    round_trip()


@pytest.mark.parametrize("name", [name for name in WIRE if name != "event goodbye"])
def test_what_is_lacking_or_of_another_type_is_noticed(name: str) -> None:
    for data in (b"7", b'"x"', b"[7]", b'{"nonsense":1}'):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(data, type=WIRE[name])


def test_a_newer_daemon_may_say_more() -> None:
    dropped = msgspec.json.decode(b'{"lines":3,"of":"log"}', type=events.Dropped)
    assert dropped == events.Dropped(lines=3)


def test_exit_codes_are_apart() -> None:
    codes = [int(code) for code in problems.Exit.__members__.values()]
    assert len(set(codes)) == len(problems.Exit.__members__)
    assert all(0 <= code <= 130 for code in codes)
