"""What the doctor found of engines that failed, a small JSON file for each. Losing one costs the finding, no more."""

import contextlib
import json
import os
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote, unquote

from engineroom.domain.errors import Problem
from engineroom.domain.trtllm.fixes import FixAction
from engineroom.services.doctor import Diagnosis, Found

_ENDING = ".json"
_FORM = 1


class FindingStore:
    """One user's findings.

    Args:
        root: the folder of them; made when first written to.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def load(self) -> dict[str, Found]:
        """All that can be read, by engine."""
        found: dict[str, Found] = {}
        for file in sorted(self._root.glob(f"*{_ENDING}")):
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                found[unquote(file.name.removesuffix(_ENDING))] = _found(file.read_text("utf-8"))
        return found

    def save(self, engine: str, found: Found) -> None:
        """Keep this one; where the disk does not take it, it is known until the engine room ends."""
        place = self._place(engine)
        half = place.with_suffix(".new")
        with contextlib.suppress(OSError):
            self._root.mkdir(parents=True, exist_ok=True)
            half.touch(mode=0o600)
            half.write_text(json.dumps({"form": _FORM, **asdict(found)}), "utf-8")
            os.replace(half, place)  # noqa: PTH105

    def forget(self, engine: str) -> None:
        """Keep none."""
        with contextlib.suppress(OSError):
            self._place(engine).unlink(missing_ok=True)

    def _place(self, engine: str) -> Path:
        return self._root / (quote(engine, safe="") + _ENDING)


def _found(text: str) -> Found:
    """Raises ValueError, KeyError or TypeError for anything else."""
    tree = json.loads(text)
    if tree["form"] != _FORM:
        raise ValueError(tree["form"])
    made = tree["diagnosis"]
    return Found(
        diagnosis=Diagnosis(
            problem=Problem(code=str(made["problem"]["code"]), facts=dict(made["problem"]["facts"])),
            fixes=tuple(map(FixAction, made["fixes"])),
            known=bool(made["known"]),
        ),
        lines=tuple(map(str, tree["lines"])),
        at_s=float(tree["at_s"]),
    )
