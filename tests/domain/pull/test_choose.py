"""Which files are fetched. Listings are shaped like those of real repositories."""

import hashlib

import pytest

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.pull.choose import has_remote_code, make_plan, variants
from engineroom.domain.pull.values import RepoFile, RepoListing

SHA = "a" * 40
TEXTS = ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "LICENSE", "README.md")


def listing(*paths: str, size: int = 10, tags: tuple[str, ...] = ()) -> RepoListing:
    files = tuple(
        RepoFile(path=path, size_bytes=size, blob_id=hashlib.sha1(path.encode()).hexdigest()) for path in paths
    )
    return RepoListing(repo="maker/x", revision=SHA, ref="main", files=files, endpoint="https://hub.example", tags=tags)


def taken(*paths: str, variant: str | None = None) -> set[str]:
    return {file.path for file in make_plan(listing(*paths), variant=variant).files}


def refused(*paths: str, variant: str | None = None, tags: tuple[str, ...] = ()) -> Rejected:
    with pytest.raises(Rejected) as caught:
        make_plan(listing(*paths, tags=tags), variant=variant)
    return caught.value


def test_a_llama_with_its_original() -> None:
    weights = {f"model-0000{n}-of-00002.safetensors" for n in (1, 2)}
    wanted = {*TEXTS, *weights, "model.safetensors.index.json", "USE_POLICY.md"}
    aside = {"original/consolidated.00.pth", "original/params.json", "original/tokenizer.model", ".gitattributes"}
    assert taken(*wanted, *aside) == wanted


def test_gpt_oss_with_metal_and_original() -> None:
    wanted = {*TEXTS, "model-00000-of-00002.safetensors".replace("00000", "00001"), "model-00002-of-00002.safetensors",
              "chat_template.jinja"}  # fmt: skip
    assert taken(*wanted, "metal/model.bin", "original/model.safetensors", "original/config.json") == wanted


def test_the_same_weights_in_other_formats() -> None:
    wanted = {*TEXTS, "model.safetensors"}
    other = {"pytorch_model.bin", "tf_model.h5", "flax_model.msgpack", "model.onnx", "onnx/model.onnx", "rust_model.ot",
             "model.fp16.safetensors", "x-Q4_0.gguf", "training_args.bin", "checkpoint-500/model.safetensors",
             "openvino/openvino_model.bin", "adapter_model.safetensors", "logo.png"}  # fmt: skip
    assert taken(*wanted, *other) == wanted


def test_a_mistral_with_consolidated_weights() -> None:
    wanted = {*TEXTS, "model-00001-of-00001.safetensors", "tekken.json"}
    assert taken(*wanted, "consolidated.safetensors") == wanted


def test_whole_and_in_shards() -> None:
    shards = {"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"}
    assert taken(*TEXTS, *shards, "model.safetensors") == {*TEXTS, *shards}


def test_a_shard_is_missing() -> None:
    error = refused(*TEXTS, "model-00001-of-00003.safetensors", "model-00003-of-00003.safetensors")
    assert (error.code, error.problem.facts["path"]) == (Code.REPO_FILE_MISSING, "model-00002-of-00003.safetensors")


def test_gguf_variants() -> None:
    quants = ("M-Q4_K_M.gguf", "M-Q4_K_S.gguf", "M-Q8_0.gguf", "M-IQ4_XS.gguf", "mmproj-M-f16.gguf", "imatrix.gguf")
    assert taken(*quants, "README.md", variant="q4_k_m") == {"M-Q4_K_M.gguf"}
    assert taken(*quants, variant="M-Q8_0.gguf") == {"M-Q8_0.gguf"}
    assert refused(*quants).code == Code.WEIGHTS_AMBIGUOUS
    assert refused(*quants, variant="Q4_K").code == Code.WEIGHTS_AMBIGUOUS
    assert refused(*quants, variant="Q5_K_M").problem.facts["choices"] == ", ".join(sorted(quants[:4]))


def test_gguf_in_parts() -> None:
    parts = {f"Q4_K_M/M-Q4_K_M-0000{n}-of-00002.gguf" for n in (1, 2)}
    assert taken(*parts, "Q8_0/M-Q8_0.gguf", variant="Q4_K_M") == parts
    assert variants(listing(*parts, "Q8_0/M-Q8_0.gguf")) == ("Q8_0/M-Q8_0.gguf", "Q4_K_M/M-Q4_K_M-00001-of-00002.gguf")


def test_one_gguf_brings_its_texts() -> None:
    assert taken("M.gguf", "README.md", "config.json") == {"M.gguf", "README.md", "config.json"}


@pytest.mark.parametrize(
    "pickle", ["pytorch_model.bin", "pytorch_model-00001-of-00002.bin", "model.pt", "x/consolidated.pth"]
)
def test_pickles_are_refused(pickle: str) -> None:
    error = refused(*TEXTS, pickle) if "consolidated" not in pickle else refused(*TEXTS, "w.pth")
    assert error.code == Code.PICKLE_REFUSED


def test_no_weights() -> None:
    assert refused(*TEXTS).code == Code.NO_WEIGHTS
    assert refused().code == Code.NO_WEIGHTS
    assert refused("adapter_model.safetensors", "config.json").code == Code.NO_WEIGHTS


def test_code_needs_a_word_for_exactly_this_revision() -> None:
    paths = (*TEXTS, "model.safetensors", "modeling_x.py", "configuration_x.py", "scripts/run.py")
    assert has_remote_code(listing(*paths))
    assert refused(*paths).code == Code.REMOTE_CODE_REFUSED
    assert refused(*TEXTS, "model.safetensors", tags=("custom_code",)).code == Code.REMOTE_CODE_REFUSED
    with pytest.raises(Rejected):
        make_plan(listing(*paths), remote_code_for="b" * 40)
    allowed = make_plan(listing(*paths), remote_code_for=SHA)
    assert {file.path for file in allowed.files} == {*paths} - {"scripts/run.py"}
    assert not has_remote_code(listing(*TEXTS, "example.py"))


def test_one_hostile_name_spoils_it() -> None:
    assert refused(*TEXTS, "model.safetensors", "../../.bashrc").code == Code.UNSAFE_FILE_NAME


def test_hashes_are_hashes() -> None:
    bad = RepoFile(path="model.safetensors", size_bytes=1, blob_id="../../../etc/passwd")
    with pytest.raises(Rejected) as caught:
        make_plan(RepoListing(repo="a/b", revision=SHA, ref=None, files=(bad,), endpoint="https://hub.example"))
    assert caught.value.code == Code.HUB_ANSWER


def test_equal_content_counts_once() -> None:
    one = RepoFile(path="model.safetensors", size_bytes=7, blob_id="c" * 40, sha256="d" * 64)
    two = RepoFile(path="config.json", size_bytes=5, blob_id="e" * 40)
    three = RepoFile(path="sub/config.json", size_bytes=5, blob_id="e" * 40)
    files = (one, two, three)
    plan = make_plan(RepoListing(repo="a/b", revision=SHA, ref=None, files=files, endpoint="https://hub.example"))
    assert plan.total_bytes == 12
