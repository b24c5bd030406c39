"""The dialects that language models are spoken to in, from the side of a server."""

from __future__ import annotations

import json
import time
from typing import Protocol


class Dialect(Protocol):
    """How a server frames what it says.

    Attributes:
        media_type: The content type of a stream.
        streams_unasked: Whether an answer is streamed unless the request says otherwise.
        comment: What keeps a line open and says nothing.
        garbage: An event that cannot be read.
        failure: An event that reports a failure.
    """

    media_type: str
    streams_unasked: bool
    comment: bytes
    garbage: bytes
    failure: bytes

    def begin(self, model: str) -> bytes:
        """Return what a stream begins with."""

    def piece(self, model: str, text: str) -> bytes:
        """Return a piece of the answer."""

    def end(self, model: str) -> bytes:
        """Return what a stream ends with."""

    def whole(self, model: str, text: str) -> object:
        """Return the body of an answer that is not streamed."""

    def error(self, message: str) -> object:
        """Return the body of a refusal."""


class _OpenAI:
    media_type = "text/event-stream"
    streams_unasked = False
    comment = b": still here\n\n"
    garbage = b"data: {]\n\n"
    failure = b'data: {"error": "the model crashed"}\n\n'

    def begin(self, model: str) -> bytes:
        del model
        return b""

    def piece(self, model: str, text: str) -> bytes:
        return self._event(model, {"role": "assistant", "content": text}, None)

    def end(self, model: str) -> bytes:
        return self._event(model, {}, "stop") + b"data: [DONE]\n\n"

    def whole(self, model: str, text: str) -> object:
        message = {"role": "assistant", "content": text}
        return {"id": "1", "object": "chat.completion", "created": 1, "model": model} | {
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }

    def error(self, message: str) -> object:
        return {"error": {"message": message}}

    def _event(self, model: str, delta: object, finish: str | None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        body = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": model}
        return _sse(body | {"choices": [choice]})


class _Ollama:
    media_type = "application/x-ndjson"
    streams_unasked = True
    comment = b""  # lines of JSON leave no room for one
    garbage = b"<html>\n"
    failure = b'{"error": "the model crashed"}\n'

    def begin(self, model: str) -> bytes:
        del model
        return b""

    def piece(self, model: str, text: str) -> bytes:
        return self._line(model, text, {"done": False})

    def end(self, model: str) -> bytes:
        return self._line(model, "", {"done": True, "done_reason": "stop"})

    def whole(self, model: str, text: str) -> object:
        return json.loads(self._line(model, text, {"done": True, "done_reason": "stop"}))

    def error(self, message: str) -> object:
        return {"error": message}

    def _line(self, model: str, text: str, rest: dict[str, object]) -> bytes:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        message = {"role": "assistant", "content": text}
        body = {"model": model, "created_at": now, "message": message, **rest}
        return json.dumps(body).encode() + b"\n"


class _Anthropic:
    media_type = "text/event-stream"
    streams_unasked = False
    comment = b'event: ping\ndata: {"type": "ping"}\n\n'
    garbage = b"event: content_block_delta\ndata: {]\n\n"
    failure = (
        b"event: error\n"
        b'data: {"type": "error", "error": {"type": "api_error", "message": "it crashed"}}\n\n'
    )

    def begin(self, model: str) -> bytes:
        block = {"type": "text", "text": ""}
        return self._event("message_start", message=self._message(model, [])) + self._event(
            "content_block_start", index=0, content_block=block
        )

    def piece(self, model: str, text: str) -> bytes:
        del model
        return self._event(
            "content_block_delta", index=0, delta={"type": "text_delta", "text": text}
        )

    def end(self, model: str) -> bytes:
        del model
        delta = {"stop_reason": "end_turn", "stop_sequence": None}
        return (
            self._event("content_block_stop", index=0)
            + self._event("message_delta", delta=delta, usage={"output_tokens": 1})
            + self._event("message_stop")
        )

    def whole(self, model: str, text: str) -> object:
        return self._message(model, [{"type": "text", "text": text}])

    def error(self, message: str) -> object:
        return {"type": "error", "error": {"type": "api_error", "message": message}}

    def _message(self, model: str, content: list[object]) -> dict[str, object]:
        return {
            "id": "1",
            "type": "message",
            "role": "assistant",
            "model": model,
            "content": content,
            "stop_reason": "end_turn" if content else None,
            "stop_sequence": None,
            "usage": {"input_tokens": 1, "output_tokens": 1},
        }

    def _event(self, kind: str, **rest: object) -> bytes:
        return f"event: {kind}\n".encode() + _sse({"type": kind, **rest})


def _sse(body: object) -> bytes:
    return b"data: " + json.dumps(body).encode() + b"\n\n"


OPENAI: Dialect = _OpenAI()

DIALECTS: dict[str, Dialect] = {
    "/v1/chat/completions": OPENAI,
    "/api/chat": _Ollama(),
    "/v1/messages": _Anthropic(),
}
