"""The ledger's tables."""

import sqlite3
from collections.abc import Sequence

from engineroom.adapters.sqlite.held import HeldDatabase
from engineroom.domain.ledger import EnergyRow, GroupBy, SeriesPoint
from engineroom.domain.rollup import Rollup, stepped
from engineroom.domain.usage import Outcome, RequestView

_DAY_S = 86_400
_KEEP_S = {10: 2 * _DAY_S, 60: 14 * _DAY_S}
_GROUPS = {
    GroupBy.MODEL: "model",
    GroupBy.KEY: "coalesce(key_name, 'no key')",
    GroupBy.DAY: "date(finished_at_s, 'unixepoch', 'localtime')",
}
_REQUEST_COLUMNS = (
    "request_id, model, route, outcome, status, finished_at_s, seconds, ttft_s, tokens_per_s, prompt_tokens, "
    "completion_tokens, joules_gross, joules_above_idle, energy_estimated, key_id, key_name"
)
_ADD_REQUEST = f"INSERT INTO requests ({_REQUEST_COLUMNS}) VALUES ({', '.join('?' * 16)})"  # noqa: S608
_ADD_ROLLUP = """
INSERT INTO rollups VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    tokens = coalesce(tokens + excluded.tokens, tokens, excluded.tokens),
    requests = coalesce(requests + excluded.requests, requests, excluded.requests),
    power_sum = power_sum + excluded.power_sum,
    power_n = power_n + excluded.power_n,
    power_max = coalesce(max(power_max, excluded.power_max), power_max, excluded.power_max),
    memory_sum = memory_sum + excluded.memory_sum,
    memory_n = memory_n + excluded.memory_n,
    temperature_sum = temperature_sum + excluded.temperature_sum,
    temperature_n = temperature_n + excluded.temperature_n,
    busy_sum = busy_sum + excluded.busy_sum,
    busy_n = busy_n + excluded.busy_n,
    energy_j = coalesce(energy_j + excluded.energy_j, energy_j, excluded.energy_j)
"""
_SERIES = """
SELECT bucket_s, source, tokens, requests, power_sum / nullif(power_n, 0), power_max,
       memory_sum / nullif(memory_n, 0), temperature_sum / nullif(temperature_n, 0), busy_sum / nullif(busy_n, 0),
       energy_j
FROM rollups WHERE step_s = ? AND bucket_s >= ? ORDER BY bucket_s
"""


class SqliteLedger(HeldDatabase):
    """The store; see :class:`engineroom.services.ports.LedgerStore`. One connection, one user at a time."""

    def write(self, requests: Sequence[RequestView], rollups: Sequence[Rollup]) -> None:
        """Add a batch, all of it or nothing."""
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.executemany(
                    _ADD_REQUEST,
                    [_request_values(request) for request in requests],
                )
                connection.executemany(_ADD_ROLLUP, [_rollup_values(*step) for step in stepped(rollups)])
                connection.execute("COMMIT")
            except sqlite3.Error:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def energy(self, by: GroupBy, since_s: float) -> list[EnergyRow]:
        """Sums of the requests since ``since_s`` that reached an engine, by group."""
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT {_GROUPS[by]} AS name, count(*), coalesce(sum(prompt_tokens), 0), "  # noqa: S608 (our own text)
                "coalesce(sum(completion_tokens), 0), sum(joules_gross), sum(joules_above_idle), max(energy_estimated) "
                "FROM requests WHERE finished_at_s >= ? AND outcome != 'rejected' GROUP BY name ORDER BY name",
                (since_s,),
            ).fetchall()
        return [_energy_row(row) for row in rows]

    def series(self, since_s: float, step_s: int) -> list[SeriesPoint]:
        """Buckets of one step since ``since_s``."""
        with self._open() as connection:
            rows = connection.execute(_SERIES, (step_s, int(since_s) // step_s * step_s)).fetchall()
        return [_point(row, step_s) for row in rows]

    def requests(self, since_s: float) -> list[RequestView]:
        """Requests since ``since_s``, oldest first."""
        query = f"SELECT {_REQUEST_COLUMNS} FROM requests WHERE finished_at_s >= ? ORDER BY finished_at_s"  # noqa: S608
        with self._open() as connection:
            return [_request(row) for row in connection.execute(query, (since_s,))]

    def prune(self, *, requests_before_s: float, rollups_before_s: float, now_s: float) -> None:
        """Forget what is older than it is to be kept."""
        with self._open() as connection:
            connection.execute("DELETE FROM requests WHERE finished_at_s < ?", (requests_before_s,))
            connection.execute("DELETE FROM rollups WHERE bucket_s < ?", (rollups_before_s,))
            for step_s, keep_s in _KEEP_S.items():
                connection.execute("DELETE FROM rollups WHERE step_s = ? AND bucket_s < ?", (step_s, now_s - keep_s))


def _request_values(request: RequestView) -> tuple[object, ...]:
    return (
        request.request_id, request.model_id, request.route, str(request.outcome), request.status,
        request.finished_at_s, request.seconds, request.ttft_s, request.tokens_per_s, request.prompt_tokens,
        request.completion_tokens, request.joules_gross, request.joules_above_idle, request.energy_estimated,
        request.key_id, request.key_name,
    )  # fmt: skip


def _request(row: Sequence[object]) -> RequestView:
    names = (
        "request_id", "model_id", "route", "outcome", "status", "finished_at_s", "seconds", "ttft_s", "tokens_per_s",
        "prompt_tokens", "completion_tokens", "joules_gross", "joules_above_idle", "energy_estimated",
        "key_id", "key_name",
    )  # fmt: skip
    values: dict[str, object] = dict(zip(names, row, strict=True))
    values["outcome"] = Outcome(str(values["outcome"]))
    values["energy_estimated"] = bool(values["energy_estimated"])
    return RequestView(**values)  # type: ignore[arg-type]


def _rollup_values(step_s: int, bucket_s: int, row: Rollup) -> tuple[object, ...]:
    return (
        step_s, bucket_s, row.source, row.tokens, row.requests,
        row.power.total, row.power.count, row.power.most, row.memory.total, row.memory.count,
        row.temperature.total, row.temperature.count, row.busy.total, row.busy.count, row.energy_j,
    )  # fmt: skip


def _energy_row(row: Sequence[object]) -> EnergyRow:
    group, requests, prompt, completion, gross, above, estimated = row
    return EnergyRow(
        group=str(group),
        requests=int(str(requests)),
        prompt_tokens=int(str(prompt)),
        completion_tokens=int(str(completion)),
        joules_gross=_real(gross),
        joules_above_idle=_real(above),
        joules_per_token=None,
        watt_hours=None,
        cost=None,
        estimated=bool(estimated),
    )


def _point(row: Sequence[object], step_s: int) -> SeriesPoint:
    bucket_s, source, tokens, requests, power, most, memory, temperature, busy, energy_j = row
    memory_bytes = _real(memory)
    return SeriesPoint(
        at_s=float(str(bucket_s)),
        source=str(source),
        tokens_per_s=None if tokens is None else float(str(tokens)) / step_s,
        requests=None if requests is None else int(str(requests)),
        power_w=_real(power),
        power_max_w=_real(most),
        memory_used_bytes=None if memory_bytes is None else int(memory_bytes),
        temperature_c=_real(temperature),
        utilisation_percent=_real(busy),
        energy_j=_real(energy_j),
    )


def _real(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
