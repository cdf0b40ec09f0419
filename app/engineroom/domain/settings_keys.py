"""The single settings of ``settings.toml``, by name: what each may be, its default, and whether it needs a restart."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engineroom.domain.errors import Problem
from engineroom.domain.settings import EnergySettings, HubSettings, LlamaCppSettings, ServerSettings
from engineroom.domain.settings_routing import DEFAULT_TTL_MINUTES, MOST_MINUTES, RoutingSettings
from engineroom.domain.settings_table import DEFAULT_PORT

SettingValue = str | bool | int | float | tuple[str, ...] | None


class SettingKind(StrEnum):
    """What a setting may be. A ``port`` is a whole number or ``auto``."""

    TEXT = "text"
    TEXTS = "texts"
    SWITCH = "switch"
    WHOLE = "whole"
    NUMBER = "number"
    PORT = "port"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingKey:
    """One setting. ``live``: a change counts at once; others need a restart. Limits are those of the parser."""

    name: str
    kind: SettingKind
    default: SettingValue
    live: bool = False
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingView:
    """A setting as it stands in the file.

    ``value`` is the default where it is not ``written``; ``waits`` for a restart where the daemon runs with another.
    """

    name: str
    kind: SettingKind
    value: SettingValue
    default: SettingValue
    written: bool
    live: bool
    waits: bool
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsView:
    """All settings.

    ``revision`` stands for the bytes of the file: a change names it, so that nobody's work is written over.  With a
    ``problem`` the file cannot be used, nothing can be changed, and ``settings`` are those the daemon runs with.
    """

    path: str
    revision: str
    settings: tuple[SettingView, ...]
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChange:
    """Settings to write by name; ``None`` takes one out of the file, so that its default counts.

    Without a ``revision`` the file is changed however it is now.
    """

    values: dict[str, SettingValue]
    revision: str | None = None


_Row = tuple[str, SettingKind, SettingValue, float | None, float | None]


def _routing_rows() -> tuple[_Row, ...]:
    kind, routing = SettingKind, RoutingSettings()
    return (
        ("routing.queue", kind.WHOLE, routing.queue, 1, 10_000),
        ("routing.max_wait_s", kind.WHOLE, routing.max_wait_s, 1, 86_400),
        ("routing.min_residency_s", kind.WHOLE, routing.min_residency_s, 0, 3_600),
        ("routing.keys_keep_minutes", kind.WHOLE, routing.keys_keep_minutes, 0, MOST_MINUTES),
        ("routing.host_memory_mib", kind.WHOLE, 0, 0, 2**30),
        ("routing.card_memory_mib", kind.WHOLE, 0, 0, 2**30),
    )


def _keys() -> tuple[SettingKey, ...]:
    kind, server, llama, energy, hub = (
        SettingKind,
        ServerSettings(),
        LlamaCppSettings(),
        EnergySettings(),
        HubSettings(),
    )
    rows: tuple[_Row, ...] = (
        ("server.host", kind.TEXT, server.host, None, None),
        ("server.port", kind.PORT, DEFAULT_PORT, 1, 65_535),
        ("server.ollama_port", kind.WHOLE, 0, 0, 65_535),
        ("server.keyless_loopback", kind.SWITCH, server.keyless_loopback, None, None),
        ("server.hosts", kind.TEXTS, server.hosts, None, None),
        ("server.origins", kind.TEXTS, server.origins, None, None),
        ("server.certificate", kind.TEXT, None, None, None),
        ("server.certificate_key", kind.TEXT, None, None, None),
        ("server.fetch_images", kind.SWITCH, server.fetch_images, None, None),
        ("models.default", kind.TEXT, None, None, None),
        ("models.load_on_demand", kind.SWITCH, True, None, None),
        ("models.ttl_minutes", kind.NUMBER, DEFAULT_TTL_MINUTES, 0, MOST_MINUTES),
        ("models.pinned", kind.TEXTS, (), None, None),
        *_routing_rows(),
        ("llama_cpp.context_tokens", kind.WHOLE, llama.context_tokens, 256, 2**24),
        ("llama_cpp.slots", kind.WHOLE, llama.slots, 1, 256),
        ("llama_cpp.threads", kind.WHOLE, 0, 0, 4096),
        ("llama_cpp.prompt_cache_mib", kind.WHOLE, llama.prompt_cache_mib, 0, 2**20),
        ("energy.price_per_kwh", kind.NUMBER, energy.price_per_kwh, 0, 1e6),
        ("energy.currency", kind.TEXT, energy.currency, None, None),
        ("energy.keep_requests_days", kind.WHOLE, energy.keep_requests_days, 1, 36_500),
        ("energy.keep_rollups_days", kind.WHOLE, energy.keep_rollups_days, 1, 36_500),
        ("hub.offline", kind.SWITCH, hub.offline, None, None),
        ("hub.streams", kind.WHOLE, hub.streams, 1, 16),
        ("hub.limit_mib_per_s", kind.NUMBER, hub.limit_mib_per_s, 0.01, 1e6),
    )
    return tuple(
        SettingKey(name=name, kind=kind, default=default, live=name.startswith("energy."), least=least, most=most)
        for name, kind, default, least, most in rows
    )


KEYS = _keys()
"""In the order in which they are shown."""

NAMES = {key.name: key for key in KEYS}


def value_in(tree: Mapping[str, Any], key: SettingKey) -> tuple[SettingValue, bool]:
    """What a parsed file says of a setting, and whether it says anything."""
    table, _, name = key.name.partition(".")
    values = tree.get(table, {})
    if name not in values:
        return key.default, False
    value = values[name]
    return tuple(value) if isinstance(value, list) else value, True


def views(tree: Mapping[str, Any], running: Mapping[str, Any]) -> tuple[SettingView, ...]:
    """Every setting of a file beside those that the daemon was started with; both are parsed files."""
    shown = []
    for key in KEYS:
        value, written = value_in(tree, key)
        waits = not key.live and value != value_in(running, key)[0]
        shown.append(
            SettingView(
                name=key.name,
                kind=key.kind,
                value=value,
                default=key.default,
                written=written,
                live=key.live,
                waits=waits,
                least=key.least,
                most=key.most,
            )
        )
    return tuple(shown)
