"""The drafting chain: prompt, chat model, text. What it writes is not verified."""

from __future__ import annotations

import logging
import secrets
from contextvars import Context
from typing import TYPE_CHECKING

from groundwire.chain.failures import empty_answer, explain
from groundwire.chain.passages import pack, render_history, render_passages
from groundwire.domain.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from threading import Event

    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import BaseMessage

    from groundwire.chain.passages import NumberedPassage
    from groundwire.domain.conversations import Turn
    from groundwire.domain.errors import ModelUnavailableError
    from groundwire.prompting import Prompt, RenderedPrompt

_LOGGER = logging.getLogger(__name__)

CONTEXT_CHARS = 8_000
"""Characters of passages in a prompt, unless told otherwise."""

DRAFT_CHARS = 8_000
"""A draft is broken off here: a small model may repeat itself for ever."""


def new_fence() -> str:
    """Return a word that the writer of a document could not foresee."""
    return secrets.token_hex(8)


class AnswerChain:
    """Drafts answers from numbered passages with a chat model.

    Attributes:
        prompt: The prompt in use.
    """

    def __init__(
        self,
        model: BaseChatModel,
        prompt: Prompt,
        *,
        name: str = "",
        context_chars: int = CONTEXT_CHARS,
        fence: Callable[[], str] = new_fence,
    ) -> None:
        """Keep what a draft is made with.

        Args:
            model: Any LangChain chat model.
            prompt: Its variables are ``question``, ``passages``, ``history`` and ``fence``.
            name: What people call the model, such as ``ollama:llama3.2``; errors name it.
            context_chars: Characters that the passages may fill in a prompt.
            fence: Makes the word around passages, a new one for each question.
        """
        self._model = model
        self.prompt = prompt
        self._name = name
        self._context_chars = context_chars
        self._fence = fence

    def packed(self, passages: Sequence[NumberedPassage]) -> tuple[NumberedPassage, ...]:
        """Return those passages, best first, that the model is going to see."""
        return pack(passages, self._context_chars)

    def render(
        self, question: str, passages: Sequence[NumberedPassage], history: Sequence[Turn] = ()
    ) -> RenderedPrompt:
        """Return the messages that ``stream`` sends, with a fence of their own."""
        fence = self._fence()
        return self.prompt.render(
            question=" ".join(question.split()),
            passages=render_passages(self.packed(passages), fence),
            history=render_history(history, fence),
            fence=fence,
        )

    def stream(
        self,
        question: str,
        passages: Sequence[NumberedPassage],
        history: Sequence[Turn] = (),
        cancel: Event | None = None,
    ) -> Iterator[str]:
        """Yield the draft piece by piece, as the model writes it.

        A draft is broken off after ``DRAFT_CHARS`` characters. Nobody but the model's server hears
        of the call: LangChain's tracing is off for it, whatever the environment says.

        Args:
            question: The question, in its standalone form.
            passages: What the answer may rest on, best first.
            history: Earlier turns, oldest first; the latest are shown to the model.
            cancel: Looked at before each piece.

        Raises:
            ModelUnavailableError: The model could not be reached, refused, broke off, or said
                nothing; the message holds neither the key nor a passage.
            CancelledError: ``cancel`` was set.
        """
        pieces = _untraced(self._model, self.render(question, passages, history))
        written, blank = 0, True
        try:
            while written < DRAFT_CHARS:
                if cancel is not None and cancel.is_set():
                    raise CancelledError
                piece = self._next(pieces)
                if piece is None:
                    break
                written += len(piece)
                blank = blank and not piece.strip()
                if piece:
                    yield piece
        finally:
            pieces.close()
        if blank:
            raise empty_answer(self._name)

    def _next(self, pieces: Generator[str]) -> str | None:
        """Return the next piece, or None at the end."""
        failure: ModelUnavailableError
        try:
            return next(pieces, None)
        except Exception as error:  # noqa: BLE001 -- clients raise what they like, and all of it means: no model
            _LOGGER.debug("the chat model raised %s", type(error).__name__)
            failure = explain(error, self._name)
        raise failure  # out here, so that no traceback shows what the client said


def messages(prompt: RenderedPrompt) -> list[BaseMessage]:
    """Return a rendered prompt as chat messages."""
    from langchain_core.messages import HumanMessage, SystemMessage

    return [SystemMessage(prompt.system), HumanMessage(prompt.user)]


def _untraced(model: BaseChatModel, prompt: RenderedPrompt) -> Generator[str]:
    """Stream a model's text in a context of its own, in which no tracer listens.

    The context belongs to this stream alone: set in the caller's, the switch would stay off
    between two pieces for whatever else the caller does.
    """
    context = Context()
    pieces = _with_tracing_off(model, prompt)
    try:
        while (piece := context.run(next, pieces, None)) is not None:
            yield piece
    finally:
        context.run(pieces.close)


def _with_tracing_off(model: BaseChatModel, prompt: RenderedPrompt) -> Generator[str]:
    """Stream a model's text with LangSmith's switch off.

    The model is streamed itself, not as a part of a sequence with a parser: a sequence that is
    closed early reads the rest of the model's answer first, so nothing could be cancelled.
    """
    from langsmith import tracing_context

    with tracing_context(enabled=False):
        for message in model.stream(messages(prompt)):
            yield str(message.text)
