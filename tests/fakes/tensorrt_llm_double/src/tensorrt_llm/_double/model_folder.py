"""What a model folder tells the PyTorch backend, and where it refuses it (reference 3.2, 4.1, 4.3, 4.4, 5.1)."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tensorrt_llm._double.gpus import Gpu
from tensorrt_llm._double.scenario import GIB, Scenario

ARCHITECTURES = frozenset(
    [
        "BertForSequenceClassification",
        "DeciLMForCausalLM",
        "DeepseekV3ForCausalLM",
        "DeepseekV32ForCausalLM",
        "Exaone4ForCausalLM",
        "ExaoneMoEForCausalLM",
        "Gemma3ForCausalLM",
        "Glm4MoeForCausalLM",
        "GptOssForCausalLM",
        "LlamaForCausalLM",
        "Llama4ForConditionalGeneration",
        "MiniMaxM2ForCausalLM",
        "MistralForCausalLM",
        "MixtralForCausalLM",
        "MllamaForConditionalGeneration",
        "NemotronForCausalLM",
        "NemotronHForCausalLM",
        "NemotronNASForCausalLM",
        "Phi3ForCausalLM",
        "Qwen2ForCausalLM",
        "Qwen2ForProcessRewardModel",
        "Qwen2ForRewardModel",
        "Qwen3ForCausalLM",
        "Qwen3MoeForCausalLM",
        "Qwen3NextForCausalLM",
        "Gemma3ForConditionalGeneration",
        "HCXVisionForCausalLM",
        "LlavaLlamaModel",
        "LlavaNextForConditionalGeneration",
        "Mistral3ForConditionalGeneration",
        "NemotronH_Nano_VL_V2",
        "Phi4MMForCausalLM",
        "Qwen2VLForConditionalGeneration",
        "Qwen2_5_VLForConditionalGeneration",
        "Qwen3VLForConditionalGeneration",
        "Qwen3VLMoeForConditionalGeneration",
        "HunYuanDenseV1ForCausalLM",
        "HunYuanMoEV1ForCausalLM",
        "SeedOssForCausalLM",
        "Starcoder2ForCausalLM",
        "Qwen2MoeForCausalLM",
        "MistralLarge3ForCausalLM",
        "PixtralForConditionalGeneration",
    ]
)
HUB_DEFAULT = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "num_hidden_layers": 32,
               "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
               "max_position_embeddings": 131072}  # fmt: skip
UNRECOGNISED = "UNRECOGNISED"


@dataclass(frozen=True)
class Model:
    """What is known of the model. ``quantisation`` is None for 16 bit."""

    name: str
    config: dict[str, Any]
    quantisation: str | None
    kv_quantisation: str | None
    weights_bytes: int
    files: int

    @property
    def architecture(self) -> str:
        """The first of ``architectures``."""
        return str((self.config.get("architectures") or ["?"])[0])

    @property
    def longest(self) -> int:
        """Tokens the model was made for."""
        return int(self.config.get("max_position_embeddings", 2048))

    def kv_bytes_per_token(self, dtype: str, tensor_parallel: int) -> int:
        """Bytes of KV cache for one token on each card (8.1, without MLA)."""
        heads = int(self.config.get("num_attention_heads", 32))
        kv_heads = max(1, int(self.config.get("num_key_value_heads", heads)) // tensor_parallel)
        head = int(self.config.get("head_dim") or int(self.config.get("hidden_size", 4096)) // heads)
        small = dtype == "fp8" or (dtype == "auto" and self.kv_quantisation == "FP8")
        return 2 * int(self.config.get("num_hidden_layers", 32)) * head * kv_heads * (1 if small else 2)


def read(place: str, scenario: Scenario) -> Model:
    """The model at ``place``, a folder or a name on the Hub. Raises what is raised before any worker starts."""
    folder = Path(place)
    if not folder.is_dir():
        return Model(place, scenario.hub_config or HUB_DEFAULT, None, None, _weights([], scenario), 4)
    if not (folder / "config.json").is_file():
        raise ValueError(f"Failed to infer model format because no config.json exists in {place}")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if "pretrained_config" in config and "build_config" in config:
        return _engine(folder, config, scenario)
    files = sorted(folder.glob("*.safetensors"))
    quantisation, kv_quantisation = _quantisation(folder, config)
    weights = _weights(files, scenario, halves=quantisation is not None)
    return Model(folder.name, config, quantisation, kv_quantisation, weights, len(files))


def _engine(folder: Path, config: dict[str, Any], scenario: Scenario) -> Model:
    """A compiled engine: its limits are those it was built with (3.2)."""
    told, limits = config["pretrained_config"], config["build_config"]
    files = sorted(folder.glob("rank*.engine"))
    ranks = int(told["mapping"]["world_size"])
    if len(files) != ranks:
        raise FileNotFoundError(f"[Errno 2] No such file or directory: '{folder}/rank{len(files)}.engine'")
    whole = told | {"architectures": [told["architecture"]], "max_position_embeddings": limits["max_seq_len"]}
    return Model(folder.name, config | whole, None, told["quantization"]["kv_cache_quant_algo"],
                 _weights(files, scenario), len(files))  # fmt: skip


def check_engine(model: Model, args: dict[str, Any], version: str) -> None:
    """What is refused of an engine that was built otherwise than it is to be served (1.5), or by another version."""
    told = model.config["pretrained_config"]["mapping"]
    for name, asked in (("tp_size", args.get("tensor_parallel_size")), ("pp_size", args.get("pipeline_parallel_size"))):
        if asked not in {None, 1, told[name]}:
            raise ValueError(f"{name} {asked} is not consistent with the engine's {name} {told[name]}")
    if model.config["version"] != version:
        raise RuntimeError(
            "IRuntime::deserializeCudaEngine: Error Code 1: Serialization (Serialization assertion "
            "stdVersionRead == kSERIALIZATION_VERSION failed. Version tag does not match.)"
        )


def _weights(files: list[Path], scenario: Scenario, *, halves: bool = False) -> int:
    if scenario.weights_gib_16bit is not None:
        return int(scenario.weights_gib_16bit * GIB / (2 if halves else 1))
    if scenario.weights_gib is not None:
        return int(scenario.weights_gib * GIB)
    return sum(file.stat().st_size for file in files) or 15 * GIB


def _quantisation(folder: Path, config: dict[str, Any]) -> tuple[str | None, str | None]:
    side = folder / "hf_quant_config.json"
    if side.is_file():
        found = json.loads(side.read_text(encoding="utf-8"))["quantization"]
        algorithm = found.get("quant_algo")
        return "FP8_BLOCK_SCALES" if algorithm == "fp8_pb_wo" else algorithm, found.get("kv_cache_quant_algo")
    given = config.get("quantization_config")
    return (None if given is None else _from_config(given)), None


def _from_config(given: dict[str, Any]) -> str:
    method = given.get("quant_method")
    if method == "fp8" and given.get("weight_block_size"):
        assert tuple(given["weight_block_size"]) == (128, 128), "FP8_BLOCK_SCALES only supports block_size=(128,128)"
        return "FP8_BLOCK_SCALES"
    if method == "mxfp4":
        return "MXFP4"
    if method == "compressed-tensors":
        return _compressed(given)
    return UNRECOGNISED


def _compressed(given: dict[str, Any]) -> str:
    group = next(iter((given.get("config_groups") or {"": {}}).values()))
    weights = group.get("weights") or {}
    if weights.get("num_bits") != 8:
        raise ValueError(f"Unsupported quant_bits: {weights.get('num_bits')}. Supported: 8.")
    return "FP8_BLOCK_SCALES" if weights.get("strategy") == "block" else "FP8_PER_CHANNEL_PER_TOKEN"


def is_engine(model: Model) -> bool:
    """Whether the folder holds a compiled engine."""
    return "pretrained_config" in model.config and "build_config" in model.config


def check_architecture(model: Model) -> None:
    """What model creation in a worker refuses."""
    if model.architecture not in ARCHITECTURES:
        raise ValueError(f"Unknown architecture for AutoModelForCausalLM: {model.architecture}")


def check_cache_type(model: Model, dtype: str) -> None:
    """What the validation of the KV cache type refuses (1.5)."""
    if dtype not in {"auto", "fp8", "nvfp4"}:
        raise ValueError(f"Overriding KV cache quantization with an invalid type {dtype}. Accepted types: fp8, nvfp4")
    own = model.kv_quantisation
    if dtype != "auto" and own is not None and own.lower() != dtype:
        raise RuntimeError(f"Attempting to override KV cache quantization {own} with {dtype.upper()}")


def check_weights(model: Model) -> None:
    """A quantisation that was not recognised shows only when its tensors are loaded."""
    if model.quantisation == UNRECOGNISED:
        raise KeyError("model.layers.0.self_attn.q_proj.weight")


def check_kernels(model: Model, card: Gpu) -> None:
    """What the first forward pass on a card says of a type it has no kernels for."""
    algorithm = model.quantisation or ""
    if card.sm < 80:
        raise RuntimeError("CUDA error: no kernel image is available for execution on the device")
    if algorithm.startswith("NVFP4") and card.sm < 100:
        raise RuntimeError(
            "[TensorRT LLM Error][CutlassFp4GemmRunner][GEMM Dispatch] Arch unsupported for CUTLASS FP4 GEMM"
        )
    if algorithm == "FP8_BLOCK_SCALES":
        latent = "kv_lora_rank" in model.config
        if card.sm == 121 and latent:
            raise NotImplementedError("SM121 is not supported")
        if card.sm < 89:
            raise RuntimeError("Unsupported SM version for FP8 block scaling GEMM")
    if algorithm == "FP8" and card.sm < 89:
        raise RuntimeError("Arch unsupported for CUTLASS FP8 GEMM")
    if "MXFP4" in algorithm and card.sm < 90:
        raise RuntimeError("Arch unsupported for CUTLASS mixed type")
