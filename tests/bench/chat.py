"""What drawing an answer costs while it comes: ``python tests/bench/chat.py``.

A long answer of headings, lists, tables and code grows by eight tokens a tick, as one does at 100 tokens/s; printed is
the processor time of each tick, layout and painting included.
"""

import os
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from engineroom_ui.state.conversations import Turn
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.chat_messages import ChatMessages
from engineroom_ui.widgets.chat_pane import DRAW_MS

PARAGRAPH = "Some **bold** words and `code` that go on until the line is full, and then a little further.\n\n"
PART = (
    "## A plan\n\n1. First:\n   ```bash\n   pip install x\n   ```\n2. Then:\n\n"
    + PARAGRAPH * 30
    + "```python\ndef f():\n    return 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    + "- one\n\n- two\n\n" * 90
)
LETTERS = 42_000
LETTERS_A_TICK = 32


def main() -> None:
    """Grow one answer to ten thousand tokens and print what each tick took."""
    app = QApplication([])
    theme = Theme(app, Choice.LIGHT)
    messages = ChatMessages(theme)
    messages.resize(860, 700)
    messages.show()
    messages.add(Turn(question="?"))
    text = (PART * (LETTERS // len(PART) + 1))[:LETTERS]
    spent = []
    for at in range(0, len(text), LETTERS_A_TICK):
        messages.answers[0].add(text[at : at + LETTERS_A_TICK])
        begun_s = time.process_time()
        messages.answers[0].draw()
        app.processEvents()
        spent.append(1000 * (time.process_time() - begun_s))
    spent.sort()
    mean = sum(spent) / len(spent)
    print(f"{len(text):,} letters in {len(spent):,} ticks of {DRAW_MS} ms")
    print(f"mean {mean:.1f} ms, 99 of 100 below {spent[int(len(spent) * 0.99)]:.1f} ms, longest {spent[-1]:.1f} ms")
    print(f"{100 * mean / DRAW_MS:.1f} % of a core")


if __name__ == "__main__":
    main()
