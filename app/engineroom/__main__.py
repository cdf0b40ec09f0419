"""``python -m engineroom``: the command line."""

import sys

from engineroom.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
