"""Why something was decided, as a value."""

from dataclasses import dataclass, field

from engineroom.domain.errors import FactValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something was chosen, refused or warned about: a code and its facts; the sentence is written at the edge."""

    code: str
    facts: dict[str, FactValue] = field(default_factory=dict)
