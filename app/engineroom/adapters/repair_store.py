"""What fixes changed, a small JSON file for each engine."""

import contextlib
import os
from pathlib import Path
from urllib.parse import quote

from engineroom.domain.errors import Broken, Code
from engineroom.domain.os_errors import caused
from engineroom.domain.repair import Repair, repair_of, to_json

_ENDING = ".json"


class RepairStore:
    """One user's repairs.

    Args:
        root: the folder of them; made when first written to.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, engine: str) -> str | None:
        """The file of an engine's repair; ``None`` where there is none."""
        place = self._place(engine)
        return str(place) if place.is_file() else None

    def of(self, engine: str) -> Repair:
        """What holds; an empty one where there is none that can be read."""
        with contextlib.suppress(OSError, ValueError):
            return repair_of(self._place(engine).read_text("utf-8"))
        return Repair()

    def save(self, engine: str, repair: Repair) -> None:
        """Keep this one. Raises Broken (``state_unwritable``)."""
        place = self._place(engine)
        half = place.with_suffix(".new")
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            half.write_text(to_json(repair), "utf-8")
            os.replace(half, place)  # noqa: PTH105
        except OSError as error:
            raise Broken(Code.STATE_UNWRITABLE, path=str(place), **caused(error)) from error

    def forget(self, engine: str) -> None:
        """Keep none."""
        with contextlib.suppress(OSError):
            self._place(engine).unlink(missing_ok=True)

    def _place(self, engine: str) -> Path:
        return self._root / (quote(engine, safe="") + _ENDING)
