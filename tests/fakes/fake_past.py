"""What the fake daemon says of the past: buckets of series, and an energy table. Nothing here was measured."""

import json
import math
import time
from dataclasses import replace

from engineroom.contract.control import EnergyRow, EnergyTable, GpuInfo, GroupBy, Series, SeriesPoint

MODELS = ("smollm2-135m-instruct", "other-1", "other-2")
GIB = 1024**3
CSV = b"at,model,joules\n2026-11-22T10:00:00Z,smollm2-135m-instruct,41.5\n"


def step_of(seconds: int) -> int:
    return 10 if seconds <= 3600 else 60 if seconds <= 86_400 else 3600


def series(seconds: int, recorded_s: float, gpus: tuple[GpuInfo, ...], *, rapl: bool) -> Series:
    step_s = step_of(seconds)
    now_s = time.time() // step_s * step_s
    points: list[SeriesPoint] = []
    for back in range(int(min(seconds, recorded_s)) // step_s, 0, -1):
        at_s = now_s - back * step_s
        share = back * step_s / seconds
        if 0.30 < share < 0.36:
            continue  # the daemon was not running then
        points.extend(bucket(at_s, share, gpus, rapl=rapl))
    return Series(step_s=step_s, points=tuple(points))


def bucket(at_s: float, share: float, gpus: tuple[GpuInfo, ...], *, rapl: bool) -> list[SeriesPoint]:
    load = max(0.0, math.sin(share * 31) * 0.7 + math.sin(share * 173) * 0.3)
    rate = round(210 * load, 1)
    points = [SeriesPoint(at_s=at_s, source="traffic", tokens_per_s=rate, requests=round(load * 9))]
    if rapl:
        points.append(SeriesPoint(at_s=at_s, source="host", power_w=round(31 + 70 * load, 1)))
    for at, gpu in enumerate(gpus):
        mine = load * (1 - 0.12 * at)
        points.append(
            SeriesPoint(
                at_s=at_s,
                source=gpu.uuid,
                power_w=round(36 + 380 * mine, 1),
                power_max_w=round(50 + 390 * mine, 1),
                memory_used_bytes=int((3.1 + at + 14 * (share < 0.6)) * GIB),
                temperature_c=round(39 + 33 * mine),
                utilisation_percent=round(97 * mine),
            )
        )
    return points


def row(group: str, requests: int, tokens: int, joules: float | None, *, estimated: bool, priced: bool) -> EnergyRow:
    hours = joules / 3600 if joules is not None else None
    return EnergyRow(
        group=group,
        requests=requests,
        prompt_tokens=tokens * 3,
        completion_tokens=tokens,
        joules_gross=joules,
        joules_above_idle=joules * 0.81 if joules is not None else None,
        joules_per_token=joules / tokens if joules is not None else None,
        watt_hours=hours,
        cost=hours / 1000 * 0.34 if hours is not None and priced else None,
        estimated=estimated,
    )


def energy(by: GroupBy, answered: int, kind: str) -> EnergyTable:
    """``kind``: ``counter``, ``estimated``, ``unmeasured`` or ``unpriced``."""
    measured, priced = kind != "unmeasured", kind != "unpriced"
    groups = MODELS if by is GroupBy.MODEL else [f"2026-11-{day:02}" for day in range(14, 24)]
    rows = [
        row(
            group,
            answered - at,
            1000 * answered - 321 * at,
            (90_000.0 / (at + 1) ** 2 + 40 * at) if measured and not (at == 2 and kind == "estimated") else None,
            estimated=kind == "estimated" and at != 1,
            priced=priced,
        )
        for at, group in enumerate(groups if answered else ())
    ]
    total = row("", 0, 1, None, estimated=False, priced=priced)
    if rows:
        joules = [each.joules_gross for each in rows if each.joules_gross is not None]
        total = row(
            "",
            sum(each.requests for each in rows),
            sum(each.completion_tokens for each in rows),
            sum(joules) if joules else None,
            estimated=any(each.estimated for each in rows),
            priced=priced,
        )
    return EnergyTable(
        by=by,
        since_s=time.time() - 30 * 86_400,
        rows=tuple(rows),
        total=replace(total, group="total"),
        price_per_kwh=0.34 if priced else None,
        currency="EUR",
        idle_loaded_w=38.0 if measured else None,
        idle_bare_w=21.0 if measured else None,
        saved_by_unloading_w=17.0 if measured else None,
    )


def export(kind: str) -> bytes:
    return CSV if kind == "csv" else json.dumps([{"model": MODELS[0], "joules": 41.5}]).encode()
