"""Ranges of files over HTTP, through ``huggingface_hub``'s own session: its endpoint, token, proxy and offline switch.

Its downloader is not used: it begins every file anew in each process (a partial file has a random name and is removed
when a download ends badly), checks no hash, and gives up on files of more than 50 GB where xet is not used.  Here each
request asks for a range, and every byte that came stays.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import httpx2

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code, FactValue, Rejected
from engineroom.domain.misread import misread
from engineroom.domain.os_errors import caused
from engineroom.domain.pull.outgoing import Outgoing, Purpose
from engineroom.domain.pull.parts import Claim
from engineroom.domain.pull.refusals import Asking, refusal, retry_after_s
from engineroom.domain.pull.values import PullPlan, RepoFile

_TIMEOUT = httpx2.Timeout(connect=10.0, read=30.0, write=10.0, pool=60.0)
_MOST_HOPS = 6
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_EXPIRED = frozenset({400, 401, 403, 404, 410})


class Again(Exception):
    """Worth another try: after ``wait_s`` where the Hub named a time."""

    def __init__(self, problem: Broken, wait_s: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.wait_s = wait_s


class Wire:
    """Asks for ranges of the files of one plan. Threads may share it.

    Args:
        plan: what is fetched, and from where.
        on_sent: told of every request when it has ended.
    """

    def __init__(self, plan: PullPlan, on_sent: Callable[[Outgoing], None]) -> None:
        from huggingface_hub import get_session
        from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

        self._plan = plan
        self._on_sent = on_sent
        self._session: Callable[[], Any] = get_session
        self._headers = build_hf_headers(library_name="engineroom")
        self._places: dict[str, str] = {}
        self._whole_only: set[str] = set()

    def sends_whole(self, file: RepoFile) -> bool:
        """Whether the server was seen to send this file from its start whatever range is asked for."""
        return file.etag in self._whole_only

    @contextmanager
    def range(self, file: RepoFile, claim: Claim) -> Iterator[Iterator[bytes]]:
        """The bytes of a claim as they arrive; fewer when the connection is cut.

        Raises:
            Again: for what may pass.
            Rejected, Broken: for what will not.
        """
        from huggingface_hub.errors import OfflineModeIsEnabled

        try:
            with self._answer(file, claim) as response:
                yield _exactly(response, claim)
        except httpx2.RequestError as error:
            raise Again(Broken(Code.HUB_UNREACHABLE, host=self._host(), **caused(error))) from error
        except httpx2.InvalidURL as error:
            raise Broken(Code.HUB_ANSWER, host=self._host(), **misread(error)) from error
        except OfflineModeIsEnabled as error:
            raise Rejected(Code.HUB_OFFLINE, host=self._host()) from error

    @contextmanager
    def _answer(self, file: RepoFile, claim: Claim) -> Iterator[httpx2.Response]:
        first = f"{self._plan.endpoint}/{self._plan.repo}/resolve/{self._plan.revision}/{quote(file.path)}"
        url = self._places.get(file.etag, first)
        for _ in range(_MOST_HOPS):
            with self._asked(url, claim) as response:
                if response.has_redirect_location:
                    self._check_linked(file, response)
                    url = urljoin(url, response.headers["Location"])
                    if not _same_origin(url, first):
                        self._places[file.etag] = url
                elif not _same_origin(url, first) and response.status_code in _EXPIRED:
                    # A signed address has run out; the Hub gives a new one.
                    self._places.pop(file.etag, None)
                    raise Again(Broken(Code.HUB_FAILED, host=_host(url), status=response.status_code))
                else:
                    self._check(file, claim, url, response)
                    if response.status_code == 200:
                        self._whole_only.add(file.etag)
                    yield response
                    return
        raise Broken(Code.HUB_ANSWER, host=self._host(), **because(Detail.REDIRECTS))

    @contextmanager
    def _asked(self, url: str, claim: Claim) -> Iterator[httpx2.Response]:
        headers = {**self._headers, "Accept-Encoding": "identity", "Range": f"bytes={claim.start}-{claim.stop - 1}"}
        if not _same_origin(url, self._plan.endpoint):
            headers.pop("authorization", None)
        sent_unix_s = time.time()
        response: httpx2.Response | None = None
        try:
            session = self._session()
            with session.stream("GET", url, headers=headers, follow_redirects=False, timeout=_TIMEOUT) as response:
                yield response
        finally:
            status, received = (None, 0) if response is None else (response.status_code, response.num_bytes_downloaded)
            self._on_sent(
                Outgoing(
                    host=_host(url),
                    purpose=Purpose.MODEL_FILE,
                    status=status,
                    received_bytes=received,
                    sent_unix_s=sent_unix_s,
                )
            )

    def _check_linked(self, file: RepoFile, response: httpx2.Response) -> None:
        """What the Hub says of the file while it sends us elsewhere."""
        size, etag = response.headers.get("X-Linked-Size"), response.headers.get("X-Linked-Etag")
        commit = response.headers.get("X-Repo-Commit")
        if size is not None and size != str(file.size_bytes):
            raise self._changed(file, Detail.OTHER_SIZE, size=size, wanted_size=file.size_bytes)
        if etag is not None and etag.removeprefix("W/").strip('"') != file.etag:
            raise self._changed(file, Detail.OTHER_HASH)
        if commit is not None and commit != self._plan.revision:
            raise self._changed(file, Detail.OTHER_REVISION, revision=commit)

    def _check(self, file: RepoFile, claim: Claim, url: str, response: httpx2.Response) -> None:
        status = response.status_code
        if status in _AGAIN:
            host = _host(url)
            wait_s = retry_after_s(_lower(response)) if status in {429, 503} else None
            if status == 429:
                raise Again(Broken(Code.RATE_LIMITED, host=host, retry_after_s=wait_s or 60), wait_s)
            raise Again(Broken(Code.HUB_FAILED, host=host, status=status), wait_s)
        if status == 416:
            raise self._changed(file, Detail.SHORTER)
        if status == 206:
            span = f"bytes {claim.start}-{claim.stop - 1}/{file.size_bytes}"
            if response.headers.get("Content-Range", "").replace("/*", f"/{file.size_bytes}") != span:
                raise self._changed(file, Detail.OTHER_RANGE, asked=span, got=response.headers.get("Content-Range"))
        elif status != 200:
            asking = Asking(endpoint=self._plan.endpoint, host=_host(url), repo=self._plan.repo, path=file.path,
                            revision=self._plan.revision, has_token="authorization" in self._headers)  # fmt: skip
            raise refusal(asking, status, _lower(response))

    def _changed(self, file: RepoFile, what: Detail, **facts: FactValue) -> Rejected:
        return Rejected(Code.FILE_CHANGED, repo=self._plan.repo, path=file.path, **because(what, **facts))

    def _host(self) -> str:
        return _host(self._plan.endpoint)


def _exactly(response: httpx2.Response, claim: Claim) -> Iterator[bytes]:
    """The claim's bytes, though a server that knows no ranges sends the whole file."""
    skip = claim.start if response.status_code == 200 else 0
    left = claim.stop - claim.start
    for block in response.iter_bytes():
        data = block[skip : skip + left]
        skip = max(0, skip - len(block))
        left -= len(data)
        if data:
            yield data
        if left == 0:
            return
    host = response.url.host
    raise Again(Broken(Code.HUB_UNREACHABLE, host=host, **because(Detail.CONNECTION_CUT)))


def _lower(response: httpx2.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _same_origin(one: str, other: str) -> bool:
    a, b = urlsplit(one), urlsplit(other)
    return (a.scheme, a.hostname, a.port) == (b.scheme, b.hostname, b.port)
