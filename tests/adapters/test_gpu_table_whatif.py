"""Cards that somebody names without owning them, and cards of this computer with what the driver leaves out."""

import pytest

from engineroom.adapters.gpu_table import load_gpu_table
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.machine import GpuInfo, MemoryKind

GIB = 2**30
TABLE = load_gpu_table()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("4090", "NVIDIA GeForce RTX 4090"),
        ("RTX 4090", "NVIDIA GeForce RTX 4090"),
        ("rtx4090", "NVIDIA GeForce RTX 4090"),
        ("NVIDIA GeForce RTX 4090", "NVIDIA GeForce RTX 4090"),
        ("name=4090", "NVIDIA GeForce RTX 4090"),
        ("rtx 4090 laptop gpu", "NVIDIA GeForce RTX 4090 Laptop"),
        ("5070Ti", "NVIDIA GeForce RTX 5070 Ti"),
        ("4070TiSuper", "NVIDIA GeForce RTX 4070 Ti SUPER"),
        ("5060 ti 16 GB", "NVIDIA GeForce RTX 5060 Ti 16GB"),
        ("rtx pro 6000", "NVIDIA RTX PRO 6000 Blackwell Workstation Edition"),
        ("rtxpro6000", "NVIDIA RTX PRO 6000 Blackwell Workstation Edition"),
        ("RTX PRO 6000 Max-Q", "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition"),
        ("rtx pro 6000 server", "NVIDIA RTX PRO 6000 Blackwell Server Edition"),
        ("RTX PRO 5000 72GB", "NVIDIA RTX PRO 5000 Blackwell 72GB"),
        ("6000 ada", "NVIDIA RTX 6000 Ada Generation"),
        ("a6000", "NVIDIA RTX A6000"),
        ("gb10", "NVIDIA GB10"),
        ("DGX Spark", "NVIDIA GB10"),
        ("dgx station", "NVIDIA GB300"),
        ("h200", "NVIDIA H200"),
        ("H100 SXM", "NVIDIA H100 80GB HBM3"),
        ("T4", "NVIDIA Tesla T4"),
    ],
)
def test_a_card_by_a_name_people_use(said: str, name: str) -> None:
    assert TABLE.named(said).name == name


@pytest.mark.parametrize("name", TABLE.names)
def test_every_card_answers_to_its_full_name(name: str) -> None:
    card = TABLE.named(name)
    assert 0 < (card.usable_bytes or 0) < (card.memory_total_bytes or 0)
    assert None not in (card.bandwidth_bytes_per_s, card.compute_capability, card.power_limit_w, card.fp16_flops)
    assert not card.owned
    assert not card.held_by


@pytest.mark.parametrize(
    ("said", "among"),
    [
        ("a100", "A100 SXM 40GB"),  # two sizes
        ("RTX 6000", "RTX 6000 Ada Generation"),  # a generation is missing
        ("rtx pro 5000", "RTX PRO 5000 Blackwell 72GB"),  # two sizes
        ("2070", "GeForce RTX 2070 SUPER"),  # only the SUPER is listed
        ("4070 Ti", "GeForce RTX 4070 Ti SUPER"),
        ("RTX 4090 D", "GeForce RTX 4090"),
        ("3060 8GB", "GeForce RTX 3060 12GB"),
        ("RTX 6090", "GeForce RTX 4090"),
        ("A100-SXM4-64GB", "A100 SXM 80GB"),
        ("", ""),
        ("geforce", ""),
    ],
)
def test_a_name_of_no_card_or_of_several_is_refused_with_the_nearest(said: str, among: str) -> None:
    with pytest.raises(Rejected) as refused:
        TABLE.named(said)
    assert refused.value.code == Code.GPU_UNKNOWN
    assert among in str(refused.value.problem.facts["nearest"])


def test_figures_of_the_table() -> None:
    card = TABLE.named("5090")
    assert card.memory_total_bytes == 32607 * 2**20
    assert (card.fp16_flops, card.fp16_fast_flops) == (209.5e12, 419.0e12)
    assert (card.fp8_flops, card.fp4_flops) == (838.0e12, 1676.0e12)
    assert (card.compute_capability, card.multiprocessors, card.power_limit_w) == ((12, 0), 170, 575.0)
    assert TABLE.named("3090").fp8_flops is None
    assert TABLE.named("h100 sxm").nvlink
    assert not TABLE.named("h100 pcie").nvlink
    assert TABLE.named("5090 laptop").laptop


def test_memory_a_program_can_have() -> None:
    assert TABLE.named("4090").usable_bytes == 24080 * 2**20  # what CUDA says, in the table
    kept = 81559 * 2**20 - (TABLE.named("h100 sxm").usable_bytes or 0)
    assert 450 * 2**20 <= kept <= 700 * 2**20
    spark = TABLE.named("spark")
    assert spark.memory_kind is MemoryKind.UNIFIED
    assert 112 * GIB < (spark.usable_bytes or 0) < 115 * GIB


