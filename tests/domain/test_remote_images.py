"""Which images a request names by an address, and which addresses are of the public internet."""

import base64
from typing import Any

import pytest

from engineroom.domain.remote_images import NotFetched, Place, all_public, is_public, places

PNG = b"\x89PNG\r\n\x1a\nrest"
URL = "https://pictures.example/cat.png"
CHAT = {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": URL}}]}]}


@pytest.mark.parametrize(
    "tree",
    [
        CHAT,
        {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": URL}]}]},
        {"input": [{"role": "user", "content": [{"type": "input_image", "image_url": URL}]}]},
        {"input": [{"type": "function_call_output", "output": [{"type": "input_image", "image_url": URL}]}]},
        {"messages": [{"role": "user", "content": [{"type": "image", "source": {"type": "url", "url": URL}}]}]},
        {
            "messages": [
                {
                    "role": "user",
                    "content": [
                        {"type": "tool_result", "content": [{"type": "image", "source": {"type": "url", "url": URL}}]}
                    ],
                }
            ]
        },
    ],
)
def test_every_surface_is_found_and_turned_into_data(tree: dict[str, Any]) -> None:
    (place,) = places(tree)
    assert place.url == URL
    place.put(PNG)
    assert places(tree) == []
    assert base64.b64encode(PNG).decode() in str(tree)
    assert "https://" not in str(tree)


@pytest.mark.parametrize(
    "part",
    [
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
        {"type": "image_url", "image_url": {"url": "file:///etc/passwd"}},
        {"type": "text", "text": URL},
        {"type": "image_url", "image_url": 7},
        "https://text.example/",
    ],
)
def test_nothing_else_is_asked_for(part: Any) -> None:
    assert places({"messages": [{"role": "user", "content": [part]}], "metadata": CHAT}) == []


def test_depth_has_an_end() -> None:
    deep: Any = [{"type": "image_url", "image_url": URL}]
    for _ in range(50):
        deep = [{"content": deep}]
    assert places({"messages": deep}) == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.9.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "fd00::1",
        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1",
        "ff02::1",
    ],
)  # fmt: skip
def test_whoever_is_near_is_not_public(address: str) -> None:
    assert not is_public(address)


def test_a_name_must_lead_to_public_addresses_alone() -> None:
    assert all_public(["93.184.216.34", "2606:2800:220:1::1"])
    assert not all_public(["93.184.216.34", "127.0.0.1"])
    assert not all_public([])


@pytest.mark.parametrize("other", [b"", b"<svg xmlns=", b"<html>", b"RIFF\x00\x00\x00\x00WAVE", b"%PDF-1.7"])
def test_what_is_no_image_is_put_nowhere(other: bytes) -> None:
    holder: dict[str, Any] = {"image_url": URL}
    with pytest.raises(NotFetched):
        Place(holder, "image_url").put(other)
    assert holder == {"image_url": URL}
