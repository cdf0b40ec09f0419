"""English sentences for what a look before an installation found, and for what a gate said. For the command line."""

from collections.abc import Mapping

from engineroom.domain.errors import FactValue
from engineroom.domain.runtimes.preflight import Finding
from engineroom.domain.runtimes.values import GateCheck

FINDINGS: dict[str, tuple[str, str]] = {
    "ok": ("nothing to object", ""),
    "system_windows": (
        "TensorRT-LLM has no native Windows version.",
        "Run Engineroom inside WSL2 (Ubuntu 24.04), or use llama.cpp.",
    ),
    "system_unsupported": (
        "TensorRT-LLM is made for Linux on x86_64 or aarch64; this is {system} on {arch}.",
        "Use llama.cpp here.",
    ),
    "system_wsl": (
        "Under WSL2 TensorRT-LLM is not validated, and only one card works.",
        "Expect trouble; a Linux of its own is the safe place.",
    ),
    "driver_old": (
        "The NVIDIA driver is {found}; this version needs {needs} or newer ({source}).",
        "Update the driver, then restart the computer.",
    ),
    "driver_cuda_old": (
        "The NVIDIA driver runs CUDA up to {found}; this version needs {needs} ({source}).",
        "Update the driver, then restart the computer.",
    ),
    "driver_unknown": (
        "The NVIDIA driver does not say its version; {needs} or newer is needed.",
        "See what nvidia-smi says.",
    ),
    "card_none": (
        "There is no NVIDIA card that can be used here.",
        "It can be installed, but its gate cannot serve, so it will not become the default.",
    ),
    "card_unsupported": (
        "This version has no code for {card}: {note}.",
        "Use llama.cpp on that card, or another card.",
    ),
    "card_community": (
        "{card} is not on NVIDIA's list of tested cards: support by the community only.",
        "It may work well; its gate will show.",
    ),
    "disk_short": (
        "{path} has {free_bytes} free; {needs_bytes} are needed ({source}).",
        "Free space there, or move the data to a larger disk.",
    ),
    "disk_unknown": (
        "How much is free on the disk of {path} cannot be told; {needs_bytes} are needed.",
        "Look with df before you install.",
    ),
    "memory_short": (
        "Only {available_bytes} of memory are free; below {needs_bytes} a start may be ended by the system.",
        "Close other programs before you serve.",
    ),
    "mpi_missing": (
        "The library libmpi, which TensorRT-LLM starts its workers with, is not here.",
        "Run: {command}",
    ),
    "mpirun_missing": (
        "The library libmpi is here, but its program mpirun is not.",
        "Run: {command}",
    ),
    "uv_missing": (
        "The program uv, which makes the environment, is not here.",
        "Start Engineroom with packaging/launch.sh, which fetches it, or install uv.",
    ),
    "python_missing": (
        "Python {python} is not here, and uv may not fetch it.",
        "Install Python {python}.",
    ),
    "python_download": (
        "Python {python} is not here.",
        "uv will fetch it with the installation.",
    ),
    "container_missing": (
        "Neither docker nor podman is here.",
        "Install one of them with the NVIDIA Container Toolkit, or install the environment instead (--kind venv).",
    ),
    "container_unreachable": (
        "{program} does not answer: {reason}.",
        "Run: {command} - then look again.",
    ),
    "container_no_permission": (
        "This user may not use {program}.",
        "Run: {command} - then log in again; or use rootless podman.",
    ),
    "toolkit_missing": (
        "{program} cannot hand a card to a container: the NVIDIA Container Toolkit is not set up.",
        "Install nvidia-container-toolkit, then run: {command}",
    ),
    "toolkit_unused": (
        "{program} cannot hand a card to a container, and there is no card.",
        "Set up the NVIDIA Container Toolkit when there is one.",
    ),
}
"""What was found, and what to do."""

GATE: dict[str, str] = {
    "version_unread": "its version cannot be read: {line}",
    "version_differs": "it says that it is {found}, not {wanted}",
    "cuda_differs": "its torch was built for CUDA {found}, not {wanted}",
    "help_unread": "'trtllm-serve serve --help' cannot be read: {line}",
    "options_missing": "'trtllm-serve serve' does not know {options}",
    "arguments_unread": "the keys of its option file cannot be listed: {line}",
    "arguments_missing": "its option file does not know {arguments}",
    "serve_failed": "it did not serve: {line}",
    "serve_ended": "it did not serve: it ended with status {status}",
    "serve_silent": "it did not serve: it said nothing for {seconds} s",
    "tool_call_wrong": "it did not call the tool it was offered; it answered {found}",
    "no_tool_parser": "it has no parser for the tool calls of {model}, so none was asked for",
    "slower": ("it is {percent} % slower than {reference}: {tokens_per_s} tokens/s against {reference_tokens_per_s}"),
    "nothing_to_compare": "there is no runtime to compare its speed with",
    "speed_unknown": "its speed could not be measured",
    "no_card": "not run: no card",
    "no_model": "not run: no model to try it with",
    "card_busy": (
        "not run: {card} is in use by {holders}. Stop what runs on it (engineroom stop), then run the gate again "
        "(engineroom runtimes gate)"
    ),
    "not_reached": "not run: a check before it failed",
}
"""What a check of a gate says."""


def finding_words(finding: Finding) -> tuple[str, str]:
    """What was found, and what to do about it."""
    what, remedy = FINDINGS.get(finding.code, (finding.code, ""))
    facts = _Facts(_said(finding.facts))
    return what.format_map(facts), remedy.format_map(facts)


def gate_words(check: GateCheck) -> str:
    """What came of one check; empty where there is nothing to say."""
    return GATE.get(check.reason, check.reason).format_map(_Facts(_said(check.facts)))


class _Facts(dict[str, FactValue]):
    def __missing__(self, key: str) -> str:
        return "unknown"


def _said(facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    return {name: _shown(name, value) for name, value in facts.items()}


def _shown(name: str, value: FactValue) -> FactValue:
    if value is None:
        return "unknown"
    if name.endswith("_bytes") and isinstance(value, int):
        return f"{value / 1e9:.1f} GB"
    return value
