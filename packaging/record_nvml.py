"""Record what the NVIDIA driver of this computer answers, as a scenario for the tests.

Run it on a machine with a card: ``python packaging/record_nvml.py OUT.txt [--seconds 5]``.  It needs nothing but
Python and the driver, calls every function that Engineroom uses with buffers of its own, and writes the return codes
and raw values in the words of ``tests/fakes/nvml/README.md``.  Serial numbers are never asked for and UUIDs are
replaced; names of programs are not written, and their pids are made up.  No CUDA context is created.
"""

import argparse
import ctypes
import sys
import time
from ctypes import byref, c_int, c_uint, c_ulonglong, c_void_p
from pathlib import Path

SUCCESS, NOT_SUPPORTED, FUNCTION_NOT_FOUND = 0, 3, 13
NO_BYTES = 2**64 - 1
NUMBERS = {
    "arch": "nvmlDeviceGetArchitecture",
    "power": "nvmlDeviceGetPowerUsage",
    "limit": "nvmlDeviceGetEnforcedPowerLimit",
    "set_limit": "nvmlDeviceGetPowerManagementLimit",
    "default_limit": "nvmlDeviceGetPowerManagementDefaultLimit",
    "bus_width": "nvmlDeviceGetMemoryBusWidth",
    "fans": "nvmlDeviceGetNumFans",
    "link_generation": "nvmlDeviceGetMaxPcieLinkGeneration",
    "link_width": "nvmlDeviceGetMaxPcieLinkWidth",
    "pstate": "nvmlDeviceGetPerformanceState",
    "mig_count": "nvmlDeviceGetMaxMigDeviceCount",
    "display": "nvmlDeviceGetDisplayActive",
    "compute_mode": "nvmlDeviceGetComputeMode",
}
WITH_A_KIND = {
    "fan": ("nvmlDeviceGetFanSpeed_v2", 0),
    "sm_clock": ("nvmlDeviceGetClockInfo", 1),
    "memory_clock": ("nvmlDeviceGetClockInfo", 2),
    "max_memory_clock": ("nvmlDeviceGetMaxClockInfo", 2),
    "temp": ("nvmlDeviceGetTemperature", 0),
}
PAIRS = {
    "cc": "nvmlDeviceGetCudaComputeCapability",
    "limit_range": "nvmlDeviceGetPowerManagementLimitConstraints",
    "ecc": "nvmlDeviceGetEccMode",
    "mig": "nvmlDeviceGetMigMode",
    "driver_model": "nvmlDeviceGetDriverModel_v2",
}
MOST_PROCESSES = 256
FIELDS = (83, 185, 186, 197, 198)
MODULE_FIELDS = (185, 186, 191)
LINKS = 36


class MemoryV2(ctypes.Structure):
    """``nvmlMemory_v2_t``."""

    _fields_ = (("version", c_uint), *((name, c_ulonglong) for name in ("total", "reserved", "free", "used")))


class Process(ctypes.Structure):
    """``nvmlProcessInfo_t`` of the second and third version."""

    _fields_ = (("pid", c_uint), ("bytes", c_ulonglong), ("gpu_instance", c_uint), ("compute_instance", c_uint))


class FieldValue(ctypes.Structure):
    """``nvmlFieldValue_t``; the value as its eight raw bytes."""

    _fields_ = (
        ("field", c_uint),
        ("scope", c_uint),
        ("timestamp", ctypes.c_int64),
        ("latency_us", ctypes.c_int64),
        ("type", c_uint),
        ("code", c_uint),
        ("value", ctypes.c_ubyte * 8),
    )

    def number(self) -> float:
        """The value by its type: double, unsigned, long long, int or short."""
        raw = bytes(self.value)
        if self.type == 0:
            return float(ctypes.c_double.from_buffer_copy(raw).value)
        sizes = {1: (4, False), 2: (ctypes.sizeof(ctypes.c_ulong), False), 4: (8, True), 5: (4, True), 6: (2, False)}
        size, signed = sizes.get(self.type, (8, False))
        return int.from_bytes(raw[:size], sys.byteorder, signed=signed)


