"""The page Serve against the fake daemon: what is recommended, and one press to a served model."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from engineroom.contract.control import CatalogueRow, JobKind, JobState, JobView, ModelView
from engineroom_ui.pages.home import HomePage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.shell.window import FIRST_SIZE, MINIMUM
from engineroom_ui.state.picks import Deed, picks, starter
from engineroom_ui.state.shortlist import LEAST_S
from engineroom_ui.text import serve as words
from engineroom_ui.widgets.parts import Figure
from models_kit import said
from window_kit import OpenWindow, StartFake, Until, connected, reached_by_tab

STARTER = "smollm2-135m-instruct"


def row(name: str = "one", **more: Any) -> CatalogueRow:
    told: dict[str, Any] = {
        "id": name, "name": name, "publisher": "p", "uses": ("chat",), "licence": "MIT", "verdict": "fits",
        "precision": "nvfp4", "runtime": "tensorrt-llm", "context_tokens": 8192, "total_bytes": 1 << 33,
        "decode_tokens_per_s": 41.7, "decode_low": 30.0, "decode_high": 50.0, "parameters": 30_700_000_000,
        "parameters_active": None, "repos": (f"acme/{name}", f"acme/{name}-GGUF"),
    }  # fmt: skip
    return CatalogueRow(**{**told, **more})


def model(name: str, **more: Any) -> ModelView:
    told: dict[str, Any] = {
        "id": name, "name": name, "runtime": "llama.cpp", "parameters": None, "quantisation": None, "file_bytes": None,
        "licence": None, "source": None, "bundled": False, "is_default": False, "problem": None,
    }  # fmt: skip
    return ModelView(**{**told, **more})


def deed(one: CatalogueRow, *models: ModelView, can_build: bool = True, served: tuple[str, ...] = ()) -> Deed:
    return picks([one], models, jobs=(), served=served, can_build=can_build)[0].deed


def test_one_press_does_what_is_missing() -> None:
    """A file for the processor is no engine for the card: the figures shown are those of the runtime they are for."""
    built = model("one-nvfp4-1", runtime="tensorrt-llm", source="acme/one")
    file = model("one-q4", source="acme/one-GGUF")
    assert deed(row()) is Deed.BUILD
    assert deed(row(), file) is Deed.BUILD
    assert deed(row(), can_build=False) is Deed.INSTALL
    assert deed(row(), file, built) is Deed.SERVE
    assert deed(row(), built, served=("one-nvfp4-1",)) is Deed.SERVED
    assert deed(row(runtime="llama.cpp")) is Deed.GET
    assert deed(row(runtime="llama.cpp"), file) is Deed.SERVE
    assert deed(row(runtime=None)) is Deed.NONE


def test_what_does_not_fit_or_write_is_not_recommended() -> None:
    rows = [row("no", verdict="no"), row("embeds", uses=("embedding",)), row("tight", verdict="tight")]
    assert [pick.row.id for pick in picks(rows, (), jobs=(), served=(), can_build=True)] == ["tight"]
    small = [row("large"), row("mixed", parameters_active=3 * 10**9), row("small", parameters=4 * 10**9)]
    assert [pick.row.id for pick in picks(small, (), jobs=(), served=(), can_build=True, small=True)] == ["small"]


def test_work_under_way_is_found_by_what_it_is_for() -> None:
    job = JobView(
        id="j", kind=JobKind.BUILD, subject="one", state=JobState.RUNNING, created_at_s=0, arguments={"model": "one"}
    )
    assert picks([row()], (), jobs=[job], served=(), can_build=True)[0].job is job
    assert picks([row("two")], (), jobs=[job], served=(), can_build=True)[0].job is None


def test_the_first_model_is_the_one_that_came_along() -> None:
    models = [model("mine", is_default=True), model(STARTER, bundled=True)]
    assert starter(models).id == STARTER
    assert starter(models[:1]).id == "mine"
    assert starter([]) is None


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([row()], "Runs 31 B models in 4 bit, ~42 tok/s (estimate)"),
        ([row(precision="bf16", parameters=1_500_000_000, decode_tokens_per_s=None)], "Holds 1.5 B models in 16 bit"),
        ([row(verdict="no")], "None of the recommended models fits it"),
        ([], ""),
    ],
)
def test_what_a_card_can_run_in_words(rows: list[CatalogueRow], told: str) -> None:
    assert words.ability(rows).startswith(told)


@pytest.fixture
def home(start_fake: StartFake, open_window: OpenWindow, until: Until) -> Any:
    """Opens the page beside a fake daemon with these options."""

    def open_page(*options: str, ranked: bool = True) -> tuple[Desktop, HomePage]:
        start_fake(*options)
        desktop = open_window()
        until(connected(desktop))
        page = desktop.window.home
        until(lambda: bool(page.offers.list.best) is ranked and page.offers.list.runtimes is not None)
        return desktop, page

    return open_page


def test_a_card_has_its_recommendation_and_the_next(home: Any) -> None:
    """With fit, size, precision and rate as estimates; the cards say what they can run."""
    _, page = home("--gpus", "1", "--tensorrt")
    hero = page.offers.hero
    assert hero.isVisible()
    assert hero.name == "Brook 8B"
    assert hero.button.text() == "Build and serve"
    assert "RTX 4090" in hero.accessibleName()
    rows = page.offers.more.rows
    assert [one.name for one in rows] == ["River 32B"]
    assert "GiB" in rows[0].facts
    assert "tok/s" in rows[0].facts
    (card,) = page.machine.gpus.values()
    assert "(estimate)" in card.ability
    assert [one.name for one in page.offers.shelf.rows] == ["SmolLM2 135M Instruct"]


def test_a_card_that_is_lost_or_locked_shows_no_figures(home: Any, until: Until) -> None:
    """Its state stands where the figures and what it can run would."""
    desktop, page = home("--gpus", "3", "--lost", "1", "--no-access", "1", "--simulated")
    until(lambda: desktop.room.telemetry.last is not None)
    lost, locked, well = page.machine.gpus.values()
    until(lambda: lost.tag == "simulated  ·  lost")
    assert lost.ability == "This card fell off the bus"
    assert (locked.tag, locked.ability) == ("simulated  ·  no access", "Your user may not open this card")
    assert well.tag == "simulated"
    shown = [part.isVisible() for card in (lost, locked, well) for part in card.findChildren(Figure)]
    assert shown == [False] * 8 + [True] * 4


def test_one_press_builds_and_serves(home: Any, until: Until) -> None:
    """The engine of the build is started when it is on the shelf; its card takes the place of the recommendation."""
    desktop, page = home("--gpus", "1", "--tensorrt", "--pull-s", "0.4")
    seen: set[str] = set()
    desktop.room.jobs.changed.connect(lambda _id: seen.add(page.offers.hero.button.text()))
    page.offers.hero.button.click()
    until(lambda: any("brook-8b-fp8" in name for name in desktop.room.engines))
    until(lambda: page.serve.state_word == "Serving")
    assert "Under way" in seen
    assert page.model.id == "brook-8b-fp8-123456"
    assert page.serve.isVisible()
    assert not page.offers.hero.isVisible()
    assert len(said(desktop, "builds {")) == 1


def test_work_under_way_can_be_called_off_where_it_is_told(home: Any, until: Until) -> None:
    """Its name and its buttons are inside the narrow column, at the first size of a window and at the smallest."""
    desktop, page = home("--gpus", "1", "--tensorrt", "--pull-s", "600")
    desktop.client.post("/control/hub/pull", JobView, {"repo": "acme/River-32B"})
    jobs = page.offers.jobs
    until(lambda: any("/s" in row.told for row in jobs.rows.values()))
    (row,) = jobs.rows.values()
    for size in (FIRST_SIZE, MINIMUM):
        desktop.window.resize(size)
        until(lambda size=size: desktop.window.size() == size and row.isVisible())
        for part in (row.turn, row.end):
            until(lambda part=part: jobs.rect().contains(QRect(part.mapTo(jobs, QPoint()), part.size())))
    row.end.click()
    until(lambda: jobs.rows == {})


def test_a_build_that_may_not_work_is_asked_about(home: Any, until: Until) -> None:
    desktop, page = home("--gpus", "1", "--tensorrt", "--doubtful")
    page.offers.hero.button.click()
    until(lambda: page.offers.question is not None)
    assert "tight" in page.offers.question.informativeText()
    assert said(desktop, "builds {") == []
    yes = next(one for one in page.offers.question.buttons() if "all the same" in one.text())
    yes.click()
    until(lambda: len(said(desktop, "builds {")) == 1)
    assert '"accept": true' in said(desktop, "builds {")[0]


def test_without_the_runtime_the_button_installs_it(home: Any) -> None:
    """And says so; nothing is served by the processor in the card's name."""
    _, page = home("--gpus", "1")
    assert page.offers.hero.button.text() == "Install TensorRT-LLM"
    assert "needed for this card" in page.offers.hero.told


