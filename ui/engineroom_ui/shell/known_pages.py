"""The pages that other parts of the window speak with, by their kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from engineroom_ui.shell.page_stack import PageStack
from engineroom_ui.shell.registry import Place

if TYPE_CHECKING:
    from engineroom_ui.pages.chat import ChatPage
    from engineroom_ui.pages.home import HomePage
    from engineroom_ui.pages.models import ModelsPage
    from engineroom_ui.pages.monitor import MonitorPage
    from engineroom_ui.pages.plan import PlanPage


class KnownPages:
    """Each page is made when it is first asked for. Goes with a window that has a stack of pages."""

    pages: PageStack

    @property
    def home(self) -> HomePage:
        """The page Serve."""
        return cast("HomePage", self.pages.page(Place.SERVE))

    @property
    def chat(self) -> ChatPage:
        """The page Chat."""
        return cast("ChatPage", self.pages.page(Place.CHAT))

    @property
    def models(self) -> ModelsPage:
        """The page Models."""
        return cast("ModelsPage", self.pages.page(Place.MODELS))

    @property
    def plan(self) -> PlanPage:
        """The page Plan."""
        return cast("PlanPage", self.pages.page(Place.PLAN))

    @property
    def monitor(self) -> MonitorPage:
        """The page Monitor."""
        return cast("MonitorPage", self.pages.page(Place.MONITOR))
