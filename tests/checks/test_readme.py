"""What the README says about the program is what the program does."""

import re
import subprocess
import sys
import tomllib

from checks.uv_tool import ROOT
from engineroom.contract.problems import Exit
from engineroom.domain.settings import Settings, parse_settings

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_settings_in_the_readme_are_the_defaults() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    assert parse_settings(tomllib.loads(block), path="README.md") == Settings()


def test_settings_left_out_in_the_readme_are_understood_too() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    everything = re.sub(r"^# (\w+ =)", r"\1", block, flags=re.MULTILINE)
    settings = parse_settings(tomllib.loads(everything), path="README.md")
    assert (settings.default_model, settings.llama_cpp.threads) == ("smollm2-135m-instruct", 8)
    assert [model.id for model in settings.model_files] == ["mine"]
    assert settings.energy.price_per_kwh == 0.30


def test_exit_codes_in_the_readme_are_all_there_are() -> None:
    listed = [int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)]
    assert listed == [code.value for code in Exit]


def test_commands_in_the_readme_are_all_there_are() -> None:
    """A row may tell of several, as in ``engineroom pin MODEL``, ``unpin MODEL``."""
    rows = re.findall(r"^\| (`engineroom .*?) \|", README, re.MULTILINE)
    told = [name for row in rows for name in re.findall(r"`(?:engineroom )?([a-z][\w-]*)", row)]
    answer = subprocess.run(
        [sys.executable, "-m", "engineroom", "--help"], capture_output=True, text=True, check=True, timeout=60
    )
    there = re.findall(r"^│ ([a-z][\w-]*)  ", answer.stdout, re.MULTILINE)
    assert sorted(told) == sorted(there)


def test_files_and_folders_in_the_readme_exist() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README) + re.findall(r'(?:src|srcset)="([^"]+)"', README)
    named = re.findall(r"`((?:app|ui|resources|tests|packaging)(?:/[\w./-]+)?)`", README)
    named += re.findall(r"`?\./(packaging/[\w.]+)", README)
    assert len(links) >= 4
    assert len(named) >= 12
    assert [path for path in {*links, *named} if not (ROOT / path).exists()] == []
