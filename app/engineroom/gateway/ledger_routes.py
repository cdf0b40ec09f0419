"""The ledger under ``/control``: energy tables, the past of the charts, and export."""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from engineroom.contract.control import EnergyTable, GroupBy, RequestView, Series
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.control import token_check
from engineroom.gateway.description import refusals
from engineroom.gateway.parts import Parts

MOST_DAYS = 3660.0
Days = Annotated[float, Query(gt=0, le=MOST_DAYS)]


def ledger_router(parts: Parts) -> APIRouter:
    """The routes, all behind the token."""
    router = contract_router(
        prefix="/control",
        tags=["ledger"],
        dependencies=[Depends(token_check(parts.token))],
        responses=refusals(401),
    )

    @router.get("/energy")
    async def energy(by: GroupBy = GroupBy.MODEL, days: Days = 30.0) -> EnergyTable:
        """What requests used, grouped by model, API key or day."""
        return await parts.ledger.energy(by, days=days, idle=parts.accounting.energy.idle)

    @router.get("/series")
    async def series(seconds: Annotated[float, Query(gt=0, le=MOST_DAYS * 86_400)] = 3600.0) -> Series:
        """The past of traffic, cards and processor, in buckets fit for the span."""
        return await parts.ledger.series(seconds=seconds)

    @router.get("/energy/export", response_class=Response)
    async def export(format: Literal["csv", "json"] = "csv", days: Days = 30.0) -> Response:  # noqa: A002
        """Every request of the span, one per line or as a JSON array. No prompts, no answers: they are not kept."""
        requests = await parts.ledger.requests(days=days)
        name = f"engineroom-requests.{format}"
        body = _as_csv(requests) if format == "csv" else msgspec.json.encode(requests)
        kind = "text/csv; charset=utf-8" if format == "csv" else "application/json"
        return Response(body, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})

    return router


def _as_csv(requests: Iterable[RequestView]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(RequestView)])
    writer.writeheader()
    writer.writerows(asdict(request) for request in requests)
    return text.getvalue().encode()
