"""A sealed engine with what fixes have changed: another command, the same engine."""

from itertools import pairwise

import pytest

from domain.sealed.kit import sealed_engine
from engineroom.domain.repair import Repair, repair_of, to_json, together
from engineroom.domain.sealed.repaired import launch_of, repair_between, repaired
from engineroom.domain.sealed.values import SealedEngine
from engineroom.domain.trtllm.fixes import Change, FixAction, applied
from engineroom.domain.trtllm.yaml_read import flat_of

VERSIONS = ("1.1.0", "1.2.1", "1.4.0rc1")


def made(engine: SealedEngine, action: FixAction, **facts: object) -> Repair:
    before = launch_of(engine)
    after = applied(action, before, facts)  # type: ignore[arg-type]
    assert after is not None
    return repair_between(before, after)


def option(engine: SealedEngine, name: str) -> str | None:
    return next((value for word, value in pairwise(engine.argv) if word == f"--{name}"), None)


@pytest.mark.parametrize("contained", [False, True])
@pytest.mark.parametrize("version", VERSIONS)
def test_half_the_context_and_again_half(version: str, contained: bool) -> None:
    engine = sealed_engine(version, contained=contained)
    once = made(engine, FixAction.LOWER_CONTEXT)
    half = repaired(engine, once)
    assert (half.context_tokens, option(half, "max_seq_len")) == (16_384, "16384")
    twice = together(once, made(half, FixAction.LOWER_CONTEXT))
    assert repaired(engine, twice).context_tokens == 8192
    assert Change(knob="max_seq_len", before=32_768, after=8192) in twice.changes
    assert sorted(set(engine.argv) - set(half.argv)) == sorted(
        {"32768", *(word for word in engine.argv if "{engine}/options.yaml" in word)}
    )
    assert any("{tuning}/options.yaml" in word for word in half.argv), "what is sealed stays as it is"


def test_a_knob_of_the_file_changes_there_alone() -> None:
    engine = sealed_engine()
    other = repaired(engine, made(engine, FixAction.SMALLER_CACHE_FORMAT))
    before, after = flat_of(engine.yaml), flat_of(other.yaml)
    assert {name for name in before if before[name] != after.get(name)} == {"kv_cache_config.dtype"}
    assert after["kv_cache_config.dtype"] == "fp8"


@pytest.mark.parametrize("contained", [False, True])
def test_a_variable_reaches_the_engine(contained: bool) -> None:
    engine = sealed_engine(contained=contained)
    other = repaired(engine, made(engine, FixAction.LOAD_IN_SEQUENCE))
    name = "TRT_LLM_DISABLE_LOAD_WEIGHTS_IN_PARALLEL"
    assert other.environment.get(name) == (None if contained else "1")
    assert f"{name}=1" in other.argv[: other.argv.index("i")] if contained else True, other.argv


@pytest.mark.parametrize("name", ["fail_fast_on_attention_window_too_large", "guided_decoding_backend"])
def test_an_option_that_is_not_known_is_left_out(name: str) -> None:
    engine = sealed_engine()
    other = repaired(engine, made(engine, FixAction.DROP_OPTION, option=name))
    assert f"--{name}" not in other.argv
    assert name not in flat_of(other.yaml)
    assert len(other.argv) + len(flat_of(other.yaml)) == len(engine.argv) + len(flat_of(engine.yaml)) - 1


def test_without_a_repair_it_is_the_same_engine() -> None:
    engine = sealed_engine()
    assert repaired(engine, Repair()) is engine


def test_the_tokens_of_the_cache_follow_the_context() -> None:
    """Versions without a limit in bytes have one in tokens."""
    engine = sealed_engine("1.1.0", **{"kv_cache_config.max_gpu_total_bytes": 2**30})
    assert flat_of(engine.yaml)["kv_cache_config.max_tokens"] == 4 * 32_768
    half = repaired(engine, made(engine, FixAction.LOWER_CONTEXT))
    assert flat_of(half.yaml)["kv_cache_config.max_tokens"] == 4 * 16_384


def test_a_repair_is_written_and_read_back() -> None:
    engine = sealed_engine()
    one = together(made(engine, FixAction.LOWER_CONTEXT), made(engine, FixAction.NO_PEER_ACCESS))
    assert repair_of(to_json(one)) == one
    for text in ("", "[]", "{}", to_json(one).replace("knobs", "nobs")):
        with pytest.raises(ValueError, match=r".*"):
            repair_of(text)


@pytest.mark.parametrize("text", ["a: [1]\n", "a:\n  b:\n    c: 1\n", "- a\n", "a: {b: 1}\n", "a: *x y\n\tb\n"])
def test_a_file_that_we_did_not_write_is_not_understood(text: str) -> None:
    with pytest.raises(ValueError, match="ours"):
        flat_of(text)
