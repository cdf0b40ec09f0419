"""Having models and getting them over HTTP: answers, refusals with their status, names with slashes."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from engineroom.adapters.hugging_face import HubReader
from engineroom.adapters.job_store import JsonJobStore
from engineroom.adapters.library_places import LibraryPlaces
from engineroom.adapters.model_traits import read_traits
from engineroom.adapters.pull_desk import PullDesk
from engineroom.adapters.spawn import PosixSpawner
from engineroom.adapters.vault import Vault
from engineroom.domain.job import JobKind
from engineroom.domain.model import ModelSpec
from engineroom.gateway.app import api_description, make_app
from engineroom.services.bundles import Exports, Imports
from engineroom.services.engines import EngineRoom
from engineroom.services.jobs import Jobs
from engineroom.services.library import Library
from engineroom.services.model_side import ModelSide
from engineroom.services.outbound import Outbound
from engineroom.services.pulls import PullOptions, Pulls
from engineroom.services.trait_book import TraitBook
from engineroom.services.verifies import Verifies
from fakes.fake_hub import FakeHub, FakeRepo
from fakes.make_gguf import tiny_model
from fakes.tiny_safetensors import config, llama
from gateway.test_openapi import parts
from services.conftest import OPTIONS, StageMaker, make_stage
from workers.test_verify import snapshot

__all__ = ["make_stage"]

TOKEN = {"Authorization": "Bearer t"}
FILES = {"config.json": config(), "model.safetensors": llama()}


class Lines:
    """Forgets the ledger's lines."""

    def write(self, line: str) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.fixture
async def hub() -> AsyncIterator[FakeHub]:
    with FakeHub(page=2) as hub:
        yield hub


@pytest.fixture
async def http(
    hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_stage: StageMaker
) -> AsyncIterator[httpx2.AsyncClient]:
    """The application over a real library and a fake Hub, asked without a socket."""
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    stage = parts()
    engines = EngineRoom(shelf=stage.shelf, options=OPTIONS, world=make_stage(()).world)
    cache = tmp_path / "hub"
    bundled = ModelSpec(id="starter", name="Starter", path=str(tmp_path / "starter.gguf"), bundled=True)
    library = Library(
        disk=LibraryPlaces(tmp_path / "imported.json", cache=cache), shelf=stage.shelf, engines=engines,
        events=stage.events, first=[bundled],
    )  # fmt: skip
    outbound = Outbound(sink=Lines(), soon=lambda call: call())
    vault = Vault(tmp_path / "token", use_keyring=False)
    reader = HubReader(on_sent=outbound.told, endpoint=hub.url, token=vault.token)
    pulls = Pulls(
        hub_side=reader, desk=PullDesk(tmp_path / "pulls", cache=cache), options=lambda: PullOptions(offline=True),
        arrived=library.refresh, told=outbound.told,
    )  # fmt: skip
    verifies = Verifies(library=library, shelf=stage.shelf)
    exports = Exports(library=library, cache=lambda: str(cache))
    imports = Imports(cache=lambda: str(cache), arrived=library.refresh)
    side = ModelSide(
        library=library, traits=TraitBook(read_traits), pulls=pulls, verifies=verifies, exports=exports,
        imports=imports, hub=reader, outbound=outbound, vault=vault, readme_near=lambda _: None,
        endpoint=hub.url, offline=False,
    )  # fmt: skip
    kinds = {JobKind.PULL: pulls, JobKind.VERIFY: verifies, JobKind.EXPORT: exports, JobKind.IMPORT: imports}
    jobs = Jobs(
        clock=stage.clock, spawner=PosixSpawner(tmp_path / "children"), store=JsonJobStore(tmp_path / "jobs.json"),
        events=stage.events, handlers=kinds, log=lambda *_: None,
    )  # fmt: skip
    app = make_app(replace(stage, models=side, jobs=jobs), hosts=frozenset({"testserver"}))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver", headers=TOKEN) as client:
        yield client
    await jobs.close()
    await engines.close()
    reader.close()