class Recorder:
    """Asks the library and collects lines. ``times_us`` holds what each function took, at the most."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        self.lines: list[str] = []
        self.times_us: dict[str, float] = {}
        self._pids: dict[int, int] = {}

    def call(self, function: str, *arguments: object) -> int:
        """Return code; a function the library lacks is *not found*."""
        try:
            pointer = getattr(self._library, function)
        except AttributeError:
            return FUNCTION_NOT_FOUND
        began_s = time.perf_counter()
        code = int(pointer(*arguments))
        took_us = (time.perf_counter() - began_s) * 1e6
        self.times_us[function] = max(took_us, self.times_us.get(function, 0.0))
        return code

    def write(self, key: str, code: int, value: object, at: str = "") -> None:
        """A value, or the code that came in its place."""
        if code == SUCCESS:
            self.lines.append(f"{key}{at} {value}")
        elif at or code != NOT_SUPPORTED:
            self.lines.append(f"{key}!{at} {code}")

    def text(self, function: str, *before: object) -> tuple[int, str]:
        """A function that fills in a text."""
        buffer = ctypes.create_string_buffer(96)
        code = self.call(function, *before, buffer, c_uint(96))
        return code, "".join(chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}" for byte in buffer.value)

    def system(self) -> None:
        """What holds for all cards."""
        code, version = self.text("nvmlSystemGetDriverVersion")
        self.write("driver", code, version)
        cuda = c_int()
        self.write("cuda", self.call("nvmlSystemGetCudaDriverVersion_v2", byref(cuda)), cuda.value)
        events = c_void_p()
        if self.call("nvmlEventSetCreate", byref(events)) == SUCCESS:
            self.lines.append("events 1")
            self.call("nvmlEventSetFree", events)

    def card(self, number: int, handle: c_void_p) -> None:
        """What does not change of a card."""
        key = f"{number}."
        self.lines.append(f"{key}uuid GPU-ffffffff-0000-0000-0000-{number:012d}")
        code, name = self.text("nvmlDeviceGetName", handle)
        self.write(f"{key}name", code, name)
        pci = (ctypes.c_ubyte * 68)()
        code = self.call("nvmlDeviceGetPciInfo_v3", handle, byref(pci))
        self.write(f"{key}pci", code, bytes(pci)[36:].partition(b"\0")[0].decode("ascii", "replace"))
        for field, function in PAIRS.items():
            first, second = c_uint(), c_uint()
            code = self.call(function, handle, byref(first), byref(second))
            self.write(key + field, code, f"{first.value}.{second.value}")
        links = 0
        while links < LINKS and not self.call("nvmlDeviceGetNvLinkState", handle, c_uint(links), byref(c_uint())):
            links += 1
        self.write(f"{key}nvlinks", SUCCESS if links else NOT_SUPPORTED, links)
        mode = (c_uint * 2)(8 | 1 << 24, 0)
        self.write(f"{key}addressing", self.call("nvmlDeviceGetAddressingMode", handle, byref(mode)), mode[1])
        for kind in ("compute", "graphics"):
            self.processes(key + kind, kind.title(), handle)
        self.slices(number, handle)

    def round(self, number: int, handle: c_void_p, at: str) -> None:
        """What changes of a card; ``at`` is empty or ``@ROUND``."""
        key = f"{number}."
        self.memory(key, handle, at)
        for field, function in NUMBERS.items():
            value = c_uint()
            self.write(key + field, self.call(function, handle, byref(value)), value.value, at)
        for field, (function, kind) in WITH_A_KIND.items():
            value = c_uint()
            self.write(key + field, self.call(function, handle, c_uint(kind), byref(value)), value.value, at)
        wide = c_ulonglong()
        code = self.call("nvmlDeviceGetTotalEnergyConsumption", handle, byref(wide))
        self.write(f"{key}energy", code, wide.value, at)
        self.throttle(key, handle, at)
        rates = (c_uint * 2)()
        code = self.call("nvmlDeviceGetUtilizationRates", handle, byref(rates))
        self.write(f"{key}busy", code, rates[0], at)
        self.write(f"{key}memory_busy", code, rates[1], at)
        margin = (c_int * 2)(8 | 1 << 24, 0)
        self.write(f"{key}margin", self.call("nvmlDeviceGetMarginTemperature", handle, byref(margin)), margin[1], at)
        sensor = (c_int * 3)(12 | 1 << 24, 0, 0)
        code = self.call("nvmlDeviceGetTemperatureV", handle, byref(sensor))
        if code:
            self.lines.append(f"{key}tempv!{at} {code}")
        else:
            self.write(f"{key}temp", code, sensor[2], at)
        self.fields(key, handle, at)
        self.fields(key, handle, at, scope=1)

    def throttle(self, key: str, handle: c_void_p, at: str) -> None:
        """By the older name where the newer one fails."""
        mask = c_ulonglong()
        code = self.call("nvmlDeviceGetCurrentClocksEventReasons", handle, byref(mask))
        if code:
            self.lines.append(f"{key}throttle!{at} {code}")
            code = self.call("nvmlDeviceGetCurrentClocksThrottleReasons", handle, byref(mask))
        self.write(f"{key}throttle", code, mask.value, at)

    def memory(self, key: str, handle: c_void_p, at: str) -> None:
        """Both versions; the values are those of the newer one that answers."""
        newer = MemoryV2(version=ctypes.sizeof(MemoryV2) | 2 << 24)
        older = (c_ulonglong * 3)()
        code = self.call("nvmlDeviceGetMemoryInfo_v2", handle, byref(newer))
        old_code = self.call("nvmlDeviceGetMemoryInfo", handle, byref(older))
        for field, failed in (("memory2", code), ("memory", old_code)):
            if failed:
                self.lines.append(f"{key}{field}!{at} {failed}")
        if code == SUCCESS:
            values = {"total": newer.total, "used": newer.used, "reserved": newer.reserved}
        else:
            values = {"total": older[0], "used": older[2], "reserved": 0}
        for field, value in values.items():
            self.write(key + field, min(code, old_code), value, at)

    def fields(self, key: str, handle: c_void_p, at: str, *, scope: int = 0) -> None:
        """Field values, each with its own code and type; of the card, or (scope 1) of the module it is a part of."""
        numbers, suffix = (MODULE_FIELDS, f"_scope{scope}") if scope else (FIELDS, "")
        values = (FieldValue * len(numbers))(*(FieldValue(field=number, scope=scope) for number in numbers))
        code = self.call("nvmlDeviceGetFieldValues", handle, c_int(len(numbers)), byref(values))
        if code and scope:
            return
        if code:
            self.lines.append(f"{key}fields!{at} {code}")
            return
        for value in values:
            self.write(f"{key}field{value.field}{suffix}", value.code, int(value.number()), at)
            if value.code == SUCCESS and not at:
                self.lines.append(f"{key}field{value.field}{suffix}_type {value.type}")

    def processes(self, key: str, kind: str, handle: c_void_p) -> None:
        """Bytes of each program, with pids that are nobody's; by the older call where the newer one fails."""
        wide = hasattr(self._library, "nvmlDeviceGetConfComputeMemSizeInfo") and not hasattr(
            self._library, "nvmlDeviceGetRunningProcessDetailList"
        )
        # The first drivers of the 535 series write longer records by the newer call.
        for version, suffix in (("v2", ""),) if wide else (("v3", ""), ("v2", "_old")):
            count, found = c_uint(MOST_PROCESSES), (Process * MOST_PROCESSES)()
            code = self.call(f"nvmlDeviceGet{kind}RunningProcesses_{version}", handle, byref(count), byref(found))
            if code == SUCCESS:
                words = [
                    f"{self._pid(process.pid)}:{'-' if process.bytes == NO_BYTES else process.bytes}"
                    for process in found[: count.value]
                ]
                self.lines.append(f"{key} {' '.join(words)}")
                return
            self.lines.append(f"{key}{suffix}! {code}")

    def _pid(self, pid: int) -> int:
        return self._pids.setdefault(pid, 4000000 + len(self._pids))

    def slices(self, number: int, handle: c_void_p) -> None:
        """MIG instances."""
        for index in range(16):
            slice_ = c_void_p()
            if self.call("nvmlDeviceGetMigDeviceHandleByIndex", handle, c_uint(index), byref(slice_)):
                continue
            key = f"{number}.m{index}."
            self.lines.append(f"{key}uuid MIG-ffffffff-0000-0000-{number:04d}-{index:012d}")
            code, name = self.text("nvmlDeviceGetName", slice_)
            self.write(f"{key}name", code, name)
            self.memory(key, slice_, "")


