"""The variables that name cards to CUDA."""

import pytest

from engineroom.domain.cuda_devices import cuda_environment, cuda_index


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


@pytest.mark.parametrize(
    ("line", "index"),
    [
        ("load_tensors:        CUDA0 model buffer size =  4403.49 MiB", 0),
        ("llama_kv_cache:      CUDA12 KV buffer size =   112.00 MiB", 12),
        ("0.01.234 I llama_context:      CUDA1 compute buffer size = 300.75 MiB", 1),
        ("llama_memory_recurrent:      CUDA3 RS buffer size =     1.25 MiB", 3),
        ("llama_model_load_from_file_impl: using device CUDA2 (NVIDIA A) (0000:01:00.0) - 23892 MiB free", 2),
        ("load_tensors:        CUDA0 model buffer size =     0.00 MiB", None),
        ("load_tensors:   CPU_Mapped model buffer size =    88.20 MiB", None),
        ("load_tensors:    CUDA_Host model buffer size =    12.20 MiB", None),
        ("ggml_cuda_init: found 2 CUDA devices:", None),
        ("using device Vulkan0", None),
    ],
)
def test_the_device_that_a_line_of_the_log_names(line: str, index: int | None) -> None:
    assert cuda_index(line) == index


def test_a_slice_of_an_old_driver_is_named_by_its_place() -> None:
    assert cuda_environment(["MIG-GPU-a1/7/0"])["CUDA_VISIBLE_DEVICES"] == "MIG-GPU-a1/7/0"
