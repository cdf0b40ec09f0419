"""The recommendation on the page Serve: nothing of it is cut, however narrow it is and in whatever language."""

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engineroom.contract.control import CatalogueRow
from engineroom_ui.state.picks import Deed, Pick
from engineroom_ui.text import language
from engineroom_ui.text.language import Language
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.pick_card import PickCard
from fakes import fake_plan

LICENCE = "NVIDIA Open Model License and Llama 3.3 Community License Agreement"


@pytest.fixture(params=[Language.ENGLISH, Language.GERMAN, Language.CHINESE])
def spoken(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    translators = language.speak(request.param)
    yield
    language.be_silent(translators)


@pytest.mark.parametrize("width", [540, 622, 900])
def test_the_licence_is_never_cut(spoken: None, qtbot: QtBot, width: int) -> None:
    """As narrow as in the smallest window, as beside the other offers at 1280, and alone."""
    theme = Theme(QApplication.instance(), Choice.LIGHT)  # type: ignore[arg-type]
    card = PickCard(theme)
    qtbot.addWidget(card)
    told = {**fake_plan.catalogue("RTX 4090")[0], "licence": LICENCE}
    row = msgspec.convert(told, CatalogueRow)
    card.show_pick(Pick(row=row, deed=Deed.BUILD), "RTX 4090", asking=False)
    card.resize(width, card.sizeHint().height())
    card.show()
    qtbot.waitExposed(card)
    card.resize(width, card.heightForWidth(width))
    assert card.width() == width
    assert LICENCE in card.facts.text()
    qtbot.waitUntil(lambda: card.facts.height() >= card.facts.heightForWidth(card.facts.width()))
    assert card.facts.geometry().right() <= card.width()
