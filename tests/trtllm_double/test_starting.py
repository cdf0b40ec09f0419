"""How the double starts and ends: stages, port, workers, signals (reference 7)."""

import os
import re
import signal
import socket
import time
from pathlib import Path

import pytest

from engine_room import gone, until
from fakes.tensorrt_llm_double.kit import VERSIONS, part
from fakes.tensorrt_llm_double.started import Started

IN_ORDER = (
    "TensorRT-LLM version: ", "Using LLM with PyTorch backend", "ATTENTION RUNTIME FEATURES",
    "Validating KV Cache config against kv_cache_dtype=", "GB for model weights.", "Prefetching ",
    "Model init total -- ", "max_seq_len is not specified, using inferred value 2048", "[MemUsageChange] Allocated ",
    "Running autotuner warmup", "[Autotuner] Cache size after warmup is", "Creating CUDA graph instances for ",
    "Peak memory during memory usage profiling", "Estimated max memory in KV cache", "[MemUsageChange] Allocated ",
    "Running autotuner warmup", "Creating CUDA graph instances for ", "Setting PyTorch memory fraction to ",
    "get signal from executor worker",
)  # fmt: skip


def connects(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def binds(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def memory(tmp_path: Path) -> list[dict[str, object]]:
    return part("gpus").memory_in_use(str(tmp_path / "state"))


@pytest.mark.parametrize("version", VERSIONS)
def test_stages_come_in_order_each_on_its_stream(serve, version: str) -> None:
    with Started(serve(version=version)) as double:
        double.ready()
        text, at = double.output(), 0
        for marker in IN_ORDER:
            at = text.find(marker, at)
            assert at >= 0, marker
            at += len(marker)
        errors = double.output("stderr")
        assert "\x1b[33mrank 0 using MpiPoolSession to spawn MPI processes\n\x1b[0m" in errors
        assert re.search(r"\rLoading safetensors weights in parallel: 100%", errors)
        assert text.count("TensorRT-LLM version") == 1


def test_memory_comes_from_the_card_the_files_and_the_arguments(serve) -> None:
    card = {"uuid": "GPU-a", "total_bytes": 16 * 2**30, "used_bytes": 2**30}
    words = serve("--kv_cache_free_gpu_memory_fraction", "0.5", gpus=[card], weights_gib=4.0)
    with Started(words) as double:
        text = double.until("Estimated max memory")
    assert "Use 4.00 GB for model weights." in text
    assert (
        "available KV cache memory when calculating max tokens: 5.38 GiB, fraction is set 0.5, kv size is 256." in text
    )


def test_port_is_taken_but_nobody_listens_until_the_model_is_loaded(serve) -> None:
    with Started(serve(stall_at="graphs")) as double:
        double.until("Autotuning process ends")
        assert not connects(double.port)
        assert not binds(double.port)


def test_newer_version_answers_503_while_starting(serve) -> None:
    with Started(serve(version="1.4.0rc1", stall_at="graphs")) as double:
        double.until("Autotuning process ends")
        status, text, headers = double.ask("/health")
    assert status == 503
    assert '"code": "starting"' in text
    assert (headers["x-trtllm-server-state"], headers["retry-after"]) == ("starting", "1")


def test_worker_outlives_the_server_and_keeps_its_memory(serve, tmp_path: Path) -> None:
    with Started(serve()) as double:
        (worker,) = double.ready().workers()
        assert worker.parent().parent().pid == double.process.pid
        assert os.getpgid(worker.pid) != os.getpgid(double.process.pid)
        os.killpg(double.process.pid, signal.SIGKILL)
        assert double.ended() == -9
        time.sleep(0.1)
        assert worker.is_running()
        (held,) = memory(tmp_path)
        assert held["pid"] == worker.pid
        worker.kill()
        until("its memory is free", lambda: memory(tmp_path) == [])


def test_newer_versions_worker_dies_with_its_server(serve, tmp_path: Path) -> None:
    with Started(serve(version="1.4.0rc1")) as double:
        workers = double.ready().workers()
        assert workers
        double.process.kill()
        double.ended()
        until("their end", lambda: gone(workers))


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 1), (signal.SIGTERM, -15)])
def test_signal_after_start_ends_server_and_workers(serve, tmp_path: Path, number: int, status: int) -> None:
    with Started(serve()) as double:
        double.ready()
        assert memory(tmp_path) != []
        assert double.interrupt(number) == status
        assert "Application shutdown complete." in double.output("stderr")
        until("its memory is free", lambda: memory(tmp_path) == [])


def test_sigterm_while_loading_leaves_the_worker(serve) -> None:
    with Started(serve(stall_at="load")) as double:
        double.until("Prefetching")
        (worker,) = double.workers()
        assert double.interrupt(signal.SIGTERM) == -15
        assert worker.is_running()


def test_sigint_while_loading_ends_all(serve) -> None:
    with Started(serve(stall_at="load")) as double:
        double.until("Prefetching")
        workers = double.workers()
        assert workers
        assert double.interrupt(signal.SIGINT) == 1
        until("their end", lambda: gone(workers))


def test_stop_that_is_ignored_lasts_until_the_second_interrupt(serve) -> None:
    with Started(serve(ignores_stop=True)) as double:
        double.ready()
        double.process.send_signal(signal.SIGINT)
        double.until("Waiting for application shutdown", "stderr")
        time.sleep(0.1)
        assert double.process.poll() is None
        assert double.interrupt() == 1


def test_context_is_shrunk_silently_or_refused(serve) -> None:
    small = {"gpus": [{"total_bytes": 2**30}], "weights_gib": 0.73}
    cache = ("--kv_cache_free_gpu_memory_fraction", "0.003")
    with Started(serve(*cache, **small)) as double:
        text = double.ready().output()
        found = re.search(r"Attention window size 2048 exceeds upper bound (\d+) for available blocks", text)
        assert found
        assert f"Adjusted max_seq_len to {found[1]}" in text
    with Started(serve(*cache, "--fail_fast_on_attention_window_too_large", **small)) as double:
        assert double.ended() == 1


def test_slow_stage_and_pace_are_scripted(serve) -> None:
    began_s = time.monotonic()
    with Started(serve(slow={"load": 0.3})) as double:
        double.ready()
    assert time.monotonic() - began_s >= 0.3


def test_visible_devices_choose_the_cards(serve) -> None:
    cards = [{"uuid": "GPU-aa", "total_bytes": 2**34}, {"uuid": "GPU-bb", "total_bytes": 2**35}]
    with Started(serve(gpus=cards), CUDA_VISIBLE_DEVICES="GPU-bb") as double:
        assert "device total memory 32.00 GiB" in double.until("Estimated max memory")
    with Started(serve(gpus=cards), CUDA_VISIBLE_DEVICES="") as double:
        assert double.ended() == 1
        assert "ValueError: No GPU devices found on the node" in double.output("stderr")
    with Started(serve("--tp_size", "2", gpus=cards), CUDA_VISIBLE_DEVICES="0") as double:
        assert double.ended() == 1
        assert "RuntimeError: Only 1 GPUs are available, but 2 are required." in double.output("stderr")


def test_one_worker_for_each_card(serve, tmp_path: Path) -> None:
    cards = [{"uuid": "GPU-aa"}, {"uuid": "GPU-bb"}]
    with Started(serve("--tp_size", "2", gpus=cards)) as double:
        assert len(double.ready().workers()) == 2
        assert "start MpiSession with 2 workers" in double.output()
        until("both cards to hold it", lambda: {row["gpu"]["uuid"] for row in memory(tmp_path)} == {"GPU-aa", "GPU-bb"})
