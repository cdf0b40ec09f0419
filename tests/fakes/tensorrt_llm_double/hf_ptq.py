"""Stands where ``examples/llm_ptq/hf_ptq.py`` of ModelOpt would: ``python hf_ptq.py --pyt_ckpt_path …``."""

from tensorrt_llm.commands.hf_ptq import main

if __name__ == "__main__":
    main()
