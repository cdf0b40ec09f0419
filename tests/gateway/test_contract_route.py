"""Routes that answer with the contract's forms; and what a daemon does not load to have them."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx2
from fastapi import FastAPI, Response

from engineroom.domain.engine import EngineState
from engineroom.gateway.contract_route import contract_router, take_in

TESTS = Path(__file__).parents[1]
LOADED = """
import sys
import engineroom.cli.serve
from engineroom.gateway.app import make_app
from gateway.test_openapi import parts
make_app(parts(), hosts=frozenset())
print(*sorted({"rich", "pygments", "tomlkit", "structlog", "pydantic.v1", "fastapi"} & sys.modules.keys()))
"""


@dataclass(frozen=True)
class Told:
    name: str
    state: EngineState
    watts: float | None = None
    parts: tuple["Told", ...] = ()


def app() -> FastAPI:
    router = contract_router(prefix="/x")

    @router.post("/{name}", status_code=202)
    async def put(name: str) -> Told:
        """An answer of the contract."""
        return Told(name, EngineState.READY, parts=(Told("ü", EngineState.FAILED, 1.5),))

    @router.get("/own", response_model=Told)
    async def own() -> Told | Response:
        """An answer that is written already."""
        return Response(b"own", 418, media_type="text/plain")

    app = FastAPI()
    take_in(app, router)
    return app


async def test_what_an_endpoint_returns_is_written_as_the_contract_has_it() -> None:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app()), base_url="http://x") as http:
        answer = await http.post("/x/a")
        assert (answer.status_code, answer.headers["content-type"]) == (202, "application/json")
        inner = {"name": "ü", "state": "failed", "watts": 1.5, "parts": []}
        assert answer.json() == {"name": "a", "state": "ready", "watts": None, "parts": [inner]}
        answer = await http.get("/x/own")
        assert (answer.status_code, answer.text) == (418, "own")


def test_the_description_still_tells_the_form_of_an_answer() -> None:
    described = app().openapi()
    answers = [described["paths"]["/x/{name}"]["post"], described["paths"]["/x/own"]["get"]]
    for route, status in zip(answers, ("202", "200"), strict=True):
        form = route["responses"][status]["content"]["application/json"]["schema"]
        assert form == {"$ref": "#/components/schemas/Told"}
    assert described["components"]["schemas"]["Told"]["required"] == ["name", "state"]


def test_a_daemon_does_not_load_what_it_can_do_without() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, timeout=120, check=True, cwd=TESTS
    )
    assert done.stdout.split() == ["fastapi"]