def code_of(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_search_goes_page_by_page(hub: FakeHub, http: httpx2.AsyncClient) -> None:
    for number in range(3):
        hub.add(FakeRepo(id=f"maker/tiny-{number}", downloads=number)).commit(FILES)
    page = (await http.post("/control/hub/search", json={"text": "tiny", "limit": 2})).json()
    assert [hit["repo"] for hit in page["hits"]] == ["maker/tiny-2", "maker/tiny-1"]
    rest = (await http.post("/control/hub/search", json={"text": "tiny", "cursor": page["next"]})).json()
    assert ([hit["repo"] for hit in rest["hits"]], rest["next"]) == (["maker/tiny-0"], None)
    rows = (await http.get("/control/outbound", params={"tail": 1})).json()
    assert (len(rows), rows[0]["purpose"], rows[0]["status"]) == (1, "search", 200)


async def test_look_takes_names_and_addresses(hub: FakeHub, http: httpx2.AsyncClient) -> None:
    repo = hub.add(FakeRepo(id="maker/tiny"))
    repo.commit(FILES)
    for name in ("maker/tiny", "maker/tiny@main", "https://huggingface.co/maker/tiny/tree/main"):
        preview = (await http.post("/control/hub/look", json={"repo": name})).json()
        assert (preview["repo"], preview["revision"]) == ("maker/tiny", repo.branches["main"])
        assert preview["total_bytes"] == sum(map(len, FILES.values()))


async def test_refusals_of_the_hub_have_their_status(hub: FakeHub, http: httpx2.AsyncClient) -> None:
    hub.users = {"hf_other": "other"}
    hub.add(FakeRepo(id="maker/gated", gated="auto")).commit(FILES)
    hub.add(FakeRepo(id="maker/pickle")).commit({"pytorch_model.bin": b"\x80\x04"})
    for name, wanted in (
        ("no-name", (400, "repo_name")),
        ("maker/nothing", (404, "repo_not_found")),
        ("maker/gated@nothing", (404, "revision_not_found")),
        ("maker/gated", (403, "gated_no_token")),
        ("maker/pickle", (422, "pickle_refused")),
    ):
        assert code_of(await http.post("/control/hub/pull", json={"repo": name})) == wanted
    account = await http.put("/control/hub/account", json={"token": "hf_other"})
    assert (account.json()["token_place"], "hf_other" in account.text) == ("file", False)
    assert code_of(await http.post("/control/hub/pull", json={"repo": "maker/gated"})) == (403, "gated_terms")
    assert (await http.delete("/control/hub/account")).json()["token_place"] is None


async def test_a_job_is_made_watched_and_ended(hub: FakeHub, http: httpx2.AsyncClient) -> None:
    """The worker is never started: the handler's own switch is set to offline."""
    hub.add(FakeRepo(id="maker/tiny")).commit(FILES)
    answer = await http.post("/control/hub/pull", json={"repo": "maker/tiny"})
    job = answer.json()
    assert (answer.status_code, job["kind"], job["subject"]) == (202, "pull", "maker/tiny")
    assert [one["id"] for one in (await http.get("/control/jobs")).json()] == [job["id"]]
    assert (await http.post(f"/control/jobs/{job['id']}/cancel")).json()["state"] == "cancelled"
    assert code_of(await http.post(f"/control/jobs/{job['id']}/resume")) == (409, "job_ended")
    assert code_of(await http.get("/control/jobs/nothing")) == (404, "job_not_found")
    assert (await http.post("/control/jobs/clear")).json() == []


async def test_the_library_by_names_with_slashes(http: httpx2.AsyncClient, tmp_path: Path) -> None:
    model = snapshot(tmp_path / "hub", FILES)
    entries = {entry["id"]: entry for entry in (await http.get("/control/library")).json()}
    assert set(entries) == {"starter", "maker/tiny"}
    assert entries["maker/tiny"]["path"] == str(model)
    job = (await http.post("/control/library/maker/tiny/verify")).json()
    assert (job["kind"], job["subject"]) == ("verify", "maker/tiny")
    await http.post(f"/control/jobs/{job['id']}/cancel")
    assert code_of(await http.post("/control/library/no/such/verify")) == (404, "model_not_found")
    removed = (await http.delete("/control/library/maker/tiny")).json()
    assert removed == {"id": "maker/tiny", "freed_bytes": sum(map(len, FILES.values()))}
    assert code_of(await http.delete("/control/library/maker/tiny")) == (404, "model_not_found")
    assert code_of(await http.delete("/control/library/starter")) == (409, "not_removable")


async def test_a_file_of_ones_own(http: httpx2.AsyncClient, tmp_path: Path) -> None:
    (tmp_path / "mine.gguf").write_bytes(tiny_model())
    added = (await http.post("/control/library/import", json={"path": str(tmp_path / "mine.gguf")})).json()
    assert [entry["id"] for entry in added] == ["mine"]
    nowhere = {"models": ["mine"], "path": str(tmp_path / "bundle")}
    assert code_of(await http.post("/control/library/export", json=nowhere)) == (409, "not_exportable")
    assert (await http.post("/control/library/export", json=nowhere | {"models": []})).status_code == 400
    assert (await http.delete("/control/library/mine")).json()["freed_bytes"] == 0
    assert (tmp_path / "mine.gguf").exists()
    missing = {"path": str(tmp_path / "no.gguf")}
    assert code_of(await http.post("/control/library/import", json=missing)) == (404, "file_missing")


async def test_only_with_the_token(http: httpx2.AsyncClient) -> None:
    described = api_description(parts())["paths"]
    routes = [
        (method, path.replace("{model}", "x").replace("{job}", "x"))
        for path, methods in described.items()
        if path.startswith(("/control/library", "/control/hub", "/control/outbound", "/control/jobs"))
        for method in methods
    ]
    assert len(routes) >= 18
    for method, path in routes:
        answer = await http.request(method.upper(), path, headers={"Authorization": "Bearer wrong"})
        assert code_of(answer) == (401, "invalid_token"), path
