"""Names of modules, made alike over families, and the lists of names that quantisers write."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate as glob_expression
from itertools import islice

_PREFIX = re.compile(r"^(?:model|language_model|backbone|text_model|transformer|thinker|llm)\.")
_ALIKE = (
    (re.compile(r"\b(?:block_sparse_moe|feed_forward|ffn)\b"), "mlp"),
    (re.compile(r"\b(?:attn|attention)\b"), "self_attn"),
    (re.compile(r"\bshared_expert\b"), "shared_experts"),
    (re.compile(r"\bexperts\.\d.*$"), "experts"),
    (re.compile(r"\bmlp\.router\b"), "mlp.gate"),
)
_CHOICE = re.compile(r"\(([\w|]+)\)")
_PLAIN = re.compile(r"[\w.*-]*")
MOST_CHOICES = 256
MOST_STARTS = 4096
MOST_LETTERS = 512
MOST_STARS = 8


def plain_name(name: str) -> str:
    """A module's name without the prefixes that differ between exporters, with one word for each kind of block.

    >>> plain_name("model.language_model.layers.3.block_sparse_moe.experts.17.w1")
    'layers.3.mlp.experts'
    """
    while shorter := _PREFIX.sub("", name):
        if shorter == name:
            break
        name = shorter
    for found, word in _ALIKE:
        name = found.sub(word, name)
    return name


@dataclass(frozen=True, slots=True)
class ModuleNames:
    """A set of modules given by names, single words, or patterns with ``*``.

    ``complete`` is false where a pattern was too clever to be read; it then covers nothing.
    """

    exact: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    complete: bool = True

    @classmethod
    def of(cls, patterns: Iterable[str]) -> "ModuleNames":
        """From an exclude list: names, ``fnmatch`` patterns, or ``re:`` expressions of the simple kind."""
        spelled = [_spell(one) for one in patterns]
        globs = [plain_name(glob) for some in spelled if some is not None for glob in some]
        plain = [one for one in globs if "*" not in one]
        tails = [one for one in globs if one.endswith("*") and "*" not in one[:-1]]
        known_tails = set(tails)
        others = [one for one in globs if "*" in one and one not in known_tails]
        both = [each for one in islice(others, MOST_CHOICES) for each in (one, f"{one}.*")]
        joined = "|".join(f"(?:{glob_expression(one)})" for one in both)
        return cls(
            exact=frozenset(plain),
            words=frozenset(one for one in plain if "." not in one),
            starts=tuple(one[:-1] for one in tails[:MOST_STARTS] if len(one) > 1),
            pattern=re.compile(joined) if joined else None,
            complete=None not in spelled and len(others) <= MOST_CHOICES and len(tails) <= MOST_STARTS,
        )

    def cover(self, name: str) -> bool:
        """Whether the module or one it is inside of is in the set."""
        if not self.words.isdisjoint(name.split(".")) or name.startswith(self.starts):
            return True
        inside = name
        while inside:
            if inside in self.exact:
                return True
            inside = inside.rpartition(".")[0]
        return self.pattern is not None and self.pattern.match(name) is not None


def _spell(pattern: str) -> list[str] | None:
    """Patterns with ``*`` for one entry; ``None`` for an expression that is not of the simple kind."""
    if len(pattern) > MOST_LETTERS or pattern.count("*") > MOST_STARS:
        return None
    if not pattern.startswith("re:"):
        return [pattern] if _PLAIN.fullmatch(pattern) else None
    text = pattern[3:].removeprefix("^").replace(".*", "*").replace("\\.", ".").replace(r"\d+", "*")
    spelled = [text]
    while any(_CHOICE.search(one) for one in spelled) and len(spelled) <= MOST_CHOICES:
        spelled = [each for one in spelled for each in _chosen(one)]
    ready = [one.removesuffix("$") if one.endswith("$") else one + "*" for one in spelled]
    return ready if all(_PLAIN.fullmatch(one) for one in ready) else None


def _chosen(text: str) -> list[str]:
    found = _CHOICE.search(text)
    if found is None:
        return [text]
    return [text[: found.start()] + one + text[found.end() :] for one in found.group(1).split("|")]
