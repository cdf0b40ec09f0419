"""TLS that tells a client which speaks plain HTTP so, instead of closing on it without a word."""

import ssl
from typing import Any


class _Handshake(ssl.SSLObject):
    """Our side of a connection. A handshake begins with the byte 0x16, a request in plain HTTP with a capital."""

    arrived: ssl.MemoryBIO
    leaving: ssl.MemoryBIO
    answer = b""
    _looked = _told = False

    def do_handshake(self) -> None:
        """Go on with the handshake; as without us, unless it is none."""
        if self._told:
            # The rest of the request is let go by: who cannot send it does not read the answer.
            self.arrived.read()
            raise ssl.SSLWantReadError
        if not self._looked and self.arrived.pending:
            self._looked = True
            came = self.arrived.read()
            if came[:1].isupper():
                self._told = True
                self.leaving.write(self.answer)
                raise ssl.SSLWantReadError
            self.arrived.write(came)
        super().do_handshake()


class AnsweringContext(ssl.SSLContext):
    """A context of a server, whose limit for a handshake is that for who speaks plain HTTP, too.

    ``answer`` is what that one is sent: a whole answer, which tells it to close.
    """

    answer = b""
    sslobject_class = _Handshake

    def wrap_bio(self, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO, *args: Any, **named: Any) -> ssl.SSLObject:
        """As that of every context, for asyncio and uvloop."""
        made = super().wrap_bio(incoming, outgoing, *args, **named)
        assert isinstance(made, _Handshake)
        made.arrived, made.leaving, made.answer = incoming, outgoing, self.answer
        return made
