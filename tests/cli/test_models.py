"""What the models' commands say and ask for, without a daemon."""

import pytest

from engineroom.cli import fit, models_view, pull
from engineroom.cli.fit import Fit, plan_reference
from engineroom.cli.job_watch import _Lines, duration, outcome, progress_words
from engineroom.cli.main import run
from engineroom.cli.output import size
from engineroom.contract.control import (
    JobFile,
    JobKind,
    JobStage,
    JobStageState,
    JobState,
    JobView,
    ProblemView,
    Verdict,
)
from engineroom.contract.models import HubHit, PullPreview, PullRequest
from engineroom.contract.problems import Exit
from engineroom.domain.errors import Broken, Code

MIB = 2**20


def job(**changes: object) -> JobView:
    values = {"id": "j1", "kind": JobKind.PULL, "subject": "a/b", "state": JobState.RUNNING, "created_at_s": 0.0}
    return JobView(**(values | changes))  # type: ignore[arg-type]


def preview(**changes: object) -> PullPreview:
    values = {
        "repo": "a/b", "revision": "c" * 40, "licence": None, "gated": True, "page": "https://hub.example/a/b",
        "remote_code": True, "choices": ("m.gguf",), "files": ("m.gguf",), "total_bytes": 8 * MIB,
        "fetch_bytes": 3 * MIB, "free_bytes": None,
    }  # fmt: skip
    return PullPreview(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "repo", "variant"),
    [
        (("a/b", None), "a/b", None),
        (("a/b:Q4_K_M", None), "a/b", "Q4_K_M"),
        (("a/b@main:Q4_K_M", None), "a/b@main", "Q4_K_M"),
        (("a/b:x", "Q8_0"), "a/b:x", "Q8_0"),
        (("https://hub.example/a/b", None), "https://hub.example/a/b", None),
    ],
)
def test_a_name_may_carry_its_set_of_weights(arguments: tuple[str, str | None], repo: str, variant: str | None) -> None:
    request = pull._request(*arguments, allow_code=False)
    assert (request.repo, request.variant) == (repo, variant)


def test_a_plan_is_asked_for_the_very_commit_and_weights() -> None:
    request = PullRequest(repo="a/b", revision="c" * 40, variant="sub/m-Q4_K_M.gguf")
    assert plan_reference(request) == f"a/b@{'c' * 40}:sub/m-Q4_K_M"
    assert plan_reference(PullRequest(repo="a/b")) == "a/b"


def test_of_several_sets_the_most_usual_is_judged() -> None:
    assert fit._most_usual(["m-Q8_0.gguf", "m-Q4_K_M.gguf", "m-IQ1_S.gguf"]) == "m-Q4_K_M"
    assert fit._most_usual(["m-IQ1_S.gguf", "m-IQ2_S.gguf"]) == "m-IQ1_S"


def test_a_preview_says_everything_before_the_first_byte(capsys: pytest.CaptureFixture[str]) -> None:
    known = Fit(verdict=Verdict.TIGHT, precision="q4_k_m", runtime="llama.cpp", gpu="Card", total_bytes=5 * 2**30,
                tokens_per_s=41.7)  # fmt: skip
    models_view.show_preview(preview(), known)
    text = capsys.readouterr().out
    parts = ("c" * 40, "licence: not said; gated, its page: https://hub.example/a/b", "--allow-code",
                 "8 MiB in 1 file, 3 MiB of it to fetch; not reported free",
                 "fits only just (q4_k_m) on Card with llama.cpp", "about 5.0 GiB, about 42 tokens/s (estimate)",
                 )  # fmt: skip
    assert [part for part in parts if part not in text] == []


def test_choices_come_with_their_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    several = preview(choices=("a.gguf", "b.gguf"), choice_bytes=(2 * MIB, None), files=(), total_bytes=None)
    models_view.show_preview(several, Fit(verdict=Verdict.UNKNOWN, why="No card."))
    text = capsys.readouterr().out
    assert "a.gguf  2 MiB" in text
    assert "b.gguf  not reported" in text
    assert "plan: not judged. No card." in text


def test_a_hit_without_figures() -> None:
    hit = HubHit(repo="a/b", revision=None, task=None, library=None, tags=(), downloads=None, likes=None,
                 parameters=None, licence=None, gated=None, modified_at=None)  # fmt: skip
    assert models_view.hit_words(hit, None) == "a/b"
    assert models_view.hit_words(hit, Fit(verdict=Verdict.NO)).startswith("[does not fit] a/b")


def test_how_far_a_job_is() -> None:
    going = job(done_bytes=3 * MIB, total_bytes=4 * MIB, bytes_per_s=MIB / 2, eta_s=3725.0)
    assert progress_words(going) == "75 %, 3 MiB of 4 MiB, 512 KiB/s, 1:02:05 left"
    assert progress_words(job(stage="verify")) == "verify"
    assert [duration(seconds) for seconds in (0.4, 59.6, 3599.9)] == ["0:00", "1:00", "1:00:00"]
    assert [size(count) for count in (None, 0, 2048, 3 * MIB, 2**31)] == [
        "not reported", "0 B", "2 KiB", "3 MiB", "2.0 GiB",
    ]  # fmt: skip


def test_the_stage_that_goes_on_is_the_last_one_at_most_and_named_once(capsys: pytest.CaptureFixture[str]) -> None:
    stages = tuple(JobStage(name=name, state=JobStageState.DONE) for name in ("trial", "seal"))
    going = job(stage="seal", stages=stages, eta_s=0.0, state=JobState.RUNNING)
    assert progress_words(going) == "seal (2 of 2), 0:00 left"
    _Lines().show(going)
    _Lines().show(job(stage="probe", state=JobState.RUNNING))
    _Lines().show(job(stage="pull", done_bytes=1, total_bytes=2, state=JobState.RUNNING))
    assert capsys.readouterr().out == "seal (2 of 2), 0:00 left\nprobe\npull: 50 %, 1 B of 2 B\n"


def test_what_became_of_a_job(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(None) is Exit.INTERRUPTED
    assert outcome(job(state=JobState.DONE)) is Exit.OK
    assert outcome(job(state=JobState.PAUSED)) is Exit.INTERRUPTED
    assert "engineroom jobs resume j1" in capsys.readouterr().err
    full = ProblemView(code=Code.DISK_FULL, facts={"path": "/disk"})
    with pytest.raises(Broken, match=Code.DISK_FULL):
        outcome(job(state=JobState.FAILED, problem=full))


def test_files_of_a_check_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    files = tuple(JobFile(name=f"f{number}", done_bytes=1, total_bytes=1, state="ok") for number in range(25))
    result = {"files": 25, "ok": 24, "unknown": 1}
    models_view.show_outcome(job(kind=JobKind.VERIFY, state=JobState.DONE, files=files, result=result))
    text = capsys.readouterr().out
    assert "  ok  f0" in text
    assert "and 5 more" in text
    assert "24 of 25 files are what they should be; 1 have no hash" in text


@pytest.mark.parametrize(
    "arguments",
    [["models", "pull"], ["models", "export"], ["models", "export", "x"], ["models", "bogus"], ["jobs", "pause"],
     ["models", "search", "--limit", "x"], ["models", "search", "--format", "pickle"], ["outbound", "--tail", "x"]],
)  # fmt: skip
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(arguments) == Exit.USAGE
    output = capsys.readouterr()
    assert output.out + output.err
