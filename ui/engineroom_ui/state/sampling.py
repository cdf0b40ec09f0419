"""How an answer is drawn, and what the model is told first; kept in presets that the person may name."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import msgspec
from PySide6.QtCore import QSettings

_KEY = "presets"
_CHOSEN = "preset"
MOST_PRESETS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """``None`` leaves a value to the engine. ``system`` is what the model is told before the conversation."""

    system: str = ""
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    min_p: float | None = None
    max_tokens: int | None = None
    seed: int | None = None

    def options(self) -> dict[str, Any]:
        """The fields of a request; what is left to the engine is not sent."""
        told = asdict(self)
        del told["system"]
        return {name: value for name, value in told.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """``key`` names one of ours, and is empty for one that the person saved."""

    name: str
    sampling: Sampling
    key: str = ""


OURS: tuple[Preset, ...] = (
    Preset(key="engine", name="", sampling=Sampling()),
    Preset(key="precise", name="", sampling=Sampling(temperature=0.2, top_p=0.9)),
    Preset(key="creative", name="", sampling=Sampling(temperature=1.0, top_p=0.95, min_p=0.05)),
    Preset(key="repeatable", name="", sampling=Sampling(temperature=0.0, seed=1)),
)


class Presets:
    """What was saved lies in the window's own settings, and nowhere else."""

    def __init__(self, settings: QSettings | None) -> None:
        self._settings = settings
        self.saved: tuple[Preset, ...] = tuple(self._read())

    def save(self, name: str, sampling: Sampling) -> None:
        """Keep this under a name, in place of what was kept under it."""
        others = [preset for preset in self.saved if preset.name != name]
        self._keep([*others, Preset(name=name, sampling=sampling)][-MOST_PRESETS:])

    def remove(self, name: str) -> None:
        """Forget one."""
        self._keep([preset for preset in self.saved if preset.name != name])

    @property
    def current(self) -> Sampling:
        """What was used last."""
        text = str(self._settings.value(_CHOSEN, "")) if self._settings is not None else ""
        return _sampling(text) or Sampling()

    def remember(self, sampling: Sampling) -> None:
        """Use this at the next start too."""
        if self._settings is not None:
            self._settings.setValue(_CHOSEN, msgspec.json.encode(sampling).decode())

    def _keep(self, presets: Iterable[Preset]) -> None:
        self.saved = tuple(presets)
        if self._settings is not None:
            self._settings.setValue(_KEY, msgspec.json.encode(self.saved).decode())

    def _read(self) -> Iterable[Preset]:
        text = str(self._settings.value(_KEY, "")) if self._settings is not None else ""
        try:
            return msgspec.json.decode(text.encode(), type=tuple[Preset, ...]) if text else ()
        except msgspec.MsgspecError:
            return ()


def with_value(sampling: Sampling, name: str, value: float | None) -> Sampling:
    """The same with another value of one field."""
    whole = {field.name for field in fields(Sampling)} & {"top_k", "max_tokens", "seed"}
    told: Any = int(value) if value is not None and name in whole else value
    changed: dict[str, Any] = {name: told}
    return replace(sampling, **changed)


def _sampling(text: str) -> Sampling | None:
    try:
        return msgspec.json.decode(text.encode(), type=Sampling) if text else None
    except msgspec.MsgspecError:
        return None
