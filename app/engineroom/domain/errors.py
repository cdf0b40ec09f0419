"""Problems: a stable code and the facts. Sentences are written where a person reads them.

EngineroomError
├── Rejected         the caller asked for something that cannot be
└── Broken           something of ours or of the machine does not work
"""

from dataclasses import dataclass, field
from enum import StrEnum

FactValue = str | int | float | bool | None


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
    ENGINE_CRASHED = "engine_crashed"  # ended_with, line
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
    ENGINE_FAILED = "engine_failed"  # model, cause
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that went wrong: a code of :class:`Code` and the facts that come with it."""

    code: str
    facts: dict[str, FactValue] = field(default_factory=dict)


class EngineroomError(Exception):
    """Base of every error we raise on purpose; carries a :class:`Problem`."""

    def __init__(self, code: Code, **facts: FactValue) -> None:
        self.problem = Problem(code=code, facts=facts)
        super().__init__(str(code), facts)

    @property
    def code(self) -> str:
        """The stable code."""
        return self.problem.code


class Rejected(EngineroomError):
    """The caller asked for something that cannot be; asking again changes nothing."""


class Broken(EngineroomError):
    """Something of ours or of the machine does not work."""
