"""What importing the package does: a line with its version, or one of the ways it fails (reference 6.1, 7.6)."""

import os
import sys
import time

from tensorrt_llm._double.scenario import scenario


def announce(version: str) -> None:
    """Print the version line once per tree of processes, as the proxy alone does."""
    plan = scenario()
    time.sleep(plan.import_s)
    if plan.libmpi == "missing":
        raise ImportError("libmpi.so.40: cannot open shared object file: No such file or directory")
    if plan.fail == "mpi_hang":
        time.sleep(plan.silence_s)
    if "TRTLLM_DOUBLE_RANK" not in os.environ and not plan.quiet_import:
        sys.stdout.write(f"[TensorRT-LLM] TensorRT-LLM version: {version}\n")
        sys.stdout.flush()
