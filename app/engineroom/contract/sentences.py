"""English sentences for problems: what happened, why, and what to do. Used by the HTTP errors and the command line.

The window has its own, translatable, in ``engineroom_ui.text``.
"""

import math
from collections.abc import Mapping

from engineroom.contract.sentences_of_causes import SENTENCES_OF_CAUSES
from engineroom.contract.sentences_of_routing import PROBLEMS_OF_ROUTING, shown
from engineroom.contract.sentences_of_surfaces import SENTENCES_OF_SURFACES
from engineroom.domain.errors import Code, FactValue, Problem

_SENTENCES: dict[str, str] = {
    **SENTENCES_OF_CAUSES,
    **SENTENCES_OF_SURFACES,
    **PROBLEMS_OF_ROUTING,
    Code.MODEL_NOT_FOUND: "There is no model named '{model}' here. Known models: {known}. Use one of these ids.",
    Code.MODEL_UNKNOWN: (
        "There is no model '{model}' in the catalogue. Did you mean: {nearest}? A Hugging Face id (owner/name) and the "
        "path of a folder or of a .gguf file work too."
    ),
    Code.STARTER_MISSING: (
        "The starter model is not on this computer; looked in: {searched}. Start from a checkout with "
        "packaging/launch.sh, which installs it, or serve a GGUF file of your own with --model PATH."
    ),
    Code.FILE_MISSING: "The model file {path} does not exist. Check the path, or restore the file.",
    Code.FILE_UNREADABLE: "The model file {path} cannot be read: {reason:.} Give this user permission to read it.",
    Code.NOT_GGUF: (
        "{path} is not a GGUF file: it begins with {found} instead of the letters GGUF. "
        "Download the model again, in GGUF form."
    ),
    Code.GGUF_VERSION: "{path} is GGUF version {version}; versions 2 and 3 can be read. Convert it again.",
    Code.GGUF_TRUNCATED: (
        "{path} is cut short: its header needs {needs_bytes} bytes and the file has {has_bytes}. Download it again."
    ),
    Code.GGUF_BROKEN: "The header of {path} is broken: {reason:.} Download the file again.",
    Code.MODEL_CONFIG_BROKEN: (
        "The configuration of {model} does not describe a language model that can be planned for: {reason:.} "
        "Download it again, or choose another model."
    ),
    Code.SAFETENSORS_BROKEN: "The header of {path} is broken: {reason:.} Download the file again.",
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
    Code.HUB_UNREACHABLE: (
        "{host} cannot be reached: {reason:.} Check the network and HTTPS_PROXY, then try again; what is here "
        "already stays."
    ),
    Code.HUB_OFFLINE: (
        "Nothing was asked of {host}, because the offline switch is on (HF_HUB_OFFLINE or the settings). "
        "Models that are here work; switch it off to look for others."
    ),
    Code.HUB_FAILED: "{host} answered with an error of its own (status {status}). Try again later.",
    Code.HUB_ANSWER: (
        "{host} did not answer as a Hugging Face Hub does: {reason:.} Check HF_ENDPOINT and any proxy between."
    ),
    Code.HUB_TOKEN_REFUSED: (
        "{host} did not accept the access token. Make a new one on its page of settings and store it, or "
        "remove the old one."
    ),
    Code.RATE_LIMITED: (
        "{host} wants fewer requests from this address; it will answer again in {retry_after_s}. A token "
        "raises the limit."
    ),
    Code.REPO_NAME: (
        "'{repo}' is not the name of a Hub repository. Write owner/name, owner/name@revision, or paste the "
        "address of its page."
    ),
    Code.REPO_NOT_FOUND: (
        "There is no repository {repo}, or it is private and this token may not see it. Check the name, or "
        "store a token that may."
    ),
    Code.REVISION_NOT_FOUND: (
        "{repo} has no revision {revision}. Name a branch, a tag or a commit of it; without one the newest is taken."
    ),
    Code.REPO_FILE_MISSING: (
        "{repo} has no file {path} in revision {revision}. Choose another revision, or tell its authors."
    ),
    Code.GATED_NO_TOKEN: (
        "{repo} is only for those who accepted its licence. The step missing: an access token. Accept the "
        "licence at {page} and store a token of that account."
    ),
    Code.GATED_TERMS: (
        "{repo} is only for those who accepted its licence. The step missing: accept it at {page} with the "
        "account of this token, which must be allowed to read gated repositories."
    ),
    Code.GATED_WAITING: (
        "The authors of {repo} have not yet answered the request for access. The step missing is theirs; "
        "{page} shows when it is done."
    ),
    Code.NO_WEIGHTS: (
        "{repo} has no weights that can be served: no safetensors and no GGUF file. Choose another repository."
    ),
    Code.PICKLE_REFUSED: (
        "{repo} has its weights only as pickle files such as {path}, which can run any program when they are "
        "loaded. They are not fetched; choose a repository with safetensors or GGUF files."
    ),
    Code.WEIGHTS_AMBIGUOUS: "{repo} has several sets of weights: {choices}. Name the one to fetch.",
    Code.REMOTE_CODE_REFUSED: (
        "{repo} brings program code of its own that would run on this computer. Read it; to allow exactly "
        "this revision, allow remote code for {revision}."
    ),
    Code.UNSAFE_FILE_NAME: (
        "{repo} has a file with a name that may not be written here: {path}. Nothing was fetched; choose "
        "another repository."
    ),
    Code.FILE_CHANGED: (
        "{path} of {repo} is not what the Hub listed before the download: {reason:.} Look the model up again, "
        "then fetch it again."
    ),
    Code.FETCHED_WRONG: (
        "{path} of {repo} arrived twice with the wrong content: its hash is {found}, the Hub says "
        "{expected}. It was thrown away; try another network or mirror."
    ),
    Code.DISK_TOO_SMALL: (
        "The download needs {needs_bytes} more bytes below {path} and {free_bytes} are free. Nothing was "
        "fetched; free space, or set HF_HOME to a larger disk."
    ),
    Code.DISK_FULL: (
        "The disk of {path} is full. What was fetched is kept; free space and start the download again, and "
        "it goes on from there."
    ),
    Code.CACHE_UNWRITABLE: (
        "The model cache {path} cannot be written: {reason:.} Give this user permission, or set HF_HOME to "
        "another place."
    ),
    Code.PULL_PLAN_BROKEN: ("The list of files to fetch cannot be used: {reason:.} Start the download again."),
    Code.GPU_UNKNOWN: (
        "'{gpu}' names no card of the table, or more than one. Nearest: {nearest}. Use one of these names, or describe "
        "the card: name=My card,memory=24GB,bandwidth=1008GB/s"
    ),
    Code.GPU_DESCRIPTION: "'{part}' is missing or not understood in the description of the card. Write: {example}",
    Code.RUNTIME_MISSING: "The {runtime} runtime cannot be started: {reason:.} Install Engineroom again.",
    Code.RUNTIME_NOT_FOUND: "There is no runtime '{runtime}' here. Known: {known}. Use one of these names.",
    Code.RUNTIME_VERSION: (
        "TensorRT-LLM '{version}' cannot be installed in this form; versions {known} can. Name one of these, or "
        "install it as a container."
    ),
    Code.RUNTIME_EXISTS: (
        "{runtime} is installed already. Install it anew (engineroom runtimes reinstall {runtime}), or name another "
        "version."
    ),
    Code.RUNTIME_IN_USE: ("{runtime} is in use by {users}. Stop that first, or say that it may be stopped (--force)."),
    Code.RUNTIME_NOT_REMOVABLE: "{runtime} is a part of Engineroom and goes when Engineroom is uninstalled.",
    Code.RUNTIME_BLOCKED: (
        "{runtime} cannot be installed here: {reason:.} Nothing was fetched. See: engineroom runtimes doctor"
    ),
    Code.RUNTIME_NOT_PROVED: (
        "{runtime} cannot become the default: {reason:.} The one before stays. Run its gate: engineroom runtimes gate "
        "{runtime}"
    ),
    Code.RUNTIME_GONE: "{runtime} was installed, but {missing} is gone. Run: engineroom runtimes reinstall {runtime}",
    Code.RUNTIME_KEPT: (
        "{runtime} was installed anew, and the one before stays in use: {reason:.} Mend that and take the job up again "
        "(engineroom jobs resume), or cancel it, which removes the new one."
    ),
    Code.INSTALL_FAILED: (
        "The installation stopped at the step '{step}': {line:.} What was fetched is kept; mend the cause, then "
        "install again and it goes on from there."
    ),
    Code.INSTALL_ORDER_BROKEN: "The order of the installation, {path}, cannot be used: {reason:.} Install again.",
    Code.SEALED_NOT_FOUND: "There is no engine '{engine}' here. Known: {known}. Use one of these names.",
    Code.SEALED_EXISTS: "{engine} has been built already. Start it, or remove it first: engineroom engines rm {engine}",
    Code.SEALED_BROKEN: (
        "The engine in {path} cannot be started: {reason:.} Build it again; the model it reads is kept."
    ),
    Code.BUILD_REFUSED: (
        "{model} cannot be built for {gpu}: {reason:.} Nothing was fetched. See: engineroom plan {model}"
    ),
    Code.BUILD_NEEDS_YES: (
        "{model} on {gpu} may not work: {reason:.} Say that you want it all the same (--yes), or change the plan."
    ),
    Code.BUILD_FAILED: (
        "The build stopped at the step '{stage}': {line:.} What is done is kept; mend the cause and build again, and "
        "it goes on from there."
    ),
    Code.ENDPOINT_UNUSABLE: (
        "{address} does not answer as an OpenAI-compatible server does: {reason:.} Check the address and that it runs."
    ),
    Code.ARCHITECTURE_UNKNOWN: (
        "This version of llama.cpp does not know the model architecture '{architecture}'. "
        "Update Engineroom, or choose another model."
    ),
    Code.OUT_OF_MEMORY: (
        "There was not enough memory to load the model with this context. The engine said: {line:.} Close other "
        "programs, or lower the context or the number of requests at once; what can be done is in: engineroom doctor"
    ),
    Code.LOAD_FAILED: "llama.cpp could not load the model. The engine said: {line}",
    Code.ENGINE_CRASHED: "The engine crashed ({ended_with}). Its last words: {line}",
    Code.ENGINE_KILLED: (
        "The engine was ended from outside ({signal}); when memory runs out, the system does that. "
        "Close other programs or lower the context, then start it again."
    ),
    Code.ENGINE_SILENT: "The engine gave no sign of life for {waited_s} s while starting, and was ended. Try again.",
    Code.ENGINE_STUCK: "The engine (pid {pid}) does not end, even after SIGKILL. Restart the computer.",
    Code.GPU_LOST: (
        "{name} ({uuid}) does not answer any more. What ran on it was stopped, and nothing was moved to another card "
        "or to the processor. It is looked for again by itself; once it is back, start the engine again. If it stays "
        "away, restart the computer and check its power cable and cooling."
    ),
    Code.GPU_IN_USE: (
        "{name} ({uuid}) takes one program at a time, and {program} (pid {pid}) is using it. End that program, or let "
        "others in with: nvidia-smi -i {uuid} -c DEFAULT"
    ),
    Code.GPU_BUSY: (
        "The card lets no other program compute on it now: it is set to serve one at a time and another program has "
        "it, or it has not recovered from a fault ({line}). End that program, set the card to be shared, or restart "
        "the computer."
    ),
    Code.GPU_XID: "{name} ({uuid}) reported error Xid {xid}: {meaning}. {remedy}.",
    Code.ENGINE_NOT_READY: "The engine started but did not answer its first request (status {status}): {line}",
    Code.GPU_NONE: (
        "The plan is for {wanted} card(s), and this computer has {found} that could be used. Name a card to plan for, "
        'as in --gpu "RTX 4090", or fewer with --gpus.'
    ),
    Code.PLAN_INVALID: "The plan cannot be made for {field} = {value}. It must be {allowed}.",
    Code.CONTEXT_LENGTH_EXCEEDED: (
        "This model's maximum context length is {context_tokens} tokens, but the prompt has {prompt_tokens} tokens. "
        "Shorten the prompt, or raise llama_cpp.context_tokens in the settings."
    ),
    Code.ENGINE_UNAVAILABLE: "The engine of '{model}' is not running. Start it, then ask again.",
    Code.ENGINE_FAILED: "The engine of '{model}' does not run: {cause}. The cause in words: engineroom status",
    Code.ENGINE_UNREACHABLE: "The engine of '{model}' stopped answering in the middle of this request. Ask again.",
    Code.SHUTTING_DOWN: "The engine room is shutting down. Start it again, then ask again.",
    Code.INTERNAL: "Something went wrong inside Engineroom; its log has the details under request {request_id}.",
    Code.NO_MODELS_THERE: "There is no GGUF model below {path}. Name a .gguf file, or the folder it lies in.",
    Code.NOT_REMOVABLE: (
        "{model} cannot be removed here: it comes from {source}. Take it out of the settings, or uninstall what "
        "brought it."
    ),
    Code.MODEL_IN_USE: (
        "{model} is in use by the engine {engines}. Stop that engine first, or say that it may be stopped (--force)."
    ),
    Code.MODEL_INCOMPLETE: "{path} is not whole: {missing} is missing. Fetch the model again; what is here is kept.",
    Code.MODEL_DAMAGED: (
        "{wrong} of {files} files are not what they should be, {path} for one: {reason:.} Remove the model and fetch "
        "it again."
    ),
    Code.NOT_EXPORTABLE: (
        "{model} cannot go into a bundle: it comes from {source}, and only models of the Hub have hashes to be checked "
        "by. Copy its file instead, and import it there."
    ),
    Code.BUNDLE_EXISTS: "{path} is there already. Name another place for the bundle, or move that away.",
    Code.BUNDLE_BROKEN: (
        "The bundle {path} cannot be used: {reason:.} Nothing of it was taken over; copy or export it again."
    ),
    Code.JOB_NOT_FOUND: "There is no job '{job}'. See: engineroom jobs.",
    Code.JOB_ENDED: "Job {job} is {state}, so there is nothing left to pause, resume or cancel. Start it anew.",
    Code.JOB_STOPPED: "The job was stopped before it came to its end. Resume it, and it goes on where it was.",
    Code.WORKER_MISSING: "The worker of this job could not be started: {reason:.} Install Engineroom again.",
    Code.WORKER_ENDED: (
        "The worker of this job ended unexpectedly (status {status}); its last words: {line:.} Resume the job; if it "
        "happens again, see: engineroom logs."
    ),
    Code.PORT_TAKEN: (
        "Port {port} on {host} is taken by {program} (pid {pid}). End that program, choose another port with --port N, "
        "or let the next free one be taken with --port auto."
    ),
    Code.PORT_ELSEWHERE: (
        "Port {wanted} of the settings could not be had, so the engine room listens at {port}: programs that were set "
        "to {wanted} do not reach it. Free that port or set server.port to another, then restart the engine room."
    ),
    Code.BIND_FAILED: "Cannot listen on {host} port {port}: {reason:.} Choose another with --host or --port.",
    Code.BIND_NOT_LOOPBACK: (
        "'{host}' is not an address that can be listened on. Use 127.0.0.1, ::1 or localhost for this computer alone, "
        "or an IP address of it (0.0.0.0 for all) to let others in."
    ),
    Code.BIND_NEEDS_KEY: (
        "{host} can be reached from other computers, and no key exists to tell who may. Make one first: "
        "engineroom keys create NAME"
    ),
    Code.CERTIFICATE_BROKEN: (
        "The certificate or key {path} cannot be used: {reason:.} Correct it, or leave both settings out, and one is "
        "made."
    ),
    Code.PLAIN_HTTP: (
        "{address} answers other computers without encryption, so prompts, answers and keys can be read on the way. "
        "Start without --i-know-this-is-plain-http to encrypt."
    ),
    Code.CAPTURE_ON: (
        "Prompts and answers are being written to {path} until {ends}. End it with: engineroom capture off"
    ),
    Code.ALREADY_RUNNING: (
        "An engine room is already running at {address} (pid {pid}). Use it, or end it with: engineroom stop"
    ),
    Code.NOT_RUNNING: "No engine room is running. Start one with: engineroom serve",
    Code.DAEMON_UNREACHABLE: "The engine room does not answer: {reason:.} Start it again with: engineroom serve",
    Code.DAEMON_TOO_DIFFERENT: (
        "The running engine room speaks control API {theirs}, this program {ours}. Restart it: engineroom stop"
    ),
    Code.DAEMON_DID_NOT_START: "The engine room did not start. Its last words: {line}",
    Code.SETTINGS_BROKEN: (
        "The settings file {path} cannot be used: {reason:.} Mend it or move it away; it was not touched."
    ),
    Code.SETTINGS_CHANGED: (
        "The settings file {path} was changed by somebody else meanwhile. Look at it again, then repeat the change."
    ),
    Code.SETTING_REFUSED: "{setting} was not changed: {reason:.} See engineroom settings for what there is.",
    Code.STATE_UNWRITABLE: "Cannot write to {path}: {reason:.} Free space or give this user permission.",
    Code.LOG_UNWRITABLE: "The log {path} cannot be written: {reason:.} Serving goes on; lines are lost on disk.",
    Code.LEDGER_UNWRITABLE: (
        "The ledger {path} cannot be used: {reason:.} Serving goes on; what requests use is not recorded."
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
    facts = shown(problem.facts) if problem.code in PROBLEMS_OF_ROUTING else _said(problem.facts)
    return template.format_map(_Facts(facts))


def in_words_s(seconds: int) -> str:
    """A wait as a person would say it, never shorter than it is.

    >>> [in_words_s(seconds) for seconds in (58, 119, 121, 3601, 49182)]
    ['58 s', '119 s', '3 min', '61 min', '13 h 40 min']
    """
    minutes = -(-seconds // 60)
    if seconds < 120:
        return f"{seconds} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"


def _said(facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    said = {name: "unknown" if value is None else value for name, value in facts.items()}
    if isinstance(wait_s := said.get("retry_after_s"), int | float):
        said["retry_after_s"] = in_words_s(math.ceil(wait_s))
    if "limit" in said:
        said["limit"] = str(said["limit"]).replace("_per_", " a ").replace("_", " ")
    return {name: _Quoted(value) for name, value in said.items()}


class _Quoted(str):
    """What somebody else said; written ``{line:.}`` it ends as a sentence does."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        if form != ".":
            return super().__format__(form)
        said = self.rstrip()
        return said if said.endswith((".", "!", "?")) else f"{said}."
