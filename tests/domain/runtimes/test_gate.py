"""From what was seen of a runtime to its verdict."""

from dataclasses import replace

import pytest

from engineroom.domain.runtimes.gate import (
    NEEDED_ARGUMENTS,
    NEEDED_OPTIONS,
    Busy,
    Ran,
    Seen,
    Smoke,
    better,
    is_slower,
    is_tool_call,
    judge,
)
from engineroom.domain.runtimes.values import GateStep, Outcome
from engineroom.domain.runtimes.wire import gate_of, to_json
from engineroom.domain.trtllm.probed import ProbedVersion

CALL = {"tool_calls": [{"function": {"name": "get_weather", "arguments": '{"city": "Paris"}'}}]}
PROBED = ProbedVersion(
    text="1.2.1", options=dict.fromkeys(NEEDED_OPTIONS, ()), arguments=dict.fromkeys(NEEDED_ARGUMENTS, ())
)
GOOD = Seen(
    wanted_version="1.2.1", version="1.2.1", version_line="", cuda="13.0", options=Ran("", ""), arguments=Ran("", ""),
    probed=PROBED, smoke=Smoke(tokens_per_s=100.0, tool_call=CALL), model="/models/tiny",
    reference="old", reference_smoke=Smoke(tokens_per_s=100.0),
)  # fmt: skip


def judged(**changes: object) -> tuple[Outcome, dict[str, str]]:
    """Verdict, and what is not passed with its reason."""
    result = judge(replace(GOOD, **changes), now_unix_s=1.0)  # type: ignore[arg-type]
    assert gate_of(to_json(result)) == result, "it survives being written down"
    return result.verdict, {check.step: check.reason for check in result.checks if check.outcome is not Outcome.PASSED}


def test_all_is_well() -> None:
    assert judged() == (Outcome.PASSED, {})


@pytest.mark.parametrize(
    ("changes", "step", "reason"),
    [
        ({"version": None, "version_line": "no such file"}, GateStep.VERSION, "version_unread"),
        ({"version": "1.2.0"}, GateStep.VERSION, "version_differs"),
        ({"cuda": "12.8"}, GateStep.CUDA, "cuda_differs"),
        ({"probed": replace(PROBED, options=None)}, GateStep.OPTIONS, "help_unread"),
        ({"probed": replace(PROBED, options={"--host": ()})}, GateStep.OPTIONS, "options_missing"),
        ({"probed": replace(PROBED, arguments=None)}, GateStep.ARGUMENTS, "arguments_unread"),
        ({"probed": replace(PROBED, arguments={"model": ()})}, GateStep.ARGUMENTS, "arguments_missing"),
        ({"smoke": Smoke(tokens_per_s=100.0, tool_call={"content": "hi"})}, GateStep.TOOL_CALL, "tool_call_wrong"),
        ({"smoke": Smoke(tokens_per_s=89.9, tool_call=CALL)}, GateStep.SPEED, "slower"),
        ({"smoke": Smoke(tokens_per_s=None, tool_call=CALL)}, GateStep.SPEED, "speed_unknown"),
    ],
)
def test_one_thing_wrong_is_one_reason(changes: dict[str, object], step: GateStep, reason: str) -> None:
    assert judged(**changes) == (Outcome.FAILED, {step: reason})


def test_what_it_said_instead_of_a_call_is_quoted() -> None:
    checks = judge(replace(GOOD, smoke=Smoke(tool_call={"content": "It is 12 o'clock."})), now_unix_s=1.0).checks
    (found,) = (check.facts["found"] for check in checks if check.reason == "tool_call_wrong")
    assert found == '"It is 12 o\'clock."'


def test_ten_per_cent_slower_is_still_good() -> None:
    assert judged(smoke=Smoke(tokens_per_s=90.0, tool_call=CALL)) == (Outcome.PASSED, {})


def test_what_was_slower_once_and_quick_the_second_time_was_disturbed() -> None:
    slow, quick, old = Smoke(tokens_per_s=80.0, tool_call=CALL), Smoke(tokens_per_s=99.0), Smoke(tokens_per_s=100.0)
    assert is_slower(slow, old)
    assert not is_slower(quick, old)
    assert not is_slower(slow, None)
    assert not is_slower(Smoke(), old)
    assert better(slow, quick) is quick
    assert better(quick, slow) is quick
    assert better(slow, Smoke(failure="CUDA out of memory")) is slow
    assert better(slow, Smoke()) is slow


def test_a_serve_that_failed_ends_it() -> None:
    verdict, reasons = judged(smoke=Smoke(failure="CUDA out of memory"))
    assert verdict is Outcome.FAILED
    assert reasons == {"serve": "serve_failed", "tool_call": "not_reached", "speed": "not_reached"}
    _, reasons = judged(smoke=Smoke(failure="x", reason="serve_ended", facts={"status": 3}))
    assert reasons["serve"] == "serve_ended", "where it said nothing, a code says how it ended"


@pytest.mark.parametrize("skipped", ["no_card", "no_model"])
def test_what_was_not_tried_is_not_passed(skipped: str) -> None:
    verdict, reasons = judged(smoke=None, skipped=skipped)
    assert verdict is Outcome.NOT_RUN
    assert set(reasons.values()) == {skipped}
    assert not judge(replace(GOOD, smoke=None, skipped=skipped), now_unix_s=1.0).usable


def test_without_a_card_a_failing_import_proves_nothing() -> None:
    verdict, reasons = judged(smoke=None, skipped="no_card", probed=None)
    assert verdict is Outcome.NOT_RUN
    assert reasons["options"] == reasons["arguments"] == "no_card"


def test_nothing_to_compare_and_no_parser_keep_nothing_from_it() -> None:
    result = judge(replace(GOOD, smoke=Smoke(tokens_per_s=5.0), reference=None, reference_smoke=None), now_unix_s=1.0)
    assert result.verdict is Outcome.PASSED
    assert result.usable
    reasons = {check.step: check.reason for check in result.checks if check.outcome is Outcome.NOT_RUN}
    assert reasons == {"tool_call": "no_tool_parser", "speed": "nothing_to_compare"}


def test_a_slower_one_may_be_chosen_by_hand() -> None:
    assert judge(replace(GOOD, smoke=Smoke(tokens_per_s=5.0, tool_call=CALL)), now_unix_s=1.0).usable


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"tool_calls": []},
        {"tool_calls": [{"function": {"name": "other", "arguments": "{}"}}]},
        {"tool_calls": [{"function": {"name": "get_weather", "arguments": "{half"}}]},
        {"tool_calls": [{"function": {"name": "get_weather", "arguments": "[1]"}}]},
        {"tool_calls": [{"function": {"name": "get_weather"}}]},
        "text",
        None,
    ],
)
def test_what_is_no_tool_call(message: object) -> None:
    assert not is_tool_call(message)
    assert is_tool_call(CALL)


def test_a_card_that_is_held_is_named_and_nothing_is_measured_beside_another() -> None:
    busy = Busy(card="NVIDIA GeForce RTX 5090", holders="python (pid 7, 20.0 GiB)")
    verdict, reasons = judged(smoke=None, busy=busy)
    assert verdict is Outcome.NOT_RUN
    assert set(reasons.values()) == {"card_busy"}
    checks = judge(replace(GOOD, smoke=None, busy=busy), now_unix_s=1.0).checks
    assert checks[-1].facts == {"card": busy.card, "holders": busy.holders}
    assert judged(crowd=busy) == (Outcome.NOT_RUN, {GateStep.SPEED: "card_busy"})
