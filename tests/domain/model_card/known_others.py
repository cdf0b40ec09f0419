"""Models with experts, latent attention, states or a quantisation: as ``known_dense``."""

from typing import Any

from domain.model_card.known_dense import LLAMA3_ROPE, dense

YARN = {"type": "yarn", "factor": 40, "original_max_position_embeddings": 4096}
FP8_BLOCK = {"quant_method": "fp8", "weight_block_size": [128, 128], "activation_scheme": "dynamic"}
DEEPSEEK = {
    "q_lora_rank": 1536, "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128,
    "moe_intermediate_size": 2048, "n_shared_experts": 1, "num_experts_per_tok": 8, "topk_method": "noaux_tc",
}  # fmt: skip
DELTA = {
    "linear_conv_kernel_dim": 4, "linear_key_head_dim": 128, "linear_num_key_heads": 16, "linear_value_head_dim": 128,
}  # fmt: skip
VISION = {"depth": 27, "hidden_size": 1152, "intermediate_size": 4304, "patch_size": 16, "temporal_patch_size": 2,
          "spatial_merge_size": 2, "num_position_embeddings": 2304}  # fmt: skip
DELTA_TYPES = ["linear_attention"] * 3 + ["full_attention"]
NANO = "MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME"

OTHERS: dict[str, dict[str, Any]] = {
    "mistralai/Mixtral-8x7B-v0.1": {
        "config": dense("mixtral", h=4096, layers=32, heads=32, kv=8, ff=14336, vocab=32000, context=32768, tied=False,
                        num_local_experts=8, num_experts_per_tok=2),
        "layers": {"full": 32}, "kv": 65536, "total": 46_702_792_704, "active": 12_879_925_248, "exact": True,
        "experts": (8, 2, 0, 32),
    },
    "Qwen/Qwen3-30B-A3B": {
        "config": dense("qwen3_moe", h=2048, layers=48, heads=32, kv=4, d=128, ff=6144, vocab=151936, context=40960,
                        tied=False, num_experts=128, num_experts_per_tok=8, moe_intermediate_size=768,
                        decoder_sparse_step=1, mlp_only_layers=[], use_sliding_window=False),
        "layers": {"full": 48}, "kv": 49152, "total": 30_532_122_624, "active": 3_353_032_704, "exact": True,
        "experts": (128, 8, 0, 48),
    },
    "Qwen/Qwen3-235B-A22B-FP8": {
        "config": {**dense("qwen3_moe", h=4096, layers=94, heads=64, kv=4, d=128, ff=12288, vocab=151936, context=40960,
                           tied=False, num_experts=128, num_experts_per_tok=8, moe_intermediate_size=1536),
                   "quantization_config": {**FP8_BLOCK, "modules_to_not_convert": ["lm_head", "model.norm"]}},
        "layers": {"full": 94}, "kv": 96256, "total": 235_093_634_560, "experts": (128, 8, 0, 94),
        "quantisation": ("fp8", "fp8_block", True), "bytes": 236_450_000_000,
    },
    "Qwen/Qwen3-Coder-Next": {
        "config": dense("qwen3_next", h=2048, layers=48, heads=16, kv=2, d=256, ff=5120, vocab=151936, context=262144,
                        tied=False, full_attention_interval=4, num_experts=512, num_experts_per_tok=10,
                        moe_intermediate_size=512, shared_expert_intermediate_size=512, linear_num_value_heads=32,
                        **DELTA),
        "layers": {"gated_delta": 36, "full": 12}, "kv": 12288, "total": 79_674_391_296, "active": 3_874_929_408,
        "exact": True, "experts": (512, 10, 1, 48), "state": 32 * 128 * 128,
    },
    "Qwen/Qwen3.5-27B": {
        "config": {
            "architectures": ["Qwen3_5ForConditionalGeneration"], "model_type": "qwen3_5", "video_token_id": 248057,
            "text_config": dense("qwen3_5_text", h=5120, layers=64, heads=24, kv=4, d=256, ff=17408, vocab=248320,
                                 context=262144, tied=False, attn_output_gate=True, layer_types=DELTA_TYPES * 16,
                                 linear_num_value_heads=48, mtp_num_hidden_layers=1, **DELTA),
            "vision_config": {**VISION, "out_hidden_size": 5120},
        },
        "layers": {"gated_delta": 48, "full": 16}, "kv": 32768, "total": 27_356_000_000, "bytes": 55_563_006_776,
        "state": 48 * 128 * 128, "convolution": 3 * 10240, "context": 262144,
    },
    "Qwen/Qwen3.5-35B-A3B": {
        "config": {
            "model_type": "qwen3_5_moe",
            "text_config": dense("qwen3_5_moe_text", h=2048, layers=40, heads=16, kv=2, d=256, vocab=248320,
                                 context=262144, tied=False, layer_types=DELTA_TYPES * 10, num_experts=256,
                                 num_experts_per_tok=8, moe_intermediate_size=512, linear_num_value_heads=32,
                                 shared_expert_intermediate_size=512, **DELTA),
            "vision_config": {**VISION, "out_hidden_size": 2048},
        },
        "layers": {"gated_delta": 30, "full": 10}, "kv": 10240, "total": 35_107_000_000, "context": 262144,
        "experts": (256, 8, 1, 40),
    },
    "Qwen/Qwen3-VL-8B-Instruct": {
        "config": {
            "model_type": "qwen3_vl", "tie_word_embeddings": False, "video_token_id": 1,
            "text_config": dense("qwen3_vl_text", h=4096, layers=36, heads=32, kv=8, d=128, ff=12288, vocab=151936,
                                 context=262144),
            "vision_config": {**VISION, "out_hidden_size": 4096, "deepstack_visual_indexes": [8, 16, 24]},
        },
        "layers": {"full": 36}, "kv": 73728, "total": 8_767_123_696, "context": 262144,
        "modalities": ("text", "image", "video"),
    },
    "deepseek-ai/DeepSeek-V3": {
        "config": {**dense("deepseek_v3", h=7168, layers=61, heads=128, kv=128, ff=18432, vocab=129280, context=163840,
                           tied=False, first_k_dense_replace=3, moe_layer_freq=1, n_routed_experts=256,
                           num_nextn_predict_layers=1, rope_scaling=YARN, **DEEPSEEK),
                   "quantization_config": FP8_BLOCK},
        "layers": {"mla": 61}, "kv": 61 * 576, "total": 671_026_419_200, "active": 37_552_297_472, "exact": True,
        "experts": (256, 8, 1, 58), "quantisation": ("fp8", "fp8_block", True), "bytes": 688_586_727_753,
    },
    "deepseek-ai/DeepSeek-V3.2": {
        "config": dense("deepseek_v32", h=7168, layers=61, heads=128, kv=128, ff=18432, vocab=129280, context=163840,
                        tied=False, first_k_dense_replace=3, n_routed_experts=256, index_head_dim=128,
                        index_n_heads=64, index_topk=2048, **DEEPSEEK),
        "layers": {"mla": 61}, "kv": 61 * 576, "total": 671_880_000_000, "index": 132,
    },
    "deepseek-ai/DeepSeek-V2-Lite": {
        "config": dense("deepseek_v2", h=2048, layers=27, heads=16, kv=16, ff=10944, vocab=102400, context=163840,
                        tied=False, first_k_dense_replace=1, n_routed_experts=64,
                        **{**DEEPSEEK, "q_lora_rank": None, "moe_intermediate_size": 1408, "n_shared_experts": 2,
                           "num_experts_per_tok": 6, "topk_method": "greedy"}),
        "layers": {"mla": 27}, "kv": 27 * 576, "total": 15_706_484_224, "exact": True, "experts": (64, 6, 2, 26),
    },
    "moonshotai/Kimi-K2.5": {
        "config": {
            "architectures": ["KimiK25ForConditionalGeneration"], "model_type": "kimi_k25",
            "text_config": {
                **dense("kimi_k2", h=7168, layers=61, heads=64, kv=64, ff=18432, vocab=163840, context=262144,
                        tied=False, first_k_dense_replace=1, n_routed_experts=384, **DEEPSEEK),
                "quantization_config": {
                    "quant_method": "compressed-tensors", "format": "pack-quantized",
                    "ignore": ["lm_head", "re:.*self_attn.*", "re:.*shared_experts.*",
                               r"re:.*mlp\.(gate|up|gate_up|down)_proj.*"],
                    "config_groups": {"group_0": {"targets": ["Linear"], "weights": {
                        "num_bits": 4, "type": "int", "group_size": 32, "strategy": "group"}}},
                },
            },
            "vision_config": {"vt_hidden_size": 1152, "vt_num_hidden_layers": 27, "vt_intermediate_size": 4304},
        },
        "layers": {"mla": 61}, "kv": 61 * 576, "total": 1_026_800_000_000, "experts": (384, 8, 1, 60),
        "quantisation": ("compressed-tensors", "w4a16", False), "context": 262144, "bytes": 547_500_000_000,
    },
    "zai-org/GLM-5.2": {
        "config": dense("glm_moe_dsa", h=6144, layers=8, heads=64, kv=64, d=192, ff=12288, vocab=154880,
                        context=1048576, tied=False, n_routed_experts=256, index_head_dim=128, index_n_heads=32,
                        mlp_layer_types=["dense"] * 3 + ["sparse"] * 5,
                        indexer_types=["full"] * 3 + ["shared"] * 3 + ["full", "shared"],
                        **{**DEEPSEEK, "q_lora_rank": 2048, "qk_nope_head_dim": 192, "v_head_dim": 256}),
        "layers": {"mla": 8}, "kv": 8 * 576, "experts": (256, 8, 1, 5), "index_sum": 4 * 132,
    },
    "zai-org/GLM-4.5-Air": {
        "config": dense("glm4_moe", h=4096, layers=46, heads=96, kv=8, d=128, ff=10944, vocab=151552, context=131072,
                        tied=False, attention_bias=True, use_qk_norm=False, n_routed_experts=128, n_shared_experts=1,
                        num_experts_per_tok=8, moe_intermediate_size=1408, first_k_dense_replace=1,
                        num_nextn_predict_layers=1),
        "layers": {"full": 46}, "kv": 94208, "total": 106_852_000_000, "experts": (128, 8, 1, 45),
    },
    "openai/gpt-oss-20b": {
        "config": {**dense("gpt_oss", h=2880, layers=24, heads=64, kv=8, d=64, ff=2880, vocab=201088, context=131072,
                           tied=False, attention_bias=True, num_local_experts=32, num_experts_per_tok=4,
                           sliding_window=128, layer_types=["sliding_attention", "full_attention"] * 12,
                           rope_scaling={"rope_type": "yarn", "factor": 32.0,
                                         "original_max_position_embeddings": 4096}),
                   "quantization_config": {"quant_method": "mxfp4", "modules_to_not_convert": [
                       "model.layers.*.self_attn", "model.layers.*.mlp.router", "model.embed_tokens", "lm_head"]}},
        "layers": {"sliding": 12, "full": 12}, "window": 128, "kv": 24576, "total": 20_914_757_184, "exact": True,
        "experts": (32, 4, 0, 24), "quantisation": ("mxfp4", "mxfp4", True), "bytes": 13_761_264_768,
    },
    "meta-llama/Llama-4-Scout-17B-16E": {
        "config": {
            "architectures": ["Llama4ForConditionalGeneration"], "model_type": "llama4",
            "text_config": dense("llama4_text", h=5120, layers=48, heads=40, kv=8, d=128, ff=8192, vocab=202048,
                                 context=10485760, intermediate_size_mlp=16384, interleave_moe_layer_step=1,
                                 num_local_experts=16, num_experts_per_tok=1, attention_chunk_size=8192,
                                 rope_scaling={**LLAMA3_ROPE, "factor": 16.0}),
        },
        "layers": {"chunked": 36, "full": 12}, "window": 8192, "kv": 98304, "total": 107_770_000_000,
        "context": 10485760, "experts": (16, 1, 1, 48),
    },
    "MiniMaxAI/MiniMax-M2.5": {
        "config": {**dense("minimax_m2", h=3072, layers=62, heads=48, kv=8, d=128, ff=1536, vocab=200064,
                           context=196608, tied=False, num_local_experts=256, num_experts_per_tok=8,
                           shared_intermediate_size=0, use_routing_bias=True),
                   "quantization_config": {**FP8_BLOCK, "modules_to_not_convert": ["gate", "lm_head"]}},
        "layers": {"full": 62}, "kv": 126976, "total": 228_690_000_000, "experts": (256, 8, 0, 62),
        "quantisation": ("fp8", "fp8_block", True),
    },
    "MiniMaxAI/MiniMax-M3": {
        "config": dense("minimax_m3", h=6144, layers=60, heads=64, kv=4, d=128, ff=3072, vocab=200064, context=1048576,
                        tied=False, num_local_experts=128, num_experts_per_tok=4, moe_intermediate_size=3072,
                        moe_layer_freq=[0] * 3 + [1] * 57, sparse_attention_config={"use_sparse_attention": True}),
        "layers": {"full": 60}, "unknowns": ["layers", "parameters_total"], "experts": (128, 4, 0, 57),
    },
    "deepseek-ai/DeepSeek-V4-Flash": {
        "config": dense("deepseek_v4", h=4096, layers=43, heads=64, kv=1, d=512, vocab=129280, context=1048576,
                        tied=False, n_routed_experts=256, num_experts_per_tok=6, moe_intermediate_size=2048,
                        compress_ratios=[0, 0] + [4, 128] * 21),
        "layers": {"full": 43}, "unknowns": ["layers", "parameters_total"],
    },
    "moonshotai/Kimi-Linear-style": {
        "config": dense("kimi_linear", h=2304, layers=4, heads=32, kv=32, ff=9216, vocab=163840, context=1048576,
                        linear_attn_config={"kda_layers": [1, 2, 3], "full_attn_layers": [4]},
                        **{**DEEPSEEK, "q_lora_rank": None}),
        "layers": {"other": 3, "mla": 1}, "unknowns": ["layers", "parameters_total"],
    },
    "XiaomiMiMo/MiMo-V2-Flash": {
        "config": dense("mimo_v2_flash", h=4096, layers=48, heads=64, kv=4, d=192, ff=16384, vocab=152576,
                        context=262144, tied=False, v_head_dim=128, sliding_window=128, swa_num_attention_heads=64,
                        swa_num_key_value_heads=8, swa_head_dim=192, swa_v_head_dim=128, n_routed_experts=256,
                        num_experts_per_tok=8, moe_intermediate_size=2048, moe_layer_freq=[0] + [1] * 47,
                        hybrid_layer_pattern=[0] + [1, 1, 1, 1, 0] + [1, 1, 1, 1, 1, 0] * 7),
        "layers": {"sliding": 39, "full": 9}, "window": 128, "kv": 39 * 2560 + 9 * 1280, "total": 308_800_000_000,
        "experts": (256, 8, 0, 47),
    },
    "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B": {
        "config": dense("nemotron_h", h=2688, layers=52, heads=32, kv=2, d=128, ff=1856, vocab=131072, context=262144,
                        tied=False, hybrid_override_pattern=NANO, mamba_num_heads=64, mamba_head_dim=64, n_groups=8,
                        ssm_state_size=128, conv_kernel=4, n_routed_experts=128, num_experts_per_tok=6,
                        n_shared_experts=1, moe_intermediate_size=1856, moe_shared_expert_intermediate_size=3712),
        "layers": {"mamba": 23, "full": 6, "none": 23}, "kv": 3072, "total": 31_577_937_344, "experts": (128, 6, 1, 23),
        "state": 64 * 64 * 128, "convolution": 3 * (4096 + 2048),
    },
    "nvidia/Nemotron-H-8B-Base-8K": {
        "config": dense("nemotron_h", h=4096, layers=52, heads=32, kv=8, ff=21504, vocab=131072, context=8192,
                        tied=False, attention_head_dim=128, mamba_num_heads=128, mamba_head_dim=64, n_groups=8,
                        ssm_state_size=128, conv_kernel=4,
                        hybrid_override_pattern="M-M-M-M*-M-M-M-M-M*-M-M-M-M-M*-M-M-M-M-M*-M-M-M-M-M-"),
        "layers": {"mamba": 24, "full": 4, "none": 24}, "kv": 8192, "total": 8_100_000_000,
    },
    "ibm-granite/granite-4.0-h-small": {
        "config": dense("granitemoehybrid", h=4096, layers=40, heads=32, kv=8, ff=768, vocab=100352, context=131072,
                        tied=True, layer_types=(["mamba"] * 5 + ["attention"] + ["mamba"] * 4) * 4,
                        num_local_experts=72, num_experts_per_tok=10, shared_intermediate_size=1536,
                        mamba_n_heads=128, mamba_d_head=64, mamba_d_state=128, mamba_n_groups=1, mamba_d_conv=4),
        "layers": {"mamba": 36, "full": 4}, "kv": 8192, "total": 32_207_000_000, "experts": (72, 10, 1, 40),
        "state": 128 * 64 * 128,
    },
    "tiiuae/Falcon-H1-7B": {
        "config": dense("falcon_h1", h=3072, layers=44, heads=12, kv=2, d=128, ff=12288, vocab=130048, context=262144,
                        tied=False, mamba_d_ssm=3072, mamba_n_heads=24, mamba_d_head=128, mamba_d_state=256,
                        mamba_n_groups=1, mamba_d_conv=4),
        "layers": {"full+mamba": 44}, "kv": 22528, "total": 7_585_654_272, "state": 3072 * 256,
    },
    "ai21labs/Jamba-v0.1": {
        "config": dense("jamba", h=4096, layers=32, heads=32, kv=8, ff=14336, vocab=65536, context=262144, tied=False,
                        attn_layer_period=8, attn_layer_offset=4, expert_layer_period=2, expert_layer_offset=1,
                        num_experts=16, num_experts_per_tok=2, mamba_d_state=16, mamba_d_conv=4, mamba_expand=2,
                        mamba_dt_rank=256),
        "layers": {"mamba": 28, "full": 4}, "kv": 8192, "total": 51_570_323_328, "experts": (16, 2, 0, 16),
        "state": 8192 * 16,
    },
    "LiquidAI/LFM2-1.2B": {
        "config": dense("lfm2", h=2048, layers=16, heads=32, kv=8, ff=12288, vocab=65536, context=128000,
                        full_attn_idxs=[2, 5, 8, 10, 12, 14], conv_L_cache=3, block_auto_adjust_ff_dim=True,
                        block_multiple_of=256),
        "layers": {"short_convolution": 10, "full": 6}, "kv": 6144, "total": 1_170_340_608, "convolution": 4096,
    },
    "mistralai/Mamba-Codestral-7B-v0.1": {
        "config": {"model_type": "mamba2", "hidden_size": 4096, "num_hidden_layers": 64, "num_heads": 128,
                   "head_dim": 64, "state_size": 128, "n_groups": 8, "conv_kernel": 4, "expand": 2,
                   "vocab_size": 32768, "tie_word_embeddings": False},
        "layers": {"mamba": 64}, "kv": 0, "total": 7_285_403_648, "context": None, "unknowns": ["native_context"],
        "state": 8192 * 128,
    },
}  # fmt: skip
