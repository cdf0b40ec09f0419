"""``trtllm-eval``: only there."""

import sys


def main() -> None:
    """Refuse."""
    sys.stderr.write("trtllm-eval: the double does not do this\n")
    sys.exit(1)
