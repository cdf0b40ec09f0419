"""Words of tables that the daemon hands on as it finds them: the driver's errors, and what is known of precisions."""

import re

from PySide6.QtCore import QCoreApplication

from engineroom_ui.text.marks import mark

XID_MEANINGS = (
    mark("tables", "a program's command made the card's graphics engine fail"),
    mark("tables", "a program used memory of the card that is not its own"),
    mark("tables", "the command stream of a program arrived damaged"),
    mark("tables", "the card stopped a program's work after an error of that program"),
    mark("tables", "the graphics engine failed while it changed from one program to another"),
    mark("tables", "the driver ended a program's work because of an earlier error"),
    mark("tables", "the card stopped answering its work"),
    mark("tables", "two wrong bits in the card's memory, which cannot be corrected"),
    mark("tables", "the card's power controller stopped at a breakpoint"),
    mark("tables", "the card's power controller halted"),
    mark("tables", "a bad row of the card's memory was noted to be replaced by a spare one"),
    mark("tables", "a bad row of the card's memory could not be noted for replacement"),
    mark("tables", "a program sent the graphics engine a command it does not know"),
    mark("tables", "an NVLink between cards failed"),
    mark("tables", "the card has fallen off the bus"),
    mark("tables", "many corrected single-bit errors in the card's memory"),
    mark("tables", "a memory error that hit one program only"),
    mark("tables", "a memory error that may have hit every program on the card"),
    mark("tables", "changing from one program to another took too long"),
    mark("tables", "the card's system processor did not answer the driver in time"),
    mark("tables", "the card's system processor failed"),
    mark("tables", "an error on the link between the card and its processor"),
    mark("tables", "an error in the card's memory that could not be corrected"),
    mark("tables", "what the card needs to recover has changed"),
)
XID_REMEDIES = (
    mark("tables", "Start what was running again; if it happens with several programs, test the card"),
    mark("tables", "Start what was running again; if it happens with several programs, update the driver"),
    mark(
        "tables", "Start what was running again; if it repeats, update the driver and check the card's seat in its slot"
    ),
    mark("tables", "Nothing is wrong with the card; start what was running again"),
    mark("tables", "Start what was running again; if it repeats, ask the card's maker"),
    mark("tables", "Look at the Xid before this one; alone it only says that a program was ended"),
    mark("tables", "End what runs on the card and reset it (nvidia-smi --gpu-reset), or restart the computer"),
    mark(
        "tables",
        "End what runs on the card and reset it, or restart the computer; if it repeats, have the card replaced",
    ),
    mark("tables", "Restart the computer and update the driver; if it repeats, ask the card's maker"),
    mark("tables", "Reset the card or restart the computer; if it repeats, update the driver and ask the card's maker"),
    mark("tables", "Nothing now; the spare row is used after the next reset of the card or restart of the computer"),
    mark("tables", "Reset the card or restart the computer; if it repeats, have the card replaced"),
    mark("tables", "Start what was running again; if it repeats, update the driver"),
    mark(
        "tables",
        "Check the NVLink bridge or board, reset the cards or restart the computer; if it repeats, ask the maker",
    ),
    mark(
        "tables",
        "Restart the computer; if it repeats, check the card's seat, its power cables, the power supply and cooling",
    ),
    mark("tables", "Nothing now; if it goes on, ask the card's maker"),
    mark("tables", "Start what was running again; the card is reset at the next restart of the computer"),
    mark("tables", "End what runs on the card and reset it, or restart the computer, before it is used again"),
    mark("tables", "Reset the card or restart the computer; if it repeats, update the driver"),
    mark("tables", "Reset the card or restart the computer, and update the driver"),
    mark("tables", "Nothing now; if it repeats, ask the computer's maker"),
    mark("tables", "See which Xid came before; nvidia-smi -q names the recovery action that the card asks for"),
)
NOTES = (
    mark("tables", "no kernels are built below SM 80 and there is no PTX to compile from; bfloat16 is refused"),
    mark("tables", "SM 8.7 and 8.8 are not built"),
    mark("tables", "the aarch64 build has no Ampere or Ada kernels"),
    mark("tables", "not built"),
    mark("tables", "SM 11.0 (Thor) is not built"),
    mark("tables", "there is no native Windows version of TensorRT-LLM 1.x"),
    mark("tables", "no kernels are built below SM 80"),
    mark("tables", "WSL2 is mentioned once, for release 0.17, and not validated since"),
    mark("tables", "tensor parallelism over two cards fails on WSL2"),
    mark("tables", "below the lowest CUDA 12 target"),
    mark("tables", "only builds with CUDA 12 have code for it; CUDA 13 dropped these cards"),
    mark("tables", "documented per SM, not for MLA; block reuse and chunked prefill are off on 12.1"),
    mark("tables", "no FP8 tensor cores; not in NVIDIA's matrix"),
    mark("tables", "no FP8 tensor cores"),
    mark("tables", "the code accepts this SM, NVIDIA's matrix does not list it"),
    mark("tables", "Unsupported SM version for FP8 block scaling GEMM"),
    mark("tables", "the code accepts SM 8.9, NVIDIA's matrix does not list it"),
    mark("tables", "the code accepts SM 12.0, NVIDIA's matrix does not list it"),
    mark("tables", "the Python side asks for exactly 120 and takes another path on 12.1"),
    mark("tables", "Unsupported SM version for FP8 block scaling MoEGEMM"),
    mark("tables", "NotImplementedError: SM121 is not supported"),
    mark("tables", "Arch unsupported for CUTLASS FP4 GEMM"),
    mark("tables", "the 16-bit-activation kernel for MXFP4 experts exists only for SM 9.0"),
    mark("tables", "dense MXFP4 is accepted on SM 10.0 and 10.3 only"),
    mark("tables", "the code runs Ampere kernels there, NVIDIA's matrix does not list it"),
    mark("tables", "4-bit weights with FP8 activations need SM 8.9"),
    mark("tables", "in the kernel table of the CUTLASS experts only"),
    mark("tables", "Arch unsupported for CUTLASS int8 GEMM"),
    mark("tables", "the PyTorch backend does not read GGUF files"),
    mark("tables", "bitsandbytes checkpoints are taken for unquantised and fail on their tensors"),
    mark("tables", "FP8 needs SM 8.9"),
    mark("tables", "FP4 needs Blackwell"),
    mark("tables", "since March 2026; native FP4 path on SM 12.x"),
    mark("tables", "ggml has no such type; convert to GGUF first"),
    mark("tables", "the NVFP4 cache runs on SM 10.0 and 10.3 only"),
    mark("tables", "the NVFP4 cache needs FP8 weights"),
    mark("tables", "a cache format of llama.cpp"),
    mark("tables", "the compiled backend needs SM 8.9 for FP8"),
    mark("tables", "only in builds with GGML_CUDA_FA_ALL_QUANTS; without it attention falls back to the processor"),
    mark("tables", "llama.cpp has no such cache type"),
    mark("tables", "may be newer than 1.2.1"),
    mark("tables", "registered under DeciLMForCausalLM"),
    mark("tables", "not listed"),
    mark("tables", "absent"),
    mark("tables", "registered"),
    mark("tables", "needs a checkpoint calibrated for this cache"),
    mark("tables", "TensorRT-LLM does not read GGUF files"),
    mark("tables", "taken for unquantised, then fails"),
    mark("tables", "compiled from weights of 16 bits only"),
    mark("tables", "compiled engines ended with 1.2"),
)
"""Notes of ``precisions.csv`` and ``architectures.csv`` that speak against something, and those the planner adds."""

