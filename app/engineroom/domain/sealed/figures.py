"""Figures of a trial from what was seen of its answers."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SCHEMA: Mapping[str, object] = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "people": {"type": "integer"}},
    "required": ["city", "people"],
    "additionalProperties": False,
}
"""What the trial's structured answer has to look like."""

SCHEMA_QUESTION = "Name one large city and how many people live there."

_FENCE = re.compile(r"^```(?:json)?\s*|\s*```$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One streamed answer. Times in seconds of one monotonic clock; ``tokens`` as the engine counted them."""

    began_s: float
    first_s: float | None
    ended_s: float
    tokens: int

    @property
    def ttft_s(self) -> float | None:
        """From the question to the first token."""
        return None if self.first_s is None else self.first_s - self.began_s


def together(answers: Sequence[Answered]) -> float | None:
    """Tokens per second of some answers that ran side by side; ``None`` without a token.

    >>> together([Answered(began_s=0, first_s=0.1, ended_s=2, tokens=10), Answered(began_s=0, first_s=1, ended_s=4,
    ...     tokens=10)])
    5.0
    """
    tokens = sum(one.tokens for one in answers)
    if not tokens:
        return None
    lasted_s = max(one.ended_s for one in answers) - min(one.began_s for one in answers)
    return tokens / lasted_s if lasted_s > 0 else None


def decode_rate(answer: Answered) -> float | None:
    """Tokens per second after the first; ``None`` for fewer than two."""
    if answer.first_s is None or answer.tokens < 2 or answer.ended_s <= answer.first_s:
        return None
    return (answer.tokens - 1) / (answer.ended_s - answer.first_s)


def fits_schema(text: object) -> bool:
    """Whether an answer is an object as :data:`SCHEMA` says."""
    if not isinstance(text, str):
        return False
    try:
        tree = json.loads(_FENCE.sub("", text.strip()))
    except ValueError:
        return False
    if not isinstance(tree, dict) or set(tree) != {"city", "people"}:
        return False
    return isinstance(tree["city"], str) and type(tree["people"]) is int
