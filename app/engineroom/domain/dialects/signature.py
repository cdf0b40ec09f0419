"""Signatures of thinking blocks.

Clients send a block back only with its signature, and some ask for blocks without their text.  So the signature carries
the text: what the model thought reaches it again, and nothing has to be kept here.
"""

import base64
import binascii
import zlib

MAX_THOUGHT_BYTES = 4 * 2**20
_MARK = "er1."


def signature_of(thought: str) -> str:
    """The signature of a block."""
    return _MARK + base64.urlsafe_b64encode(zlib.compress(thought.encode("utf-8", "replace"))).decode("ascii")


def thought_in(signature: str) -> str:
    """The text in one of our signatures; nothing for another's, or for one above 4 MiB of text."""
    if not signature.startswith(_MARK):
        return ""
    try:
        packed = base64.urlsafe_b64decode(signature[len(_MARK) :])
        reader = zlib.decompressobj()
        thought = reader.decompress(packed, MAX_THOUGHT_BYTES)
    except (ValueError, binascii.Error, zlib.error):
        return ""
    return thought.decode("utf-8", "replace") if reader.eof else ""
