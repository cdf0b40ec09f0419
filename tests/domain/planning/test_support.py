"""What runs where, case by case as the sources have it."""

import pytest

from engineroom.adapters.matrix import load_matrix
from engineroom.domain.planning.matrix import COMPILED, Site, version_of, within
from engineroom.domain.planning.support import (
    driver_support,
    kv_support,
    platform_support,
    precision_support,
    site_of,
    worst,
)
from engineroom.domain.planning.values import Platform, Support

MATRIX = load_matrix()
TRT = "tensorrt-llm"
LLAMA = "llama.cpp"


def site(
    sm: int | None,
    runtime: str = TRT,
    *,
    os: str = "linux",
    arch: str = "x86_64",
    version: str | None = None,
    gpus: int = 1,
) -> Site:
    return site_of(
        MATRIX,
        compute_capability=None if sm is None else divmod(sm, 10),
        runtime=runtime,
        platform=Platform(os=os, arch=arch),
        version=version,
        gpus=gpus,
    )


@pytest.mark.parametrize(
    ("sm", "os", "arch", "gpus", "expected"),
    [
        (75, "linux", "x86_64", 1, "broken"),
        (70, "linux", "x86_64", 1, "broken"),
        (80, "linux", "x86_64", 1, "supported"),
        (86, "linux", "x86_64", 2, "supported"),
        (87, "linux", "x86_64", 1, "broken"),
        (88, "linux", "x86_64", 1, "broken"),
        (89, "linux", "x86_64", 1, "supported"),
        (90, "linux", "x86_64", 1, "supported"),
        (100, "linux", "x86_64", 1, "supported"),
        (103, "linux", "aarch64", 1, "supported"),
        (110, "linux", "aarch64", 1, "broken"),
        (120, "linux", "x86_64", 4, "supported"),
        (120, "linux", "aarch64", 1, "supported"),
        (121, "linux", "aarch64", 1, "supported"),
        (80, "linux", "aarch64", 1, "broken"),
        (86, "linux", "aarch64", 1, "broken"),
        (87, "linux", "aarch64", 1, "broken"),
        (89, "linux", "aarch64", 1, "broken"),
        (90, "linux", "aarch64", 1, "supported"),
        (120, "windows", "x86_64", 1, "broken"),
        (121, "windows", "aarch64", 1, "broken"),
        (120, "wsl", "x86_64", 1, "experimental"),
        (89, "wsl", "x86_64", 1, "experimental"),
        (89, "wsl", "x86_64", 2, "broken"),
        (75, "wsl", "x86_64", 1, "broken"),
        (121, "wsl", "aarch64", 1, "untested"),
        (130, "linux", "x86_64", 1, "untested"),
        (None, "linux", "x86_64", 1, "untested"),
        (120, "macos", "x86_64", 1, "untested"),
    ],
)
def test_builds_of_tensorrt_llm(sm: int | None, os: str, arch: str, gpus: int, expected: str) -> None:
    assert platform_support(MATRIX, site(sm, os=os, arch=arch, gpus=gpus)).support == expected


@pytest.mark.parametrize(
    ("sm", "os", "expected"),
    [
        (35, "linux", "broken"),
        (52, "linux", "experimental"),
        (61, "windows", "experimental"),
        (75, "linux", "supported"),
        (86, "wsl", "supported"),
        (120, "windows", "supported"),
        (121, "linux", "supported"),
        (130, "linux", "untested"),
    ],
)
def test_builds_of_llama_cpp(sm: int, os: str, expected: str) -> None:
    assert platform_support(MATRIX, site(sm, LLAMA, os=os)).support == expected


DOCUMENTED = {
    "nvfp4": {100, 103, 120, 121},
    "fp8": {89, 90, 100, 103, 120, 121},
    "fp8_block": {90, 100, 103},
    "fp8_rowwise": {90},
    "w4a8_awq": {89, 90, 100, 103},
    "w4a16_awq": {80, 86, 89, 90, 100, 103},
    "w4a8_gptq": {89, 90, 100, 103},
    "w4a16_gptq": {80, 86, 89, 90, 100, 103},
    "bf16": {80, 86, 89, 90, 100, 103, 120, 121},
}


@pytest.mark.parametrize("sm", [80, 86, 89, 90, 100, 103, 120, 121])
@pytest.mark.parametrize("precision", DOCUMENTED)
def test_dense_layers_as_nvidia_documents_them(precision: str, sm: int) -> None:
    found = precision_support(MATRIX, site(sm), precision, "dense")
    assert (found.support is Support.SUPPORTED) is (sm in DOCUMENTED[precision])


@pytest.mark.parametrize(
    ("sm", "precision", "family", "expected"),
    [
        (121, "fp8_block", "mla", "broken"),
        (121, "fp8_block", "dense", "untested"),
        (121, "nvfp4", "dense", "supported"),
        (121, "nvfp4", "moe", "supported"),
        (121, "mxfp4", "moe", "supported"),
        (120, "fp8_block", "dense", "experimental"),
        (120, "fp8_block", "moe", "broken"),
        (120, "fp8_block", "mla", "experimental"),
        (89, "fp8_block", "dense", "experimental"),
        (89, "fp8_block", "moe", "broken"),
        (90, "fp8_block", "moe", "supported"),
        (86, "fp8_block", "dense", "broken"),
        (80, "mxfp4", "moe", "broken"),
        (86, "mxfp4", "moe", "broken"),
        (89, "mxfp4", "moe", "broken"),
        (90, "mxfp4", "moe", "supported"),
        (120, "mxfp4", "moe", "supported"),
        (120, "mxfp4", "dense", "broken"),
        (100, "mxfp4", "dense", "supported"),
        (120, "w4a16_awq", "dense", "experimental"),
        (120, "w4a16_gptq", "dense", "experimental"),
        (120, "w4a8_awq", "dense", "experimental"),
        (86, "w4a8_awq", "dense", "broken"),
        (90, "w4a16_awq", "moe", "untested"),
        (89, "nvfp4", "dense", "broken"),
        (90, "nvfp4", "moe", "broken"),
        (86, "fp8", "dense", "broken"),
        (100, "int8", "dense", "broken"),
        (90, "int8", "dense", "untested"),
        (90, "q4_k_m", "dense", "broken"),
        (90, "nf4", "dense", "broken"),
        (90, "no_such_thing", "dense", "untested"),
    ],
)
def test_precisions_of_tensorrt_llm(sm: int, precision: str, family: str, expected: str) -> None:
    assert precision_support(MATRIX, site(sm), precision, family).support == expected


