"""The library over a real cache folder, a real shelf and real (scripted) engines."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from engineroom.adapters.library_places import LibraryPlaces, hub_cache
from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Code, EngineroomError
from engineroom.domain.library import FileFormat, Found, LibrarySource, named
from engineroom.domain.model import ModelSpec
from engineroom.services import hub
from engineroom.services.engines import EngineRoom
from engineroom.services.engines_told import LISTED_AT_REST
from engineroom.services.library import Library, quantisation_in
from engineroom.services.models import ModelShelf
from fakes.make_gguf import header
from services.conftest import OPTIONS, StageMaker

BUNDLED = ModelSpec(id="starter", name="Starter", path="/bundled/starter.gguf", bundled=True, file_bytes=7)
COMMIT, OLDER = "a" * 40, "b" * 40
WHOLE = header([]).ljust(64, b"\0")


class Cache:
    """A Hugging Face cache, written as the library of that name writes it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, repo: str, files: dict[str, bytes], commit: str = COMMIT) -> Path:
        folder = self.root / f"models--{repo.replace('/', '--')}"
        snapshot = folder / "snapshots" / commit
        for name, content in files.items():
            blob = folder / "blobs" / f"{hash(content) & (2**60 - 1):x}"
            blob.parent.mkdir(parents=True, exist_ok=True)
            blob.write_bytes(content)
            place = snapshot / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(os.path.relpath(blob, place.parent))
        (folder / "refs").mkdir(exist_ok=True)
        (folder / "refs" / "main").write_text(commit)
        return snapshot

    def bytes_held(self) -> int:
        return sum(path.stat().st_size for path in self.root.rglob("blobs/*") if path.is_file())


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "hub")


@pytest.fixture
async def room(make_stage: StageMaker) -> AsyncIterator[EngineRoom]:
    stage = make_stage(())
    shelf = ModelShelf([BUNDLED], default=None)
    made = EngineRoom(shelf=shelf, options=OPTIONS, world=stage.world)
    yield made
    await made.close()


@pytest.fixture
def library(tmp_path: Path, cache: Cache, room: EngineRoom) -> Library:
    disk = LibraryPlaces(tmp_path / "imported.json", cache=cache.root)
    return Library(disk=disk, shelf=room._shelf, engines=room, events=hub.Hub(), first=[BUNDLED])


def ids(entries: Iterable[object]) -> list[str]:
    return [entry.id for entry in entries]  # type: ignore[attr-defined]


async def test_an_empty_machine_has_what_is_bundled(library: Library) -> None:
    (entry,) = await library.refresh()
    assert (entry.id, entry.source, entry.removable) == ("starter", LibrarySource.BUNDLED, False)


async def test_a_fetched_gguf_can_be_served_and_a_safetensors_model_is_listed(
    library: Library, cache: Cache, room: EngineRoom
) -> None:
    cache.put("Qwen/Qwen3-8B-GGUF", {"Qwen3-8B-Q4_K_M.gguf": WHOLE, "README.md": b"text"})
    cache.put("Qwen/Qwen3-8B", {"config.json": b"{}", "model.safetensors": b"0123456789"})
    entries = {entry.id: entry for entry in await library.refresh()}
    gguf, tensors = entries["qwen3-8b-q4_k_m"], entries["Qwen/Qwen3-8B"]
    assert (gguf.runtimes, gguf.quantisation, gguf.size_bytes) == (("llama.cpp",), "Q4_K_M", len(WHOLE))
    assert (tensors.runtimes, tensors.file_format, tensors.size_bytes) == ((), FileFormat.SAFETENSORS, 12)
    assert room.resolve("qwen3-8b-q4_k_m").path == gguf.path
    with pytest.raises(EngineroomError):
        room.resolve("Qwen/Qwen3-8B")


