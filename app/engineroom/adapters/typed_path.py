"""Paths as people write them."""

import contextlib
from pathlib import Path


def typed_path(text: str) -> Path:
    """A path as a person writes it. ``~name`` stays as it is where nobody has that name."""
    path = Path(text)
    with contextlib.suppress(RuntimeError):
        return path.expanduser()
    return path