def record(library: ctypes.CDLL, seconds: int) -> Recorder:
    """Everything, and what changes once a second for so many more rounds."""
    recorder = Recorder(library)
    code = recorder.call("nvmlInitWithFlags", c_uint(0))
    if code:
        recorder.lines.append(f"init {code}")
        return recorder
    recorder.system()
    count = c_uint()
    code = recorder.call("nvmlDeviceGetCount_v2", byref(count))
    recorder.write("count", code, count.value)
    handles = []
    for number in range(count.value):
        handle = c_void_p()
        code = recorder.call("nvmlDeviceGetHandleByIndex_v2", c_uint(number), byref(handle))
        if code:
            recorder.lines.append(f"{number}.handle! {code}")
            continue
        handles.append((number, handle))
        recorder.card(number, handle)
    for now in range(seconds + 1):
        for number, handle in handles:
            recorder.round(number, handle, f"@{now}" if now else "")
        time.sleep(1.0 if now < seconds else 0.0)
    recorder.call("nvmlShutdown")
    return recorder


def main() -> int:
    """Exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--library", default="nvml.dll" if sys.platform == "win32" else "libnvidia-ml.so.1")
    options = parser.parse_args()
    try:
        library = ctypes.CDLL(options.library)
    except OSError as error:
        print(f"There is no NVIDIA driver to record here: {error}", file=sys.stderr)
        return 1
    recorder = record(library, options.seconds)
    simulated = hasattr(library, "engineroom_simulated_nvml")
    origin = "Recorded from the stand-in" if simulated else "Recorded on a card"
    lines = [f"# {origin} on {time.strftime('%Y-%m-%d')}; UUIDs and pids are made up.", *recorder.lines]
    options.out.write_text("\n".join(lines) + "\n", "utf-8")
    for function, took_us in sorted(recorder.times_us.items(), key=lambda item: -item[1]):
        print(f"{took_us:10.1f} us at the most  {function}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
