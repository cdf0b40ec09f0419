"""Problems: a stable code and the facts. Sentences are written where a person reads them.

EngineroomError
├── Rejected         the caller asked for something that cannot be
└── Broken           something of ours or of the machine does not work
"""

from dataclasses import dataclass, field
from enum import StrEnum

FactValue = str | int | float | bool | None


class Code(StrEnum):
    """Stable names of everything that can go wrong; :data:`FACTS` says what comes with each."""

    # models and their files
    MODEL_NOT_FOUND = "model_not_found"
    MODEL_UNKNOWN = "model_unknown"
    STARTER_MISSING = "starter_missing"
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    NOT_GGUF = "not_gguf"
    GGUF_VERSION = "gguf_version"
    GGUF_TRUNCATED = "gguf_truncated"
    GGUF_BROKEN = "gguf_broken"
    MODEL_CONFIG_BROKEN = "model_config_broken"
    SAFETENSORS_BROKEN = "safetensors_broken"
    MODEL_FILE_TOO_LARGE = "model_file_too_large"
    PRECISION_UNKNOWN = "precision_unknown"
    HASH_MISMATCH = "hash_mismatch"
    # the Hub and downloads
    HUB_UNREACHABLE = "hub_unreachable"
    HUB_OFFLINE = "hub_offline"
    HUB_FAILED = "hub_failed"
    HUB_ANSWER = "hub_answer"
    HUB_TOKEN_REFUSED = "hub_token_refused"
    RATE_LIMITED = "rate_limited"
    REPO_NAME = "repo_name"
    REPO_NOT_FOUND = "repo_not_found"
    REVISION_NOT_FOUND = "revision_not_found"
    REPO_FILE_MISSING = "repo_file_missing"
    GATED_NO_TOKEN = "gated_no_token"
    GATED_TERMS = "gated_terms"
    GATED_WAITING = "gated_waiting"
    NO_WEIGHTS = "no_weights"
    PICKLE_REFUSED = "pickle_refused"
    WEIGHTS_AMBIGUOUS = "weights_ambiguous"
    REMOTE_CODE_REFUSED = "remote_code_refused"
    UNSAFE_FILE_NAME = "unsafe_file_name"
    FILE_CHANGED = "file_changed"
    FETCHED_WRONG = "fetched_wrong"
    DISK_TOO_SMALL = "disk_too_small"
    DISK_FULL = "disk_full"
    CACHE_UNWRITABLE = "cache_unwritable"
    PULL_PLAN_BROKEN = "pull_plan_broken"
    # cards
    GPU_UNKNOWN = "gpu_unknown"
    GPU_DESCRIPTION = "gpu_description"
    # engines
    RUNTIME_MISSING = "runtime_missing"
    RUNTIME_NOT_FOUND = "runtime_not_found"
    RUNTIME_VERSION = "runtime_version"
    RUNTIME_EXISTS = "runtime_exists"
    RUNTIME_IN_USE = "runtime_in_use"
    RUNTIME_NOT_REMOVABLE = "runtime_not_removable"
    RUNTIME_BLOCKED = "runtime_blocked"
    RUNTIME_NOT_PROVED = "runtime_not_proved"
    RUNTIME_GONE = "runtime_gone"
    INSTALL_FAILED = "install_failed"
    INSTALL_ORDER_BROKEN = "install_order_broken"
    ENDPOINT_UNUSABLE = "endpoint_unusable"
    SEALED_NOT_FOUND = "sealed_not_found"
    SEALED_EXISTS = "sealed_exists"
    SEALED_BROKEN = "sealed_broken"
    BUILD_REFUSED = "build_refused"
    BUILD_NEEDS_YES = "build_needs_yes"
    BUILD_FAILED = "build_failed"
    ARCHITECTURE_UNKNOWN = "architecture_unknown"
    OUT_OF_MEMORY = "out_of_memory"
    LOAD_FAILED = "load_failed"
    ENGINE_CRASHED = "engine_crashed"
    ENGINE_KILLED = "engine_killed"
    ENGINE_SILENT = "engine_silent"
    ENGINE_STUCK = "engine_stuck"
    ENGINE_NOT_READY = "engine_not_ready"
    GPU_LOST = "gpu_lost"
    GPU_IN_USE = "gpu_in_use"
    GPU_XID = "gpu_xid"
    # why an engine did not start, or ended
    KV_TOO_SMALL = "kv_too_small"
    HOST_MEMORY_SHORT = "host_memory_short"
    ENGINE_PORT_TAKEN = "engine_port_taken"
    NO_GPU_SEEN = "no_gpu_seen"
    TOO_FEW_GPUS = "too_few_gpus"
    CARD_NOT_SUPPORTED = "card_not_supported"
    PRECISION_NOT_ON_CARD = "precision_not_on_card"
    CUDA_FAULT = "cuda_fault"
    MULTI_GPU_FAILED = "multi_gpu_failed"
    DRIVER_TOO_OLD = "driver_too_old"
    CUDA_COMPAT_WRONG = "cuda_compat_wrong"
    LIBRARY_MISSING = "library_missing"
    RUNTIME_BROKEN = "runtime_broken"
    MPI_ENVIRONMENT = "mpi_environment"
    PTXAS_MISSING = "ptxas_missing"
    SHARED_MEMORY_SMALL = "shared_memory_small"
    ENGINE_OPTION_UNKNOWN = "engine_option_unknown"
    ENGINE_CONFIG_REFUSED = "engine_config_refused"
    KV_FORMAT_REFUSED = "kv_format_refused"
    CHECKPOINT_INCOMPLETE = "checkpoint_incomplete"
    CHECKPOINT_NOT_RECOGNISED = "checkpoint_not_recognised"
    CONTAINER_SERVICE_DOWN = "container_service_down"
    CONTAINER_NOT_ALLOWED = "container_not_allowed"
    CONTAINER_TOOLKIT_MISSING = "container_toolkit_missing"
    IMAGE_MISSING = "image_missing"
    CONTAINER_NAME_TAKEN = "container_name_taken"
    ENGINE_KNOWN_BUG = "engine_known_bug"
    # plans
    GPU_NONE = "gpu_none"
    PLAN_INVALID = "plan_invalid"
    # requests
    CONTEXT_LENGTH_EXCEEDED = "context_length_exceeded"
    INVALID_JSON = "invalid_json"
    INVALID_REQUEST = "invalid_request"
    REQUEST_TOO_LARGE = "request_too_large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    UNSUPPORTED_PARAMETER = "unsupported_parameter"
    RESPONSE_NOT_FOUND = "response_not_found"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    HOST_NOT_ALLOWED = "host_not_allowed"
    INVALID_TOKEN = "invalid_token"
    INVALID_KEY = "invalid_api_key"
    KEY_SCOPE = "key_not_allowed"
    KEY_LIMIT = "key_limit"
    KEY_NOT_FOUND = "key_not_found"
    KEY_INVALID = "key_invalid"
    KEY_NAME_TAKEN = "key_name_taken"
    ORIGIN_NOT_ALLOWED = "origin_not_allowed"
    REMOTE_MEDIA = "remote_images_disabled"
    HEADERS_TOO_LARGE = "headers_too_large"
    REQUEST_TOO_SLOW = "request_too_slow"
    ENGINE_UNAVAILABLE = "engine_unavailable"
    ENGINE_FAILED = "engine_failed"
    ENGINE_UNREACHABLE = "engine_unreachable"
    SHUTTING_DOWN = "shutting_down"
    INTERNAL = "internal_error"
    NO_MODELS_THERE = "no_models_there"
    NOT_REMOVABLE = "not_removable"
    MODEL_IN_USE = "model_in_use"
    MODEL_INCOMPLETE = "model_incomplete"
    MODEL_DAMAGED = "model_damaged"
    NOT_EXPORTABLE = "not_exportable"
    BUNDLE_EXISTS = "bundle_exists"
    BUNDLE_BROKEN = "bundle_broken"
    # jobs
    JOB_NOT_FOUND = "job_not_found"
    JOB_ENDED = "job_ended"
    JOB_STOPPED = "job_stopped"
    WORKER_MISSING = "worker_missing"
    WORKER_ENDED = "worker_ended"
    # the daemon
    PORT_TAKEN = "port_taken"
    BIND_FAILED = "bind_failed"
    BIND_NOT_LOOPBACK = "bind_not_loopback"
    BIND_NEEDS_KEY = "bind_needs_key"
    CERTIFICATE_BROKEN = "certificate_broken"
    PLAIN_HTTP = "plain_http"
    CAPTURE_ON = "capture_on"
    ALREADY_RUNNING = "already_running"
    NOT_RUNNING = "not_running"
    DAEMON_UNREACHABLE = "daemon_unreachable"
    DAEMON_TOO_DIFFERENT = "daemon_too_different"
    DAEMON_DID_NOT_START = "daemon_did_not_start"
    SETTINGS_BROKEN = "settings_broken"
    STATE_UNWRITABLE = "state_unwritable"
    LOG_UNWRITABLE = "log_unwritable"
    LEDGER_UNWRITABLE = "ledger_unwritable"
    NO_DESKTOP = "no_desktop"
    USAGE = "usage"


