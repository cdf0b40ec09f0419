"""What a problem's code leaves open is said in the language of the window, whoever found it out."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from engineroom.contract.connect import Api, ProbeAnswer, judge_answer
from engineroom.contract.control import ProblemView
from engineroom.contract.details import FINDINGS, GATE, OS_ERRORS, PARSE_FAULTS, WORDS, Detail
from engineroom.contract.doctor import STEPS, FixAction, FixResult, FixStep
from engineroom.contract.notes import Note
from engineroom.contract.problems import MESSAGE, Code, ErrorBody
from engineroom.domain.details import because, together
from engineroom.domain.fix_steps import step, worded
from engineroom.domain.reason import Reason
from engineroom.domain.runtimes.preflight import FACTS_OF, Check, Finding, Level
from engineroom_ui.link.http import problem_in
from engineroom_ui.text import chat_notes, connect, details, faults, fix_steps, language, plan, problems, tables
from engineroom_ui.text.language import Language

CODES = [*Detail, *FINDINGS, *GATE, *OS_ERRORS, *PARSE_FAULTS]
PLACES = re.compile(r"\{(\w+)\}")
SPOKEN = (Language.GERMAN, Language.CHINESE)


@pytest.fixture(params=SPOKEN)
def spoken(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Language]:
    """Each language in turn."""
    chosen: Language = request.param
    heard = language.speak(chosen)
    yield chosen
    language.be_silent(heard)


def english(code: str) -> str:
    if code in FINDINGS:
        return " ".join(FINDINGS[code])
    return {**WORDS, **GATE, **OS_ERRORS, **PARSE_FAULTS}[code]


def facts_of(code: str) -> dict[str, str | int]:
    return {name: 7 if name.endswith("_bytes") else f"<{name}>" for name in PLACES.findall(english(code))}


def test_every_detail_is_marked_for_translation_as_the_daemon_says_it() -> None:
    assert tuple(WORDS) == tuple(Detail)
    assert set(details.DETAILS) == set(WORDS.values())
    assert set(details.FINDINGS_SAID) == {text for pair in FINDINGS.values() for text in pair if text}
    assert set(details.GATE_SAID) == set(GATE.values())
    assert not set(Detail) & {*FINDINGS, *GATE, *Code}
    assert not set(FINDINGS) & set(GATE)
    assert set(details.OS_SAID) == set(OS_ERRORS.values())
    assert not set(OS_ERRORS) & {*Detail, *FINDINGS, *GATE, *Code}
    assert set(faults.FAULTS_SAID) == set(PARSE_FAULTS.values())
    assert not set(PARSE_FAULTS) & {*Detail, *FINDINGS, *GATE, *OS_ERRORS, *Code}
    assert set(fix_steps.SAID) == set(STEPS.values())
    assert set(STEPS) == set(FixStep)
    assert not set(STEPS) & {*CODES, *Code}


def test_each_is_said_in_both_languages_with_its_facts(spoken: Language) -> None:
    for code in CODES:
        facts = facts_of(code)
        said = details.detail(code, facts)
        assert said is not None
        assert said.casefold() != english(code).format_map(facts).strip().casefold(), code
        assert all(str(value) in said for value in facts.values() if isinstance(value, str)), code


def test_the_words_of_a_detail_stand_in_the_sentence_of_its_problem(spoken: Language) -> None:
    told = because(Detail.SETTING_PAIR, key="server.port", other="its-other-half")
    for code in Code:
        open_here = {"reason", "allowed"} & set(PLACES.findall(" ".join(problems.TEXTS[code])))
        whole = problems.sentence(ProblemView(code=code, facts={**told, "allowed": told["reason"]})).whole
        assert str(told["reason"]) not in whole, code
        assert ("its-other-half" in whole) == bool(open_here), code


def test_every_line_of_a_fix_is_said_in_both_languages_with_its_facts(spoken: Language) -> None:
    for code in FixStep:
        names = PLACES.findall(STEPS[code])
        one = step(code, **{name: 3 * 2**30 if name.endswith("_bytes") else f"<{name}>" for name in names})
        said = fix_steps.step(one)
        assert said is not None
        assert said.casefold() != worded((one,))[0].casefold(), code
        whole = "3,0 GiB" if spoken is Language.GERMAN else "3.0 GiB"
        assert all((whole if name.endswith("_bytes") else f"<{name}>") in said for name in names), code


def test_a_line_of_a_fix_that_is_not_known_here_is_told_as_the_daemon_says_it(spoken: Language) -> None:
    doubt = step(FixStep.NEEDS_YES, **because(Detail.TIGHT))
    steps = (step(FixStep.START_NEW), Reason(code="brand_new"), step(Detail.FIX_COMMAND, command="sh"), doubt)
    result = FixResult(engine="e", fix=FixAction.WAIT, dry_run=True, lines=("one", "two", "three", "four"))
    assert fix_steps.told(result) == result.lines, "an engine room without codes"
    first, unknown, command, yes = fix_steps.told(replace(result, steps=steps))
    assert (first == "one", unknown, command == "three") == (False, "two", False)
    assert "estimate" not in yes
    assert len(yes) > len("four")


def test_several_are_told_one_after_the_other(spoken: Language) -> None:
    doubts = [
        Reason(code=Detail.TIGHT),
        Reason(code=Detail.PRECISION_DOUBTED, facts={"precision": "fp8", "support": "untested"}),
    ]
    facts = {"model": "M", "gpu": "G", **together(doubts, "two doubts in English")}
    whole = problems.sentence(ProblemView(code=Code.BUILD_NEEDS_YES, facts=facts)).whole
    assert "two doubts" not in whole
    assert "untested" not in whole
    assert whole.count("; " if spoken is Language.GERMAN else "\uff1b") == 1


def test_facts_of_two_details_of_one_kind_are_kept_apart(qtbot: QtBot) -> None:
    cards = [Reason(code="card_unsupported", facts={"card": name, "note": "not built"}) for name in ("One", "Two")]
    found = Reason(code="disk_short", facts={"path": "/p", "needs_bytes": 2, "free_bytes": 1, "source": "S"})
    facts = {"runtime": "r", **together([*cards, found], "in English")}
    what = problems.sentence(ProblemView(code=Code.RUNTIME_BLOCKED, facts=facts)).what
    assert "for One: not built." in what
    assert "for Two: not built." in what
    assert "/p has 1 bytes free" in what


def test_a_problem_may_be_the_detail_of_another(spoken: Language) -> None:
    inner = Reason(code=Code.GGUF_TRUNCATED, facts={"path": "/m.gguf", "needs_bytes": 9, "has_bytes": 4})
    facts = {**together([inner], "cut short in English"), "path": "m.gguf", "wrong": 1, "files": 2}
    assert "cut short" not in problems.sentence(ProblemView(code=Code.MODEL_DAMAGED, facts=facts)).whole


def test_a_detail_that_is_not_known_here_is_told_as_the_daemon_says_it(spoken: Language) -> None:
    facts = {"path": "/s.toml", "detail": "brand_new", "reason": "the moon is full"}
    assert "the moon is full" in problems.sentence(ProblemView(code=Code.SETTINGS_BROKEN, facts=facts)).what
    both = {**together([Reason(code=Detail.TIGHT), Reason(code="brand_new")], "all of it in English"), "gpu": "G"}
    assert "all of it in English" in problems.sentence(ProblemView(code=Code.BUILD_NEEDS_YES, facts=both)).what


def test_a_code_that_is_not_known_here_keeps_the_sentence_of_the_daemon(spoken: Language) -> None:
    newer = ErrorBody(message="The moon is full. Wait.", type="x", param=None, code="brand_new", facts={"moon": "full"})
    assert problems.sentence(problem_in(newer)).whole.replace(" ", "") == "Themoonisfull.Wait.(brand_new)"
    known = ErrorBody(message="No.", type="x", param=None, code=Code.NOT_FOUND, facts={"path": "/x"})
    assert MESSAGE not in problem_in(known).facts
    assert "E: 17" in problems.sentence(ProblemView(code="brand_new", facts={"line": "E: 17"})).what


def test_notes_beside_an_answer_are_said_in_both_languages(spoken: Language) -> None:
    assert set(chat_notes.NOTES) == set(Note)
    assert all(text == note for note, text in chat_notes.NOTES.items())
    header = "max_tokens 32000 was lowered to 3, which is what the context of 4096 leaves; ignored: store; a new one"
    told = chat_notes.told(header)
    assert "lowered" not in told
    assert "ignored" not in told
    assert "store" in told
    assert "a new one" in told
    assert chat_notes.told("") == ""


def test_what_an_engine_room_refuses_in_a_test_of_connect_is_said_in_both_languages(spoken: Language) -> None:
    error = {
        "code": "engine_failed",
        "message": "The engine does not run.",
        "facts": {"model": "M", "cause": "load_failed"},
    }
    answer = ProbeAnswer(status=503, body=json.dumps({"error": error}).encode(), reason="", strange=False, ms=1.0)
    (refused, *_) = judge_answer(Api.CHAT, answer)
    told = connect.said(refused)
    assert "does not run" not in told
    assert "load_failed" not in told
    assert "(engine_failed)" in told
    strange = replace(answer, body=b'{"error": {"message": "No more credit."}}')
    assert "No more credit." in connect.said(judge_answer(Api.CHAT, strange)[0])


def test_an_error_of_this_computer_is_said_in_both_languages(spoken: Language) -> None:
    assert details.os_error(OSError(28, os.strerror(28))) not in {"No space left on device", ""}
    assert details.os_error(OSError("odd.")) == "odd"


def test_what_the_daemon_puts_together_is_said_in_both_languages(spoken: Language) -> None:
    for text in ("exit code 3", "signal 40", "process 7"):
        said = tables.phrased(text)
        assert said.casefold() != text.casefold() or spoken is Language.GERMAN
        assert text.split()[-1] in said
    assert tables.phrased("SIGSEGV") == "SIGSEGV"
    assert "the driver" not in tables.phrased("python3 (pid 7; it has ended, and the driver still lists it)")
    assert "Held" not in plan.holders([("process 7", None)])
    assert "process" not in plan.holders([("process 7", None)])


def test_findings_of_a_look_are_told_and_unknown_ones_left_to_the_daemon(spoken: Language) -> None:
    for code, names in FACTS_OF.items():
        found = Finding(check=Check.DISK, level=Level.WARNING, code=code, facts=dict.fromkeys(names, "F"))
        assert details.finding(found)
        assert "{" not in details.finding(found)
    assert details.finding(Finding(check=Check.DISK, code="brand_new")) == ""
    assert all(details.check(check) for check in Check)
