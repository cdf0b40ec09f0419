"""What the framework finds wrong with a body is a code with the field; its own words come along."""

from dataclasses import dataclass

import pytest
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient

from engineroom.domain.details import FACT
from engineroom.domain.errors import Code
from engineroom.gateway.body_faults import invalid_body


@dataclass(frozen=True)
class Asked:
    model: str
    gpus: int = 1


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()

    @app.post("/plan")
    async def plan(asked: Asked) -> str:
        return asked.model

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        problem = invalid_body(error.errors())
        return JSONResponse({"code": problem.code, "facts": problem.facts}, status_code=400)

    return TestClient(app)


@pytest.mark.parametrize(
    ("body", "detail", "facts"),
    [
        (b'{"model": "m", "gpus": "two"}', "part_kind", {"field": "gpus", "expected": "int", "got": "'two'"}),
        (b'{"gpus": 1}', "part_missing", {"name": "model"}),
        (b'{"model": 3}', "part_kind", {"field": "model", "expected": "string", "got": "3"}),
    ],
)
def test_the_field_is_named(client: TestClient, body: bytes, detail: str, facts: dict[str, object]) -> None:
    told = client.post("/plan", content=body, headers={"content-type": "application/json"}).json()
    assert (told["code"], told["facts"][FACT]) == (Code.INVALID_REQUEST, detail)
    assert facts.items() <= told["facts"].items()
    assert told["facts"]["reason"].startswith(f"{facts.get('field') or facts['name']}: ")


def test_what_is_no_json_is_told_so(client: TestClient) -> None:
    told = client.post("/plan", content=b"{", headers={"content-type": "application/json"}).json()
    assert told["code"] == Code.INVALID_JSON
    assert told["facts"]["reason"]


def test_what_the_framework_may_say_otherwise_is_quoted() -> None:
    odd = invalid_body([{"type": "value_error", "loc": ("body", "x"), "msg": "No.", "input": 1}])
    assert (odd.facts[FACT], odd.facts["said"]) == ("part_other", "No.")
    high = invalid_body([{"type": "less_than_equal", "loc": ("body", "x"), "msg": "No.", "input": 9, "ctx": {"le": 8}}])
    assert (high.facts[FACT], high.facts["expected"]) == ("part_bound", "<= 8")
