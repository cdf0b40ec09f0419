"""From a wish to a command line."""

from dataclasses import replace

from engineroom.domain.launch import LlamaCppLaunch, Sampling, llama_cpp_argv


def test_all_of_it() -> None:
    launch = LlamaCppLaunch(
        model_path="/models/a b.gguf",
        model_id="a",
        sha256="00ff",
        context_tokens=4096,
        slots=4,
        threads=8,
        prompt_cache_mib=256,
        chat_template_path="/t/chatml.jinja",
        sampling=Sampling(temperature=0.2, top_p=0.9),
    )
    assert llama_cpp_argv(launch) == [
        "llama-cpp",
        "--model=/models/a b.gguf",
        "--id=a",
        "--context-tokens=4096",
        "--slots=4",
        "--threads=8",
        "--prompt-cache-mib=256",
        "--cache-type-k=f16",
        "--cache-type-v=f16",
        "--ubatch-tokens=512",
        "--sha256=00ff",
        "--chat-template=/t/chatml.jinja",
        "--temperature=0.2",
        "--top-p=0.9",
    ]


def test_what_is_not_said_is_not_passed() -> None:
    """A temperature of zero is said; none is not."""
    launch = LlamaCppLaunch(
        model_path="--version",
        model_id="-x",
        sha256=None,
        context_tokens=256,
        slots=1,
        threads=1,
        prompt_cache_mib=0,
        sampling=Sampling(temperature=0.0),
    )
    assert llama_cpp_argv(launch) == [
        "llama-cpp",
        "--model=--version",
        "--id=-x",
        "--context-tokens=256",
        "--slots=1",
        "--threads=1",
        "--prompt-cache-mib=0",
        "--cache-type-k=f16",
        "--cache-type-v=f16",
        "--ubatch-tokens=512",
        "--temperature=0.0",
    ]


def test_what_a_plan_chooses() -> None:
    launch = LlamaCppLaunch(
        model_path="m",
        model_id="m",
        sha256=None,
        context_tokens=256,
        slots=2,
        threads=1,
        prompt_cache_mib=0,
        cache_type_k="q8_0",
        cache_type_v="q4_0",
        ubatch_tokens=128,
        gpu_layers=0,
        flash_attention=True,
        kv_unified=True,
    )
    assert llama_cpp_argv(launch)[-6:] == [
        "--cache-type-k=q8_0",
        "--cache-type-v=q4_0",
        "--ubatch-tokens=128",
        "--gpu-layers=0",
        "--flash-attention=on",
        "--kv-unified=on",
    ]
    assert "--flash-attention=off" in llama_cpp_argv(replace(launch, flash_attention=False))
