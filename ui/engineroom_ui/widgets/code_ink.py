"""Colours for code: words, strings, comments and numbers, by family of language. Simple on purpose."""

import re
from dataclasses import dataclass, field

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from engineroom_ui.theme.apply import Theme

_INSIDE_COMMENT, _INSIDE_STRING = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """How a family of languages writes comments and long strings, and the words it keeps for itself."""

    words: str = ""
    line: str = ""
    block: tuple[str, str] | None = None
    long_string: str = ""
    any_case: bool = False
    pattern: "re.Pattern[str]" = field(init=False)

    def __post_init__(self) -> None:
        parts = [r"(?P<string>\"(?:\\.|[^\"\\])*\"?|'(?:\\.|[^'\\\n])*'|`[^`]*`)"]
        if self.line:
            parts.insert(0, rf"(?P<comment>{self.line}.*$)")
        parts.append(r"(?P<number>\b0[xX][0-9a-fA-F_]+\b|\b\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?\b)")
        if self.words:
            parts.append(rf"(?P<word>\b(?:{'|'.join(self.words.split())})\b)")
        flags = re.IGNORECASE if self.any_case else 0
        object.__setattr__(self, "pattern", re.compile("|".join(parts), flags))


_PYTHON = Family(
    words="False None True and as assert async await break case class continue def del elif else except finally for "
    "from global if import in is lambda match nonlocal not or pass raise return self try while with yield",
    line="#",
    long_string='"""',
)
_C = Family(
    words="abstract as async await bool boolean break case catch char class const constexpr continue default defer "
    "delete do double else enum export extends extern false final float fn for from func function go if impl "
    "implements import in int interface let long loop match mod mut namespace new nil null nullptr override package "
    "private protected pub public return self short signed sizeof static string struct super switch template this "
    "throw trait true try type typedef typeof undefined unsigned use using var virtual void volatile where while yield",
    line="//",
    block=("/*", "*/"),
)
_SHELL = Family(
    words="case cd do done echo elif else esac exit export fi for function if in local read return set source sudo "
    "then unset until while",
    line=r"(?:(?<=\s)|^)#",
)
_DATA = Family(words="true false null yes no on off", line=r"(?:(?<=\s)|^)#")
_SQL = Family(
    words="add all alter and as asc between by case create delete desc distinct drop else end exists from full group "
    "having in index inner insert into is join key left like limit not null offset on or order outer primary right "
    "select set table then union unique update values view when where with",
    line="--",
    block=("/*", "*/"),
    any_case=True,
)
_MARKUP = Family(block=("<!--", "-->"))
_STYLE = Family(words="important media import", block=("/*", "*/"))
_PLAIN_JSON = Family(words="true false null")

_NAMES: tuple[tuple[str, Family], ...] = (
    ("python py python3 ipython ruby rb elixir r julia", _PYTHON),
    ("c cpp c++ h hpp cuda cu java js jsx javascript ts tsx typescript rust rs go golang cs csharp c#", _C),
    ("kotlin kt swift scala dart php zig", _C),
    ("bash sh shell zsh console fish powershell ps1 dockerfile makefile cmake", _SHELL),
    ("yaml yml toml ini cfg conf env properties", _DATA),
    ("sql postgresql mysql sqlite plsql", _SQL),
    ("html xml svg xhtml vue", _MARKUP),
    ("css scss less", _STYLE),
    ("json jsonc json5 jsonl", _PLAIN_JSON),
)
_BY_NAME = {name: family for names, family in _NAMES for name in names.split()}
_INKS = {"comment": "text_muted", "string": "ok", "number": "chart_2", "word": "chart_4"}


def family_of(language: str) -> Family | None:
    """The family of a language as it is named after a fence; ``None`` for one that is not known."""
    return _BY_NAME.get(language.lower())


class CodeInk(QSyntaxHighlighter):
    """Colours one document; an unknown language is left as it is, but for a ``diff``."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        self._language = ""
        self._family: Family | None = None
        theme.changed.connect(self.rehighlight)

    def show_language(self, language: str) -> None:
        """Another language."""
        if language != self._language:
            self._language = language
            self._family = family_of(language)
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: D102, N802
        self.setCurrentBlockState(0)
        if self._language in {"diff", "patch"}:
            self._diff(text)
        elif self._family is not None:
            self._colour(text, self._family)

    def _diff(self, text: str) -> None:
        ink = {"+": "ok", "-": "bad", "@": "chart_1"}.get(text[:1])
        if ink is not None:
            self.setFormat(0, len(text), self._form(ink))

    def _colour(self, text: str, family: Family) -> None:
        at = self._go_on(text, family)
        while at < len(text):
            opened = self._opening(text, family, at)
            found = family.pattern.search(text, at)
            if opened is not None and (found is None or opened[0] <= found.start()):
                at = self._long(text, opened[0], *opened[1:])
                continue
            if found is None:
                return
            kind = str(found.lastgroup)
            self.setFormat(found.start(), found.end() - found.start(), self._form(_INKS[kind]))
            at = max(found.end(), at + 1)

    def _opening(self, text: str, family: Family, at: int) -> tuple[int, str, str, int] | None:
        """Where the next long comment or string begins: its place, its two marks and its state."""
        ways = []
        if family.block is not None and (place := text.find(family.block[0], at)) >= 0:
            ways.append((place, *family.block, _INSIDE_COMMENT))
        if family.long_string and (place := text.find(family.long_string, at)) >= 0:
            ways.append((place, family.long_string, family.long_string, _INSIDE_STRING))
        return min(ways, default=None)

    def _long(self, text: str, start: int, opening: str, closing: str, state: int) -> int:
        end = text.find(closing, start + len(opening))
        stop = end + len(closing) if end >= 0 else len(text)
        if end < 0:
            self.setCurrentBlockState(state)
        ink = "text_muted" if state == _INSIDE_COMMENT else "ok"
        self.setFormat(start, stop - start, self._form(ink))
        return stop

    def _go_on(self, text: str, family: Family) -> int:
        """What a line before began."""
        state = self.previousBlockState()
        if state == _INSIDE_COMMENT and family.block is not None:
            return self._long(text, 0, "", family.block[1], state)
        if state == _INSIDE_STRING and family.long_string:
            return self._long(text, 0, "", family.long_string, state)
        return 0

    def _form(self, ink: str) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(self._theme.colour(ink))
        return form
