"""Probabilities in plain completions: their API has lists side by side, and llama.cpp sends the rows of a chat."""

import json
import re
from typing import Any

from engineroom.domain.dialects.chunks import Json

_BETWEEN = re.compile(rb"(\r\n\r\n|\n\n|\r\r)")
_DATA = b"data: "


class TextLogprobs:
    """The probabilities of one answer. Offsets are in characters of its text, each choice for itself."""

    def __init__(self) -> None:
        self._ends: dict[int, int] = {}

    def events(self, data: bytes) -> bytes:
        """Whole events of a stream, in the form of their API."""
        return b"".join([self._event(part) for part in _BETWEEN.split(data)])

    def whole(self, body: bytes) -> bytes:
        """An answer in one piece."""
        try:
            tree = json.loads(body)
        except ValueError:
            return body
        choices = tree.get("choices") if isinstance(tree, dict) else None
        if not isinstance(choices, list):
            return body
        tree["choices"] = [self._choice(choice) for choice in choices]
        return json.dumps(tree, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")

    def _event(self, part: bytes) -> bytes:
        if not part.startswith(_DATA) or b'"logprobs"' not in part:
            return part
        return _DATA + self.whole(part[len(_DATA) :])

    def _choice(self, choice: Any) -> Any:
        told = choice.get("logprobs") if isinstance(choice, dict) else None
        rows = told.get("content") if isinstance(told, dict) else None
        if not isinstance(rows, list):
            return choice
        known = [row for row in rows if isinstance(row, dict) and isinstance(row.get("token"), str)]
        return {**choice, "logprobs": self._side_by_side(known, choice.get("index", 0))}

    def _side_by_side(self, rows: list[Json], index: int) -> Json:
        offsets, end = [], self._ends.get(index, 0)
        for row in rows:
            offsets.append(end)
            end += len(row["token"])
        self._ends[index] = end
        return {
            "tokens": [row["token"] for row in rows],
            "token_logprobs": [row.get("logprob") for row in rows],
            "top_logprobs": [
                {
                    one["token"]: one["logprob"]
                    for one in row.get("top_logprobs") or []
                    if {"token", "logprob"} <= set(one)
                }
                for row in rows
            ],
            "text_offset": offsets,
        }