def test_the_shortcut_serves_and_installs_nothing(home: Any, until: Until) -> None:
    """Ctrl+Return is called Serve or stop: what is here is served, whatever the recommendation's button would do."""
    desktop, page = home("--gpus", "1")
    page.press_serve()
    until(lambda: page.serve.state_word == "Serving")
    assert page.engine.model_id == STARTER
    assert said(desktop, "runtimes {") == []


def test_a_ranking_that_fails_is_asked_for_again(home: Any, until: Until) -> None:
    """What happened is said, with one button; it is not asked for again and again by itself."""
    desktop, page = home("--gpus", "1", "--tensorrt", "--ranking-fails", "2", ranked=False)
    hero = page.offers.hero
    for round_ in (1, 2):
        until(lambda: hero.name == "No recommendation")
        assert "req-9" in hero.told
        assert (hero.button.text(), hero.button.isEnabled()) == ("Try again", True)
        page.offers.look()
        until(lambda: len(said(desktop, "ranks")) == round_)  # noqa: B023
        hero.button.click()
    until(lambda: hero.name == "Brook 8B")
    assert hero.button.text() == "Build and serve"


def test_the_ranking_follows_what_the_card_holds(home: Any, until: Until) -> None:
    """Not for every start and stop; what was told stays while it is asked for anew."""
    desktop, page = home("--gpus", "1", "--tensorrt")
    ranked, moment_s = 1, 1000.0
    # However long it takes, it is a moment after the ranking, until it shall be later.
    page.offers.list._ranked_s += moment_s
    until(lambda: len(said(desktop, "ranks")) == ranked)
    page.offers.shelf.rows[0].button.click()
    until(lambda: page.serve.state_word == "Serving")
    assert len(said(desktop, "ranks")) == ranked
    page.offers.list._ranked_s -= moment_s + LEAST_S
    page.offers.look()
    until(lambda: len(said(desktop, "ranks")) == ranked + 1)
    assert page.offers.list.best
    page.offers.list._ranked_s += moment_s
    page.offers.look()
    desktop.room.stop_engine(STARTER)
    until(page.offers.list._later.isActive)
    assert len(said(desktop, "ranks")) == ranked + 1


