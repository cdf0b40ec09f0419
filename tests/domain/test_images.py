"""What an image is, by its bytes: size and frames of every kind, and what is refused."""

import base64

import pytest

from engineroom.domain.details import FACT
from engineroom.domain.images import MOST_PIXELS_TOGETHER, NoImage, Size, kind_of, size_in_url, size_of
from fakes.tiny_images import BAD, GOOD, as_url, gif, jpeg, png, png_chunk, webp


@pytest.mark.parametrize("kind", GOOD)
def test_honest_images_have_a_size(kind: str) -> None:
    assert size_in_url(as_url(GOOD[kind], kind)) == Size(3, 5)
    assert size_in_url(f" DATA:image/{kind};x=y;base64,{base64.b64encode(GOOD[kind]).decode()}") == Size(3, 5)


@pytest.mark.parametrize("kind", GOOD)
def test_the_kind_is_what_the_bytes_say(kind: str) -> None:
    assert kind_of(GOOD[kind]) == kind


@pytest.mark.parametrize(
    "other", [b"", b"\x89PNG", b"<svg xmlns=", b"<html>", b"RIFF\0\0\0\0WAVE", b"RIFF", b"GIF80a", b"%PDF-1.7"]
)
def test_what_is_of_no_kind_has_no_size(other: bytes) -> None:
    assert kind_of(other) is None
    with pytest.raises(NoImage):
        size_of(other + bytes(100))


@pytest.mark.parametrize("kind", [b"VP8L", b"VP8X", b"VP8 "])
def test_every_form_of_webp_has_its_size(kind: bytes) -> None:
    assert size_of(webp(640, 480, kind=kind)) == Size(640, 480)


def test_photographs_of_phones_are_taken() -> None:
    """Forty-eight megapixels, and what phones put behind the picture."""
    assert size_of(jpeg(8064, 6048) + b"\0" * 999 + b"ftypmp42").pixels < MOST_PIXELS_TOGETHER
    assert size_of(gif(20, 20, frames=300)).frames == 300
    assert size_of(png(2, 2, png_chunk(b"iCCP", b"name\0\0" + b"no zlib at all"))) == Size(2, 2)


@pytest.mark.parametrize("name", BAD)
def test_what_is_bad_is_refused_in_our_words(name: str) -> None:
    with pytest.raises(NoImage) as refused:
        size_of(BAD[name])
    assert len(str(refused.value)) < 60
    assert refused.value.facts["reason"] == str(refused.value)
    assert str(refused.value.facts[FACT]).startswith("image_")


@pytest.mark.parametrize("kind", GOOD)
def test_no_cut_and_no_wrong_byte_is_more_than_refused(kind: str) -> None:
    data = GOOD[kind]
    for at in range(len(data)):
        for odd in (data[:at], data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]):
            try:
                assert size_of(odd).pixels <= MOST_PIXELS_TOGETHER
            except NoImage:
                continue


@pytest.mark.parametrize(
    "url", ["http://x/y.png", "data:,x", "data:text/html;base64,AAAA", "data:image/png,xx", "data:image/png;base64,A",
            "data:image/png;base64,AA*=", "", "file:///x"]
)  # fmt: skip
def test_what_is_no_image_in_base64_is_refused(url: str) -> None:
    with pytest.raises(NoImage):
        size_in_url(url)
