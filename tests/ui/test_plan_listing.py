"""The list of models on the page Plan, where it cannot be read."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engineroom_ui.shell.places import settings
from engineroom_ui.shell.registry import Place
from window_kit import OpenWindow, StartFake, Until

RIVER = "acme/River-32B"


def test_a_list_that_cannot_be_read_is_said(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """What happened, the code, and a button; a model may still be named by hand, and the list comes when it can."""
    start_fake("--gpus", "1", "--ranking-fails", "2")
    kept = settings()
    kept.setValue("page", str(Place.PLAN))  # Serve asks for the list too, and is not made while nobody looks at it
    kept.sync()
    desktop = open_window()
    page = desktop.window.plan
    until(lambda: "could not be read" in page.listing.text)
    assert "internal_error" in page.listing.text
    assert "req-9" in page.listing.text
    assert page.empty_text.endswith("Enter a folder, a GGUF file, or owner/name of a hub.")
    field = page.question.model.lineEdit()
    field.setText(RIVER)
    QTest.keyClick(field, Qt.Key.Key_Return)
    until(page.picture.isVisible)
    assert page.listing.isVisible()
    for told in ("could not be read", ""):
        assert page.listing.button.text() == "Try again"
        page.listing.button.click()
        assert page.listing.text == "Reading the list of models …"
        assert page.listing.button.isHidden()
        until(lambda told=told: not desktop.room.planner.listing and told in page.listing.text)
    assert page.listing.text == ""
    assert page.question.model.count() > 1
    assert page.question.model.model_id == RIVER
