"""What a problem's code leaves open, as parts of its sentence: the daemon sends a code and facts for it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from engineroom.contract.details import FACT, FINDINGS, GATE, OS_ERRORS, PARSE_FAULTS, WORDS, Detail, caused
from engineroom.contract.problems import FactValue
from engineroom_ui.text.facts import filled
from engineroom_ui.text.marks import mark
from engineroom_ui.text.sentences import both

if TYPE_CHECKING:
    from engineroom.contract.runtimes import Check, Finding, GateCheck

translate = QCoreApplication.translate

DETAILS = (
    mark("details", "{key} must be a table, not {got}"),
    mark("details", "{key} must be an array of tables, not {got}"),
    mark("details", "{key} must be a text, not {got}"),
    mark("details", "{key} is missing"),
    mark("details", "{key} must be an array of texts, not {got}"),
    mark("details", "{key} must be a table of texts, not {got}"),
    mark("details", "{key} has {value}, which is neither an IP address nor localhost"),
    mark("details", "{value} is not an address of this computer"),
    mark("details", "{key} has {value}, which is not an origin such as app://obsidian.md"),
    mark("details", "{key} has {value}; name each web origin in full"),
    mark("details", "{key} must be true or false, not {got}"),
    mark("details", "{key} must be a whole number from {least} to {most}, not {got}"),
    mark("details", "{key} must be a number of MiB per second; it is {got}"),
    mark("details", "{key} must be a number, the price of 1 kWh; it is {got}"),
    mark("details", "{key} must be a number of minutes, or 0 for never; it is {got}"),
    mark("details", "{key} is not a setting; known here: {known}"),
    mark("details", "{key} and {other} go together"),
    mark("details", "there is no such setting"),
    mark("details", "another setting would change too"),
    mark("details", "from {least} to {most}"),
    mark("details", "one of {choices}"),
    mark("details", "auto or one of {choices}"),
    mark("details", "a format such as bf16, fp8, nvfp4, mxfp4 or q4_k_m"),
    mark("details", "from {least} to {most}, each once"),
    mark("details", "a whole number from {least} to {most}"),
    mark("details", "1 to {most} printable letters"),
    mark("details", "a time to come"),
    mark("details", "a number above 0"),
    mark("details", "a token is one word of letters, digits and signs of ASCII"),
    mark("details", "minutes must be from {least} to {most}"),
    mark("details", "no model was named"),
    mark("details", "there is no kind '{kind}': it is checkpoint or compiled"),
    mark("details", "only a compiled engine can be made to use sparse weights"),
    mark("details", "TensorRT-LLM {version} has no compiled engines: they ended with 1.2. Build the kind checkpoint"),
    mark(
        "details",
        "its weights are {weights} already, and engines are compiled from weights of 16 bits. Name the repository of "
        "the unquantised model",
    ),
    mark("details", "a compiled engine of it does not run on this card: {name}, {note}"),
    mark("details", "{precision} in a compiled engine is {support} on this card ({name}: {note})"),
    mark("details", "it does not fit the memory of the card"),
    mark("details", "{precision} is known not to run on this card with this runtime"),
    mark("details", "it is within the error of the estimate whether it fits the memory of the card"),
    mark("details", "its layers are not known, so nobody can say whether it fits"),
    mark("details", "{precision} is {support} on this card with this runtime"),
    mark("details", "it runs program code of its publisher"),
    mark("details", "the NVIDIA driver is too old for this runtime; engineroom runtimes doctor says what it needs"),
    mark(
        "details",
        "{context_tokens} tokens of context are more than the {native_context} that the model was made for; the engine "
        "gives no more",
    ),
    mark(
        "details",
        "its runtime has no program that brings it into this form: {program} has to be laid there first",
    ),
    mark(
        "details",
        "to quantise it, the model has to be loaded in {from_precision} first: about {needed_gb} GB, and the cards and "
        "this computer hold {held_gb} GB together",
    ),
    mark("details", "nobody has published its weights in 16 bits, which engines are compiled from"),
    mark("details", "of every four of its weights two would have to be zero, and they are not"),
    mark("details", "that card is not in this computer, and an engine is built where it runs"),
    mark("details", "Its gate has refused it."),
    mark("details", "Its gate has not been run."),
    mark("details", "It is {state}."),
    mark("details", "it has version {version}, this program knows {newest}; update Engineroom"),
    mark("details", "Engines use it now ({users})."),
    mark("details", "neither docker nor podman is here"),
    mark("details", "there is none on the PATH"),
    mark("details", "nothing here starts it"),
    mark("details", "it is not an address that begins with http:// or https://"),
    mark("details", "it holds more than a host, a port and a path"),
    mark("details", "status {status}"),
    mark("details", "its own health has said so for a minute"),
    mark("details", "its worker process {pid} has ended"),
    mark("details", "no free port"),
    mark("details", "run: {command}"),
    mark("details", "open {page}"),
    mark("details", "somebody has to do it at this computer"),
    mark("details", "the connection was cut"),
    mark("details", "it redirects in circles"),
    mark("details", "a hash in its list of files is none"),
    mark("details", "{file} ends too early"),
    mark("details", "another download is writing it"),
    mark("details", "a folder of the snapshot is a link"),
    mark("details", "it has {size} bytes instead of {wanted_size}"),
    mark("details", "its hash is another"),
    mark("details", "it comes from revision {revision}"),
    mark("details", "it has become shorter"),
    mark("details", "asked for {asked}, got {got}"),
    mark("details", "it is no regular file"),
    mark("details", "its hash is {found} instead of {expected}"),
    mark("details", "it cannot be read: {said}"),
    mark("details", "the headers together are too long"),
    mark("details", "a file in {count} parts"),
    mark("details", "{count} files of weights"),
    mark("details", "{file} is larger than any plan"),
    mark("details", "its list names no model, or one twice"),
    mark("details", "it does not begin with {manifest}"),
    mark("details", "it is neither a folder nor a plain tar file ({said})"),
    mark("details", "{file} is no plain file"),
    mark("details", "{file} is not in its list, or comes twice"),
    mark("details", "{file} has {size} bytes instead of {wanted_size}"),
    mark("details", "{file} is missing"),
    mark("details", "the hash of {file} is {found} instead of {expected}"),
    mark("details", "the file ends after {count} bytes"),
    mark("details", "a header of {count} bytes (at most {most} are accepted)"),
    mark("details", "the file ends inside its header of {count} bytes"),
    mark("details", "a header of more than {most} bytes"),
    mark("details", "{count} tensors"),
    mark("details", "its tensors need {needed} bytes and the file has {count}"),
    mark("details", "a tensor is described by something else than an object"),
    mark("details", "a tensor without dtype, shape and data_offsets"),
    mark("details", "a tensor whose place makes no sense"),
    mark("details", "a tensor larger than any file"),
    mark("details", "a tensor whose shape and place do not agree"),
    mark("details", "there is no weight_map"),
    mark("details", "weight_map names something else than a file beside it"),
    mark("details", "general.alignment is not a small multiple of 8"),
    mark("details", "value type {kind} does not exist"),
    mark("details", "array of value type {kind}"),
    mark("details", "{count} {things} (at most {most} are accepted)"),
    mark("details", "{name} is missing"),
    mark("details", "{name} has {count} items"),
    mark("details", "{name} does not cover {layers} layers"),
    mark("details", "{name} is not a whole number"),
    mark("details", "{name} is not between {least} and {most}"),
    mark("details", "the pattern of layers does not cover {layers} layers"),
    mark("details", "hidden_size is no multiple of num_attention_heads, and there is no head_dim"),
    mark("details", "the number of experts that answer a token is missing or larger than that of all"),
    mark("details", "more experts answer a token than there are"),
    mark("details", "a block's ffn_mult is not a factor"),
    mark("details", "block_count is no larger than nextn_predict_layers"),
    mark("details", "not all of its {layers} layers have tensors"),
    mark("details", "the plan is for {wanted} cards and {count} were given"),
    mark("details", "there is no {kv_format} cache on cards of SM {sm}"),
    mark("details", "compiled engines are gone from 1.3 on"),
    mark("details", "a container cannot mount a path with a comma or a quote in it: {path}"),
    mark("details", "no engine can be compiled in {precision}"),
    mark("details", "no engine can be compiled with a {kv_format} cache"),
    mark("details", "ModelOpt makes no {precision}"),
    mark("details", "ModelOpt calibrates no {kv_format} cache"),
    mark("details", "a cache in NVFP4 needs FP8 weights"),
    mark("details", "no such option: {options}"),
    mark("details", "an image is not a data: URL in base64"),
    mark("details", "the base64 of an image is broken"),
    mark("details", "an image is not PNG, JPEG, GIF or WebP"),
    mark("details", "an image is cut off or broken"),
    mark("details", "an image has no pixels"),
    mark("details", "an image has too many pixels: {width} x {height}"),
    mark("details", "an image has too many frames: {count}"),
    mark("details", "a note inside an image unfolds to too much"),
    mark("details", "the images of this request have too many pixels together"),
)
FINDINGS_SAID = (
    mark("details", "nothing to object"),
    mark("details", "TensorRT-LLM has no native Windows version."),
    mark("details", "Run Engineroom inside WSL2 (Ubuntu 24.04), or use llama.cpp."),
    mark("details", "TensorRT-LLM is made for Linux on x86_64 or aarch64; this is {system} on {arch}."),
    mark("details", "Use llama.cpp here."),
    mark("details", "Under WSL2 TensorRT-LLM is not validated, and only one card works."),
    mark("details", "Expect trouble; a Linux of its own is the safe place."),
    mark("details", "The NVIDIA driver is {found}; this version needs {needs} or newer ({source})."),
    mark("details", "Update the driver, then restart the computer."),
    mark("details", "The NVIDIA driver runs CUDA up to {found}; this version needs {needs} ({source})."),
    mark("details", "Update the driver, then restart the computer."),
    mark("details", "The NVIDIA driver does not say its version; {needs} or newer is needed."),
    mark("details", "See what nvidia-smi says."),
    mark("details", "There is no NVIDIA card that can be used here."),
    mark("details", "It can be installed, but its gate cannot serve, so it will not become the default."),
    mark("details", "This version has no code for {card}: {note}."),
    mark("details", "Use llama.cpp on that card, or another card."),
    mark("details", "{card} is not on NVIDIA's list of tested cards: support by the community only."),
    mark("details", "It may work well; its gate will show."),
    mark("details", "{path} has {free_bytes} free; {needs_bytes} are needed ({source})."),
    mark("details", "Free space there, or move the data to a larger disk."),
    mark("details", "How much is free on the disk of {path} cannot be told; {needs_bytes} are needed."),
    mark("details", "Look with df before you install."),
    mark(
        "details", "Only {available_bytes} of memory are free; below {needs_bytes} a start may be ended by the system."
    ),
    mark("details", "Close other programs before you serve."),
    mark("details", "The library libmpi, which TensorRT-LLM starts its workers with, is not here."),
    mark("details", "Run: {command}"),
    mark("details", "The library libmpi is here, but its program mpirun is not."),
    mark("details", "Run: {command}"),
    mark("details", "The program uv, which makes the environment, is not here."),
    mark("details", "Start Engineroom with packaging/launch.sh, which fetches it, or install uv."),
    mark("details", "Python {python} is not here, and uv may not fetch it."),
    mark("details", "Install Python {python}."),
    mark("details", "Python {python} is not here."),
    mark("details", "uv will fetch it with the installation."),
    mark("details", "Neither docker nor podman is here."),
    mark(
        "details",
        "Install one of them with the NVIDIA Container Toolkit, or install the environment instead (--kind venv).",
    ),
    mark("details", "{program} does not answer: {reason}."),
    mark("details", "Run: {command} - then look again."),
    mark("details", "This user may not use {program}."),
    mark("details", "Run: {command} - then log in again; or use rootless podman."),
    mark("details", "{program} cannot hand a card to a container: the NVIDIA Container Toolkit is not set up."),
    mark("details", "Install nvidia-container-toolkit, then run: {command}"),
    mark("details", "{program} cannot hand a card to a container, and there is no card."),
    mark("details", "Set up the NVIDIA Container Toolkit when there is one."),
)
GATE_SAID = (
    mark("details", "its version cannot be read: {line}"),
    mark("details", "it says that it is {found}, not {wanted}"),
    mark("details", "its torch was built for CUDA {found}, not {wanted}"),
    mark("details", "'trtllm-serve serve --help' cannot be read: {line}"),
    mark("details", "'trtllm-serve serve' does not know {options}"),
    mark("details", "the keys of its option file cannot be listed: {line}"),
    mark("details", "its option file does not know {arguments}"),
    mark("details", "it did not serve: {line}"),
    mark("details", "it did not serve: it ended with status {status}"),
    mark("details", "it did not serve: it said nothing for {seconds} s"),
    mark("details", "it did not call the tool it was offered; it answered {found}"),
    mark("details", "it has no parser for the tool calls of {model}, so none was asked for"),
    mark(
        "details", "it is {percent} % slower than {reference}: {tokens_per_s} tokens/s against {reference_tokens_per_s}"
    ),
    mark("details", "there is no runtime to compare its speed with"),
    mark("details", "its speed could not be measured"),
    mark("details", "not run: no card"),
    mark(
        "details",
        "not run: {card} is in use by {holders}. Stop what runs on it (engineroom stop), then run the gate again "
        "(engineroom runtimes gate)",
    ),
    mark("details", "not run: no model to try it with"),
    mark("details", "not run: a check before it failed"),
)
OS_SAID = (
    mark("details", "Permission denied"),
    mark("details", "Operation not permitted"),
    mark("details", "No such file or directory"),
    mark("details", "No space left on device"),
    mark("details", "Disk quota exceeded"),
    mark("details", "File too large"),
    mark("details", "Read-only file system"),
    mark("details", "Input/output error"),
    mark("details", "File exists"),
    mark("details", "Not a directory"),
    mark("details", "Is a directory"),
    mark("details", "Directory not empty"),
    mark("details", "File name too long"),
    mark("details", "Too many levels of symbolic links"),
    mark("details", "Device or resource busy"),
    mark("details", "Too many open files"),
    mark("details", "Cannot allocate memory"),
    mark("details", "Address already in use"),
    mark("details", "Cannot assign requested address"),
    mark("details", "Connection refused"),
    mark("details", "Connection reset by peer"),
    mark("details", "Connection timed out"),
    mark("details", "No route to host"),
    mark("details", "Network is unreachable"),
    mark("details", "Name or service not known"),
    mark("details", "Temporary failure in name resolution"),
    mark("details", "Resource temporarily unavailable"),
    mark("details", "Argument list too long"),
    mark("details", "Exec format error"),
    mark("details", "Too many open files in system"),
    mark("details", "Text file busy"),
    mark("details", "No such device"),
    mark("details", "No such device or address"),
    mark("details", "Broken pipe"),
    mark("details", "Software caused connection abort"),
    mark("details", "the program {program} does not start"),
    mark("details", "database or disk is full"),
    mark("details", "attempt to write a readonly database"),
    mark("details", "unable to open database file"),
    mark("details", "database is locked"),
    mark("details", "database disk image is malformed"),
    mark("details", "file is not a database"),
    mark("details", "disk I/O error"),
)
"""The words of the contract, marked for translation; a test holds them against it."""

# By the values of Check: that module comes after the first paint.
_CHECKS = {
    "system": mark("details", "System"),
    "driver": mark("details", "Driver"),
    "card": mark("details", "Card"),
    "disk": mark("details", "Disk"),
    "memory": mark("details", "Memory"),
    "mpi": "MPI",
    "uv": "uv",
    "python": "Python",
    "container": mark("details", "Container"),
    "toolkit": "Toolkit",
}


def detail(code: str, facts: Mapping[str, FactValue]) -> str | None:
    """A part of a sentence; ``None`` for a code that this window does not know."""
    if code in set(Detail):
        return filled(translate("details", WORDS[Detail(code)]), facts)
    if code in GATE:
        return filled(translate("details", GATE[code]), facts)
    for table in (OS_ERRORS, PARSE_FAULTS):
        if code in table:
            return filled(translate("details", table[code]), facts)
    return finding_of(code, facts) if code in FINDINGS else None


def os_error(error: OSError) -> str:
    """Why something could not be read or written here, without a full stop."""
    told = caused(error)
    return (detail(str(told[FACT]), told) if FACT in told else None) or str(told["reason"]).rstrip(".")


def finding(found: "Finding") -> str:
    """What a look before an installation found, and what to do; empty for a code that is not known here."""
    return finding_of(found.code, found.facts) if found.code in FINDINGS else ""


def finding_of(code: str, facts: Mapping[str, FactValue]) -> str:
    """The same for a code of the table."""
    what, remedy = (translate("details", text) if text else "" for text in FINDINGS[code])
    return filled(both(what, remedy) if remedy else what, facts)


def check(which: "Check") -> str:
    """Name of what was looked at."""
    return translate("details", _CHECKS[which])


def gate(one: "GateCheck") -> str:
    """What came of a check of a gate; empty where there is nothing to say."""
    return filled(translate("details", GATE[one.reason]), one.facts) if one.reason in GATE else one.reason
