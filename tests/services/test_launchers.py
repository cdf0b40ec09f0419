"""What starts engines: command lines, and how far a start of TensorRT-LLM is by its log."""

import json

from engineroom.daemon.engines_build import timeline_of
from engineroom.domain.model import ModelSpec
from engineroom.services.engines import options_for
from engineroom.services.launchers import EngineOptions, LlamaCppLauncher, TimelineReader, TrtLlmLauncher

OPTIONS = EngineOptions(context_tokens=4096, slots=4, threads=2, prompt_cache_mib=0)
LOG = (
    "TensorRT-LLM version: 1.2.1",
    "[11/18/2025-09:33:30] [TRT-LLM] [I] Using LLM with PyTorch backend",
    "rank 0 using MpiPoolSession to spawn MPI processes",
    "[11/18/2025-09:33:40] [TRT-LLM] [RANK 0] [I] Model init total -- 2.50s",
    "INFO:     Application startup complete.",
)


def test_an_engine_that_was_built_keeps_its_context_and_its_slots() -> None:
    sealed = ModelSpec(id="e", name="e", path="/e", context_tokens=1024, slots=2)
    assert (options_for(sealed, OPTIONS).context_tokens, options_for(sealed, OPTIONS).slots) == (1024, 2)
    plain = ModelSpec(id="m", name="m", path="/m.gguf")
    assert options_for(plain, OPTIONS) == OPTIONS


def test_the_key_of_llama_cpp_is_never_on_the_command_line() -> None:
    spec = ModelSpec(id="m", name="m", path="/m.gguf")
    launch = LlamaCppLauncher().launch(spec, OPTIONS, path="/m.gguf", key="secret")
    assert launch.arguments[0] == "llama-cpp"
    assert "secret" not in " ".join(launch.arguments)
    assert "secret" in launch.environment.values()


def test_the_first_words_to_tensorrt_llm_have_no_field_that_it_refuses() -> None:
    launcher = TrtLlmLauncher(timeline=timeline_of, tuning=lambda name: f"/tuning/{name}")
    spec = ModelSpec(id="e", name="e", path="/engines/e", runtime="tensorrt-llm", runtime_version="1.2.1")
    launch = launcher.launch(spec, OPTIONS, path="/engines/e", key="k")
    assert launch.arguments == ("trtllm", "--engine=/engines/e", "--tuning=/tuning/e")
    assert set(json.loads(launch.probe)) == {"model", "prompt", "max_tokens"}
    assert launch.silent_after_s == 600


def test_a_start_goes_on_with_its_log() -> None:
    reader = TimelineReader(timeline_of("1.2.1"))
    shares = [told.share for line in LOG if (told := reader.read(line)) is not None]
    assert len(shares) == len(LOG)
    assert shares == sorted(shares)
    assert reader.read("nothing of the kind") is None


def test_a_context_that_was_shortened_is_noticed() -> None:
    reader = TimelineReader(timeline_of("1.2.1"))
    line = "[TRT-LLM] [W] Attention window size 2048 exceeds upper bound 640 for available blocks. Reducing to 640."
    told = [reader.read(line), reader.read("Adjusted max_seq_len to 640")]
    assert {one.context_tokens for one in told if one is not None} == {640}
