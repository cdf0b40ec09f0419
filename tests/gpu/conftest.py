import ctypes
import os

import pytest

ON_STAND_IN = "ENGINEROOM_GPU_SUITE_ON_STAND_IN"
"""Set by the test that runs these tests against the stand-in; what they print is then no measurement."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only when asked for by ``-m gpu``, and only where there is a driver."""
    if "gpu" not in (config.option.markexpr or "") or "not gpu" in config.option.markexpr:
        reason = "asked for with -m gpu"
    elif not has_driver():
        reason = "there is no NVIDIA driver"
    else:
        return
    for item in items:
        if item.get_closest_marker("gpu") is not None:
            item.add_marker(pytest.mark.skip(reason=reason))


def has_driver() -> bool:
    """Whether the library is there, and is the real one unless the stand-in is meant."""
    try:
        library = ctypes.CDLL("libnvidia-ml.so.1")
    except OSError:
        return False
    return on_stand_in() or not hasattr(library, "engineroom_simulated_nvml")


def on_stand_in() -> bool:
    """Whether the stand-in is meant."""
    return ON_STAND_IN in os.environ
