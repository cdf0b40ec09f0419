"""Wishes that end with whoever has them: what takes long before anything has begun is not begun for nobody."""

import asyncio
from collections.abc import Coroutine
from http import HTTPStatus
from typing import Any, TypeVar

from fastapi import Request, Response

from engineroom.gateway.asgi import disconnected

_Answer = TypeVar("_Answer")


async def while_there(request: Request, work: Coroutine[Any, Any, _Answer]) -> _Answer | Response:
    """What ``work`` comes to; it is cancelled when the client goes, and the answer is for nobody then."""
    task, gone = asyncio.ensure_future(work), asyncio.ensure_future(disconnected(request.receive))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        return Response(status_code=HTTPStatus.REQUEST_TIMEOUT)
    finally:
        task.cancel()
        gone.cancel()
