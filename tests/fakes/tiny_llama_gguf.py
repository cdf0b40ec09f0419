"""A whole tiny Llama with random weights in GGUF, for llama.cpp; it talks nonsense and never ends by itself."""

import random
import struct
from math import prod

from fakes.make_gguf import BOOL, F32, I32, TEXT, U32, Tensor, array_key, header, key

HIDDEN, HEADS, KV_HEADS, FEED_FORWARD, LAYERS = 64, 4, 2, 96, 2
SPECIALS = ("<unk>", "<s>", "</s>")
TOKENS = (*SPECIALS, *(f"<0x{byte:02X}>" for byte in range(256)), "▁", *map(chr, range(97, 123)))
KINDS = (2, 3, 3, *(6 for _ in range(256)), *(1 for _ in range(27)))
ALIGNMENT = 32
TEMPLATE = "{% for message in messages %}{{ message.content }} {% endfor %}"


FIM = ("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>")


def tiny_llama(*, seed: int = 1, fim: bool = False, template: str = TEMPLATE) -> bytes:
    """About half a megabyte; with ``fim`` it has the tokens to fill a gap."""
    tokens, kinds = (TOKENS + FIM, (*KINDS, 3, 3, 3)) if fim else (TOKENS, KINDS)
    shapes = _shapes(len(tokens))
    tensors, at = [], 0
    for name, shape in shapes.items():
        tensors.append(Tensor(name=name, dimensions=shape, offset=at))
        at += -(-4 * prod(shape) // ALIGNMENT) * ALIGNMENT
    head = header(_keys(tokens, kinds, template), tensors)
    source = random.Random(seed)
    data = b"".join(_never_ending(name, shape, values_of(name, prod(shape), source)) for name, shape in shapes.items())
    return head + bytes(-len(head) % ALIGNMENT) + data


def _never_ending(name: str, shape: tuple[int, ...], data: bytes) -> bytes:
    """Data of a tensor with which an answer is ASCII and ends only where it is cut or a grammar leaves nothing else.

    The first value of a hidden state is one from the embedding on, since no layer adds to it, and the rows of special
    tokens and of bytes above 127 weigh that value alone, by so much below zero that no sampling chooses them.
    """
    values = list(struct.unpack(f"<{prod(shape)}f", data[: 4 * prod(shape)]))
    across = shape[0]
    if name == "token_embd.weight":
        values[::across] = [1.0] * shape[1]
    elif name.endswith((".attn_output.weight", ".ffn_down.weight")):
        values[:across] = [0.0] * across
    elif name == "output.weight":
        for token in (
            *range(len(SPECIALS)),
            *range(len(SPECIALS) + 128, len(SPECIALS) + 256),
            *range(len(TOKENS), shape[1]),
        ):
            values[token * across : (token + 1) * across] = [-64.0] + [0.0] * (across - 1)
    return struct.pack(f"<{len(values)}f", *values) + data[4 * prod(shape) :]


def values_of(name: str, count: int, source: random.Random) -> bytes:
    """Data of a tensor: ones for a norm, else small random numbers; padded to where the next begins."""
    if name.endswith("norm.weight"):
        return struct.pack(f"<{count}f", *([1.0] * count))
    block = struct.pack(f"<{count}f", *(source.gauss(0.0, 0.1) for _ in range(count)))
    return block + bytes(-len(block) % ALIGNMENT)


def _shapes(vocabulary: int) -> dict[str, tuple[int, ...]]:
    kv = HIDDEN // HEADS * KV_HEADS
    shapes: dict[str, tuple[int, ...]] = {"token_embd.weight": (HIDDEN, vocabulary)}
    for layer in range(LAYERS):
        at = f"blk.{layer}"
        shapes |= {
            f"{at}.attn_norm.weight": (HIDDEN,), f"{at}.attn_q.weight": (HIDDEN, HIDDEN),
            f"{at}.attn_k.weight": (HIDDEN, kv), f"{at}.attn_v.weight": (HIDDEN, kv),
            f"{at}.attn_output.weight": (HIDDEN, HIDDEN), f"{at}.ffn_norm.weight": (HIDDEN,),
            f"{at}.ffn_gate.weight": (HIDDEN, FEED_FORWARD), f"{at}.ffn_up.weight": (HIDDEN, FEED_FORWARD),
            f"{at}.ffn_down.weight": (FEED_FORWARD, HIDDEN),
        }  # fmt: skip
    return shapes | {"output_norm.weight": (HIDDEN,), "output.weight": (HIDDEN, vocabulary)}


def _keys(tokens: tuple[str, ...], kinds: tuple[int, ...], template: str) -> list[bytes]:
    numbers = {
        "context_length": 512, "embedding_length": HIDDEN, "block_count": LAYERS, "feed_forward_length": FEED_FORWARD,
        "attention.head_count": HEADS, "attention.head_count_kv": KV_HEADS, "rope.dimension_count": HIDDEN // HEADS,
        "vocab_size": len(tokens),
    }  # fmt: skip
    return [
        key("general.architecture", TEXT, "llama"),
        key("general.name", TEXT, "Tiny Llama"),
        key("general.file_type", U32, 0),
        *(key(f"llama.{name}", U32, value) for name, value in numbers.items()),
        key("llama.attention.layer_norm_rms_epsilon", F32, 1e-5),
        key("llama.rope.freq_base", F32, 10000.0),
        key("tokenizer.ggml.model", TEXT, "llama"),
        array_key("tokenizer.ggml.tokens", TEXT, tokens),
        array_key("tokenizer.ggml.scores", F32, [float(-at) for at in range(len(tokens))]),
        array_key("tokenizer.ggml.token_type", I32, kinds),
        key("tokenizer.ggml.unknown_token_id", U32, 0),
        key("tokenizer.ggml.bos_token_id", U32, 1),
        key("tokenizer.ggml.eos_token_id", U32, 2),
        key("tokenizer.ggml.add_bos_token", BOOL, True),
        key("tokenizer.chat_template", TEXT, template),
    ]
