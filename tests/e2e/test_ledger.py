"""The ledger through the real daemon: what is asked today is told tomorrow."""

import csv
import io
import json

import httpx2

from engine_room import STARTER, engine_room, json_of, until
from engineroom.contract.control import EngineState, GroupBy


def test_requests_are_told_by_model_and_day_and_survive_a_restart(tmp_path):
    config = tmp_path / "config"
    config.mkdir()
    (config / "settings.toml").write_text('[energy]\nprice_per_kwh = 0.5\ncurrency = "CHF"\n')
    with engine_room(tmp_path, "--model", STARTER) as room:
        room.wait_engine(EngineState.READY)
        for _ in range(2):
            counted = room.cli("chat", "Count to ten.", "--max-tokens", "8", "--temperature", "0")
            assert counted.returncode == 0
        room.cli("chat", "hello", "--model", "nothing")
        with room.control() as control:
            table = until("both requests in the ledger", lambda: _of(control, requests=2))
        assert table.rows[0].group == STARTER
        assert table.rows[0].completion_tokens == 16
        assert (table.price_per_kwh, table.currency) == (0.5, "CHF")
        assert (table.rows[0].joules_gross is None) == (table.rows[0].cost is None)
        assert room.end() == 0
    with engine_room(tmp_path) as room:
        room.connection()
        told = json_of(room.cli("energy", "--by", "day", "--json"))
        assert [row["requests"] for row in told["rows"]] == [2]
        people = room.cli("energy").stdout
        assert STARTER in people
        with room.control() as control:
            points = control.series(seconds=600).points
        assert sum(point.requests or 0 for point in points if point.source == "traffic") == 3
        assert sum((point.tokens_per_s or 0) * 10 for point in points if point.source == "traffic") == 16
        assert any(point.source == "host" and point.utilisation_percent is not None for point in points)


def _of(control, *, requests):
    table = control.energy(GroupBy.MODEL, days=1)
    return table if table.total.requests == requests else None


def test_export_is_csv_and_json_of_the_same_requests(served):
    served.cli("chat", "hello", "--max-tokens", "3")
    connection = served.connection()
    headers = {"Authorization": f"Bearer {connection.token}"}

    def exported(kind):
        answer = httpx2.get(
            f"{connection.address}/control/energy/export", params={"format": kind}, headers=headers, timeout=60
        )
        assert answer.headers["content-disposition"].endswith(f'.{kind}"')
        return answer.text

    rows = until("a request in the export", lambda: json.loads(exported("json")))
    lines = list(csv.DictReader(io.StringIO(exported("csv"))))
    assert [line["request_id"] for line in lines][: len(rows)] == [row["request_id"] for row in rows]
    assert "hello" not in exported("json")


def test_wrong_questions_to_the_ledger_are_400(served):
    connection = served.connection()
    headers = {"Authorization": f"Bearer {connection.token}"}
    for path in ("energy?by=zork", "energy?days=-1", "energy?days=x", "series?seconds=0", "energy/export?format=xls"):
        answer = httpx2.get(f"{connection.address}/control/{path}", headers=headers, timeout=60)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_request"), path
