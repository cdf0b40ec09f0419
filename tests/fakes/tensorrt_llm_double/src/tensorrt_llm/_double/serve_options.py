"""The options of ``trtllm-serve`` and its sub-commands, per version (reference 1.1, 1.2)."""

from tensorrt_llm._double.click_like import Command, Option
from tensorrt_llm._double.releases import Release

LEVELS = ("internal_error", "error", "warning", "info", "verbose", "debug", "trace")
REASONING = ("deepseek-r1", "qwen3", "nano-v3")
TOOLS = ("qwen3", "qwen3_coder", "kimi_k2", "deepseek_v3", "deepseek_v31", "deepseek_v32")
HELP = "Run a server with the OpenAI API for MODEL."

FRACTION = "--kv_cache_free_gpu_memory_fraction"

BOTH = (
    Option(("--tokenizer",), help="Path or name of the tokenizer."),
    Option(("--host",), default="localhost", help="Hostname of the server."),
    Option(("--port",), int, 8000, "Port of the server."),
    Option(("--log_level",), LEVELS, "info", "The logging level."),
    Option(("--max_beam_width",), int, 1, "Beams of one request."),
    Option(("--max_batch_size",), int, 2048, "Requests that can be scheduled."),
    Option(("--max_num_tokens",), int, 8192, "Batched tokens after padding is removed."),
    Option(("--max_seq_len",), int, None, "Prompt and output of one request together."),
    Option(("--gpus_per_node",), int, None, "GPUs of one node; found when not given."),
    Option(("--num_postprocess_workers",), int, 0, "Extra processes that detokenise."),
    Option(("--trust_remote_code",), bool, False, "Run code that the model brings."),
    Option(("--metadata_server_config_file",), help="Configuration of the metadata server."),
    Option(("--server_role",), help="Role in disaggregated serving."),
    Option(("--disagg_cluster_uri",), help="URI of a disaggregated cluster."),
    Option(("--enable_chunked_prefill",), bool, False, "Prefill in chunks."),
    Option(("--media_io_kwargs",), help="JSON for media loading."),
)
PARALLEL = (
    ("tensor_parallel_size", "tp_size", 1),
    ("pipeline_parallel_size", "pp_size", 1),
    ("moe_expert_parallel_size", "ep_size", None),
    ("moe_cluster_parallel_size", "cluster_size", None),
)
UP_TO_1_1 = (
    *(Option((f"--{short}",), int, default, "Parallelism.") for _, short, default in PARALLEL),
    Option((FRACTION,), float, 0.9, "Share of free GPU memory for the KV cache."),
    Option(("--extra_llm_api_options",), help="Path of a YAML file."),
    Option(("--reasoning_parser",), REASONING[:2], None, "Parser of reasoning."),
)
SINCE_1_2 = (
    *(Option((f"--{long}", f"--{short}"), int, default, "Parallelism.") for long, short, default in PARALLEL),
    Option(("--context_parallel_size", "--cp_size"), int, 1, "Context parallelism."),
    Option(("--free_gpu_memory_fraction", FRACTION), float, 0.9, "Share of free GPU memory for the KV cache."),
    Option(("--config", "--extra_llm_api_options"), help="Path of a YAML file."),
    Option(("--custom_tokenizer",), help="Alias or Python path of a tokenizer class."),
    Option(("--custom_module_dirs",), multiple=True, help="Folders of user modules to import."),
    Option(("--otlp_traces_endpoint",), help="Where traces go."),
    Option(("--chat_template",), help="Path or text of a chat template."),
    Option(("--reasoning_parser",), REASONING, None, "Parser of reasoning."),
)
SINCE_1_3 = (
    Option(("--kv_cache_dtype",), ("auto", "fp8", "nvfp4"), "auto", "Type of the KV cache."),
    Option(("--served_model_name",), help="Name in the API."),
    Option(("--enable_attention_dp",), bool, False, "Attention data parallelism."),
    Option(("--video_pruning_rate",), float, None, "Share of video tokens left out."),
    Option(("--visual_gen_args", "--enable_visual_gen"), help="File with arguments of image models."),
    Option(("--set",), multiple=True, help="PATH=YAML of one argument."),
    Option(("--grpc",), bool, False, "Serve gRPC."),
)
SINCE_1_4 = (Option(("--no-telemetry",), bool, False, "Send no usage statistics."),)


def serve_command(chosen: Release) -> Command:
    """``trtllm-serve serve`` of that version."""
    later = chosen.line >= (1, 3)
    backends = ("pytorch", "_autodeploy") if later else ("pytorch", "tensorrt", "trt", "_autodeploy")
    options = (
        *BOTH,
        Option(("--backend",), backends, "pytorch", "The backend."),
        Option(
            ("--fail_fast_on_attention_window_too_large",), bool, chosen.line >= (1, 4), "Leave if it is too large."
        ),
    )
    if chosen.line <= (1, 1):
        return Command("trtllm-serve serve", (*options, *UP_TO_1_1), "MODEL", HELP)
    revision = ("--hf_revision", "--revision") if later else ("--revision",)
    options += (
        *SINCE_1_2,
        Option(revision, help="Branch, tag or commit."),
        Option(("--tool_parser",), (*TOOLS, "glm4") if later else TOOLS, None, "Parser of tool calls."),
        *(SINCE_1_3 if later else ()),
        *(SINCE_1_4 if chosen.line >= (1, 4) else ()),
    )
    return Command("trtllm-serve serve", options, "MODEL", HELP)


DISAGGREGATED = Command(
    "trtllm-serve disaggregated",
    (
        Option(("-c", "--config_file")),
        Option(("-m", "--metadata_server_config_file")),
        Option(("-t", "--server_start_timeout"), int, 180),
        Option(("-r", "--request_timeout"), int, 180),
        Option(("-l", "--log_level"), LEVELS, "info"),
        Option(("--metrics-log-interval",), int, 0),
    ),
    help="Run a disaggregated server.",
)
MM_EMBEDDING = Command(
    "trtllm-serve mm_embedding_serve",
    (
        *BOTH[1:3],
        Option(("--log_level",), LEVELS, "info"),
        Option(("--max_batch_size",), int, 2048),
        Option(("--max_num_tokens",), int, 16384),
        Option(("--gpus_per_node",), int),
        Option(("--trust_remote_code",), bool, False),
        Option(("--extra_encoder_options",)),
        Option(("--metadata_server_config_file",)),
    ),
    "MODEL",
    "Serve a multimodal encoder.",
)


def sub_commands(chosen: Release) -> tuple[str, ...]:
    """First words that are not taken for a model."""
    always = ("serve", "disaggregated", "disaggregated_mpi_worker", "mm_embedding_serve")
    return always if chosen.line <= (1, 2) else (*always, "embeddings")
