"""Everything about getting models and having them, in one hand."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.pull.search import HubPage, HubQuery
from engineroom.services.bundles import Exports, Imports
from engineroom.services.library import Library
from engineroom.services.outbound import Outbound
from engineroom.services.ports import ImageFetcher
from engineroom.services.pulls import HubSide, Pulls
from engineroom.services.trait_book import TraitBook
from engineroom.services.verifies import Verifies


class HubSearch(HubSide, Protocol):
    """The Hub as people search it. Raises EngineroomError."""

    async def search(self, query: HubQuery) -> HubPage:
        """A page of hits."""

    async def model_card(self, repo: str, revision: str | None = None, variant: str | None = None) -> ModelCard:
        """The card of a repository, by its metadata and headers."""

    async def readme(self, repo: str, revision: str | None = None) -> str | None:
        """What its authors say of a repository, as Markdown."""

    def close(self) -> None:
        """Begin no more."""


class TokenKeeper(Protocol):
    """Where the user's token lies. May block."""

    def place(self) -> StrEnum | None:
        """Where the token that will be used lies."""

    def put(self, token: str) -> StrEnum:
        """Store one; where it went. Raises Broken."""

    def drop(self) -> None:
        """Forget the one stored here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSide:
    """``endpoint`` is the Hub's address; ``offline`` what the settings say.

    ``images`` fetches those that requests name by an address, where the settings allow it.
    ``readme_near`` gives the README that came with the model at a path; it may block.
    """

    library: Library
    traits: TraitBook
    pulls: Pulls
    verifies: Verifies
    exports: Exports
    imports: Imports
    hub: HubSearch
    outbound: Outbound
    vault: TokenKeeper
    readme_near: Callable[[str], str | None]
    endpoint: str
    offline: bool
    images: ImageFetcher | None = None
