# shellcheck shell=bash
# Shared by the checks: several works side by side, each with its output in a file, shown whole when the work has ended.

declare -A LANES=() # name → pid of those that run
INTERRUPTED=''

# lane_begin NAME COMMAND...: runs COMMAND beside the others. LANE_FILES is the folder of the outputs.
lane_begin() {
    local name=$1
    shift
    trap 'INTERRUPTED=${INTERRUPTED:-$SECONDS}' INT
    ("$@") >"$LANE_FILES/$name.out" 2>&1 </dev/null &
    LANES[$name]=$!
}

# lanes_end ENDED: waits for all; calls ENDED NAME STATUS for each, after its output. Tells twice a minute how far they are.
lanes_end() {
    local name status told=$SECONDS pause=0.1
    while [[ ${#LANES[@]} -gt 0 ]]; do
        sleep "$pause" || true # Ctrl-C ends it too
        [[ $SECONDS -lt 10 ]] || pause=1
        for name in "${!LANES[@]}"; do
            kill -0 "${LANES[$name]}" 2>/dev/null && continue
            status=0
            wait "${LANES[$name]}" || status=$?
            unset "LANES[$name]"
            say "== $name"
            lane_show "$LANE_FILES/$name.out"
            "$1" "$name" "$status"
        done
        if [[ $((SECONDS - told)) -ge 30 && ${#LANES[@]} -gt 0 ]]; then
            told=$SECONDS
            say "$(lanes_progress)"
        fi
        # Ctrl-C reaches the lanes too, and pytest tells where it was; what has not understood it is ended.
        [[ -z $INTERRUPTED || $((SECONDS - INTERRUPTED)) -lt 20 ]] || lanes_kill
    done
    trap - INT
    [[ -z $INTERRUPTED ]] || exit 130
}

# lane_show FILE: without a child, which Ctrl-C would end, and this script with it.
lane_show() {
    local lines=()
    mapfile -t lines <"$1"
    [[ ${#lines[@]} -eq 0 ]] || printf '%s\n' "${lines[@]}"
}

lanes_progress() {
    local name done_percent line=''
    for name in "${!LANES[@]}"; do
        done_percent=$(sed -n 's/.*\[ *\([0-9]*\)%\]$/\1/p' "$LANE_FILES/$name.out" | tail -n 1)
        line+="${line:+, }$name${done_percent:+: $done_percent % of its tests}"
    done
    printf 'After %d s: %s' "$SECONDS" "$line"
}

lanes_kill() {
    local pid
    for pid in "${LANES[@]}"; do kill "$pid" 2>/dev/null || true; done
}

# pytest_tally FILE: "PASSED FAILED SKIPPED" of the last line of a pytest run, "0 0 0" where there is none. An error is a
# failure; what failed as expected was skipped in effect.
pytest_tally() {
    awk '
        /^(=+ )?[0-9]+ [a-z]+.* in [0-9.]+s/ { line = $0 }
        END {
            n = split(line, words, /[ ,]+/)
            for (i = 2; i <= n; i++) {
                if (words[i] ~ /^x?passed$/) passed += words[i - 1]
                if (words[i] ~ /^(failed|errors?)$/) failed += words[i - 1]
                if (words[i] ~ /^(skipped|xfailed)$/) skipped += words[i - 1]
            }
            printf "%d %d %d\n", passed, failed, skipped
        }
    ' "$1"
}

# passed_only_again FIRST AGAIN: names of the tests that the summary of the first run calls failed, and that of the second not.
passed_only_again() {
    awk '
        !/^(FAILED|ERROR) / { next }
        { name = $0; sub(/^[A-Z]+ /, "", name); sub(/ - .*/, "", name) }
        FILENAME == ARGV[1] { failed_again[name] = 1; next }
        !(name in failed_again) && !told[name]++ { print name }
    ' "$2" "$1"
}
