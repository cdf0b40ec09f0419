"""Settings of loading, keeping and unloading engines."""

import pytest

from domain.test_settings import Tree, parse, reason
from engineroom.domain.routing.values import Rules
from engineroom.domain.settings_routing import ModelKeeping, RoutingSettings


def test_the_defaults() -> None:
    """Half an hour, and the scheduler's own rules."""
    settings = parse({})
    assert (settings.ttl_minutes, settings.aliases, settings.keeping) == (30.0, {}, {})
    assert settings.routing.rules() == Rules()


def test_everything_can_be_set() -> None:
    settings = parse(
        {
            "models": {
                "aliases": {"gpt-4o": "big"},
                "ttl_minutes": 5,
                "pinned": ["small", "big"],
                "overrides": {"big": {"ttl_minutes": 0, "slots": 2}, "odd": {"context_tokens": 1024}},
            },
            "routing": {
                "queue": 9, "max_wait_s": 60, "min_residency_s": 0, "host_memory_mib": 1000, "card_memory_mib": 2000,
                "priorities": {"ide": 9, "batch": 0}, "keys_keep_minutes": 0,
            },
        }
    )  # fmt: skip
    assert (settings.aliases, settings.ttl_minutes) == ({"gpt-4o": "big"}, 5.0)
    assert settings.keeping == {
        "small": ModelKeeping(pinned=True),
        "big": ModelKeeping(pinned=True, ttl_minutes=0.0, slots=2),
        "odd": ModelKeeping(context_tokens=1024),
    }
    assert settings.routing == RoutingSettings(
        queue=9, max_wait_s=60, min_residency_s=0, host_memory_mib=1000, card_memory_mib=2000,
        priorities={"ide": 9, "batch": 0}, keys_keep_minutes=0,
    )  # fmt: skip
    assert settings.routing.rules() == Rules(queue_most=9, wait_most_ms=60_000, residency_ms=0)


@pytest.mark.parametrize(
    ("tree", "told"),
    [
        ({"models": {"aliases": {"a": 7}}}, "models.aliases must be a table of texts"),
        ({"models": {"ttl_minutes": "soon"}}, "models.ttl_minutes must be a number of minutes, or 0 for never"),
        ({"models": {"ttl_minutes": -1}}, "models.ttl_minutes must be a number of minutes, or 0 for never"),
        ({"models": {"overrides": {"m": 7}}}, "models.overrides.m must be a table"),
        ({"models": {"overrides": {"m": {"ttl": 7}}}}, "models.overrides.m.ttl is not a setting"),
        ({"routing": {"queue": 0}}, "routing.queue must be a whole number from 1 to 10000"),
        ({"routing": {"priorities": {"ide": 10}}}, "routing.priorities.ide must be a whole number from 0 to 9"),
        ({"routing": {"que": 1}}, "routing.que is not a setting"),
    ],
)
def test_what_is_wrong_is_named(tree: Tree, told: str) -> None:
    assert reason(tree).startswith(told)
