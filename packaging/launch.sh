#!/usr/bin/env bash
# Starts Engineroom from a source checkout; see --help.
set -euo pipefail
# shellcheck source=packaging/lib.sh
source "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/lib.sh"

STARTER=smollm2-135m-instruct

usage() {
    cat <<TEXT
Usage: launch.sh [--headless] [--port N|auto] [--model ID|PATH] [-- ARGUMENT...]

Makes a private environment in this checkout on the first start, then opens the window. Without a display, or with
--headless, it serves a model in this terminal instead and prints the address; Ctrl-C ends everything it started.

  --headless        serve in this terminal, open no window
  --port N|auto     port on 127.0.0.1 (8411 when not given); auto takes the next free one   [headless]
  --model ID|PATH   what to serve: a model id or a GGUF file ($STARTER when not given)   [headless]
  --                the rest goes as it is to 'engineroom serve', or to 'engineroom-desktop' when the window opens
  --help            this text

Needs Linux (x86_64 or aarch64) and a CPython 3.11, 3.12 or 3.13; fetches the rest. ENGINEROOM_PYTHON names the
interpreter to use.
TEXT
}

usage_error() { die 2 "$1" "Try: ./packaging/launch.sh --help"; }

headless=no
model=$STARTER
serve=()
rest=()
while [[ $# -gt 0 ]]; do
    case $1 in
        -h | --help) usage && exit 0 ;;
        --headless) headless=yes ;;
        --port=* | --model=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" && continue ;;
        --port | --model)
            [[ -n ${2:-} ]] || usage_error "$1 needs a value."
            if [[ $1 == --port ]]; then serve+=(--port "$2"); else model=$2; fi
            shift
            ;;
        --) shift && rest=("$@") && break ;;
        *) usage_error "Unknown argument: $1" ;;
    esac
    shift
done

[[ $(uname -s) == Linux ]] || die 1 "This script is for Linux."

if [[ $headless == no && -z ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
    say "No display here (DISPLAY and WAYLAND_DISPLAY are empty): serving without a window."
    headless=yes
fi

if [[ $headless == yes ]]; then
    make_environment
    ensure_libraries engine || die 1 "The engine cannot run without them."
    exec "$VENV/bin/engineroom" serve --model "$model" --headless "${serve[@]}" "${rest[@]}"
fi

[[ $model == "$STARTER" && ${#serve[@]} -eq 0 ]] ||
    usage_error "--port and --model go with --headless; the window's engine room takes them from its settings file."

parts=(engine)
[[ -z ${DISPLAY:-} ]] || parts+=(xcb)
[[ -z ${WAYLAND_DISPLAY:-} ]] || parts+=(wayland)
make_environment desktop
ensure_libraries "${parts[@]}" || die 1 "The window cannot open without them."
exec "$VENV/bin/engineroom-desktop" "${rest[@]}"
