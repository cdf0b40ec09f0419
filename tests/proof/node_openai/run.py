"""The official Node client of OpenAI against the real daemon, on the starter model and on an engine that is scripted.

Run it by hand, for it needs Node and fetches the client: ``python tests/proof/node_openai/run.py``.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from e2e.scripted import MODEL, scripted_room
from engine_room import STARTER, engine_room
from engineroom.contract.control import EngineState

HERE = Path(__file__).parent


def main() -> int:
    """Fetch the client as locked, serve, ask; 0 if all went well."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("package.json", "package-lock.json", "proof.mjs"):
            shutil.copy(HERE / name, place)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=place, check=True)
        with engine_room(place / "starter", "--model", STARTER) as served, scripted_room(place / "scripted") as told:
            served.wait_engine(EngineState.READY)
            named = {
                "STARTER": STARTER,
                "STARTER_URL": f"{served.connection().address}/v1",
                "SCRIPTED": MODEL,
                "SCRIPTED_URL": f"{told.connection().address}/v1",
            }
            ran = subprocess.run(["node", "--test", "proof.mjs"], cwd=place, env={**os.environ, **named}, check=False)
            return ran.returncode


if __name__ == "__main__":
    sys.exit(main())
