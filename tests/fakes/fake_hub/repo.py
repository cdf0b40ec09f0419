"""Repositories of the fake Hub: commits, branches, and what the Hub tells of each file."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

BLOCK_BYTES = 2**16
LARGE_SUFFIXES = (".safetensors", ".gguf", ".bin", ".pt", ".pth")


@dataclass(frozen=True, kw_only=True)
class Sparse:
    """``size`` bytes of zeros behind ``head``, made when they are asked for."""

    head: bytes = b""
    size: int

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self.size)
        head = self.head[start:stop]
        return head + bytes(max(0, stop - start - len(head)))


Content = bytes | Sparse


def blocks(content: Content, start: int, stop: int) -> Iterator[bytes]:
    """``content[start:stop]`` in pieces."""
    for at in range(start, stop, BLOCK_BYTES):
        yield content[at : min(at + BLOCK_BYTES, stop)]


@dataclass(frozen=True)
class FakeFile:
    """One file of one commit. Large ones are kept as the Hub keeps LFS files: known by their SHA-256."""

    path: str
    content: Content

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def large(self) -> bool:
        return self.path.endswith(LARGE_SUFFIXES) or self.size > 2**20

    @cached_property
    def sha256(self) -> str:
        digest = hashlib.sha256()
        for block in blocks(self.content, 0, self.size):
            digest.update(block)
        return digest.hexdigest()

    @cached_property
    def pointer(self) -> bytes:
        """What git itself holds of a large file."""
        return f"version https://git-lfs.github.com/spec/v1\noid sha256:{self.sha256}\nsize {self.size}\n".encode()

    @cached_property
    def blob_id(self) -> str:
        data = self.pointer if self.large else self.content[:]
        return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()

    @property
    def etag(self) -> str:
        return self.sha256 if self.large else self.blob_id

    def sibling(self, *, blobs: bool) -> dict[str, Any]:
        """As ``/api/models/…`` lists it."""
        row: dict[str, Any] = {"rfilename": self.path}
        if blobs:
            row |= {"size": self.size, "blobId": self.blob_id}
            if self.large:
                row["lfs"] = {"sha256": self.sha256, "size": self.size, "pointerSize": len(self.pointer)}
        return row

    def tree_row(self) -> dict[str, Any]:
        """As ``/tree`` and ``/paths-info`` list it."""
        row: dict[str, Any] = {"type": "file", "oid": self.blob_id, "size": self.size, "path": self.path}
        if self.large:
            row["lfs"] = {"oid": self.sha256, "size": self.size, "pointerSize": len(self.pointer)}
        return row


@dataclass(kw_only=True)
class FakeRepo:
    """A repository. ``members`` are the tokens that may read a gated or private one; ``waiting`` have only asked."""

    id: str
    commits: dict[str, dict[str, FakeFile]] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    gated: str | bool = False
    private: bool = False
    members: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)
    licence: str | None = "apache-2.0"
    licence_name: str | None = None
    task: str = "text-generation"
    library: str = "transformers"
    tags: tuple[str, ...] = ()
    downloads: int = 0
    likes: int = 0
    modified: str = "2026-11-01T00:00:00.000Z"

    def commit(self, files: Mapping[str, Content], branch: str = "main") -> str:
        """A new commit with exactly these files; the branch moves to it."""
        made = {path: FakeFile(path, content) for path, content in files.items()}
        text = f"{self.id} {len(self.commits)} " + " ".join(f"{path}={file.blob_id}" for path, file in made.items())
        sha = hashlib.sha1(text.encode()).hexdigest()
        self.commits[sha] = made
        self.branches[branch] = sha
        return sha

    def find(self, revision: str) -> str | None:
        """The commit that a branch, or the start of a commit's hash, means."""
        if revision in self.branches:
            return self.branches[revision]
        return next((sha for sha in self.commits if len(revision) >= 7 and sha.startswith(revision)), None)

    def info(self, sha: str, *, blobs: bool = False) -> dict[str, Any]:
        """As ``/api/models/{id}`` answers."""
        author, _, _ = self.id.partition("/")
        licence = () if self.licence is None else (f"license:{self.licence}",)
        return {
            "_id": hashlib.sha1(self.id.encode()).hexdigest()[:24],
            "id": self.id,
            "modelId": self.id,
            "author": author,
            "sha": sha,
            "private": self.private,
            "gated": self.gated,
            "disabled": False,
            "lastModified": self.modified,
            "createdAt": self.modified,
            "tags": [self.library, *self.tags, *licence],
            "pipeline_tag": self.task,
            "library_name": self.library,
            "downloads": self.downloads,
            "likes": self.likes,
            "cardData": {"license": self.licence, "license_name": self.licence_name} if self.licence else {},
            "siblings": [file.sibling(blobs=blobs) for file in self.commits[sha].values()],
        }
