"""Text from a chat model as it is written, under time-outs and tries, and cancelled at any moment.

A model is streamed on one event loop in a background thread. A thread that waits for a server in
a blocking read cannot be stopped; a task can, so whoever cancels hangs up at once: while
connecting, in the pause before a further try, or before the first word.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import weakref
from contextlib import aclosing, suppress
from contextvars import Context
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from groundwire.chain.failures import empty_answer, explain
from groundwire.chain.retries import pause_before_retry
from groundwire.domain.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Iterator
    from concurrent.futures import Future

    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

    from groundwire.prompting import RenderedPrompt

_LOGGER = logging.getLogger(__name__)

_LOOK_S = 0.05  # how often a wait looks at whether it was cancelled
_ROUND, _ROUNDS = 60, 4  # so many characters, so many times: no answer says that


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a model is waited for and listened to.

    Attributes:
        first_word_s: Seconds from a request to the first sign of an answer.
        next_word_s: Seconds from one piece of it to the next.
        total_s: Seconds for everything, pauses and further tries included.
        retries: How often a request is sent again after a failure that may pass; never once
            something was said.
        chars: Characters after which a model that goes on and on is broken off.
    """

    first_word_s: float = 60
    next_word_s: float = 30
    total_s: float = 180
    retries: int = 2
    chars: int = 4_000


class Writer:
    """Has a chat model write text.

    Attributes:
        name: What people call the model, such as ``ollama:llama3.2``; errors name it.
    """

    def __init__(self, model: BaseChatModel, name: str = "", limits: Limits | None = None) -> None:
        """Keep the model, which nobody else may stream: its connections belong to one event loop.

        Args:
            model: Any LangChain chat model.
            name: What people call it.
            limits: How long it is waited for.
        """
        self._model = model
        self.name = name
        self._limits = limits or Limits()
        self._running: list[_Task] = []
        # A connection that is kept for the next question outlives the last one.
        weakref.finalize(self, _hang_up, model, self._running).atexit = False

    def stream(
        self, prompt: RenderedPrompt, cancel: threading.Event | None = None
    ) -> Generator[str]:
        """Yield what the model writes, piece by piece.

        Nobody but the model's server hears of the call: LangChain's tracing is off for it,
        whatever the environment says.

        Args:
            prompt: The messages.
            cancel: Hangs up when it is set, also while nothing arrives.

        Raises:
            ModelUnavailableError: The model could not be reached, refused, broke off, took too
                long, or said nothing; the message holds neither the key nor a passage.
            CancelledError: ``cancel`` was set.
        """
        if cancel is not None and cancel.is_set():
            raise CancelledError
        pieces: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
        drafting = _Task(self._model, messages(prompt), self._limits, pieces, self._running)
        task = _start(drafting)
        blank = True
        try:
            for piece in _taken(pieces, cancel):
                if isinstance(piece, Exception):
                    _LOGGER.debug("the chat model raised %s", type(piece).__name__)
                    raise explain(piece, self.name)
                blank = blank and not piece.strip()
                yield piece
        finally:
            task.cancel()
        if blank:
            raise empty_answer(self.name)

    def write(self, prompt: RenderedPrompt, cancel: threading.Event | None = None) -> str:
        """Return all that the model writes; raises as ``stream`` does."""
        return "".join(self.stream(prompt, cancel))


def messages(prompt: RenderedPrompt) -> list[BaseMessage]:
    """Return a rendered prompt as chat messages."""
    from langchain_core.messages import HumanMessage, SystemMessage

    return [SystemMessage(prompt.system), HumanMessage(prompt.user)]


def _taken(
    pieces: queue.SimpleQueue[str | Exception | None], cancel: threading.Event | None
) -> Iterator[str | Exception]:
    """Yield what arrives until the end, and look at ``cancel`` before each and while waiting."""
    while True:
        if cancel is not None and cancel.is_set():
            raise CancelledError
        try:
            piece = pieces.get(timeout=_LOOK_S)
        except queue.Empty:
            continue
        if piece is None:
            return
        yield piece


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """One draft as the event loop makes it."""

    model: BaseChatModel
    messages: list[BaseMessage]
    limits: Limits
    pieces: queue.SimpleQueue[str | Exception | None]
    running: list[_Task]

    async def run(self) -> None:
        """Put what is written into the queue, then None, or else the error."""
        self.running.append(self)
        try:
            await self._run()
        finally:
            self.running.remove(self)

    async def _run(self) -> None:
        from langsmith import tracing_context

        try:
            with tracing_context(enabled=False):
                async with asyncio.timeout(self.limits.total_s):
                    await self._try()
        except Exception as error:  # noqa: BLE001 -- clients raise what they like, and all of it means: no model
            self.pieces.put(error)
        else:
            self.pieces.put(None)

    async def _try(self) -> None:
        attempt = 0
        while not await self._heard(attempt):
            attempt += 1

    async def _heard(self, attempt: int) -> bool:
        """Stream one try; return False, after a pause, if another one is worth it."""
        begun = False
        try:
            async with aclosing(self._answer()) as answer:
                async for text in answer:
                    begun = True
                    if text:
                        self.pieces.put(text)
        except Exception as error:
            last = begun or attempt >= self.limits.retries
            pause = None if last else pause_before_retry(error, attempt)
            if pause is None:
                raise
            _LOGGER.debug("the chat model raised %s, trying again", type(error).__name__)
        else:
            return True
        await asyncio.sleep(pause)
        return False

    async def _answer(self) -> AsyncGenerator[str]:
        """Yield the pieces of one try, empty ones too: they are signs of life."""
        stream = cast("AsyncGenerator[AIMessageChunk]", self.model.astream(self.messages))
        wait, written = self.limits.first_word_s, ""
        async with aclosing(stream):
            while len(written) < self.limits.chars and not _goes_round(written):
                async with asyncio.timeout(wait):
                    message = await anext(stream, None)
                if message is None:
                    return
                text = str(message.text)
                wait, written = self.limits.next_word_s, written + text
                yield text


def _goes_round(written: str) -> bool:
    """Return whether a text has begun to repeat itself, as small models do without an end."""
    return len(written) > _ROUND and written.count(written[-_ROUND:]) >= _ROUNDS


def _hang_up(model: BaseChatModel, running: list[_Task]) -> None:
    """Close the connections that a model keeps, on the loop that they belong to."""
    if _loops:
        asyncio.run_coroutine_threadsafe(_closed(model, running), _loops[0])


async def _closed(model: BaseChatModel, running: list[_Task]) -> None:
    while running:  # noqa: ASYNC110 -- a blink: what was cancelled lets go of its connection
        await asyncio.sleep(_LOOK_S)
    # LangChain offers no way to do it. OpenAI's and Ollama's clients are the model's own; that of
    # Anthropic is shared by all models of a process and stays.
    private = model.__pydantic_private__ or {}
    for client in (vars(model).get("root_async_client"), private.get("_async_client")):
        inner = getattr(client, "_client", None)
        if inner is not None:
            with suppress(Exception):
                await inner.aclose()


_starting = threading.Lock()
_loops: list[asyncio.AbstractEventLoop] = []


def _start(task: _Task) -> Future[None]:
    """Run a task on the loop, in a context in which no tracer of the caller listens."""
    with _starting:
        if not _loops:
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="chat-models", daemon=True).start()
            _loops.append(loop)
    return Context().run(asyncio.run_coroutine_threadsafe, task.run(), _loops[0])
