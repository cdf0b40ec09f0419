"""The voice of a worker, and the names of workers."""

import json
import os
import subprocess
import sys

SPEAKER = """
import os, sys
from engineroom.domain.errors import Problem
from engineroom.workers.json_lines import open_voice, say, say_problem
voice = open_voice()
print("a stray print")
os.write(1, b"a native print\\n")
say(voice, "stage", stage="load", text="line\\nbreak ä")
say_problem(voice, Problem(code="x", facts={"n": None}))
sys.stdout.flush()
os._exit(0)
"""


def test_only_events_reach_standard_output() -> None:
    """And they are there although the program ends without tidying up."""
    done = subprocess.run([sys.executable, "-c", SPEAKER], capture_output=True, check=True, timeout=60)
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"event": "stage", "stage": "load", "text": "line\nbreak ä"},
        {"event": "problem", "code": "x", "facts": {"n": None}},
    ]
    assert sorted(done.stderr.splitlines()) == [b"a native print", b"a stray print"]


def test_a_worker_that_does_not_exist() -> None:
    for arguments in ([], ["nonesuch"]):
        done = subprocess.run(
            [sys.executable, "-m", "engineroom", "worker", *arguments],
            env=os.environ.copy(),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert "llama-cpp" in done.stderr
