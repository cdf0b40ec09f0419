"""Images from public addresses: looked up once, asked at the very address that was seen, bounded in size and time."""

import asyncio
import importlib
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from engineroom.domain.pull.outgoing import Outgoing, Purpose
from engineroom.domain.remote_images import MOST_IMAGE_BYTES, MOST_REDIRECTS, NotFetched, all_public

PATIENCE_S = 10.0
_AT_ONCE = 4
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SCHEMES = frozenset({"http", "https"})
Lookup = Callable[[str, int], Awaitable[Sequence[str]]]


async def looked_up(host: str, port: int) -> Sequence[str]:
    """IP addresses of a name. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(row[4][0]) for row in found]


def trusted() -> ssl.SSLContext:
    """For a client: trusts whom this computer trusts, or whom ``SSL_CERT_FILE`` says. Reads files. Raises OSError."""
    made: ssl.SSLContext = importlib.import_module("httpx2").create_ssl_context()
    return made


class RemoteImages:
    """Fetches images; see :class:`engineroom.services.ports.ImageFetcher`.

    Args:
        told: hears of everything that was asked of anybody.
        offline: whether nobody may be asked now.
        lookup: of names.
        allowed: whether all of these addresses may be asked.
        trust: whose certificates count; may block, and is asked for every image, since authorities come and go.
    """

    def __init__(
        self,
        *,
        told: Callable[[Outgoing], None],
        offline: Callable[[], bool],
        lookup: Lookup = looked_up,
        allowed: Callable[[Sequence[str]], bool] = all_public,
        trust: Callable[[], ssl.SSLContext] = trusted,
    ) -> None:
        self._told = told
        self._offline = offline
        self._lookup = lookup
        self._allowed = allowed
        self._trust = trust
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def fetch(self, url: str) -> bytes:
        """The bytes behind an address, at most 10 MiB, within 10 s. Raises NotFetched."""
        if self._offline():
            raise NotFetched("offline")
        # The library takes a while to import, and most engine rooms never need it.
        library = await asyncio.to_thread(importlib.import_module, "httpx2")
        try:
            async with self._turns, asyncio.timeout(PATIENCE_S):
                # Some hundred certificates are read, which other streams need not wait for.
                trust = await asyncio.to_thread(self._trust)
                # No proxy: it would ask whom it likes. No cookies, no second try, nobody else's redirects.
                async with library.AsyncClient(
                    verify=trust, trust_env=False, follow_redirects=False, timeout=PATIENCE_S
                ) as client:
                    return await self._followed(library, client, url)
        except TimeoutError as error:
            raise NotFetched("too slow") from error
        except (OSError, ValueError, library.HTTPError, library.InvalidURL) as error:
            raise NotFetched(type(error).__name__) from error

    async def _followed(self, library: Any, client: Any, url: str) -> bytes:
        at = library.URL(url.strip())
        for _ in range(MOST_REDIRECTS + 1):
            found = await self._asked(client, at)
            if isinstance(found, bytes):
                return found
            onward = at.join(found)
            if at.scheme == "https" and onward.scheme != "https":
                raise NotFetched("a redirect out of TLS")
            at = onward
        raise NotFetched("too many redirects")

    async def _asked(self, client: Any, at: Any) -> bytes | str:
        """What is at an address, or where it says to look instead."""
        if at.scheme not in _SCHEMES or not at.host or at.userinfo:
            raise NotFetched("no address to ask")
        host = at.raw_host.decode("ascii")
        addresses = await self._lookup(host, at.port or (443 if at.scheme == "https" else 80))
        if not self._allowed(addresses):
            raise NotFetched("not public")
        headers = {"Host": at.netloc.decode("ascii"), "Accept": "image/*", "Accept-Encoding": "identity"}
        request = client.build_request(
            "GET", at.copy_with(host=addresses[0]), headers=headers, extensions={"sni_hostname": host}
        )
        sent_s, status, size = time.time(), None, 0
        try:
            answer = await client.send(request, stream=True)
            status = answer.status_code
            if status in _REDIRECTS:
                return str(answer.headers.get("location", ""))
            if status != 200 or answer.headers.get("content-encoding", "identity") != "identity":
                raise NotFetched(f"status {status}")
            body = bytearray()
            async for block in answer.aiter_raw():
                size += len(block)
                if size > MOST_IMAGE_BYTES:
                    raise NotFetched("too large")
                body += block
            return bytes(body)
        finally:
            if status is not None:
                await answer.aclose()
            self._told(
                Outgoing(host=host[:253], purpose=Purpose.IMAGE, status=status, received_bytes=size, sent_unix_s=sent_s)
            )
