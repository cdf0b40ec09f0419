"""``/control/plan``: the same question by GET and POST, the catalogue, refusals, and who may ask."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx2
import pytest

from engineroom.adapters.plan_parts import make_plans
from engineroom.domain.machine import GpuInfo, NvmlState
from engineroom.gateway.app import make_app
from engineroom.gateway.parts import Parts
from engineroom.services.models import ModelShelf
from engineroom.services.plan_gpus import Sight
from gateway.test_openapi import parts

TOKEN = {"Authorization": "Bearer t"}


CARD = GpuInfo(
    uuid="GPU-1", name="NVIDIA GeForce RTX 5090", memory_total_bytes=32 * 2**30, power_limit_w=575.0,
    compute_capability="12.0",
)  # fmt: skip


@asynccontextmanager
async def application(services: Parts) -> AsyncIterator[httpx2.AsyncClient]:
    """The application, asked without a socket."""
    plans = make_plans(lambda: Sight(machine=services.telemetry.machine), ModelShelf([], default=None))
    app = make_app(replace(services, plans=lambda: plans), hosts=frozenset({"testserver"}))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver", headers=TOKEN) as client:
        yield client


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    """On a computer whose driver has told that there is no card."""
    services = parts()
    services.cards.accept(replace(services.telemetry.machine, nvml=NvmlState.NO_DEVICE))
    async with application(services) as client:
        yield client


async def test_get_and_post_give_the_same_plan(http: httpx2.AsyncClient) -> None:
    question = {"model": "qwen3-8b", "gpu": "RTX 4090", "context_tokens": 8192, "kv_dtype": "fp8"}
    posted = await http.post("/control/plan", json=question)
    got = await http.get("/control/plan", params=question)
    assert posted.status_code == got.status_code == 200
    assert posted.json() == got.json()
    assert posted.json()["context"] == 8192
    assert posted.json()["bill"]["total_bytes"] > 0


@pytest.mark.parametrize("path", ["plan?model=qwen3-8b", "plan/catalogue", "plan/checkpoints?model=qwen3-8b"])
async def test_a_question_of_the_first_second_waits_for_the_cards(path: str) -> None:
    services = parts()
    async with application(services) as http:
        asked = asyncio.create_task(http.get(f"/control/{path}"))
        await asyncio.sleep(0.05)
        assert not asked.done()
        services.cards.accept(replace(services.telemetry.machine, nvml=NvmlState.OK, gpus=(CARD,)))
        assert (await asked).status_code == 200


async def test_the_catalogue(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/control/plan/catalogue", params={"gpu": "RTX 4090", "use": "embedding"})
    rows = answer.json()
    assert {row["id"] for row in rows} >= {"bge-m3", "qwen3-embedding-0.6b"}
    assert {"verdict", "precision", "total_bytes", "decode_low", "decode_high"} <= rows[0].keys()


async def test_checkpoints_of_a_model(http: httpx2.AsyncClient) -> None:
    """Each is planned as it is, with what it takes on disk; GGUF files say which of their repository they are."""
    answer = await http.get("/control/plan/checkpoints", params={"model": "qwen3-8b", "gpu": "RTX 4090"})
    rows = {(row["file_format"], row["precision"]): row for row in answer.json()}
    assert rows["safetensors", "bf16"]["weights_bytes"] > rows["gguf", "q4_k_m"]["weights_bytes"] > 4e9
    assert rows["safetensors", "bf16"]["variant"] is None
    assert rows["gguf", "q4_k_m"]["variant"] == "Q4_K_M"
    assert rows["gguf", "q4_k_m"]["verdict"] == "fits"
    assert rows["gguf", "q4_k_m"]["runtime"] == "llama.cpp"
    refused = await http.get("/control/plan/checkpoints", params={"model": "nope", "gpu": "RTX 4090"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "model_unknown")


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [
        ({"model": "nope", "gpu": "RTX 4090"}, 404, "model_unknown"),
        ({"model": "qwen3-8b"}, 400, "gpu_none"),
        ({"model": "qwen3-8b", "gpu": "banana"}, 400, "gpu_unknown"),
        ({"model": "qwen3-8b", "gpu": "name=x,memory=lots"}, 400, "gpu_description"),
        ({"model": "qwen3-8b", "gpu": "RTX 4090", "concurrency": 0}, 400, "plan_invalid"),
        ({"model": "qwen3-8b", "gpu": "RTX 4090", "concurrency": "two"}, 400, "invalid_request"),
        ({"model": "/no/such/folder", "gpu": "RTX 4090"}, 404, "file_missing"),
    ],
)
async def test_refusals(http: httpx2.AsyncClient, question: dict[str, object], status: int, code: str) -> None:
    answer = await http.post("/control/plan", json=question)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("path", ["/control/plan?model=qwen3-8b", "/control/plan/catalogue"])
async def test_only_with_the_token(http: httpx2.AsyncClient, path: str) -> None:
    assert (await http.get(path, headers={"Authorization": "Bearer wrong"})).status_code == 401
