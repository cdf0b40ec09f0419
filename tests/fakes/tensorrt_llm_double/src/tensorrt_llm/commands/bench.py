"""``trtllm-bench``: one table of made-up figures."""

import sys

from tensorrt_llm._double.click_like import Command, Option
from tensorrt_llm._double.scenario import scenario

COMMAND = Command("trtllm-bench", (
    Option(("--model", "-m")), Option(("--model_path",)), Option(("--workspace",)), Option(("--backend",)),
    Option(("--dataset",)), Option(("--max_batch_size",), int), Option(("--max_num_tokens",), int),
    Option(("--concurrency",), int, -1), Option(("--num_requests",), int, 0), Option(("--streaming",), bool, False),
    Option(("--extra_llm_api_options",)), Option(("--log_level",)), Option(("--tp",), int, 1),
), "COMMAND", "Benchmark a model.")  # fmt: skip


def main() -> None:
    """Print the stub."""
    values = COMMAND.parse(sys.argv[1:])
    rate = scenario().tokens_per_s
    sys.stdout.write(
        "===========================================================\n= PERFORMANCE OVERVIEW\n"
        "===========================================================\n"
        f"Request Throughput (req/sec):                     {rate / 128:.4f}\n"
        f"Total Output Throughput (tokens/sec):             {rate:.4f}\n"
        f"Average request latency (ms):                     {128000 / rate:.4f}\n(command: {values['COMMAND']})\n"
    )


if __name__ == "__main__":
    main()
