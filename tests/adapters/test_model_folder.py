"""Folders and files on disk: whole, split, huge, cut short, missing, or no files at all."""

import json
import os
import struct
from pathlib import Path
from typing import Any

import pytest

from domain.model_card.known_dense import DENSE, dense
from engineroom.adapters.model_folder import MAX_CONFIG_BYTES, read_model_card
from engineroom.adapters.model_places import bundled_models
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model_card.values import Origin, TensorClass
from fakes import make_gguf as make
from fakes.make_gguf import TEXT, U32, Tensor

TINY = dense("llama", h=64, layers=1, heads=4, kv=2, ff=128, vocab=256, context=512, tied=True)
TENSORS = {
    "model.embed_tokens.weight": (256, 64), "model.layers.0.self_attn.q_proj.weight": (64, 64),
    "model.layers.0.mlp.up_proj.weight": (128, 64),
}  # fmt: skip


def safetensors(path: Path, tensors: dict[str, tuple[int, int]]) -> int:
    entries: dict[str, Any] = {}
    end = 0
    for name, (rows, columns) in tensors.items():
        entries[name] = {"dtype": "BF16", "shape": [rows, columns], "data_offsets": [end, end + 2 * rows * columns]}
        end += 2 * rows * columns
    text = json.dumps(entries).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + bytes(end))
    return end


