"""What was done otherwise than a chat asked for: the notes beside an answer, in the language of the window."""

from PySide6.QtCore import QCoreApplication

from engineroom.contract.notes import Note, notes_in
from engineroom_ui.text import units
from engineroom_ui.text.marks import mark
from engineroom_ui.text.sentences import run_on

NOTES: dict[Note, str] = {
    Note.ENDS_WITH_CONTEXT: mark("chat", "the answer ends where the context of {context} tokens does"),
    Note.MOST_TOKENS_LOWERED: mark(
        "chat", "max_tokens {wanted} was lowered to {room}, which is what the context of {context} leaves"
    ),
    Note.OLDEST_LEFT_OUT: mark("chat", "the oldest {count} messages were left out, to fit the context"),
    Note.UNKNOWN_LEFT_OUT: mark("chat", "left out, for this engine does not know it: {name}"),
    Note.IGNORED: mark("chat", "ignored: {names}"),
}


def told(header: str) -> str:
    """All of them; one that is not known here as the engine room says it, and nothing for none."""
    return run_on(given.get("text", "") if note is None else _said(note, given) for note, given in notes_in(header))


def _said(note: Note, given: dict[str, str]) -> str:
    counts = {name: units.count(int(value)) if value.isdecimal() else value for name, value in given.items()}
    return QCoreApplication.translate("chat", NOTES[note]).format(**counts)
