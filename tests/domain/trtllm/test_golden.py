"""Every launch of the golden files is still what it was, and keeps the rules whatever it is."""

import shutil
import subprocess

import pytest

from domain.trtllm.golden import CARDS, FOLDER, MODELS, NODES, NODES_FOLDER, VERSIONS, made_of, nodes_text, text_of


@pytest.mark.parametrize("card", CARDS)
def test_golden(card: str) -> None:
    """Differences that are meant are taken over by running ``tests/domain/trtllm/golden.py``."""
    assert text_of(card) == (FOLDER / f"{card}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NODES)
def test_golden_nodes(name: str) -> None:
    """Read by a person; a shell and its linter have nothing to say against them."""
    path = NODES_FOLDER / f"{name}.sh"
    assert nodes_text(name) == path.read_text("utf-8")
    subprocess.run(["sh", "-n", path], check=True)
    if linter := shutil.which("shellcheck"):
        subprocess.run([linter, path], check=True)


@pytest.mark.parametrize("name", NODES)
def test_several_machines_have_the_knobs_of_one(name: str) -> None:
    """All but the port, the cards and what lies in folders of ours."""
    _, model, version, _, _ = NODES[name]
    text = nodes_text(name)
    parsers = [word for word in ("--tool_parser", "--reasoning_parser") if word in text]
    assert parsers == ([] if model == "gpt-oss-20b" else ["--tool_parser", "--reasoning_parser"])
    for word in ("--max_batch_size 2", "--max_num_tokens", "--max_seq_len", "-x TLLM_LOG_LEVEL", "-x DO_NOT_TRACK"):
        assert word in text, word
    assert ("--no-telemetry" in text) is (version == "1.4.0rc1")
    assert ("single machine of this kind" in text, "disable_overlap_scheduler: true" in text) == 2 * (
        NODES[name][0] == "gb10",
    )
    assert {path.stem for path in NODES_FOLDER.iterdir()} == set(NODES)


def test_heads_that_no_number_of_cards_divides() -> None:
    with pytest.raises(ValueError, match="32 attention heads cannot be spread evenly over 3 cards"):
        made_of(("gb10", "qwen3-8b", "1.2.1", 3, 1))


def test_there_is_a_file_for_every_card_and_no_other() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(CARDS)
    assert len(CARDS) == 12


def test_most_of_it_can_be_started() -> None:
    """The files would be worth little if hardly anything fitted."""
    started = sum((FOLDER / f"{card}.txt").read_text("utf-8").count("\n### ") for card in CARDS)
    assert started > len(CARDS) * len(MODELS) * len(VERSIONS) // 2


@pytest.mark.parametrize("card", CARDS)
def test_the_rules_hold_in_all_of_them(card: str) -> None:
    text = (FOLDER / f"{card}.txt").read_text("utf-8")
    for part in text.split("\n### ")[1:]:
        version, *lines = part.partition("\n\n##")[0].splitlines()
        options = [line for line in lines[: lines.index("---")] if line.startswith("--")]
        assert len(options) - options.count("--mount") - options.count("--env") - options.count("--ulimit") == len(
            set(options) - {"--mount", "--env", "--ulimit"}
        ), version
        assert "--extra_llm_api_options" in options
        assert "serve" in lines
        yaml_lines = lines[lines.index("---") + 1 :]
        assert "  dtype: auto" in yaml_lines or "  dtype: fp8" in yaml_lines
        assert "  max_batch_size: 2" in yaml_lines
        assert ("--no-telemetry" in options) is (version == "1.4.0rc1")


@pytest.mark.parametrize("card", CARDS)
def test_compiled_engines_keep_the_rules_too(card: str) -> None:
    text = (FOLDER / f"{card}.txt").read_text("utf-8")
    parts = [part for part in text.split("\n## compiled ")[1:] if "not compiled" not in part.partition("\n\n")[0]]
    for part in parts:
        lines = part.partition("\n\n##")[0].splitlines()
        assert lines.index("# convert") < lines.index("# compile") < lines.index("# serve")
        made = lines[lines.index("--checkpoint_dir") + 1]
        assert lines[lines.index("--output_dir") + 1] == made, "what was converted is compiled"
        assert lines[lines.index("--max_batch_size") + 1] == "2"
        assert "tensorrt" in lines[lines.index("--backend") + 1]
        assert "  dtype: fp8" not in lines, "decided when it was compiled"
        if "container" in lines[0]:
            assert lines.count("'{owner}'") == 2, "what is made there belongs to whoever asked for it"
        else:
            assert "docker" not in lines


def test_most_cards_have_compiled_engines() -> None:
    assert sum("# compile\n" in (FOLDER / f"{card}.txt").read_text("utf-8") for card in CARDS) > len(CARDS) // 2
