"""Codes of problems, the wire form of an error, and exit codes of the command line."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from engineroom.contract.control import FactValue


class Code(StrEnum):
    """Stable names of everything that can go wrong; the facts that come with each are in the comment."""

    # models and their files
    MODEL_NOT_FOUND = "model_not_found"  # model, known
    STARTER_MISSING = "starter_missing"  # searched
    FILE_MISSING = "file_missing"  # path
    FILE_UNREADABLE = "file_unreadable"  # path, reason
    NOT_GGUF = "not_gguf"  # path, found
    GGUF_VERSION = "gguf_version"  # path, version
    GGUF_TRUNCATED = "gguf_truncated"  # path, needs_bytes, has_bytes
    GGUF_BROKEN = "gguf_broken"  # path, reason
    HASH_MISMATCH = "hash_mismatch"  # path, expected, found
    # engines
    RUNTIME_MISSING = "runtime_missing"  # runtime, reason
    ARCHITECTURE_UNKNOWN = "architecture_unknown"  # architecture
    OUT_OF_MEMORY = "out_of_memory"  # line
    LOAD_FAILED = "load_failed"  # line
    ENGINE_CRASHED = "engine_crashed"  # signal | exit_code, line
    ENGINE_KILLED = "engine_killed"  # signal
    ENGINE_SILENT = "engine_silent"  # waited_s
    ENGINE_STUCK = "engine_stuck"  # pid
    ENGINE_NOT_READY = "engine_not_ready"  # status, line
    # requests
    CONTEXT_LENGTH_EXCEEDED = "context_length_exceeded"  # prompt_tokens, context_tokens
    INVALID_JSON = "invalid_json"  # reason
    INVALID_REQUEST = "invalid_request"  # reason
    REQUEST_TOO_LARGE = "request_too_large"  # limit_bytes
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"  # found
    NOT_FOUND = "not_found"  # path
    METHOD_NOT_ALLOWED = "method_not_allowed"  # method, allowed
    HOST_NOT_ALLOWED = "host_not_allowed"  # host
    INVALID_TOKEN = "invalid_token"
    ENGINE_UNAVAILABLE = "engine_unavailable"  # model
    ENGINE_UNREACHABLE = "engine_unreachable"  # model
    SHUTTING_DOWN = "shutting_down"
    INTERNAL = "internal_error"  # request_id
    # the daemon
    PORT_TAKEN = "port_taken"  # host, port, pid, program
    BIND_FAILED = "bind_failed"  # host, port, reason
    BIND_NOT_LOOPBACK = "bind_not_loopback"  # host
    ALREADY_RUNNING = "already_running"  # address, pid
    NOT_RUNNING = "not_running"
    DAEMON_UNREACHABLE = "daemon_unreachable"  # reason
    DAEMON_TOO_DIFFERENT = "daemon_too_different"  # theirs, ours
    DAEMON_DID_NOT_START = "daemon_did_not_start"  # log, line
    SETTINGS_BROKEN = "settings_broken"  # path, reason
    STATE_UNWRITABLE = "state_unwritable"  # path, reason
    LOG_UNWRITABLE = "log_unwritable"  # path, reason
    NO_DESKTOP = "no_desktop"  # reason
    USAGE = "usage"  # reason


class Exit(IntEnum):
    """Exit codes of ``engineroom``."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    NOT_RUNNING = 3
    ALREADY_RUNNING = 4
    PORT_TAKEN = 5
    ENGINE_FAILED = 6
    SETTINGS_BROKEN = 7
    NO_DESKTOP = 8
    REJECTED = 9
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorBody:
    """OpenAI's error object, with our facts added. All four first keys are always present."""

    message: str
    type: str
    param: str | None
    code: str | None
    facts: dict[str, FactValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorEnvelope:
    """Body of every error answer: ``{"error": {...}}``."""

    error: ErrorBody