CODES = (
    mark("tables", "queued"),
    mark("tables", "running"),
    mark("tables", "paused"),
    mark("tables", "done"),
    mark("tables", "failed"),
    mark("tables", "cancelled"),
    mark("tables", "plan"),
    mark("tables", "fetch"),
    mark("tables", "quantise"),
    mark("tables", "convert"),
    mark("tables", "compile"),
    mark("tables", "configure"),
    mark("tables", "trial"),
    mark("tables", "seal"),
    mark("tables", "environment"),
    mark("tables", "resolve"),
    mark("tables", "download"),
    mark("tables", "install"),
    mark("tables", "record"),
    mark("tables", "probe"),
    mark("tables", "wait"),
    mark("tables", "smoke"),
    mark("tables", "text"),
    mark("tables", "embeddings"),
    mark("tables", "ranking"),
    mark("tables", "name"),
    mark("tables", "expiry"),
    mark("tables", "limit"),
    mark("tables", "priority"),
    mark("tables", "tensors"),
    mark("tables", "keys"),
    mark("tables", "dimensions"),
    mark("tables", "array items"),
    mark("tables", "text bytes"),
    mark("tables", "experimental"),
    mark("tables", "untested"),
    mark("tables", "ready"),
    mark("tables", "installed"),
    mark("tables", "refused"),
    mark("tables", "incomplete"),
    mark("tables", "broken"),
    mark("tables", "unreachable"),
)
"""Codes in the facts of a problem: states, steps, tasks, fields of a key."""


_NAMES = {
    "hub": mark("tables", "the Hugging Face Hub"),
    "bundled": mark("tables", "what is included"),
    "settings": mark("tables", "the settings"),
    "imported": mark("tables", "a file of your own"),
    "elsewhere": mark("tables", "another place"),
    "outside the shared cache": mark("tables", "outside the shared cache"),
    "requests_per_minute": mark("tables", "requests per minute"),
    "tokens_per_day": mark("tables", "tokens per day"),
    "joules_per_day": mark("tables", "joules per day"),
    "context_tokens": mark("tables", "context"),
    "concurrency": mark("tables", "requests at once"),
    "precision": mark("tables", "precision"),
    "kv_dtype": mark("tables", "format of the cache"),
    "wish": mark("tables", "wish"),
    "gpus": mark("tables", "number of cards"),
    "depth": mark("tables", "tokens in the cache"),
    "batch": mark("tables", "streams at once"),
    "prompt_tokens": mark("tables", "tokens of the prompt"),
    "engines": mark("tables", "engines"),
    "use": mark("tables", "use"),
    "the Hub": mark("tables", "the Hugging Face Hub"),
    "the package indexes": mark("tables", "the package indexes"),
    "an empty file": mark("tables", "nothing, for it is empty"),
}
"""Codes that are no words: sources of a model, limits of a key, fields of a plan, who was to be asked."""

_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bexit code (\d+)"), mark("tables", "exit code {0}")),
    (re.compile(r"\bsignal (\d+)"), mark("tables", "signal {0}")),
    (re.compile(r"^process (\d+)$"), mark("tables", "process {0}")),
    (re.compile(r"\ba program \(pid"), mark("tables", "a program (pid")),
    (re.compile("; it has ended, and the driver still lists it"),
     mark("tables", "; it has ended, and the driver still lists it")),
)  # fmt: skip
"""What the daemon puts together: how a program ended, who holds memory."""


def phrased(text: str) -> str:
    """Words inside a text that the daemon has put together, in the language of the window."""
    for pattern, words in _PHRASES:
        # A number that the pattern finds stands where {0} does.
        said = QCoreApplication.translate("tables", words).replace("{0}", r"\1")
        text = pattern.sub(said, text)
    return text


def told(text: str) -> str:
    """Words of a table in the language of the window; what is not in one stays as it is."""
    return QCoreApplication.translate("tables", _NAMES.get(text, text))
