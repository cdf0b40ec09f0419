"""Names of cards as people and drivers write them."""

import re
from difflib import SequenceMatcher

_SIZE = re.compile(r"^(\d+)gi?b$")
_SPACED_SIZE = re.compile(r"(\d)\s+(gi?b)\b")
_NOISE = frozenset({"nvidia", "gpu"})
_BRAND = frozenset({"geforce", "rtx", "gtx", "tesla", "generation", "edition", "graphics", "card", "founders"})
_VARIANT = frozenset({"ti", "super", "laptop", "mobile", "d", "max", "q", "sff"})
_GLUED = re.compile(r"(rtx|gtx)?(pro)?(a?\d{4})(ti)?(super)?(laptop|d)?")


def driver_words(name: str) -> frozenset[str]:
    """What tells a card from another in the name a driver gives it; sizes are left out."""
    words = re.split(r"[^a-z0-9]+", name.lower())
    return frozenset(word for word in words if word and word not in _NOISE and not _SIZE.match(word))


def spoken_words(name: str) -> frozenset[str]:
    """The same without brand names, for people leave those out: ``4090``, ``rtx4090``, ``RTX 4070Ti Super``."""
    words: set[str] = set()
    for word in driver_words(_SPACED_SIZE.sub(r"\1\2", name.lower())):
        found = _GLUED.fullmatch(word)
        words.update(filter(None, found.groups()) if found else (word,))
    return frozenset(words) - _BRAND


def spoken_size_gib(name: str) -> int | None:
    """A size that was written with the name; ``24 GB`` is 24 GiB, as cards are sold."""
    for word in re.split(r"[^a-z0-9]+", _SPACED_SIZE.sub(r"\1\2", name.lower())):
        found = _SIZE.match(word)
        if found:
            return int(found[1])
    return None


def means(said: frozenset[str], full: frozenset[str]) -> bool:
    """Whether ``said`` leaves out only what does not make another card: ``ti`` or ``laptop`` would."""
    return bool(said) and said <= full and not (full - said) & _VARIANT


def likeness(said: str, name: str) -> float:
    """How alike two names are, 0 to 1: by words first, then by letters."""
    ours, theirs = spoken_words(said), spoken_words(name)
    shared = len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0
    letters = SequenceMatcher(None, " ".join(sorted(ours)), " ".join(sorted(theirs))).ratio()
    return shared * 0.6 + letters * 0.4
