"""The outbound ledger: every connection that left this machine, when, where to, what for and how much came back."""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import asdict

from engineroom.domain.pull.outgoing import Outgoing
from engineroom.services.ports import LogSink

KEPT = 2000


class Outbound:
    """Keeps the newest in memory and all of them in a file, one JSON object per line.

    Args:
        sink: the file.
        soon: hands a call over to the loop's thread; :meth:`told` may come from any.
    """

    def __init__(self, *, sink: LogSink, soon: Callable[[Callable[[], None]], object]) -> None:
        self._sink = sink
        self._soon = soon
        self._rows: deque[Outgoing] = deque(maxlen=KEPT)

    def told(self, outgoing: Outgoing) -> None:
        """A request has ended. From any thread."""
        self._soon(lambda: self._add(outgoing))

    def tail(self, count: int) -> tuple[Outgoing, ...]:
        """The newest of this daemon's, oldest first."""
        return tuple(self._rows)[-count:] if count > 0 else ()

    def _add(self, outgoing: Outgoing) -> None:
        self._rows.append(outgoing)
        self._sink.write(json.dumps(asdict(outgoing)))
