"""Images and containers of the fake, as files; and as much of Go's templates as anybody writes."""

import contextlib
import json
import re
import uuid
from pathlib import Path
from typing import Any

PLACE = re.compile(r"\{\{\s*(?P<inner>[^}]*?)\s*\}\}")


class Store:
    """A folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        (folder / "containers").mkdir(exist_ok=True)

    def images(self) -> dict[str, dict[str, Any]]:
        """By name with tag."""
        path = self.folder / "images.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def image(self, name: str) -> dict[str, Any] | None:
        """By name, id or digest."""
        for known, row in self.images().items():
            if name in {known, row["Id"], row["Id"][7:], *row["RepoDigests"]}:
                return row
        return None

    def add_image(self, name: str, row: dict[str, Any]) -> None:
        """Now it is there."""
        self._write("images.json", self.images() | {name: row})

    def remove_image(self, name: str) -> None:
        """Now it is not."""
        gone = self.image(name)
        self._write("images.json", {known: row for known, row in self.images().items() if row != gone})

    def containers(self) -> dict[str, dict[str, Any]]:
        """By name."""
        found = {}
        for path in sorted((self.folder / "containers").glob("*.json")):
            with contextlib.suppress(FileNotFoundError):  # another command may remove it at any moment
                found[path.stem] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def container(self, name: str) -> dict[str, Any] | None:
        """By name or the beginning of its id."""
        for known, row in self.containers().items():
            if known == name.lstrip("/") or (len(name) >= 12 and row["Id"].startswith(name)):
                return row
        return None

    def save_container(self, row: dict[str, Any]) -> None:
        """Keep it as it is now."""
        self._write(f"containers/{row['Name'].lstrip('/')}.json", row)

    def remove_container(self, name: str) -> None:
        """It and its output."""
        for path in (self.folder / "containers").glob(f"{name}.*"):
            path.unlink(missing_ok=True)

    def output(self, name: str, stream: str) -> Path:
        """Where a container's output is kept."""
        return self.folder / "containers" / f"{name}.{stream}"

    def _write(self, name: str, value: object) -> None:
        # Under a name that no other command writes, and none removes with a container.
        new = self.folder / f"{uuid.uuid4().hex}.new"
        new.write_text(json.dumps(value), encoding="utf-8")
        new.replace(self.folder / name)


def template(text: str, facts: dict[str, Any]) -> str:
    """``text`` with ``{{.A.B}}``, ``{{json .A}}`` and ``{{index .A 0}}`` filled in; ``json`` alone is the whole."""
    if text == "json":
        return json.dumps(facts)
    return PLACE.sub(lambda found: _value(found["inner"], facts), text)


def _value(inner: str, facts: dict[str, Any]) -> str:
    words = inner.replace("(", " ").replace(")", " ").split()
    as_json, number = False, None
    path = "."
    for word in words:
        if word == "json":
            as_json = True
        elif word.isdigit():
            number = int(word)
        elif word.startswith("."):
            path = word
    value: Any = facts
    for key in [part for part in path.split(".") if part]:
        value = value.get(key) if isinstance(value, dict) else None
    if number is not None:
        value = value[number]
    if as_json:
        return json.dumps(value)
    return (
        {True: "true", False: "false", None: "<no value>"}.get(value, value)
        if not isinstance(value, (list, dict)) and isinstance(value, (bool, type(None)))
        else str(value)
    )
