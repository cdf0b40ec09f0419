"""The failures of the reference's 7.6 that a scenario asks for by name, each with the text quoted there.

``where`` is a stage; ``how`` says who fails: a worker with an error that it can report ("worker"), a worker that is
killed ("killed"), the server that is killed ("server killed"), the MPI launcher before any worker runs ("launcher"),
the download in the proxy ("proxy"), or something that waits for ever ("hang").
"""

from dataclasses import dataclass

from tensorrt_llm._double import log

OOM = """Executor creation failed due to insufficient GPU memory.

The following component could not be created: {what}
Total GPU memory (GiB): {total:.2f}
Free GPU memory before component creation attempt (GiB): {free:.2f}

Previously created components and free GPU memory before/after creation (GiB):
{before}
Please refer to the TensorRT-LLM documentation for information on how to control the memory usage through options.
Possible options include:
  {advice}
"""


@dataclass(frozen=True)
class Failure:
    """One way to fail. ``raises`` names the exception's type; ``lines`` go to standard error before it."""

    where: str
    how: str
    text: str
    raises: str = "RuntimeError"
    lines: tuple[str, ...] = ()


def _oom(what: str, advice: str, *, where: str = "kv") -> Failure:
    before = "Model: 23.51 / 8.02\n" if what != "Model" else ""
    return Failure(where, "worker", OOM.format(what=what, total=31.36, free=0.43, before=before, advice=advice))


