"""Every command line in the README is understood by the program, and every command of the program is in the README."""

import re
import shlex
from collections.abc import Iterator

import pytest
from cyclopts import App

from checks.uv_tool import ROOT
from engineroom.cli.main import command_line

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = "engineroom"


def lines() -> list[str]:
    """The lines of the shell that call the program, without their comments; a backslash joins two."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    joined = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [line for line in joined if line.startswith(f"{PROGRAM} ")]


def commands(app: App, *above: str) -> Iterator[tuple[str, ...]]:
    """Every command by its words; one that has commands below it counts too if it does something itself."""
    for name in app:
        if name.startswith("-"):
            continue
        yield (*above, name)
        yield from commands(app[name], *above, name)


@pytest.mark.parametrize("line", lines())
def test_a_line_in_the_readme_is_understood(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    _, bound, _ = command_line().parse_args(words, exit_on_error=False, print_error=False)
    assert bound is not None


def test_what_is_no_command_is_not_understood() -> None:
    for words in (["keys", "crate", "x"], ["keys", "create", "x", "--hours", "3"], ["serve", "--modle", "x"]):
        with pytest.raises(Exception, match=r".+"):
            command_line().parse_args(words, exit_on_error=False, print_error=False)


def test_every_command_is_in_the_readme() -> None:
    """In a line of the shell, or named beside the command it is below."""
    told = README.replace("\n", " ")
    missing = [
        " ".join(words)
        for words in commands(command_line())
        if f"{PROGRAM} {' '.join(words)}" not in told and f"`{words[-1]}`" not in told and f"`{words[-1]} " not in told
    ]
    assert missing == []


def test_every_option_of_keys_is_in_the_readme() -> None:
    """What a key can be limited to is what people look for."""
    arguments = command_line()["keys"]["create"].assemble_argument_collection()
    names = [name for argument in arguments for name in argument.names if name.startswith("--")]
    options = [name for name in names if not name.startswith(("--no-", "--empty-", "--json"))]
    assert len(options) >= 7
    assert [name for name in options if name != "--name" and name not in README] == []
