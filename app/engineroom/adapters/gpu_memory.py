"""What a CUDA program can have of an empty card."""

from engineroom.domain.machine import MemoryKind, host_reserve_bytes

_DRIVER_BYTES = 450 * 2**20
_DRIVER_SHARE = 0.002


def usable_bytes(total: int | None, kind: MemoryKind, cuda_total_bytes: int | None = None) -> int | None:
    """Bytes of the ``total`` that the driver (or, for shared memory, the computer) reports; ``None`` if not known.

    What CUDA itself says (``cuda_total_bytes``) is known for some cards, from engine logs; else the driver keeps about
    450 MiB and 0.2 %: 452 of a 3090's 24 576 MiB, 461 of a 5070 Ti's 16 303, 640 of an RTX PRO 6000's 97 887.
    """
    if total is None:
        return None
    if kind is MemoryKind.UNIFIED:
        return max(0, total - host_reserve_bytes(total))
    if cuda_total_bytes is not None and cuda_total_bytes <= total:
        return cuda_total_bytes
    return max(0, total - _DRIVER_BYTES - int(total * _DRIVER_SHARE))
