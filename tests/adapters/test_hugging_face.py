"""The Hub reader, with the real ``huggingface_hub`` against the fake Hub."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engineroom.adapters.hugging_face.page_cache import PageCache
from engineroom.adapters.hugging_face.reader import HubReader
from engineroom.adapters.hugging_face.session import library
from engineroom.domain.errors import Code, EngineroomError
from engineroom.domain.model_card.values import ModelCard, Origin
from engineroom.domain.pull.choose import make_plan
from engineroom.domain.pull.outgoing import Outgoing, Purpose
from engineroom.domain.pull.search import Format, HubQuery, Sort
from fakes import make_gguf
from fakes.fake_hub import Cut, FakeHub, FakeRepo, Lie, Sparse, Status
from fakes.tiny_safetensors import config, llama

LLAMA = llama()
FILES = {
    "config.json": config(),
    "tokenizer_config.json": json.dumps({"chat_template": "{{ messages }}{{ tools }}"}).encode(),
    "model.safetensors": LLAMA,
    "README.md": b"# Tiny",
}


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub(page=3) as hub:
        yield hub


@pytest.fixture
def sent() -> list[Outgoing]:
    return []


@pytest.fixture
def reader(hub: FakeHub, sent: list[Outgoing]) -> Iterator[HubReader]:
    reader = HubReader(on_sent=sent.append, endpoint=hub.url)
    yield reader
    reader.close()


@pytest.fixture
def tiny(hub: FakeHub) -> FakeRepo:
    repo = hub.add(FakeRepo(id="maker/tiny", licence="llama3.1"))
    repo.commit(FILES)
    return repo


async def refused(asked: Any) -> EngineroomError:
    with pytest.raises(EngineroomError) as caught:
        await asked
    return caught.value


async def test_a_listing_is_pinned(hub: FakeHub, reader: HubReader, tiny: FakeRepo) -> None:
    """A branch that moves afterwards changes nothing."""
    listing = await reader.listing("maker/tiny")
    first = tiny.branches["main"]
    assert (listing.revision, listing.ref, listing.licence, listing.gated) == (first, "main", "llama3.1", False)
    weights = listing.file("model.safetensors")
    assert weights is not None
    assert (weights.size_bytes, weights.etag) == (len(LLAMA), tiny.commits[first]["model.safetensors"].sha256)
    tiny.commit({**FILES, "config.json": config(hidden_size=32)})
    card = await reader.model_card("maker/tiny", first)
    assert (card.revision, card.hidden_size) == (first, 64)
    assert (await reader.listing("maker/tiny", first[:10])).ref is None
    assert make_plan(listing).total_bytes == sum(map(len, FILES.values()))


async def test_a_card_of_a_repository(hub: FakeHub, reader: HubReader, tiny: FakeRepo, sent: list[Outgoing]) -> None:
    """Exact bytes from the header, and far less than the file on the wire."""
    card = await reader.model_card("maker/tiny")
    assert isinstance(card, ModelCard)
    assert (card.id, card.architecture, card.weights_origin) == ("maker/tiny", "LlamaForCausalLM", Origin.HEADERS)
    assert len(LLAMA) - 4096 < card.weight_bytes < len(LLAMA)
    assert (card.layer_count, card.chat_template, card.tool_calls) == (2, True, True)
    assert (card.licence, card.gated, card.download_bytes) == ("llama3.1", False, len(LLAMA))
    assert hub.sent["model.safetensors"] == 2**16
    assert {one.purpose for one in sent} == {Purpose.MODEL_INFO, Purpose.MODEL_HEADER}
    assert {one.host for one in sent} == {"127.0.0.1", "localhost"}
    assert sum(one.received_bytes for one in sent) == hub.total_sent()
    assert len(sent) == len(hub.asked)
    assert not any("agent" in asked.path for asked in hub.asked)


async def test_a_card_of_shards(hub: FakeHub, reader: HubReader) -> None:
    repo = hub.add(FakeRepo(id="maker/shards"))
    names = [f"model-{number:05}-of-00003.safetensors" for number in (1, 2, 3)]
    repo.commit({"config.json": config(), **{name: llama(seed=at) for at, name in enumerate(names)}})
    card = await reader.model_card("maker/shards")
    assert card.weights_origin is Origin.HEADERS
    assert card.download_bytes == 3 * len(LLAMA)


async def test_headers_beyond_the_budget(hub: FakeHub, reader: HubReader) -> None:
    """Many shards with long headers: their sizes have to do, and little is read."""
    repo = hub.add(FakeRepo(id="maker/huge"))
    head = (200_000).to_bytes(8, "little") + b"{" + b" " * 199_998 + b"}"
    names = [f"model-{number:05}-of-00060.safetensors" for number in range(1, 61)]
    repo.commit({"config.json": config(), **{name: Sparse(head=head, size=2**21) for name in names}})
    card = await reader.model_card("maker/huge")
    assert card.weights_origin is Origin.FILE_SIZES
    assert hub.total_sent() < 8 * 2**20


async def test_a_card_of_a_gguf_file(hub: FakeHub, reader: HubReader) -> None:
    head = make_gguf.header(
        [
            make_gguf.key("general.architecture", make_gguf.TEXT, "llama"),
            make_gguf.key("llama.block_count", make_gguf.U32, 1),
            make_gguf.key("llama.embedding_length", make_gguf.U32, 64),
            make_gguf.key("llama.attention.head_count", make_gguf.U32, 4),
            make_gguf.key("llama.feed_forward_length", make_gguf.U32, 64),
            make_gguf.key("llama.context_length", make_gguf.U32, 2048),
            make_gguf.array_key("tokenizer.ggml.tokens", make_gguf.TEXT, [f"token {n}" for n in range(60_000)]),
        ],
        [
            make_gguf.Tensor(name="token_embd.weight", dimensions=(64, 60_000), offset=5 * 2**14),
            *(
                make_gguf.Tensor(name=f"blk.0.{name}.weight", dimensions=(64, 64), offset=at * 2**14)
                for at, name in enumerate(("attn_q", "attn_k", "attn_v", "attn_output", "ffn_up"))
            ),
        ],
    )
    content = make_gguf.padded(head, 5 * 2**14 + 64 * 60_000 * 4)
    repo = hub.add(FakeRepo(id="maker/gguf"))
    repo.commit({"tiny-Q8_0.gguf": content, "tiny-Q4_K_M.gguf": content, "mmproj-tiny.gguf": content})
    card = await reader.model_card("maker/gguf", variant="q4_k_m")
    assert (card.file_format, card.architecture, card.native_context) == ("gguf", "llama", 2048)
    assert card.id == "maker/gguf/tiny-Q4_K_M.gguf"
    assert len(head) <= hub.sent["tiny-Q4_K_M.gguf"] < len(head) + 2**19
    error = await refused(reader.model_card("maker/gguf"))
    assert error.code == Code.WEIGHTS_AMBIGUOUS
    assert error.problem.facts["choices"] == "tiny-Q4_K_M.gguf, tiny-Q8_0.gguf"


async def test_pickles_can_be_judged_but_not_fetched(hub: FakeHub, reader: HubReader) -> None:
    repo = hub.add(FakeRepo(id="maker/pickle"))
    repo.commit({"config.json": config(), "pytorch_model.bin": bytes(200_000)})
    assert (await reader.model_card("maker/pickle")).weights_origin is Origin.FILE_SIZES
    with pytest.raises(EngineroomError, match="pickle_refused"):
        make_plan(await reader.listing("maker/pickle"))


async def test_a_huge_configuration_is_not_read(hub: FakeHub, reader: HubReader) -> None:
    repo = hub.add(FakeRepo(id="maker/fat"))
    repo.commit({"config.json": Sparse(size=10 * 2**20), "model.safetensors": LLAMA})
    assert (await refused(reader.model_card("maker/fat"))).code == Code.MODEL_FILE_TOO_LARGE
    assert hub.total_sent() < 10_000


async def test_a_server_that_ignores_ranges_is_cut_short(hub: FakeHub, reader: HubReader) -> None:
    repo = hub.add(FakeRepo(id="maker/long"))
    repo.commit({"config.json": config(), "model.safetensors": llama(vocabulary=2**17)})
    hub.fault("/cdn/*", Lie(ignore_range=True))
    assert (await reader.model_card("maker/long")).weights_origin is Origin.HEADERS
    assert hub.sent["model.safetensors"] < 16 * 2**20


async def test_search_goes_page_by_page(hub: FakeHub, reader: HubReader) -> None:
    for number in range(7):
        repo = hub.add(FakeRepo(id=f"maker/model-{number}", downloads=number, tags=("gguf",) if number % 2 else ()))
        repo.commit({"config.json": b"{}"})
    hub.add(FakeRepo(id="other/model", task="image-to-text", gated="manual")).commit({})
    found: list[str] = []
    query = HubQuery(text="MODEL", author="maker", sort=Sort.DOWNLOADS, limit=3)
    page = await reader.search(query)
    found += [hit.repo for hit in page.hits]
    while page.next is not None:
        page = await reader.search(
            HubQuery(text="MODEL", author="maker", sort=Sort.DOWNLOADS, limit=3, cursor=page.next)
        )
        found += [hit.repo for hit in page.hits]
    assert found == [f"maker/model-{number}" for number in range(6, -1, -1)]
    only = await reader.search(HubQuery(format=Format.GGUF, task="text-generation", limit=50))
    assert {hit.repo for hit in only.hits} == {"maker/model-1", "maker/model-3", "maker/model-5"}
    gated = await reader.search(HubQuery(gated=True))
    assert [(hit.repo, hit.gated, hit.licence) for hit in gated.hits] == [("other/model", True, "apache-2.0")]


@pytest.mark.parametrize(
    ("token", "code"),
    [(None, Code.GATED_NO_TOKEN), ("hf_other", Code.GATED_TERMS), ("hf_waits", Code.GATED_WAITING),
     ("hf_bad", Code.HUB_TOKEN_REFUSED), ("hf_member", None)],
)  # fmt: skip
async def test_a_gate_is_known_before_the_first_byte(
    hub: FakeHub, tiny: FakeRepo, token: str | None, code: Code | None
) -> None:
    tiny.gated, tiny.members, tiny.waiting = "manual", {"hf_member"}, {"hf_waits"}
    hub.users = {"hf_other": "o", "hf_waits": "w", "hf_member": "m"}
    reader = HubReader(on_sent=lambda _: None, endpoint=hub.url, token=lambda: token)
    try:
        listing = await HubReader.listing(reader, "maker/tiny") if token != "hf_bad" else None
        if listing is None:
            assert (await refused(reader.listing("maker/tiny"))).code == code
        elif code is None:
            await reader.check_access(listing)
            assert (await reader.model_card("maker/tiny")).gated is True
        else:
            error = await refused(reader.check_access(listing))
            assert (error.code, error.problem.facts["page"]) == (code, f"{hub.url}/maker/tiny")
            assert (await refused(reader.model_card("maker/tiny"))).code == code
        assert hub.sent["model.safetensors"] == (2**16 if code is None else 0)
        assert hub.leaked == []
    finally:
        reader.close()


async def test_what_cannot_be_found(hub: FakeHub, reader: HubReader, tiny: FakeRepo) -> None:
    assert (await refused(reader.listing("maker/none"))).code == Code.REPO_NOT_FOUND
    assert (await refused(reader.listing("maker/tiny", "v9"))).code == Code.REVISION_NOT_FOUND
    assert (await refused(reader.listing("maker/tiny", "../../x"))).code == Code.REVISION_NOT_FOUND
    assert (await refused(reader.listing("../maker"))).code == Code.REPO_NAME
    hub.add(FakeRepo(id="maker/empty")).commit({"README.md": b""})
    assert (await refused(reader.model_card("maker/empty"))).code == Code.NO_WEIGHTS
    hub.add(FakeRepo(id="maker/bare")).commit({"model.safetensors": LLAMA})
    assert (await refused(reader.model_card("maker/bare"))).code == Code.REPO_FILE_MISSING


@pytest.mark.parametrize(
    ("fault", "code", "fact"),
    [
        (Status(code=429, headers={"Retry-After": "17"}), Code.RATE_LIMITED, ("retry_after_s", 17)),
        (Status(code=429, headers={"RateLimit": '"api";r=0;t=55'}), Code.RATE_LIMITED, ("retry_after_s", 55)),
        (Status(code=502), Code.HUB_FAILED, ("status", 502)),
        (Status(code=200, body=b"<html>Sign in to the hotel</html>"), Code.HUB_ANSWER, ("host", "127.0.0.1")),
        (Status(code=200, body=b'{"id": 5}'), Code.HUB_ANSWER, ("host", "127.0.0.1")),
        (Status(code=200, body=b"[" * 100_000), Code.HUB_ANSWER, ("host", "127.0.0.1")),
    ],
)
async def test_a_hub_in_trouble(
    hub: FakeHub, reader: HubReader, tiny: FakeRepo, fault: Status, code: Code, fact: tuple[str, object]
) -> None:
    hub.fault("/api/models*", fault)
    error = await refused(reader.listing("maker/tiny"))
    assert (error.code, error.problem.facts[fact[0]]) == (code, fact[1])


async def test_a_cut_answer_and_a_dead_hub(hub: FakeHub, reader: HubReader, tiny: FakeRepo) -> None:
    hub.fault("/cdn/*", Cut(after_bytes=100))
    assert (await refused(reader.model_card("maker/tiny"))).code == Code.HUB_UNREACHABLE
    hub.stop()
    assert (await refused(reader.listing("maker/tiny"))).code == Code.HUB_UNREACHABLE


async def test_offline_nothing_goes_out(hub: FakeHub, tiny: FakeRepo, sent: list[Outgoing]) -> None:
    reader = HubReader(on_sent=sent.append, endpoint=hub.url, offline=lambda: True)
    for asked in (reader.listing("maker/tiny"), reader.search(HubQuery()), reader.model_card("maker/tiny")):
        assert (await refused(asked)).code == Code.HUB_OFFLINE
    assert (hub.asked, sent) == ([], [])
    reader.close()


def test_nothing_goes_out_that_nobody_accounts_for(hub: FakeHub, reader: HubReader, tiny: FakeRepo) -> None:
    from huggingface_hub import get_session
    from huggingface_hub.errors import OfflineModeIsEnabled

    library()
    with pytest.raises(OfflineModeIsEnabled):
        get_session().get(hub.url)
    assert hub.asked == []


async def test_a_licence_with_a_name_of_its_own(hub: FakeHub, reader: HubReader) -> None:
    repo = hub.add(FakeRepo(id="maker/own", licence="other", licence_name="own-terms"))
    repo.commit(FILES)
    assert (await reader.listing("maker/own")).licence == "own-terms"


def test_the_environment_is_honoured(hub: FakeHub, tiny: FakeRepo, tmp_path: Path) -> None:
    """HF_ENDPOINT, HF_TOKEN and HF_HUB_OFFLINE, each as the library reads it at its start."""
    code = (
        "import asyncio\n"
        "from engineroom.adapters.hugging_face.reader import HubReader\n"
        "from engineroom.domain.errors import EngineroomError\n"
        "reader = HubReader(on_sent=lambda sent: None)\n"
        "try:\n"
        "    print(asyncio.run(reader.listing('maker/tiny')).revision)\n"
        "except EngineroomError as error:\n"
        "    print(error.code)\n"
        "reader.close()\n"
    )
    tiny.private, tiny.members, hub.users = True, {"hf_mine"}, {"hf_mine": "me"}

    def said(**more: str) -> str:
        environment = {**os.environ, "HF_ENDPOINT": hub.url, "HF_HOME": str(tmp_path), **more}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    assert said() == Code.REPO_NOT_FOUND
    assert said(HF_TOKEN="hf_mine") == tiny.branches["main"]
    asked = len(hub.asked)
    assert said(HF_TOKEN="hf_mine", HF_HUB_OFFLINE="1") == Code.HUB_OFFLINE
    assert len(hub.asked) == asked


async def test_a_search_is_kept_and_asked_again_when_it_is_old(hub: FakeHub, tiny: FakeRepo, tmp_path: Path) -> None:
    sent: list[Outgoing] = []
    now = [1_000_000.0]
    pages = PageCache(tmp_path / "pages", endpoint=lambda: hub.url, now=lambda: now[0])
    reader = HubReader(on_sent=sent.append, endpoint=hub.url, pages=pages)
    query = HubQuery(text="tiny")
    first = await reader.search(query)
    assert [hit.repo for hit in first.hits] == [tiny.id]
    assert await reader.search(query) == first
    assert (first.read_at_s, len(sent)) == (now[0], 1)
    await reader.search(HubQuery(text="other"))
    assert len(sent) == 2
    now[0] += 601
    assert (await reader.search(query)).read_at_s == now[0]
    assert len(sent) == 3
    reader.close()


async def test_a_kept_search_is_better_than_none_where_nobody_can_be_asked(
    hub: FakeHub, tiny: FakeRepo, tmp_path: Path
) -> None:
    now, offline = [1_000_000.0], [False]
    pages = PageCache(tmp_path / "pages", endpoint=lambda: hub.url, now=lambda: now[0])
    reader = HubReader(on_sent=lambda _: None, endpoint=hub.url, pages=pages, offline=lambda: offline[0])
    await reader.search(HubQuery(text="tiny"))
    offline[0], now[0] = True, now[0] + 86_400
    kept = await reader.search(HubQuery(text="tiny"))
    assert ([hit.repo for hit in kept.hits], kept.read_at_s) == ([tiny.id], 1_000_000.0)
    assert (await refused(reader.search(HubQuery(text="never asked")))).code == Code.HUB_OFFLINE
    now[0] += 31 * 86_400
    assert (await refused(reader.search(HubQuery(text="tiny")))).code == Code.HUB_OFFLINE
    reader.close()


async def test_a_broken_page_is_asked_again(hub: FakeHub, tiny: FakeRepo, tmp_path: Path) -> None:
    reader = HubReader(
        on_sent=lambda _: None, endpoint=hub.url, pages=PageCache(tmp_path / "pages", endpoint=lambda: hub.url)
    )
    await reader.search(HubQuery(text="tiny"))
    (kept,) = (tmp_path / "pages").glob("*.json")
    kept.write_text("{")
    assert (await reader.search(HubQuery(text="tiny"))).hits
    reader.close()
