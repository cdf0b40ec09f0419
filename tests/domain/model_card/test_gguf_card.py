"""Cards from GGUF headers: layers from keys and tensor names, bytes by ggml type."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.gguf import GgufHeader, GgufTensor, Value, read_header
from engineroom.domain.model_card.gguf_card import card_from_gguf
from engineroom.domain.model_card.values import AttentionKind, ModelCard, Origin, StateKind, TensorClass
from fakes import make_gguf as make
from fakes.make_gguf import ARRAY, BOOL, F32, TEXT, U32, Tensor

F32_TYPE, Q4_K, Q6_K, MXFP4, STRANGE = 0, 12, 14, 39, 77
WIDTH = 256


class Builder:
    """A GGUF file whose tensors lie one after the other."""

    def __init__(self, architecture: str, **keys: float | str | Sequence[int | bool]) -> None:
        self.keys = [make.key("general.architecture", TEXT, architecture), make.key("general.file_type", U32, 15)]
        self.tensors: list[Tensor] = []
        self.end = 0
        base = {"embedding_length": WIDTH, "context_length": 4096, "feed_forward_length": 512}
        for name, value in {**base, **keys}.items():
            self.keys.append(self._key(f"{architecture}.{name.replace('__', '.')}", value))

    @staticmethod
    def _key(name: str, value: float | str | Sequence[int | bool]) -> bytes:
        if isinstance(value, str):
            return make.key(name, TEXT, value)
        if isinstance(value, list | tuple):
            return make.array_key(name, BOOL if isinstance(value[0], bool) else U32, value)
        return make.key(name, F32 if isinstance(value, float) else U32, value)  # type: ignore[arg-type]

    def add(self, name: str, *shape: int, kind: int = Q4_K) -> "Builder":
        size = 1
        for one in shape:
            size *= one
        self.tensors.append(Tensor(name=name, dimensions=shape, kind=kind, offset=self.end))
        self.end += {F32_TYPE: size * 4, Q4_K: size // 256 * 144, Q6_K: size // 256 * 210, MXFP4: size // 32 * 17,
                     STRANGE: size}[kind]  # fmt: skip
        return self

    def layer(self, index: int, *names: str, rows: int = WIDTH) -> "Builder":
        for name in names:
            self.add(f"blk.{index}.{name}.weight", WIDTH, rows)
        return self.add(f"blk.{index}.attn_norm.weight", WIDTH, kind=F32_TYPE)

    def card(self) -> ModelCard:
        data = make.padded(make.header(self.keys, self.tensors), self.end)
        return card_from_gguf(read_header(io.BytesIO(data), path="x.gguf", file_bytes=len(data)), id="x.gguf")


def plain(architecture: str, layers: int, **keys: float | str | Sequence[int | bool]) -> Builder:
    heads = {"attention__head_count": 4, "attention__head_count_kv": 2, "attention__key_length": 64,
             "attention__value_length": 64}  # fmt: skip
    built = Builder(architecture, **{"block_count": layers, **heads, **keys})
    return built.add("token_embd.weight", WIDTH, 1000, kind=Q6_K)


def dense(architecture: str, layers: int, **keys: float | str | Sequence[int | bool]) -> Builder:
    built = plain(architecture, layers, **keys)
    for index in range(layers):
        built.add(f"blk.{index}.attn_k.weight", WIDTH, 128).add(f"blk.{index}.attn_v.weight", WIDTH, 128)
        built.layer(index, "attn_q", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
    return built


def windows(card: ModelCard) -> dict[int | None, int]:
    found: dict[int | None, int] = {}
    for group in card.layers:
        assert group.attention is not None
        found[group.attention.window_tokens] = found.get(group.attention.window_tokens, 0) + group.count
    return found


def test_a_plain_model() -> None:
    card = dense("llama", 3, rope__scaling__type="yarn", rope__scaling__factor=4.0).card()
    (group,) = card.layers
    assert group.attention is not None
    assert (group.count, group.attention.key_elements, group.attention.value_elements) == (3, 128, 128)
    assert (card.file_format, card.vocabulary, card.hidden_size, card.native_context) == ("gguf", 1000, WIDTH, 4096)
    assert card.weights_origin is Origin.HEADERS
    found = {(one.tensor_class, one.format): one.stored_bytes for one in card.weights}
    assert found[TensorClass.EMBEDDING, "q6_k"] == 1000 * 210
    assert found[TensorClass.MLP, "q4_k"] == 9 * 256 * 144
    assert found[TensorClass.NORM, "f32"] == 3 * 1024
    assert card.tied_embeddings is True
    assert card.quantisation is not None
    assert (card.quantisation.method, card.quantisation.precision) == ("gguf", "q4_k_m")
    assert card.rope_scaling is not None
    assert (card.rope_scaling.kind, card.rope_scaling.factor) == ("yarn", 4.0)
    assert card.unknowns == ()


@pytest.mark.parametrize(
    ("architecture", "keys", "expected"),
    [
        ("llama", {}, {None: 15}),
        ("gemma2", {"attention__sliding_window": 1024}, {1024: 8, None: 7}),
        ("gemma3", {"attention__sliding_window": 1024}, {1024: 13, None: 2}),
        ("gpt-oss", {"attention__sliding_window": 128}, {128: 8, None: 7}),
        ("cohere2", {"attention__sliding_window": 512}, {512: 12, None: 3}),
        ("phi3", {"attention__sliding_window": 2047}, {None: 15}),
        ("llama", {"attention__sliding_window": 4096}, {None: 15}),
        ("llama", {"attention__sliding_window": 1000}, {1000: 15}),
        (
            "gemma4",
            {"attention__sliding_window": 512, "attention__sliding_window_pattern": [True, True, False] * 5},
            {512: 10, None: 5},
        ),
    ],
)
def test_windows_by_architecture(
    architecture: str, keys: dict[str, int | Sequence[int | bool]], expected: dict[int | None, int]
) -> None:
    assert windows(dense(architecture, 15, **keys).card()) == expected


def test_values_that_are_keys_are_kept_once() -> None:
    built = plain("gemma4", 2)
    built.add("blk.0.attn_k.weight", WIDTH, 256).add("blk.0.attn_v.weight", WIDTH, 256).layer(0, "attn_q")
    built.add("blk.1.attn_k.weight", WIDTH, 128).layer(1, "attn_q")
    found = [(g.attention.key_elements, g.attention.value_elements) for g in built.card().layers if g.attention]
    assert found == [(256, 256), (128, 0)]


def test_latent_attention_and_the_older_kind_that_expands() -> None:
    latent = {"attention__kv_lora_rank": 512, "rope__dimension_count": 64, "attention__head_count_kv": 1}
    old = plain("deepseek2", 1, **{**latent, "attention__head_count_kv": 4}, attention__q_lora_rank=0)
    old.layer(0, "attn_kv_a_mqa", "attn_kv_b")
    new = plain("deepseek2", 1, **latent, attention__key_length_mla=192, attention__value_length_mla=128)
    new.layer(0, "attn_kv_a_mqa", "attn_k_b", "attn_v_b")
    (before,), (after,) = old.card().layers, new.card().layers
    assert before.attention is not None
    assert after.attention is not None
    assert (before.attention.kind, before.attention.key_elements) == (AttentionKind.FULL, 256)
    assert (after.attention.kind, after.attention.key_elements, after.attention.value_elements) == (
        AttentionKind.MLA, 576, 0,
    )  # fmt: skip


def test_experts_and_prediction_layers() -> None:
    built = plain("glm4moe", 3, expert_count=8, expert_used_count=2, expert_shared_count=1, nextn_predict_layers=1,
                  expert_feed_forward_length=128, leading_dense_block_count=1)  # fmt: skip
    built.layer(0, "attn_q", "attn_k", "attn_v", "ffn_up")
    for index in (1, 2):
        built.layer(index, "attn_q", "attn_k", "attn_v", "ffn_up_shexp")
        built.add(f"blk.{index}.ffn_up_exps.weight", WIDTH, 128, 8, kind=MXFP4)
        built.add(f"blk.{index}.ffn_gate_inp.weight", WIDTH, 8, kind=F32_TYPE)
    built.add("blk.2.nextn.eh_proj.weight", 512, WIDTH)
    card = built.card()
    assert card.layer_count == 2
    assert card.experts is not None
    assert (card.experts.count, card.experts.per_token, card.experts.shared, card.experts.layers) == (8, 2, 1, 1)
    found = {(one.tensor_class, one.format): one for one in card.weights}
    assert found[TensorClass.EXPERTS, "mxfp4"].stored_bytes == WIDTH * 128 * 8 // 32 * 17
    assert found[TensorClass.PREDICTION, "mxfp4"].parameters == WIDTH * 128 * 8
    assert card.parameters_total - card.parameters_active == WIDTH * 128 * 6


def test_a_gated_delta_hybrid() -> None:
    built = plain("qwen3next", 4, ssm__state_size=128, ssm__group_count=16, ssm__time_step_rank=32,
                  ssm__inner_size=4096, ssm__conv_kernel=4)  # fmt: skip
    for index in range(3):
        built.layer(index, "attn_qkv", "attn_gate", "ssm_in", "ffn_up")
    built.layer(3, "attn_q", "attn_k", "attn_v", "ffn_up")
    linear, full = built.card().layers
    assert linear.attention is None
    assert linear.state is not None
    assert (linear.count, linear.state.kind) == (3, StateKind.GATED_DELTA)
    assert (linear.state.state_elements, linear.state.convolution_elements) == (32 * 128 * 128, 3 * 8192)
    assert full.attention is not None


def test_mamba_beside_mlps_and_attention() -> None:
    built = plain("nemotron_h", 3, attention__head_count_kv=[0, 2, 0], ssm__state_size=128, ssm__group_count=8,
                  ssm__inner_size=512, ssm__time_step_rank=8, ssm__conv_kernel=4)  # fmt: skip
    built.layer(0, "ssm_in", "ssm_out").layer(1, "attn_q", "attn_k", "attn_v").layer(2, "ffn_up", "ffn_down")
    mamba, attention, mlp = built.card().layers
    assert mamba.state is not None
    assert mamba.attention is None
    assert (mamba.state.state_elements, mamba.state.convolution_elements) == (512 * 128, 3 * (512 + 2048))
    assert attention.attention is not None
    assert attention.attention.kv_heads == 2
    assert (mlp.attention, mlp.state) == (None, None)


def test_layers_that_share_the_cache() -> None:
    card = dense("gemma3n", 4, attention__shared_kv_layers=1).card()
    assert [(group.count, group.attention.shares_kv) for group in card.layers if group.attention] == [
        (3, False),
        (1, True),
    ]


def test_an_unknown_type_reaches_to_the_next_tensor() -> None:
    built = plain("llama", 1).layer(0, "attn_q", "attn_k", "attn_v")
    built.add("blk.0.ffn_up.weight", WIDTH, 512, kind=STRANGE).add("output.weight", WIDTH, 1000, kind=Q6_K)
    card = built.card()
    found = {one.format: one.stored_bytes for one in card.weights}
    assert found["unknown"] == WIDTH * 512
    assert card.unknowns == ("weights",)
    assert card.tied_embeddings is False


def test_an_unknown_architecture_gets_no_confident_layers() -> None:
    assert {"architecture", "layers"} <= set(dense("zeta", 1).card().unknowns)


BROKEN = {
    "layers without tensors": dense("llama", 2, block_count=3),
    "a million layers": dense("llama", 1, block_count=10**6),
    "no layers": dense("llama", 1, block_count=0),
    "more prediction layers than layers": dense("llama", 1, nextn_predict_layers=1),
    "heads for too few layers": dense("llama", 2, attention__head_count_kv=[2]),
    "too many experts asked": plain("qwen3moe", 1, expert_count=4, expert_used_count=5).layer(0, "ffn_up_exps"),
}


@pytest.mark.parametrize("built", BROKEN.values(), ids=BROKEN.keys())
def test_keys_that_make_no_sense_are_refused(built: Builder) -> None:
    with pytest.raises(Rejected) as caught:
        built.card()
    assert caught.value.code == Code.MODEL_CONFIG_BROKEN


NAMES = ["block_count", "embedding_length", "attention.head_count", "attention.head_count_kv", "context_length",
         "attention.key_length", "attention.sliding_window", "attention.sliding_window_pattern", "expert_count",
         "expert_used_count", "feed_forward_length", "nextn_predict_layers", "attention.kv_lora_rank",
         "attention.key_length_mla", "ssm.inner_size", "ssm.state_size", "ssm.conv_kernel",
         "rope.scaling.type"]  # fmt: skip
VALUES = st.integers(-2, 9) | st.floats() | st.booleans() | st.text(max_size=3) | st.just((0, 2)) | st.just((True,))


def noise_card(keys: dict[str, Value]) -> ModelCard | Rejected:
    tensors = (GgufTensor("blk.0.attn_k.weight", "q4_k", (8,), 8), GgufTensor("blk.0.ssm_in.weight", "f32", (), 4))
    header = GgufHeader(keys=keys, tensors=tensors, needs_bytes=0, quantisation=None)
    try:
        return card_from_gguf(header, id="x")
    except Rejected as error:
        return error


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["llama", "qwen35", "deepseek2", "gemma3"]), st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_noise_in_the_keys_gives_a_card_or_a_refusal(architecture: str, values: dict[str, Value]) -> None:
    base: dict[str, Value] = {"block_count": 1, "embedding_length": 8, "vocab_size": 5, "attention.head_count": 2}
    keys = {f"{architecture}.{name}": value for name, value in {**base, **values}.items()}
    found = noise_card({"general.architecture": architecture, **keys})
    assert isinstance(found, ModelCard | Rejected)


def test_short_arrays_are_kept_and_long_ones_skipped() -> None:
    keys = [make.array_key("short", U32, [1, 2]), make.array_key("long", U32, [1] * 5000),
            make.array_key("words", TEXT, ["a"]), make.array_key("switches", BOOL, [True, False])]  # fmt: skip
    data = make.padded(make.header(keys), 0)
    header = read_header(io.BytesIO(data), path="x", file_bytes=len(data))
    assert header.keys == {"short": (1, 2), "switches": (True, False)}
    assert ARRAY not in header.keys.values()
