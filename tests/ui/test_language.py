"""Which language the window speaks, and how its strings get into the catalogues."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from pytestqt.qtbot import QtBot

from checks import translations
from engineroom.adapters.client_guides import load_guides
from engineroom.adapters.matrix import load_matrix
from engineroom.adapters.xid_table import load_xid_table
from engineroom.contract.control import ProblemView
from engineroom.contract.problems import Code
from engineroom.domain.details import Detail, because
from engineroom.domain.job import JobState
from engineroom.domain.planning.values import Support
from engineroom.domain.runtimes.uv_output import InstallStage
from engineroom.domain.sealed.values import BuildStage
from engineroom.domain.traits import Task
from engineroom_ui.pages.settings import Section, SettingsPage
from engineroom_ui.shell.registry import Place
from engineroom_ui.text import connect_table, engines, language, plan_reasons, problems, sentences, tables
from engineroom_ui.text.language import Language
from window_kit import OpenWindow, StartFake, Until, ask, connected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("de_AT", Language.GERMAN),
        ("zh_CN", Language.CHINESE),
        ("zh_SG", Language.CHINESE),
        ("zh_TW", Language.ENGLISH),
        ("en_GB", Language.ENGLISH),
        ("pt_BR", Language.ENGLISH),
    ],
)
def test_the_system_is_followed_where_there_is_its_language(name: str, expected: Language) -> None:
    assert language.resolve(Language.SYSTEM, QLocale(name)) is expected


def test_a_choice_counts_more_than_the_system() -> None:
    assert language.resolve(Language.CHINESE, QLocale("de_DE")) is Language.CHINESE


@pytest.mark.parametrize(
    ("text", "expected"), [("de", Language.GERMAN), ("", Language.SYSTEM), ("xx", Language.SYSTEM)]
)
def test_a_choice_that_is_not_known_means_the_systems(text: str, expected: Language) -> None:
    assert language.chosen(text) is expected


def test_another_language_is_chosen_while_an_answer_streams(
    start_fake: StartFake, open_window: OpenWindow, until: Until
) -> None:
    """The answer goes on to its end; the next window speaks it, and one button opens that window."""
    start_fake("--serving", "--desk", "--token-s", "0.1")
    desktop = open_window()
    until(connected(desktop))
    window = desktop.window
    ask(desktop, "What is the capital of France?")
    answer = window.chat.pane.answers[0]
    until(lambda: bool(answer.text))
    window.show_page(Place.SETTINGS, str(Section.WINDOW))
    page = window.pages.page(Place.SETTINGS)
    assert isinstance(page, SettingsPage)
    before = page.look.language.currentIndex()
    assert page.look.reopen.isHidden()
    page.look.language.setCurrentIndex(page.look.language.findData(Language.GERMAN))
    assert not page.look.reopen.isHidden()
    until(lambda: "tok/s" in answer.note)
    assert "Paris" in answer.text
    assert window.header.title == "Settings"
    page.look.language.setCurrentIndex(before)
    assert page.look.reopen.isHidden(), "what is spoken already waits for nothing"
    page.look.language.setCurrentIndex(page.look.language.findData(Language.GERMAN))
    window.hides = lambda: True
    page.look.reopen.click()
    until(lambda: not window.isVisible())
    assert desktop.again
    other = open_window().window
    until(lambda: other.header.title == "Einstellungen")


def test_dialogs_of_qt_speak_it_too_and_fall_silent_again(qtbot: QtBot) -> None:
    spoken = language.speak(Language.GERMAN)
    try:
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    finally:
        language.be_silent(spoken)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_strings_of_the_source_are_collected_and_come_back_translated(tmp_path: Path, qtbot: QtBot) -> None:
    source = tmp_path / translations.SOURCE / "one.py"
    source.parent.mkdir(parents=True)
    source.write_text('translate("words", "Serving {n} requests")\nmark("words", "Stopped")\n')
    catalogue = tmp_path / "x_de.ts"
    translations.collect(tmp_path, catalogue)
    assert [message.source for message in translations.messages(catalogue)] == ["Serving {n} requests", "Stopped"]
    assert len(list(translations.faults_of("de", translations.messages(catalogue)))) == 2
    text = catalogue.read_text().replace(' type="unfinished"', "")
    catalogue.write_text(text.replace("<translation>", "<translation>Bedient {m}", 1))
    faults = list(translations.faults_of("de", translations.messages(catalogue)))
    assert ["placeholders" in fault for fault in faults] == [True, False]


def test_two_strings_of_a_menu_do_not_share_a_letter() -> None:
    def one(source: str, text: str) -> translations.Message:
        return translations.Message(context="Menus", source=source, text=text, finished=True)

    shared = [one("&Serve", "启动(&S)"), one("&Copy", "复制(&s)")]
    assert [fault.partition("have")[2] for fault in translations.faults_of("zh_CN", shared)] == [" the letter S"]
    assert not list(translations.faults_of("zh_CN", [shared[0], one("&Copy", "复制(&C)")]))
    (fault,) = translations.faults_of("zh_CN", [one("&Quit", "退出")])
    assert "letters" in fault


def test_chinese_puts_its_own_marks_between_parts(qtbot: QtBot) -> None:
    spoken = language.speak(Language.CHINESE)
    try:
        assert sentences.listed(["FP8", "BF16"]) == "FP8、BF16"
        assert sentences.ended("FP8 需要 SM 8.9") == "FP8 需要 SM 8.9。"
        assert sentences.both("端口已被占用。", "请换一个。") == "端口已被占用。请换一个。"
        assert sentences.both("no such file", "请换一个。") == "no such file。请换一个。"
        assert sentences.both("CUDA out of memory.", "请换一个。") == "CUDA out of memory. 请换一个。"
        assert engines.compared("json_schema", "wrong") == "否"
        assert engines.compared("kind", "compiled") == "编译型"
    finally:
        language.be_silent(spoken)
    assert sentences.ended("The port is taken.") == sentences.ended("The port is taken") == "The port is taken."
    assert sentences.both("The port is taken", "Choose another.") == "The port is taken. Choose another."
    assert sentences.both("The port is taken.", "Choose another.") == "The port is taken. Choose another."
    assert sentences.both("Wait...", "Choose another.") == "Wait... Choose another."
    assert sentences.listed(["FP8", "BF16"]) == "FP8, BF16"
    assert engines.compared("context_tokens", "32768") == "32,768"
    assert engines.compared("revision", "0123456789abcdef") == "0123456789ab"


def test_a_string_that_is_put_together_cannot_be_collected(tmp_path: Path) -> None:
    source = tmp_path / translations.SOURCE / "one.py"
    source.parent.mkdir(parents=True)
    source.write_text('self.tr(f"{count} models")\nself.tr("one")\n')
    assert list(translations.unreadable_calls(tmp_path)) == [
        "ui/engineroom_ui/one.py:1: a string to translate must be a literal"
    ]


def test_no_string_of_the_window_is_put_together() -> None:
    assert list(translations.unreadable_calls(translations.ROOT)) == []


def test_what_the_table_of_programs_says_can_be_translated() -> None:
    guides = load_guides()
    assert {note for guide in guides for note in guide.notes} == set(connect_table.NOTES)
    assert set(connect_table.PLACES) <= {one.where for guide in guides for one in guide.snippet}
    assert set(connect_table.SOURCES) <= {part for guide in guides for part in guide.source.split("; ")}


def test_what_the_tables_of_errors_and_precisions_say_can_be_translated() -> None:
    xids = load_xid_table().values()
    assert {xid.meaning for xid in xids} == set(tables.XID_MEANINGS)
    assert {xid.remedy for xid in xids} == set(tables.XID_REMEDIES)
    matrix = load_matrix()
    against = {row.note for row in matrix.rows if row.support is not Support.SUPPORTED}
    against |= {architecture.note for architecture in matrix.architectures.values()}
    assert against - {""} <= set(tables.NOTES)
    assert {*JobState, *BuildStage, *InstallStage, *Task} <= set(tables.CODES)


def test_a_note_of_a_table_is_told_in_german(qtbot: QtBot) -> None:
    spoken = language.speak(Language.GERMAN)
    try:
        told = plan_reasons.reason({"code": "broken", "subject": "model", "name": "Some", "note": "absent"})
        assert told == "Bekanntlich defekt: die Modellklasse Some. Fehlt dort."
        assert tables.told("what no table has") == "what no table has"
        old = {"code": "driver_too_old", "subject": "driver", "name": "570", "note": "driver 570, needs 580"}
        assert plan_reasons.reason(old).endswith("Driver 570, needs 580."), "of an older engine room"
        told = plan_reasons.reason({**old, "part": "driver", "needs": "580"})
        assert told.endswith("Treiber 570, nötig ist 580.")
    finally:
        language.be_silent(spoken)


def test_codes_in_the_facts_of_a_problem_are_told_in_german(qtbot: QtBot) -> None:
    spoken = language.speak(Language.GERMAN)
    try:
        ended = problems.sentence(ProblemView(code=Code.JOB_ENDED, facts={"job": "7", "state": "cancelled"}))
        assert ended.what == "Der Auftrag 7 ist schon abgebrochen."
    finally:
        language.be_silent(spoken)


def test_words_of_the_daemon_inside_a_sentence_are_in_its_language_too(qtbot: QtBot) -> None:
    facts = {"model": "Qwen3-8B", "gpu": "RTX 4060", **because(Detail.DOES_NOT_FIT)}
    spoken = language.speak(Language.CHINESE)
    try:
        what = problems.sentence(ProblemView(code=Code.BUILD_REFUSED, facts=facts)).what
        assert what.endswith("显卡的显存容纳不下。")
        strange = problems.sentence(
            ProblemView(code=Code.BUILD_REFUSED, facts={"model": "M", "gpu": "G", "reason": "E: 17."})
        ).what
        assert strange.endswith("E: 17。")
    finally:
        language.be_silent(spoken)


def test_every_language_is_complete_and_compiled() -> None:
    assert translations.check_tree(translations.ROOT) == []
