"""The plan learns from real loads: the starter model, its real engine, the real daemon and command line."""

import json
import urllib.request

import pytest

from engine_room import STARTER, engine_room, json_of, until
from engineroom.contract.control import EngineState, PlanRequest

MIB = 2**20
QUESTION = PlanRequest(model=STARTER, gpu="cpu", precision="q4_1", context_tokens=4096)


def answer_alone(address: str) -> None:
    """One answer of 24 tokens."""
    body = json.dumps({"model": STARTER, "prompt": "1 2 3 4", "max_tokens": 24, "ignore_eos": True}).encode()
    asked = urllib.request.Request(f"{address}/v1/completions", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=60) as told:
        assert json.load(told)["usage"]["completion_tokens"] == 24


def said_of_speed(control) -> list[dict]:
    return [reason for reason in control.plan(QUESTION)["reasons"] if reason["code"] == "speed_measured"]


def test_two_loads_later_the_plan_expects_what_was_measured(tmp_path):
    """llama.cpp's own lines for this file and 4,096 tokens: 92.10 weights, 90.00 cache, 18.64 MiB compute."""
    with engine_room(tmp_path / "home") as room, room.control() as control:
        before = control.plan(QUESTION)
        assert (before["learned_runs"], before["verdict"]) == (0, "fits")
        for runs in (1, 2):
            control.start_engine(STARTER)
            room.wait_engine(EngineState.READY)
            until("what it taught", lambda runs=runs: control.plan(QUESTION)["learned_runs"] == runs)
            if runs == 1:
                assert not said_of_speed(control)
                answer_alone(room.connection().address)
                (fast,) = until("its speed", lambda: said_of_speed(control))
                assert (fast["answers"], fast["decode_tokens_per_s"] > 0) == (1, True)
            control.stop_engine(STARTER)
        bill = control.plan(QUESTION)["bill"]
        assert bill["total_bytes"] == pytest.approx((92.10 + 90.00 + 18.64) * MIB, rel=0.01)
        assert bill["total_low_bytes"] <= bill["total_bytes"] <= bill["total_high_bytes"]
        spread, spread_before = (one["total_high_bytes"] - one["total_low_bytes"] for one in (bill, before["bill"]))
        assert spread < spread_before
        elsewhere = control.plan(PlanRequest(model=STARTER, gpu="4090", precision="q4_1"))
        assert elsewhere["learned_runs"] == 0
        unknown = PlanRequest(model=STARTER, gpu="cpu", precision="q4_1", runtime="llama.cpp", runtime_version="1999.1")
        assert control.plan(unknown)["learned_runs"] == 0
        said = [line.text for line in control.logs(source=STARTER, tail=1000)]
        assert len([line for line in said if "KV buffer size" in line]) == 2
        assert len(said) < 2 * 80
        shown = room.cli("plan", STARTER, "--gpu", "cpu", "--precision", "q4_1").stdout
    assert "learned from 2 runs" in " ".join(shown.split())
    alone = json_of(room.cli("plan", STARTER, "--gpu", "cpu", "--precision", "q4_1", "--json"))
    assert alone["learned_runs"] == 2
    assert {"code": "learned", "runs": 2} in alone["reasons"]
