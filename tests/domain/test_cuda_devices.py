"""The variables that name cards to CUDA."""

import pytest

from engineroom.domain.cuda_devices import cuda_environment


def test_cards_are_named_by_uuid_in_the_order_given() -> None:
    assert cuda_environment(["GPU-b2", "GPU-a1"]) == {
        "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
        "CUDA_VISIBLE_DEVICES": "GPU-b2,GPU-a1",
    }


def test_no_card_hides_them_all() -> None:
    assert cuda_environment([])["CUDA_VISIBLE_DEVICES"] == ""


@pytest.mark.parametrize("uuids", [["0"], ["GPU-a", "GPU-a"], ["GPU-a,GPU-b"], ["no-access-0"], [""], ["GPU-a", "1"]])
def test_what_cuda_would_silently_drop_is_refused(uuids: list[str]) -> None:
    with pytest.raises(ValueError, match="card"):
        cuda_environment(uuids)
