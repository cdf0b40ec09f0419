"""The doctor against a labelled corpus: it may pass over a cause, but what it says has to be right."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from engineroom.adapters.signatures import load_signatures
from engineroom.contract.sentences import sentence
from engineroom.domain.error_facts import FACTS
from engineroom.domain.errors import Code
from engineroom.services.doctor import Diagnosis, Doctor

HELD_OUT = tomllib.loads((Path(__file__).parents[1] / "data" / "doctor_held_out.toml").read_text("utf-8"))["case"]
CASES = tomllib.loads((Path(__file__).parents[1] / "data" / "doctor_corpus.toml").read_text("utf-8"))["case"]
DOCTOR = Doctor(load_signatures())
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.9


def examined(text: str) -> Diagnosis:
    return DOCTOR.examine(said=None, returncode=1, lines=text.split("\n"))


def judged(cases: list[dict] = CASES) -> Iterator[tuple[str, str, str]]:
    """Text, what a person says and what the doctor says; nothing where it does not know."""
    for case in cases:
        found = examined(case["text"])
        yield case["text"], case["code"], str(found.problem.code) if found.known else ""


@pytest.mark.parametrize("cases", [CASES, HELD_OUT], ids=["corpus", "gathered_later"])
def test_precision_and_recall(record_property, cases: list[dict]) -> None:
    told = list(judged(cases))
    right = sum(1 for _, meant, said in told if said and said == meant)
    wrong = [(text[:90], meant, said) for text, meant, said in told if said and said != meant]
    positives = sum(1 for _, meant, _ in told if meant)
    precision, recall = right / (right + len(wrong)), right / positives
    record_property("precision", precision)
    record_property("recall", recall)
    assert len(told) >= 80
    assert len(told) - positives >= 20
    assert precision >= LEAST_PRECISION, wrong
    assert recall >= LEAST_RECALL, [(text[:90], meant) for text, meant, said in told if meant and said != meant]


@pytest.mark.parametrize(
    "case", [case for case in (*CASES, *HELD_OUT) if not case["code"]], ids=lambda case: case["text"][:40]
)
def test_what_nobody_can_tell_stays_unknown(case: dict) -> None:
    found = examined(case["text"])
    assert not found.known
    assert found.fixes == ()
    assert found.problem.code == Code.ENGINE_CRASHED


def test_every_cause_has_its_facts_and_something_to_do() -> None:
    for case in (*CASES, *HELD_OUT):
        found = examined(case["text"])
        if found.known:
            code = Code(found.problem.code)
            assert set(FACTS[code]) <= set(found.problem.facts)
            assert sentence(found.problem)
            assert found.fixes or code in {Code.OUT_OF_MEMORY, Code.ARCHITECTURE_UNKNOWN}


def test_every_new_cause_is_in_the_corpus() -> None:
    """Whatever a signature can say, a case shows it."""
    said = {signature.code for signature in load_signatures()}
    assert said - {case["code"] for case in CASES} <= {Code.HUB_OFFLINE}


def test_figures_from_the_lines_around() -> None:
    text = next(case["text"] for case in CASES if "issue 5872" in case.get("origin", ""))
    facts = examined(text).problem.facts
    assert (facts["component"], facts["total_gib"], facts["free_gib"]) == ("KV cache", "140.06", "108.86")
    tried = next(case["text"] for case in CASES if "issue 7818" in case.get("origin", ""))
    assert examined(tried).problem.facts["wanted"] == "40.00 MiB"
    assert examined(tried).problem.facts["free"] == "20.62 MiB"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Failed to bind socket to 127.0.0.1:8000: [Errno 98] Address already in use", {"address": "127.0.0.1:8000"}),
        ("Bind for 127.0.0.1:18411 failed: port is already allocated.", {"address": "127.0.0.1:18411"}),
        ("Only 1 GPUs are available, but 2 are required.", {"found": "1", "wanted": "2"}),
        ("ImportError: libmpi.so.40: cannot open shared object file", {"library": "libmpi.so.40"}),
        ("LLM got invalid argument: brand_new", {"option": "brand_new"}),
        ("Error: No such option: --kv_cache_dtype", {"option": "--kv_cache_dtype"}),
        ("No such image: nvcr.io/a/b:1.2.1", {"image": "nvcr.io/a/b:1.2.1"}),
        ("Error: nvcr.io/a/b:1.2.1: image not known", {"image": "nvcr.io/a/b:1.2.1"}),
        ("Unable to find image 'nvcr.io/a/b:1.2.1' locally", {"image": "nvcr.io/a/b:1.2.1"}),
        ('The container name "/engineroom-e" is already in use by container "4f5"', {"name": "engineroom-e"}),
        ("Cannot access gated repo for url https://huggingface.co/google/gemma-3-4b-pt/resolve/main/config.json.",
         {"repo": "google/gemma-3-4b-pt", "page": "https://huggingface.co/google/gemma-3-4b-pt"}),
        ("No space left on device: '/cache/x'", {"path": "/cache/x"}),
        ("No space left on device", {"path": None}),
        ("Please enable access to public gated repositories in your settings", {"host": "huggingface.co"}),
        ("Your request to access model acme/brook is awaiting a review",
         {"repo": "acme/brook", "page": "https://huggingface.co/acme/brook"}),
    ],
)  # fmt: skip
def test_facts_out_of_the_line(text: str, facts: dict) -> None:
    found = examined(text).problem.facts
    assert {name: found[name] for name in facts} == facts
