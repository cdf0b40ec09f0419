"""Numbers and dates in the language of the window."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from engineroom_ui.state.samples import Figures
from engineroom_ui.text import language, models, numbers, plan, units
from engineroom_ui.text.language import Language
from engineroom_ui.widgets.strip_chart import spoken

GIB = 1024**3
NOON_S = 1_796_040_000.0


@contextmanager
def speaking(choice: Language) -> Iterator[None]:
    """The window's language, and back again."""
    installed = language.speak(choice)
    try:
        yield
    finally:
        language.be_silent(installed)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Language.ENGLISH, ("9.2 GiB", "1,377 W", "52.4 tok/s", "12,345", "1.5 s", "0.0021 EUR", "22.5 kJ", "8.0 B")),
        (Language.GERMAN, ("9,2 GiB", "1.377 W", "52,4 tok/s", "12.345", "1,5 s", "0,0021 EUR", "22,5 kJ", "8,0 B")),
        (Language.CHINESE, ("9.2 GiB", "1,377 W", "52.4 tok/s", "12,345", "1.5 秒", "0.0021 EUR", "22.5 kJ", "8.0 B")),
    ],
)
def test_units_are_written_as_the_language_does(qtbot: QtBot, choice: Language, expected: tuple[str, ...]) -> None:
    with speaking(choice):
        told = (
            units.memory(round(9.2 * GIB)),
            units.watts(1377.0),
            units.tokens_per_s(52.4),
            units.count(12_345),
            units.seconds(1.5),
            units.money(0.0021, "EUR"),
            units.joules(22_500.0),
            models.short_parameters(8 * 10**9),
        )
    assert told == expected


@pytest.mark.parametrize(
    ("choice", "day"),
    [(Language.ENGLISH, "2026-11-30"), (Language.GERMAN, "30.11.2026"), (Language.CHINESE, "2026-11-30")],
)
def test_dates_are_written_as_the_language_does(qtbot: QtBot, choice: Language, day: str) -> None:
    with speaking(choice):
        assert numbers.day(NOON_S) == day
        assert numbers.moment(NOON_S).startswith(f"{day} ")


def test_without_a_language_numbers_are_english(qtbot: QtBot) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    try:
        assert units.count(12_345) == "12,345"
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("choice", "text", "expected"),
    [
        (Language.ENGLISH, "32,768", 32_768),
        (Language.ENGLISH, " 32768 ", 32_768),
        (Language.ENGLISH, "1.5", None),
        (Language.GERMAN, "32.768", 32_768),
        (Language.GERMAN, "1.5", None),
        (Language.GERMAN, "viele", None),
    ],
)
def test_a_whole_number_is_read_as_the_language_writes_it(
    qtbot: QtBot, choice: Language, text: str, expected: int | None
) -> None:
    with speaking(choice):
        assert numbers.typed_whole(text) == expected


def test_bounds_of_an_estimate_claim_no_third_figure(qtbot: QtBot) -> None:
    assert plan.rate_range(67.52, 89.04) == "68 to 89"
    assert plan.rate_range(3.04, 3.96) == "3.0 to 4.0"
    with speaking(Language.GERMAN):
        assert plan.rate_range(3.04, 3.96) == "3,0 – 4,0"  # noqa: RUF001


def test_a_unit_both_bounds_have_is_said_once(qtbot: QtBot) -> None:
    assert units.spread("34 ms", "90 ms") == "34 to 90 ms"
    assert units.spread("900 ms", "1.2 s") == "900 ms to 1.2 s"
    assert units.spread("many", "more") == "many to more"


def test_a_chart_is_said_with_its_lowest_and_highest(qtbot: QtBot) -> None:
    figures = Figures(now=50.0, mean=35.4, lowest=0.0, highest=156.9)
    assert spoken("50.0 W", "last hour", figures) == "Now 50.0 W; last hour: mean 35.4, lowest 0.0, highest 157"
