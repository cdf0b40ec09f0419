"""Images in a request, looked at before any engine's decoder is: kind, size and build, by the bytes themselves.

A decoder makes room for all pixels that a header promises, so what it promises is bounded here.  The layouts are those
of RFC 2083 (PNG), ITU T.81 (JPEG), GIF89a and the WebP container; SVG and everything else is no image here.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engineroom.domain.details import Detail, Told

MOST_SIDE = 16_384
MOST_PIXELS = 64 * 2**20
MOST_PIXELS_TOGETHER = 256 * 2**20
"""Of all images of a request, each frame counted."""

MOST_NOTE_BYTES = 2**20
"""What a compressed note inside a PNG may unfold to."""

_DATA_URL = re.compile(r"\s*data:image/(?P<kind>[a-z0-9.+-]+)(?:;[^,;]*)*?;base64,", re.IGNORECASE)
_NOTES = frozenset({b"zTXt", b"iTXt", b"iCCP"})
_NO_FRAME = frozenset({0xC4, 0xC8, 0xCC})
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


class NoImage(Told):
    """What is wrong with an image."""


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels of one frame, and how many there are."""

    width: int
    height: int
    frames: int = 1

    @property
    def pixels(self) -> int:
        """Of all frames."""
        return self.width * self.height * self.frames


