"""The workings of the double; nothing here has a counterpart of the same name in TensorRT-LLM."""
