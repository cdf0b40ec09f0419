"""What needs attention now: at most one notice per cause, gone when it no longer holds."""

from engineroom.domain.errors import Problem
from engineroom.services import hub


class NoticeBoard:
    """Standing notices, one per key; the key is the code unless there can be several of one code."""

    def __init__(self, events: hub.Hub) -> None:
        self._events = events
        self._notices: dict[str, Problem] = {}

    def put(self, problem: Problem, *, key: str | None = None) -> None:
        """Show a notice."""
        if self._notices.get(key or problem.code) != problem:
            self._notices[key or problem.code] = problem
            self._events.publish(hub.NOTICES, self.all())

    def clear(self, key: str) -> None:
        """Take a notice away."""
        if self._notices.pop(key, None) is not None:
            self._events.publish(hub.NOTICES, self.all())

    def all(self) -> tuple[Problem, ...]:
        """Every notice, oldest first."""
        return tuple(self._notices.values())