FAILURES: dict[str, Failure] = {
    "oom_model": _oom("Model", "Model: reduce max_num_tokens and/or shard the model weights across GPUs by enabling "
                      "pipeline and/or tensor parallelism", where="allocate"),
    "oom_kv_cache": _oom("KV cache", "KV cache: reduce free_gpu_memory_fraction"),
    "oom_initial_kv": _oom("Initial KV Cache (temporary for KV cache size estimation)",
                           "Initial KV Cache: reduce max_num_tokens", where="temporary_kv"),
    "oom_sampler": _oom("Sampler", "Sampler: reduce max_seq_len and/or max_attention_window"),
    "oom_drafter": _oom("Drafter", "Drafter: reduce max_seq_len and/or max_draft_len"),
    "oom_guided": _oom("Guided Decoder", "Guided decoder: reduce max_seq_len"),
    "oom_extra": _oom("Additional executor resources (temporary for KV cache size estimation)",
                      "Additional executor resources: reduce max_num_tokens"),
    "oom_draft_model": _oom("Draft model for speculative decoding",
                            "Draft model: reduce max_num_tokens", where="allocate"),
    "oom_created_during_usage": _oom("Model resources created during usage",
                                     "Model resources created during usage: reduce max_num_tokens"),
    "oom_spec_resources": _oom("Speculative decoding resources",
                               "Spec resources: reduce max_seq_len and/or max_batch_size"),
    "cuda_oom": Failure("load", "worker", "CUDA out of memory. Tried to allocate 224.00 MiB. GPU 0 has a total capacity"
                        " of 31.36 GiB of which 103.62 MiB is free.", "torch.OutOfMemoryError"),
    "nccl": Failure("allocate", "worker", "Executor creation failed with NCCL error: unhandled cuda error (run with "
                    "NCCL_DEBUG=INFO for details)"),
    "kv_no_room": Failure("kv", "worker", "Impossible to fit in any sequence in kvCache", "ValueError"),
    "kv_no_room_typo": Failure("kv", "worker", "Impossibe to fit in any sequence in kvCache", "ValueError"),
    "arch_fp4": Failure("autotune", "worker", "[TensorRT LLM Error][CutlassFp4GemmRunner][GEMM Dispatch] Arch "
                        "unsupported for CUTLASS FP4 GEMM"),
    "arch_fp8_block": Failure("autotune", "worker", "Unsupported SM version for FP8 block scaling GEMM"),
    "arch_sm121": Failure("load", "worker", "SM121 is not supported", "NotImplementedError"),
    "no_kernel_image": Failure("autotune", "worker",
                               "CUDA error: no kernel image is available for execution on the device"),
    "wrong_torch": Failure("allocate", "worker", "CUDA error: no kernel image is available for execution on the device",
                           lines=(("NVIDIA GeForce RTX 5090 with CUDA capability sm_120 is not "
                                  "compatible with the current PyTorch installation."),)),
    "cuda_busy": Failure("allocate", "worker", "CUDA error: CUDA-capable device(s) is/are busy or unavailable"),
    "mpi4py_build": Failure("spawn", "launcher", "", lines=("ERROR: Failed building wheel for mpi4py",)),
    "slots": Failure("spawn", "launcher", "", lines=(
        "--------------------------------------------------------------------------",
        "There are not enough slots available in the system to satisfy the 1",
        "slots that were requested by the application:",
        "There are not enough slots available in the system to satisfy the 1 slots")),
    "filled": Failure("spawn", "launcher", "",
                      lines=("All nodes which are allocated for this job are already filled.",)),
    "srun": Failure("spawn", "launcher", "", lines=(
        'The application appears to have been direct launched using "srun", but OMPI was not built with SLURM support',
    )),
    "driver_banner": Failure("args", "launcher", "", lines=(
        ("ERROR: This container was built for NVIDIA Driver Release 580.95 or later, but version 535.183.01 was "
        "detected and compatibility mode is UNAVAILABLE."),)),
    "cuda_804": Failure("allocate", "worker",
                        "CUDA error 804: forward compatibility was attempted on non supported HW"),
    "cuda_803": Failure("allocate", "worker",
                        "CUDA error 803: system has unsupported display driver / cuda driver combination"),
    "cuda_insufficient": Failure("allocate", "worker",
                                 "CUDA driver version is insufficient for CUDA runtime version"),
    "gated": Failure("download", "proxy", "401 Client Error. Cannot access gated repo for url "
                     "https://huggingface.co/meta-llama/Llama-3.1-8B-Instruct/resolve/main/config.json. Access to "
                     "model meta-llama/Llama-3.1-8B-Instruct is restricted.",
                     "huggingface_hub.errors.GatedRepoError"),
    "hub_permission": Failure("download", "proxy", "[Errno 13] Permission denied: "
                              "'/cache/huggingface/hub/.locks'", "PermissionError"),
    "vader": Failure("spawn", "killed", "", lines=(
        ("It appears as if there is not enough space for $TMPDIR/vader_segment.host.0.1 (the shared-memory backing "
        "file)\nBus error: nonexistent physical address"),)),
    "ptxas": Failure("autotune", "worker", "ptxas fatal   : Value 'sm_121a' is not defined for option 'gpu-name'"),
    "tinygemm2": Failure("graphs", "worker", "tinygemm2_cuda.cu 64 - invalid argument"),
    "tp_hang": Failure("autotune", "hang", ""),
    "no_free_slots": Failure("kv", "hang", "", lines=("No free slots",)),
    "host_oom": Failure("load", "killed", ""),
    "worker_died": Failure("load", "killed", ""),
    "container_oom": Failure("download", "server killed", ""),
}  # fmt: skip


class NamedError(Exception):
    """An exception whose type shows under another library's name."""


def exception(failure: Failure) -> Exception:
    """The exception of this failure."""
    kinds = {"RuntimeError": RuntimeError, "ValueError": ValueError, "NotImplementedError": NotImplementedError,
             "PermissionError": PermissionError}  # fmt: skip
    if failure.raises in kinds:
        return kinds[failure.raises](failure.text)
    module, _, name = failure.raises.rpartition(".")
    return type(name, (NamedError,), {"__module__": module})(failure.text)


def say_lines(failure: Failure) -> None:
    """What goes before the failure."""
    for line in failure.lines:
        log.plain(line)
