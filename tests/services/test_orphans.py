"""Which processes may be ended, and that it is the very one that was listed."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.finding import Orphan
from engineroom.services.orphans import Orphans

LEFT = Orphan(pid=7, created_s=5.0, program="python3", mark="command", gpu_uuid="a", memory_bytes=None)
KEPT = replace(LEFT, mark="survivor")
OTHER = replace(LEFT, pid=8, mark="other", gpu_uuid="b")


def orphans_of(ended: list[int]) -> Orphans:
    return Orphans(
        find=lambda *_: (LEFT,), kill=lambda one: ended.append(one.pid) or True, frame=lambda: None, running=frozenset,
        of_user=lambda *_: (OTHER, replace(OTHER, pid=9, gpu_uuid="a")),
        survivors=lambda _, born: (KEPT,) if born == {7: 5.0} else (),
    )  # fmt: skip


async def test_one_that_an_engine_left_is_listed_once_and_as_what_it_is() -> None:
    orphans = orphans_of([])
    assert await orphans.views() == (LEFT,)
    orphans.keep("e", {7: 5.0})
    assert await orphans.views() == (KEPT,)
    orphans.keep("e", {})
    assert await orphans.views() == (LEFT,)


async def test_another_process_of_the_same_number_is_not_ended() -> None:
    ended: list[int] = []
    with pytest.raises(Rejected) as refused:
        await orphans_of(ended).end_one(7, 6.0)
    assert (refused.value.code, ended) == (Code.ORPHAN_NOT_FOUND, [])
    assert await orphans_of(ended).end_one(7, 5.01) == LEFT
    assert ended == [7]


async def test_holders_are_those_of_the_cards_that_are_meant() -> None:
    assert [one.pid for one in await orphans_of([]).holders({"b"})] == [8]
    assert [one.pid for one in await orphans_of([]).holders(set())] == [8, 9]


@pytest.mark.parametrize(
    ("told", "cards", "pids"),
    [(True, {"a"}, [7]), (True, {"b"}, []), (True, set(), [7]), (False, {"a"}, [7, 6]), (None, {"b"}, [6])],
)
async def test_only_what_holds_memory_of_a_card_is_in_its_way(
    told: bool | None, cards: set[str], pids: list[int]
) -> None:
    """A process of somebody else's engine room without memory of a card frees none; where nobody says, it may."""
    idle = replace(LEFT, pid=6, gpu_uuid=None)
    frame = None if told is None else SimpleNamespace(gpus=[SimpleNamespace(processes=() if told else None, uuid="a")])
    orphans = replace(orphans_of([]), find=lambda *_: (LEFT, idle), frame=lambda: frame)
    assert [one.pid for one in await orphans.on(cards)] == pids
