"""Cards of the machine in rows: the computer has the wide place, and nothing in a card is cut."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engineroom_ui.widgets.card_grid import CardGrid

NARROW_PX, WIDE_PX = 200, 330


class Card(QWidget):
    """A figure two layouts deep, as those of real cards are."""

    def __init__(self) -> None:
        super().__init__()
        self.figure = QLabel("-")
        self.figure.setMinimumWidth(NARROW_PX)
        inside = QWidget()
        for part, around in ((self.figure, inside), (inside, self)):
            column = QVBoxLayout(around)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(part)


def shown(qtbot: QtBot, number: int) -> tuple[QWidget, CardGrid, list[Card]]:
    """As wide as three of them, in something that does not grow with it."""
    around, grid, cards = QWidget(), CardGrid(), [Card() for _ in range(number)]
    qtbot.addWidget(around)
    grid.setParent(around)
    grid.resize(3 * NARROW_PX + 100, 400)
    grid.show_cards(cards)
    around.show()
    return around, grid, cards


def rows(grid: CardGrid, cards: list[Card]) -> list[list[int]]:
    """Which cards stand in each row, from the top."""
    found: dict[int, list[int]] = {}
    for at, one in enumerate(cards):
        found.setdefault(one.y(), []).append(at)
    return [found[top] for top in sorted(found)]


def test_what_is_left_over_stands_above(qtbot: QtBot) -> None:
    """Five in rows of three: two share the first, so that the cards below are alike; of three in rows of two, one."""
    _around, grid, cards = shown(qtbot, 5)
    qtbot.waitUntil(lambda: rows(grid, cards) == [[0, 1], [2, 3, 4]])
    widths = [one.width() for one in cards[2:]]
    assert max(widths) - min(widths) <= 1
    assert cards[0].width() > max(widths) + 50
    grid.show_cards(cards[:3])
    grid.resize(2 * NARROW_PX + 100, 400)
    qtbot.waitUntil(lambda: rows(grid, cards[:3]) == [[0], [1, 2]])


def test_a_card_that_grows_gets_its_room(qtbot: QtBot) -> None:
    """Also where nothing is resized and no new figures come."""
    _around, grid, cards = shown(qtbot, 3)
    qtbot.waitUntil(lambda: rows(grid, cards) == [[0, 1, 2]])
    cards[1].figure.setMinimumWidth(WIDE_PX)
    qtbot.waitUntil(lambda: rows(grid, cards) == [[0], [1, 2]])
    assert cards[1].width() >= WIDE_PX
