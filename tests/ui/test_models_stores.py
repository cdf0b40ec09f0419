"""Pure parts of the Models page's stores: names of sets, first offers, rows, jobs worth showing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from engineroom.contract.control import JobFile, JobKind, JobState, JobView, ModelView
from engineroom.contract.models import FileFormat, LibraryEntry, LibrarySource
from engineroom_ui.link.http import HttpClient
from engineroom_ui.state.askable import MOST_IN_A_LIST, a_few
from engineroom_ui.state.jobs import Jobs
from engineroom_ui.state.library_fits import Fit, usual, variant_of
from engineroom_ui.state.library_rows import RowsHere, Shelf, matching
from engineroom_ui.state.library_ways import Way, first_choice
from engineroom_ui.text import models as words
from engineroom_ui.widgets.controls import say_more
from engineroom_ui.widgets.model_facts import facts
from engineroom_ui.widgets.model_list import spoken
from engineroom_ui.widgets.model_row_paint import right_facts

ENTRY = LibraryEntry(
    id="brook", name="Brook", source=LibrarySource.IMPORTED, file_format=FileFormat.GGUF, path="/m/brook.gguf",
    size_bytes=10**9, removable=True, runtimes=("llama.cpp",), engines=(),
)  # fmt: skip
JOB = JobView(id="a", kind=JobKind.PULL, subject="acme/brook", state=JobState.RUNNING, created_at_s=0.0)
MODEL = ModelView(
    id="brook", name="Brook", runtime="llama.cpp", parameters=None, quantisation=None, file_bytes=None, licence=None,
    source=None, bundled=False, is_default=False, problem=None,
)  # fmt: skip
GB = 10**9


def way(precision: str, file_format: str, verdict: str | None, size: int, low: float | None = 50.0) -> Way:
    return Way(
        repo="acme/brook", model="brook", variant=precision, precision=precision, file_format=file_format,
        verdict=verdict, size_bytes=size * GB, low=low,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("Brook-8B-Q4_K_M.gguf", "Q4_K_M"),
        ("Q8_0/Brook-8B-Q8_0-00001-of-00003.gguf", "Q8_0"),
        ("brook.IQ4_XS.gguf", "IQ4_XS"),
        ("brook-bf16.gguf", "bf16"),
        ("brook.gguf", "brook"),
        ("Q4Brook.gguf", "Q4Brook"),
    ],
)
def test_what_chooses_a_set_of_weights(name: str, variant: str) -> None:
    assert variant_of(name) == variant


def test_the_usual_set() -> None:
    """Of four bits; where there is none, the largest, which comes last."""
    assert usual(["b-Q2_K.gguf", "b-Q4_K_M.gguf", "b-Q8_0.gguf"]) == "b-Q4_K_M.gguf"
    assert usual(["b-Q2_K.gguf", "b-F16.gguf"]) == "b-F16.gguf"


def test_what_is_offered_first() -> None:
    """What can be served today, fits and is quick; of those the largest."""
    plain = way("nvfp4", "safetensors", "fits", 20)
    small, large = way("q4_k_m", "gguf", "fits", 18), way("q8_0", "gguf", "fits", 33)
    assert first_choice([plain, small, large]) == 2
    assert first_choice([plain, small, replace(large, low=4.0)]) == 1
    assert first_choice([plain, small, replace(large, verdict="no")]) == 1
    assert first_choice([plain]) == 0
    assert first_choice([replace(small, verdict=None), replace(large, verdict=None)]) == 0
    assert first_choice([]) == -1


def test_what_does_not_fit_answers_at_no_rate() -> None:
    """Neither in the list, nor when it is read out."""
    here = RowsHere().rows([ENTRY], lambda _model: None)[0]
    row = replace(here, shelf=Shelf.SEARCH, runtime="tensorrt-llm", low=20.0, high=30.0)
    for verdict, told in (("fits", True), ("tight", True), (None, True), ("no", False)):
        judged = replace(row, verdict=verdict)
        assert ("20 to 30 tok/s" in right_facts(judged), "20 to 30 tok/s" in spoken(judged)) == (told, told)


def test_what_computes_on_the_processor_has_no_rate_of_a_card() -> None:
    """The llama.cpp that comes along uses no card, so what a plan expects of one is not shown for it."""
    fit = Fit(verdict="fits", runtime="llama.cpp", memory_bytes=1 << 30, low=2000.0, high=3000.0)
    row = RowsHere().rows([ENTRY], lambda _model: fit)[0]
    told = (right_facts(row), spoken(row), dict(facts(row, None, None)))
    assert not any("tok/s" in str(part) for part in told)
    assert told[0].endswith("on the CPU")
    assert "on the CPU" in told[1]
    assert told[2]["Runs on"] == "llama.cpp, on the CPU"
    shown = replace(row, runtime="tensorrt-llm")
    assert "2,000 to 3,000 tok/s" in right_facts(shown)
    assert "Speed" in dict(facts(shown, None, None))


def test_rows_are_found_by_every_word() -> None:
    rows = RowsHere().rows([ENTRY, replace(ENTRY, id="x", repo="acme/River-32B")], lambda _model: None)
    assert [row.library_id for row in matching(rows, "acme 32b")] == ["x"]
    assert [row.shelf for row in matching(rows, "")] == [Shelf.HERE] * 2
    assert all(row.servable for row in rows)


def test_jobs_worth_showing(qapp: object) -> None:
    """What ended before this window looked is history; what ends before its eyes stays until it is dismissed."""
    jobs = Jobs(HttpClient())
    jobs.replace((replace(JOB, id="old", state=JobState.DONE), replace(JOB, id="bad", state=JobState.FAILED), JOB))
    assert [job.id for job in jobs.shown] == ["bad", "a"]
    ended: list[JobView] = []
    jobs.ended.connect(ended.append)
    jobs.accept(replace(JOB, state=JobState.DONE))
    jobs.accept(replace(JOB, state=JobState.DONE))
    assert [job.id for job in ended] == ["a"]
    assert [job.id for job in jobs.shown] == ["bad", "a"]
    jobs.dismiss("a")
    assert [job.id for job in jobs.shown] == ["bad"]


def test_a_job_in_words() -> None:
    """Figures only where there are some; while it is paused there is no speed."""
    files = (
        JobFile(name="one", done_bytes=GB, total_bytes=GB),
        JobFile(name="two", done_bytes=GB // 2, total_bytes=2 * GB),
    )
    runs = replace(
        JOB, stage="fetch", done_bytes=3 * GB // 2, total_bytes=3 * GB, bytes_per_s=25e6, eta_s=61.0, files=files
    )
    said = words.job(runs)
    assert (said.state, said.file) == ("Downloading", "1 of 2 files  ·  two 25 %")
    assert said.progress == "1.5 GB of 3.0 GB  ·  25 MB/s  ·  1 min 1 s left"
    assert words.share(runs) == 0.5
    assert words.job(replace(runs, stage="verify")).state == "Checking what arrived"
    paused = words.job(replace(runs, state=JobState.PAUSED, bytes_per_s=None, eta_s=None))
    assert paused.progress == "1.5 GB of 3.0 GB"
    assert words.job(JOB).progress == ""
    assert words.share(JOB) is None


def test_a_row_is_made_anew_only_where_something_changed() -> None:
    """There may be ten thousand of them, and an answer of the plan is about one."""
    other = replace(ENTRY, id="x", path="/models/x.gguf")
    here, fits = RowsHere(), dict[str, Fit]()
    before = here.rows([ENTRY, other], fits.get)
    fits["/models/x.gguf"] = Fit(verdict="fits")
    after = here.rows([ENTRY, other], fits.get)
    assert after[0] is before[0]
    assert (before[1].verdict, after[1].verdict) == (None, "fits")
    assert [row.library_id for row in here.rows([other], fits.get)] == ["x"]


def test_a_list_that_unfolds_has_a_few_models_and_the_one_chosen(qapp: object) -> None:
    models = [replace(MODEL, id=str(number)) for number in range(MOST_IN_A_LIST + 5)]
    few = [model.id for model in a_few(models, str(MOST_IN_A_LIST + 2))]
    assert few == [*map(str, range(MOST_IN_A_LIST)), str(MOST_IN_A_LIST + 2)]
    box = QComboBox()
    box.addItems(few)
    say_more(box, len(models))
    assert (box.count(), box.itemText(box.count() - 1)[:6]) == (MOST_IN_A_LIST + 2, "4 more")
    assert not box.model().flags(box.model().index(box.count() - 1, 0)) & Qt.ItemFlag.ItemIsEnabled
    say_more(box, box.count())
    assert box.count() == MOST_IN_A_LIST + 2
