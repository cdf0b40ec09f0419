"""A synthetic load for a card: multiplies matrices until it is ended. ``load.py CARD [SIZE]``.

It needs nothing but the driver's libcuda and a libcublas, both by ctypes; where one is missing it says so and exits
with 77.  CARD is a UUID.  It prints ``holds BYTES`` once it works.
"""

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

NOT_HERE = 77
CUBLAS = ("libcublas.so.13", "libcublas.so.12", "libcublas.so.11", "libcublas.so")
NO_TRANSPOSE = 0
BATCH = 16


class Missing(Exception):
    """A library that the load needs is not here."""


def library(*names: str) -> ctypes.CDLL:
    """The first of these that can be loaded."""
    for name in names:
        with suppress(OSError):
            return ctypes.CDLL(name)
    raise Missing(f"none of these could be loaded: {', '.join(names)}")


def checked(what: str, code: int) -> None:
    """Anything but zero is an error."""
    if code:
        raise SystemExit(f"{what} returned {code}")


def begin(size: int) -> tuple[int, Iterator[None]]:
    """Allocate three square matrices; the bytes they take, and an endless run of batches of multiplications."""
    cuda, cublas = library("libcuda.so.1"), library(*CUBLAS)
    device, context, handle = ctypes.c_int(), ctypes.c_void_p(), ctypes.c_void_p()
    checked("cuInit", cuda.cuInit(0))
    checked("cuDeviceGet", cuda.cuDeviceGet(ctypes.byref(device), 0))
    checked("cuDevicePrimaryCtxRetain", cuda.cuDevicePrimaryCtxRetain(ctypes.byref(context), device))
    checked("cuCtxSetCurrent", cuda.cuCtxSetCurrent(context))
    each = size * size * ctypes.sizeof(ctypes.c_float)
    matrices = [ctypes.c_uint64() for _ in range(3)]
    for matrix in matrices:
        checked("cuMemAlloc", cuda.cuMemAlloc_v2(ctypes.byref(matrix), ctypes.c_size_t(each)))
        checked("cuMemsetD32", cuda.cuMemsetD32_v2(matrix, ctypes.c_uint(0x3F800000), ctypes.c_size_t(size * size)))
    checked("cublasCreate", cublas.cublasCreate_v2(ctypes.byref(handle)))
    return 3 * each, batches(cublas.cublasSgemm_v2, cuda.cuCtxSynchronize, handle, size, matrices)


def batches(
    multiply: Callable[..., int],
    wait: Callable[[], int],
    handle: ctypes.c_void_p,
    size: int,
    matrices: list[ctypes.c_uint64],
) -> Iterator[None]:
    """Each step is a batch that has been computed."""
    one, none, n = ctypes.c_float(1.0), ctypes.c_float(0.0), ctypes.c_int(size)
    a, b, c = matrices
    no = ctypes.c_int(NO_TRANSPOSE)
    while True:
        for _ in range(BATCH):
            code = multiply(handle, no, no, n, n, n, ctypes.byref(one), a, n, b, n, ctypes.byref(none), c, n)
            checked("cublasSgemm", code)
        checked("cuCtxSynchronize", wait())
        yield


def main() -> int:
    """Exit status."""
    os.environ["CUDA_VISIBLE_DEVICES"] = sys.argv[1]
    try:
        held, steps = begin(int(sys.argv[2]) if len(sys.argv) > 2 else 8192)
    except Missing as missing:
        print(f"no load: {missing}", flush=True)
        return NOT_HERE
    next(steps)
    print(f"holds {held}", flush=True)
    for _ in steps:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
