"""What the command line prints: for people, or one JSON object per line."""

import sys
from typing import Annotated

import msgspec
from cyclopts import Parameter

from engineroom.contract.problems import Exit
from engineroom.contract.sentences import sentence
from engineroom.domain.errors import Code, EngineroomError, Problem

Json = Annotated[bool, Parameter(name="--json", negative="", help="Print JSON for programs.")]

_EXITS = {
    Code.NOT_RUNNING: Exit.NOT_RUNNING,
    Code.DAEMON_UNREACHABLE: Exit.NOT_RUNNING,
    Code.DAEMON_DID_NOT_START: Exit.NOT_RUNNING,
    Code.DAEMON_TOO_DIFFERENT: Exit.NOT_RUNNING,
    Code.ALREADY_RUNNING: Exit.ALREADY_RUNNING,
    Code.PORT_TAKEN: Exit.PORT_TAKEN,
    Code.BIND_FAILED: Exit.PORT_TAKEN,
    Code.BIND_NOT_LOOPBACK: Exit.USAGE,
    Code.BIND_NEEDS_KEY: Exit.USAGE,
    Code.CERTIFICATE_BROKEN: Exit.SETTINGS_BROKEN,
    Code.USAGE: Exit.USAGE,
    Code.SETTINGS_BROKEN: Exit.SETTINGS_BROKEN,
    Code.NO_DESKTOP: Exit.NO_DESKTOP,
    Code.STATE_UNWRITABLE: Exit.INTERNAL,
    Code.INTERNAL: Exit.INTERNAL,
    Code.MODEL_NOT_FOUND: Exit.REJECTED,
    Code.MODEL_UNKNOWN: Exit.REJECTED,
    Code.MODEL_CONFIG_BROKEN: Exit.REJECTED,
    Code.MODEL_FILE_TOO_LARGE: Exit.REJECTED,
    Code.SAFETENSORS_BROKEN: Exit.REJECTED,
    Code.HUB_OFFLINE: Exit.REJECTED,
    Code.HUB_UNREACHABLE: Exit.REJECTED,
    Code.HUB_FAILED: Exit.REJECTED,
    Code.HUB_ANSWER: Exit.REJECTED,
    Code.HUB_TOKEN_REFUSED: Exit.REJECTED,
    Code.RATE_LIMITED: Exit.REJECTED,
    Code.REVISION_NOT_FOUND: Exit.REJECTED,
    Code.REPO_FILE_MISSING: Exit.REJECTED,
    Code.GATED_NO_TOKEN: Exit.REJECTED,
    Code.GATED_TERMS: Exit.REJECTED,
    Code.GATED_WAITING: Exit.REJECTED,
    Code.NO_WEIGHTS: Exit.REJECTED,
    Code.WEIGHTS_AMBIGUOUS: Exit.REJECTED,
    Code.PICKLE_REFUSED: Exit.REJECTED,
    Code.REPO_NAME: Exit.REJECTED,
    Code.REPO_NOT_FOUND: Exit.REJECTED,
    Code.RUNTIME_NOT_FOUND: Exit.REJECTED,
    Code.RUNTIME_VERSION: Exit.REJECTED,
    Code.RUNTIME_EXISTS: Exit.REJECTED,
    Code.RUNTIME_IN_USE: Exit.REJECTED,
    Code.RUNTIME_NOT_REMOVABLE: Exit.REJECTED,
    Code.RUNTIME_BLOCKED: Exit.REJECTED,
    Code.RUNTIME_NOT_PROVED: Exit.REJECTED,
    Code.RUNTIME_GONE: Exit.REJECTED,
    Code.RUNTIME_KEPT: Exit.REJECTED,
    Code.INSTALL_FAILED: Exit.REJECTED,
    Code.ENDPOINT_UNUSABLE: Exit.REJECTED,
    Code.SEALED_NOT_FOUND: Exit.REJECTED,
    Code.SEALED_EXISTS: Exit.REJECTED,
    Code.BUILD_REFUSED: Exit.REJECTED,
    Code.BUILD_NEEDS_YES: Exit.REJECTED,
    Code.BUILD_FAILED: Exit.REJECTED,
    Code.GPU_NONE: Exit.REJECTED,
    Code.GPU_UNKNOWN: Exit.USAGE,
    Code.GPU_DESCRIPTION: Exit.USAGE,
    Code.PRECISION_UNKNOWN: Exit.USAGE,
    Code.PLAN_INVALID: Exit.USAGE,
    Code.CONTEXT_LENGTH_EXCEEDED: Exit.REJECTED,
    Code.INVALID_REQUEST: Exit.REJECTED,
    Code.INVALID_JSON: Exit.REJECTED,
    Code.REQUEST_TOO_LARGE: Exit.REJECTED,
}

