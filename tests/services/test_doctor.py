"""From a dead engine's last words to a cause. The lines are what llama.cpp writes."""

import signal

import pytest

from engineroom.adapters.signatures import load_signatures
from engineroom.domain.errors import Code, Problem
from engineroom.services.doctor import Doctor, cause_line

NOISE = (
    "0.00.012.345 I llama_model_loader: loaded meta data with 33 key-value pairs and 272 tensors",
    "0.00.043.210 I load_tensors: loading model tensors, this can take a while...",
)
CUT = (
    "0.00.051.000 E llama_model_load: error loading model: tensor 'blk.29.ffn_up.weight' data is not within the file "
    "bounds, model is corrupted or incomplete"
)
ARCHITECTURE = "0.00.051.000 E llama_model_load: error loading model: unknown model architecture: 'nonesuch'"
NO_MEMORY = [
    "0.01.200.000 E ggml_aligned_malloc: insufficient memory (attempted to allocate 4394531.25 MB)",
    "0.01.200.000 E ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 4608000000000",
    "0.01.200.000 E alloc_tensor_range: failed to allocate CPU buffer of size 4608000000000",
    "0.01.200.000 E llama_init_from_model: failed to initialize the context: failed to allocate buffer for kv cache",
    "terminate called after throwing an instance of 'std::bad_alloc'",
    "E ggml_backend_cuda_buffer_type_alloc_buffer: allocating 700.00 MiB on device 0: cudaMalloc failed: out of memory",
    "E CUDA error: out of memory",
]
SAID_LITTLE = Problem(code=Code.LOAD_FAILED, facts={"line": "Failed to initialize"})


@pytest.fixture
def doctor() -> Doctor:
    return Doctor(load_signatures())


def test_a_cut_file(doctor: Doctor) -> None:
    """The worker looks at the header before; what slips past it keeps llama.cpp's own words."""
    problem = doctor.diagnose(said=SAID_LITTLE, returncode=1, lines=[*NOISE, CUT])
    assert problem == Problem(code=Code.CHECKPOINT_INCOMPLETE, facts={"line": CUT})


def test_an_architecture_that_llama_cpp_does_not_know(doctor: Doctor) -> None:
    problem = doctor.diagnose(said=SAID_LITTLE, returncode=1, lines=[*NOISE, ARCHITECTURE])
    assert problem == Problem(
        code=Code.ARCHITECTURE_UNKNOWN, facts={"line": ARCHITECTURE, "architecture": "nonesuch"}
    )  # fmt: skip


@pytest.mark.parametrize("line", NO_MEMORY)
def test_no_memory(doctor: Doctor, line: str) -> None:
    """Also when the engine dies of it before it can say a word of its own."""
    for said, returncode in ((SAID_LITTLE, 1), (None, -signal.SIGABRT), (None, -signal.SIGKILL)):
        problem = doctor.diagnose(said=said, returncode=returncode, lines=[*NOISE, line])
        assert (problem.code, problem.facts["line"]) == (Code.OUT_OF_MEMORY, line)


def test_how_much_memory_was_wanted(doctor: Doctor) -> None:
    assert doctor.diagnose(said=None, returncode=1, lines=NO_MEMORY).facts["needs_mib"] == "4394531.25"


@pytest.mark.parametrize(
    "line",
    [
        "I data is within the file bounds",
        "I llama_model_loader: - kv 0: general.architecture str = llama",
        "I slot update: out of context",
        "I prompt cache: 256 MB allocated",
        "W failed to allocate",
    ],
)
def test_lines_that_mean_nothing(doctor: Doctor, line: str) -> None:
    assert doctor.diagnose(said=None, returncode=-signal.SIGSEGV, lines=[line]).code == Code.ENGINE_CRASHED


def test_what_the_worker_knows_is_believed(doctor: Doctor) -> None:
    said = Problem(code=Code.HASH_MISMATCH, facts={"path": "/m", "expected": "a", "found": "b"})
    assert doctor.diagnose(said=said, returncode=1, lines=[ARCHITECTURE]) is said


def test_without_a_signature_the_first_error_line_stays(doctor: Doctor) -> None:
    lines = [*NOISE, "0.1 E load_model: the thing broke", "0.2 I cleaning up", "0.3 E later trouble"]
    problem = doctor.diagnose(said=SAID_LITTLE, returncode=1, lines=lines)
    assert problem == Problem(code=Code.LOAD_FAILED, facts={"line": "0.1 E load_model: the thing broke"})


