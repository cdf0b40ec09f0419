"""``python -m fakes.fake_hub FOLDER``: serve each ``FOLDER/owner/name`` as a repository until standard input ends.

The first line printed is the address for HF_ENDPOINT.
"""

import sys
from pathlib import Path

from fakes.fake_hub import FakeHub, FakeRepo


def main() -> int:
    root = Path(sys.argv[1])
    hub = FakeHub()
    for place in sorted(path for path in root.glob("*/*") if path.is_dir()):
        files = {str(file.relative_to(place)): file.read_bytes() for file in sorted(place.rglob("*")) if file.is_file()}
        hub.add(FakeRepo(id=place.relative_to(root).as_posix())).commit(files)
    with hub:
        print(hub.url, flush=True)
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
