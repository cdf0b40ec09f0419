"""A bundle: models with their hashes, to be carried to a computer without network. As a folder or a plain tar file.

``engineroom-bundle.json`` comes first: ``{"format": "engineroom-bundle", "version": 1, "made_by", "created_unix_s",
"runtime": {"name", "version"}, "models": [{"repo", "revision", "ref", "files": [{"path", "size_bytes", "sha256",
"blob"}]}]}``.  The file ``path`` of a model lies at ``models/<repo>/<revision>/<path>``.  ``blob`` is its name in the
shared cache: the SHA-256 again, or git's SHA-1 of a small file.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.misread import misread
from engineroom.domain.pull.names import check_paths, check_repo, is_commit, is_hash, is_revision
from engineroom.domain.pull.values import PullPlan, RepoFile

MANIFEST = "engineroom-bundle.json"
MOST_MANIFEST_BYTES = 64 * 2**20
FORMAT, VERSION = "engineroom-bundle", 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFile:
    """One file of a model; ``blob`` is its name in the shared cache."""

    path: str
    size_bytes: int
    sha256: str
    blob: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleModel:
    """A model of the Hub at one commit. ``ref`` is the branch that pointed to it, if one did."""

    repo: str
    revision: str
    ref: str | None
    files: tuple[BundleFile, ...]

    def place(self, file: BundleFile) -> str:
        """Where the file lies in the bundle."""
        return f"models/{self.repo}/{self.revision}/{file.path}"

    def plan(self) -> PullPlan:
        """The same as a pull would have it."""
        files = (
            RepoFile(
                path=file.path,
                size_bytes=file.size_bytes,
                blob_id=file.blob,
                sha256=file.sha256 if file.blob == file.sha256 else None,
            )
            for file in self.files
        )
        return PullPlan(repo=self.repo, revision=self.revision, ref=self.ref, endpoint="", files=tuple(files))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """All models, and what they were served with: ``runtime`` and ``runtime_version``."""

    made_by: str
    created_unix_s: float
    runtime: str
    runtime_version: str | None
    models: tuple[BundleModel, ...]

    @property
    def total_bytes(self) -> int:
        """Bytes of all files."""
        return sum(file.size_bytes for _, file in self.files())

    def files(self) -> Iterator[tuple[BundleModel, BundleFile]]:
        """Every file, in the order they lie in."""
        for model in self.models:
            for file in model.files:
                yield model, file


def to_json(bundle: Bundle) -> str:
    """The manifest."""
    return json.dumps(
        {
            "format": FORMAT,
            "version": VERSION,
            "made_by": bundle.made_by,
            "created_unix_s": bundle.created_unix_s,
            "runtime": {"name": bundle.runtime, "version": bundle.runtime_version},
            "models": [asdict(model) for model in bundle.models],
        },
        indent=1,
    )


def from_json(text: str, *, path: str) -> Bundle:
    """The bundle of a manifest, every name in it judged before it may become the name of a file.

    Raises:
        Rejected: ``bundle_broken`` with ``path``, ``repo_name`` or ``unsafe_file_name``.
    """
    try:
        bundle = _bundle(json.loads(text))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Rejected(Code.BUNDLE_BROKEN, path=path, **misread(error)) from error
    for model in bundle.models:
        check_paths(model.repo, (file.path for file in model.files))
    if len({(model.repo, model.revision) for model in bundle.models}) != len(bundle.models) or not bundle.models:
        raise Rejected(Code.BUNDLE_BROKEN, path=path, **because(Detail.LIST_NAMES_NONE))
    return bundle


def _bundle(tree: dict[str, Any]) -> Bundle:
    if (tree["format"], tree["version"]) != (FORMAT, VERSION):
        raise ValueError("another format or version")
    version = tree["runtime"]["version"]
    return Bundle(
        made_by=str(tree["made_by"])[:200],
        created_unix_s=float(tree["created_unix_s"]),
        runtime=str(tree["runtime"]["name"])[:200],
        runtime_version=None if version is None else str(version)[:200],
        models=tuple(map(_model, tree["models"])),
    )


def _model(row: dict[str, Any]) -> BundleModel:
    model = BundleModel(
        repo=check_repo(row["repo"]), revision=row["revision"], ref=row["ref"], files=tuple(map(_file, row["files"]))
    )
    if not is_commit(model.revision) or not (model.ref is None or is_revision(model.ref)) or not model.files:
        raise ValueError("no commit, a bad branch or no files")
    return model


def _file(row: dict[str, Any]) -> BundleFile:
    file = BundleFile(path=row["path"], size_bytes=row["size_bytes"], sha256=row["sha256"], blob=row["blob"])
    if type(row["path"]) is not str or type(row["size_bytes"]) is not int or not 0 <= file.size_bytes < 2**50:
        raise ValueError("a file without a name or a size")
    if len(file.sha256) != 64 or not is_hash(file.sha256) or not is_hash(file.blob):
        raise ValueError("a hash that is none")
    if len(file.blob) == 64 and file.blob != file.sha256:
        raise ValueError("two hashes for one file")
    return file
