"""What an error of the Hub means: statuses and the headers ``X-Error-Code`` and ``X-Error-Message``."""

from collections.abc import Mapping
from dataclasses import dataclass

from engineroom.domain.errors import Broken, Code, EngineroomError, Rejected
from engineroom.domain.pull.values import page_of

_USUAL_WAIT_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What was asked of whom."""

    endpoint: str
    host: str
    repo: str
    revision: str
    path: str
    has_token: bool


def refusal(asking: Asking, status: int, headers: Mapping[str, str]) -> EngineroomError:
    """The error for an answer of 400 and above. ``headers`` have lower-case names."""
    code, message = headers.get("x-error-code", ""), headers.get("x-error-message", "")
    if status == 429:
        return Broken(Code.RATE_LIMITED, host=asking.host, retry_after_s=retry_after_s(headers) or _USUAL_WAIT_S)
    if status in {401, 403, 404}:
        return _kept_from(asking, status, code, message)
    return Broken(Code.HUB_FAILED, host=asking.host, status=status)


def _kept_from(asking: Asking, status: int, code: str, message: str) -> EngineroomError:
    if code == "GatedRepo":
        return _gated(asking, message)
    if code == "RevisionNotFound":
        return Rejected(Code.REVISION_NOT_FOUND, repo=asking.repo, revision=asking.revision)
    if code == "EntryNotFound":
        return Rejected(Code.REPO_FILE_MISSING, repo=asking.repo, path=asking.path, revision=asking.revision)
    if status == 401 and code != "RepoNotFound" and (asking.has_token or "invalid credentials" in message.lower()):
        return Rejected(Code.HUB_TOKEN_REFUSED, host=asking.host)
    return Rejected(Code.REPO_NOT_FOUND, repo=asking.repo)


def retry_after_s(headers: Mapping[str, str]) -> int | None:
    """Seconds to wait, from ``Retry-After``, or ``t`` of ``RateLimit`` where no request is left."""
    plain = headers.get("retry-after", "").strip()
    if plain.isdigit():
        return int(plain)
    fields = dict(part.strip().partition("=")[::2] for part in headers.get("ratelimit", "").split(";"))
    return int(fields["t"]) if fields.get("t", "").isdigit() and fields.get("r", "0") == "0" else None


def _gated(asking: Asking, message: str) -> EngineroomError:
    page = page_of(asking.endpoint, asking.repo)
    if not asking.has_token:
        return Rejected(Code.GATED_NO_TOKEN, repo=asking.repo, page=page)
    if "awaiting" in message.lower():
        return Rejected(Code.GATED_WAITING, repo=asking.repo, page=page)
    return Rejected(Code.GATED_TERMS, repo=asking.repo, page=page)
