"""Stands where ``examples/quantization/quantize.py`` of TensorRT-LLM would: ``python quantize.py --model_dir …``."""

from tensorrt_llm.commands.quantize import main

if __name__ == "__main__":
    main()
