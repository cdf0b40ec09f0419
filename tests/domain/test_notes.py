"""Notes beside an answer can be told apart again, each with what was filled into it."""

from engineroom.domain.notes import BETWEEN, Note, notes_in


def test_every_note_is_known_again_with_what_was_filled_in() -> None:
    said = {
        Note.ENDS_WITH_CONTEXT: {"context": "4096"},
        Note.MOST_TOKENS_LOWERED: {"wanted": "32000", "room": "3", "context": "4096"},
        Note.OLDEST_LEFT_OUT: {"count": "2"},
        Note.UNKNOWN_LEFT_OUT: {"name": "min_p"},
        Note.IGNORED: {"names": "metadata, store"},
    }
    assert set(said) == set(Note)
    header = BETWEEN.join(note.format(**given) for note, given in said.items())
    assert dict(notes_in(header)) == said
    assert list(notes_in("")) == []
    assert list(notes_in("tool x left out")) == [(None, {"text": "tool x left out"})]
