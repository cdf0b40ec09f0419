"""Conversations of the chat: in memory, and on disk only where the person wishes it."""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QSettings, Signal

from engineroom_ui.link.chat import AnswerFigures, Message
from engineroom_ui.text.details import os_error

_KEPT = "keep_chats"
_TITLE_LETTERS = 60
MOST = 500


@dataclass(slots=True, kw_only=True)
class Turn:
    """A question and what one model said to it. ``figures`` are those of a finished answer, ``joules`` the ledger's."""

    question: str
    pictures: tuple[str, ...] = ()
    answer: str = ""
    thought: str = ""
    figures: AnswerFigures | None = None
    joules: float | None = None
    joules_estimated: bool = False
    problem: str = ""

    @property
    def answered(self) -> bool:
        """Whether it can be told to a model as something that was said."""
        return bool(self.answer)


@dataclass(slots=True, kw_only=True)
class Column:
    """What one model heard and said. ``model`` is who was asked last."""

    model: str = ""
    turns: list[Turn] = field(default_factory=list)

    def messages(self, system: str = "") -> list[Message]:
        """What is sent: the system prompt, all that was answered, and the last question."""
        said = [Message(role="system", content=system)] if system.strip() else []
        for at, turn in enumerate(self.turns):
            last = at == len(self.turns) - 1
            if turn.answered or last:
                said.append(Message(role="user", content=turn.question, pictures=turn.pictures))
            if turn.answered and not last:
                said.append(Message(role="assistant", content=turn.answer))
        return said


@dataclass(slots=True, kw_only=True)
class Conversation:
    """One column, or two where models are compared."""

    id: str = field(default_factory=lambda: secrets.token_hex(8))
    created_s: float = field(default_factory=time.time)
    columns: list[Column] = field(default_factory=lambda: [Column()])

    @property
    def empty(self) -> bool:
        """Whether nothing was asked yet."""
        return not any(column.turns for column in self.columns)

    @property
    def title(self) -> str:
        """The beginning of the first question; empty before there is one."""
        first = next((column.turns[0] for column in self.columns if column.turns), None)
        if first is None:
            return ""
        words = " ".join(first.question.split())
        return words if len(words) <= _TITLE_LETTERS else f"{words[: _TITLE_LETTERS - 1].rstrip()}…"


class Conversations(QObject):
    """Newest first. Off by default, keeping writes each to a file of its own that only this user can read.

    Args:
        folder: where they are kept; ``None`` where nothing can be.

    Signals:
        changed: the list, or the wish to keep it, is another.
    """

    changed = Signal()

    def __init__(self, settings: QSettings | None, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.folder = folder
        self.keeps = settings is not None and settings.value(_KEPT, "false") in {True, "true"} and folder is not None
        self.all: list[Conversation] = sorted(self._read(), key=lambda one: -one.created_s) if self.keeps else []
        self.failure = ""

    def add(self, conversation: Conversation) -> None:
        """One more, at the top."""
        self.all.insert(0, conversation)
        self.changed.emit()

    def save(self, conversation: Conversation) -> None:
        """It has changed."""
        if self.keeps and not conversation.empty:
            self._write(conversation)
        self.changed.emit()

    def remove(self, conversation: Conversation) -> None:
        """Forget one, on disk too."""
        self.all = [one for one in self.all if one is not conversation]
        self._erase(conversation)
        self.changed.emit()

    def keep(self, *, on: bool) -> None:
        """Write them from now on, with those that are here; or no longer, and erase what was written."""
        self.keeps = on and self.folder is not None
        if self._settings is not None:
            self._settings.setValue(_KEPT, self.keeps)
        self.failure = ""
        for one in self.all[:MOST]:
            if self.keeps and not one.empty:
                self._write(one)
            elif not self.keeps:
                self._erase(one)
        self.changed.emit()

    def _file(self, conversation: Conversation) -> Path | None:
        return self.folder / f"{conversation.id}.json" if self.folder is not None else None

    def _write(self, conversation: Conversation) -> None:
        path = self._file(conversation)
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = path.with_suffix(".new")
            new.touch(mode=0o600)
            new.write_bytes(msgspec.json.encode(conversation))
            new.replace(path)
            self.failure = ""
        except OSError as error:
            self.failure = os_error(error)

    def _erase(self, conversation: Conversation) -> None:
        path = self._file(conversation)
        if path is not None:
            path.unlink(missing_ok=True)

    def _read(self) -> Iterable[Conversation]:
        for path in sorted(self.folder.glob("*.json"))[-MOST:] if self.folder is not None else ():
            try:
                yield msgspec.json.decode(path.read_bytes(), type=Conversation)
            except (OSError, msgspec.MsgspecError):
                continue
