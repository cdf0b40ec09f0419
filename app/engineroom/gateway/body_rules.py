"""What may not be in a request's body, whatever the engine would make of it."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import UNSET, Raw, UnsetType

from engineroom.domain.errors import Code, Rejected


class Steering(msgspec.Struct):
    """Fields that steer the engine or somebody else's request rather than this one's answer. They do not reach it."""

    api_base: Raw | UnsetType = UNSET
    base_url: Raw | UnsetType = UNSET
    cache_salt: Raw | UnsetType = UNSET
    chat_template: Raw | UnsetType = UNSET
    id_slot: Raw | UnsetType = UNSET
    lora: Raw | UnsetType = UNSET
    lora_request: Raw | UnsetType = UNSET
    media_io_kwargs: Raw | UnsetType = UNSET
    mm_processor_kwargs: Raw | UnsetType = UNSET
    n_discard: Raw | UnsetType = UNSET
    prompt_token_ids: Raw | UnsetType = UNSET
    slot_id: Raw | UnsetType = UNSET


_DROPPED = Steering.__struct_fields__
# A name may be written with escapes; no honest client escapes letters, and other escapes are common.
_ESCAPED_LETTER = re.compile(rb"\\u00(?:5[fF]|[46][1-9a-fA-F]|[57][0-9aA])")


def cleared(body: bytes, wanted: Steering) -> bytes:
    """The body without dropped fields; the very same bytes where there is nothing to drop.

    Args:
        body: a JSON object.
        wanted: the same, decoded.

    Raises:
        Rejected: ``remote_images_disabled`` if media is named by an address to fetch.
    """
    if b"_url" in body or (b"\\u00" in body and _ESCAPED_LETTER.search(body)):
        refuse_addresses(msgspec.json.decode(body))
    if all(getattr(wanted, name) is UNSET for name in _DROPPED):
        return body
    tree = msgspec.json.decode(body)
    return msgspec.json.encode({name: value for name, value in tree.items() if name not in _DROPPED})


def refuse_addresses(tree: dict[str, Any]) -> None:
    """Raise Rejected (``remote_images_disabled``) if a part of a message names media by anything but a data: URL."""
    for entry in (*_rows(tree.get("messages")), *_rows(tree.get("input"))):
        for part in (entry, *_rows(entry.get("content"))):
            for url in _addresses(part):
                if url.lstrip()[:5].lower() != "data:":
                    raise Rejected(Code.REMOTE_MEDIA)


def _addresses(part: dict[str, Any]) -> Iterator[str]:
    for name, value in part.items():
        if name.endswith("_url"):
            url = value.get("url") if isinstance(value, dict) else value
            if isinstance(url, str):
                yield url


def _rows(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
