"""What is put into a support file: texts about this installation, with nothing in them that others should not read.

Prompts and answers are never in it: captures are left out, and nothing else holds any.
"""

import contextlib
import getpass
import json
import os
import platform
import re
import socket
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from engineroom import __version__
from engineroom.adapters.places import Places
from engineroom.contract.connection import read_connection
from engineroom.domain.redaction import GONE, Redactor

LOG_TAIL_BYTES = 512 * 1024
"""Of each log, its end."""
_SECRET_NAME = re.compile(r"(?i)token$|secret|passw|key$|credential|cookie")
_SECRET_VARIABLE = re.compile(r"(?i)token|secret|passw|api_?key|credential")


def redactor_for(places: Places) -> Redactor:
    """A redactor that knows the control token, the Hub's token in a file, and secrets of the environment literally."""
    secrets = {value for name, value in os.environ.items() if _SECRET_VARIABLE.search(name)}
    connection = read_connection(places.connection_file)
    if connection is not None:
        secrets.add(connection.token)
    with contextlib.suppress(OSError, UnicodeDecodeError):
        secrets.add(places.token_file.read_text("utf-8").strip())
    names = {socket.gethostname(): "[host]"}
    with contextlib.suppress(OSError, KeyError):
        names[getpass.getuser()] = "[user]"
    # A service account's name is a word of every log.
    names.pop("root", None)
    return Redactor(secrets, home=str(Path.home()), names=names)


def write_support_file(target: Path, places: Places, *, snapshot: Any, why_none: str = "") -> dict[str, int]:
    """Write the zip; its parts and their sizes in bytes.

    Args:
        target: the file, readable by this user only; an older one is replaced.
        places: whose installation it is about.
        snapshot: what the daemon says of itself, as plain objects; ``None`` where it could not be asked.
        why_none: why it could not.

    Raises:
        OSError: it cannot be written.
    """
    redactor = redactor_for(places)
    sizes: dict[str, int] = {}
    partial = target.with_name(f".{target.name}.part")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in _parts(places, snapshot, why_none):
            data = redactor.text(text).encode()
            bundle.writestr(name, data)
            sizes[name] = len(data)
        listed = "".join(f"{size:>9}  {name}\n" for name, size in sizes.items())
        said = f"{listed}\nTaken out: {redactor.removed} secrets. Prompts and answers are not in here.\n"
        bundle.writestr("contents.txt", said)
    partial.replace(target)
    return sizes


def _parts(places: Places, snapshot: Any, why_none: str) -> Iterator[tuple[str, str]]:
    yield "versions.json", _json(_versions())
    yield "settings.json", _json(_settings(places.settings_file))
    if snapshot is None:
        yield "daemon.txt", f"No answer: {why_none}\n"
    else:
        snapshot = dict(snapshot)
        yield "machine.json", _json(snapshot.pop("machine", None))
        snapshot.pop("log", None)
        snapshot["frames"] = snapshot.get("frames", [])[-8:]
        yield "snapshot.json", _json(snapshot)
    for folder, into in ((places.logs, "log"), (places.state / "crash", "crash")):
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.is_file() and path.suffix != ".gz":
                yield f"{into}/{path.name}", _tail(path)
    window = places.runtime / "window-start.log"
    if window.is_file():
        yield "log/window-start.log", _tail(window)


def _versions() -> dict[str, Any]:
    packages = {one.metadata["Name"]: one.version for one in distributions()}
    return {
        "engineroom": __version__,
        "python": sys.version,
        "system": platform.platform(),
        "libc": " ".join(platform.libc_ver()),
        "frozen": bool(getattr(sys, "frozen", False)),
        "display": {name: bool(os.environ.get(name)) for name in ("DISPLAY", "WAYLAND_DISPLAY")},
        "packages": dict(sorted(packages.items(), key=lambda item: item[0].lower())),
    }


def _settings(path: Path) -> Any:
    """Without what its name calls a secret; a file that cannot be read is said to be so."""
    try:
        return _without_secrets(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {"cannot be read": str(error)}


def _without_secrets(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {
            key: GONE if _SECRET_NAME.search(key) and isinstance(value, str) else _without_secrets(value)
            for key, value in tree.items()
        }
    return [_without_secrets(one) for one in tree] if isinstance(tree, list) else tree


def _tail(path: Path) -> str:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - LOG_TAIL_BYTES))
            return file.read().decode("utf-8", "replace")
    except OSError as error:
        return f"cannot be read: {error}\n"


def _json(tree: Any) -> str:
    return json.dumps(tree, indent=1, ensure_ascii=False, default=str) + "\n"
