"""What left this machine, for the list of outgoing connections that a user can read."""

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """Why something was asked of the Hub, or of whoever has an image."""

    SEARCH = "search"
    MODEL_INFO = "model_info"
    ACCESS = "access"
    MODEL_HEADER = "model_header"
    MODEL_FILE = "model_file"
    IMAGE = "image"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One request, told when its answer has ended.

    ``status`` is ``None`` where there was no answer; ``received_bytes`` counts bodies as they came over the network;
    ``sent_unix_s`` is when it left.
    """

    host: str
    purpose: Purpose
    status: int | None
    received_bytes: int
    sent_unix_s: float
