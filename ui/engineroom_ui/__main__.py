"""``python -m engineroom_ui``."""

import sys

from engineroom_ui.app import run

if __name__ == "__main__":
    sys.exit(run())
