"""The HTTP client that ``huggingface_hub`` is given; imported with that library, when the Hub is first asked."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2

from engineroom.adapters.hugging_face.session import Call, TooLong, current
from engineroom.domain.pull.outgoing import Outgoing

_TIMEOUT = httpx2.Timeout(connect=10.0, read=20.0, write=10.0, pool=30.0)


def make_client() -> httpx2.Client:
    """One that stops everything while offline, counts every body, and gives up on one that is too long."""
    hooks: dict[str, list[Callable[..., Any]]] = {"request": [_before], "response": [_after]}
    return httpx2.Client(event_hooks=hooks, follow_redirects=True, timeout=_TIMEOUT)


def _before(request: httpx2.Request) -> None:
    from huggingface_hub.constants import is_offline_mode
    from huggingface_hub.errors import OfflineModeIsEnabled

    call = current.get()
    # What belongs to no call would be in no list of outgoing connections.
    if call is None or is_offline_mode() or call.offline():
        raise OfflineModeIsEnabled(f"{request.url.host} was not asked")
    request.extensions = {**request.extensions, "engineroom_sent_unix_s": time.time()}


def _after(response: httpx2.Response) -> None:
    call = current.get()
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
