"""The helper process of MPI between the server and its workers; it outlives the server (reference 7.1, 7.5)."""

import json
import os
import subprocess
import sys

from tensorrt_llm._double import tether


def main() -> None:
    """``orted ORDER``: start the ranks of the order, wait for all of them, pass on the worst exit status."""
    order = json.loads(sys.argv[1])
    if order["tied"]:
        tether.die_with_parent(order["parent"])
    ranks = [
        subprocess.Popen(
            [sys.executable, "-m", "mpi4py.futures.server", json.dumps(order | {"rank": rank})],
            env=os.environ | {"TRTLLM_DOUBLE_RANK": str(rank)},
        )
        for rank in range(order["ranks"])
    ]
    statuses = [rank.wait() for rank in ranks]
    sys.exit(max((abs(status) for status in statuses), default=0) and 1)


if __name__ == "__main__":
    main()
