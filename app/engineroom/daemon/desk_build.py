"""What the routes read from tables of ours, the settings, and where things lie."""

from functools import partial
from typing import Any

from engineroom.adapters.client_guides import load_guides
from engineroom.adapters.library_places import hub_cache
from engineroom.adapters.places import Places
from engineroom.adapters.settings_file import SettingsFile
from engineroom.adapters.storage import look_at
from engineroom.adapters.trtllm_tables import load_trtllm_tables
from engineroom.domain.settings import Settings
from engineroom.services.ledger import Ledger
from engineroom.services.settings_desk import SettingsDesk


def desk_parts(places: Places, ledger: Ledger) -> dict[str, Any]:
    """Those parts of :class:`~engineroom.gateway.parts.Parts`, by name. Reads the settings, which blocks shortly."""
    store = SettingsFile(places.settings_file)

    def apply(settings: Settings) -> None:
        ledger.settings = settings.energy

    folders = (
        ("models", hub_cache()),
        ("engines", places.engines),
        ("runtimes", places.runtimes),
        ("ledger", places.ledger_file.parent),
        ("logs", places.logs),
    )
    return {
        "tables": load_trtllm_tables,
        "guides": load_guides,
        "settings": SettingsDesk(store=store, running=store.read().tree, apply=apply),
        "storage": partial(look_at, folders),
    }
