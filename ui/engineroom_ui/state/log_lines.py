"""What a log line is about: how grave it is, and how a person reads it."""

import re
from dataclasses import dataclass
from enum import IntEnum

import msgspec

from engineroom.contract.control import LogLine

_MOST_LETTERS = 4000
_JSON_LEVEL = re.compile(r'"level": ?"(\w+)"')
_GRAVE_HINTS = ("rror", "RROR", "atal", "FATAL", "CRITICAL", "Traceback", "xception", "E]", "F]", " E ")
_WARNED_HINTS = ("arn", "WARN", "W]", " W ")
_CALM = re.compile(r"^\d[\d.]* [ID] |\[[ID]\] ")
_GRAVE = re.compile(
    r"(?:^|[\s\[(])(?:ERROR|CRITICAL|FATAL|Fatal|error(?=:)|\[?[EF]\])(?=[\s:\])]|$)|^error |^\d[\d.]* E "
    r"|Traceback \(most|[A-Z]\w+(?:Error|Exception): "
)
_WARNED = re.compile(
    r"(?:^|[\s\[(])(?:WARNING|WARN|Warning|warning(?=:)|\[?W\])(?=[\s:\])]|$)|^warn(?:ing)? |^\d[\d.]* W "
)
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LEFT_OUT = frozenset({"event", "level", "timestamp"})


class Level(IntEnum):
    """How grave a line is, as far as its own words tell."""

    PLAIN = 0
    WARNING = 1
    ERROR = 2


_NAMED = {"warning": Level.WARNING, "error": Level.ERROR, "critical": Level.ERROR}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it is listed."""

    line: LogLine
    level: Level
    text: str


def shown(line: LogLine) -> ShownLine:
    """A line, judged and made readable: the daemon's own lines are JSON."""
    text = line.text[:_MOST_LETTERS]
    if text.startswith("{"):
        found = _JSON_LEVEL.search(text)
        return ShownLine(line, _NAMED.get(found[1], Level.PLAIN) if found else Level.PLAIN, _told(text))
    plain = _ANSI.sub("", text) if "\x1b" in text else text
    return ShownLine(line, _level(plain), plain)


def _level(text: str) -> Level:
    """Ten thousand lines a second come by: an expression is only tried where a part of it is there."""
    if _CALM.search(text[:80]):
        return Level.PLAIN
    if any(hint in text for hint in _GRAVE_HINTS) and _GRAVE.search(text):
        return Level.ERROR
    if any(hint in text for hint in _WARNED_HINTS) and _WARNED.search(text):
        return Level.WARNING
    return Level.PLAIN


def _told(text: str) -> str:
    try:
        tree = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text
    if not isinstance(tree, dict) or "event" not in tree:
        return text
    facts = "  ".join(f"{name}={value}" for name, value in tree.items() if name not in _LEFT_OUT)
    return f"{tree['event']}  {facts}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which lines are listed; ``text`` is looked for without regard to case, ``source`` empty means all."""

    source: str = ""
    text: str = ""
    level: Level = Level.PLAIN

    def takes(self, one: ShownLine) -> bool:
        """Whether a line is listed."""
        if one.level < self.level or (self.source and one.line.source != self.source):
            return False
        return not self.text or self.text in one.text.lower() or self.text in one.line.source.lower()
