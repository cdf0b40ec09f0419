"""Fixes, tried out on paper."""

import pytest
import yaml

from domain.trtllm.kit import contract, launch
from engineroom.domain.trtllm.command import command_for
from engineroom.domain.trtllm.fixes import COMMANDS, FixAction, applied, dry_run, fix

SHARE = "kv_cache_config.free_gpu_memory_fraction"


def change(action: FixAction, facts: dict | None = None, **launched: object) -> dict[str, tuple[object, object]]:
    made = fix(action, launch(**launched), facts)
    return {one.knob: (one.before, one.after) for one in made.changes}


@pytest.mark.parametrize(
    ("action", "facts", "changes"),
    [
        (FixAction.LOWER_CONTEXT, {}, {"max_seq_len": (16_384, 8192)}),
        (FixAction.LOWER_CONCURRENCY, {}, {"max_batch_size": (4, 2), "cuda_graph_config.max_batch_size": (4, 2)}),
        (FixAction.FEWER_TOKENS_PER_PASS, {}, {"max_num_tokens": (2048, 1024)}),
        (FixAction.LOWER_CACHE_SHARE, {}, {SHARE: (0.61, 0.56)}),
        (FixAction.CHECKPOINT_CACHE_FORMAT, {}, {"kv_cache_config.dtype": ("fp8", "auto")}),
        (FixAction.SMALLER_CACHE_FORMAT, {}, {}),
        (FixAction.OTHER_PORT, {"free_port": 18_500}, {"port": (18_411, 18_500)}),
        (FixAction.OTHER_PORT, {}, {}),
        (FixAction.DROP_OPTION, {"option": "cuda_graph_config"}, {"cuda_graph_config": ("set", None)}),
        (FixAction.DROP_OPTION, {}, {}),
        (FixAction.PLAIN_ALLREDUCE, {}, {"allreduce_strategy": (None, "NCCL")}),
        (FixAction.LOAD_IN_SEQUENCE, {}, {"TRT_LLM_DISABLE_LOAD_WEIGHTS_IN_PARALLEL": (None, "1")}),
        (FixAction.NO_PEER_ACCESS, {}, {"NCCL_P2P_DISABLE": (None, "1")}),
        (FixAction.UPDATE_DRIVER, {}, {}),
    ],
)
def test_what_a_fix_would_change(action: FixAction, facts: dict, changes: dict) -> None:
    assert change(action, facts) == changes


def test_there_is_an_end_to_lowering() -> None:
    config = {
        "max_seq_len": 2048,
        "max_batch_size": 1,
        "cuda_graph_config.max_batch_size": 1,
        "max_num_tokens": 256,
        SHARE: 0.1,
    }
    for action in (
        FixAction.LOWER_CONTEXT,
        FixAction.LOWER_CONCURRENCY,
        FixAction.FEWER_TOKENS_PER_PASS,
        FixAction.LOWER_CACHE_SHARE,
    ):
        assert applied(action, launch(config=config), {}) is None


def test_bytes_of_a_cache_go_with_the_context() -> None:
    config = {"kv_cache_config.max_gpu_total_bytes": 2**30}
    assert change(FixAction.LOWER_CONTEXT, config=config) == {
        "max_seq_len": (16_384, 8192), "kv_cache_config.max_gpu_total_bytes": (2**30, 2**29),
    }  # fmt: skip


@pytest.mark.parametrize("action", FixAction)
def test_every_fix_says_what_it_would_do_and_can_be_started_with(action: FixAction) -> None:
    facts = {"option": "--tool_parser", "free_port": 18_500}
    made = fix(action, launch(), facts)
    assert dry_run(made)
    after = applied(action, launch(), facts)
    assert (after is not None) == bool(made.changes)
    if after is not None:
        assert made.by_starting_again
        assert yaml.safe_load(command_for(after, contract("1.2.1")).yaml)


def test_a_dry_run_in_words() -> None:
    assert dry_run(fix(FixAction.LOWER_CONTEXT, launch())) == ("max_seq_len: 16384 -> 8192",)
    assert dry_run(fix(FixAction.INSTALL_LIBOPENMPI, None)) == ("$ sudo apt-get install libopenmpi-dev",)
    assert dry_run(fix(FixAction.ACCEPT_LICENCE, launch())) == ("accept_licence",)


def test_a_dry_run_touches_nothing() -> None:
    before = launch()
    fix(FixAction.LOWER_CONTEXT, before)
    assert before == launch()


def test_repairs_reach_the_engine() -> None:
    after = applied(FixAction.PLAIN_ALLREDUCE, launch(), {})
    assert yaml.safe_load(command_for(after, contract("1.2.1")).yaml)["allreduce_strategy"] == "NCCL"
    after = applied(FixAction.DROP_OPTION, launch(), {"option": "--tool_parser"})
    assert "--tool_parser" not in command_for(after, contract("1.2.1")).argv


def test_commands_are_for_fixes_of_the_machine() -> None:
    assert not {action for action in COMMANDS if fix(action, launch()).changes}