@pytest.mark.parametrize("version", ["1.1.0", "1.3.0rc13", "1.4.0rc1", "0.19"])
def test_a_version_nobody_listed_is_untested(version: str) -> None:
    assert platform_support(MATRIX, site(120, version=version)).support is Support.UNTESTED
    assert precision_support(MATRIX, site(120, version=version), "nvfp4", "dense").support is Support.UNTESTED


@pytest.mark.parametrize(
    ("sm", "precision", "expected"),
    [
        (86, "int8", "supported"),
        (120, "int8", "supported"),
        (100, "int8", "broken"),
        (86, "w4a16_awq", "supported"),
        (86, "w4a8_awq", "broken"),
        (89, "fp8", "supported"),
        (90, "nvfp4", "broken"),
    ],
)
def test_compiled_engines(sm: int, precision: str, expected: str) -> None:
    assert precision_support(MATRIX, site(sm, COMPILED), precision, "dense").support == expected


@pytest.mark.parametrize(
    ("sm", "precision", "expected"),
    [
        (61, "q4_k_m", "supported"),
        (86, "iq4_xs", "supported"),
        (120, "mxfp4", "supported"),
        (75, "mxfp4", "supported"),
        (121, "nvfp4", "experimental"),
        (90, "fp8", "broken"),
        (90, "w4a16_awq", "broken"),
    ],
)
def test_precisions_of_llama_cpp(sm: int, precision: str, expected: str) -> None:
    for family in ("dense", "moe", "mla"):
        assert precision_support(MATRIX, site(sm, LLAMA), precision, family).support == expected


def test_nvfp4_in_older_builds_of_llama_cpp_is_untested() -> None:
    assert precision_support(MATRIX, site(120, LLAMA, version="b6918"), "nvfp4", "dense").support is Support.UNTESTED


@pytest.mark.parametrize(
    ("sm", "kv", "weights", "calibrated", "expected"),
    [
        (86, "fp8", "bf16", False, "supported"),
        (120, "fp8", "nvfp4", False, "supported"),
        (121, "fp8", "mxfp4", False, "supported"),
        (100, "nvfp4", "fp8", True, "supported"),
        (103, "nvfp4", "fp8", True, "supported"),
        (100, "nvfp4", "fp8", False, "broken"),
        (100, "nvfp4", "nvfp4", True, "broken"),
        (120, "nvfp4", "fp8", True, "broken"),
        (90, "nvfp4", "fp8", True, "broken"),
        (90, "q8_0", "bf16", False, "broken"),
        (90, "int8", "bf16", False, "untested"),
        (75, "bf16", "bf16", False, "untested"),
    ],
)
def test_cache_of_tensorrt_llm(sm: int, kv: str, weights: str, calibrated: bool, expected: str) -> None:
    assert kv_support(MATRIX, site(sm), kv, weights=weights, calibrated=calibrated).support == expected


@pytest.mark.parametrize(
    ("kv", "expected"), [("f16", "supported"), ("q8_0", "supported"), ("q5_1", "experimental"), ("fp8", "broken")]
)
def test_cache_of_llama_cpp(kv: str, expected: str) -> None:
    assert kv_support(MATRIX, site(86, LLAMA), kv, weights="q4_k_m", calibrated=False).support == expected


def test_what_is_broken_decides_over_what_is_untested() -> None:
    one = platform_support(MATRIX, site(75))
    two = precision_support(MATRIX, site(75), "bf16", "dense")
    assert worst([two, one]) is one
    assert "no kernels" in one.note
    assert one.source


def test_versions() -> None:
    assert version_of(TRT, "1.3.0rc3") == (1, 3, 0)
    assert version_of(LLAMA, "2026.10.11549") == version_of(LLAMA, "b11549") == (11549,)
    assert within((1, 2, 9), (1, 2), (1, 2))
    assert not within((1, 3, 0), (1, 2), (1, 2))
    assert not within((1, 1, 9), (1, 2), (1, 2))
    assert not within(None, (1, 2), (1, 2))
    assert within(None, None, None)


@pytest.mark.parametrize(
    ("driver", "cuda", "expected"),
    [
        ("580.65.06", "13.0", "supported"),
        ("595.10", "13.2", "supported"),
        ("575.64.05", "12.9", "broken"),
        ("580.65.06", "12.9", "broken"),
        (None, None, "supported"),
    ],
)
def test_drivers(driver: str | None, cuda: str | None, expected: str) -> None:
    platform = Platform(driver_version=driver, cuda_version=cuda)
    for runtime, answer in ((TRT, expected), (LLAMA, "supported")):
        found = site_of(MATRIX, compute_capability=(8, 9), runtime=runtime, platform=platform)
        assert driver_support(MATRIX, found).support == answer
