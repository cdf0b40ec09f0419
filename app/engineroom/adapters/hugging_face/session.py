"""The one session of ``huggingface_hub`` in this process, with eyes: who is asked, why, how much comes back.

The library shares one HTTP client among all its calls.  Ours takes its place: it keeps its proxies and certificates,
stops everything while offline, counts every body, and gives up on one that is longer than any honest answer.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpx2

from engineroom.domain.errors import Broken, Code, EngineroomError, Rejected
from engineroom.domain.pull.outgoing import Outgoing, Purpose
from engineroom.domain.pull.refusals import Asking, refusal

MOST_BODY_BYTES = 64 * 2**20
_TIMEOUT = httpx2.Timeout(connect=10.0, read=20.0, write=10.0, pool=30.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One question to the Hub: what for, and who is told of its requests."""

    purpose: Purpose
    asking: Asking
    offline: Callable[[], bool]
    on_sent: Callable[[Outgoing], None]
    most_bytes: int = MOST_BODY_BYTES


class TooLong(Exception):
    """A body that does not end where it should."""


_call: ContextVar[Call | None] = ContextVar("_call", default=None)
_installed = threading.Lock()
_state = {"installed": False}


def library() -> Any:
    """``huggingface_hub`` with our session. The first time it takes most of a second."""
    # It would report to its makers which program calls it; nothing goes out that the user did not ask for.
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import huggingface_hub

    with _installed:
        if not _state["installed"]:
            huggingface_hub.set_client_factory(_make_client)
            _state["installed"] = True
    return huggingface_hub


@contextlib.contextmanager
def calling(call: Call) -> Iterator[None]:
    """Requests inside, in this thread, belong to ``call``; errors come out as problems.

    Raises:
        Rejected, Broken: ``hub_offline``, ``hub_unreachable``, ``hub_answer`` and all of :func:`refusal`.
    """
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled

    token = _call.set(call)
    asking = call.asking
    try:
        yield
    except OfflineModeIsEnabled as error:
        raise Rejected(Code.HUB_OFFLINE, host=asking.host) from error
    except HFValidationError as error:
        raise Rejected(Code.REPO_NAME, repo=asking.repo) from error
    except HfHubHTTPError as error:
        raise _refused(asking, error.response) from error
    except httpx2.TransportError as error:
        raise Broken(Code.HUB_UNREACHABLE, host=asking.host, reason=str(error) or type(error).__name__) from error
    except (TooLong, httpx2.InvalidURL, httpx2.TooManyRedirects, httpx2.DecodingError) as error:
        raise Broken(Code.HUB_ANSWER, host=asking.host, reason=str(error)) from error
    finally:
        _call.reset(token)


@contextlib.contextmanager
def understanding(host: str) -> Iterator[None]:
    """What is read inside came from the network and may be anything. Raises Broken (``hub_answer``)."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, AssertionError, RecursionError) as error:
        raise Broken(Code.HUB_ANSWER, host=host, reason=f"{type(error).__name__}: {error}") from error


def _refused(asking: Asking, response: httpx2.Response) -> EngineroomError:
    return refusal(asking, response.status_code, {name.lower(): value for name, value in response.headers.items()})


def _make_client() -> httpx2.Client:
    hooks: dict[str, list[Callable[..., Any]]] = {"request": [_before], "response": [_after]}
    return httpx2.Client(event_hooks=hooks, follow_redirects=True, timeout=_TIMEOUT)


def _before(request: httpx2.Request) -> None:
    from huggingface_hub.constants import is_offline_mode
    from huggingface_hub.errors import OfflineModeIsEnabled

    call = _call.get()
    # What belongs to no call would be in no list of outgoing connections.
    if call is None or is_offline_mode() or call.offline():
        raise OfflineModeIsEnabled(f"{request.url.host} was not asked")
    request.extensions = {**request.extensions, "engineroom_sent_unix_s": time.time()}


def _after(response: httpx2.Response) -> None:
    call = _call.get()
    if call is not None and isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _Counted(response.stream, response, call)


class _Counted(httpx2.SyncByteStream):
    """A body that is counted as it is read, and told of when it is closed."""

    def __init__(self, stream: httpx2.SyncByteStream, response: httpx2.Response, call: Call) -> None:
        self._stream = stream
        self._call = call
        self._received_bytes = 0
        self._told = False
        self._host = response.request.url.host
        self._status = response.status_code
        self._sent_unix_s = float(response.request.extensions["engineroom_sent_unix_s"])

    def __iter__(self) -> Iterator[bytes]:
        for block in self._stream:
            self._received_bytes += len(block)
            if self._received_bytes > self._call.most_bytes:
                raise TooLong(f"an answer of more than {self._call.most_bytes} bytes")
            yield block

    def close(self) -> None:
        self._stream.close()
        if not self._told:
            self._told = True
            self._call.on_sent(
                Outgoing(
                    host=self._host,
                    purpose=self._call.purpose,
                    status=self._status,
                    received_bytes=self._received_bytes,
                    sent_unix_s=self._sent_unix_s,
                )
            )
