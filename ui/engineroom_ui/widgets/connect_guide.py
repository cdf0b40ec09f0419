"""What to set in one program, and whether it gets on with this address."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engineroom.contract.connect import ClientGuide, ConnectFacts, fill, trust
from engineroom_ui.link.prober import Prober
from engineroom_ui.text import connect as words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.controls import wrapped
from engineroom_ui.widgets.model_notice import ModelNotice
from engineroom_ui.widgets.parts import TITLE_PT, label, scrolling
from engineroom_ui.widgets.probe_card import ProbeCard
from engineroom_ui.widgets.snippet_box import SnippetBox

_WIDEST_PX = 1080
"""Lines of a configuration are short, and a copy button belongs near them."""


class ConnectGuide(QWidget):
    """Rebuilt in place: the boxes are used again for the next program."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._guide: ClientGuide | None = None
        self._facts: ConnectFacts | None = None
        self.prober = Prober(self)
        self.name = label(points=TITLE_PT + 1, strong=True)
        self.about = wrapped(role="Muted")
        self.notes = wrapped(role="")
        self.origin = wrapped(role="Muted")
        self.notice = ModelNotice()
        self.probe = ProbeCard(theme)
        self.boxes: list[SnippetBox] = []
        self._build()
        self.probe.asked.connect(self._test)
        self.probe.given_up.connect(self._stop)
        self.prober.told.connect(self.probe.take)
        self.prober.ended.connect(self.probe.end)

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Name and text of the boxes that are shown."""
        return [(box.view.accessibleName(), box.text) for box in self.boxes if not box.isHidden()]

    def show_guide(self, guide: ClientGuide, facts: ConnectFacts | None) -> None:
        """Another program, or the same for another address."""
        if (guide, facts) == (self._guide, self._facts):
            return
        if self._guide is not guide or self._facts is None or facts is None or _asks_else(self._facts, facts):
            self._stop()
        if self._guide is not guide:
            self._area.verticalScrollBar().setValue(0)
        self._guide, self._facts = guide, facts
        self.name.setText(guide.name)
        self.about.setText(words.about(guide))
        notes = words.notes(guide)
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self.origin.setText(words.origin(guide))
        self._show_notice(guide, facts)
        self._show_boxes(guide, facts)
        self.probe.setVisible(guide.works and facts is not None)

    def _show_notice(self, guide: ClientGuide, facts: ConnectFacts | None) -> None:
        if not guide.works:
            self.notice.say(self.tr("{name} cannot ask this computer.").format(name=guide.name), level="bad")
            return
        text, level = words.context(guide, facts.context_tokens) if facts is not None else ("", "info")
        self.notice.say(text, level=level)

    def _show_boxes(self, guide: ClientGuide, facts: ConnectFacts | None) -> None:
        texts: list[tuple[str, str]] = []
        if facts is not None:
            if guide.works and (trusted := trust(facts)) is not None:
                texts.append((self.tr("In the shell it starts from: trust the certificate"), trusted))
            texts += [(words.where(one.where), fill(one.text, facts)) for one in guide.snippet]
        while len(self.boxes) < len(texts):
            self.boxes.append(SnippetBox(self._theme))
            self._stack.addWidget(self.boxes[-1])
        for at, box in enumerate(self.boxes):
            box.setVisible(at < len(texts))
            if at < len(texts):
                box.show_snippet(*texts[at])

    def _build(self) -> None:
        body = QWidget()
        body.setObjectName("ClearBody")
        body.setMaximumWidth(_WIDEST_PX)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(10)
        inside = QVBoxLayout(body)
        inside.setContentsMargins(4, 0, 6, 4)
        inside.setSpacing(10)
        for part in (self.name, self.about, self.notice, self.notes):
            inside.addWidget(part)
        inside.addLayout(self._stack)
        inside.addWidget(self.probe)
        inside.addWidget(self.origin)
        inside.addStretch(1)
        self._area = scrolling(body)
        self._area.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._follow())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    def _test(self) -> None:
        if self._guide is not None and self._facts is not None:
            self.probe.begin()
            self.prober.start(self._guide.api, self._facts)

    def _follow(self) -> None:
        """A test has steps below what was to be seen so far."""
        if self.probe.begun:
            self._area.ensureWidgetVisible(self.probe, 0, 8)

    def _stop(self) -> None:
        self.prober.stop()
        self.probe.clear()


def _asks_else(before: ConnectFacts, now: ConnectFacts) -> bool:
    """Whether a test of the one says nothing of the other."""
    return (before.address, before.model, before.key) != (now.address, now.model, now.key)
