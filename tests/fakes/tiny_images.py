"""Images to order: small honest ones, and ones that promise too much or break off."""

import base64
import struct
import zlib


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk with its check sum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 2, height: int = 2, *more: bytes, data: bytes | None = None) -> bytes:
    """A grey PNG; ``more`` are chunks before the pixels."""
    pixels = zlib.compress(b"\0" * (height * (width + 1)), 9) if data is None else data
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND", b"")


def huge_png(width: int, height: int) -> bytes:
    """One that promises so many pixels, in few bytes."""
    return png(width, height, data=zlib.compress(b"\0" * 1000))


def note_bomb() -> bytes:
    """A PNG whose note unfolds to 32 MiB."""
    return png(2, 2, png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 2**25, 9)))


def animated_png(frames: int, side: int) -> bytes:
    """A PNG that promises an animation."""
    return png(side, side, png_chunk(b"acTL", struct.pack(">II", frames, 0)), data=b"x")


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """The build of a JPEG, without a picture in it."""
    note = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0"
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\1\0\0\x3f\0" + b"\x12\xff\0\x34"
    return b"\xff\xd8" + note + frame + scan + b"\xff\xd9"


def gif(width: int = 2, height: int = 2, *, frames: int = 1) -> bytes:
    """A GIF with a palette of two colours."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x21\xf9\4\0\0\0\0\0" + b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\2\2\x44\1\0"
    return head + frame * frames + b"\x3b"


def webp(width: int = 2, height: int = 2, *, kind: bytes = b"VP8L") -> bytes:
    """The build of a WebP, without a picture in it."""
    if kind == b"VP8L":
        body = b"\x2f" + struct.pack("<I", width - 1 | height - 1 << 14) + b"\0\0\0"
    elif kind == b"VP8X":
        body = b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    else:
        body = b"\0\0\0\x9d\1\x2a" + struct.pack("<HH", width, height)
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def as_url(data: bytes, kind: str = "png") -> str:
    """As clients send it."""
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


GOOD = {"png": png(3, 5), "jpeg": jpeg(3, 5), "gif": gif(3, 5), "webp": webp(3, 5)}
BAD = {
    "so many pixels": huge_png(50_000, 50_000),
    "a long line": huge_png(1, 2**31),
    "a large JPEG": jpeg(65_535, 65_535),
    "a large WebP": webp(16_384, 16_384, kind=b"VP8X"),
    "many frames": gif(9_000, 7_000, frames=9),
    "many promised frames": animated_png(2**31, 100),
    "a note without end": note_bomb(),
    "cut off": png(9, 9)[:-14],
    "cut off early": png()[:20],
    "only a name": b"\x89PNG\r\n\x1a\n",
    "no pixels": huge_png(0, 7),
    "a JPEG that is cut off": jpeg()[:-3],
    "a GIF that is cut off": gif()[:-1],
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    "a page": b"<!doctype html><script>1</script>",
    "a document": b"%PDF-1.7",
    "an archive": b"PK\3\4" + png(),
    "a script that looks like a GIF": b"GIF89a/*" + b"x" * 40 + b"*/=1;",
    "a lie of RIFF": b"RIFF\4\0\0\0WAVE",
    "nothing": b"",
}
