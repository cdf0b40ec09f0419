"""Markdown cut into pieces that a widget each can show: running text, and blocks of code. Pure; nothing is rendered.

Text that grows at its end keeps all pieces but the last as they were, so that only the last is drawn again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LONG_LETTERS = 1500
LONGEST_LETTERS = 9000

_FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
_PART_OF_A_FENCE = re.compile(r"^[ \t]*(`{1,}|~{2,})$")
_CONTINUES = re.compile(r"^(\s|[-*+](\s|$)|\d{1,9}[.)](\s|$)|\||>)")
_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([^)\s]+)[^)\n]*\)")
_THOUGHT = re.compile(r"^\s*<think(?:ing)?>\n?(?P<inside>.*?)(?:</think(?:ing)?>\s*(?P<rest>.*))?$", re.DOTALL)
_SURE_LETTERS = 12


class PieceKind(StrEnum):
    """What a piece is."""

    PROSE = "prose"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """``text`` is Markdown for prose, and the bare lines for code; ``language`` as it was written, in small letters."""

    kind: PieceKind
    text: str
    language: str = ""


def pieces(text: str) -> list[Piece]:
    r"""Cut Markdown.

    >>> [(piece.kind.value, piece.text, piece.language) for piece in pieces("So:\n```Py\nx = 1\n```\nDone.")]
    [('prose', 'So:', ''), ('code', 'x = 1', 'py'), ('prose', 'Done.', '')]
    """
    found: list[Piece] = []
    prose: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        if fence is None:
            prose.append(lines[at])
            at += 1
            continue
        _add_prose(found, prose)
        prose = []
        piece, at = _code(lines, at + 1, fence)
        found.append(piece)
    if prose and at == len(lines) and _PART_OF_A_FENCE.match(prose[-1]):
        prose.pop()
    _add_prose(found, prose)
    return found


def thought(text: str) -> tuple[str, str]:
    r"""What a model thought aloud before its answer, between ``<think>`` tags, and the answer.

    >>> thought("<think>so so</think>\nYes.")
    ('so so', 'Yes.')
    """
    found = _THOUGHT.match(text)
    if found is None:
        return "", text
    return found["inside"].strip(), found["rest"] or ""


def without_pictures(text: str) -> str:
    """Pictures of Markdown as links, since nothing of the network is shown.

    >>> without_pictures("![a cat](https://example.com/cat.png)")
    '[a cat](https://example.com/cat.png)'
    """
    return _PICTURE.sub(lambda found: f"[{found[1] or found[2]}]({found[2]})", text)


def _code(lines: Sequence[str], at: int, fence: "re.Match[str]") -> tuple[Piece, int]:
    """The block that begins after its fence, and where the text goes on."""
    indent, mark = fence["indent"], fence["fence"]
    closing = re.compile(rf"^[ \t]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    body = []
    while at < len(lines) and not closing.match(lines[at]):
        body.append(lines[at].removeprefix(indent))
        at += 1
    if at == len(lines) and body and re.match(rf"^[ \t]*{re.escape(mark[0])}+$", body[-1]):
        body.pop()
    language = fence["info"].strip().split(" ")[0].split("{")[0].lower()
    return Piece(kind=PieceKind.CODE, text="\n".join(body).rstrip("\n"), language=language), at + 1


def _add_prose(found: list[Piece], lines: list[str]) -> None:
    """Long text in several pieces, cut where a new paragraph surely begins."""
    part: list[str] = []
    letters = 0
    for at, line in enumerate(lines):
        known = at + 1 < len(lines) or len(line) >= _SURE_LETTERS
        after_blank = bool(part) and not part[-1].strip() and bool(line.strip())
        if after_blank and known and _may_cut(letters, line):
            _close(found, part)
            part, letters = [], 0
        part.append(line)
        letters += len(line) + 1
    _close(found, part)


def _may_cut(letters: int, line: str) -> bool:
    return letters >= LONGEST_LETTERS or (letters >= LONG_LETTERS and _CONTINUES.match(line) is None)


def _close(found: list[Piece], lines: list[str]) -> None:
    text = "\n".join(lines).strip("\n")
    if text.strip():
        found.append(Piece(kind=PieceKind.PROSE, text=text))
