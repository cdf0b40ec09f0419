"""Each budget fires on a sample that breaks it, and the tree breaks none."""

import subprocess
import sys
from pathlib import Path

import pytest

from checks import budgets

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(budgets.__file__)


def rules_broken(root: Path, place: str, text: str, allowed: str = "") -> list[str]:
    sample = root / place
    sample.parent.mkdir(parents=True, exist_ok=True)
    sample.write_text(text, encoding="utf-8")
    listed = root.with_name(f"{root.name}.toml")
    listed.write_text(allowed, encoding="utf-8")
    return [finding.rule for finding in budgets.check_tree(root, listed)]


def function_of(lines: int, *, docstring: str = "") -> str:
    body = [f'    """{docstring}"""'] if docstring else []
    return "\n".join(["def f() -> None:", *body, *["    x = 1"] * (lines - 1), ""])


@pytest.mark.parametrize(
    ("place", "limit"),
    [
        ("app/engineroom/services/engines.py", 400),
        ("ui/engineroom_ui/pages/home.py", 350),
        ("app/engineroom/daemon/room.py", 250),
        ("tests/e2e/test_serve.py", 400),
    ],
)
def test_file_over_its_limit_is_found(tmp_path: Path, place: str, limit: int) -> None:
    assert rules_broken(tmp_path, place, "x = 1\n" * limit) == []
    assert rules_broken(tmp_path, place, "x = 1\n" * (limit + 1)) == ["file-size"]


def test_long_function_is_found_and_its_docstring_does_not_count(tmp_path: Path) -> None:
    assert rules_broken(tmp_path, "app/a.py", function_of(40)) == []
    assert rules_broken(tmp_path, "app/a.py", function_of(40, docstring="One.\n\n    Two.\n    ")) == []
    assert rules_broken(tmp_path, "app/a.py", function_of(41)) == ["function-size"]
    assert rules_broken(tmp_path, "app/a.py", "async " + function_of(41)) == ["function-size"]


def test_long_class_is_found(tmp_path: Path) -> None:
    assert rules_broken(tmp_path, "ui/a.py", "class A:\n" + "    x = 1\n" * 199) == []
    assert rules_broken(tmp_path, "ui/a.py", "class A:\n" + "    x = 1\n" * 200) == ["class-size"]


def test_too_many_comments_are_found_and_directives_are_not_counted(tmp_path: Path) -> None:
    code = "x = 1\n" * 18
    assert rules_broken(tmp_path, "app/a.py", code + "# a\nx = 1  # b\n") == []
    assert rules_broken(tmp_path, "app/a.py", code + "# a\nx = 1  # b\nx = '# c'  # noqa: E501\n") == []
    assert rules_broken(tmp_path, "app/a.py", code + "x = 1  # a\nx = 1  # b\n# c\n") == []
    assert rules_broken(tmp_path, "app/a.py", code + "x = 1  # a\nx = 1  # b\n# c\n# d\n") == ["comment-share"]


def test_long_comment_block_is_found(tmp_path: Path) -> None:
    code = "x = 1\n" * 200
    assert rules_broken(tmp_path, "app/a.py", code + "# a\n" * 12) == []
    assert rules_broken(tmp_path, "app/a.py", code + "# a\n" * 13) == ["comment-block"]
    assert rules_broken(tmp_path, "app/a.py", code + "# a\n" * 7 + "x = 1\n" + "# a\n" * 7) == []


@pytest.mark.parametrize(
    "handler",
    [
        "except Exception:\n        pass",
        "except (ValueError, Exception) as e:\n        print(e)",
        "except BaseException:\n        pass",
        "except:\n        pass",
    ],
)
def test_broad_handler_is_found_unless_it_is_listed_or_raises_again(tmp_path: Path, handler: str) -> None:
    text = f"class A:\n  def f(self):\n    try:\n        g()\n    {handler}\n"
    allowed = '[[allowed]]\npath = "app/a.py"\nfunction = "A.f"\nedge = "job runner"\n'
    assert rules_broken(tmp_path, "app/a.py", text) == ["broad-except"]
    assert rules_broken(tmp_path, "app/a.py", text, allowed) == []
    assert rules_broken(tmp_path, "app/a.py", text, allowed.replace("A.f", "A.g")) == ["broad-except"] * 2
    assert rules_broken(tmp_path, "app/a.py", text, allowed.replace("job runner", "anywhere")) == ["broad-except"]
    assert rules_broken(tmp_path, "app/a.py", text + "        raise\n") == []


def test_suppressing_everything_is_found(tmp_path: Path) -> None:
    text = "import contextlib\n\nwith contextlib.suppress({}):\n    f()\n"
    assert rules_broken(tmp_path, "app/a.py", text.format("OSError")) == []
    assert rules_broken(tmp_path, "app/a.py", text.format("Exception")) == ["broad-except"]


def test_listed_edge_without_a_handler_is_found(tmp_path: Path) -> None:
    allowed = '[[allowed]]\npath = "app/a.py"\nfunction = "f"\nedge = "Qt hooks"\n'
    assert rules_broken(tmp_path, "app/a.py", "x = 1\n", allowed) == ["broad-except"]


@pytest.mark.parametrize(
    "call", ['self.tr(f"{n} tokens")', 'tr("a" + b)', 'tr("%s" % n)', 'app.translate("Home", "{}".format(n))']
)
def test_text_built_inside_tr_is_found(tmp_path: Path, call: str) -> None:
    assert rules_broken(tmp_path, "ui/a.py", f"x = {call}\n") == ["built-translation"]


def test_text_filled_in_after_tr_is_fine(tmp_path: Path) -> None:
    assert rules_broken(tmp_path, "ui/a.py", 'x = tr("{n} tokens").format(n=f"{n}")\n') == []


@pytest.mark.parametrize("place", ["packaging/launch.sh", "README.md", "app/a.py", ".ci/run", "pyproject.toml"])
@pytest.mark.parametrize("word", ["/" + "root/x", "/" + "work/x", "https://pypi" + ".org/simple"])
def test_forbidden_word_is_found_in_every_kind_of_file(tmp_path: Path, place: str, word: str) -> None:
    assert rules_broken(tmp_path, place, f'x = "{word}"\n') == ["forbidden-word"]


def test_forbidden_words_leave_other_words_and_the_lock_alone(tmp_path: Path) -> None:
    assert rules_broken(tmp_path, "app/a.py", 'x = "home/work/x", "/workers/", "pypi"\n') == []
    assert rules_broken(tmp_path, "uv.lock", "https://pypi" + ".org/simple") == []


@pytest.mark.parametrize("line", ["import app.engineroom", "from ui.engineroom_ui import app", "import ui as u"])
def test_import_of_a_source_root_is_found(tmp_path: Path, line: str) -> None:
    assert rules_broken(tmp_path, "tests/test_a.py", f"{line}\n") == ["root-import"]


def test_program_prints_the_place_and_fails(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "a.py").write_text("x = 1\nimport ui\n", encoding="utf-8")
    answer = subprocess.run([sys.executable, PROGRAM, tmp_path], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stdout.startswith("app/a.py:2: root-import: ")


def test_tree_keeps_every_budget() -> None:
    findings = budgets.check_tree(ROOT)
    assert not findings, "\n".join(map(str, findings))
