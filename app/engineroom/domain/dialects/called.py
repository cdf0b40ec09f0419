"""Answers that are calls written out as JSON, told as calls: whole, or piece by piece as they come."""

import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

from engineroom.domain.dialects.chunks import Json

_BEGIN = re.compile(r'\s*\{\s*"name"\s*:\s*("(?:[^"\\]|\\.)*")\s*,\s*"arguments"\s*:\s*(?=\{)')
_MAY_BEGIN = re.compile(r'\s*(?:\{\s*(?:"[^{}\[\]]*)?)?')
_IN_TEXT = re.compile(r'["\\]')
_IN_TREE = re.compile(r'["{}\[\]]')
_BETWEEN = re.compile(rb"(\r\n\r\n|\n\n|\r\r)")
_DATA, _DONE = b"data: ", b"data: [DONE]"


class Calls:
    """The calls of one choice while its text comes.

    What does not look like a call is given on as the text that it is: an engine that was not held to the shape.
    """

    def __init__(self, *, several: bool) -> None:
        self._several = several
        self._opened = not several
        self._held = ""
        self._plain = False
        self._depth = 0
        self._in_text = self._escaped = False
        self.count = 0

    def feed(self, text: str) -> tuple[list[Json], str]:
        """Pieces of ``tool_calls`` in this text, and what of it is none."""
        pieces: list[Json] = []
        rest = self._held + text
        self._held = ""
        while rest and not self._plain:
            if self._depth:
                written, rest = self._arguments(rest)
                pieces.append({"index": self.count - 1, "function": {"arguments": written}})
                continue
            if not self._opened:
                rest = rest.lstrip()
                self._opened, rest = rest[:1] == "[", rest[1:] if rest[:1] == "[" else rest
                if not self._opened and rest:
                    self._plain = True
                continue
            # Between two calls there is nothing but marks.
            rest = rest.lstrip(" \t\r\n,]}") if self.count else rest
            found = _BEGIN.match(rest)
            if found is not None and not self._complete:
                pieces.append(self._begun(json.loads(found[1])))
                rest, self._depth = rest[found.end() + 1 :], 1
                pieces[-1]["function"]["arguments"] = "{"
            elif self.count or _MAY_BEGIN.fullmatch(rest):
                self._held, rest = "" if self._complete else rest, ""
            else:
                self._plain = True
        return pieces, rest if self._plain else ""

    def end(self) -> str:
        """Text that was held back and turned out to be no call."""
        held, self._held = self._held, ""
        return "" if self.count else held

    @property
    def _complete(self) -> bool:
        return self.count > 0 and not self._several

    def _begun(self, name: str) -> Json:
        self.count += 1
        function = {"name": name, "arguments": ""}
        return {
            "index": self.count - 1,
            "id": f"call_{secrets.token_hex(12)}",
            "type": "function",
            "function": function,
        }

    def _arguments(self, text: str) -> tuple[str, str]:
        """What of a text still belongs to the arguments, and the rest."""
        at = 0
        while at < len(text):
            if self._escaped:
                self._escaped, at = False, at + 1
                continue
            found = (_IN_TEXT if self._in_text else _IN_TREE).search(text, at)
            if found is None:
                break
            at = found.end()
            self._mark(found[0])
            if not self._depth:
                return text[:at], text[at:]
        return text, ""

    def _mark(self, mark: str) -> None:
        if mark == "\\":
            self._escaped = True
        elif mark == '"':
            self._in_text = not self._in_text
        else:
            self._depth += 1 if mark in "{[" else -1


class Called:
    """One answer, of one or several choices."""

    def __init__(self, *, several: bool) -> None:
        self._several = several
        self._choices: dict[int, Calls] = {}

    def chunk(self, chunk: Mapping[str, Any]) -> Json:
        """A chunk of a stream."""
        choices = chunk.get("choices")
        if not isinstance(choices, list):
            return dict(chunk)
        return {**chunk, "choices": [self._piece(choice) if isinstance(choice, dict) else choice for choice in choices]}

    def answer(self, tree: Mapping[str, Any]) -> Json:
        """An answer in one piece."""
        choices = tree.get("choices")
        if not isinstance(choices, list):
            return dict(tree)
        return {**tree, "choices": [self._whole(choice) if isinstance(choice, dict) else choice for choice in choices]}

    def events(self, data: bytes) -> bytes:
        """Whole events of a stream."""
        return b"".join([self._event(part) for part in _BETWEEN.split(data)])

    def whole(self, body: bytes) -> bytes:
        """The bytes of an answer in one piece."""
        tree = _tree(body)
        return body if tree is None else _bytes(self.answer(tree))

    def _event(self, part: bytes) -> bytes:
        if not part.startswith(_DATA) or part.startswith(_DONE):
            return part
        tree = _tree(part[len(_DATA) :])
        return part if tree is None else _DATA + _bytes(self.chunk(tree))

    def _calls(self, choice: Json) -> Calls:
        return self._choices.setdefault(choice.get("index", 0), Calls(several=self._several))

    def _piece(self, choice: Json) -> Json:
        calls, delta = self._calls(choice), choice.get("delta")
        delta = dict(delta) if isinstance(delta, dict) else {}
        content, ended = delta.get("content"), choice.get("finish_reason") is not None
        pieces, text = calls.feed(content) if isinstance(content, str) else ([], "")
        if ended:
            text += calls.end()
        if isinstance(content, str):
            del delta["content"]
        if text:
            delta["content"] = text
        if pieces:
            delta["tool_calls"] = pieces
        return {**choice, "delta": delta, **_reason(choice, calls)}

    def _whole(self, choice: Json) -> Json:
        calls, message = self._calls(choice), choice.get("message")
        content = message.get("content") if isinstance(message, dict) else None
        if not isinstance(message, dict) or not isinstance(content, str):
            return choice
        pieces, text = calls.feed(content)
        if not calls.count:
            return choice
        rows: list[Json] = []
        for piece in pieces:
            if "id" in piece:
                rows.append({name: value for name, value in piece.items() if name != "index"})
            else:
                rows[-1]["function"]["arguments"] += piece["function"]["arguments"]
        return {**choice, "message": {**message, "content": text or None, "tool_calls": rows}, **_reason(choice, calls)}


def _reason(choice: Json, calls: Calls) -> Json:
    return {"finish_reason": "tool_calls"} if calls.count and choice.get("finish_reason") == "stop" else {}


def _bytes(tree: Json) -> bytes:
    return json.dumps(tree, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _tree(body: bytes) -> Json | None:
    try:
        tree = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return tree if isinstance(tree, dict) else None
