"""How much lies where."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from engineroom.contract.settings import PlaceView, StorageView


def look_at(places: Iterable[tuple[str, Path]]) -> StorageView:
    """Folders by name, with what is in them. Blocks for as long as it takes to look at every file."""
    return StorageView(
        places=tuple(
            PlaceView(what=what, path=str(path), held_bytes=_held(path), free_bytes=_free(path))
            for what, path in places
        )
    )


def _held(path: Path) -> int | None:
    """Bytes on disk, each file once however many names it has; ``None`` if a folder cannot be read."""
    if not path.exists():
        return 0
    seen: set[tuple[int, int]] = set()
    total, trouble = 0, False

    def note(_error: OSError) -> None:
        nonlocal trouble
        trouble = True

    for folder, _, names in os.walk(path, onerror=note):
        for name in names:
            try:
                found = os.lstat(Path(folder, name))
            except OSError:
                continue
            if (found.st_dev, found.st_ino) not in seen:
                seen.add((found.st_dev, found.st_ino))
                total += found.st_blocks * 512
    return None if trouble else total


def _free(path: Path) -> int | None:
    for place in (path, *path.parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return None
