"""What ``uv`` and the container programs say while they install, as progress.

Read from uv 0.13 and Docker 28, without a terminal.
"""

import contextlib
import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

_UNITS = {"B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
_RESOLVED = re.compile(r"^Resolved (\d+) packages? in")
_DOWNLOADING = re.compile(r"^Downloading (?P<name>\S+) \((?P<amount>[\d.]+)(?P<unit>[KMGT]?i?B)\)$")
_DOWNLOADED = re.compile(r"^ ?Downloaded (?P<name>\S+)$")
_PREPARED = re.compile(r"^Prepared (\d+) packages? in")
_INSTALLED = re.compile(r"^Installed (\d+) packages? in")
_LAYER = re.compile(
    r"^(?P<name>[0-9a-f]{12}): (?P<what>Pulling fs layer|Download complete|Pull complete|Already exists)$"
)
_BLOB = re.compile(r"^Copying (?:blob|config) (?:sha256:)?(?P<name>[0-9a-f]{12})")
_DIGEST = re.compile(r"^Digest: (sha256:[0-9a-f]{64})$")


class InstallStage(StrEnum):
    """Stages of an installation and its gate, as jobs name them."""

    ENVIRONMENT = "environment"
    RESOLVE = "resolve"
    DOWNLOAD = "download"
    INSTALL = "install"
    RECORD = "record"
    PROBE = "probe"
    WAIT = "wait"
    SMOKE = "smoke"


@dataclass(slots=True)
class UvProgress:
    """How far a ``uv pip install`` is. Only files of more than a MiB are announced with their size.

    ``files`` maps a package to its bytes and whether it is here; ``packages`` is how many were resolved.
    """

    stage: InstallStage = InstallStage.RESOLVE
    packages: int | None = None
    files: dict[str, tuple[int, bool]] = field(default_factory=dict)

    def feed(self, line: str) -> bool:
        """Take a line; whether it changed anything."""
        line = line.rstrip()
        if found := _DOWNLOADING.match(line):
            self.stage = InstallStage.DOWNLOAD
            self.files[found["name"]] = (round(float(found["amount"]) * _UNITS.get(found["unit"], 1)), False)
        elif found := _DOWNLOADED.match(line):
            size, _ = self.files.get(found["name"], (0, False))
            self.files[found["name"]] = (size, True)
        elif found := _RESOLVED.match(line):
            self.packages, self.stage = int(found[1]), InstallStage.DOWNLOAD
        elif _PREPARED.match(line) or _INSTALLED.match(line):
            self.stage = InstallStage.INSTALL
        else:
            return False
        return True

    @property
    def total_bytes(self) -> int:
        """Announced so far; more may come."""
        return sum(size for size, _ in self.files.values())

    @property
    def done_bytes(self) -> int:
        """Of the files that are here."""
        return sum(size for size, here in self.files.values() if here)


@dataclass(slots=True)
class PullProgress:
    """How far a ``docker pull`` or ``podman pull`` is; layers by their short name.

    ``sizes`` are bytes of layers where the registry told them.
    """

    sizes: dict[str, int] = field(default_factory=dict)
    layers: dict[str, bool] = field(default_factory=dict)
    digest: str | None = None
    stage: InstallStage = InstallStage.DOWNLOAD

    def feed(self, line: str) -> bool:
        """Take a line; whether it changed anything."""
        line = line.rstrip()
        if found := _LAYER.match(line):
            self.layers[found["name"]] = found["what"] != "Pulling fs layer"
        elif found := _BLOB.match(line):
            self.layers[found["name"]] = line.endswith(("done", "skipped: already exists"))
        elif found := _DIGEST.match(line):
            self.digest, self.stage = found[1], InstallStage.INSTALL
        else:
            return False
        return True

    @property
    def total_bytes(self) -> int:
        """Of the layers whose size is known."""
        return sum(self.sizes.values())

    @property
    def done_bytes(self) -> int:
        """Of the layers that are here."""
        return sum(size for name, size in self.sizes.items() if self.layers.get(name))


_MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
"""By what the kernel calls them, as registries do."""


def digest_for(manifest: str, machine: str) -> str | None:
    """Of an image for several machines the one for this; ``None`` where the manifest is an image's own, or none.

    Forms: OCI image index and Docker's manifest list, https://github.com/opencontainers/image-spec/blob/main/image-index.md.
    """
    rows = _tree(manifest).get("manifests")
    wanted = {"os": "linux", "architecture": _MACHINES.get(machine, machine)}
    for row in rows if isinstance(rows, list) else ():
        place = row.get("platform") if isinstance(row, dict) else None
        if isinstance(place, dict) and wanted.items() <= place.items() and isinstance(row.get("digest"), str):
            return str(row["digest"])
    return None


def at_digest(image: str, digest: str) -> str:
    """The same image by a digest.

    >>> at_digest("host:5000/maker/it:1.2", "sha256:ab")
    'host:5000/maker/it@sha256:ab'
    """
    place, slash, name = image.partition("@")[0].rpartition("/")
    return f"{place}{slash}{name.partition(':')[0]}@{digest}"


def layer_sizes(manifest: str) -> dict[str, int]:
    """Bytes of an image's layers by their short names; nothing where the manifest does not tell."""
    with contextlib.suppress(KeyError, TypeError, ValueError):
        layers = _tree(manifest).get("layers") or []
        return {str(one["digest"]).partition(":")[2][:12]: int(one["size"]) for one in layers}
    return {}


def _tree(text: str) -> dict[str, Any]:
    with contextlib.suppress(ValueError):
        found = json.loads(text)
        return found if isinstance(found, dict) else {}
    return {}
