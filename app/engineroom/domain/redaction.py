"""Taking out of a text what nobody else should read: keys, tokens, passwords, and whose computer it is."""

import re
from collections.abc import Iterable
from functools import partial

GONE = "[redacted]"
_SHORTEST = 6

_NAMES = (
    r"(?:[\w.-]*(?:token|secret|passw(?:or)?d|passphrase|api[_-]?key|apikey|authorization|credential|cookie)[\w.-]*)"
)
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL), GONE),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{4,}"), rf"\1 {GONE}"),
    (re.compile(r"(?<=://)[^/\s:@\"']+:[^/\s@\"']+(?=@)"), GONE),
    (re.compile(r"\b(?:hf_|sk-|er-|nvapi-|gh[pousr]_|glpat-|xox[a-z]-)[A-Za-z0-9_-]{8,}"), GONE),
    (re.compile(r"\bAKIA[0-9A-Z]{16}\b"), GONE),
    (re.compile(r"\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*"), GONE),
    (re.compile(rf"(?i)([?&]{_NAMES}=)[^&\s\"']+"), rf"\1{GONE}"),
    (re.compile(rf"(?i)(\b{_NAMES}[\"']?\s*[=:]\s*)([\"'])(?:(?!\2).)+\2"), rf"\1\2{GONE}\2"),
    (re.compile(rf"(?i)(\b{_NAMES}[\"']?\s*=\s*|\b{_NAMES}\s*:\s+)(?!\[redacted)[^\s\"',;}}\]]+"), rf"\1{GONE}"),
    (re.compile(r"(/home/|/Users/|\\Users\\)[^/\\\s\"':]+"), r"\1[user]"),
)
# Counts and limits are named like secrets: max_tokens, tokens_per_day, prompt_tokens.
_PLAIN = re.compile(r"[\d.,_]+|null|none|true|false", re.IGNORECASE)
_COUNTS = re.compile(r"(?i)tokens?(?:_per_\w+|_ids?|_count|izer\w*)?$|^tokens?_per_|tokens$|tokenizer")


class Redactor:
    """Knows what secrets look like, and those it is told literally.

    Args:
        secrets: what is known to be secret; what is shorter than six letters is not looked for.
        home: the person's folder, shown as ``~``.
        names: of the person and the computer, with what is shown instead.
    """

    def __init__(self, secrets: Iterable[str] = (), *, home: str = "", names: dict[str, str] | None = None) -> None:
        self.removed = 0
        self._literal = sorted({one for one in secrets if len(one) >= _SHORTEST}, key=len, reverse=True)
        self._home = home.rstrip("/")
        self._names = {name: shown for name, shown in (names or {}).items() if len(name) >= 3}

    def text(self, text: str) -> str:
        """The text without them; :attr:`removed` counts what was taken out."""
        for secret in self._literal:
            self.removed += text.count(secret)
            text = text.replace(secret, GONE)
        if self._home:
            text = re.sub(rf"{re.escape(self._home)}(?![\w.-])", "~", text)
        for pattern, by in _PATTERNS:
            text = pattern.sub(partial(self._replaced, by), text)
        for name, shown in self._names.items():
            text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", shown, text)
        return text

    def _replaced(self, by: str, match: re.Match[str]) -> str:
        if by.startswith(r"\1") and _is_count(match[0]):
            return match[0]
        text = match.expand(by)
        self.removed += GONE in text
        return text


def _is_count(found: str) -> bool:
    """Whether an assignment gives a number of tokens, not a token."""
    parts = re.split(r"\s*[=:]\s*", found.lstrip("?&"), maxsplit=1)
    if len(parts) != 2:
        return False
    name, value = (part.strip("\"' ") for part in parts)
    return bool(_COUNTS.search(name) and _PLAIN.fullmatch(value))
