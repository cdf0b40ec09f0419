"""What some processes hold on the cards, as the driver says."""

from collections.abc import Collection

import pynvml


def gpu_bytes(pids: Collection[int]) -> int | None:
    """Bytes on all cards together; ``None`` without a driver, or where it does not tell."""
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return None
    try:
        held = [
            process.usedGpuMemory
            for index in range(pynvml.nvmlDeviceGetCount())
            for process in pynvml.nvmlDeviceGetComputeRunningProcesses(pynvml.nvmlDeviceGetHandleByIndex(index))
            if process.pid in pids
        ]
    except pynvml.NVMLError:
        return None
    finally:
        pynvml.nvmlShutdown()
    known = [size for size in held if size is not None]
    return sum(known) if known else None
