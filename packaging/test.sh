#!/usr/bin/env bash
# Every check of this checkout: linters, types, import contracts, budgets, tests. No GPU and no display needed.
# Arguments go to pytest. Exits with the status of the first check that failed, after running them all.
set -euo pipefail
# shellcheck source=packaging/lib.sh
source "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/lib.sh"

cd -- "$ROOT"
make_environment desktop dev
ensure_libraries engine offscreen || die 1 "The tests cannot run without them."
find_python
find_uv
[[ $UV != "$PRIVATE"/* ]] || export PATH="$PRIVATE/bin:$PATH"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-$scratch}"

status=0
failed=()

# check NAME COMMAND...
check() {
    local name=$1 result=0
    shift
    say "== $name"
    "$@" || result=$?
    [[ $result -ne 0 ]] || return 0
    failed+=("$name")
    [[ $status -ne 0 ]] || status=$result
}

bin="$VENV/bin"
check "ruff check" "$bin/ruff" check .
check "ruff format" "$bin/ruff" format --check .
check "mypy" "$bin/mypy"
check "import contracts" "$bin/lint-imports"
check "budgets" "$bin/python" tests/checks/budgets.py
if have shellcheck; then check "shellcheck" shellcheck -x packaging/*.sh .ci/run; fi
check "pytest" "$bin/python" -m pytest -m "not gpu" "$@"

[[ ${#failed[@]} -eq 0 ]] || say "Failed: $(printf '%s, ' "${failed[@]}" | sed 's/, $//')"
exit "$status"
