"""Who may use the engine room, from where, and what is written down of it."""

from collections.abc import Callable
from dataclasses import dataclass

from engineroom.domain.network import NetworkView
from engineroom.services.capture import Capture
from engineroom.services.keys import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The services behind keys, network and capture.

    ``network`` is the address for other computers, if they are let in; ``reach`` looks who can reach the daemon, and
    may block.
    """

    keys: Keys
    capture: Capture
    reach: Callable[[], NetworkView]
    network: str | None = None

    def close(self) -> None:
        """End the capture and let go of the keys' store."""
        self.capture.stop()
        self.keys.close()
