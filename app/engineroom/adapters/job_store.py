"""Jobs in a small JSON file, replaced whole. Losing it costs the memory of jobs, not what they fetched."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from engineroom.domain.job import JobView


class JsonJobStore:
    """The jobs of one daemon."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> list[JobView]:
        """What was kept, oldest first; nothing where the file is absent or was written by something else."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=list[JobView])
        except (OSError, msgspec.MsgspecError):
            return []

    def save(self, jobs: Iterable[JobView]) -> None:
        """Replace the file."""
        half = self._path.with_suffix(".new")
        with contextlib.suppress(OSError):
            half.write_bytes(msgspec.json.encode(list(jobs)))
            os.replace(half, self._path)  # noqa: PTH105
