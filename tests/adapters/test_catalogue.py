"""The catalogue of models: complete, found by the names people use, and its figures agree with the publishers'."""

from collections import Counter

import pytest

from engineroom.adapters.catalogue import load_catalogue
from engineroom.adapters.matrix import load_matrix
from engineroom.domain.catalogue import CatalogueEntry, smaller_siblings, strength
from engineroom.domain.model_card.values import TensorClass
from engineroom.domain.planning.formats import MIXTURE_BITS, WEIGHT_BITS
from engineroom.domain.planning.support import precision_of

CATALOGUE = load_catalogue()
ENTRIES = CATALOGUE.entries()
USES = {"chat", "code", "agent", "vision", "embedding", "rerank"}
COUNTED_OTHERWISE = {
    # The publisher's figure leaves the vision tower out.
    "gemma-4-26b-a4b-it", "gemma-4-31b-it",
    # The publisher's figure has the layers of multi-token prediction in it.
    "nemotron-3-super-120b-a12b", "qwen3.5-27b", "qwen3.5-35b-a3b", "qwen3.5-122b-a10b", "qwen3.6-27b",
    "qwen3.6-35b-a3b",
}  # fmt: skip


def entry(model_id: str) -> CatalogueEntry:
    return next(one for one in ENTRIES if one.id == model_id)


def test_it_covers_what_people_serve_on_a_desk() -> None:
    assert len(ENTRIES) >= 35
    assert {use for one in ENTRIES for use in one.uses} == USES
    publishers = Counter(one.publisher for one in ENTRIES)
    assert {"Meta", "Alibaba Qwen", "OpenAI", "Google", "Mistral AI", "NVIDIA", "Microsoft", "DeepSeek"} <= set(
        publishers
    )
    assert [one.id for one in ENTRIES if one.starter] == ["smollm2-135m-instruct"]


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.id)
def test_every_row_is_whole(one: CatalogueEntry) -> None:
    assert one.source.startswith("https://")
    assert one.basis in {"config", "parameters"}
    assert one.read_on >= "2026-11-22"
    assert "2021-01" <= one.released <= one.read_on
    assert set(one.uses) <= USES
    assert one.checkpoints[0].repo == one.repo
    for checkpoint in one.checkpoints:
        assert checkpoint.precision in WEIGHT_BITS.keys() | MIXTURE_BITS.keys()
        assert checkpoint.repo.count("/") == 1


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.id)
def test_the_keys_give_the_publishers_parameters(one: CatalogueEntry) -> None:
    (own,) = CATALOGUE.cards(one, one.checkpoints[:1])
    assert own.unknowns == ()
    assert own.parameters_total == pytest.approx(one.parameters, rel=0.03 if one.id in COUNTED_OTHERWISE else 0.01)


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.id)
def test_every_checkpoint_has_a_card_at_its_precision(one: CatalogueEntry) -> None:
    architectures = load_matrix().architectures
    for checkpoint, card in zip(one.checkpoints, CATALOGUE.cards(one, one.checkpoints), strict=True):
        assert card.id == checkpoint.repo
        assert card.file_format == checkpoint.file_format
        assert precision_of(card) == checkpoint.precision or one.encoder or checkpoint.precision == "f16"
        assert 0 < card.weight_bytes <= 2.1 * one.parameters * 1.03
        assert card.architecture in architectures or one.encoder


@pytest.mark.parametrize(
    ("model", "checkpoint", "stored_bytes"),
    [
        ("gpt-oss-20b", 0, 13_761_264_768),
        ("gpt-oss-120b", 0, 65_248_815_744),
        ("llama-3.1-8b-instruct", 1, 9_080_000_000),
        ("llama-3.3-70b-instruct", 2, 38_500_000_000 + 2 * 2_101_346_304),
        ("qwen3.6-27b", 1, 22_000_000_000),
    ],
)
def test_sizes_agree_with_published_ones(model: str, checkpoint: int, stored_bytes: int) -> None:
    one = entry(model)
    (card,) = CATALOGUE.cards(one, one.checkpoints[checkpoint : checkpoint + 1])
    assert card.weight_bytes == pytest.approx(stored_bytes, rel=0.01)


@pytest.mark.parametrize(
    ("text", "model", "repo"),
    [
        ("llama-3.1-8b", "llama-3.1-8b-instruct", None),
        ("Meta-Llama/LLAMA-3.1-8b-instruct", "llama-3.1-8b-instruct", None),
        ("qwen3:8b", "qwen3-8b", None),
        ("gemma-3-27b", "gemma-3-27b-it", None),
        ("nvidia/Llama-3.1-8B-Instruct-FP8", "llama-3.1-8b-instruct", "nvidia/Llama-3.1-8B-Instruct-FP8"),
        ("unsloth/Qwen3-8B-GGUF", "qwen3-8b", "unsloth/Qwen3-8B-GGUF"),
        (" gpt-oss-20b ", "gpt-oss-20b", None),
    ],
)
def test_names_people_use(text: str, model: str, repo: str | None) -> None:
    found = CATALOGUE.find(text)
    assert found is not None
    assert found.entry.id == model
    assert {one.repo for one in found.checkpoints} == (
        {repo} if repo else {one.repo for one in found.entry.checkpoints}
    )


def test_ids_and_short_names_mean_one_model() -> None:
    names = Counter(name for one in ENTRIES for name in (one.id, *one.short_names))
    assert [name for name, count in names.items() if count > 1] == []
    for one in ENTRIES:
        for name in (one.id, one.repo, *one.short_names):
            found = CATALOGUE.find(name)
            assert found is not None
            assert found.entry is one


def test_an_unknown_name_has_neighbours() -> None:
    assert CATALOGUE.find("lama-3.1-8b") is None
    assert CATALOGUE.nearest("lama-3.1-8b")[0] == "llama-3.1-8b-instruct"
    assert len(CATALOGUE.nearest("zzz")) >= 1


def test_hybrids_and_searched_blocks_are_written_out() -> None:
    (card,) = CATALOGUE.cards(*_own("qwen3.6-27b"))
    assert sum(group.count for group in card.layers if group.attention is not None) == 16
    (searched,) = CATALOGUE.cards(*_own("llama-3.3-nemotron-super-49b-v1.5"))
    assert searched.layer_count == 80
    assert sum(group.count for group in searched.layers if group.attention is not None) == 49


def test_encoders_keep_no_cache() -> None:
    (card,) = CATALOGUE.cards(*_own("bge-m3"))
    assert all(group.attention is None for group in card.layers)
    assert {part.tensor_class for part in card.weights} == {TensorClass.EMBEDDING, TensorClass.MLP}


def test_siblings_are_smaller_and_of_the_same_use() -> None:
    siblings = smaller_siblings(entry("qwen3-32b"), ENTRIES)
    assert siblings[0].parameters < entry("qwen3-32b").parameters
    assert all(one.publisher == "Alibaba Qwen" and one.uses[0] == "chat" for one in siblings)


def test_newer_and_larger_models_come_first() -> None:
    assert strength(entry("llama-3.3-70b-instruct")) > strength(entry("llama-3.1-8b-instruct"))
    assert strength(entry("qwen3-8b")) > strength(entry("llama-3.1-8b-instruct"))
    assert strength(entry("qwen3-32b")) > strength(entry("qwen3-30b-a3b"))


def _own(model: str):
    one = entry(model)
    return one, one.checkpoints[:1]
