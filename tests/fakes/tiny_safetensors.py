"""Small safetensors files with random content, whole and in shards."""

import json
import random
import struct


def safetensors(size: int, *, seed: int = 1, name: str = "model.embed_tokens.weight") -> bytes:
    """A file of about ``size`` bytes: one BF16 tensor."""
    count = max(1, size // 2)
    header = json.dumps({name: {"dtype": "BF16", "shape": [count], "data_offsets": [0, 2 * count]}}).encode()
    return struct.pack("<Q", len(header)) + header + random.Random(seed).randbytes(2 * count)


def config(**changes: object) -> bytes:
    """A ``config.json`` of a tiny Llama."""
    values = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 64, "intermediate_size": 128,
        "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 256,
        "max_position_embeddings": 2048, "tie_word_embeddings": False, "torch_dtype": "bfloat16",
    }  # fmt: skip
    return json.dumps(values | changes).encode()


def llama(*, seed: int = 1, layers: int = 2, hidden: int = 64, vocabulary: int = 256, two_four: bool = False) -> bytes:
    """A whole tiny Llama in BF16, tensors as ``transformers`` names them; ``two_four``: two of every four are zero."""
    kv, feed_forward = hidden // 2, hidden * 2
    shapes = {"model.embed_tokens.weight": (vocabulary, hidden), "model.norm.weight": (hidden,),
              "lm_head.weight": (vocabulary, hidden)}  # fmt: skip
    for layer in range(layers):
        at = f"model.layers.{layer}"
        shapes |= {
            f"{at}.self_attn.q_proj.weight": (hidden, hidden), f"{at}.self_attn.k_proj.weight": (kv, hidden),
            f"{at}.self_attn.v_proj.weight": (kv, hidden), f"{at}.self_attn.o_proj.weight": (hidden, hidden),
            f"{at}.mlp.gate_proj.weight": (feed_forward, hidden), f"{at}.mlp.up_proj.weight": (feed_forward, hidden),
            f"{at}.mlp.down_proj.weight": (hidden, feed_forward), f"{at}.input_layernorm.weight": (hidden,),
            f"{at}.post_attention_layernorm.weight": (hidden,),
        }  # fmt: skip
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, shape in shapes.items():
        size = 2 * shape[0] * (shape[1] if len(shape) > 1 else 1)
        header[name] = {"dtype": "BF16", "shape": list(shape), "data_offsets": [end, end + size]}
        end += size
    text = json.dumps(header).encode()
    content = random.Random(seed).randbytes(end)
    if two_four:
        content = b"".join(content[at : at + 4] + bytes(4) for at in range(0, end, 8))
    return struct.pack("<Q", len(text)) + text + content
