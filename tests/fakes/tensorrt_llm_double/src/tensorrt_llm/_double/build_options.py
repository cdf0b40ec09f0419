"""The options of ``trtllm-build`` (reference 3.2)."""

from tensorrt_llm._double.click_like import Option
from tensorrt_llm._double.parse_args_like import Program
from tensorrt_llm._double.serve_options import LEVELS

ON_OFF = ("enable", "disable")
TYPES = ("auto", "float16", "float32", "bfloat16", "int32", "disable")


def _flags(text: str) -> tuple[Option, ...]:
    return tuple(Option((f"--{name}",), bool, False) for name in text.split())


PLUGIN_TYPES = [
    "gemm_plugin",
    "gpt_attention_plugin",
    "bert_attention_plugin",
    "nccl_plugin",
    "lora_plugin",
    "moe_plugin",
]
PLUGIN_SWITCHES = [
    "gemm_swiglu_plugin",
    "low_latency_gemm_plugin",
    "context_fmha",
    "remove_input_padding",
    "reduce_fusion",
    "user_buffer",
    "use_paged_context_fmha",
    "multiple_profiles",
    "paged_state",
    "streamingllm",
    "use_fused_mlp",
    "pp_reduce_scatter",
]
PLUGINS = (*PLUGIN_TYPES, *PLUGIN_SWITCHES, "tokens_per_block")

BUILD = Program(
    "trtllm-build",
    (
        *(Option((f"--{name}",)) for name in ["checkpoint_dir", "model_config", "build_config", "model_cls_file"]),
        Option(("--model_cls_name",)),
        Option(("--output_dir",), str, "engine_outputs"),
        Option(("--max_batch_size",), int, 2048),
        Option(("--max_input_len",), int, 1024),
        Option(("--max_seq_len", "--max_decoder_seq_len"), int),
        Option(("--max_beam_width",), int, 1),
        Option(("--max_num_tokens",), int, 8192),
        Option(("--opt_num_tokens",), int),
        Option(("--max_encoder_input_len",), int, 1024),
        Option(("--max_prompt_embedding_table_size", "--max_multimodal_len"), int, 0),
        Option(("--kv_cache_type",), ("continuous", "paged", "disabled"), None),
        Option(("--paged_kv_cache",), ON_OFF, None),
        Option(("--input_timing_cache",)),
        Option(("--output_timing_cache",), str, "model.cache"),
        Option(("--profiling_verbosity",), ("layer_names_only", "detailed", "none"), "layer_names_only"),
        *_flags("strip_plan weight_sparsity weight_streaming fast_build enable_debug_output visualize_network dry_run "
                "monitor_memory gather_context_logits gather_generation_logits gather_all_token_logits"),
        Option(("--workers",), int, 1),
        Option(("--log_level",), LEVELS, "info"),
        Option(("--logits_dtype",), ("float16", "float32"), None),
        Option(("--lora_dir",), multiple=True),
        Option(("--lora_ckpt_source",), ("hf", "nemo"), "hf"),
        Option(("--lora_target_modules",), multiple=True),
        Option(("--max_lora_rank",), int, 64),
        Option(("--speculative_decoding_mode",)),
        Option(("--max_draft_len",), int, 0),
        *(Option((f"--{name}",), TYPES, "auto") for name in PLUGIN_TYPES),
        *(Option((f"--{name}",), (*ON_OFF, "auto", "fp8", "float16", "bfloat16"), None) for name in PLUGIN_SWITCHES),
        Option(("--tokens_per_block",), int, 32),
    ),
)  # fmt: skip
