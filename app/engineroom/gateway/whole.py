"""Long answers, written in one go: the framework looks at every field again, a second for thousands of rows."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import msgspec
from starlette.responses import Response

from engineroom.domain.model import ModelSpec
from engineroom.domain.traits import Traits
from engineroom.gateway.parts import Parts

SLICE = 50
"""Rows that are made before others have their turn on the loop."""


def whole(answer: object) -> Response:
    """The answer as JSON."""
    return Response(msgspec.json.encode(answer), media_type="application/json")


async def in_turns(specs: Sequence[ModelSpec]) -> AsyncIterator[ModelSpec]:
    """Every model, in the order given; others have their turn in between."""
    for number, spec in enumerate(specs, 1):
        yield spec
        if number % SLICE == 0:
            await asyncio.sleep(0)


async def with_traits(parts: Parts, specs: Sequence[ModelSpec]) -> AsyncIterator[tuple[ModelSpec, Traits]]:
    """Every model and what its files tell, in the order given; others have their turn in between."""
    for begin in range(0, len(specs), SLICE):
        some = specs[begin : begin + SLICE]
        for pair in zip(some, await parts.models.traits.of_all(some), strict=True):
            yield pair
        await asyncio.sleep(0)
