"""One model: what it is, the ways to have it, what can be done with it, and what its authors say."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engineroom_ui.state.library_details import Details
from engineroom_ui.state.library_rows import ModelRow, Shelf
from engineroom_ui.text import models as words
from engineroom_ui.text import plan, problems
from engineroom_ui.text.sentences import titled
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.facts_grid import FactsGrid
from engineroom_ui.widgets.model_facts import facts
from engineroom_ui.widgets.model_notice import ModelNotice
from engineroom_ui.widgets.model_readme import ModelReadme
from engineroom_ui.widgets.model_ways import WayChoice
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, TITLE_PT, label, scrolling


class ModelDetails(QFrame):
    """Shows what the store knows; asks, never decides.

    Signals:
        get_asked, serve_asked, plan_asked, remove_asked: the buttons.
        licence_asked, token_asked: steps on the way to a gated model.
    """

    get_asked = Signal()
    serve_asked = Signal()
    plan_asked = Signal()
    remove_asked = Signal()
    page_asked = Signal()
    token_asked = Signal()

    def __init__(self, theme: Theme, details: Details) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._theme = theme
        self._details = details
        self._offline = False
        self.name = label(points=TITLE_PT + 2, strong=True)
        self.name.setWordWrap(True)
        self.made = label(role="Muted", points=SMALL_PT)
        self.made.setWordWrap(True)
        self.main = self._button("Serve", self.tr("Get"))
        self.main.setMinimumHeight(38)
        self.plan = self._button("Quiet", self.tr("Open plan"))
        self.have = self._button("Quiet", self.tr("Serve the one here"))
        self.page = self._button("Quiet", self.tr("Open page"))
        self.remove = self._button("Quiet", self.tr("Remove …"))
        self.served = label(role="Muted", points=SMALL_PT)
        self.served.setWordWrap(True)
        self.notice = ModelNotice()
        self.facts = FactsGrid()
        self.ways_title = label(self.tr("Ways to have it"), points=BODY_PT, strong=True)
        self.ways = WayChoice(theme)
        self.card_title = label(self.tr("Model card"), points=BODY_PT, strong=True)
        self.readme = ModelReadme(theme, details.readme)
        self._build()
        self.main.clicked.connect(self._press)
        self.plan.clicked.connect(self.plan_asked)
        self.have.clicked.connect(self.serve_asked)
        self.page.clicked.connect(self.page_asked)
        self.remove.clicked.connect(self.remove_asked)
        self.ways.chosen.connect(details.choose)
        details.changed.connect(self.draw)
        self.draw()

    def show_offline(self, *, offline: bool) -> None:
        """Whether anything may be fetched at all."""
        self._offline = offline
        self.draw()

    def draw(self) -> None:
        """Show what is known."""
        row = self._details.row
        self.area.setVisible(row is not None)
        self._empty.setVisible(row is None)
        if row is None:
            return
        self.name.setText(row.name)
        self.made.setText(row.repo or row.publisher or words.source(row.entry.source if row.entry is not None else ""))
        self.facts.show_facts(facts(row, self._details.way, self._details.preview))
        self._draw_ways()
        self._draw_buttons(row)
        self._draw_notice(row)
        self.card_title.setVisible(self._details.readme.has_source)
        self.readme.setVisible(self._details.readme.has_source)

    def _draw_ways(self) -> None:
        ways = self._details.ways
        self.ways_title.setVisible(bool(ways) or self._details.loading)
        self.ways_title.setText(self.tr("Ways to have it") if ways else self.tr("Looking at its files …"))
        self.ways.setVisible(bool(ways))
        self.ways.show_ways(ways, self._details.chosen)

    def _draw_buttons(self, row: ModelRow) -> None:
        here = row.shelf is Shelf.HERE
        way = self._details.way
        entry = row.entry
        self.main.setText(self._main_text(row))
        self.main.setAccessibleName(titled(self.main.text(), row.name))
        ready = row.servable and entry is not None and not entry.engines
        # It stays while the Hub is asked, for whoever pressed it has the keyboard on it; pressing it then does nothing.
        self.main.setEnabled(ready if here else way is not None and not self._offline)
        served = ""
        if (here and entry is not None and not entry.runtimes) or (
            not here and way is not None and not way.served_here
        ):
            name = plan.runtime((way.runtime if way is not None else None) or "tensorrt-llm")
            served = self.tr("Runs on {runtime}, which cannot be started from here yet; GGUF files can.")
            served = served.format(runtime=name)
        self.served.setText(served)
        self.served.setVisible(bool(served))
        self.have.setVisible(not here and row.servable)
        self.page.setVisible(self._details.page is not None)
        self.remove.setVisible(here and entry is not None and entry.removable)

    def _main_text(self, row: ModelRow) -> str:
        if row.shelf is Shelf.HERE:
            engines = row.entry.engines if row.entry is not None else ()
            return self.tr("Being served") if engines else self.tr("Serve")
        return self.tr("Asking the Hub …") if self._details.asking else self.tr("Get")

    def _draw_notice(self, row: ModelRow) -> None:
        failure = self._details.refusal or self._details.failure
        problem = failure.problem if failure is not None else row.problem
        page = (self.tr("Open the licence page"), self.page_asked.emit)
        token = (self.tr("Access token …"), self.token_asked.emit)
        if problem is not None:
            steps = {
                "gated_no_token": [page, token],
                "gated_terms": [page],
                "gated_waiting": [(self.tr("Open its page"), self.page_asked.emit)],
                "hub_token_refused": [token],
                "repo_not_found": [token],
            }.get(problem.code, [])
            again = (self.tr("Try again"), self._details.again)
            if self._details.failure is not None and not steps:
                steps = [again]
            self.notice.say(problems.sentence(problem).whole, *steps, level="bad")
            return
        way = self._details.way
        if row.shelf is not Shelf.HERE and (way.gated if way is not None else row.gated):
            text = self.tr("Its licence has to be accepted on its page first, with the account of your access token.")
            self.notice.say(text, page, token)
            return
        self.notice.say("")

    def _press(self) -> None:
        row = self._details.row
        if row is not None and not self._details.asking:
            (self.serve_asked if row.shelf is Shelf.HERE else self.get_asked).emit()

    def _button(self, role: str, text: str) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(role)
        made.setFont(text_font(BODY_PT if role == "Serve" else SMALL_PT))
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        return made

    def _build(self) -> None:
        self._whole = QWidget()
        self._whole.setObjectName("ClearBody")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.main, self.have, self.plan, self.page, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(18, 14, 14, 14)
        column.setSpacing(10)
        column.addWidget(self.name)
        column.addWidget(self.made)
        column.addLayout(buttons)
        for part in (self.served, self.notice, self.ways_title, self.ways, self.facts, self.card_title, self.readme):
            column.addWidget(part)
        column.addStretch(1)
        self._empty = label(self.tr("Choose a model to see more of it."), role="Muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        self.area = scrolling(self._whole, whole_width=True)
        outer.addWidget(self.area, 1)
        outer.addWidget(self._empty, 1)
