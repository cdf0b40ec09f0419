"""Keys over a real store: made, found, limited, revoked, and counted on after a restart."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from engineroom.adapters.sqlite.keys import SqliteKeys
from engineroom.adapters.sqlite.ledger import SqliteLedger
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.keys import KeyLimits, KeyScope, RouteGroup, digest_of, group_of, written
from engineroom.domain.usage import Outcome, RequestView
from engineroom.services import hub
from engineroom.services.keys import Keys
from engineroom.services.notices import NoticeBoard
from fakes.hand_clock import HandClock

NOON_S = time.mktime((2026, 5, 4, 12, 0, 0, 0, 0, -1))
ALL = KeyScope()
FREE = KeyLimits()


@pytest.fixture
def clock() -> HandClock:
    return HandClock(unix_s=NOON_S)


@pytest.fixture
def store(tmp_path: Path):
    store = SqliteKeys(tmp_path / "k.db")
    yield store
    store.close()


def keys_of(store: SqliteKeys, clock: HandClock) -> Keys:
    keys = Keys(store=store, clock=clock, notices=NoticeBoard(hub.Hub()))
    keys.load()
    return keys


def _bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def used(key_id: str | None, **changes) -> RequestView:
    values = {
        "request_id": "r", "model_id": "m", "route": "/v1/completions", "outcome": Outcome.OK, "status": 200,
        "finished_at_s": NOON_S, "seconds": 2.0, "ttft_s": 0.1, "tokens_per_s": 50.0, "prompt_tokens": 10,
        "completion_tokens": 20, "joules_gross": 70.0, "key_id": key_id, "key_name": "a",
    }  # fmt: skip
    return RequestView(**{**values, **changes})


def end(keys: Keys, request: RequestView) -> None:
    """A request is over, and then its energy is known."""
    keys.over(replace(request, joules_gross=None))
    keys.settled(request)


async def refusal(keys: Keys, key) -> dict:
    with pytest.raises(Rejected) as caught:
        keys.admit(key)
    assert caught.value.code == Code.KEY_LIMIT
    return caught.value.problem.facts


def test_a_key_is_long_and_plain() -> None:
    texts = {written(bytes([number]) * 32) for number in (0, 1, 255)}
    assert len(texts) == 3
    assert all(len(text) == 46 and text[3:].isalnum() and text.startswith("er-") for text in texts)


async def test_only_the_hash_is_kept(store: SqliteKeys, clock: HandClock, tmp_path: Path) -> None:
    view, text = await keys_of(store, clock).create("a", ALL, FREE)
    store.close()
    kept = _bytes_in(tmp_path)
    assert text.encode() not in kept
    assert text[9:].encode() not in kept
    assert digest_of(text) in kept
    assert text.startswith(view.prefix)


async def test_a_key_is_found_again_after_a_restart_and_no_other_is(store: SqliteKeys, clock: HandClock) -> None:
    scope = KeyScope(models=("m",), routes=(RouteGroup.CHAT,), expires_at_s=NOON_S + 60)
    limits = KeyLimits(requests_per_minute=1, tokens_per_day=2, joules_per_day=3.5)
    view, text = await keys_of(store, clock).create("a", scope, limits)
    again = keys_of(store, clock)
    key = again.find(text)
    assert key is not None
    assert (key.id, key.scope, key.limits) == (view.id, scope, limits)
    for other in ("", text[:-1], text + "0", text.lower(), "er-" + "0" * 43, "x" * 10_000, "\udc80"):
        assert again.find(other) is None
    clock.advance(61)
    assert again.find(text) is None


async def test_a_revoked_key_opens_nothing_here_and_after_a_restart(store: SqliteKeys, clock: HandClock) -> None:
    keys = keys_of(store, clock)
    _, text = await keys.create("a", ALL, FREE)
    assert keys.any_valid
    await keys.revoke("a")
    assert keys.find(text) is None
    assert not keys.any_valid
    assert keys_of(store, clock).find(text) is None
    with pytest.raises(Rejected) as caught:
        await keys.revoke("a")
    assert caught.value.code == Code.KEY_NOT_FOUND
    await keys.create("a", ALL, FREE)


@pytest.mark.parametrize(
    ("name", "scope", "limits", "code"),
    [
        ("", ALL, FREE, Code.KEY_INVALID),
        ("a\nb", ALL, FREE, Code.KEY_INVALID),
        ("x" * 61, ALL, FREE, Code.KEY_INVALID),
        ("b", KeyScope(expires_at_s=NOON_S - 1), FREE, Code.KEY_INVALID),
        ("b", ALL, KeyLimits(tokens_per_day=0), Code.KEY_INVALID),
        ("b", ALL, KeyLimits(joules_per_day=float("nan")), Code.KEY_INVALID),
        ("taken", ALL, FREE, Code.KEY_NAME_TAKEN),
    ],
)
async def test_what_no_key_can_be(store, clock, name, scope, limits, code) -> None:
    keys = keys_of(store, clock)
    await keys.create("taken", ALL, FREE)
    with pytest.raises(Rejected) as caught:
        await keys.create(name, scope, limits)
    assert caught.value.code == code
    assert len(keys.views()) == 1


async def test_requests_per_minute_slide(store: SqliteKeys, clock: HandClock) -> None:
    keys = keys_of(store, clock)
    _, text = await keys.create("a", ALL, KeyLimits(requests_per_minute=2))
    key = keys.find(text)
    keys.admit(key)
    clock.advance(20)
    keys.admit(key)
    assert (await refusal(keys, key))["retry_after_s"] == 40
    clock.advance(40)
    keys.admit(key)
    await refusal(keys, key)


@pytest.mark.parametrize(
    ("limits", "name"),
    [(KeyLimits(tokens_per_day=60), "tokens_per_day"), (KeyLimits(joules_per_day=140.0), "joules_per_day")],
)
async def test_a_day_is_spent_over_restarts_and_begins_anew(store, clock, tmp_path, limits, name) -> None:
    keys = keys_of(store, clock)
    _, text = await keys.create("a", ALL, limits)
    key = keys.find(text)
    ledger = SqliteLedger(tmp_path / "k.db")
    yesterday = used(key.id, finished_at_s=NOON_S - 86_400, completion_tokens=10_000, joules_gross=1e6)
    ledger.write([yesterday, used(key.id), used(None)], [])
    ledger.close()
    keys = keys_of(store, clock)
    keys.admit(key)
    end(keys, used(key.id))
    facts = await refusal(keys, key)
    assert facts["limit"] == name
    assert facts["retry_after_s"] == 12 * 3600
    clock.advance(12 * 3600)
    keys.admit(key)


async def test_no_energy_reported_is_no_energy_spent(store: SqliteKeys, clock: HandClock) -> None:
    keys = keys_of(store, clock)
    _, text = await keys.create("a", ALL, KeyLimits(joules_per_day=1.0))
    key = keys.find(text)
    end(keys, used(key.id, joules_gross=None))
    keys.admit(key)


async def test_tokens_count_once_and_before_the_energy_is_known(store: SqliteKeys, clock: HandClock) -> None:
    keys = keys_of(store, clock)
    _, text = await keys.create("a", ALL, KeyLimits(tokens_per_day=30))
    key = keys.find(text)
    keys.over(used(key.id, joules_gross=None))
    assert (await refusal(keys, key))["limit"] == "tokens_per_day"
    assert [(view.tokens_today, view.joules_today) for view in keys.views()] == [(30, 0.0)]
    keys.settled(used(key.id))
    assert [(view.tokens_today, view.joules_today) for view in keys.views()] == [(30, 70.0)]


async def test_a_request_that_ends_after_midnight_counts_for_the_new_day(store: SqliteKeys, clock: HandClock) -> None:
    keys = keys_of(store, clock)
    _, text = await keys.create("a", ALL, KeyLimits(tokens_per_day=30))
    key = keys.find(text)
    clock.advance(12 * 3600 + 1)
    end(keys, used(key.id, finished_at_s=clock.unix_s()))
    await refusal(keys, key)


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("/v1/chat/completions", RouteGroup.CHAT),
        ("/v1/completions", RouteGroup.COMPLETIONS),
        ("/v1/messages/count_tokens", RouteGroup.MESSAGES),
        ("/api/chat", RouteGroup.OLLAMA),
        ("/v1/models/a/b", RouteGroup.MODELS),
        ("/something", None),
    ],
)
def test_routes_have_groups(path: str, group: RouteGroup | None) -> None:
    assert group_of(path) is group
    assert KeyScope().allows_path(path)
    assert KeyScope(routes=(RouteGroup.CHAT,)).allows_path(path) is (group is RouteGroup.CHAT)


async def test_a_key_has_its_priority_after_a_restart(store: SqliteKeys, clock: HandClock) -> None:
    keys = keys_of(store, clock)
    view, text = await keys.create("ide", ALL, FREE, 8)
    _, usual = await keys.create("other", ALL, FREE)
    again = keys_of(store, clock)
    found, plain = again.find(text), again.find(usual)
    assert found is not None
    assert plain is not None
    assert (view.priority, found.priority, plain.priority) == (8, 8, None)
    with pytest.raises(Rejected) as caught:
        await keys.create("third", ALL, FREE, 10)
    assert caught.value.problem.facts["field"] == "priority"
