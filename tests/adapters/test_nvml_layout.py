"""The stand-in's structures, as a C compiler lays them out, against those of the binding."""

import ctypes
from pathlib import Path

import pynvml

FIELDS = [
    (pynvml.c_nvmlMemory_v2_t, "total reserved free used"),
    (pynvml.c_nvmlTemperature_v1_t, "sensorType temperature"),
    (pynvml.c_nvmlMarginTemperature_v1_t, "marginTemperature"),
    (pynvml.c_nvmlDeviceAddressingMode_t, "value"),
    (pynvml.nvmlPciInfo_t, "domain pciSubSystemId busId"),
    (pynvml.c_nvmlProcessInfo_v3_t, "usedGpuMemory gpuInstanceId computeInstanceId"),
    (pynvml.c_nvmlEventData_t, "eventType eventData gpuInstanceId"),
    (pynvml.c_nvmlFieldValue_t, "scopeId timestamp latencyUsec valueType nvmlReturn value"),
]


def test_both_sides_lay_out_alike(fake_nvml: Path) -> None:
    expected = []
    for structure, names in FIELDS:
        expected.append(ctypes.sizeof(structure))
        expected += [getattr(structure, name).offset for name in names.split()]
    library = ctypes.CDLL(str(fake_nvml / "libnvidia-ml.so.1"))
    assert list((ctypes.c_size_t * len(expected)).in_dll(library, "engineroom_layout")) == expected


def test_versions_are_those_the_binding_sends() -> None:
    """A version is the size with the number above it; a library that knows another refuses the call."""
    assert pynvml.nvmlMemory_v2 == ctypes.sizeof(pynvml.c_nvmlMemory_v2_t) | 2 << 24
    assert pynvml.nvmlTemperature_v1 == ctypes.sizeof(pynvml.c_nvmlTemperature_v1_t) | 1 << 24
    assert pynvml.nvmlMarginTemperature_v1 == ctypes.sizeof(pynvml.c_nvmlMarginTemperature_v1_t) | 1 << 24
    assert pynvml.nvmlDeviceAddressingMode_v1 == ctypes.sizeof(pynvml.c_nvmlDeviceAddressingMode_t) | 1 << 24
