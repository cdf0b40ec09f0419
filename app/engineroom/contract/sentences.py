"""English sentences for problems: what happened, why, and what to do. Used by the HTTP errors and the command line.

The window has its own, translatable, in ``engineroom_ui.text``.
"""

from collections.abc import Mapping

from engineroom.domain.errors import Code, FactValue, Problem

_SENTENCES: dict[str, str] = {
    Code.MODEL_NOT_FOUND: "There is no model named '{model}' here. Known models: {known}. Use one of these ids.",
    Code.STARTER_MISSING: (
        "The starter model is not on this computer; looked in: {searched}. Start from a checkout with "
        "packaging/launch.sh, which installs it, or serve a GGUF file of your own with --model PATH."
    ),
    Code.FILE_MISSING: "The model file {path} does not exist. Check the path, or restore the file.",
    Code.FILE_UNREADABLE: "The model file {path} cannot be read: {reason}. Give this user permission to read it.",
    Code.NOT_GGUF: (
        "{path} is not a GGUF file: it begins with {found} instead of the letters GGUF. "
        "Download the model again, in GGUF form."
    ),
    Code.GGUF_VERSION: "{path} is GGUF version {version}; versions 2 and 3 can be read. Convert it again.",
    Code.GGUF_TRUNCATED: (
        "{path} is cut short: its header needs {needs_bytes} bytes and the file has {has_bytes}. Download it again."
    ),
    Code.GGUF_BROKEN: "The header of {path} is broken: {reason}. Download the file again.",
    Code.MODEL_CONFIG_BROKEN: (
        "The configuration of {model} does not describe a language model that can be planned for: {reason}. "
        "Download it again, or choose another model."
    ),
    Code.SAFETENSORS_BROKEN: "The header of {path} is broken: {reason}. Download the file again.",
    Code.MODEL_FILE_TOO_LARGE: (
        "{path} has {has_bytes} bytes; no real file of its kind has more than {limit_bytes}, so it was not read. "
        "Check where it comes from."
    ),
    Code.PRECISION_UNKNOWN: (
        "There is no precision named '{precision}'. Use a name like bf16, fp8, nvfp4, mxfp4, w4a16_awq or q4_k_m."
    ),
    Code.HASH_MISMATCH: (
        "{path} is not the file it should be: its SHA-256 is {found}, expected {expected}. It was not loaded. "
        "Install it again."
    ),
    Code.RUNTIME_MISSING: "The {runtime} runtime cannot be started: {reason}. Install Engineroom again.",
    Code.ARCHITECTURE_UNKNOWN: (
        "This version of llama.cpp does not know the model architecture '{architecture}'. "
        "Update Engineroom, or choose another model."
    ),
    Code.OUT_OF_MEMORY: (
        "There was not enough memory to load the model with this context. Lower llama_cpp.context_tokens or "
        "llama_cpp.slots in the settings, or close other programs. The engine said: {line}"
    ),
    Code.LOAD_FAILED: "llama.cpp could not load the model. The engine said: {line}",
    Code.ENGINE_CRASHED: "The engine crashed ({ended_with}). Its last words: {line}",
    Code.ENGINE_KILLED: (
        "The engine was ended from outside ({signal}); when memory runs out, the system does that. "
        "Close other programs or lower the context, then start it again."
    ),
    Code.ENGINE_SILENT: "The engine gave no sign of life for {waited_s} s while starting, and was ended. Try again.",
    Code.ENGINE_STUCK: "The engine (pid {pid}) does not end, even after SIGKILL. Restart the computer.",
    Code.ENGINE_NOT_READY: "The engine started but did not answer its first request (status {status}): {line}",
    Code.CONTEXT_LENGTH_EXCEEDED: (
        "This model's maximum context length is {context_tokens} tokens, but the prompt has {prompt_tokens} tokens. "
        "Shorten the prompt, or raise llama_cpp.context_tokens in the settings."
    ),
    Code.INVALID_JSON: "The request body is not valid JSON: {reason}.",
    Code.INVALID_REQUEST: "The request is not valid: {reason}.",
    Code.REQUEST_TOO_LARGE: "The request body is larger than {limit_bytes} bytes, the most that is accepted.",
    Code.UNSUPPORTED_MEDIA_TYPE: "The Content-Type is '{found}'; send application/json.",
    Code.NOT_FOUND: "There is nothing at {path}. The OpenAI API lies under /v1.",
    Code.METHOD_NOT_ALLOWED: "{method} is not allowed here; use {allowed}.",
    Code.HOST_NOT_ALLOWED: "The Host header '{host}' does not name this computer; use 127.0.0.1 or localhost.",
    Code.INVALID_TOKEN: "The control API needs this daemon's token, from its connection file, as a bearer token.",
    Code.ENGINE_UNAVAILABLE: "The engine of '{model}' is not running. Start it, then ask again.",
    Code.ENGINE_FAILED: "The engine of '{model}' does not run: {cause}. The cause in words: engineroom status",
    Code.ENGINE_UNREACHABLE: "The engine of '{model}' stopped answering in the middle of this request. Ask again.",
    Code.SHUTTING_DOWN: "The engine room is shutting down. Start it again, then ask again.",
    Code.INTERNAL: "Something went wrong inside Engineroom; its log has the details under request {request_id}.",
    Code.PORT_TAKEN: (
        "Port {port} on {host} is taken by {program} (pid {pid}). End that program, choose another port with --port N, "
        "or let the next free one be taken with --port auto."
    ),
    Code.BIND_FAILED: "Cannot listen on {host} port {port}: {reason}. Choose another with --host or --port.",
    Code.BIND_NOT_LOOPBACK: (
        "'{host}' is not an address of this computer alone. This version serves only 127.0.0.1, ::1 or localhost, "
        "because it has no keys and no TLS yet."
    ),
    Code.ALREADY_RUNNING: (
        "An engine room is already running at {address} (pid {pid}). Use it, or end it with: engineroom stop"
    ),
    Code.NOT_RUNNING: "No engine room is running. Start one with: engineroom serve",
    Code.DAEMON_UNREACHABLE: "The engine room does not answer: {reason}. Start it again with: engineroom serve",
    Code.DAEMON_TOO_DIFFERENT: (
        "The running engine room speaks control API {theirs}, this program {ours}. Restart it: engineroom stop"
    ),
    Code.DAEMON_DID_NOT_START: "The engine room did not start. Its last words: {line}",
    Code.SETTINGS_BROKEN: (
        "The settings file {path} cannot be used: {reason}. Mend it or move it away; it was not touched."
    ),
    Code.STATE_UNWRITABLE: "Cannot write to {path}: {reason}. Free space or give this user permission.",
    Code.LOG_UNWRITABLE: "The log {path} cannot be written: {reason}. Serving goes on; lines are lost on disk.",
    Code.LEDGER_UNWRITABLE: (
        "The ledger {path} cannot be used: {reason}. Serving goes on; what requests use is not recorded."
    ),
    Code.NO_DESKTOP: "The window cannot be opened: {reason}.",
    Code.USAGE: "{reason}",
}


class _Facts(dict[str, FactValue]):
    def __missing__(self, key: str) -> str:
        return "unknown"


def sentence(problem: Problem) -> str:
    """The problem in words; a code without a sentence is shown with its facts."""
    template = _SENTENCES.get(problem.code)
    if template is None:
        return f"{problem.code} {dict(problem.facts)}"
    return template.format_map(_Facts(_said(problem.facts)))


def _said(facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    return {name: "unknown" if value is None else value for name, value in facts.items()}
