"""What a shelf of the Models page holds, or why it holds nothing."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from engineroom_ui.link.http import Failure
from engineroom_ui.state.library import Library
from engineroom_ui.state.library_fits import Fits
from engineroom_ui.state.library_rows import ModelRow, RowsHere, Shelf, hits, matching, recommended
from engineroom_ui.state.library_search import HubSearch
from engineroom_ui.state.plan_cards import CardChoice
from engineroom_ui.text import problems, words

translate = QCoreApplication.translate


def estimates_for(card: CardChoice) -> str:
    """What the figures of the list are worth, and for which card."""
    name = words.short_card(card.name, card.number)
    told = translate("models", "Fit, memory and speed are estimates for the {card}")
    if not card.owned:
        told = translate(
            "models", "No NVIDIA card here: fit, memory and speed are estimates for an {card} you could have"
        )
    return told.format(card=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One shelf over the stores that fill it."""

    shelf: Shelf
    library: Library
    search: HubSearch
    fits: Fits
    here: RowsHere

    def rows(self, text: str, use: str | None) -> list[ModelRow] | None:
        """The rows, or nothing while they are not known."""
        entries = self.library.entries or ()
        if self.shelf is Shelf.RECOMMENDED:
            catalogue = self.library.catalogue
            return None if catalogue is None else matching(recommended(catalogue, entries), text, use)
        if self.shelf is Shelf.HERE:
            known = self.library.entries is not None
            return matching(self.here.rows(entries, self.fits.fit), text) if known else None
        if self.search.waiting and not self.search.hits:
            return None
        return hits(self.search.hits, entries, self.fits.fit)

    def emptiness(self, *, live: bool, text: str) -> tuple[str, str, str]:
        """What is not there, why, and the button that may change it."""
        account = self.library.account
        if not live:
            return (
                translate("models", "No models without the engine room"),
                translate("models", "It knows what is here and what fits. Start it, and the list appears."),
                "",
            )
        if self.shelf is Shelf.SEARCH and account is not None and account.offline:
            calm = translate("models", "Nothing is asked of the Hub. What is on this computer works.")
            return translate("models", "Offline"), calm, ""
        if self._failure is not None:
            said = problems.sentence(self._failure.problem)
            return said.what, said.advice, translate("models", "Try again")
        if self._waiting:
            return self._patience, "", ""
        if self.shelf is Shelf.HERE and not text:
            return (
                translate("models", "No models on this computer yet"),
                translate("models", "Get one of the recommended ones, or drop a GGUF file here."),
                "",
            )
        return translate("models", "Nothing found"), translate("models", "Try fewer or other words."), ""

    @property
    def _failure(self) -> Failure | None:
        return {
            Shelf.RECOMMENDED: self.library.catalogue_failure,
            Shelf.SEARCH: self.search.failure,
            Shelf.HERE: self.library.entries_failure,
        }[self.shelf]

    @property
    def _waiting(self) -> bool:
        return {
            Shelf.RECOMMENDED: self.library.catalogue is None,
            Shelf.SEARCH: self.search.waiting or self.search.query is None,
            Shelf.HERE: self.library.entries is None,
        }[self.shelf]

    @property
    def _patience(self) -> str:
        return {
            Shelf.RECOMMENDED: translate("models", "Planning the recommended models …"),
            Shelf.SEARCH: translate("models", "Searching …"),
            Shelf.HERE: translate("models", "Looking through this computer …"),
        }[self.shelf]
