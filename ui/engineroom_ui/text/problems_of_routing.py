"""Sentences of problems with getting a turn; :mod:`engineroom_ui.text.problems` has the rest."""

from engineroom.contract.problems import Code
from engineroom_ui.text.marks import mark

TEXTS_OF_ROUTING: dict[str, tuple[str, str]] = {
    Code.QUEUE_FULL: (
        mark("problems", "{waiting} requests already wait for {model}, which is as many as may."),
        mark("problems", "Ask again in {retry_after_s}."),
    ),
    Code.WAIT_TOO_LONG: (
        mark("problems", "After {waited_s}, {model} still could not be asked, and nobody waits longer."),
        mark("problems", "Ask again in {retry_after_s}."),
    ),
    Code.MEMORY_SHORT: (
        mark(
            "problems", "There is no room for {model}: it needs {needs_bytes}, and at most {room_bytes} could be free."
        ),
        mark("problems", "End other programs that hold memory, or give it less context."),
    ),
    Code.MEMORY_PINNED: (
        mark("problems", "There is no room for {model} beside what is pinned: {pinned}."),
        mark("problems", "Let go of a pinned engine, then ask again."),
    ),
}
