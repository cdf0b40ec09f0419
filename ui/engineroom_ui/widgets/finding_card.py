"""Why an engine failed, and what can be done: looked at first, then done."""

from dataclasses import replace

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engineroom.contract.control import JobView
from engineroom.contract.doctor import EngineFinding, FixAction, FixMode, FixRequest, FixResult, FixView, Orphan
from engineroom.contract.problems import Code, FactValue
from engineroom_ui.link.http import Failure
from engineroom_ui.text.fix_jobs import begun
from engineroom_ui.text.fix_steps import told
from engineroom_ui.text.fixes import bar, fix
from engineroom_ui.text.problems import sentence
from engineroom_ui.text.sentences import listed, titled
from engineroom_ui.text.units import memory
from engineroom_ui.theme.apply import Theme, mono_font
from engineroom_ui.theme.icons import pixmap
from engineroom_ui.widgets.controls import quiet_button
from engineroom_ui.widgets.parts import SMALL_PT, ElidedLabel, label, polish

_MOST_FIXES = 4
_MOST_HOLDERS = 2


class FindingCard(QFrame):
    """Hidden while nothing is wrong.

    Signals:
        fix_asked: engine and a :class:`~engineroom.contract.doctor.FixRequest`.
    """

    fix_asked = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("Notice")
        polish(self, "level", "bad")
        self.finding: EngineFinding | None = None
        self.buttons: list[QPushButton] = []
        self.titles: list[ElidedLabel] = []
        self._rows: list[QWidget] = []
        self._asked: FixRequest | None = None
        self._mark = label()
        self._what = label(points=SMALL_PT + 0.5)
        self._what.setWordWrap(True)
        self._what.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._cause = ElidedLabel(points=SMALL_PT)
        self._cause.setFont(mono_font(SMALL_PT))
        self.begun = label(points=SMALL_PT)
        self.begun.setWordWrap(True)
        self._said = label(points=SMALL_PT)
        self._said.setWordWrap(True)
        self.all_the_same = quiet_button(self.tr("Do it all the same"), points=SMALL_PT)
        self.all_the_same.clicked.connect(self._agree)
        self._build()
        theme.changed.connect(self._draw)
        self._draw()
        self.hide()

    @property
    def text(self) -> str:
        """What is said, or nothing."""
        return "" if self.isHidden() else self._what.text()

    @property
    def answer(self) -> str:
        """What a fix did or would do, or nothing."""
        return "" if self._said.isHidden() else self._said.text()

    def show_finding(self, finding: EngineFinding | None) -> None:
        """Another finding, or none."""
        begun = None if finding is None else finding.job
        if _but_for_job(finding) == _but_for_job(self.finding):
            self._show_job(begun)
            return
        self.finding = finding
        self.setVisible(finding is not None)
        self._said.hide()
        self.all_the_same.hide()
        self._clear()
        if finding is None:
            return
        said = sentence(finding.problem)
        text = (
            self.tr("{engine}: {what}") if finding.known else self.tr("{engine} failed, and why is not known: {what}")
        )
        self._what.setText(text.format(engine=finding.engine, what=said.whole))
        self.setAccessibleName(self._what.text())
        self._cause.show_text(finding.cause or "")
        self._cause.setVisible(bool(finding.cause))
        for one in finding.fixes[:_MOST_FIXES]:
            self._add(one)
        self._show_job(begun)

    def _show_job(self, job: JobView | None) -> None:
        """What a fix has begun, and what came of it."""
        text = "" if job is None else begun(job)
        self.begun.setText(text)
        self.begun.setAccessibleName(text)
        self.begun.setVisible(bool(text))

    def show_result(self, result: FixResult) -> None:
        """What a fix did, or would do."""
        if self.finding is not None and result.engine == self.finding.engine:
            lead = self.tr("It would do this:") if result.dry_run else self.tr("Done:")
            self._say("\n".join((lead, *told(result))))

    def show_refusal(self, failure: Failure) -> None:
        """A fix was refused, or is done only with a yes."""
        self._say(sentence(failure.problem).whole)
        self.all_the_same.setVisible(failure.problem.code == Code.BUILD_NEEDS_YES and self._asked is not None)

    def _ask(self, wish: FixRequest) -> None:
        if self.finding is not None:
            self._asked = wish
            self.fix_asked.emit(self.finding.engine, wish)

    def _agree(self) -> None:
        if self._asked is not None:
            self._ask(replace(self._asked, accept=True))

    def _say(self, text: str) -> None:
        self.all_the_same.hide()
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self._said.show()

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self._what)
        column.addWidget(self._cause)
        self._fixes = QVBoxLayout()
        self._fixes.setSpacing(4)
        column.addLayout(self._fixes)
        column.addWidget(self.begun)
        column.addWidget(self._said)
        column.addWidget(self.all_the_same, 0, Qt.AlignmentFlag.AlignLeft)
        self.all_the_same.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _draw(self) -> None:
        self._mark.setPixmap(pixmap("alert", self._theme.tokens.bad, 18))

    def _clear(self) -> None:
        for row in self._rows:
            self._fixes.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.buttons, self.titles = [], [], []

    def _add(self, one: FixView) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        title = ElidedLabel(points=SMALL_PT)
        more = self._changes(one) if one.bar is None else bar(one.bar)
        title.show_text(fix(one.fix) + (f"   {more}" if more else ""))
        line.addWidget(title, 1)
        self.titles.append(title)
        if one.mode is FixMode.AUTOMATIC:
            line.addWidget(self._button(self.tr("What would it do?"), one.fix, dry_run=True))
            if not one.holders or len(one.does) > len(one.holders):
                line.addWidget(self._button(self.tr("Do it"), one.fix, dry_run=False))
        for holder in one.holders[:_MOST_HOLDERS]:
            line.addWidget(self._ender(one.fix, holder))
        if one.command is not None:
            line.addWidget(self._other(self.tr("Copy the command"), one, one.command))
        if one.page is not None:
            line.addWidget(self._other(self.tr("Open the page"), one, one.page))
        self._rows.append(row)
        self._fixes.addWidget(row)

    def _changes(self, one: FixView) -> str:
        def value(known: FactValue) -> str:
            return self.tr("not set") if known is None else str(known)

        return listed(titled(change.knob, f"{value(change.before)} → {value(change.after)}") for change in one.changes)

    def _button(self, text: str, action: FixAction, *, dry_run: bool) -> QPushButton:
        made = self._made(text, action)
        made.clicked.connect(lambda: self._ask(FixRequest(fix=action, dry_run=dry_run)))
        return made

    def _ender(self, action: FixAction, holder: Orphan) -> QPushButton:
        held = "" if holder.memory_bytes is None else f", {memory(holder.memory_bytes)}"
        made = self._made(self.tr("End {program}").format(program=f"{holder.program} ({holder.pid}{held})"), action)
        made.clicked.connect(lambda: self._ask(FixRequest(fix=action, end=(holder.pid,))))
        return made

    def _other(self, text: str, one: FixView, what: str) -> QPushButton:
        made = self._made(text, one.fix)
        made.setToolTip(what)
        if what == one.page:
            made.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(what)))
        else:
            made.clicked.connect(lambda: self._copy(what))
        return made

    def _made(self, text: str, action: FixAction) -> QPushButton:
        made = quiet_button(text, points=SMALL_PT)
        made.setAccessibleName(titled(text, fix(action)))
        self.buttons.append(made)
        return made

    def _copy(self, command: str) -> None:
        QGuiApplication.clipboard().setText(command)
        self._say(self.tr("Copied, to be run in a terminal: {command}").format(command=command))


def _but_for_job(finding: EngineFinding | None) -> EngineFinding | None:
    return None if finding is None else replace(finding, job=None)
