"""What is said where the list of models could not be read."""

from engineroom_ui.state.plan import Planner
from engineroom_ui.text import problems
from engineroom_ui.widgets.model_notice import ModelNotice


class PlanListing(ModelNotice):
    """Hidden while the list is here, or is asked for the first time."""

    def __init__(self, planner: Planner) -> None:
        super().__init__()
        self._planner = planner
        planner.listing_changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        failure = self._planner.unlisted
        if failure is None:
            self.say("")
        elif self._planner.listing:
            self.say(self.tr("Reading the list of models …"), level="info")
        else:
            text = self.tr("The list of models could not be read. {what}")
            text = text.format(what=problems.sentence(failure.problem).whole)
            self.say(text, (self.tr("Try again"), self._again))

    def _again(self) -> None:
        self._planner.list_models(self._planner.question.gpu)
