"""Lines out of blocks."""

from hypothesis import given
from hypothesis import strategies as st

from engineroom.domain.lines import MAX_LINE_BYTES, LineSplitter


def split(data: bytes, *cuts: int) -> list[str]:
    splitter = LineSplitter()
    lines: list[str] = []
    start = 0
    for cut in (*sorted(cuts), len(data)):
        lines += splitter.feed(data[start:cut])
        start = max(start, cut)
    return lines + splitter.rest()


def test_all_three_ends() -> None:
    assert split(b"one\ntwo\r\nthree\rfour") == ["one", "two", "three", "four"]


def test_a_line_is_there_as_soon_as_it_ends() -> None:
    splitter = LineSplitter()
    assert splitter.feed(b"loading 1 %\rload") == ["loading 1 %"]
    assert splitter.feed(b"ing 2 %\r") == ["loading 2 %"]
    assert splitter.rest() == []


def test_empty_lines_and_colours_go() -> None:
    assert split(b"\x1b[1;31merror\x1b[0m: no\n\n   \n\x1b[K\nend\n") == ["error: no", "end"]


def test_bytes_that_are_not_text() -> None:
    assert split(b"caf\xe9\n") == ["caf�"]


def test_a_character_cut_between_blocks_is_whole() -> None:
    data = "ünï✓\n".encode()
    for cut in range(len(data)):
        assert split(data, cut) == ["ünï✓"]


def test_the_last_line_needs_no_end() -> None:
    assert split(b"Segmentation fault") == ["Segmentation fault"]


def test_a_line_without_end_is_handed_on_in_pieces() -> None:
    splitter = LineSplitter()
    pieces = [line for _ in range(40) for line in splitter.feed(b"x" * 10_000)] + splitter.rest()
    assert "".join(pieces) == "x" * 400_000
    assert max(map(len, pieces)) <= MAX_LINE_BYTES


def test_a_long_line_that_comes_in_one_block_is_cut_too() -> None:
    assert max(map(len, split(b"x" * (3 * MAX_LINE_BYTES) + b"\n"))) <= MAX_LINE_BYTES


@given(st.text(alphabet=st.sampled_from("aä \r\n\x1b[0m✓"), max_size=60), st.lists(st.integers(0, 200), max_size=5))
def test_where_the_blocks_are_cut_does_not_matter(text: str, cuts: list[int]) -> None:
    data = text.encode()
    assert split(data, *(min(cut, len(data)) for cut in cuts)) == split(data)
