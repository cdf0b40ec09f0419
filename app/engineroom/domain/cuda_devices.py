"""Which cards a CUDA program may see."""

from collections.abc import Mapping, Sequence


def cuda_environment(uuids: Sequence[str]) -> Mapping[str, str]:
    """Variables that give a program these cards, in this order, and no other.

    By UUID, for CUDA numbers cards its own way and that need not be the driver's.  No UUID means no card: an empty list
    hides them all.  CUDA silently drops everything behind an entry it does not understand, so a UUID that is none is
    refused here.

    Args:
        uuids: of cards (``GPU-…``) or of their slices (``MIG-…``).

    Raises:
        ValueError: for a UUID of another form, or one given twice.
    """
    if len(set(uuids)) != len(uuids):
        raise ValueError(f"a card is named twice: {', '.join(uuids)}")
    for uuid in uuids:
        if not uuid.startswith(("GPU-", "MIG-")) or not uuid.replace("-", "").isalnum():
            raise ValueError(f"not the UUID of a card: {uuid!r}")
    return {"CUDA_DEVICE_ORDER": "PCI_BUS_ID", "CUDA_VISIBLE_DEVICES": ",".join(uuids)}
