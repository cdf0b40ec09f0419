"""What a card can compute, in the format a model's weights are multiplied in."""

from engineroom.domain.model_card.values import ModelCard, TensorClass
from engineroom.domain.planning.values import Gpu, Runtime

_NARROW = {"fp8": "fp8", "fp8_block": "fp8", "fp8_rowwise": "fp8", "mxfp8": "fp8", "nvfp4": "fp4", "mxfp4": "fp4"}
_SIXTEEN_BITS = ("f16", "bf16", "f32")


def peak_flops(card: ModelCard, gpu: Gpu, runtime: Runtime) -> float | None:
    """Dense peak in the format most of the weights are multiplied in.

    llama.cpp multiplies quantised weights in INT8, which on every card with tensor cores is at least as fast as FP16
    with 16-bit accumulation; on TensorRT-LLM a format that the card cannot multiply is unpacked to 16 bits.
    """
    matrices = [part for part in card.weights if part.tensor_class not in (TensorClass.EMBEDDING, TensorClass.OUTPUT)]
    if not matrices:
        return None
    main = max(matrices, key=lambda part: part.parameters).format
    if runtime is Runtime.LLAMA_CPP:
        return gpu.fp16_flops if main in _SIXTEEN_BITS else gpu.fp16_fast_flops or gpu.fp16_flops
    narrow = {"fp8": gpu.fp8_flops, "fp4": gpu.fp4_flops}.get(_NARROW.get(main, ""))
    return narrow or gpu.fp16_flops