def test_without_an_error_line_the_last_one_stays(doctor: Doctor) -> None:
    problem = doctor.diagnose(said=None, returncode=3, lines=NOISE)
    assert problem == Problem(code=Code.ENGINE_CRASHED, facts={"ended_with": "exit code 3", "line": NOISE[-1]})


def test_without_a_word(doctor: Doctor) -> None:
    assert doctor.diagnose(said=None, returncode=0, lines=[]).facts == {"ended_with": "exit code 0", "line": None}


@pytest.mark.parametrize(
    ("returncode", "code", "facts"),
    [
        (-signal.SIGSEGV, Code.ENGINE_CRASHED, {"ended_with": "SIGSEGV", "line": None}),
        (-signal.SIGABRT, Code.ENGINE_CRASHED, {"ended_with": "SIGABRT", "line": None}),
        (-signal.SIGKILL, Code.ENGINE_KILLED, {"signal": "SIGKILL"}),
        (-signal.SIGTERM, Code.ENGINE_KILLED, {"signal": "SIGTERM"}),
        (-250, Code.ENGINE_CRASHED, {"ended_with": "signal 250", "line": None}),
        (127, Code.ENGINE_CRASHED, {"ended_with": "exit code 127", "line": None}),
    ],
)
def test_how_it_ended(doctor: Doctor, returncode: int, code: Code, facts: dict[str, object]) -> None:
    assert doctor.diagnose(said=None, returncode=returncode, lines=[]) == Problem(code=code, facts=facts)


def test_signatures_are_asked_in_their_order(doctor: Doctor) -> None:
    """The more telling cause comes first in the table, whatever came first in the log."""
    problem = doctor.diagnose(said=None, returncode=1, lines=[NO_MEMORY[0], ARCHITECTURE])
    assert problem.code == Code.ARCHITECTURE_UNKNOWN


WORKER = (
    "[04/17/2026-04:17:41] [TRT-LLM] [I] Using LLM with PyTorch backend",
    "[04/17/2026-04:17:42] [TRT-LLM] [E] Failed to initialize executor on rank 0: Sinks are only supported here.",
    "Traceback (most recent call last):",
    '  File "proxy.py", line 332, in _start_executor_workers',
    "RuntimeError: Executor worker returned error",
)


def test_the_worker_s_line_is_shown_and_not_the_last_one(doctor: Doctor) -> None:
    """What the proxy says of its worker's end says nothing."""
    found = doctor.examine(said=None, returncode=1, lines=WORKER)
    assert (found.known, found.problem.facts["line"]) == (False, "Sinks are only supported here.")
    without = [WORKER[0], *WORKER[2:4], "AssertionError: heads do not divide", WORKER[4]]
    assert (
        doctor.diagnose(said=None, returncode=1, lines=without).facts["line"] == "AssertionError: heads do not divide"
    )


def test_only_hollow_words_are_better_than_none(doctor: Doctor) -> None:
    problem = doctor.diagnose(said=None, returncode=1, lines=WORKER[2:])
    assert problem.facts["line"] == WORKER[-1]


def test_lines_below_an_error_are_no_cause(doctor: Doctor) -> None:
    """The engine tries things that do not fit, says so and goes on."""
    lines = [
        "[02/04/2026-12:00:00] [TRT-LLM] [W] CUDA out of memory. Tried to allocate 2.00 GiB.",
        "[02/04/2026-12:00:00] [TRT-LLM] [E] Failed to initialize executor on rank 0: SM121 is not supported",
    ]
    assert doctor.diagnose(said=None, returncode=1, lines=lines).code == Code.PRECISION_NOT_ON_CARD
    assert doctor.diagnose(said=None, returncode=1, lines=lines[:1]).code == Code.ENGINE_CRASHED


def test_what_can_be_done_comes_with_the_cause(doctor: Doctor) -> None:
    line = "ImportError: libmpi.so.40: cannot open shared object file: No such file or directory"
    found = doctor.examine(said=None, returncode=1, lines=[line])
    assert (found.known, found.fixes[0]) == (True, "install_libopenmpi")
    assert doctor.examine(said=None, returncode=1, lines=["nothing"]).fixes == ()


def test_what_a_worker_says_itself_goes_before_what_only_looks_like_an_error() -> None:
    noise = "WARNING: 3 errors were suppressed, an error of the plugin among them"
    own = "[TRT-LLM] [E] Failed to initialize executor on rank 0: the very cause"
    raised = "ValueError: something else"
    assert cause_line([noise, raised, own]) == "the very cause"
    assert cause_line([noise, raised]) == raised