_EXITS |= dict.fromkeys(
    (
        Code.QUEUE_FULL,
        Code.WAIT_TOO_LONG,
        Code.MEMORY_SHORT,
        Code.MEMORY_PINNED,
        Code.INVALID_KEY,
        Code.SETTINGS_CHANGED,
        Code.SETTING_REFUSED,
        Code.KEY_SCOPE,
        Code.KEY_LIMIT,
        Code.KEY_NOT_FOUND,
        Code.KEY_INVALID,
        Code.KEY_NAME_TAKEN,
        Code.FINDING_NOT_FOUND,
        Code.FIX_NOT_OFFERED,
        Code.FIX_IMPOSSIBLE,
        Code.FIX_NEEDS_YES,
        Code.ORPHAN_NOT_FOUND,
        Code.REMOTE_MEDIA,
        Code.REMOTE_IMAGE,
        Code.HASH_MISMATCH,
        Code.REMOTE_CODE_REFUSED,
        Code.UNSAFE_FILE_NAME,
        Code.FILE_CHANGED,
        Code.FETCHED_WRONG,
        Code.DISK_TOO_SMALL,
        Code.DISK_FULL,
        Code.CACHE_UNWRITABLE,
        Code.PULL_PLAN_BROKEN,
        Code.NO_MODELS_THERE,
        Code.NOT_REMOVABLE,
        Code.MODEL_IN_USE,
        Code.MODEL_INCOMPLETE,
        Code.MODEL_DAMAGED,
        Code.NOT_EXPORTABLE,
        Code.BUNDLE_EXISTS,
        Code.BUNDLE_BROKEN,
        Code.JOB_NOT_FOUND,
        Code.JOB_ENDED,
        Code.JOB_STOPPED,
        Code.WORKER_MISSING,
        Code.WORKER_ENDED,
    ),
    Exit.REJECTED,
)


def print_json(value: object) -> None:
    """One line of JSON."""
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    sys.stdout.flush()


def say(text: str = "") -> None:
    """One line for people."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def report(error: EngineroomError, *, as_json: bool) -> Exit:
    """Tell of a problem and return the exit code that stands for it."""
    if as_json:
        print_json({"error": {"code": error.code, "message": sentence(error.problem), "facts": error.problem.facts}})
    else:
        sys.stderr.write(f"engineroom: {sentence(error.problem)}\n")
    return exit_of(error.problem)


def exit_of(problem: Problem) -> Exit:
    """Exit code of a problem; what is not listed is a failed engine."""
    return _EXITS.get(Code(problem.code), Exit.ENGINE_FAILED) if problem.code in set(Code) else Exit.INTERNAL


def gib(size_bytes: float | None) -> str:
    """Bytes as GiB or MiB; unknown as *not reported*."""
    if size_bytes is None:
        return "not reported"
    return f"{size_bytes / 2**30:.1f} GiB" if size_bytes >= 2**30 else f"{size_bytes / 2**20:.0f} MiB"


def size(size_bytes: int | None) -> str:
    """Bytes in the largest unit that is not too large; unknown as *not reported*."""
    if size_bytes is None or size_bytes >= 2**20:
        return gib(size_bytes)
    return f"{size_bytes / 2**10:.0f} KiB" if size_bytes >= 2**10 else f"{size_bytes} B"


def number(value: float | None, unit: str, digits: int = 0) -> str:
    """A figure with its unit; unknown as *not reported*."""
    return "not reported" if value is None else f"{value:.{digits}f} {unit}"
