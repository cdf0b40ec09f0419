"""Notes beside an answer, for those who say them in another language."""

from engineroom.domain.notes import Note, notes_in

__all__ = ["Note", "notes_in"]
