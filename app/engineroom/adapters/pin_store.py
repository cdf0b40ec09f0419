"""Which engines were pinned by hand, in a small JSON file. Losing it costs the pins, nothing else."""

import contextlib
import json
import os
from pathlib import Path


class JsonPins:
    """Pins by model; read once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pins = _read(path)

    def pinned(self, model: str) -> bool | None:
        """Whether somebody pinned it (or let go of it); ``None`` where nobody has said."""
        return self._pins.get(model)

    def names(self) -> tuple[str, ...]:
        """The models of which somebody has said something."""
        return tuple(self._pins)

    def pin(self, model: str, *, pinned: bool) -> None:
        """Remember it."""
        self._pins[model] = pinned
        half = self._path.with_suffix(".new")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            half.write_text(json.dumps(self._pins), "utf-8")
            os.replace(half, self._path)  # noqa: PTH105


def _read(path: Path) -> dict[str, bool]:
    try:
        tree = json.loads(path.read_text("utf-8"))
        return {str(model): bool(pinned) for model, pinned in tree.items()}
    except (OSError, ValueError, AttributeError):
        return {}