def test_a_described_card() -> None:
    card = TABLE.named(
        "name=My card, memory=24GB, bandwidth=1.1TB/s, cc=8.9, fp16=165TFLOPS, fp8=660, power=450W, laptop=yes"
    )
    assert (card.name, card.memory_total_bytes, card.bandwidth_bytes_per_s) == ("My card", 24 * GIB, 1.1e12)
    assert (card.compute_capability, card.fp16_flops, card.fp8_flops) == ((8, 9), 165e12, 660e12)
    assert (card.power_limit_w, card.laptop, card.fp4_flops) == (450.0, True, None)
    assert card.usable_bytes
    assert card.usable_bytes < 24 * GIB


def test_a_described_card_may_change_one_of_the_table() -> None:
    card = TABLE.named("name=RTX 4090,memory=48GB")
    assert (card.memory_total_bytes, card.bandwidth_bytes_per_s) == (48 * GIB, 1008e9)
    slower = TABLE.named("name=RTX 4090,fp16=100TFLOPS")
    assert (slower.fp16_flops, slower.fp16_fast_flops, slower.usable_bytes) == (100e12, None, 24080 * 2**20)


def test_shared_memory_keeps_its_reserve() -> None:
    card = TABLE.named("memory=128GB,bandwidth=300GB/s,unified=yes")
    assert card.usable_bytes == 128 * GIB - int(128 * GIB * 0.05)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("name=X", "memory="),
        ("name=X,memory=24GB", "bandwidth="),
        ("memory=-4GB,bandwidth=1TB/s", "memory=-4GB"),
        ("memory=24,bandwidth=1TB/s", "memory=24"),
        ("memory=24GB,bandwidth=1e999GB/s", "bandwidth=1e999GB/s"),
        ("memory=" + "9" * 400 + "GB", "memory=" + "9" * 400 + "GB"),
        ("memory=24GB,bandwidth=nan", "bandwidth=nan"),
        ("memory=24GB,bandwidth=1TB/s,colour=red", "colour=red"),
        ("memory=24GB,bandwidth=1TB/s,cc=eight", "cc=eight"),
        ("memory=24GB,bandwidth=1TB/s,laptop=perhaps", "laptop=perhaps"),
        ("=,=", "="),
    ],
)
def test_a_description_that_is_not_understood_names_the_part(text: str, part: str) -> None:
    with pytest.raises(Rejected) as refused:
        TABLE.named(text)
    assert refused.value.code == Code.GPU_DESCRIPTION
    assert refused.value.problem.facts["part"] == part


def test_a_card_of_this_computer() -> None:
    info = GpuInfo(
        uuid="GPU-1", name="NVIDIA GeForce RTX 4090", memory_total_bytes=24564 * 2**20, power_limit_w=320.0,
        compute_capability="8.9", memory_bandwidth_gb_s=1008.0, display_active=True,
    )  # fmt: skip
    card = TABLE.enrich(info)
    assert (card.name, card.uuid, card.owned, card.display_active) == ("NVIDIA GeForce RTX 4090", "GPU-1", True, True)
    assert (card.power_limit_w, card.fp16_flops, card.usable_bytes) == (320.0, 165.2e12, 24080 * 2**20)


def test_a_card_of_this_computer_that_is_not_listed() -> None:
    info = GpuInfo(
        uuid="GPU-1", name="NVIDIA GeForce RTX 6090 Laptop GPU", memory_total_bytes=32 * GIB, power_limit_w=None,
        compute_capability="13.0", memory_bandwidth_gb_s=2000.0, nvlink_links=0,
    )  # fmt: skip
    card = TABLE.enrich(info)
    assert (card.compute_capability, card.bandwidth_bytes_per_s) == ((13, 0), 2000e9)
    assert (card.fp16_flops, card.power_limit_w, card.nvlink, card.laptop) == (None, None, False, True)
    assert (
        TABLE.enrich(GpuInfo(uuid="GPU-2", name="", memory_total_bytes=None, power_limit_w=None)).usable_bytes is None
    )


def test_shared_memory_of_this_computer() -> None:
    info = GpuInfo(
        uuid="GPU-1", name="NVIDIA GB10", memory_total_bytes=120 * GIB, power_limit_w=None,
        memory_kind=MemoryKind.UNIFIED, host_reserve_bytes=6 * GIB,
    )  # fmt: skip
    card = TABLE.enrich(info)
    assert (card.memory_kind, card.usable_bytes, card.bandwidth_bytes_per_s) == (MemoryKind.UNIFIED, 114 * GIB, 273e9)
    station = GpuInfo(uuid="GPU-2", name="NVIDIA GB300", memory_total_bytes=284208 * 2**20, power_limit_w=None)
    assert TABLE.enrich(station).memory_kind is MemoryKind.UNIFIED
