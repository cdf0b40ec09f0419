"""Every launch of the golden files is still what it was, and keeps the rules whatever it is."""

import pytest

from domain.trtllm.golden import CARDS, FOLDER, MODELS, VERSIONS, text_of


@pytest.mark.parametrize("card", CARDS)
def test_golden(card: str) -> None:
    """Differences that are meant are taken over by running ``tests/domain/trtllm/golden.py``."""
    assert text_of(card) == (FOLDER / f"{card}.txt").read_text("utf-8")


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
