"""Keys: who may come in, making one, and making one worthless."""

import time
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engineroom.contract.keys import KeyView, NewKey, RouteGroup
from engineroom_ui.link.http import Failure
from engineroom_ui.state.keys import Keys
from engineroom_ui.text import numbers, units
from engineroom_ui.text.problems import sentence
from engineroom_ui.text.sentences import listed
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.confirm import Confirm
from engineroom_ui.widgets.controls import card_column, quiet_button, text_field, wrapped
from engineroom_ui.widgets.model_notice import ModelNotice
from engineroom_ui.widgets.parts import SMALL_PT, ElidedLabel, card, label
from engineroom_ui.widgets.snippet_box import SnippetBox

DAY_S = 86_400.0


class KeySection(QWidget):
    """The key itself is shown once, until it is put away; nothing here keeps it."""

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self.revokes: dict[str, QPushButton] = {}
        self.notice = ModelNotice()
        self.new = SnippetBox(theme)
        self.away = quiet_button(self.tr("I have it"), self._put_away)
        self.name = text_field(self.tr("Name"), self.tr("Name, such as laptop"))
        self.models = text_field(self.tr("Models"), self.tr("Models: all of them"))
        self.days = text_field(self.tr("Days"), self.tr("Days: for ever"))
        self.per_minute = text_field(self.tr("Requests per minute"), self.tr("Requests per minute: any"))
        self.per_day = text_field(self.tr("Tokens per day"), self.tr("Tokens per day: any"))
        self.joules = text_field(self.tr("Joules per day"), self.tr("Joules per day: any"))
        self.routes = {group: QCheckBox(str(group)) for group in RouteGroup}
        for box in self.routes.values():
            box.setObjectName("Tick")
        self.make = quiet_button(self.tr("&Make the key"), self._create)
        self._listed = QVBoxLayout()
        self._confirm = Confirm(self)
        self._build()
        keys.changed.connect(self.draw)
        keys.made.connect(self._show_new)
        keys.refused.connect(self._refuse)
        self.draw()

    def draw(self) -> None:
        """The keys there are."""
        while (item := self._listed.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        self.revokes = {}
        for key in self._keys.keys or ():
            self._listed.addWidget(self._row(key))
        if not self._keys.keys:
            self._listed.addWidget(wrapped(self._nothing(), role="Muted"))

    def _nothing(self) -> str:
        """Why no key is listed."""
        if self._keys.keys is not None:
            return self.tr("There are no keys.")
        problem = self._keys.problem
        return self.tr("Looking …") if problem is None else sentence(problem.problem).whole

    def _row(self, key: KeyView) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        told = QVBoxLayout()
        told.setSpacing(2)
        name = ElidedLabel(strong=True)
        name.show_text(f"{key.name}   {key.prefix}…")
        scope = ElidedLabel(role="Muted", points=SMALL_PT)
        scope.show_text(self._scope(key))
        told.addWidget(name)
        told.addWidget(scope)
        row.addLayout(told, 1)
        if key.revoked_at_s is None:
            revoke = quiet_button(self.tr("Revoke"), lambda: self._ask_revoke(key))
            revoke.setAccessibleName(self.tr("Revoke {name}").format(name=key.name))
            self.revokes[key.id] = revoke
            row.addWidget(revoke)
        return made

    def _scope(self, key: KeyView) -> str:
        limits, told = key.limits, []
        if key.revoked_at_s is not None:
            told.append(self.tr("revoked"))
        if key.expires_at_s is not None:
            told.append(self.tr("until {day}").format(day=numbers.day(key.expires_at_s)))
        if key.models:
            told.append(self.tr("models {models}").format(models=listed(key.models)))
        if key.routes:
            told.append(self.tr("routes {routes}").format(routes=listed(key.routes)))
        if limits.requests_per_minute is not None:
            told.append(self.tr("{count} requests a minute").format(count=units.count(limits.requests_per_minute)))
        if limits.tokens_per_day is not None:
            told.append(self.tr("{count} tokens a day").format(count=units.count(limits.tokens_per_day)))
        if limits.joules_per_day is not None:
            told.append(self.tr("{count} J a day").format(count=units.count(round(limits.joules_per_day))))
        today = self.tr("today {tokens} tokens, {joules} J")
        used = today.format(tokens=units.count(key.tokens_today), joules=units.count(round(key.joules_today)))
        return "  ·  ".join((*(told or [self.tr("everything")]), used))

    def _build(self) -> None:
        listed = card()
        inside = card_column(listed)
        inside.addWidget(label(self.tr("Keys"), strong=True))
        inside.addLayout(self._listed)
        made = card()
        below = card_column(made)
        below.addWidget(label(self.tr("A new key"), strong=True))
        grid = QGridLayout()
        grid.setSpacing(8)
        fields = (self.name, self.models, self.days, self.per_minute, self.per_day, self.joules)
        for at, field in enumerate(fields):
            grid.addWidget(field, at // 3, at % 3)
        below.addLayout(grid)
        below.addWidget(label(self.tr("Routes; none chosen means all:"), role="Muted", points=SMALL_PT))
        boxes = QGridLayout()
        for at, box in enumerate(self.routes.values()):
            boxes.addWidget(box, at // 4, at % 4)
        below.addLayout(boxes)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.make)
        below.addLayout(foot)
        self._new = card()
        shown = card_column(self._new)
        shown.addWidget(label(self.tr("This is the only time it is shown."), strong=True))
        shown.addWidget(self.new)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.away)
        shown.addLayout(last)
        self._new.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.notice, self._new, listed, made):
            column.addWidget(part)

    def _create(self) -> None:
        self.notice.say("")
        try:
            wish = self._wish()
        except ValueError:
            self.notice.say(self.tr("Days, requests, tokens and joules are numbers, or empty."), level="bad")
            return
        self._keys.make(wish)

    def _wish(self) -> dict[str, Any]:
        """What was typed. Raises ValueError for what should be a number and is none."""
        days = _number(self.days)
        return {
            "name": self.name.text().strip(),
            "models": [part.strip() for part in self.models.text().split(",") if part.strip()],
            "routes": [str(group) for group, box in self.routes.items() if box.isChecked()],
            "expires_at_s": None if days is None else time.time() + days * DAY_S,
            "limits": {
                "requests_per_minute": _whole(self.per_minute),
                "tokens_per_day": _whole(self.per_day),
                "joules_per_day": _number(self.joules),
            },
        }

    def _show_new(self, made: NewKey) -> None:
        self.new.show_snippet(self.tr("Key {name}").format(name=made.view.name), made.key)
        self._new.show()
        for field in (self.name, self.models, self.days, self.per_minute, self.per_day, self.joules):
            field.clear()

    def _put_away(self) -> None:
        self._new.hide()
        self.new.show_snippet("", "")

    def _ask_revoke(self, key: KeyView) -> None:
        text = self.tr("Revoke {name}? Programs that use it are refused from now on.").format(name=key.name)
        self._confirm.ask(text, self.tr("Revoke"), lambda: self._keys.revoke(key.id))

    def _refuse(self, failure: Failure) -> None:
        self.notice.say(sentence(failure.problem).whole, level="bad")


def _number(field: QLineEdit) -> float | None:
    text = field.text().strip().replace(",", ".")
    return float(text) if text else None


def _whole(field: QLineEdit) -> int | None:
    text = field.text().strip()
    if not text:
        return None
    if (number := numbers.typed_whole(text)) is None:
        raise ValueError(text)
    return number
