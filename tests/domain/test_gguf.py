"""Headers that are whole, cut, hostile or noise."""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engineroom.adapters.model_places import bundled_models
from engineroom.domain import gguf
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.gguf import GgufSummary, read_summary
from fakes import make_gguf as make
from fakes.make_gguf import Tensor

TINY = make.tiny_model()
TINY_HEADER_BYTES = len(TINY) - 256 - 40


class CountingSource(io.BytesIO):
    """Counts how often it is asked."""

    calls = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.calls += 1
        return super().read(size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self.calls += 1
        return super().seek(offset, whence)


def read(data: bytes, *, file_bytes: int | None = None) -> GgufSummary:
    return read_summary(io.BytesIO(data), path="x.gguf", file_bytes=len(data) if file_bytes is None else file_bytes)


def refusal(data: bytes, *, file_bytes: int | None = None) -> Rejected:
    with pytest.raises(Rejected) as caught:
        read(data, file_bytes=file_bytes)
    return caught.value


def read_or_refused(source: io.BytesIO, size: int) -> GgufSummary | Rejected:
    try:
        return read_summary(source, path="x.gguf", file_bytes=size)
    except Rejected as error:
        return error


def test_a_whole_file_is_summarised() -> None:
    assert read(TINY) == GgufSummary(
        architecture="llama",
        name="Tiny",
        parameters=128,
        quantisation="Q4_1",
        native_context=2048,
        has_chat_template=True,
        tensor_count=2,
        needs_bytes=len(TINY),
    )


def test_the_starter_model_is_what_the_table_says(tmp_path: Path) -> None:
    """The figures of models.toml against the file itself."""
    spec = next(bundled_models(tmp_path))
    if spec.path is None:
        pytest.skip("the starter model is not installed")
    size = Path(spec.path).stat().st_size
    with Path(spec.path).open("rb") as file:
        summary = read_summary(file, path=spec.path, file_bytes=size)
    assert summary.architecture == "llama"
    assert summary.parameters == spec.parameters
    assert summary.quantisation == spec.quantisation
    assert summary.native_context == spec.native_context
    assert summary.has_chat_template
    assert summary.needs_bytes == spec.file_bytes == size


def test_every_cut_is_noticed() -> None:
    """A file that ends too early is *not a GGUF* within its first four bytes, and cut short from there on."""
    for size in range(len(TINY)):
        error = refusal(TINY[:size])
        assert error.code == (Code.NOT_GGUF if size < 4 else Code.GGUF_TRUNCATED), size
        if size >= 4:
            assert error.problem.facts["has_bytes"] == size
            assert size < int(str(error.problem.facts["needs_bytes"])) <= len(TINY)


def test_a_file_that_shrinks_while_it_is_read_is_cut_short() -> None:
    assert refusal(TINY[:100], file_bytes=len(TINY)).code == Code.GGUF_TRUNCATED


def test_one_byte_more_than_needed_is_fine() -> None:
    assert read(TINY + b"\0").needs_bytes == len(TINY)


@pytest.mark.parametrize("magic", [b"", b"GGU", b"ggml", b"FUGG", b"PK\x03\x04", b"\x7fELF", b"<!DO", bytes(4)])
def test_another_kind_of_file(magic: bytes) -> None:
    error = refusal(magic + bytes(100 if len(magic) == 4 else 0))
    assert error.code == Code.NOT_GGUF
    assert error.problem.facts["found"] == (magic.hex(" ") or "an empty file")


@pytest.mark.parametrize("version", [0, 1, 4, 99, 0x03000000])
def test_versions_that_are_not_read(version: int) -> None:
    error = refusal(make.padded(make.header(make.USUAL_KEYS, version=version), 0))
    assert (error.code, error.problem.facts["version"]) == (Code.GGUF_VERSION, version)


def test_version_2_is_read() -> None:
    assert read(make.padded(make.header(make.USUAL_KEYS, version=2), 0)).architecture == "llama"


@pytest.mark.parametrize("alignment", [8, 64, 4096])
def test_the_data_begin_at_the_alignment(alignment: int) -> None:
    keys = [*make.USUAL_KEYS, make.key("general.alignment", make.U32, alignment)]
    data = make.padded(make.header(keys, [Tensor(name="t", dimensions=(2,))]), 8, alignment=alignment)
    assert read(data).needs_bytes == len(data)
    assert refusal(data[:-1]).code == Code.GGUF_TRUNCATED


@pytest.mark.parametrize(
    "alignment",
    [
        make.key("general.alignment", make.U32, 0),
        make.key("general.alignment", make.U32, 12),
        make.key("general.alignment", make.U32, 2**31),
        make.key("general.alignment", make.I32, -32),
        make.key("general.alignment", make.F32, 32.0),
        make.key("general.alignment", make.BOOL, True),
        make.key("general.alignment", make.TEXT, "32"),
    ],
    ids=["zero", "odd", "huge", "negative", "float", "true", "text"],
)
def test_alignments_that_cannot_be(alignment: bytes) -> None:
    error = refusal(make.padded(make.header([*make.USUAL_KEYS, alignment]), 0))
    assert error.code == Code.GGUF_BROKEN
    assert "alignment" in str(error.problem.facts["reason"])


HUGE = 2**64 - 1
LIES = {
    "tensors without end": (make.header([], tensor_count=HUGE), Code.GGUF_BROKEN),
    "keys without end": (make.header([], key_count=HUGE), Code.GGUF_BROKEN),
    "more tensors than there are": (make.header(make.USUAL_KEYS, tensor_count=1), Code.GGUF_TRUNCATED),
    "more keys than there are": (make.header(make.USUAL_KEYS, key_count=100), Code.GGUF_TRUNCATED),
    "a key longer than memory": (make.header([struct.pack("<Q", HUGE)]), Code.GGUF_BROKEN),
    "a key as long as memory": (make.header([struct.pack("<Q", 2**63)]), Code.GGUF_BROKEN),
    "a key longer than the file": (make.header([struct.pack("<Q", 2**20)]), Code.GGUF_TRUNCATED),
    "a text longer than the file": (
        make.header([make.text("k") + struct.pack("<IQ", make.TEXT, 2**20)]),
        Code.GGUF_TRUNCATED,
    ),
    "an array longer than memory": (
        make.header([make.text("k") + struct.pack("<IIQ", make.ARRAY, make.F64, HUGE)]),
        Code.GGUF_BROKEN,
    ),
    "an array longer than the file": (
        make.header([make.text("k") + struct.pack("<IIQ", make.ARRAY, make.F64, 2**20)]),
        Code.GGUF_TRUNCATED,
    ),
    "an array of arrays": (
        make.header([make.text("k") + struct.pack("<IIQ", make.ARRAY, make.ARRAY, 1) * 1000]),
        Code.GGUF_BROKEN,
    ),
    "an array of a type that does not exist": (
        make.header([make.text("k") + struct.pack("<IIQ", make.ARRAY, 13, 0)]),
        Code.GGUF_BROKEN,
    ),
    "a value of a type that does not exist": (
        make.header([make.text("k") + struct.pack("<I", 4_000_000_000)]),
        Code.GGUF_BROKEN,
    ),
    "a tensor of many dimensions": (
        make.header([], [Tensor(name="t", dimensions=(1,) * 9)]),
        Code.GGUF_BROKEN,
    ),
    "a tensor larger than any file": (
        make.header([], [Tensor(name="t", dimensions=(HUGE, HUGE, HUGE))]),
        Code.GGUF_BROKEN,
    ),
    "a tensor that begins behind any file": (
        make.header([], [Tensor(name="t", dimensions=(1,), offset=HUGE)]),
        Code.GGUF_BROKEN,
    ),
    "a tensor behind the end": (
        make.header([], [Tensor(name="t", dimensions=(1,), offset=2**20)]),
        Code.GGUF_TRUNCATED,
    ),
}


@pytest.mark.parametrize(("data", "code"), LIES.values(), ids=LIES.keys())
def test_lies_are_refused_at_once(data: bytes, code: Code) -> None:
    error = refusal(data + bytes(16))
    assert (error.code, error.problem.facts["path"]) == (code, "x.gguf")


def test_a_header_may_not_be_longer_than_the_limit() -> None:
    """An honest file size does not make half a gigabyte of header acceptable."""
    claim = make.text("k") + struct.pack("<IIQ", make.ARRAY, make.F64, gguf.MAX_ARRAY_ITEMS)
    error = refusal(make.header([claim] * 5), file_bytes=2**40)
    assert error.code in {Code.GGUF_BROKEN, Code.GGUF_TRUNCATED}


def test_a_tensor_type_we_do_not_know_is_bounded_by_its_offset() -> None:
    rows = [Tensor(name="t", dimensions=(1024,), kind=999, offset=64)]
    data = make.padded(make.header(make.USUAL_KEYS, rows), 64)
    assert read(data).needs_bytes == len(data)


def test_what_the_file_does_not_say_is_unknown() -> None:
    summary = read(make.padded(make.header([]), 0))
    assert summary.architecture is summary.name is summary.quantisation is summary.native_context is None
    assert not summary.has_chat_template


@pytest.mark.parametrize(
    "context",
    [
        make.key("llama.context_length", make.TEXT, "2048"),
        make.key("llama.context_length", make.F32, 2048.0),
        make.key("llama.context_length", make.I32, -1),
        make.key("llama.context_length", make.U32, 0),
        pytest.param(
            make.key("llama.context_length", make.BOOL, True),
        ),
    ],
    ids=["text", "float", "negative", "zero", "true"],
)
def test_a_context_that_is_no_count_is_unknown(context: bytes) -> None:
    keys = [make.key("general.architecture", make.TEXT, "llama"), context]
    assert read(make.padded(make.header(keys), 0)).native_context is None


def test_names_that_are_not_text_are_read_somehow() -> None:
    name = make.text("general.name") + struct.pack("<IQ", make.TEXT, 2) + b"\xff\xfe"
    assert read(make.padded(make.header([name]), 0)).name == "��"


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """The tiny model with a few bytes or counts changed, removed or put in."""
    data = bytearray(TINY)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, min(len(data), TINY_HEADER_BYTES) - 1))
        match draw(st.sampled_from(["byte", "count", "cut", "insert"])):
            case "byte":
                data[at] = draw(st.integers(0, 255))
            case "count":
                value = draw(st.sampled_from([0, 1, 2**16, 2**31, 2**32 - 1, 2**63, HUGE]) | st.integers(0, HUGE))
                data[at : at + 8] = struct.pack("<Q", value)
            case "cut":
                del data[at : at + draw(st.integers(1, 64))]
            case _:
                data[at:at] = draw(st.binary(max_size=64))
        if not data:
            break
    return bytes(data)


@given(mutated())
def test_a_changed_header_is_read_or_refused(data: bytes) -> None:
    """Nothing but Rejected comes out, and it comes soon: the work is bounded by the size of the file."""
    source = CountingSource(data)
    outcome = read_or_refused(source, len(data))
    if isinstance(outcome, Rejected):
        assert outcome.code in {Code.NOT_GGUF, Code.GGUF_VERSION, Code.GGUF_TRUNCATED, Code.GGUF_BROKEN}
        assert outcome.problem.facts["path"] == "x.gguf"
    else:
        assert outcome.needs_bytes <= len(data)
    assert source.calls <= len(data) + 8


@given(st.binary(max_size=300))
def test_noise_behind_the_magic_is_read_or_refused(noise: bytes) -> None:
    for start in (b"GGUF", b"GGUF\x03\0\0\0", b"GGUF\x03\0\0\0\x01\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0"):
        outcome = read_or_refused(io.BytesIO(start + noise), len(start + noise))
        assert isinstance(outcome, GgufSummary) or outcome.code.startswith("gguf_")
