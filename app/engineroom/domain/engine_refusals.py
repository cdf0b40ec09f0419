"""What an engine means when it refuses a request: a code where it is one of those that a person in a chat meets."""

import re

from engineroom.domain.errors import FactValue
from engineroom.domain.parse_faults import fault

_KNOWN = (
    (re.compile(r"system (?:role|message|prompt)s? (?:is |are )?not supported|does not support system", re.IGNORECASE),
     "template_system"),
    (re.compile(r"roles must alternate|must be (?:a )?user message|roles? .{0,40}(?:is|are) supported", re.IGNORECASE),
     "template_turns"),
)  # fmt: skip
"""Of the templates that models bring along: they refuse in words of their authors."""


def refused(message: str, words: str) -> dict[str, FactValue]:
    """Facts of ``invalid_request`` by an engine's ``message``; ``words`` are those for its client.

    >>> refused("Jinja Exception: System role not supported", "System role not supported")["detail"]
    'template_system'
    """
    if not words:
        return fault("engine_refused")
    code = next((code for pattern, code in _KNOWN if pattern.search(message)), None)
    return {"reason": words} if code is None else {**fault(code, said=words[:200]), "reason": words}
