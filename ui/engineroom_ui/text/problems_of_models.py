"""What happened and what to do: models, where they come from, and the jobs that fetch them."""

from engineroom.contract.problems import Code
from engineroom_ui.text.marks import mark

TEXTS_OF_MODELS: dict[str, tuple[str, str]] = {
    Code.MODEL_NOT_FOUND: (
        mark("problems", "There is no model named {model} here. Known: {known}."),
        mark("problems", "Choose one of the known models."),
    ),
    Code.MODEL_UNKNOWN: (
        mark("problems", "There is no model {model} in the catalogue. Nearest: {nearest}."),
        mark("problems", "Choose one of these, or give a Hugging Face id or the path of a model."),
    ),
    Code.STARTER_MISSING: (
        mark("problems", "The starter model is not on this machine. Looked in: {searched}."),
        mark("problems", "Install it with the launch script, or choose another model."),
    ),
    Code.RUNTIME_NOT_FOUND: (
        mark("problems", "There is no runtime {runtime} here. Known: {known}."),
        mark("problems", "Choose one of the known ones, or install it."),
    ),
    Code.RUNTIME_VERSION: (
        mark("problems", "TensorRT-LLM {version} cannot be installed in this form. Known: {known}."),
        mark("problems", "Choose one of these versions, or install it as a container."),
    ),
    Code.RUNTIME_EXISTS: (
        mark("problems", "{runtime} is installed already."),
        mark("problems", "Remove it first to install it anew."),
    ),
    Code.RUNTIME_IN_USE: (
        mark("problems", "{runtime} is in use by {users}."),
        mark("problems", "Stop that first, then try again."),
    ),
    Code.RUNTIME_NOT_REMOVABLE: (
        mark("problems", "{runtime} is a part of Engineroom."),
        mark("problems", "It goes when Engineroom is uninstalled."),
    ),
    Code.RUNTIME_BLOCKED: (
        mark("problems", "{runtime} cannot be installed here: {reason}"),
        mark("problems", "Mend that, then install it again; nothing was fetched."),
    ),
    Code.RUNTIME_NOT_PROVED: (
        mark("problems", "{runtime} cannot become the default: {reason}"),
        mark("problems", "Run its gate again; the one before stays until then."),
    ),
    Code.RUNTIME_KEPT: (
        mark("problems", "{runtime} was installed anew, and the one before stays in use: {reason}"),
        mark("problems", "Mend that and take the job up again, or cancel it, which removes the new one."),
    ),
    Code.RUNTIME_GONE: (
        mark("problems", "{runtime} was installed, but {missing} is gone."),
        mark("problems", "Remove the runtime and install it again."),
    ),
    Code.INSTALL_FAILED: (
        mark("problems", "The installation stopped at the step {step}: {line}"),
        mark("problems", "Mend the cause and install again; it goes on from there."),
    ),
    Code.INSTALL_ORDER_BROKEN: (
        mark("problems", "The order of the installation, {path}, cannot be used: {reason}."),
        mark("problems", "Install again."),
    ),
    Code.SEALED_NOT_FOUND: (
        mark("problems", "There is no engine {engine} here. Known: {known}."),
        mark("problems", "Choose one of the known ones."),
    ),
    Code.SEALED_EXISTS: (
        mark("problems", "{engine} has been built already."),
        mark("problems", "Start it, or remove it to build it anew."),
    ),
    Code.SEALED_BROKEN: (
        mark("problems", "The engine in {path} cannot be started: {reason}."),
        mark("problems", "Build it again; the model it reads is kept."),
    ),
    Code.BUILD_REFUSED: (
        mark("problems", "{model} cannot be built for {gpu}: {reason}."),
        mark("problems", "Choose another precision, context or model; nothing was fetched."),
    ),
    Code.BUILD_NEEDS_YES: (
        mark("problems", "{model} on {gpu} may not work: {reason}."),
        mark("problems", "Say that you want it all the same, or change the plan."),
    ),
    Code.BUILD_FAILED: (
        mark("problems", "The build stopped at the step {stage}: {line}"),
        mark("problems", "Mend the cause and build again; it goes on from there."),
    ),
    Code.ENDPOINT_UNUSABLE: (
        mark("problems", "{address} does not answer as an OpenAI-compatible server does: {reason}."),
        mark("problems", "Check the address, and that the server runs."),
    ),
    Code.FILE_MISSING: (
        mark("problems", "The model file {path} is gone."),
        mark("problems", "Put the file back, or choose another model."),
    ),
    Code.FILE_UNREADABLE: (
        mark("problems", "The model file {path} cannot be read: {reason}."),
        mark("problems", "Give your user permission to read it."),
    ),
    Code.NOT_GGUF: (
        mark("problems", "{path} is not a GGUF model file; it begins with {found}."),
        mark("problems", "Choose a file in the GGUF format."),
    ),
    Code.GGUF_VERSION: (
        mark("problems", "{path} is written in GGUF version {version}, which this runtime does not read."),
        mark("problems", "Get the model in a current GGUF version."),
    ),
    Code.GGUF_TRUNCATED: (
        mark("problems", "{path} is cut short: it should hold {needs_bytes} and holds {has_bytes}."),
        mark("problems", "Fetch the file again; a download probably broke off."),
    ),
    Code.GGUF_BROKEN: (
        mark("problems", "{path} is damaged: {reason}."),
        mark("problems", "Fetch the file again."),
    ),
    Code.MODEL_CONFIG_BROKEN: (
        mark("problems", "The configuration of {model} describes no language model to plan for: {reason}."),
        mark("problems", "Fetch the model again, or choose another one."),
    ),
    Code.SAFETENSORS_BROKEN: (
        mark("problems", "The header of {path} is damaged: {reason}."),
        mark("problems", "Fetch the file again."),
    ),
    Code.MODEL_FILE_TOO_LARGE: (
        mark("problems", "{path} is larger than any real file of its kind ({has_bytes} of {limit_bytes} at most)."),
        mark("problems", "Check where it comes from; it was not read."),
    ),
    Code.PRECISION_UNKNOWN: (
        mark("problems", "There is no precision named {precision}."),
        mark("problems", "Choose one of those offered, such as bf16, fp8, nvfp4 or q4_k_m."),
    ),
    Code.HASH_MISMATCH: (
        mark("problems", "{path} is not the file that was published: its SHA-256 is {found}, expected {expected}."),
        mark("problems", "Fetch the file again, and do not use this copy."),
    ),
    Code.HUB_UNREACHABLE: (
        mark("problems", "{host} cannot be reached: {reason}."),
        mark("problems", "Check the network, then try again; what is here already stays."),
    ),
    Code.HUB_OFFLINE: (
        mark("problems", "The offline switch is on, so nothing was asked of {host}."),
        mark("problems", "Models that are here work; switch it off to look for others."),
    ),
    Code.HUB_FAILED: (
        mark("problems", "{host} answered with an error of its own (status {status})."),
        mark("problems", "Try again later."),
    ),
    Code.HUB_ANSWER: (
        mark("problems", "{host} did not answer as a Hugging Face Hub does: {reason}."),
        mark("problems", "Check HF_ENDPOINT and any proxy between."),
    ),
    Code.HUB_TOKEN_REFUSED: (
        mark("problems", "{host} did not accept the access token."),
        mark("problems", "Make a new one on its page of settings, or remove the old one."),
    ),
    Code.RATE_LIMITED: (
        mark("problems", "{host} wants fewer requests from this address for now."),
        mark("problems", "Wait {retry_after_s} and try again; a token raises the limit."),
    ),
    Code.REPO_NAME: (
        mark("problems", "'{repo}' is not the name of a Hub repository."),
        mark("problems", "Write owner/name, owner/name@revision, or paste the address of its page."),
    ),
    Code.REPO_NOT_FOUND: (
        mark("problems", "There is no repository {repo}, or it is private and this token may not see it."),
        mark("problems", "Check the name, or store a token that may."),
    ),
    Code.REVISION_NOT_FOUND: (
        mark("problems", "{repo} has no revision {revision}."),
        mark("problems", "Name a branch, a tag or a commit of it, or none to take the newest."),
    ),
    Code.REPO_FILE_MISSING: (
        mark("problems", "{repo} has no file {path} in revision {revision}."),
        mark("problems", "Choose another revision, or tell its authors."),
    ),
    Code.GATED_NO_TOKEN: (
        mark("problems", "{repo} is only for those who accepted its licence, and no access token is stored."),
        mark("problems", "Accept the licence at {page} and store a token of that account."),
    ),
    Code.GATED_TERMS: (
        mark("problems", "{repo} is only for those who accepted its licence, and this token's account has not."),
        mark(
            "problems",
            "Accept it at {page} with that account; the token must be allowed to read gated repositories.",
        ),
    ),
    Code.GATED_WAITING: (
        mark("problems", "The authors of {repo} have not yet answered the request for access."),
        mark("problems", "The step missing is theirs; {page} shows when it is done."),
    ),
    Code.NO_WEIGHTS: (
        mark("problems", "{repo} has no weights that can be served: no safetensors and no GGUF file."),
        mark("problems", "Choose another repository."),
    ),
    Code.PICKLE_REFUSED: (
        mark(
            "problems",
            "{repo} has its weights only as pickle files such as {path}, which can run any program when loaded.",
        ),
        mark("problems", "They are not fetched; choose a repository with safetensors or GGUF files."),
    ),
    Code.WEIGHTS_AMBIGUOUS: (
        mark("problems", "{repo} has several sets of weights: {choices}."),
        mark("problems", "Name the one to fetch."),
    ),
    Code.REMOTE_CODE_REFUSED: (
        mark("problems", "{repo} brings program code of its own that would run on this computer."),
        mark("problems", "Read it; then allow it for exactly revision {revision}, or choose another model."),
    ),
    Code.UNSAFE_FILE_NAME: (
        mark("problems", "{repo} has a file with a name that may not be written here: {path}."),
        mark("problems", "Nothing was fetched; choose another repository."),
    ),
    Code.FILE_CHANGED: (
        mark("problems", "{path} of {repo} is not what the Hub listed before the download: {reason}."),
        mark("problems", "Look the model up again, then fetch it again."),
    ),
    Code.FETCHED_WRONG: (
        mark(
            "problems",
            "{path} of {repo} arrived twice with the wrong content: its hash is {found}, the Hub says {expected}.",
        ),
        mark("problems", "It was thrown away; try another network or mirror."),
    ),
    Code.DISK_TOO_SMALL: (
        mark("problems", "The download needs {needs_bytes} more below {path}, and {free_bytes} are free."),
        mark("problems", "Free space, or set HF_HOME to a larger disk; nothing was fetched."),
    ),
    Code.DISK_FULL: (
        mark("problems", "The disk of {path} is full."),
        mark("problems", "Free space and start the download again; it goes on where it stopped."),
    ),
    Code.CACHE_UNWRITABLE: (
        mark("problems", "The model cache {path} cannot be written: {reason}."),
        mark("problems", "Give your user permission, or set HF_HOME to another place."),
    ),
    Code.PULL_PLAN_BROKEN: (
        mark("problems", "The list of files to fetch cannot be used: {reason}."),
        mark("problems", "Start the download again."),
    ),
    Code.NO_MODELS_THERE: (
        mark("problems", "There is no GGUF model below {path}."),
        mark("problems", "Choose a GGUF file, or the folder it lies in."),
    ),
    Code.NOT_REMOVABLE: (
        mark("problems", "{model} cannot be removed here; it comes from {source}."),
        mark("problems", "Take it out of the settings, or uninstall what brought it."),
    ),
    Code.MODEL_IN_USE: (
        mark("problems", "{model} is in use by the engine {engines}."),
        mark("problems", "Stop that engine first."),
    ),
    Code.MODEL_INCOMPLETE: (
        mark("problems", "{path} is not whole; missing: {missing}."),
        mark("problems", "Fetch the model again; what is here is kept."),
    ),
    Code.MODEL_DAMAGED: (
        mark("problems", "{wrong} of {files} files are not what they should be, such as {path}: {reason}."),
        mark("problems", "Remove the model and fetch it again."),
    ),
    Code.NOT_EXPORTABLE: (
        mark("problems", "{model} comes from {source}; only models of the Hub have hashes that a bundle needs."),
        mark("problems", "Copy its file instead, and import it there."),
    ),
    Code.BUNDLE_EXISTS: (
        mark("problems", "{path} is there already."),
        mark("problems", "Choose another place for the bundle, or move that away."),
    ),
    Code.BUNDLE_BROKEN: (
        mark("problems", "The bundle {path} cannot be used: {reason}. Nothing of it was taken over."),
        mark("problems", "Copy or export it again."),
    ),
    Code.JOB_NOT_FOUND: (
        mark("problems", "There is no job {job} any more."),
        mark("problems", "The list is up to date again in a moment."),
    ),
    Code.JOB_ENDED: (
        mark("problems", "The job {job} is {state} already."),
        mark("problems", "Start it anew if you want it again."),
    ),
    Code.JOB_STOPPED: (
        mark("problems", "The job was stopped before it came to its end."),
        mark("problems", "Resume it; it goes on where it was."),
    ),
    Code.WORKER_MISSING: (
        mark("problems", "The worker of this job could not be started: {reason}."),
        mark("problems", "Install Engineroom again."),
    ),
    Code.WORKER_ENDED: (
        mark("problems", "The worker of this job ended unexpectedly (status {status}). Its last words: {line}."),
        mark("problems", "Resume the job. If it happens again, the logs say more."),
    ),
}
"""By code: what happened and why, and the remedy; untranslated."""
