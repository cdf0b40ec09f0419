"""A repository as the Hub lists it, and the pinned list of files that a pull fetches."""

from dataclasses import dataclass

FACE_HOST = "https://huggingface.co"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepoFile:
    """A file of one commit: ``blob_id`` is git's SHA-1 of it, ``sha256`` known only of files in large-file storage."""

    path: str
    size_bytes: int
    blob_id: str
    sha256: str | None = None

    @property
    def etag(self) -> str:
        """Its name in the shared cache: the SHA-256 where there is one, else the git hash."""
        return self.sha256 or self.blob_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RepoListing:
    """What the Hub says of one commit before a byte of a model is asked for.

    ``revision`` is the commit's 40 hex digits; ``ref`` the branch or tag it was found by, ``None`` where a commit was
    asked for.  ``gated`` is ``None`` where the Hub does not say.  ``licence`` is the Hub's identifier.
    """

    repo: str
    revision: str
    ref: str | None
    files: tuple[RepoFile, ...]
    endpoint: str
    gated: bool | None = None
    licence: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """Address of the page where its licence can be read and accepted."""
        return page_of(self.endpoint, self.repo)

    def file(self, path: str) -> RepoFile | None:
        """The file of that name."""
        return next((file for file in self.files if file.path == path), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PullPlan:
    """What a pull fetches, decided before the first byte. ``ref`` is pointed to ``revision`` when all is here."""

    repo: str
    revision: str
    ref: str | None
    endpoint: str
    files: tuple[RepoFile, ...]

    @property
    def total_bytes(self) -> int:
        """Bytes of all files; equal content counts once, as it is kept once."""
        return sum({file.etag: file.size_bytes for file in self.files}.values())


def page_of(endpoint: str, repo: str) -> str:
    """Address of a repository's page."""
    return f"{endpoint.rstrip('/') or FACE_HOST}/{repo}"
