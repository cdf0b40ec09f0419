"""Work beside a request, that nobody waits for: its failures are told of all the same."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from engineroom.gateway.asgi import ClientGone
from engineroom.services.event_log import EventLog

_log = EventLog("gateway")
_Found = TypeVar("_Found")


def aside(work: Coroutine[Any, Any, _Found], *, request: str) -> asyncio.Task[_Found]:
    """A task that may be cancelled, or left alone.

    That a client cannot be written to ends the request itself; all else that goes wrong is logged under its id.
    """

    def over(task: asyncio.Task[_Found]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, (ClientGone, ConnectionError)):
            _log.error("aside_failed", request=request, error=repr(error))

    task = asyncio.ensure_future(work)
    task.add_done_callback(over)
    return task
