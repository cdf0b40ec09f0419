"""What may not be in a request's body, whatever the engine would make of it."""

import re
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import UNSET, Raw, UnsetType

from engineroom.domain.details import Detail, because
from engineroom.domain.dialects.fields import wrong
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.images import MOST_PIXELS_TOGETHER, NoImage, size_in_url


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


MOST_FIELDS = 4096
MOST_VALUES = 500_000
MOST_ALTERNATIVES = 20
_DROPPED = Steering.__struct_fields__
_NONE_DROPPED = (UNSET,) * len(_DROPPED)
_dropped_of = attrgetter(*_DROPPED)
_NULL = Raw(b"null")
_NOTHING = re.compile(rb"\[\s*\]")
_PLACE = re.compile(r"(?P<said>.+?)(?: - at `\$\.?(?P<place>.*)`)?", re.DOTALL)
_EXPECTED = re.compile(r"Expected `(?P<wanted>.+)`, got `(?P<found>.+)`")
_MISSING = re.compile(r"Object missing required field `(?P<name>.+)`")
_MALFORMED = "JSON is malformed: "
_SHORT = {"Input data was truncated": "it ends too early"}
_SOMEWHERE = "[...]"
_IN_WORDS = {"array": "a list", "object": "an object", "str": "text", "bool": "true or false", "int": "a whole number",
             "float": "a number"}  # fmt: skip
_NOT_IN_JSON = re.compile(rb"[-+]?(?:NaN|Infinity|inf|nan)\b")
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
    if has_media(body):
        refuse_addresses(msgspec.json.decode(body))
    if _dropped_of(wanted) == _NONE_DROPPED:
        return body
    tree = msgspec.json.decode(body)
    return msgspec.json.encode({name: value for name, value in tree.items() if name not in _DROPPED})


def plainly(body: bytes) -> bytes:
    """The same body with its names as they are known here, where letters were written as escapes."""
    if b"\\u00" in body and _ESCAPED_LETTER.search(body) is not None:
        return msgspec.json.encode(msgspec.json.decode(body))
    return body


def has_media(body: bytes) -> bool:
    """Whether something in a body may be media, however its name is written."""
    return b"_url" in body or (b"\\u00" in body and _ESCAPED_LETTER.search(body) is not None)


def refuse_bad_images(tree: dict[str, Any]) -> None:
    """Raise Rejected (``invalid_request``) if an image in a chat is not one that an engine should be made to read."""
    pixels = 0
    for entry in _rows(tree.get("messages")):
        for part in _rows(entry.get("content")):
            for url in _addresses({"image_url": part.get("image_url")}):
                try:
                    pixels += size_in_url(url).pixels
                except NoImage as error:
                    raise Rejected(Code.INVALID_REQUEST, **error.facts) from error
    if pixels > MOST_PIXELS_TOGETHER:
        raise Rejected(Code.INVALID_REQUEST, **because(Detail.IMAGES_LARGE))


def demand_measure(body: bytes) -> None:
    """Raise Rejected (``invalid_request``) if a body has more in it than an engine can read in good time.

    llama.cpp takes 40 s to read an object with 100,000 fields, and nobody needs one.
    """
    if body.count(b",") < MOST_FIELDS:
        return
    try:
        held: list[Any] = [msgspec.json.decode(body)]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    values = 0
    while held:
        one = held.pop()
        if isinstance(one, dict) and len(one) > MOST_FIELDS:
            raise Rejected(Code.INVALID_REQUEST, reason=f"an object has {len(one)} fields; {MOST_FIELDS} are the most")
        rows = one.values() if isinstance(one, dict) else one
        values += len(rows)
        if values > MOST_VALUES:
            raise Rejected(Code.INVALID_REQUEST, reason=f"the body has more than {MOST_VALUES} values")
        held += [row for row in rows if isinstance(row, (dict, list))]


def unreadable(body: bytes, error: Exception) -> Rejected:
    """The refusal of a body that could not be read: not JSON, or of another form than it should be."""
    if isinstance(error, msgspec.ValidationError):
        return Rejected(Code.INVALID_REQUEST, reason=_in_words(str(error)))
    reason = "it is empty" if not body.strip() else _SHORT.get(str(error), str(error).removeprefix(_MALFORMED))
    if _NOT_IN_JSON.search(body):
        reason += "; NaN and Infinity are no numbers in JSON"
    return Rejected(Code.INVALID_JSON, reason=reason)


def _in_words(said: str) -> str:
    """What a decoder says, in words of the request.

    >>> _in_words("Expected `bool | null`, got `str` - at `$.stream`")
    "'stream' must be true or false, and is text"
    >>> _in_words("Object missing required field `role` - at `$.messages[0]`")
    "'messages[0].role' is missing"
    >>> _in_words("Number out of range - at `$[...]`")
    'number out of range'
    """
    found = _PLACE.fullmatch(said)
    assert found is not None
    place = found["place"] or ""
    if missing := _MISSING.fullmatch(found["said"]):
        return f"'{place}{'.' if place else ''}{missing['name']}' is missing"
    if expected := _EXPECTED.fullmatch(found["said"]):
        kinds = [_IN_WORDS.get(kind, kind) for kind in expected["wanted"].split(" | ") if kind != "null"]
        is_ = _IN_WORDS.get(expected["found"], expected["found"])
        what = f"'{place}'" if place else "the body"
        return f"{what} must be {' or '.join(kinds)}, and is {is_}"
    said = found["said"][:1].lower() + found["said"][1:]
    return f"{said}, at '{place}'" if place and place != _SOMEWHERE else said


def refuse_nothing(name: str, given: Raw | list[Any] | UnsetType | None) -> None:
    """Raise Rejected (``invalid_request``) if nothing is asked, or a list of nothing, which some answer at length."""
    if given is UNSET or given is None or given == _NULL:
        raise Rejected(Code.INVALID_REQUEST, reason=f"'{name}' is missing")
    if not given if isinstance(given, list) else _NOTHING.fullmatch(given):
        raise Rejected(Code.INVALID_REQUEST, reason=f"'{name}' is empty")


def refuse_many(name: str, given: Raw | UnsetType) -> None:
    """Raise Rejected (``invalid_request``) if more alternatives to every token are asked for than OpenAI allows.

    A million of them take llama.cpp seconds for each token.
    """
    value = None if given is UNSET else msgspec.json.decode(given)
    if value is None or isinstance(value, bool):
        return
    if not isinstance(value, int | float) or not 0 <= value <= MOST_ALTERNATIVES:
        raise wrong(name, f"a whole number from 0 to {MOST_ALTERNATIVES}")


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