FACTS: dict[Code, tuple[str, ...]] = {
    Code.MODEL_NOT_FOUND: ("model", "known"),
    Code.MODEL_UNKNOWN: ("model", "nearest"),
    Code.STARTER_MISSING: ("searched",),
    Code.FILE_MISSING: ("path",),
    Code.FILE_UNREADABLE: ("path", "reason"),
    Code.NOT_GGUF: ("path", "found"),
    Code.GGUF_VERSION: ("path", "version"),
    Code.GGUF_TRUNCATED: ("path", "needs_bytes", "has_bytes"),
    Code.GGUF_BROKEN: ("path", "reason"),
    Code.MODEL_CONFIG_BROKEN: ("model", "reason"),
    Code.SAFETENSORS_BROKEN: ("path", "reason"),
    Code.MODEL_FILE_TOO_LARGE: ("path", "has_bytes", "limit_bytes"),
    Code.PRECISION_UNKNOWN: ("precision",),
    Code.HASH_MISMATCH: ("path", "expected", "found"),
    Code.HUB_UNREACHABLE: ("host", "reason"),
    Code.HUB_OFFLINE: ("host",),
    Code.HUB_FAILED: ("host", "status"),
    Code.HUB_ANSWER: ("host", "reason"),
    Code.HUB_TOKEN_REFUSED: ("host",),
    Code.RATE_LIMITED: ("host", "retry_after_s"),
    Code.REPO_NAME: ("repo",),
    Code.REPO_NOT_FOUND: ("repo",),
    Code.REVISION_NOT_FOUND: ("repo", "revision"),
    Code.REPO_FILE_MISSING: ("repo", "path", "revision"),
    Code.GATED_NO_TOKEN: ("repo", "page"),
    Code.GATED_TERMS: ("repo", "page"),
    Code.GATED_WAITING: ("repo", "page"),
    Code.NO_WEIGHTS: ("repo",),
    Code.PICKLE_REFUSED: ("repo", "path"),
    Code.WEIGHTS_AMBIGUOUS: ("repo", "choices"),
    Code.REMOTE_CODE_REFUSED: ("repo", "revision"),
    Code.UNSAFE_FILE_NAME: ("repo", "path"),
    Code.FILE_CHANGED: ("repo", "path", "reason"),
    Code.FETCHED_WRONG: ("repo", "path", "expected", "found"),
    Code.DISK_TOO_SMALL: ("path", "needs_bytes", "free_bytes"),
    Code.DISK_FULL: ("path",),
    Code.CACHE_UNWRITABLE: ("path", "reason"),
    Code.PULL_PLAN_BROKEN: ("reason",),
    Code.GPU_UNKNOWN: ("gpu", "nearest"),
    Code.GPU_DESCRIPTION: ("part", "example"),
    Code.RUNTIME_MISSING: ("runtime", "reason"),
    Code.RUNTIME_NOT_FOUND: ("runtime", "known"),
    Code.RUNTIME_VERSION: ("version", "known"),
    Code.RUNTIME_EXISTS: ("runtime",),
    Code.RUNTIME_IN_USE: ("runtime", "users"),
    Code.RUNTIME_NOT_REMOVABLE: ("runtime",),
    Code.RUNTIME_BLOCKED: ("runtime", "reason"),
    Code.RUNTIME_NOT_PROVED: ("runtime", "reason"),
    Code.RUNTIME_GONE: ("runtime", "missing"),
    Code.INSTALL_FAILED: ("step", "line"),
    Code.INSTALL_ORDER_BROKEN: ("path", "reason"),
    Code.ENDPOINT_UNUSABLE: ("address", "reason"),
    Code.SEALED_NOT_FOUND: ("engine", "known"),
    Code.SEALED_EXISTS: ("engine",),
    Code.SEALED_BROKEN: ("path", "reason"),
    Code.BUILD_REFUSED: ("model", "gpu", "reason"),
    Code.BUILD_NEEDS_YES: ("model", "gpu", "reason"),
    Code.BUILD_FAILED: ("stage", "line"),
    Code.ARCHITECTURE_UNKNOWN: ("architecture",),
    Code.OUT_OF_MEMORY: ("line",),
    Code.LOAD_FAILED: ("line",),
    Code.ENGINE_CRASHED: ("ended_with", "line"),
    Code.ENGINE_KILLED: ("signal",),
    Code.ENGINE_SILENT: ("waited_s",),
    Code.ENGINE_STUCK: ("pid",),
    Code.ENGINE_NOT_READY: ("status", "line"),
    Code.GPU_LOST: ("name", "uuid"),
    Code.GPU_IN_USE: ("name", "uuid", "program", "pid"),
    Code.GPU_XID: ("name", "uuid", "xid", "meaning", "remedy"),
    Code.KV_TOO_SMALL: ("line",),
    Code.HOST_MEMORY_SHORT: ("line",),
    Code.ENGINE_PORT_TAKEN: ("address",),
    Code.NO_GPU_SEEN: ("line",),
    Code.TOO_FEW_GPUS: ("found", "wanted"),
    Code.CARD_NOT_SUPPORTED: ("line",),
    Code.PRECISION_NOT_ON_CARD: ("line",),
    Code.CUDA_FAULT: ("line",),
    Code.MULTI_GPU_FAILED: ("line",),
    Code.DRIVER_TOO_OLD: ("line",),
    Code.CUDA_COMPAT_WRONG: ("line",),
    Code.LIBRARY_MISSING: ("library",),
    Code.RUNTIME_BROKEN: ("line",),
    Code.MPI_ENVIRONMENT: ("line",),
    Code.PTXAS_MISSING: ("line",),
    Code.SHARED_MEMORY_SMALL: ("line",),
    Code.ENGINE_OPTION_UNKNOWN: ("option",),
    Code.ENGINE_CONFIG_REFUSED: ("line",),
    Code.KV_FORMAT_REFUSED: ("line",),
    Code.CHECKPOINT_INCOMPLETE: ("line",),
    Code.CHECKPOINT_NOT_RECOGNISED: ("line",),
    Code.CONTAINER_SERVICE_DOWN: ("line",),
    Code.CONTAINER_NOT_ALLOWED: ("line",),
    Code.CONTAINER_TOOLKIT_MISSING: ("line",),
    Code.IMAGE_MISSING: ("image",),
    Code.CONTAINER_NAME_TAKEN: ("name",),
    Code.ENGINE_KNOWN_BUG: ("line",),
    Code.GPU_NONE: ("wanted", "found"),
    Code.PLAN_INVALID: ("field", "value", "allowed"),
    Code.CONTEXT_LENGTH_EXCEEDED: ("prompt_tokens", "context_tokens"),
    Code.INVALID_JSON: ("reason",),
    Code.INVALID_REQUEST: ("reason",),
    Code.REQUEST_TOO_LARGE: ("limit_bytes",),
    Code.UNSUPPORTED_MEDIA_TYPE: ("found",),
    Code.UNSUPPORTED_PARAMETER: ("parameter",),
    Code.RESPONSE_NOT_FOUND: ("response",),
    Code.NOT_FOUND: ("path",),
    Code.METHOD_NOT_ALLOWED: ("method", "allowed"),
    Code.HOST_NOT_ALLOWED: ("host",),
    Code.INVALID_TOKEN: (),
    Code.INVALID_KEY: (),
    Code.KEY_SCOPE: ("what",),
    Code.KEY_LIMIT: ("limit", "allowed", "retry_after_s"),
    Code.KEY_NOT_FOUND: ("key",),
    Code.KEY_INVALID: ("field", "allowed"),
    Code.KEY_NAME_TAKEN: ("name",),
    Code.ORIGIN_NOT_ALLOWED: ("origin",),
    Code.REMOTE_MEDIA: (),
    Code.HEADERS_TOO_LARGE: ("limit_bytes",),
    Code.REQUEST_TOO_SLOW: ("waited_s",),
    Code.ENGINE_UNAVAILABLE: ("model",),
    Code.ENGINE_FAILED: ("model", "cause"),
    Code.ENGINE_UNREACHABLE: ("model",),
    Code.SHUTTING_DOWN: (),
    Code.INTERNAL: ("request_id",),
    Code.NO_MODELS_THERE: ("path",),
    Code.NOT_REMOVABLE: ("model", "source"),
    Code.MODEL_IN_USE: ("model", "engines"),
    Code.MODEL_INCOMPLETE: ("path", "missing"),
    Code.MODEL_DAMAGED: ("path", "reason", "wrong", "files"),
    Code.NOT_EXPORTABLE: ("model", "source"),
    Code.BUNDLE_EXISTS: ("path",),
    Code.BUNDLE_BROKEN: ("path", "reason"),
    Code.JOB_NOT_FOUND: ("job",),
    Code.JOB_ENDED: ("job", "state"),
    Code.JOB_STOPPED: (),
    Code.WORKER_MISSING: ("reason",),
    Code.WORKER_ENDED: ("status", "line"),
    Code.PORT_TAKEN: ("host", "port", "pid", "program"),
    Code.BIND_FAILED: ("host", "port", "reason"),
    Code.BIND_NOT_LOOPBACK: ("host",),
    Code.BIND_NEEDS_KEY: ("host",),
    Code.CERTIFICATE_BROKEN: ("path", "reason"),
    Code.PLAIN_HTTP: ("address",),
    Code.CAPTURE_ON: ("path", "ends"),
    Code.ALREADY_RUNNING: ("address", "pid"),
    Code.NOT_RUNNING: (),
    Code.DAEMON_UNREACHABLE: ("reason",),
    Code.DAEMON_TOO_DIFFERENT: ("theirs", "ours"),
    Code.DAEMON_DID_NOT_START: ("line",),
    Code.SETTINGS_BROKEN: ("path", "reason"),
    Code.STATE_UNWRITABLE: ("path", "reason"),
    Code.LOG_UNWRITABLE: ("path", "reason"),
    Code.LEDGER_UNWRITABLE: ("path", "reason"),
    Code.NO_DESKTOP: ("reason",),
    Code.USAGE: ("reason",),
}
"""Names of the facts that come with each code."""


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
