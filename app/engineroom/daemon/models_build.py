"""Putting together what gets models and has them."""

import asyncio
import os
from functools import partial

from engineroom.adapters.hugging_face import HubReader
from engineroom.adapters.hugging_face.page_cache import PageCache
from engineroom.adapters.library_places import LibraryPlaces
from engineroom.adapters.model_traits import read_traits
from engineroom.adapters.places import Places
from engineroom.adapters.pull_desk import PullDesk
from engineroom.adapters.readme_file import readme_near
from engineroom.adapters.remote_images import RemoteImages
from engineroom.adapters.vault import Vault
from engineroom.daemon.engines_build import sealed_models
from engineroom.domain.pull.values import FACE_HOST
from engineroom.domain.settings import Settings
from engineroom.services import hub
from engineroom.services.bundles import Exports, Imports
from engineroom.services.engines import EngineRoom
from engineroom.services.library import Library
from engineroom.services.model_side import ModelSide
from engineroom.services.models import ModelShelf
from engineroom.services.outbound import Outbound
from engineroom.services.ports import LogSink
from engineroom.services.pulls import PullOptions, Pulls
from engineroom.services.trait_book import TraitBook
from engineroom.services.verifies import Verifies


def build_model_side(
    places: Places, settings: Settings, *, shelf: ModelShelf, engines: EngineRoom, events: hub.Hub, sink: LogSink
) -> ModelSide:
    """Library, Hub, pulls and their ledger; nothing has been asked of anybody yet."""
    vault = Vault(places.token_file)
    outbound = Outbound(sink=sink, soon=partial(_soon, asyncio.get_running_loop()))
    endpoint = os.environ.get("HF_ENDPOINT", FACE_HOST).rstrip("/")
    reader = HubReader(
        on_sent=outbound.told,
        offline=lambda: settings.hub.offline,
        token=vault.token,
        pages=PageCache(places.searches, endpoint=lambda: endpoint),
    )
    disk = LibraryPlaces(places.imported_file)
    library = Library(
        disk=disk, shelf=shelf, engines=engines, events=events, first=shelf.specs(), sealed=sealed_models(places)
    )
    pulls = Pulls(
        hub_side=reader,
        desk=PullDesk(places.pulls),
        options=partial(_options, settings, vault),
        arrived=library.refresh,
        told=outbound.told,
    )
    return ModelSide(
        library=library,
        traits=TraitBook(read_traits),
        pulls=pulls,
        verifies=Verifies(library=library, shelf=shelf),
        exports=Exports(library=library, cache=lambda: str(disk.cache)),
        imports=Imports(cache=lambda: str(disk.cache), arrived=library.refresh),
        hub=reader,
        outbound=outbound,
        vault=vault,
        readme_near=readme_near,
        endpoint=endpoint,
        offline=_is_offline(settings),
        images=_image_fetcher(settings, outbound),
    )


def _options(settings: Settings, vault: Vault) -> PullOptions:
    limit = settings.hub.limit_mib_per_s
    return PullOptions(
        bytes_per_s=None if limit is None else max(1, int(limit * 2**20)),
        streams=settings.hub.streams,
        offline=_is_offline(settings),
        token=vault.token(),
    )


def _image_fetcher(settings: Settings, outbound: Outbound) -> RemoteImages | None:
    """Fetches images that requests name by an address, if the settings allow it."""
    if not settings.server.fetch_images:
        return None
    return RemoteImages(told=outbound.told, offline=partial(_is_offline, settings))


def _is_offline(settings: Settings) -> bool:
    return settings.hub.offline or os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}


def _soon(loop: asyncio.AbstractEventLoop, call: object) -> None:
    # A request may end while the daemon does; its row then has nowhere to go.
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)  # type: ignore[arg-type]