def folder(path: Path, config: dict[str, Any] = TINY, **files: Any) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    (path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    for name, content in files.items():
        (path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return path


def code_of(path: Path) -> str:
    with pytest.raises(Rejected) as caught:
        read_model_card(path)
    return caught.value.code


def test_a_folder_with_one_file_of_weights(tmp_path: Path) -> None:
    place = folder(
        tmp_path / "Tiny",
        hf_quant_config={"quantization": {"quant_algo": "FP8"}},
        tokenizer_config={"chat_template": "{% if tools %}x{% endif %}"},
    )
    stored = safetensors(place / "model.safetensors", TENSORS)
    card = read_model_card(place)
    assert (card.name, card.id) == ("Tiny", str(place))
    assert (card.weights_origin, card.weight_bytes) == (Origin.HEADERS, stored)
    assert (card.chat_template, card.tool_calls, card.tied_embeddings) == (True, True, True)
    assert card.quantisation is not None
    assert card.quantisation.recognised
    assert read_model_card(place / "config.json") == card


def test_shards_named_by_an_index(tmp_path: Path) -> None:
    names = list(TENSORS)
    index = {"weight_map": {names[0]: "model-1.safetensors", names[1]: "model-2.safetensors"}}
    place = folder(tmp_path, **{"model.safetensors.index": index})
    first = safetensors(place / "model-1.safetensors", {names[0]: TENSORS[names[0]]})
    assert code_of(place) == Code.FILE_MISSING
    second = safetensors(place / "model-2.safetensors", {name: TENSORS[name] for name in names[1:]})
    safetensors(place / "consolidated.safetensors", TENSORS)
    assert read_model_card(place).weight_bytes == first + second


def test_the_original_format_beside_the_converted_one_counts_once(tmp_path: Path) -> None:
    place = folder(tmp_path)
    stored = safetensors(place / "model.safetensors", TENSORS)
    safetensors(place / "consolidated.safetensors", TENSORS)
    assert read_model_card(place).weight_bytes == stored


def test_a_configuration_alone_and_files_without_headers(tmp_path: Path) -> None:
    place = folder(tmp_path, DENSE["meta-llama/Llama-3.2-1B"]["config"])
    assert read_model_card(place).weights_origin is Origin.CONFIG
    (place / "pytorch_model.bin").touch()
    os.truncate(place / "pytorch_model.bin", 2_471_678_226)
    card = read_model_card(place)
    assert (card.weights_origin, card.weight_bytes) == (Origin.FILE_SIZES, 2_471_678_226)


def test_a_template_in_a_file_of_its_own(tmp_path: Path) -> None:
    place = folder(tmp_path, tokenizer_config={})
    assert read_model_card(place).chat_template is False
    (place / "chat_template.jinja").write_text("{{ messages }}", encoding="utf-8")
    card = read_model_card(place)
    assert (card.chat_template, card.tool_calls) == (True, False)


@pytest.mark.parametrize(
    ("name", "size"),
    [("config.json", 10 * 2**30), ("config.json", MAX_CONFIG_BYTES + 1), ("hf_quant_config.json", 10 * 2**30),
     ("model.safetensors.index.json", 10 * 2**30), ("chat_template.jinja", 10 * 2**30)],
)  # fmt: skip
def test_huge_files_are_refused_unread(tmp_path: Path, name: str, size: int) -> None:
    place = folder(tmp_path)
    (place / name).touch()
    os.truncate(place / name, size)
    assert code_of(place) == Code.MODEL_FILE_TOO_LARGE


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1, "a": 2}', "[" * 100_000, "\0" * 100])
def test_text_that_is_no_configuration(tmp_path: Path, text: str) -> None:
    (folder(tmp_path) / "config.json").write_text(text, encoding="utf-8")
    assert code_of(tmp_path) == Code.MODEL_CONFIG_BROKEN


def test_a_broken_header_names_its_file(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "model.safetensors").write_bytes(struct.pack("<Q", 2**62) + b"{}")
    with pytest.raises(Rejected) as caught:
        read_model_card(place)
    assert caught.value.code == Code.SAFETENSORS_BROKEN
    assert caught.value.problem.facts["path"] == str(place / "model.safetensors")


def test_weights_cut_short(tmp_path: Path) -> None:
    place = folder(tmp_path)
    safetensors(place / "model.safetensors", TENSORS)
    os.truncate(place / "model.safetensors", 2000)
    assert code_of(place) == Code.SAFETENSORS_BROKEN


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.json")
    assert code_of(tmp_path) == Code.FILE_UNREADABLE


def test_nothing_there(tmp_path: Path) -> None:
    assert code_of(tmp_path) == Code.FILE_MISSING
    assert code_of(tmp_path / "none.gguf") == Code.FILE_MISSING


def test_the_starter_model(tmp_path: Path) -> None:
    starter = next(iter(bundled_models(tmp_path)))
    card = read_model_card(Path(starter.path))
    assert (card.architecture, card.parameters_total, card.layer_count) == ("llama", 134_515_008, 30)
    assert card.native_context == 8192
    assert card.chat_template is True
    embedding = next(one for one in card.weights if one.tensor_class is TensorClass.EMBEDDING)
    assert (embedding.format, embedding.stored_bytes) == ("q8_0", 30_081_024)


def split_gguf(place: Path) -> Path:
    keys = [make.key("general.architecture", TEXT, "llama"), make.key("llama.block_count", U32, 1),
            make.key("llama.embedding_length", U32, 32), make.key("llama.attention.head_count", U32, 1),
            make.key("llama.feed_forward_length", U32, 64), make.key("llama.context_length", U32, 128)]  # fmt: skip
    first = make.header(keys, [Tensor(name="token_embd.weight", dimensions=(32, 10))])
    second = make.header([], [Tensor(name="blk.0.attn_k.weight", dimensions=(32, 32))])
    (place / "m-00001-of-00002.gguf").write_bytes(make.padded(first, 1280))
    (place / "m-00002-of-00002.gguf").write_bytes(make.padded(second, 4096))
    return place / "m-00001-of-00002.gguf"


def test_a_split_gguf_is_one_model(tmp_path: Path) -> None:
    path = split_gguf(tmp_path)
    assert read_model_card(path).weight_bytes == 1280 + 4096
    assert read_model_card(tmp_path).weight_bytes == 1280 + 4096
    (tmp_path / "m-00002-of-00002.gguf").unlink()
    assert code_of(path) == Code.FILE_MISSING
