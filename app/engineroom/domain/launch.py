"""From a wish to a command line: one pure function per runtime."""

from dataclasses import dataclass, field

PARENT_VARIABLE = "ENGINEROOM_PARENT_PID"
"""Environment variable that tells a worker which process it must not outlive."""

FAMILY_VARIABLE = "ENGINEROOM_FAMILY"
"""Environment variable that all processes of one worker inherit, also those that leave its group and its parent."""

KEY_VARIABLE = "ENGINEROOM_ENGINE_KEY"
"""Environment variable with the key an engine demands of the gateway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """Defaults of a model's publisher, used where a request does not say."""

    temperature: float | None = None
    top_p: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LlamaCppLaunch:
    """Everything the llama.cpp worker needs.

    ``context_tokens`` is per slot.  ``sha256`` is checked before loading where it is known.  ``chat_template`` replaces
    the one in the file.  Cache types are ggml's names; ``ubatch_tokens`` are those of one forward pass.  ``None``
    leaves layers on the card and flash attention to llama.cpp.  With ``kv_unified`` the slots share one pool of cells
    and each may use all of it.  That saves a few cells of windowed models, but no slot is sure of its own: of two
    prompts of 700 tokens in a pool of 1,024 both failed with 500, *Context size has been exceeded* (2026-11-23,
    xllamacpp 2026.10.11549).
    """

    model_path: str
    model_id: str
    sha256: str | None
    context_tokens: int
    slots: int
    threads: int
    prompt_cache_mib: int
    chat_template_path: str | None = None
    cache_type_k: str = "f16"
    cache_type_v: str = "f16"
    ubatch_tokens: int = 512
    gpu_layers: int | None = None
    flash_attention: bool | None = None
    kv_unified: bool = False
    sampling: Sampling = field(default_factory=Sampling)


def llama_cpp_environment(*, key: str) -> dict[str, str]:
    """Environment of the worker: its key, and how long its threads spin at each of a token's hundreds of barriers.

    GNU OpenMP's default is milliseconds, which ruins decoding as soon as anything else wants a core.  Measured on 2
    cores with 2 threads, tokens/s alone and beside a busy process (2026-11-23, xllamacpp 2026.10.11549): default 73
    and 23 (down to 1 beside several), 1,000 spins 78 and 29, none at all 30 and 37.
    """
    return {KEY_VARIABLE: key, "GOMP_SPINCOUNT": "1000"}


def llama_cpp_argv(launch: LlamaCppLaunch) -> list[str]:
    """Arguments after ``engineroom worker``; the engine's key travels in the environment, never here."""
    argv = [
        "llama-cpp",
        f"--model={launch.model_path}",
        f"--id={launch.model_id}",
        f"--context-tokens={launch.context_tokens}",
        f"--slots={launch.slots}",
        f"--threads={launch.threads}",
        f"--prompt-cache-mib={launch.prompt_cache_mib}",
    ]
    flash = {None: None, True: "on", False: "off"}[launch.flash_attention]
    optional = {
        "cache-type-k": launch.cache_type_k,
        "cache-type-v": launch.cache_type_v,
        "ubatch-tokens": launch.ubatch_tokens,
        "gpu-layers": launch.gpu_layers,
        "flash-attention": flash,
        "kv-unified": "on" if launch.kv_unified else None,
        "sha256": launch.sha256,
        "chat-template": launch.chat_template_path,
        "temperature": launch.sampling.temperature,
        "top-p": launch.sampling.top_p,
    }
    return argv + [f"--{name}={value}" for name, value in optional.items() if value is not None]
