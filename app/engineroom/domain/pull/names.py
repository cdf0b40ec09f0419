"""Names that came over the network and are about to become names on a disk."""

import re
from collections.abc import Iterable

from engineroom.domain.errors import Code, Rejected

_REPO = re.compile(r"(?!.*(--|\.\.))[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9_][\w.-]{0,95}", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}")
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REVISION = re.compile(r"(?!.*(\.\.|//))[\w][\w./-]{0,254}", re.ASCII)
_ADDRESS = re.compile(
    r"https?://[^/]+/(?:models/)?(?P<repo>[^/]+/[^/?#]+)(?:/(?:tree|blob|resolve)/(?P<revision>[^/?#]+))?"
)
# Windows takes these for devices whatever follows the first dot; a cache may lie on a disk it reads.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE)
_FORBIDDEN = frozenset('\\:*?"<>|') | {chr(code) for code in (*range(32), 127)}
_MOST_NAME_BYTES = 240


def parse_reference(text: str) -> tuple[str, str | None]:
    """Repository and revision of ``owner/name``, ``owner/name@revision``, ``hf.co/…`` or the address of a page.

    Raises:
        Rejected: ``repo_name``.
    """
    text = text.strip()
    if text.startswith(("hf.co/", "huggingface.co/")):
        text = f"https://{text}"
    if found := _ADDRESS.match(text):
        return check_repo(found["repo"]), found["revision"]
    repo, _, revision = text.partition("@")
    if revision and not is_revision(revision):
        raise Rejected(Code.REPO_NAME, repo=text)
    return check_repo(repo), revision or None


def check_repo(repo: str) -> str:
    """The name, if it is ``owner/name`` as the Hub allows it. Raises Rejected (``repo_name``)."""
    if not _REPO.fullmatch(repo) or repo.endswith((".git", ".", "-")):
        raise Rejected(Code.REPO_NAME, repo=repo)
    return repo


def is_commit(text: str) -> bool:
    """Whether it is the full hash of a commit."""
    return _COMMIT.fullmatch(text) is not None


def is_hash(text: str) -> bool:
    """Whether it is a SHA-1 or SHA-256 in small hexadecimal digits, so that it may be a file's name."""
    return _HASH.fullmatch(text) is not None


def is_revision(text: str) -> bool:
    """Whether it may be a branch, tag or commit, and a path below ``refs``."""
    return _REVISION.fullmatch(text) is not None and all(map(_is_safe_part, text.split("/")))


def is_safe(path: str) -> bool:
    """Whether a repository's path stays below the folder it is joined to, on every system."""
    return 0 < len(path.encode("utf-8", "replace")) <= 1024 and all(map(_is_safe_part, path.split("/")))


def check_paths(repo: str, paths: Iterable[str]) -> None:
    """Every path is safe alone and beside the others.

    Two names that differ in case only, or one that is the folder of another, would overwrite each other.

    Raises:
        Rejected: ``unsafe_file_name`` with the first that is not.
    """
    seen: set[str] = set()
    folders: set[str] = set()
    for path in paths:
        folded = path.casefold()
        above = {folded[:at] for at, letter in enumerate(folded) if letter == "/"}
        if not is_safe(path) or folded in seen or folded in folders or above & seen:
            raise Rejected(Code.UNSAFE_FILE_NAME, repo=repo, path=ascii(path)[1:-1])
        seen.add(folded)
        folders |= above


def _is_safe_part(part: str) -> bool:
    return (
        part not in {"", ".", ".."}
        and not _FORBIDDEN & set(part)
        and not part.endswith((".", " "))
        and not part.startswith(" ")
        and len(part.encode("utf-8", "surrogatepass")) <= _MOST_NAME_BYTES
        and part.isprintable()
        and not _DEVICES.fullmatch(part)
    )
