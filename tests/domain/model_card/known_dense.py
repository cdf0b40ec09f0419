"""Dense models: dimensions as published (``config.json``, or the known dimensions of the release), published totals.

Only the keys that decide a card are here.  ``kv`` is what one token leaves in all layers, in elements.
"""

from typing import Any


def dense(kind: str, **keys: Any) -> dict[str, Any]:
    short = {"h": "hidden_size", "layers": "num_hidden_layers", "heads": "num_attention_heads", "ff":
             "intermediate_size", "kv": "num_key_value_heads", "vocab": "vocab_size", "context":
             "max_position_embeddings", "tied": "tie_word_embeddings", "d": "head_dim"}  # fmt: skip
    return {"model_type": kind, **{short.get(name, name): value for name, value in keys.items()}}


LLAMA3_ROPE = {"rope_type": "llama3", "factor": 8.0, "original_max_position_embeddings": 8192}

DENSE: dict[str, dict[str, Any]] = {
    "meta-llama/Llama-3.2-1B": {
        "config": dense("llama", h=2048, layers=16, heads=32, kv=8, d=64, ff=8192, vocab=128256, context=131072,
                        tied=True, rope_scaling={**LLAMA3_ROPE, "factor": 32.0}),
        "layers": {"full": 16}, "kv": 16384, "total": 1_235_814_400,
    },
    "meta-llama/Llama-3.2-3B": {
        "config": dense("llama", h=3072, layers=28, heads=24, kv=8, d=128, ff=8192, vocab=128256, context=131072,
                        tied=True),
        "layers": {"full": 28}, "kv": 57344, "total": 3_212_749_824,
    },
    "meta-llama/Llama-3.1-8B": {
        "config": dense("llama", h=4096, layers=32, heads=32, kv=8, ff=14336, vocab=128256, context=131072, tied=False,
                        rope_scaling=LLAMA3_ROPE),
        "layers": {"full": 32}, "kv": 65536, "total": 8_030_261_248, "exact": True,
    },
    "meta-llama/Llama-3.3-70B": {
        "config": dense("llama", h=8192, layers=80, heads=64, kv=8, ff=28672, vocab=128256, context=131072, tied=False),
        "layers": {"full": 80}, "kv": 163840, "total": 70_553_706_496, "exact": True,
    },
    "meta-llama/Llama-3.1-405B": {
        "config": dense("llama", h=16384, layers=126, heads=128, kv=8, ff=53248, vocab=128256, context=131072,
                        tied=False),
        "layers": {"full": 126}, "kv": 258048, "total": 405_853_388_800,
    },
    "Qwen/Qwen2.5-7B": {
        "config": dense("qwen2", h=3584, layers=28, heads=28, kv=4, ff=18944, vocab=152064, context=131072, tied=False,
                        sliding_window=131072, use_sliding_window=False, max_window_layers=28),
        "layers": {"full": 28}, "kv": 28672, "total": 7_615_616_512, "exact": True,
    },
    "Qwen/Qwen2.5-0.5B": {
        "config": dense("qwen2", h=896, layers=24, heads=14, kv=2, ff=4864, vocab=151936, context=32768, tied=True,
                        use_sliding_window=False),
        "layers": {"full": 24}, "kv": 6144, "total": 494_032_768, "exact": True,
    },
    "Qwen/Qwen3-0.6B": {
        "config": dense("qwen3", h=1024, layers=28, heads=16, kv=8, d=128, ff=3072, vocab=151936, context=40960,
                        tied=True, use_sliding_window=False),
        "layers": {"full": 28}, "kv": 57344, "total": 596_049_920, "exact": True,
    },
    "Qwen/Qwen3-32B": {
        "config": dense("qwen3", h=5120, layers=64, heads=64, kv=8, d=128, ff=25600, vocab=151936, context=40960,
                        tied=False, use_sliding_window=False),
        "layers": {"full": 64}, "kv": 131072, "total": 32_762_123_264, "exact": True,
    },
    "mistralai/Mistral-7B-v0.1": {
        "config": dense("mistral", h=4096, layers=32, heads=32, kv=8, ff=14336, vocab=32000, context=32768,
                        sliding_window=4096),
        "layers": {"sliding": 32}, "window": 4096, "kv": 65536, "total": 7_241_732_096, "exact": True,
    },
    "mistralai/Mistral-Nemo-2407": {
        "config": dense("mistral", h=5120, layers=40, heads=32, kv=8, d=128, ff=14336, vocab=131072, context=131072),
        "layers": {"full": 40}, "kv": 81920, "total": 12_247_782_400, "exact": True,
    },
    "mistralai/Mistral-Small-24B-2501": {
        "config": dense("mistral", h=5120, layers=40, heads=32, kv=8, d=128, ff=32768, vocab=131072, context=32768),
        "layers": {"full": 40}, "kv": 81920, "total": 23_572_403_200, "exact": True,
    },
    "google/gemma-2-9b": {
        "config": dense("gemma2", h=3584, layers=42, heads=16, kv=8, d=256, ff=14336, vocab=256000, context=8192,
                        sliding_window=4096),
        "layers": {"sliding": 21, "full": 21}, "window": 4096, "kv": 172032, "total": 9_241_705_984, "exact": True,
    },
    "google/gemma-3-1b-it": {
        "config": dense("gemma3_text", h=1152, layers=26, heads=4, kv=1, d=256, ff=6912, vocab=262144, context=32768,
                        sliding_window=512, sliding_window_pattern=6),
        "layers": {"sliding": 22, "full": 4}, "window": 512, "kv": 13312, "total": 999_885_952, "exact": True,
    },
    "google/gemma-3-27b-it": {
        "config": {
            "model_type": "gemma3", "architectures": ["Gemma3ForConditionalGeneration"],
            "text_config": dense("gemma3_text", h=5376, layers=62, heads=32, kv=16, d=128, ff=21504,
                                 sliding_window=1024, rope_scaling={"rope_type": "linear", "factor": 8.0}),
            "vision_config": {"hidden_size": 1152, "num_hidden_layers": 27, "intermediate_size": 4304,
                              "num_attention_heads": 16, "patch_size": 14},
        },
        "layers": {"sliding": 52, "full": 10}, "window": 1024, "kv": 253952, "total": 27_432_406_640,
        "context": 131072,
    },
    "google/gemma-3n-E4B": {
        "config": dense("gemma3n_text", h=2048, layers=35, heads=8, kv=2, d=256, ff=16384, vocab=262400, context=32768,
                        num_kv_shared_layers=15, sliding_window=512,
                        layer_types=(["sliding_attention"] * 4 + ["full_attention"]) * 7),
        "layers": {"sliding": 28, "full": 7}, "window": 512, "kv": 20480, "unknowns": ["parameters_total"],
    },
    "google/gemma-4-31b": {
        "config": {
            "model_type": "gemma4",
            "text_config": dense("gemma4_text", h=5376, layers=60, heads=32, kv=16, d=256, ff=21504, vocab=262144,
                                 context=262144, tied=True, global_head_dim=512, num_global_key_value_heads=4,
                                 attention_k_eq_v=True, sliding_window=1024, num_kv_shared_layers=0,
                                 layer_types=(["sliding_attention"] * 5 + ["full_attention"]) * 10),
            "vision_config": {"model_type": "gemma4_vision", "hidden_size": 1152, "num_hidden_layers": 27,
                              "intermediate_size": 4304, "patch_size": 16},
        },
        "layers": {"sliding": 50, "full": 10}, "window": 1024, "kv": 50 * 8192 + 10 * 2048, "context": 262144,
        "total": 31_250_000_000,
    },
    "microsoft/phi-4": {
        "config": dense("phi3", h=5120, layers=40, heads=40, kv=10, ff=17920, vocab=100352, context=16384, tied=False),
        "layers": {"full": 40}, "kv": 102400, "total": 14_659_507_200, "exact": True,
    },
    "microsoft/Phi-3-mini-4k": {
        "config": dense("phi3", h=3072, layers=32, heads=32, kv=32, ff=8192, vocab=32064, context=4096, tied=False,
                        sliding_window=2047),
        "layers": {"sliding": 32}, "window": 2047, "kv": 196608, "total": 3_821_079_552, "exact": True,
    },
    "microsoft/phi-2": {
        "config": dense("phi", h=2560, layers=32, heads=32, kv=32, ff=10240, vocab=51200, context=2048, tied=False),
        "layers": {"full": 32}, "kv": 163840, "total": 2_779_683_840,
    },
    "HuggingFaceTB/SmolLM2-1.7B": {
        "config": dense("llama", h=2048, layers=24, heads=32, kv=32, ff=8192, vocab=49152, context=8192, tied=True),
        "layers": {"full": 24}, "kv": 98304, "total": 1_711_376_384, "exact": True,
    },
    "HuggingFaceTB/SmolLM3-3B": {
        "config": dense("smollm3", h=2048, layers=36, heads=16, kv=4, ff=11008, vocab=128256, context=65536, tied=True),
        "layers": {"full": 36}, "kv": 36864, "total": 3_075_098_624, "exact": True,
    },
    "EleutherAI/gpt-j-6b": {
        "config": {"model_type": "gptj", "n_embd": 4096, "n_layer": 28, "n_head": 16, "n_positions": 2048,
                   "vocab_size": 50400, "tie_word_embeddings": False, "architectures": ["GPTJForCausalLM"]},
        "layers": {"full": 28}, "kv": 229376, "total": 6_050_882_784, "context": 2048,
    },
    "openai-community/gpt2": {
        "config": {"model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12, "n_positions": 1024,
                   "vocab_size": 50257},
        "layers": {"full": 12}, "kv": 18432, "total": 124_439_808, "context": 1024,
    },
    "EleutherAI/gpt-neox-20b": {
        "config": dense("gpt_neox", h=6144, layers=44, heads=64, ff=24576, vocab=50432, context=2048, tied=False),
        "layers": {"full": 44}, "kv": 540672, "total": 20_554_567_680,
    },
    "tiiuae/falcon-7b": {
        "config": {"model_type": "falcon", "hidden_size": 4544, "num_hidden_layers": 32, "num_attention_heads": 71,
                   "multi_query": True, "new_decoder_architecture": False, "vocab_size": 65024},
        "layers": {"full": 32}, "kv": 4096, "total": 6_921_720_704, "context": None, "unknowns": ["native_context"],
    },
    "CohereLabs/c4ai-command-r-v01": {
        "config": dense("cohere", h=8192, layers=40, heads=64, kv=64, ff=22528, vocab=256000, context=131072),
        "layers": {"full": 40}, "kv": 655360, "total": 34_980_831_232, "exact": True,
    },
    "CohereLabs/c4ai-command-r7b-12-2024": {
        "config": dense("cohere2", h=4096, layers=32, heads=32, kv=8, d=128, ff=14336, vocab=256000, context=132096,
                        sliding_window=4096, sliding_window_pattern=4),
        "layers": {"sliding": 24, "full": 8}, "window": 4096, "kv": 65536, "total": 8_028_033_024,
    },
    "allenai/OLMo-2-1124-7B": {
        "config": dense("olmo2", h=4096, layers=32, heads=32, kv=32, ff=11008, vocab=100352, context=4096, tied=False),
        "layers": {"full": 32}, "kv": 262144, "total": 7_298_617_344,
    },
    "ibm-granite/granite-3.1-8b": {
        "config": dense("granite", h=4096, layers=40, heads=32, kv=8, ff=12800, vocab=49155, context=131072, tied=True),
        "layers": {"full": 40}, "kv": 81920, "total": 8_170_848_256,
    },
    "LGAI-EXAONE/EXAONE-4.0-32B": {
        "config": dense("exaone4", h=5120, layers=64, heads=40, kv=8, ff=27392, vocab=102400, context=131072,
                        tied=False, sliding_window=4096, sliding_window_pattern="LLLG"),
        "layers": {"sliding": 48, "full": 16}, "window": 4096, "kv": 131072, "total": 32_003_216_384,
    },
    "bigcode/starcoder2-7b": {
        "config": dense("starcoder2", h=4608, layers=32, heads=36, kv=4, ff=18432, vocab=49152, context=16384,
                        sliding_window=4096, use_bias=True),
        "layers": {"sliding": 32}, "window": 4096, "kv": 32768, "total": 7_173_923_840,
    },
    "nvidia/Llama-3.1-Nemotron-51B-style": {
        "config": {
            "architectures": ["DeciLMForCausalLM"], "model_type": "nemotron-nas", "hidden_size": 8192,
            "num_hidden_layers": 3, "num_attention_heads": 64, "num_key_value_heads": None, "intermediate_size": None,
            "vocab_size": 128256, "max_position_embeddings": 131072, "tie_word_embeddings": False,
            "block_configs": [
                {"attention": {"n_heads_in_group": 8, "no_op": False}, "ffn": {"ffn_mult": 5.25, "no_op": False}},
                {"attention": {"n_heads_in_group": None, "no_op": True}, "ffn": {"ffn_mult": 1.3125, "no_op": False}},
                {"attention": {"n_heads_in_group": 16, "no_op": False}, "ffn": {"ffn_mult": None, "no_op": True}},
            ],
        },
        "layers": {"full": 2, "none": 1}, "kv": 2048 + 1024,
        "total": 2 * 128256 * 8192 + 8192 * (28672 + 7168) * 3 + 8192 * 128 * (64 * 4 + 2 * 8 + 2 * 4),
    },
}  # fmt: skip
