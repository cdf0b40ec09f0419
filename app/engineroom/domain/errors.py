"""Problems: a stable code and the facts. Sentences are written where a person reads them.

EngineroomError
├── Rejected         the caller asked for something that cannot be
└── Broken           something of ours or of the machine does not work
"""

from dataclasses import dataclass, field
from enum import StrEnum

FactValue = str | int | float | bool | None


class Code(StrEnum):
    """Stable names of everything that can go wrong; :mod:`engineroom.domain.error_facts` says what comes with each."""

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
    RUNTIME_KEPT = "runtime_kept"
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
    GPU_BUSY = "gpu_busy"
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
    ENGINE_STALLED = "engine_stalled"
    ENGINE_UNHEALTHY = "engine_unhealthy"
    GPU_MEMORY_HELD = "gpu_memory_held"
    # what the doctor is asked
    FINDING_NOT_FOUND = "finding_not_found"
    FIX_NOT_OFFERED = "fix_not_offered"
    FIX_IMPOSSIBLE = "fix_impossible"
    FIX_NEEDS_YES = "fix_needs_yes"
    ORPHAN_NOT_FOUND = "orphan_not_found"
    # plans
    GPU_NONE = "gpu_none"
    PLAN_INVALID = "plan_invalid"
    # requests
    CONTEXT_LENGTH_EXCEEDED = "context_length_exceeded"
    INVALID_JSON = "invalid_json"
    INVALID_REQUEST = "invalid_request"
    REQUEST_TOO_LARGE = "request_too_large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    UNSUPPORTED_CODING = "unsupported_content_encoding"
    UNSUPPORTED_PARAMETER = "unsupported_parameter"
    MODEL_TASK = "model_cannot"
    FIM_UNSUPPORTED = "fim_not_supported"
    TOKENIZER_MISSING = "tokenizer_not_available"
    NOT_MANAGED_HERE = "not_managed_here"
    OLLAMA_PORT_TAKEN = "ollama_port_taken"
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
    REMOTE_IMAGE = "remote_image_not_fetched"
    HEADERS_TOO_LARGE = "headers_too_large"
    CONNECTIONS_MANY = "too_many_connections"
    REQUEST_TOO_SLOW = "request_too_slow"
    ENGINE_UNAVAILABLE = "engine_unavailable"
    ENGINE_FAILED = "engine_failed"
    ENGINE_UNREACHABLE = "engine_unreachable"
    QUEUE_FULL = "queue_full"
    WAIT_TOO_LONG = "wait_too_long"
    MEMORY_SHORT = "memory_short"
    MEMORY_PINNED = "memory_pinned"
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
    PORT_ELSEWHERE = "port_elsewhere"
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
    SETTINGS_CHANGED = "settings_changed"
    SETTING_REFUSED = "setting_refused"
    STATE_UNWRITABLE = "state_unwritable"
    LOG_UNWRITABLE = "log_unwritable"
    LEDGER_UNWRITABLE = "ledger_unwritable"
    NO_DESKTOP = "no_desktop"
    USAGE = "usage"


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
