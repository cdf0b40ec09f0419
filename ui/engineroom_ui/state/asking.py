"""Questions to the daemon whose answers count until they are dropped."""

from collections.abc import Callable
from typing import Any

from engineroom_ui.link.http import Call, Failure

Deed = Callable[[Any], None]


class Asking:
    """Follows calls. ``told`` is called after each answer that counted."""

    def __init__(self, told: Callable[[], None]) -> None:
        self._told = told
        self._calls: list[Call] = []
        self._round = 0

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._calls)

    def follow(self, call: Call, then: Deed, otherwise: Callable[[Failure], None]) -> None:
        """One of the two is called with the answer, unless :meth:`drop` comes first."""
        asked = self._round
        self._calls.append(call)

        def end(deed: Deed, answer: Any) -> None:
            if asked == self._round:
                self._calls.remove(call)
                deed(answer)
                self._told()

        call.done.connect(lambda answer: end(then, answer))
        call.failed.connect(lambda failure: end(otherwise, failure))

    def drop(self) -> None:
        """Give up what is under way; the daemon notices and stops looking too."""
        self._round += 1
        calls, self._calls = self._calls, []
        for call in calls:
            call.abort()
