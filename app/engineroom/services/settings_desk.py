"""Looking at the settings and changing them while the daemon runs."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from engineroom.domain.settings import Settings, parse_settings
from engineroom.domain.settings_keys import SettingsChange, SettingsView, views
from engineroom.services.ports import SettingsState, SettingsStore


class SettingsDesk:
    """The one who changes the file while a daemon runs.

    Args:
        store: the file.
        running: the parsed file as it was when the daemon started.
        apply: takes over what counts without a restart.
    """

    def __init__(self, *, store: SettingsStore, running: Mapping[str, Any], apply: Callable[[Settings], None]) -> None:
        self._store = store
        self._running = running
        self._apply = apply
        self._turn = asyncio.Lock()

    async def view(self) -> SettingsView:
        """All settings as they stand in the file."""
        return self._view(await asyncio.to_thread(self._store.read))

    async def change(self, change: SettingsChange) -> SettingsView:
        """Write some of them.

        Raises:
            EngineroomError: as :meth:`SettingsStore.write`.
        """
        async with self._turn:
            state = await asyncio.to_thread(self._store.write, change.values, change.revision)
        if state.problem is None:
            self._apply(parse_settings(state.tree, path=state.path))
        return self._view(state)

    def _view(self, state: SettingsState) -> SettingsView:
        tree = state.tree if state.problem is None else self._running
        return SettingsView(
            path=state.path, revision=state.revision, settings=views(tree, self._running), problem=state.problem
        )
