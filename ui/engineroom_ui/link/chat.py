"""An ordinary streaming client of ``/v1/chat/completions``: no control token, nothing a foreign client could not do."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkReply

from engineroom.contract.control import ProblemView
from engineroom.contract.problems import Code, ErrorBody
from engineroom_ui.link.http import Failure, HttpClient, body_of, failure_of, problem_in, status_of, why
from engineroom_ui.link.sse import SseParser


class Delta(msgspec.Struct):
    """New text of one choice; runtimes call what a model thinks before it answers by either name."""

    content: str | None = None
    reasoning_content: str | None = None
    reasoning: str | None = None


class Choice(msgspec.Struct):
    """One choice of a chunk."""

    delta: Delta = msgspec.field(default_factory=Delta)
    finish_reason: str | None = None


class Usage(msgspec.Struct):
    """Tokens counted by the engine."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class Chunk(msgspec.Struct):
    """One piece of a streamed answer."""

    choices: list[Choice] = []
    usage: Usage | None = None
    error: ErrorBody | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a conversation; ``pictures`` are ``data:`` URLs."""

    role: str
    content: str
    pictures: tuple[str, ...] = ()

    def wire(self) -> dict[str, Any]:
        """As ``/v1/chat/completions`` wants it."""
        if not self.pictures:
            return {"role": self.role, "content": self.content}
        seen = [{"type": "image_url", "image_url": {"url": url}} for url in self.pictures]
        return {"role": self.role, "content": [{"type": "text", "text": self.content}, *seen]}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFigures:
    """What an answer cost, measured here: time to the first text, rate of the tokens after it.

    ``request_id`` is the one the ledger keeps; ``thought_s`` how long the model thought before it answered.
    """

    ttft_s: float | None
    tokens_per_s: float | None
    completion_tokens: int | None
    stopped: bool
    finish_reason: str | None
    request_id: str | None = None
    thought_s: float | None = None
    notes: str = ""


class ChatStream(QObject):
    """One answer at a time.

    Signals:
        text: more of the answer.
        thought: more of what the model thinks before it.
        finished: the :class:`AnswerFigures` of a complete or stopped answer.
        failed: a :class:`Failure`; what came before stays.
    """

    text = Signal(str)
    thought = Signal(str)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._reply: QNetworkReply | None = None
        self._begin()

    @property
    def busy(self) -> bool:
        """Whether an answer is under way."""
        return self._reply is not None

    def ask(self, model: str, messages: Iterable[Message], options: Mapping[str, Any] | None = None) -> None:
        """Send the conversation; the answer comes through the signals. ``options`` are more fields of the request."""
        self._begin()
        said = [message.wire() for message in messages]
        body = {"model": model, "messages": said, "stream": True, "stream_options": {"include_usage": True}}
        body.update(options or {})
        request = self._client.request("/v1/chat/completions", control=False)
        request.setRawHeader(b"Content-Type", b"application/json")
        request.setRawHeader(b"Accept", b"text/event-stream")
        self._reply = self._client.manager.post(request, msgspec.json.encode(body))
        self._reply.readyRead.connect(self._read)
        self._reply.finished.connect(self._ended)

    def stop(self) -> None:
        """Close the connection, which ends the generation."""
        if self._let_go():
            self.finished.emit(self._figures(stopped=True))

    def abandon(self) -> None:
        """Close the connection and say nothing more."""
        self._let_go()

    def _begin(self) -> None:
        self._parser = SseParser()
        self._asked_s = time.monotonic()
        self._first_s: float | None = None
        self._last_s: float | None = None
        self._answer_s: float | None = None
        self._thought = False
        self._request_id: str | None = None
        self._notes = ""
        self._pieces = 0
        self._usage: Usage | None = None
        self._finish_reason: str | None = None

    def _let_go(self) -> bool:
        if self._reply is None:
            return False
        self._read_head(self._reply)
        reply, self._reply = self._reply, None
        reply.disconnect(self)
        reply.abort()
        reply.deleteLater()
        return True

    def _read(self) -> None:
        if self._reply is None or status_of(self._reply) != 200:
            return
        for event in self._parser.feed(body_of(self._reply)):
            if event.data != b"[DONE]" and self._reply is not None:
                self._take(event.data)

    def _read_head(self, reply: QNetworkReply) -> None:
        self._request_id = bytes(reply.rawHeader("x-request-id").data()).decode("ascii", "replace") or None
        self._notes = bytes(reply.rawHeader("x-engineroom-notes").data()).decode("utf-8", "replace")

    def _take(self, data: bytes) -> None:
        try:
            chunk = msgspec.json.decode(data, type=Chunk)
        except msgspec.MsgspecError:
            return
        if chunk.error is not None:
            self._let_go()
            self.failed.emit(Failure(problem=problem_in(chunk.error), status=200, message=chunk.error.message))
            return
        self._usage = chunk.usage or self._usage
        for choice in chunk.choices:
            self._finish_reason = choice.finish_reason or self._finish_reason
            thought = choice.delta.reasoning_content or choice.delta.reasoning
            if thought:
                self._count()
                self._thought = True
                self.thought.emit(thought)
            if choice.delta.content:
                self._count()
                self._answer_s = self._answer_s or self._last_s
                self.text.emit(choice.delta.content)

    def _count(self) -> None:
        self._last_s = time.monotonic()
        self._first_s = self._first_s or self._last_s
        self._pieces += 1

    def _ended(self) -> None:
        self._read()
        reply, self._reply = self._reply, None
        if reply is None:
            return
        self._read_head(reply)
        reply.deleteLater()
        if reply.error() != QNetworkReply.NetworkError.NoError:
            self.failed.emit(self._why(reply))
            return
        self.finished.emit(self._figures(stopped=False))

    def _why(self, reply: QNetworkReply) -> Failure:
        if status_of(reply) == 200:
            return Failure(problem=ProblemView(code=Code.DAEMON_UNREACHABLE, facts={"reason": why(reply)}))
        return failure_of(reply, body_of(reply))

    def _figures(self, *, stopped: bool) -> AnswerFigures:
        counted = self._usage.completion_tokens if self._usage is not None else None
        tokens = counted if counted is not None else self._pieces or None
        ttft_s = self._first_s - self._asked_s if self._first_s is not None else None
        rate = None
        if tokens is not None and tokens > 1 and self._first_s is not None and self._last_s is not None:
            decode_s = self._last_s - self._first_s
            rate = (tokens - 1) / decode_s if decode_s > 0 else None
        return AnswerFigures(
            ttft_s=ttft_s,
            tokens_per_s=rate,
            completion_tokens=tokens,
            stopped=stopped,
            finish_reason=self._finish_reason,
            request_id=self._request_id,
            thought_s=self._thought_s(),
            notes=self._notes,
        )

    def _thought_s(self) -> float | None:
        end_s = self._answer_s or self._last_s
        if not self._thought or end_s is None or self._first_s is None:
            return None
        return end_s - self._first_s
