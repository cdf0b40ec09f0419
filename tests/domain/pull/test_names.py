"""Names from the network."""

import pytest

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.pull.names import check_paths, check_repo, is_revision, is_safe, parse_reference


@pytest.mark.parametrize(
    "path",
    ["config.json", "a/b/c.safetensors", ".gitattributes", "model-00001-of-00002.safetensors", "ä/名.txt",
     "console.json", "common.py", "a b.txt", "x" * 200 + ".json"],
)  # fmt: skip
def test_usual_names(path: str) -> None:
    assert is_safe(path)


@pytest.mark.parametrize(
    "path",
    ["", "..", "../x", "a/../b", "a/..", "/etc/passwd", "//x", "a//b", "a/", "./a", "a/./b", "C:/x", "c:x", "a\\b",
     "\\\\host\\x", "nul", "NUL.txt", "a/con", "Com1.json", "lpt³.txt", "aux.", "x.", "x ", " x", "a\x00b", "a\nb",
     "a\u202eb", "a*b", "a?b", "x" * 241, "/".join(["d" * 100] * 12), "\udc80"],
)  # fmt: skip
def test_hostile_names(path: str) -> None:
    assert not is_safe(path)
    with pytest.raises(Rejected) as caught:
        check_paths("maker/x", ["config.json", path])
    assert caught.value.code == Code.UNSAFE_FILE_NAME
    str(caught.value.problem.facts["path"]).encode("ascii")


@pytest.mark.parametrize("paths", [("a.json", "A.json"), ("a", "a/b"), ("a/b", "a"), ("x/A/y", "X/a"), ("a", "a")])
def test_names_that_would_overwrite_each_other(paths: tuple[str, str]) -> None:
    with pytest.raises(Rejected):
        check_paths("maker/x", paths)


def test_names_beside_each_other() -> None:
    check_paths("maker/x", ["a", "ab", "b/a", "b/b", "b.c"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("maker/model", ("maker/model", None)),
        ("  maker/model@v1.0 ", ("maker/model", "v1.0")),
        ("maker/model@refs/pr/3", ("maker/model", "refs/pr/3")),
        ("https://huggingface.co/maker/model", ("maker/model", None)),
        ("https://huggingface.co/maker/model/tree/main?x=1", ("maker/model", "main")),
        ("hf.co/maker/model", ("maker/model", None)),
        ("http://mirror.example:8080/maker/model/blob/0123456/config.json", ("maker/model", "0123456")),
    ],
)
def test_references(text: str, found: tuple[str, str | None]) -> None:
    assert parse_reference(text) == found


@pytest.mark.parametrize(
    "text",
    ["", "model", "a/b/c", "../x", "maker/..", "maker/model@../../x", "maker/mo del", "maker--x/model", "-a/b",
     "a/b.git", "https://huggingface.co/maker", "maker/model/"],
)  # fmt: skip
def test_no_references(text: str) -> None:
    with pytest.raises(Rejected) as caught:
        parse_reference(text)
    assert caught.value.code == Code.REPO_NAME


def test_repositories_and_revisions() -> None:
    assert check_repo("Qwen/Qwen2.5-0.5B_x") == "Qwen/Qwen2.5-0.5B_x"
    assert is_revision("refs/pr/1")
    assert not any(map(is_revision, ("", "a/../b", "/a", "a b", "a//b", "con", "a\n")))
