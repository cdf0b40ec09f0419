"""Cards and models for tests of the choice and of whole plans."""

from dataclasses import replace

from domain.planning import model_cards
from engineroom.adapters.matrix import load_matrix
from engineroom.domain.machine import MemoryKind
from engineroom.domain.model_card.values import ModelCard, Quantisation
from engineroom.domain.planning.plan import make_plan
from engineroom.domain.planning.values import Gpu, Plan, Platform, Request

MATRIX = load_matrix()
GIB = 2**30


def card(
    name: str,
    capability: tuple[int, int],
    gib: float,
    gb_s: float,
    tflops: float,
    *,
    fp8: float | None = None,
    fp4: float | None = None,
    unified: bool = False,
) -> Gpu:
    return Gpu(
        name=f"NVIDIA {name}",
        compute_capability=capability,
        memory_total_bytes=int(gib * GIB),
        usable_bytes=None,
        bandwidth_bytes_per_s=gb_s * 1e9,
        memory_kind=MemoryKind.UNIFIED if unified else MemoryKind.OWN,
        multiprocessors=100,
        fp16_flops=tflops * 1e12,
        fp8_flops=None if fp8 is None else fp8 * 1e12,
        fp4_flops=None if fp4 is None else fp4 * 1e12,
        power_limit_w=300.0,
        display_active=False,
    )


CARDS = {
    "2080 Ti": card("GeForce RTX 2080 Ti", (7, 5), 11, 616, 54),
    "3090": card("GeForce RTX 3090", (8, 6), 24, 936, 71),
    "4090": card("GeForce RTX 4090", (8, 9), 24, 1008, 165, fp8=660),
    "5090": card("GeForce RTX 5090", (12, 0), 31.84, 1792, 210, fp8=838, fp4=1676),
    "RTX PRO 6000": card("RTX PRO 6000 Blackwell Workstation Edition", (12, 0), 95.6, 1792, 468, fp8=936, fp4=1871),
    "A6000": card("RTX A6000", (8, 6), 48, 768, 155),
    "GB10": card("GB10", (12, 1), 119.7, 273, 62, fp8=125, fp4=250, unified=True),
    "H200": card("H200", (9, 0), 139.8, 4800, 990, fp8=1979),
}


def platform(gpu: Gpu, **changed: str) -> Platform:
    return replace(Platform(arch="aarch64" if "GB10" in gpu.name else "x86_64"), **changed)


def of_class(model: ModelCard, architecture: str) -> ModelCard:
    return replace(model, architecture=architecture)


def quantised(model: ModelCard, precision: str, *, recognised: bool = True, **more: str) -> ModelCard:
    quantisation = Quantisation(method=more.pop("method", "modelopt"), precision=precision, recognised=recognised)
    return replace(model, quantisation=replace(quantisation, **more))


def gpt_oss() -> ModelCard:
    return of_class(quantised(model_cards.gpt_oss_120b(), "mxfp4", method="mxfp4"), "GptOssForCausalLM")


def deepseek() -> ModelCard:
    return of_class(quantised(model_cards.deepseek_v3(), "fp8_block", method="fp8"), "DeepseekV3ForCausalLM")


MODELS = {
    "8b": model_cards.llama_3_8b(),
    "14b": of_class(model_cards.qwen_14b(), "Qwen2ForCausalLM"),
    "32b": of_class(model_cards.qwen_32b(), "Qwen2ForCausalLM"),
    "30b-a3b": of_class(model_cards.qwen_3_30b_a3b(), "Qwen3MoeForCausalLM"),
    "gpt-oss": gpt_oss(),
    "gemma": of_class(model_cards.gemma_3_27b(), "Gemma3ForConditionalGeneration"),
    "hybrid": of_class(model_cards.qwen_3_5_27b(), "Qwen3_5ForConditionalGeneration"),
}


def plan(gpu: str, *models: str | ModelCard, on: Platform | None = None, **asked: object) -> Plan:
    cards = [MODELS[one] if isinstance(one, str) else one for one in models]
    return make_plan(Request(**asked), cards, CARDS[gpu], on or platform(CARDS[gpu]), MATRIX)


def codes(found: Plan) -> set[str]:
    return {reason.code for reason in found.reasons}