def size_in_url(url: str) -> Size:
    """The size of an image in a ``data:`` URL. Raises NoImage unless it is one that can be handed on."""
    head = _DATA_URL.match(url)
    if head is None:
        raise NoImage(Detail.IMAGE_FORM)
    try:
        data = base64.b64decode(re.sub(r"\s+", "", url[head.end() :]), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoImage(Detail.IMAGE_BASE64) from error
    return size_of(data)


def kind_of(data: bytes) -> str | None:
    """``png``, ``jpeg``, ``gif`` or ``webp``, by the first bytes; None for anything else.

    >>> kind_of(b"GIF89a"), kind_of(b"RIFF????WAVE")
    ('gif', None)
    """
    kind = _begun(data)
    return kind.name if kind is not None and kind.is_marked(data) else None


def size_of(data: bytes) -> Size:
    """The size of an image. Raises NoImage for what is none, is cut off, or is too large."""
    kind = _begun(data)
    if kind is None:
        raise NoImage(Detail.IMAGE_KIND)
    if not kind.is_marked(data):
        raise NoImage(Detail.IMAGE_CUT)
    try:
        size = kind.read(data)
    except (IndexError, ValueError) as error:
        raise NoImage(Detail.IMAGE_CUT) from error
    if not size.width or not size.height:
        raise NoImage(Detail.IMAGE_EMPTY)
    if max(size.width, size.height) > MOST_SIDE or size.width * size.height > MOST_PIXELS:
        raise NoImage(Detail.IMAGE_LARGE, width=size.width, height=size.height)
    if size.pixels > MOST_PIXELS_TOGETHER:
        raise NoImage(Detail.IMAGE_FRAMES, count=size.frames)
    return size


def _png(data: bytes) -> Size:
    at, size, drawn, frames = 8, None, False, 1
    while True:
        length, kind = _number(data, at, 4), data[at + 4 : at + 8]
        body, at = data[at + 8 : at + 8 + length], at + 12 + length
        if at > len(data) or (size is None) != (kind == b"IHDR"):
            raise ValueError(kind)
        if kind == b"IHDR":
            size = _number(body, 0, 4), _number(body, 4, 4)
        elif kind == b"acTL":
            frames = max(1, _number(body, 0, 4))
        elif kind in _NOTES:
            _look_at_note(body)
        drawn = drawn or kind == b"IDAT"
        if kind == b"IEND" and size is not None and drawn:
            return Size(*size, frames)


def _look_at_note(body: bytes) -> None:
    """Notes are compressed behind their name; one that does not unfold is no matter, one that does not end is."""
    for start in range(body.find(b"\0") + 1, min(len(body), body.find(b"\0") + 4)):
        unfolding = zlib.decompressobj()
        try:
            unfolding.decompress(body[start:], MOST_NOTE_BYTES)
        except zlib.error:
            continue
        if unfolding.unconsumed_tail:
            raise NoImage(Detail.IMAGE_NOTE)


def _jpeg(data: bytes) -> Size:
    at, size = 2, None
    while True:
        if data[at] != 0xFF:
            raise ValueError(at)
        mark, at = data[at + 1], at + 2
        if mark == 0xFF:
            at -= 1
            continue
        if mark in _BARE:
            continue
        if mark == 0xDA:
            if size is None or data.find(b"\xff\xd9", at) < 0:
                raise ValueError(mark)
            return Size(*size)
        if 0xC0 <= mark <= 0xCF and mark not in _NO_FRAME:
            size = _number(data, at + 5, 2), _number(data, at + 3, 2)
        at += _number(data, at, 2)


def _gif(data: bytes) -> Size:
    width, height = _number(data, 6, 2, "little"), _number(data, 8, 2, "little")
    at, frames = 13 + _palette(data[10]), 0
    while (mark := data[at]) != 0x3B:
        if mark == 0x21:
            at = _after_blocks(data, at + 2)
        elif mark == 0x2C:
            frames += 1
            width = max(width, _number(data, at + 1, 2, "little") + _number(data, at + 5, 2, "little"))
            height = max(height, _number(data, at + 3, 2, "little") + _number(data, at + 7, 2, "little"))
            at = _after_blocks(data, at + 11 + _palette(data[at + 9]))
        else:
            raise ValueError(mark)
    if not frames:
        raise ValueError(frames)
    return Size(width, height, frames)


def _palette(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while length := data[at]:
        at += length + 1
    return at + 1


def _webp(data: bytes) -> Size:
    if _number(data, 4, 4, "little") + 8 > len(data):
        raise ValueError(len(data))
    sizes: list[tuple[int, int]] = []
    frames = 0
    for kind, body in _chunks(data):
        if kind == b"VP8X":
            sizes.append((_number(body, 4, 3, "little") + 1, _number(body, 7, 3, "little") + 1))
        elif kind == b"ANMF":
            frames += 1
            sizes.append((_number(body, 6, 3, "little") + 1, _number(body, 9, 3, "little") + 1))
        elif kind == b"VP8L":
            bits = _number(body, 1, 4, "little")
            sizes.append(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        elif kind == b"VP8 ":
            sizes.append((_number(body, 6, 2, "little") & 0x3FFF, _number(body, 8, 2, "little") & 0x3FFF))
    return Size(max(width for width, _ in sizes), max(height for _, height in sizes), max(1, frames))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, _number(data, 4, 4, "little") + 8
    while at + 8 <= end:
        length = _number(data, at + 4, 4, "little")
        if at + 8 + length > end:
            raise ValueError(at)
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _number(data: bytes, at: int, size: int, order: str = "big") -> int:
    """An unsigned number. Raises IndexError where the data ends before it."""
    found = data[at : at + size]
    if len(found) < size:
        raise IndexError(at)
    return int.from_bytes(found, "little" if order == "little" else "big")


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    start: bytes
    read: Callable[[bytes], Size]
    mark: bytes = b""

    def is_marked(self, data: bytes) -> bool:
        """Whether ``mark`` stands behind the first eight bytes: RIFF is the beginning of sounds and films, too."""
        return data[8:12].startswith(self.mark)


_KINDS = (
    _Kind("png", b"\x89PNG\r\n\x1a\n", _png),
    _Kind("jpeg", b"\xff\xd8\xff", _jpeg),
    _Kind("gif", b"GIF87a", _gif),
    _Kind("gif", b"GIF89a", _gif),
    _Kind("webp", b"RIFF", _webp, mark=b"WEBP"),
)


def _begun(data: bytes) -> _Kind | None:
    return next((kind for kind in _KINDS if data.startswith(kind.start)), None)