async def test_half_a_model_is_said_to_be_one_and_is_not_served(
    library: Library, cache: Cache, room: EngineRoom
) -> None:
    cache.put("o/split", {"m-00001-of-00003.gguf": WHOLE, "m-00003-of-00003.gguf": WHOLE})
    index = json.dumps(
        {"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}
    )
    cache.put(
        "o/tensors",
        {
            "config.json": b"{}",
            "model.safetensors.index.json": index.encode(),
            "model-00002-of-00002.safetensors": b"x",
        },
    )
    entries = {entry.repo: entry for entry in await library.refresh() if entry.repo}
    assert entries["o/split"].problem is not None
    assert entries["o/split"].problem.facts["missing"] == "m-00002-of-00003.gguf"
    assert entries["o/tensors"].problem is not None
    assert entries["o/tensors"].problem.facts["missing"] == "model-00001-of-00002.safetensors"
    assert ids(room._shelf.specs()) == ["starter"]


async def test_removing_tells_what_came_free_and_leaves_what_others_name(library: Library, cache: Cache) -> None:
    shared, own = header([]) + b"shared", header([]) + b"its own"
    cache.put("o/m", {"m-Q8_0.gguf": shared, "m-Q4_0.gguf": own})
    cache.put("o/m", {"m-Q8_0.gguf": shared}, commit=OLDER)
    await library.refresh()
    before = cache.bytes_held()
    four = next(entry.id for entry in library.entries() if entry.quantisation == "Q4_0")
    assert (await library.remove(four)).freed_bytes == len(own) == before - cache.bytes_held()
    eights = [entry.id for entry in library.entries() if entry.quantisation == "Q8_0"]
    assert len(eights) == 2, "one per commit"
    assert (await library.remove(eights[0])).freed_bytes == 0, "the other commit still names the blob"
    (last,) = (entry.id for entry in library.entries() if entry.quantisation == "Q8_0")
    assert (await library.remove(last)).freed_bytes == len(shared)
    assert cache.bytes_held() == 0


async def test_removing_a_safetensors_model(library: Library, cache: Cache) -> None:
    cache.put("o/m", {"config.json": b"{}", "model.safetensors": b"0123456789"})
    await library.refresh()
    assert (await library.remove("o/m")).freed_bytes == 12
    assert ids(library.entries()) == ["starter"]


async def test_what_an_engine_uses_is_not_removed_unless_that_was_said(
    library: Library, cache: Cache, room: EngineRoom
) -> None:
    cache.put("o/m", {"m-Q4_0.gguf": WHOLE})
    await library.refresh()
    room.start("m-q4_0")
    async with asyncio.timeout(60):
        while not room.view("m-q4_0").can_stop:  # noqa: ASYNC110 (the room keeps no event for it)
            await asyncio.sleep(0.01)
    with pytest.raises(EngineroomError) as refused:
        await library.remove("m-q4_0")
    assert refused.value.code == Code.MODEL_IN_USE
    assert library.entry("m-q4_0").engines == ("m-q4_0",)
    removed = await library.remove("m-q4_0", even_if_used=True)
    assert removed.freed_bytes == len(WHOLE)
    with pytest.raises(EngineroomError):
        room.view("m-q4_0")


async def test_what_the_settings_name_or_came_bundled_is_not_ours_to_remove(library: Library) -> None:
    await library.refresh()
    with pytest.raises(EngineroomError) as refused:
        await library.remove("starter")
    assert refused.value.code == Code.NOT_REMOVABLE


async def test_an_import_links_and_removing_it_leaves_the_file(
    library: Library, tmp_path: Path, room: EngineRoom
) -> None:
    mine = tmp_path / "mine" / "My Model.gguf"
    mine.parent.mkdir()
    mine.write_bytes(WHOLE)
    (mine.parent / "mmproj-f16.gguf").write_bytes(WHOLE)
    (entry,) = await library.add(str(mine.parent))
    assert (entry.id, entry.source, entry.path) == ("my model", LibrarySource.IMPORTED, str(mine))
    assert room.view("my model").state is EngineState.STOPPED
    assert (await library.remove("my model")).freed_bytes == 0
    assert mine.exists()


@pytest.mark.parametrize(
    ("content", "code"), [(None, Code.FILE_MISSING), (b"PK\x03\x04", Code.NOT_GGUF), (WHOLE[:20], Code.GGUF_TRUNCATED)]
)
async def test_what_is_no_model_is_not_imported(
    library: Library, tmp_path: Path, content: bytes | None, code: Code
) -> None:
    path = tmp_path / "x.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EngineroomError) as refused:
        await library.add(str(path))
    assert refused.value.code == code
    assert ids(await library.refresh()) == ["starter"]


@pytest.mark.parametrize("path", ["~nobody-of-this-name/x.gguf", ""])
async def test_no_place_at_all_is_a_file_that_is_missing(library: Library, path: str) -> None:
    with pytest.raises(EngineroomError) as refused:
        await library.add(path)
    assert refused.value.code == Code.FILE_MISSING


async def test_an_empty_folder_holds_no_model(library: Library, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(EngineroomError) as refused:
        await library.add(str(tmp_path / "nothing"))
    assert refused.value.code == Code.NO_MODELS_THERE


async def test_readers_are_told_when_models_come_and_go(library: Library, cache: Cache) -> None:
    reader = library._events.subscribe()
    cache.put("o/m", {"m-Q4_0.gguf": WHOLE})
    await library.refresh()
    await library.refresh()
    batch = await anext(reader.batches(idle_s=1.0))
    assert [message.topic.name for message in batch] == ["models", "engine"], "once, not at every look"


def test_names_are_unique_and_keep_their_meaning() -> None:
    def gguf(repo: str, commit: str) -> Found:
        return Found(
            source=LibrarySource.HUB, file_format=FileFormat.GGUF, path=f"/{repo}/{commit}/m-Q4_0.gguf", size_bytes=1,
            repo=repo, revision=commit,
        )  # fmt: skip

    names = named([gguf("a/m", COMMIT), gguf("b/m", COMMIT), gguf("b/m", OLDER), gguf("b/m", OLDER)], {"starter"})
    assert list(names) == ["m-q4_0", "b/m-q4_0", "m-q4_0@bbbbbbbb", "m-q4_0-2"]


@pytest.mark.parametrize(
    ("name", "type_"),
    [("Qwen3-8B-Q4_K_M.gguf", "Q4_K_M"), ("SmolLM2-135M-Instruct.Q4_1.gguf", "Q4_1"), ("gpt-oss-mxfp4.gguf", "MXFP4"),
     ("m-IQ2_XXS.gguf", "IQ2_XXS"), ("Llama-3-8B-F16.gguf", "F16"), ("a-Q4_0-Q8_0.gguf", "Q8_0"), ("model.gguf", None),
     ("Qwen3-8B.gguf", None)],
)  # fmt: skip
def test_the_type_is_read_off_the_name(name: str, type_: str | None) -> None:
    assert quantisation_in(name) == type_


def test_the_cache_is_where_the_environment_says(tmp_path: Path) -> None:
    from huggingface_hub import constants

    if not {"HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME", "HUGGINGFACE_HUB_CACHE"} & set(os.environ):
        assert str(hub_cache()) == constants.HF_HUB_CACHE


async def test_a_large_library_is_told_in_a_few_events_and_its_engines_on_demand(
    tmp_path: Path, cache: Cache, room: EngineRoom
) -> None:
    events = hub.Hub()
    disk = LibraryPlaces(tmp_path / "imported.json", cache=cache.root)
    library = Library(disk=disk, shelf=room._shelf, engines=room, events=events, first=[BUNDLED])
    many = 2 * LISTED_AT_REST
    cache.put("o/many", {f"m{number:03}.gguf": WHOLE for number in range(many)})
    reader = events.subscribe()
    assert len(await library.refresh()) == many + 1
    await library.refresh()
    told = [message.topic.name async for message in _waiting(reader)]
    assert (told.count("models"), told.count("engine"), len(told)) == (1, LISTED_AT_REST - 1, LISTED_AT_REST)

    listed = {view.id for view in room.views()}
    other = next(spec.id for spec in room._shelf.specs() if spec.id not in listed)
    assert room.view(other).state is EngineState.STOPPED
    assert len(room.views()) == len(room.routing().routes) == LISTED_AT_REST
    room.pin(other, pinned=True)
    assert {view.id for view in room.views()} == {*listed, other}
    with pytest.raises(EngineroomError) as caught:
        room.resolve("nobody")
    assert len(str(caught.value.problem.facts["known"])) < 1000


async def _waiting(reader: hub.Subscription) -> AsyncIterator[hub.Message]:
    """What a reader was told so far."""
    async for batch in reader.batches(idle_s=0.01):
        if not batch:
            return
        for message in batch:
            yield message
