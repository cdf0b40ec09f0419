"""``trtllm-refit``: only there, as in versions with compiled engines."""

import sys


def main() -> None:
    """Refuse."""
    sys.stderr.write("trtllm-refit: the double does not do this\n")
    sys.exit(1)
