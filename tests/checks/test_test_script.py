"""test.sh: two lanes side by side, what they say, and how it is counted. Linters and pytest are small fakes."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.test_scripts import VENV_TOOLS, Checkout, checkout
from checks.uv_tool import ROOT

__all__ = ["checkout"]

WELL = ("echo '== 3 passed, 1 skipped in 0.10s =='", "echo '== 2 passed in 0.10s =='")
LANE = """
case "$*" in
*budgets.py) exit 0 ;;
*--last-failed*) echo again "$@"; {again} ;;
*--ignore=*) echo second "$TMPDIR" "$XDG_RUNTIME_DIR" "$@"; {second} ;;
*tests/e2e*) echo first "$TMPDIR" "$XDG_RUNTIME_DIR" "$@"; {first} ;;
*) echo alone "$@"; {first} ;;
esac
"""
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(checkout: Checkout, tmp_path: Path) -> Run:
    """Runs test.sh with these words of the two lanes."""
    checkout.set_up("desktop", "dev")
    checkout.program("python3", "echo /usr/bin/python3")
    checkout.program("uv", "echo uv 0.13.9")
    for name in VENV_TOOLS:
        checkout.program(name, "exit 0")
    for file in ROOT.glob("tests/e2e/*.py"):
        checkout.root.joinpath(file.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        checkout.root.joinpath(file.relative_to(ROOT)).touch()

    def run(
        first: str = WELL[0], second: str = WELL[1], arguments: str = "", again: str = "exit 9", **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        checkout.program("python", LANE.format(first=first, second=second, again=again))
        return checkout.bash(f"'{checkout.root}/packaging/test.sh' {arguments}", TMPDIR=str(tmp_path), **environment)

    return run


def last(answer: "subprocess.CompletedProcess[str]") -> str:
    return answer.stdout.splitlines()[-1]


def test_the_last_line_sums_both_lanes(run: Run, tmp_path: Path) -> None:
    answer = run()
    assert (answer.returncode, last(answer)) == (0, "5 passed, 0 failed, 1 skipped")
    assert {"== checks", "== ruff check", "== mypy", "== import contracts", "== budgets"} <= {
        line.removeprefix("engineroom: ") for line in (answer.stdout + answer.stderr).splitlines()
    }
    assert not list(tmp_path.glob("tmp.*")), "nothing is left behind"


def test_each_lane_has_its_own_places_and_together_they_have_every_test(run: Run) -> None:
    said = {line.split()[0]: line.split()[1:] for line in run().stdout.splitlines() if line}
    first, second = said["first"], said["second"]
    assert len({*first[:2], *second[:2]}) == 4
    files = [word for word in first if word.startswith("tests/")]
    assert files
    assert all((ROOT / file).is_file() for file in files)
    assert second[-len(files) - 1 :] == ["tests", *(f"--ignore={file}" for file in files)]
    assert first[-len(files) :] == files


def test_bytecode_is_kept_wherever_it_runs(run: Run) -> None:
    """Many containers say that it is not to be; then each of hundreds of programs would be compiled anew."""
    asks = "echo bytecode ${PYTHONDONTWRITEBYTECODE-kept}; "
    answer = run(asks + WELL[0], asks + WELL[1], PYTHONDONTWRITEBYTECODE="1")
    assert answer.stdout.splitlines().count("bytecode kept") == 2
    assert last(answer) == "5 passed, 0 failed, 1 skipped"


def test_a_lane_is_shown_whole(run: Run) -> None:
    """However their lines came about."""
    slow = "for n in 1 2 3; do echo {0} $n; sleep 0.2; done; echo '== 1 passed in 1s =='"
    lines = run(slow.format("a"), slow.format("b")).stdout.splitlines()
    for lane in "ab":
        at = lines.index(f"{lane} 1")
        assert lines[at : at + 3] == [f"{lane} {n}" for n in (1, 2, 3)]


def test_failures_and_errors_are_counted_and_the_status_is_theirs(run: Run) -> None:
    answer = run(
        second="echo '== 3 failed, 2 passed, 4 deselected, 1 xfailed, 3 errors in 62.10s (0:01:02) =='; exit 1"
    )
    assert (answer.returncode, last(answer)) == (1, "5 passed, 6 failed, 2 skipped")
    assert "Failed: tests 2\n" in answer.stderr
    assert "again" not in answer.stdout, "six are no accident"


def test_a_few_failed_tests_run_once_more_alone_and_are_named_where_they_pass_then(run: Run) -> None:
    lines = (
        "FAILED tests/a.py::test_a[x y] - oh: - no",
        "ERROR tests/b.py::test_b",
        "FAILED tests/b.py::test_c - 1 < 2",
    )
    first = [f"echo '{line}'" for line in (*lines, "== 2 failed, 4 passed, 1 error in 1.00s ==")]
    then = [f"echo '{line}'" for line in (lines[2], "== 1 failed, 2 passed in 1.00s ==")]
    answer = run(second="; ".join([*first, "exit 1"]), again="; ".join([*then, "exit 1"]))
    assert (answer.returncode, last(answer)) == (1, "9 passed, 1 failed, 1 skipped")
    assert "Failed: tests 2 again\n" in answer.stderr
    named = [line.rpartition(": ")[2] for line in answer.stderr.splitlines() if "passed alone" in line]
    assert named == ["tests/a.py::test_a[x y]", "tests/b.py::test_b"]
    asked = next(line.split() for line in answer.stdout.splitlines() if line.startswith("again "))
    second = next(line.split() for line in answer.stdout.splitlines() if line.startswith("second "))
    assert asked[-2:] == second[-2:], "of that lane's tests"
    caches = [[word for word in words if word.startswith("cache_dir=")] for words in (asked, second)]
    assert caches[0][-1] == caches[1][-1], "where pytest has kept which failed"

    then = ["echo '== 3 passed in 1.00s =='"]
    answer = run(second="; ".join([*first, "exit 1"]), again=then[0])
    assert (answer.returncode, last(answer)) == (0, "10 passed, 0 failed, 1 skipped")
    assert answer.stderr.count("passed alone") == 3


def test_a_second_run_that_dies_is_a_failure(run: Run) -> None:
    answer = run(
        first="echo 'FAILED tests/e2e/a.py::test_a'; echo '== 1 failed in 1.00s =='; exit 1", again="kill -9 $$"
    )
    assert (answer.returncode, last(answer)) == (137, "2 passed, 1 failed")
    assert "passed alone" not in answer.stderr


def test_what_fails_twice_is_failed_in_either_lane(run: Run) -> None:
    oh = "echo 'FAILED tests/e2e/a.py::test_a'; echo '== 1 failed, 1 passed in 1.00s =='; exit 1"
    answer = run(first=oh, second=oh, again=oh.replace(", 1 passed", ""))
    assert (answer.returncode, last(answer)) == (1, "2 passed, 2 failed")
    assert "passed alone" not in answer.stderr
    assert (
        "Failed: tests 1 again, tests 2 again\n" in answer.stderr
        or "Failed: tests 2 again, tests 1 again\n" in answer.stderr
    )


@pytest.mark.parametrize(
    ("end", "status"), [("kill -9 $$", 137), ("exit 3", 3), ("exit 0", 1), ("echo 'no tests ran in 0.01s'; exit 5", 5)]
)
def test_a_lane_that_dies_without_its_last_line_is_a_failure(run: Run, end: str, status: int) -> None:
    answer = run(first=end)
    assert (answer.returncode, last(answer)) == (status, "2 passed, 1 failed")


def test_a_linter_that_fails_is_a_failure_and_the_tests_run(run: Run, checkout: Checkout) -> None:
    checkout.program("mypy", "echo oh; exit 4")
    answer = run()
    assert (answer.returncode, last(answer)) == (4, "5 passed, 1 failed, 1 skipped")
    assert "oh" in answer.stdout.splitlines()
    assert "Failed: mypy\n" in answer.stderr


def test_with_arguments_it_is_one_plain_pytest(run: Run) -> None:
    answer = run(first="exit 7", arguments="tests/checks -x")
    assert (answer.returncode, last(answer)) == (7, "alone -m pytest -m not gpu tests/checks -x")
    assert "Failed: pytest\n" in answer.stderr


def test_ctrl_c_ends_both_lanes_and_shows_what_they_said(run: Run, checkout: Checkout, tmp_path: Path) -> None:
    """The shell starts them deaf to it; pytest listens again, as they do here."""
    # Held back until it is waited for: one that came just before a sleep would be heard after it.
    listens = (
        "import signal, sys, os, pathlib\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])\n"
        "signal.signal(signal.SIGINT, signal.SIG_DFL)\n"
        "pathlib.Path(sys.argv[1]).touch()\n"
        "signal.sigwait([signal.SIGINT])\n"
        "print('told', flush=True)\n"
        "os._exit(2)"
    )
    program, marks = tmp_path / "listens.py", [tmp_path / "a", tmp_path / "b"]
    program.write_text(listens, "utf-8")
    lanes = [f"exec '{sys.executable}' '{program}' '{mark}'" for mark in marks]
    checkout.program("python", LANE.format(first=lanes[0], second=lanes[1], again="exit 9"))
    with subprocess.Popen(
        [checkout.root / "packaging" / "test.sh"],
        env={"PATH": str(checkout.path), "HOME": str(checkout.root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as script:
        while not all(mark.exists() for mark in marks):
            assert script.poll() is None
        os.killpg(script.pid, signal.SIGINT)
        said, _ = script.communicate(timeout=60)
    assert script.returncode == 130
    assert said.splitlines().count("told") == 2


def test_what_ctrl_c_ends_of_the_script_itself_does_not_end_the_script(run: Run, checkout: Checkout) -> None:
    """It reaches whatever runs at that moment; a lane is shown all the same."""
    for name in ("cat", "awk"):
        checkout.program(name, "kill -INT $$")
    answer = run()
    assert (answer.returncode, last(answer)) == (1, "0 passed, 2 failed")
    assert answer.stdout.splitlines().count(WELL[0].split("'")[1]) == 1


def test_pytests_own_last_line_is_understood(checkout: Checkout, tmp_path: Path) -> None:
    cases = """
import pytest
def test_passes(): pass
def test_fails(): assert 0
def test_skipped(): pytest.skip()
@pytest.fixture
def broken(): raise OSError
def test_error(broken): pass
@pytest.mark.xfail
def test_xfailed(): assert 0
@pytest.mark.xfail
def test_xpassed(): pass
@pytest.mark.xfail(strict=True)
def test_strict(): pass
"""
    (tmp_path / "test_cases.py").write_text(cases, "utf-8")
    command = [sys.executable, "-m", "pytest", "-c", "/dev/null", "-p", "no:cacheprovider", "test_cases.py"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    (tmp_path / "said").write_text(said, "utf-8")
    tally = checkout.bash(f". '{checkout.root}/packaging/lanes.sh'; pytest_tally '{tmp_path}/said'")
    assert tally.stdout == "2 3 2\n", said
