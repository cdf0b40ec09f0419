"""Routes that answer with the contract's own forms, written as JSON by the encoder that writes the events too.

The framework would check every answer, which the type checker has done: its checkers, one per route and a second one
once a router is included, cost megabytes that a daemon keeps for as long as it lives.
"""

import functools
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from fastapi import APIRouter, FastAPI, Response
from fastapi.datastructures import DefaultPlaceholder
from fastapi.dependencies.utils import get_typed_return_annotation
from fastapi.routing import APIRoute
from fastapi.utils import create_model_field

_OLD = "pydantic.v1"


class ContractRoute(APIRoute):
    """A route whose form of answer is only read by the description."""

    _form: Any = None

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Awaitable[Any]],
        *,
        response_model: Any,
        status_code: int | None,
        **options: Any,
    ) -> None:
        written = _written(endpoint, status_code or 200)
        super().__init__(path, written, response_model=None, status_code=status_code, **options)
        inferred = isinstance(response_model, DefaultPlaceholder)
        form = get_typed_return_annotation(endpoint) if inferred else response_model
        self.response_model = None if isinstance(form, type) and issubclass(form, Response) else form

    @property
    def response_field(self) -> Any:
        """The form of the answer, once somebody asks for it."""
        if self._form is None and self.response_model:
            name = f"Response_{self.unique_id}"
            self._form = create_model_field(name=name, type_=self.response_model, mode="serialization")
        return self._form

    @response_field.setter
    def response_field(self, field: Any) -> None:
        """The framework means to set what it was told, which is nothing."""


def contract_router(**options: Any) -> APIRouter:
    """A router of such routes."""
    return APIRouter(route_class=ContractRoute, **options)


def take_in(app: FastAPI, router: APIRouter) -> None:
    """Put a router's routes among those of the application; to include it would make all of them a second time."""
    app.router.routes.extend(router.routes)


@contextmanager
def without_old_forms() -> Iterator[None]:
    """While routes are made, the framework asks of every type whether it is one of pydantic 1, and loads that for it.

    There are none here, and it takes an import that fails for an answer.
    """
    if _OLD in sys.modules:
        yield
        return
    sys.modules[_OLD] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[_OLD]


def _written(endpoint: Callable[..., Awaitable[Any]], status: int) -> Callable[..., Awaitable[Response]]:
    """The same endpoint, its answer written."""

    @functools.wraps(endpoint)
    async def answer(*arguments: Any, **named: Any) -> Response:
        told = await endpoint(*arguments, **named)
        if isinstance(told, Response):
            return told
        return Response(msgspec.json.encode(told), status, media_type="application/json")

    return answer
