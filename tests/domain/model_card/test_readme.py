"""READMEs as they may be shown."""

import pytest

from engineroom.domain.model_card.readme import MOST_BYTES, plain_readme

PAGE = """---
license: apache-2.0
---
<p align="center"><img src="https://tracker.example/pixel.gif" width="400"/></p>
<a href="https://maker.example/paper">The <b>paper</b></a> and [![badge](https://img.example/b.svg)](https://ci.example)

# Model ![logo](logo.png)


<!-- a note to ourselves -->
Use `<|im_start|>` and `![not a picture](x)`; 3 < 4 > 2.

```html
<img src="stays.png">
```
<script>alert("hello")</script>
| a | b |
|---|---|
| 1 | <br>2 |
"""


def test_pictures_and_html_go_and_the_rest_stays() -> None:
    """Links of HTML become links of Markdown; code is not touched."""
    said = plain_readme(PAGE)
    assert "tracker.example" not in said
    assert "img.example" not in said
    assert "logo.png" not in said
    assert "alert" not in said
    assert "ourselves" not in said
    assert "license:" not in said
    assert "[The paper](https://maker.example/paper)" in said
    assert "`<|im_start|>`" in said
    assert "`![not a picture](x)`" in said
    assert "3 < 4 > 2" in said
    assert '<img src="stays.png">' in said
    assert "# Model" in said


@pytest.mark.parametrize(
    "text", ["", "---\nlicense: mit\n---\n", "\ufeff---\r\nlicense: mit\r\n---\r\n", "<div><img src='a'></div>"]
)
def test_nothing_to_say_is_nothing(text: str) -> None:
    assert plain_readme(text) == ""


def test_an_open_fence_stays_code() -> None:
    assert plain_readme("a\n```\n<b>not html</b>") == "a\n```\n<b>not html</b>"


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "piece", ['<a href="x">', "![", "[", "<a href=x ", "`", "` `` ```", "![](", "<", "<!--", "<svg>", "\n \n", "```\n"]
)
def test_a_hostile_text_is_soon_done_with(piece: str) -> None:
    """A MiB of anything that invites to try again and again; a squared one would take hours."""
    assert len(plain_readme(piece * (MOST_BYTES // len(piece)))) <= MOST_BYTES
