"""A tiny BERT with random weights in GGUF, which llama.cpp serves: one that embeds, or one that ranks."""

import random
import string
from math import prod

from fakes.make_gguf import BOOL, F32, I32, TEXT, U32, Tensor, array_key, header, key
from fakes.tiny_llama_gguf import ALIGNMENT, values_of

HIDDEN, HEADS, FEED_FORWARD, LAYERS, CONTEXT = 32, 2, 48, 2, 128
SPECIALS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
LETTERS = string.ascii_lowercase + string.digits
TOKENS = (*SPECIALS, *(f"▁{one}" for one in LETTERS), *LETTERS)
MEAN, RANK = 1, 4
"""llama.cpp's numbers of the ways to pool."""


def tiny_bert(*, ranks: bool = False, seed: int = 1) -> bytes:
    """About a hundred kilobytes. Every letter is a token; ``ranks`` makes it a reranker."""
    tensors, at = [], 0
    shapes = _shapes(ranks=ranks)
    for name, shape in shapes.items():
        tensors.append(Tensor(name=name, dimensions=shape, offset=at))
        at += -(-4 * prod(shape) // ALIGNMENT) * ALIGNMENT
    head = header(_keys(RANK if ranks else MEAN), tensors)
    source = random.Random(seed)
    data = b"".join(values_of(name, prod(shape), source) for name, shape in shapes.items())
    return head + bytes(-len(head) % ALIGNMENT) + data


def _shapes(*, ranks: bool) -> dict[str, tuple[int, ...]]:
    square = dict.fromkeys(("attn_q", "attn_k", "attn_v", "attn_output"), (HIDDEN, HIDDEN))
    parts: dict[str, tuple[int, ...]] = {
        **square, "attn_output_norm": (HIDDEN,), "ffn_up": (HIDDEN, FEED_FORWARD), "ffn_down": (FEED_FORWARD, HIDDEN),
        "layer_output_norm": (HIDDEN,),
    }  # fmt: skip
    shapes: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (HIDDEN, len(TOKENS)), "position_embd.weight": (HIDDEN, CONTEXT),
        "token_types.weight": (HIDDEN, 2), "token_embd_norm.weight": (HIDDEN,), "token_embd_norm.bias": (HIDDEN,),
    }  # fmt: skip
    for layer in range(LAYERS):
        for name, shape in parts.items():
            shapes |= {f"blk.{layer}.{name}.weight": shape, f"blk.{layer}.{name}.bias": shape[-1:]}
    if ranks:
        shapes |= {"cls.weight": (HIDDEN, HIDDEN), "cls.bias": (HIDDEN,)}
        shapes |= {"cls.output.weight": (HIDDEN, 1), "cls.output.bias": (1,)}
    return shapes


def _keys(pooling: int) -> list[bytes]:
    numbers = {
        "context_length": CONTEXT, "embedding_length": HIDDEN, "block_count": LAYERS, "pooling_type": pooling,
        "feed_forward_length": FEED_FORWARD, "attention.head_count": HEADS,
    }  # fmt: skip
    ids = {"padding": 0, "unknown": 1, "cls": 2, "seperator": 3, "bos": 2, "eos": 3}
    return [
        key("general.architecture", TEXT, "bert"),
        key("general.name", TEXT, "Tiny Bert"),
        key("general.file_type", U32, 0),
        *(key(f"bert.{name}", U32, value) for name, value in numbers.items()),
        key("bert.attention.layer_norm_epsilon", F32, 1e-12),
        key("bert.attention.causal", BOOL, False),
        key("tokenizer.ggml.model", TEXT, "bert"),
        key("tokenizer.ggml.token_type_count", U32, 2),
        array_key("tokenizer.ggml.tokens", TEXT, TOKENS),
        array_key("tokenizer.ggml.token_type", I32, [3 if one in SPECIALS else 1 for one in TOKENS]),
        *(key(f"tokenizer.ggml.{name}_token_id", U32, value) for name, value in ids.items()),
    ]
