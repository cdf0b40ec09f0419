"""The README that came with a model of the shared cache."""

from pathlib import Path

from engineroom.domain.model_card.readme import MOST_BYTES

_NAME = "README.md"
_SNAPSHOTS = "snapshots"


def readme_near(path: str) -> str | None:
    """The text of the snapshot that a model's file or folder lies in, cut at 1 MiB; ``None`` if there is none.

    A file that was imported from any folder has none: a README beside it may speak of anything.
    """
    place = Path(path)
    for folder in (place, *place.parents):
        if folder.parent.name == _SNAPSHOTS:
            return _read(folder / _NAME)
    return None


def _read(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return None
