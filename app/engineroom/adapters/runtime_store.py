"""Installed runtimes on disk: a folder each, a manifest in it when it is whole, and a pointer to the default."""

import contextlib
import json
import os
import shutil
import threading
from collections.abc import Mapping
from pathlib import Path

from engineroom.adapters.swap import MARK, settle, swap
from engineroom.domain.errors import Broken, Code
from engineroom.domain.os_errors import caused
from engineroom.domain.runtimes.values import Endpoint, Installation, RuntimeKind
from engineroom.domain.runtimes.wire import SCHEMA, endpoint_of, gate_of, manifest_of, to_json

_REMOVING = ".removing-"
_ANEW = ".anew"
_LAID_BY_HAND = ("modelopt", "venv/bin/hf_ptq.py", "venv/bin/quantize.py")
"""Programs that people lay into a runtime: they are not lost when it is installed anew."""

_SWAPPING = threading.RLock()
"""Between two steps of a swap nobody may take what lies there for cut off."""

_ATTACHED = "attached"


class RuntimeStore:
    """One user's runtimes. Everything here may block; what is written is there whole or not at all.

    Args:
        root: the folder of them all; made when first written to.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def cache(self) -> str:
        """Where downloads of environments are kept, on the same disk, so that they are linked and not copied."""
        return str(self._root / ".uv-cache")

    @property
    def root(self) -> str:
        """The folder of them all."""
        return str(self._root)

    def folder(self, runtime: str) -> str:
        """Of one installation."""
        return str(self._root / runtime)

    def installations(self) -> tuple[Installation, ...]:
        """Whole ones and half ones, by name. What an interrupted removal left goes; a swap comes to its end."""
        return tuple(one for folder in self._folders() if (one := self._installation(folder)) is not None)

    def found(self, runtime: str) -> Installation | None:
        """One of them, also one that is made beside another."""
        folders = (folder for folder in self._folders(beside=True) if folder.name == runtime)
        return next(filter(None, map(self._installation, folders)), None)

    def beside(self, runtime: str) -> str:
        """The name of what is made beside one, to take its place."""
        return f"{runtime}{_ANEW}"

    def swap(self, runtime: str) -> None:
        """Put what was made beside one in its place, and remove the one before. Raises Broken, and that one stays."""
        place, new = self._root / runtime, self._root / self.beside(runtime)
        try:
            for name in _LAID_BY_HAND:
                _carried(place / name, new / name)
            with _SWAPPING:
                swap(new, place, self._gone(runtime))
        except OSError as error:
            raise _unwritable(place, error) from error
        shutil.rmtree(self._gone(runtime), ignore_errors=True)

    def job_of(self, runtime: str) -> str | None:
        """The job that its last order was written for."""
        with contextlib.suppress(ValueError, KeyError, TypeError):
            return str(json.loads(_read(self._root / runtime / "order.json") or "")["job"])
        return None

    def begin(self, runtime: str, order: Mapping[str, object]) -> str:
        """Write the order of an installation; where it lies. Raises Broken."""
        place = self._root / runtime / "order.json"
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(place, error) from error
        self._write(place, json.dumps({"schema": SCHEMA, **order}, indent=1))
        return str(place)

    def default(self) -> str | None:
        """The runtime that engines are made with, as long as it is whole."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            name = json.loads((self._root / "default.json").read_text("utf-8"))["runtime"]
            if isinstance(name, str) and (self._root / name / "manifest.json").is_file():
                return name
        return None

    def set_default(self, runtime: str | None) -> None:
        """Point to another; the one before is not touched. Raises Broken."""
        self._write(self._root / "default.json", json.dumps({"schema": SCHEMA, "runtime": runtime}))

    def remove(self, runtime: str) -> None:
        """Remove an installation. It stops being one in a single step; its files follow. Raises Broken."""
        folder = self._root / runtime
        gone = self._gone(runtime)
        try:
            shutil.rmtree(gone, ignore_errors=True)
            folder.rename(gone)
        except OSError as error:
            raise _unwritable(folder, error) from error
        shutil.rmtree(gone, ignore_errors=True)
        if not any(one.kind is RuntimeKind.VENV for one in self.installations()):
            shutil.rmtree(self.cache, ignore_errors=True)

    def missing(self, installation: Installation) -> str | None:
        """What a whole environment should have and has not."""
        if installation.kind is not RuntimeKind.VENV:
            return None
        programs = (self._root / installation.id / "venv" / "bin" / name for name in ("python", "trtllm-serve"))
        return next((str(path) for path in programs if not path.exists()), None)

    def held_bytes(self, runtime: str) -> int | None:
        """What a folder takes on disk; ``None`` where it cannot be read."""
        total = 0
        try:
            for place, _, names in os.walk(self._root / runtime):
                for name in names:
                    total += os.lstat(os.path.join(place, name)).st_blocks * 512  # noqa: PTH118 (very many files)
        except OSError:
            return None
        return total

    def free_bytes(self) -> int | None:
        """Room on the disk of environments."""
        for folder in (self._root, *self._root.parents):
            with contextlib.suppress(OSError):
                space = os.statvfs(folder)
                return space.f_bavail * space.f_frsize
        return None

    def endpoints(self) -> tuple[Endpoint, ...]:
        """What was attached, by name."""
        found = []
        for path in sorted((self._root / _ATTACHED).glob("*.json")):
            with contextlib.suppress(OSError, ValueError):
                found.append(endpoint_of(path.read_text("utf-8")))
        return tuple(found)

    def attach(self, endpoint: Endpoint) -> None:
        """Remember one. Raises Broken."""
        self._write(self._root / _ATTACHED / f"{endpoint.id}.json", to_json(endpoint))

    def detach(self, endpoint: str) -> None:
        """Forget one."""
        (self._root / _ATTACHED / f"{endpoint}.json").unlink(missing_ok=True)

    def _installation(self, folder: Path) -> Installation | None:
        order = _read(folder / "order.json")
        manifest_text, gate_text = _read(folder / "manifest.json"), _read(folder / "gate.json")
        with contextlib.suppress(ValueError, KeyError, TypeError):
            manifest = None if manifest_text is None else manifest_of(manifest_text)
            gate = None if gate_text is None or manifest is None else gate_of(gate_text)
            if manifest is not None:
                return Installation(
                    id=folder.name, kind=manifest.kind, version=manifest.version, manifest=manifest, gate=gate
                )
            tree = json.loads(order or "")
            return Installation(id=folder.name, kind=RuntimeKind(tree["kind"]), version=str(tree["version"]))
        return None

    def _folders(self, *, beside: bool = False) -> list[Path]:
        if not self._root.is_dir():
            return []
        with _SWAPPING:
            for new in self._root.glob(f"*{_ANEW}"):
                self._settle(new.name.removesuffix(_ANEW))
            for place in self._root.glob(f"*/{MARK}"):
                self._settle(place.parent.name)
            for gone in self._root.glob(f"{_REMOVING}*"):
                shutil.rmtree(gone, ignore_errors=True)
        return [one for one in sorted(self._root.iterdir()) if one.is_dir() and (beside or one.suffix != _ANEW)]

    def _settle(self, runtime: str) -> None:
        # What cannot be brought to its end now is tried again when somebody looks next.
        with contextlib.suppress(OSError):
            settle(self._root / self.beside(runtime), self._root / runtime, self._gone(runtime))

    def _gone(self, runtime: str) -> Path:
        return self._root / f"{_REMOVING}{runtime}"

    @staticmethod
    def _write(place: Path, text: str) -> None:
        half = place.with_name(f"{place.name}.new")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with half.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            half.replace(place)
        except OSError as error:
            raise _unwritable(place, error) from error


def _carried(old: Path, new: Path) -> None:
    """Copy what lies in the old one and not in the new. Raises OSError."""
    if old.is_dir() and not new.exists():
        shutil.copytree(old, new, symlinks=True)
    elif old.is_file() and not new.exists():
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(old, new)


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _unwritable(place: Path, error: OSError) -> Broken:
    return Broken(Code.STATE_UNWRITABLE, path=str(place), **caused(error))
