"""What was done otherwise than a request asked for, told beside its answer in the header ``x-engineroom-notes``.

The header is read by people, so a note is a sentence; the window finds out which one it is and says it in its own.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

BETWEEN = "; "


class Note(StrEnum):
    """Those that a chat may get; the words in braces are filled in."""

    ENDS_WITH_CONTEXT = "the answer ends where the context of {context} tokens does"
    MOST_TOKENS_LOWERED = "max_tokens {wanted} was lowered to {room}, which is what the context of {context} leaves"
    OLDEST_LEFT_OUT = "the oldest {count} messages were left out, to fit the context"
    UNKNOWN_LEFT_OUT = "left out, for this engine does not know it: {name}"
    IGNORED = "ignored: {names}"


def notes_in(header: str) -> Iterator[tuple[Note | None, dict[str, str]]]:
    """Each note of a header with what is filled into it; of one that is not known here, its ``text``.

    >>> list(notes_in("ignored: store; a new one"))
    [(<Note.IGNORED: 'ignored: {names}'>, {'names': 'store'}), (None, {'text': 'a new one'})]
    """
    for text in filter(None, header.split(BETWEEN)):
        found = ((note, pattern.fullmatch(text)) for note, pattern in _PATTERNS.items())
        yield next(((note, match.groupdict()) for note, match in found if match), (None, {"text": text}))


_PATTERNS = {note: re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(note))) for note in Note}