def test_from_a_cold_start_the_starter_is_one_press(home: Any, until: Until) -> None:
    """Without a card it is the recommendation; with one it stands under what is on this computer."""
    _, page = home()
    assert not page.offers.hero.isVisible()
    assert page.serve.isVisible()
    assert page.model.id == STARTER
    page.serve.button.click()
    until(lambda: page.serve.state_word == "Serving")


def test_a_card_does_not_keep_one_from_the_starter(home: Any, until: Until) -> None:
    _, page = home("--gpus", "1")
    page.offers.shelf.rows[0].button.click()
    until(lambda: page.serve.state_word == "Serving")
    assert page.model.id == STARTER


def test_several_engines_have_a_card_each(home: Any, until: Until) -> None:
    """Stop and address on each; what cannot be told of one alone is not told."""
    desktop, page = home("--models", "3", "--serving", "--rapl")
    until(page.serve.isVisible)
    until(lambda: page.serve._queue.value == "0 now")
    desktop.room.start_engine("other-1")
    until(lambda: desktop.room.engines["other-1"].state == "ready")
    shown = {name: card for name, card in page.cards.items() if card.isVisible()}
    assert shown.keys() == {STARTER, "other-1"}
    until(lambda: shown[STARTER]._queue.value == "not reported")
    assert [one.name for one in page.offers.shelf.rows] == ["Another model 2"]
    shown["other-1"].button.click()
    until(lambda: not page.cards["other-1"].isVisible())
    assert desktop.room.engines[STARTER].state == "ready"


def test_cards_stand_in_the_order_of_the_models(home: Any, until: Until) -> None:
    """Also when the first of them was started last."""
    desktop, page = home("--models", "2", "--gpus", "1", "--tensorrt")
    for engine_id in ("other-1", STARTER):
        desktop.room.start_engine(engine_id)
        until(lambda engine_id=engine_id: desktop.room.engines[engine_id].state == "ready")
    until(lambda: page.cards[STARTER].isVisible() and page.cards["other-1"].y() > page.cards[STARTER].y())


def test_a_card_leads_to_chat_and_log(home: Any, until: Until) -> None:
    desktop, page = home("--serving")
    until(page.serve.chat_button.isVisible)
    page.serve.chat_button.click()
    assert desktop.window.chat.isVisible()
    assert desktop.window.chat.sides.models == [STARTER]
    desktop.window.show_page(Place.SERVE)
    page.serve.log_button.click()
    assert desktop.window.pages.currentWidget() is desktop.window.pages.page(Place.LOGS)


@pytest.mark.parametrize("options", [("--gpus", "2", "--tensorrt"), ("--serving",), ()])
def test_the_page_by_keyboard_and_in_the_smallest_window(home: Any, until: Until, options: tuple[str, ...]) -> None:
    """Every control has a name and is reached by Tab; nothing is cut off sideways at 960 pixels."""
    desktop, page = home(*options)
    window = desktop.window
    window.resize(960, 640)
    reached = reached_by_tab(window, 60)
    parts = [part for part in page.findChildren(QWidget) if isinstance(part, (QAbstractButton, QLineEdit))]
    wanted = [part for part in parts if part.isVisible() and part.isEnabled()]
    assert wanted
    assert [part.accessibleName() or repr(part) for part in wanted if part not in reached] == []
    assert [repr(part) for part in wanted if not part.accessibleName()] == []

    def cut_off() -> list[QWidget]:
        shown = (part for part in page.findChildren(QWidget) if part.isVisible() and not part.isWindow())
        return [part for part in shown if part.mapTo(page, QPoint(part.width(), 0)).x() > page.width()]

    until(lambda: not cut_off())
