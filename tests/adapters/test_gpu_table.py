"""The table of cards, by the names that drivers give them."""

import csv
from importlib import resources

import pytest

from engineroom.adapters.gpu_table import load_gpu_table

GIB = 2**30


@pytest.mark.parametrize(
    ("name", "memory_gib", "bandwidth_gb_s"),
    [
        ("NVIDIA GeForce RTX 4090", 24, 1008.0),
        ("NVIDIA GeForce RTX 4090 Laptop GPU", 16, 576.0),
        ("NVIDIA RTX PRO 6000 Blackwell Workstation Edition", 95.6, 1792.0),
        ("NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition", 95.6, 1792.0),
        ("NVIDIA RTX PRO 6000 Blackwell Server Edition", 95.6, 1597.0),
        ("NVIDIA RTX PRO 5000 Blackwell", 47.8, 1344.0),
        ("NVIDIA RTX 6000 Ada Generation", 48, 960.0),
        ("NVIDIA RTX A6000", 48, 768.0),
        ("NVIDIA GeForce RTX 3060", 12, 360.0),
        ("NVIDIA A100-SXM4-80GB", 80, 2039.0),
        ("NVIDIA A100 80GB PCIe", 80, 1935.0),
        ("NVIDIA H100 80GB HBM3", 79.6, 3350.0),
        ("NVIDIA H100 PCIe", 79.6, 2000.0),
        ("NVIDIA H200", 140.4, 4800.0),
        ("NVIDIA B200", 179, 7700.0),
        ("NVIDIA GB10", None, 273.0),
        ("NVIDIA GB300", 277.5, 7100.0),
        ("Tesla T4", 15, 320.0),
        ("NVIDIA L4", 22.5, 300.0),
    ],
)
def test_a_card_in_the_table(name: str, memory_gib: float | None, bandwidth_gb_s: float) -> None:
    total = None if memory_gib is None else int(memory_gib * GIB)
    assert load_gpu_table().bandwidth_gb_s(name, total) == bandwidth_gb_s


@pytest.mark.parametrize(
    ("name", "memory_gib"),
    [
        ("NVIDIA GeForce RTX 4090 D", 24),
        ("NVIDIA GeForce RTX 3060", 8),
        ("NVIDIA GeForce RTX 3080", 12),
        ("NVIDIA GeForce RTX 3080 Ti Laptop GPU", 16),
        ("NVIDIA A100-PCIE-40GB", 40),
        ("NVIDIA H100 NVL", 94),
        ("NVIDIA RTX 4000 SFF Ada Generation", 20),
        ("NVIDIA RTX PRO 6000 Blackwell", 95.6),
        ("NVIDIA L40S-24Q", 24),
        ("NVIDIA GeForce RTX 6090", 48),
        ("", 24),
    ],
)
def test_what_only_resembles_a_card_in_the_table(name: str, memory_gib: float) -> None:
    assert load_gpu_table().bandwidth_gb_s(name, int(memory_gib * GIB)) is None


def test_every_row_has_a_source_and_a_date() -> None:
    text = resources.files("engineroom_resources").joinpath("gpus.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 55
    for row in rows:
        assert row["source"], row["name"]
        assert row["read_on"], row["name"]
