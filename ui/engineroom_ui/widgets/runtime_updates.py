"""Updates: which version is in use, which one is known best, and one button from the one to the other."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from engineroom import __version__
from engineroom.contract.control import JobKind, JobState
from engineroom.contract.runtimes import RuntimeState, RuntimeView
from engineroom_ui.state.jobs import Jobs
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.controls import card_column, quiet_button, wrapped
from engineroom_ui.widgets.parts import SMALL_PT, StateLabel, label

_UNDER_WAY = {JobState.RUNNING, JobState.QUEUED}


class RuntimeUpdates(QFrame):
    """Of the default runtime; nothing is asked of anybody before the button is pressed.

    Signals:
        asked: the default runtime, which is to be updated.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._jobs = jobs
        self._runtimes: tuple[RuntimeView, ...] = ()
        self.used = wrapped(role="")
        self.state = StateLabel(theme, points=SMALL_PT)
        self.why = wrapped(role="")
        self.button = quiet_button("", self._ask)
        self.quiet = wrapped(
            self.tr(
                "This is Engineroom {version}. It looks for nothing by itself: the versions that it knows come with "
                "it, and nobody is asked before an update is begun."
            ).format(version=__version__)
        )
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.used, 1)
        line.addWidget(self.state)
        line.addWidget(self.button)
        column = card_column(self)
        column.addWidget(label(self.tr("Updates"), strong=True))
        column.addLayout(line)
        column.addWidget(self.why)
        column.addWidget(self.quiet)
        jobs.changed.connect(self._draw)
        self._draw()

    def show_runtimes(self, runtimes: tuple[RuntimeView, ...]) -> None:
        """What is here now."""
        self._runtimes = runtimes
        self._draw()

    def _draw(self, _job: str = "") -> None:
        default = self._default()
        if default is None:
            for part in (self.used, self.state, self.why, self.button):
                part.hide()
            return
        told = {"used": str(default.version), "best": str(default.best_version)}
        newest = default.version == default.best_version or default.ahead
        beside = None if newest else self._beside(default)
        under_way = not newest and self._under_way(default)
        self.used.setText(self._used(default, newest=newest).format(**told))
        self.used.show()
        self.state.show_state(self.tr("Up to date"), "ok")
        self.state.setVisible(newest)
        self.why.setText(self._why(beside, under_way=under_way).format(**told))
        self.why.setVisible(bool(self.why.text()))
        self.button.setText(self.tr("&Update to {best}").format(**told))
        self.button.setAccessibleName(self.tr("Update TensorRT-LLM to {best}").format(**told))
        self.button.setEnabled(not under_way)
        self.button.setVisible(not newest and (beside is None or under_way))

    def _default(self) -> RuntimeView | None:
        return next((one for one in self._runtimes if one.is_default and one.best_version), None)

    def _beside(self, default: RuntimeView) -> RuntimeView | None:
        """What an update would install, where it is here and whole."""
        lacking = {RuntimeState.INCOMPLETE, RuntimeState.BROKEN}
        wanted = (default.best_version, default.kind)
        same = (one for one in self._runtimes if (one.version, one.kind) == wanted and one.product == default.product)
        return next((one for one in same if one.state not in lacking), None)

    def _under_way(self, default: RuntimeView) -> bool:
        wanted = (default.best_version, str(default.kind))
        return any(
            (job.arguments.get("version"), job.arguments.get("kind")) == wanted
            for job in self._jobs.all
            if job.kind is JobKind.INSTALL and job.state in _UNDER_WAY
        )

    def _used(self, default: RuntimeView, *, newest: bool) -> str:
        if default.ahead:
            return self.tr("TensorRT-LLM {used} is in use; it is newer than {best}, which Engineroom knows best.")
        if newest:
            return self.tr("TensorRT-LLM {used} is in use; it is the version that Engineroom knows best.")
        return self.tr("TensorRT-LLM {used} is in use; Engineroom knows {best} best.")

    def _why(self, beside: RuntimeView | None, *, under_way: bool) -> str:
        """What stands between the one in use and the other."""
        if under_way:
            return self.tr("{best} is being installed and tried out; {used} stays in use until its gate has passed.")
        if beside is None:
            return ""
        if beside.state is RuntimeState.REFUSED:
            return self.tr("{best} is installed, but its gate failed: {used} stays in use.")
        if beside.state is RuntimeState.READY:
            return self.tr("{best} is installed and has passed its gate; it can be made the default above.")
        return self.tr("{best} is installed, but not proved yet: {used} stays in use. It can be tried out above.")

    def _ask(self) -> None:
        if (default := self._default()) is not None:
            self.asked.emit(default)
