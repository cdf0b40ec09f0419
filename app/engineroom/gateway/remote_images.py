"""Images that a request names by an address, fetched and put in their places, where the settings allow it."""

import asyncio

import msgspec

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.remote_images import MOST_IMAGES, MOST_TOGETHER_BYTES, NotFetched, Place, places
from engineroom.gateway.asgi import Receive, Scope, read_body
from engineroom.gateway.body_rules import demand_measure, plainly
from engineroom.services.event_log import EventLog
from engineroom.services.ports import ImageFetcher

ALL_WITHIN_S = 20.0
_log = EventLog("gateway")


async def received(scope: Scope, receive: Receive, fetcher: ImageFetcher | None, *, request_id: str) -> bytes:
    """The body of a request; images that it names by an address are in it where they may be fetched.

    Raises as :func:`engineroom.gateway.asgi.read_body`, :func:`engineroom.gateway.body_rules.demand_measure` and
    :func:`with_images`.
    """
    body = await read_body(scope, receive)
    demand_measure(body)
    return body if fetcher is None else await with_images(body, fetcher, request_id=request_id)


async def with_images(body: bytes, fetcher: ImageFetcher, *, request_id: str) -> bytes:
    """The same request with the images themselves; the very same bytes where none is named by an address.

    Raises:
        Rejected: ``remote_image_not_fetched``. It says no more than that: else it would tell who is near us.
    """
    body = plainly(body)
    if b"http" not in body.lower() or (b'"image_url"' not in body and b'"source"' not in body):
        return body
    try:
        tree = msgspec.json.decode(body)
        named = places(tree) if isinstance(tree, dict) else []
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return body  # Whoever reads it next says what is wrong.
    if not named:
        return body
    try:
        await _put(named, fetcher)
    except (NotFetched, TimeoutError) as error:
        _log.info("image_not_fetched", request=request_id, why=str(error) or "too slow together")
        raise Rejected(Code.REMOTE_IMAGE) from error
    return msgspec.json.encode(tree)


async def _put(named: list[Place], fetcher: ImageFetcher) -> None:
    """Each image where its address stands. Raises NotFetched, TimeoutError."""
    if len(named) > MOST_IMAGES:
        raise NotFetched("too many")
    held = 0
    async with asyncio.timeout(ALL_WITHIN_S):
        for place in named:
            image = await fetcher.fetch(place.url)
            held += len(image)
            if held > MOST_TOGETHER_BYTES:
                raise NotFetched("too large together")
            place.put(image)
