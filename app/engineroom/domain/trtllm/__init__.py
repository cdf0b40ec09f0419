"""TensorRT-LLM as its releases document it: what it accepts, what it writes, and what it means when it fails."""
