"""What is said where the list of models could not be read."""

from engineroom_ui.state.plan import Planner
from engineroom_ui.text import problems
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.banner import Banner


class PlanListing(Banner):
    """Hidden while the list is here, or is asked for the first time."""

    def __init__(self, theme: Theme, planner: Planner) -> None:
        super().__init__(theme, inset=True)
        self._planner = planner
        self.pressed.connect(self._again)
        planner.listing_changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        failure = self._planner.unlisted
        if failure is None:
            self.hide()
        elif self._planner.listing:
            self.say(self.tr("Reading the list of models …"), level="info")
        else:
            text = self.tr("The list of models could not be read. {what}")
            text = text.format(what=problems.sentence(failure.problem).whole)
            self.say(text, button=self.tr("Try again"))

    def _again(self) -> None:
        self._planner.list_models(self._planner.question.gpu)
