"""What needs attention now: at most one notice per code, gone when it no longer holds."""

from engineroom.domain.errors import Problem
from engineroom.services import hub


class NoticeBoard:
    """Standing notices."""

    def __init__(self, events: hub.Hub) -> None:
        self._events = events
        self._notices: dict[str, Problem] = {}

    def put(self, problem: Problem) -> None:
        """Show a notice."""
        if self._notices.get(problem.code) != problem:
            self._notices[problem.code] = problem
            self._events.publish(hub.NOTICES, self.all())

    def clear(self, code: str) -> None:
        """Take a notice away."""
        if self._notices.pop(code, None) is not None:
            self._events.publish(hub.NOTICES, self.all())

    def all(self) -> tuple[Problem, ...]:
        """Every notice, oldest first."""
        return tuple(self._notices.values())
