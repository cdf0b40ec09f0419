"""Decides what the one line under the header says, and what its one button does."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from engineroom import __version__
from engineroom.contract.control import EngineState, NvmlState, ProblemView
from engineroom.contract.link import RemoteCode, VersionCode
from engineroom.contract.problems import Code
from engineroom.contract.routing import Decided, DecisionView, Why
from engineroom_ui.link.http import Failure
from engineroom_ui.link.session import LinkView, Phase
from engineroom_ui.shell.registry import Place
from engineroom_ui.state.room import Room
from engineroom_ui.state.survivors import Survivors
from engineroom_ui.text import keeping, problems, words
from engineroom_ui.text.sentences import both
from engineroom_ui.widgets.banner import Banner

_FINAL = frozenset({RemoteCode.KEY_CHANGED, RemoteCode.LOGIN_REFUSED, RemoteCode.NO_SSH})
"""Causes that do not go away by themselves."""

_DRIVER_TROUBLE = frozenset(
    {NvmlState.DRIVER_NOT_LOADED, NvmlState.VERSION_MISMATCH, NvmlState.NO_PERMISSION, NvmlState.FAILED}
)
"""A computer without a card or a driver is as it should be."""

_NO_ROOM = frozenset({Why.MEMORY_SHORT, Why.MEMORY_PINNED, Why.WAIT_TOO_LONG})
"""Refusals that go on until somebody does something; the others pass by themselves, or the one who asked is told."""
_REFUSED_LATELY_S = 600.0


@dataclass(frozen=True, slots=True)
class _Concern:
    """``key`` is by which it is known to have been read."""

    key: str
    text: str
    level: str = "warn"
    button: str = ""
    action: Callable[[], None] | None = None


class Attention(QObject):
    """What the person has asked for is answered first; then comes the relation to the daemon, then the rest.

    That is: a refused command, what is not as it should be, surprises.

    Signals:
        relaunch_asked: this window is to be closed and opened again.
        place_asked: the :class:`Place` where something can be done about it, and what it is there.
    """

    relaunch_asked = Signal()
    place_asked = Signal(object, str)

    def __init__(self, banner: Banner, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._banner = banner
        self._room = room
        self._refusal: ProblemView | None = None
        self._surprise = ""
        self._reply = ("", "")
        self._offer: tuple[str, Callable[[], None]] | None = None
        self._read: set[str] = set()
        self.survivors = Survivors(room.client, self)
        self.survivors.refused.connect(self._refused)
        self.survivors.none_left.connect(self._none_left)
        self._action: Callable[[], None] | None = None
        banner.pressed.connect(self._press)
        banner.dismissed.connect(self._dismiss)
        room.link_changed.connect(self.show)
        room.notices_changed.connect(self.show)
        room.routing_changed.connect(self.show)
        room.machine_changed.connect(self.show)
        room.refused.connect(self._refused)
        room.engine_changed.connect(self._forgive)
        self.show()

    def surprise(self, text: str) -> None:
        """An exception nobody expected."""
        self.remark(self.tr("Something unexpected happened in this window: {what}").format(what=text))

    def remark(self, text: str) -> None:
        """Something to be read once, when nothing more important is to be said."""
        self._surprise, self._offer = text, None
        self.show()

    def reply(self, text: str, *, level: str = "info") -> None:
        """What came of something the person has just asked for: before all else, until it was read."""
        self._reply = (text, level)
        self.show()

    def offer(self, text: str, button: str, action: Callable[[], None]) -> None:
        """A remark with something that can be done about it."""
        self._surprise, self._offer = text, (button, action)
        self.show()

    def show(self) -> None:
        """Say what matters most now, or nothing."""
        self._action = None
        if self._reply[0]:
            self._banner.say(self._reply[0], level=self._reply[1], closable=True)
        elif self._room.link.phase is not Phase.CONNECTED:
            self._say_link()
        elif self._refusal is not None:
            self._banner.say(problems.sentence(self._refusal).whole, level="bad", closable=True)
        elif (concern := self._unread) is not None:
            self._action = concern.action
            self._banner.say(concern.text, level=concern.level, button=concern.button, closable=True)
        elif self._surprise:
            button, self._action = self._offer or ("", None)
            self._banner.say(self._surprise, level="warn", button=button, closable=True)
        else:
            self._banner.hide()

    @property
    def _unread(self) -> "_Concern | None":
        return next((concern for concern in self._concerns() if concern.key not in self._read), None)

    def _concerns(self) -> Iterator["_Concern"]:
        """What is not as it should be, the worst first. It stays until it is mended, or the person has read it."""
        room = self._room
        for engine in room.engines.values():
            if engine.state is EngineState.FAILED and engine.problem is not None:
                text = self.tr("{model}: {what}").format(
                    model=room.model_name(engine.model_id), what=problems.sentence(engine.problem).whole
                )
                show = partial(self.place_asked.emit, Place.SERVE, engine.model_id)
                yield _Concern(f"{engine.id} {engine.since_s}", text, "bad", self.tr("Show it"), show)
        for decision in self._refusals():
            show = partial(self.place_asked.emit, Place.SERVE, self._in_the_way(decision))
            said = keeping.decided(decision, room.model_name)
            yield _Concern(f"{decision.model} {decision.reason.code}", said, "warn", self.tr("Show it"), show)
        for notice in room.notices:
            held = notice.code == Code.GPU_MEMORY_HELD and notice.facts.get("living")
            button, action = (self.tr("End them"), self.survivors.end_all) if held else ("", None)
            yield _Concern(str(notice), problems.sentence(notice).whole, "warn", button, action)
        if room.machine is not None and room.machine.nvml in _DRIVER_TROUBLE:
            what, remedy = words.nvml(room.machine)
            yield _Concern(room.machine.nvml, both(what, remedy))
        hello = room.link.hello
        if hello is not None and hello.version != __version__:
            problem = ProblemView(code=VersionCode.OTHER, facts={"theirs": hello.version, "ours": __version__})
            restart = room.restart
            said = problems.sentence(problem).whole
            yield _Concern(hello.version, said, "warn", self.tr("Restart engine room"), restart)

    def _refusals(self) -> Iterator[DecisionView]:
        """The newest decision about each model, where requests found no room and the engine still does not run."""
        room, now_s, seen = self._room, time.time(), set[str]()
        for decision in room.routing.decisions if room.routing is not None else ():
            engine = room.engines.get(decision.model)
            newest = decision.model not in seen
            seen.add(decision.model)
            lately = decision.what is Decided.REFUSE and now_s - decision.at_s < _REFUSED_LATELY_S
            if newest and lately and decision.reason.code in _NO_ROOM and (engine is None or not engine.can_stop):
                yield decision

    def _in_the_way(self, decision: DecisionView) -> str:
        """The model of the first pinned engine that leaves no room; empty where none is named."""
        first = str(decision.reason.facts.get("pinned") or "").partition(", ")[0]
        engine = self._room.engines.get(first)
        return "" if engine is None else engine.model_id

    def _say_link(self) -> None:
        view = self._room.link
        if view.phase in {Phase.SEARCHING, Phase.CONNECTING}:
            self._banner.say(self.tr("Connecting to the engine room …"), level="info")
            return
        if view.phase is Phase.STARTING:
            self._banner.say(self.tr("Starting the engine room …"), level="info")
            return
        said = problems.sentence(view.problem) if view.problem is not None else None
        text = said.whole if said is not None else ""
        if view.phase is Phase.LOST and (view.problem is None or view.problem.code not in _FINAL):
            text = self.tr("Connection to the engine room lost. {what} This window reconnects by itself.").format(
                what=said.what if said is not None else ""
            )
        button, self._action = self._remedy(view)
        level = "warn" if view.phase is Phase.ABSENT else "bad"
        self._banner.say(text, level=level, button=button)

    def _remedy(self, view: LinkView) -> tuple[str, Callable[[], None]]:
        """The one button: what it says and what it does."""
        session = self._room.session
        code = view.problem.code if view.problem is not None else ""
        if view.phase is Phase.START_FAILED:
            return self.tr("Try again"), session.start_daemon
        if code == VersionCode.NEWER:
            return self.tr("Restart this window"), self.relaunch_asked.emit
        if view.phase is Phase.REFUSED:
            return self.tr("Restart engine room"), session.restart_daemon
        if code == RemoteCode.NOT_RUNNING:
            return self.tr("Start it there"), session.start_daemon
        if not session.here:
            return self.tr("Try again"), session.open
        return (self.tr("Start again") if view.phase is Phase.LOST else self.tr("Start")), session.start_daemon

    def _none_left(self) -> None:
        """What was offered to be ended is gone already."""
        self.reply(self.tr("Nothing of ours is left to end. The memory is free once the driver has taken it back."))

    def _press(self) -> None:
        if self._action is not None:
            self._action()

    def _dismiss(self) -> None:
        if self._reply[0]:
            self._reply = ("", "")
        elif self._refusal is not None:
            self._refusal = None
        elif (concern := self._unread) is not None:
            self._read.add(concern.key)
        else:
            self._surprise = ""
        self.show()

    def _refused(self, failure: Failure) -> None:
        self._refusal = failure.problem
        self.show()

    def _forgive(self, _engine_id: str) -> None:
        self._refusal = None
        self.show()
