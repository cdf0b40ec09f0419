"""Images that a request names by an address: where they stand, who may be asked for them, and what they become.

An engine would ask anybody, also the other programs of this computer and the router at home; so we ask, and only who
is on the public internet.
"""

import base64
import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engineroom.domain.images import kind_of

Json = dict[str, Any]

MOST_IMAGES = 16
MOST_IMAGE_BYTES = 10 * 2**20
MOST_TOGETHER_BYTES = 40 * 2**20
MOST_REDIRECTS = 3
_SCHEMES = ("http://", "https://")
_DEEP = 6
# 2000::/3 is all that was given out so far; in it are two ways to say an IPv4 address.
_PUBLIC_V6 = ipaddress.ip_network("2000::/3")
_NOT_PUBLIC_V6 = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/23"))


class NotFetched(Exception):
    """An image could not be had; why is for the log alone, since it would tell a stranger what there is near us."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address in a request: ``holder[key]``; ``source`` where it is one of Anthropic's, which turn into data."""

    holder: Json
    key: str
    source: bool = False

    @property
    def url(self) -> str:
        """The address."""
        return str(self.holder[self.key])

    def put(self, data: bytes) -> None:
        """Let the image itself stand there. Raises NotFetched unless it is PNG, JPEG, GIF or WebP by its bytes."""
        kind, text = kind_of(data), base64.b64encode(data).decode()
        if kind is None:
            raise NotFetched("no image")
        if self.source:
            self.holder.clear()
            self.holder.update(type="base64", media_type=f"image/{kind}", data=text)
        else:
            self.holder[self.key] = f"data:image/{kind};base64,{text}"


def places(tree: Mapping[str, Any]) -> list[Place]:
    """Every image that a chat, a Responses request or one of Anthropic's names by ``http`` or ``https``.

    >>> [place.url for place in places({"input": [{"content": [{"type": "input_image", "image_url": "https://a/b"}]}]})]
    ['https://a/b']
    """
    return [place for name in ("messages", "input") for place in _within(tree.get(name), _DEEP)]


def _within(value: object, deep: int) -> Iterator[Place]:
    if isinstance(value, list):
        for row in value:
            yield from _within(row, deep - 1) if deep else ()
    elif isinstance(value, dict):
        yield from _named(value)
        for name in ("content", "output"):
            yield from _within(value.get(name), deep - 1) if deep else ()


def _named(part: Json) -> Iterator[Place]:
    url, source = part.get("image_url"), part.get("source")
    if _is_address(url):
        yield Place(part, "image_url")
    elif isinstance(url, dict) and _is_address(url.get("url")):
        yield Place(url, "url")
    elif part.get("type") == "image" and isinstance(source, dict) and _is_address(source.get("url")):
        yield Place(source, "url", source=True)


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.strip()[:8].lower().startswith(_SCHEMES)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and no other way to say one that is not.

    >>> [is_public(one) for one in ("93.184.216.34", "127.0.0.1", "169.254.169.254", "::ffff:8.8.8.8", "fd00::1")]
    [True, False, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 4:
        return ip.is_global and not ip.is_multicast
    return ip in _PUBLIC_V6 and ip.is_global and not any(ip in network for network in _NOT_PUBLIC_V6)


def all_public(addresses: Sequence[str]) -> bool:
    """Whether a name leads to public addresses and to no other; one among others would be a way in."""
    return bool(addresses) and all(map(is_public, addresses))
