"""Traits out of files: GGUF, and sealed engines with their checkpoints."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from domain.sealed.test_sealed import ENGINE
from engineroom.adapters.model_traits import read_traits
from engineroom.domain.model import ModelSpec
from engineroom.domain.sealed.wire import to_json
from engineroom.domain.traits import FIM_WORDS, FimTokens, Task, Traits
from fakes.make_gguf import BOOL, TEXT, U32, Tensor, header, key, padded
from fakes.tiny_bert_gguf import CONTEXT, HIDDEN, tiny_bert
from fakes.tiny_llama_gguf import tiny_llama


def spec_of(path: Path, data: bytes, **more: object) -> ModelSpec:
    path.write_bytes(data)
    return ModelSpec(id="m", name="M", path=str(path), **more)  # type: ignore[arg-type]


def test_a_whole_model(tmp_path: Path) -> None:
    traits = read_traits(spec_of(tmp_path / "m.gguf", tiny_llama(fim=True, template="{{ tools }}")))
    assert (traits.task, traits.tools, traits.reasoning, traits.vision) == (Task.TEXT, True, False, False)
    assert traits.fim == FIM_WORDS[0]
    assert (traits.architecture, traits.native_context, traits.quantisation) == ("llama", 512, "F32")
    assert read_traits(spec_of(tmp_path / "m.gguf", tiny_llama())).fim is None


def test_models_that_write_no_text(tmp_path: Path) -> None:
    embeds = read_traits(spec_of(tmp_path / "e.gguf", tiny_bert()))
    assert (embeds.task, embeds.embedding_size, embeds.native_context) == (Task.EMBEDDINGS, HIDDEN, CONTEXT)
    assert read_traits(spec_of(tmp_path / "r.gguf", tiny_bert(ranks=True))).task is Task.RANKING


@pytest.mark.parametrize("names", [("fim_pre", "fim_suf", "fim_mid"), ("prefix", "suffix", "middle")])
def test_tokens_for_gaps_by_their_ids(tmp_path: Path, names: tuple[str, ...]) -> None:
    keys = [key("general.architecture", TEXT, "llama")]
    keys += [key(f"tokenizer.ggml.{name}_token_id", U32, 7 + place) for place, name in enumerate(names)]
    plain = padded(header(keys, [Tensor(name="output.weight", dimensions=(8,))]), 32)
    assert read_traits(spec_of(tmp_path / "m.gguf", plain)).fim == FimTokens(7, 8, 9)
    keys += [key("tokenizer.ggml.bos_token_id", U32, 1), key("tokenizer.ggml.add_bos_token", BOOL, value=True)]
    marked = padded(header(keys, [Tensor(name="output.weight", dimensions=(8,))]), 32)
    assert read_traits(spec_of(tmp_path / "m.gguf", marked)).fim == FimTokens(7, 8, 9, bos=1)


def test_the_template_that_replaces_the_one_in_the_file(tmp_path: Path) -> None:
    template = tmp_path / "t.jinja"
    template.write_text("{{ tools }}<think>", "utf-8")
    traits = read_traits(spec_of(tmp_path / "m.gguf", tiny_llama(), chat_template_path=str(template)))
    assert (traits.tools, traits.reasoning) == (True, True)


def test_what_cannot_be_read_is_unknown(tmp_path: Path) -> None:
    known = {"parameters": 5, "native_context": 7}
    assert read_traits(spec_of(tmp_path / "m.gguf", b"nothing", **known)) == Traits(**known)  # type: ignore[arg-type]
    gone = ModelSpec(id="m", name="M", path=str(tmp_path / "gone.gguf"))
    assert read_traits(gone) == read_traits(ModelSpec(id="m", name="M", path=None)) == Traits()


def test_a_sealed_engine_and_its_checkpoint(tmp_path: Path) -> None:
    engine, model = tmp_path / "engine", tmp_path / "model"
    engine.mkdir()
    model.mkdir()
    (engine / "manifest.json").write_text(to_json(replace(ENGINE, model_path=str(model))), "utf-8")
    (model / "config.json").write_text(json.dumps({"max_position_embeddings": 4096, "vision_config": {}}), "utf-8")
    (model / "tokenizer_config.json").write_text(json.dumps({"chat_template": "{{ tools }}"}), "utf-8")
    words = [{"content": word} for word in ("<fim_prefix>", "<fim_suffix>", "<fim_middle>")]
    (model / "tokenizer.json").write_text(json.dumps({"added_tokens": words}), "utf-8")
    spec = ModelSpec(id="m", name="M", path=str(engine), runtime="tensorrt-llm")
    traits = read_traits(spec)
    assert (traits.tools, traits.reasoning, traits.vision) == (True, False, True)
    assert (traits.fim, traits.native_context, traits.architecture) == (FIM_WORDS[1], 4096, "LlamaForCausalLM")
    (model / "chat_template.jinja").write_text("{{ messages }}", "utf-8")
    assert read_traits(spec).tools is False
