#!/usr/bin/env bash
# Every check of this checkout: linters, types, import contracts, budgets, tests. No GPU and no display needed.
# Exits with the status of the first check that failed, after running them all; the last line counts the tests.
# Arguments go to pytest, which then runs once, after the other checks.
# Lanes call functions by their names.
# shellcheck disable=SC2317
set -euo pipefail
# shellcheck source=packaging/lib.sh
source "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/lib.sh"
# shellcheck source=packaging/lanes.sh
source "$ROOT/packaging/lanes.sh"

# On a busy machine something can come too late for a test. So that this is not taken for a fault, nor a fault for this: up
# to so many failed tests of a lane run once more when nothing else does, and the end names those that passed only then.
ONCE_MORE=5

cd -- "$ROOT"
# Most tests wait for processes that they start. These are about half of the time; the second lane takes all others,
# whatever they are called.
FIRST_LANE=(tests/e2e/test_[!opq]*.py)
SECOND_LANE=(tests "${FIRST_LANE[@]/#/--ignore=}")
make_environment desktop dev
ensure_libraries engine offscreen || die 1 "The tests cannot run without them."
ensure_x_server || say "Without Xvfb the smoke run on an X server is left out."
find_python
find_uv
[[ $UV != "$PRIVATE"/* ]] || export PATH="$PRIVATE/bin:$PATH"

scratch=$(mktemp -d)
LANE_FILES=$scratch
trap 'lanes_kill; rm -rf "$scratch"' EXIT
# Hundreds of programs are started here. Python takes a second or two longer over one whose bytecode nobody keeps.
unset PYTHONDONTWRITEBYTECODE
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-$scratch}"
bin="$VENV/bin"

# failed NAME STATUS
failed() { printf '%s %s\n' "$2" "$1" >>"$scratch/failed"; }

# check NAME COMMAND...
check() {
    local name=$1 result=0
    shift
    say "== $name"
    "$@" || result=$?
    [[ $result -eq 0 ]] || failed "$name" "$result"
}

checks() {
    check "ruff check" "$bin/ruff" check .
    check "ruff format" "$bin/ruff" format --check .
    check "mypy" "$bin/mypy"
    check "import contracts" "$bin/lint-imports"
    check "budgets" "$bin/python" tests/checks/budgets.py
    if have shellcheck; then check "shellcheck" shellcheck -x packaging/*.sh .ci/run; fi
}

# tests NAME PYTEST-ARGUMENT...: one lane, with places of its own.
tests() {
    local place="$scratch/${1// /-}"
    shift
    mkdir -p "$place/tmp"
    mkdir -m 700 "$place/run"
    TMPDIR="$place/tmp" XDG_RUNTIME_DIR="$place/run" PYTEST_ADDOPTS="${PYTEST_ADDOPTS:-} --color=no" \
        exec "$bin/python" -m pytest -m "not gpu" -o "cache_dir=$place/cache" "$@"
}

# again NAME: the tests of this lane that failed.
again() {
    local paths=("${FIRST_LANE[@]}")
    [[ $1 == "tests 1" ]] || paths=("${SECOND_LANE[@]}")
    tests "${1#tests }-again" -o "cache_dir=$scratch/${1#tests }/cache" --last-failed --last-failed-no-failures none "${paths[@]}"
}

# passed_now NAME: says which tests of this lane failed at first only.
passed_now() {
    local name
    [[ $(pytest_tally "$LANE_FILES/$1 again.out") != "0 0 0" ]] || return 0
    while read -r name; do
        say "Failed beside the others and passed alone, so look at why: $name"
    done < <(passed_only_again "$LANE_FILES/$1.out" "$LANE_FILES/$1 again.out")
}

total=(0 0 0) # passed, failed, skipped
unsteady=()    # the lanes with tests to run once more

# ended NAME STATUS: counts. What failed without saying how many tests did, or without a word, is one failure.
ended() {
    local counts=(0 0 0) status=$2 index
    if [[ $1 == tests* ]]; then
        # A tally that Ctrl-C has ended counts as nothing.
        read -ra counts < <(pytest_tally "$LANE_FILES/$1.out") || counts=(0 0 0)
        [[ $status -ne 0 || ${counts[*]} != "0 0 0" ]] || status=1
        # pytest's status 1 says that it ran all, and some failed.
        if [[ $status -eq 1 && ${counts[1]} -gt 0 && ${counts[1]} -le $ONCE_MORE && $1 != *again ]]; then
            unsteady+=("$1")
            counts[1]=0 status=0
        fi
    fi
    if [[ $status -ne 0 ]]; then
        failed "$1" "$status"
        [[ ${counts[1]} -gt 0 ]] || counts[1]=1
    fi
    for index in 0 1 2; do total[index]=$((total[index] + counts[index])); done
}

if [[ $# -gt 0 ]]; then
    checks
    check "pytest" "$bin/python" -m pytest -m "not gpu" "$@"
else
    lane_begin "checks" checks
    lane_begin "tests 1" tests 1 "${FIRST_LANE[@]}"
    lane_begin "tests 2" tests 2 "${SECOND_LANE[@]}"
    lanes_end ended
    for lane in "${unsteady[@]}"; do
        lane_begin "$lane again" again "$lane"
        lanes_end ended
        passed_now "$lane"
    done
fi

status=0 names=()
if [[ -e $scratch/failed ]]; then
    mapfile -t names < <(cut -d ' ' -f 2- "$scratch/failed")
    read -r status _ <"$scratch/failed"
    say "Failed: $(printf '%s, ' "${names[@]}" | sed 's/, $//')"
fi
if [[ $# -eq 0 ]]; then
    for name in "${names[@]}"; do [[ $name == tests* || $name == checks ]] || total[1]=$((total[1] + 1)); done
    printf '%d passed, %d failed' "${total[@]:0:2}"
    [[ ${total[2]} -eq 0 ]] || printf ', %d skipped' "${total[2]}"
    echo
fi
exit "$status"
