"""A repository's README as it may be shown: Markdown without pictures and without HTML."""

import re

MOST_BYTES = 2**20

# Whoever wrote the text may want to keep this program busy: what could be tried again and again is bounded in length.
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n.*?^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HIDDEN = re.compile(r"<(script|style|iframe|svg|video|audio)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/h[1-6]|/li|/tr|/table)\b[^<>]*>", re.IGNORECASE)
_ANCHOR = re.compile(
    r"<a\b[^<>]{0,300}?\bhref\s{0,3}=\s{0,3}[\"']([^\"'<>\s]{1,1000})[\"'][^<>]{0,500}>(.{0,1000}?)</a\s{0,3}>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,40}(?:\s[^<>]*)?/?>")
_PICTURE = re.compile(r"!\[[^\]]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,500}\])?")
_EMPTY_LINK = re.compile(r"(?<!!)\[\s{0,20}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,500}\])")
_FENCE = re.compile(r"^[ \t]{0,12}(`{3,}|~{3,})", re.MULTILINE)
_CODE = re.compile(r"(`{1,8})(?!`).{0,1000}?(?<!`)\1(?!`)", re.DOTALL)
_GAPS = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")


def plain_readme(text: str) -> str:
    r"""The text without its front matter, pictures and HTML; code stays as it is written.

    >>> plain_readme("---\nlicense: mit\n---\n# A <b>model</b> ![x](y.png)\n")
    '# A model'
    """
    body = _FRONT.sub("", text.replace("\r\n", "\n"), count=1)
    return _GAPS.sub("\n\n", "".join(_cleaned(part, code=code) for part, code in _parts(body))).strip()


def _parts(text: str) -> list[tuple[str, bool]]:
    """Text and fenced code in turn."""
    parts: list[tuple[str, bool]] = []
    at, opened = 0, None
    for found in _FENCE.finditer(text):
        mark = found[1]
        if opened is None:
            parts.append((text[at : found.start()], False))
            at, opened = found.start(), mark
        elif mark[0] == opened[0] and len(mark) >= len(opened):
            parts.append((text[at : found.end()], True))
            at, opened = found.end(), None
    parts.append((text[at:], opened is not None))
    return parts


def _cleaned(text: str, *, code: bool) -> str:
    if code:
        return text
    pieces, at = [], 0
    for found in _CODE.finditer(text):
        pieces += [_without(text[at : found.start()]), found[0]]
        at = found.end()
    return "".join((*pieces, _without(text[at:])))


def _without(text: str) -> str:
    for pattern in (_COMMENT, _HIDDEN):
        text = pattern.sub("", text)
    text = _PICTURE.sub("", _BREAK.sub("\n", text))
    text = _ANCHOR.sub(lambda found: f"[{' '.join(_TAG.sub('', found[2]).split())}]({found[1]})", text)
    return _EMPTY_LINK.sub("", _TAG.sub("", text))
