"""From where the engine room can be reached."""

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """Who can open a connection to an address."""

    THIS_COMPUTER = "this_computer"
    LOCAL_NETWORK = "local_network"
    INTERNET = "internet"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceView:
    """One address of this computer. ``answers`` is what a connection to it, made just now, met."""

    name: str
    address: str
    reach: Reach
    port: int
    answers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkView:
    """Addresses that are served, and who can reach them.

    ``local`` is for programs of this computer; ``network``, if there is one, for others, encrypted where ``tls`` is
    set; ``fingerprint`` is the SHA-256 of the certificate, ``certificate`` its file for clients that want to pin it.
    """

    local: str
    keyless: bool
    network: str | None = None
    tls: bool = False
    fingerprint: str | None = None
    certificate: str | None = None
    interfaces: tuple[InterfaceView, ...] = ()
