"""Objects of ``/control/settings``: what may be set, and changing it."""

from dataclasses import dataclass

from engineroom.domain.settings_keys import SettingKind, SettingsChange, SettingsView, SettingValue, SettingView

__all__ = [
    "PlaceView",
    "SettingKind",
    "SettingValue",
    "SettingView",
    "SettingsChange",
    "SettingsView",
    "StorageView",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A folder of the engine room. ``held_bytes`` is what lies in it, ``free_bytes`` what its disk has left."""

    what: str
    path: str
    held_bytes: int | None
    free_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageView:
    """Where things lie."""

    places: tuple[PlaceView, ...]
