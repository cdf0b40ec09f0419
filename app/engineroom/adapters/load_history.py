"""How long loads took, in a small JSON file. Losing it costs an estimate, nothing else."""

import contextlib
import json
import os
import statistics
from pathlib import Path

_KEPT = 5


class JsonLoadHistory:
    """The last five load times under each key."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seconds = _read(path)

    def expected_s(self, key: str) -> float | None:
        """Median of the last loads; ``None`` before the first."""
        seconds = self._seconds.get(key)
        return statistics.median(seconds) if seconds else None

    def record(self, key: str, seconds: float) -> None:
        """Remember one load."""
        self._seconds[key] = [*self._seconds.get(key, []), seconds][-_KEPT:]
        half = self._path.with_suffix(".new")
        with contextlib.suppress(OSError):
            half.write_text(json.dumps(self._seconds), "utf-8")
            os.replace(half, self._path)  # noqa: PTH105


def _read(path: Path) -> dict[str, list[float]]:
    try:
        tree = json.loads(path.read_text("utf-8"))
        return {str(key): [float(value) for value in values] for key, values in tree.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
