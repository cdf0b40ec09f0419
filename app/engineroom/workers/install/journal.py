"""What of an installation is done, so that the next start knows; and files that are there whole or not at all."""

import json
import os
from pathlib import Path

from engineroom.domain.errors import Broken, Code
from engineroom.domain.os_errors import caused
from engineroom.domain.runtimes.recipe import Step


class Journal:
    """Steps that were begun and done, in a file replaced whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._done, self._begun = self._read()

    def left(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        """What is to be done. A step that was cut off may have left half a package, so everything is made anew then.

        What was downloaded is in a cache and comes from there.
        """
        names = [step.name for step in steps]
        if self._begun not in {*self._done, ""} or self._done != names[: len(self._done)]:
            self._done = []
        return steps[len(self._done) :]

    def begin(self, step: Step) -> None:
        """From now on a cut leaves something half done."""
        self._begun = step.name
        self._write()

    def end(self, step: Step) -> None:
        """It is done."""
        self._done = [*self._done, step.name]
        self._write()

    def _read(self) -> tuple[list[str], str]:
        try:
            tree = json.loads(self._path.read_text("utf-8"))
            return list(map(str, tree["done"])), str(tree["begun"])
        except (OSError, ValueError, KeyError, TypeError):
            return [], ""

    def _write(self) -> None:
        write_whole(self._path, json.dumps({"done": self._done, "begun": self._begun}))


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one go, and have it on disk when this returns. Raises Broken."""
    half = path.with_name(f"{path.name}.new")
    try:
        with half.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise Broken(Code.STATE_UNWRITABLE, path=str(path), **caused(error)) from error
