"""What a request used."""

from enum import StrEnum


class Outcome(StrEnum):
    """How a request ended."""

    OK = "ok"
    REJECTED = "rejected"
    FAILED = "failed"
    CANCELLED = "cancelled"
