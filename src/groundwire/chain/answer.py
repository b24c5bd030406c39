"""The drafting chain: prompt, chat model, text. What it writes is not verified."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.chain.passages import (
    Room,
    estimate_tokens,
    pack,
    render_history,
    render_passages,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from threading import Event

    from groundwire.chain.passages import NumberedPassage
    from groundwire.chain.writer import Writer
    from groundwire.domain.conversations import Turn
    from groundwire.prompting import Prompt, RenderedPrompt

WINDOW = 8192
"""Tokens of a model's window, unless told otherwise."""

CONTEXT_CHARS = 12_000
"""Characters of passages in a prompt, unless told otherwise."""

ANSWER_TOKENS = 512
"""Tokens of the window that are left to the answer."""


def new_fence() -> str:
    """Return a word that the writer of a document could not foresee."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class AnswerPrompt:
    """A prompt for answers, and the room that its passages have.

    Attributes:
        prompt: Its variables are ``question``, ``passages``, ``history`` and ``fence``.
        window: Tokens that fit into the model, its answer included.
        context_chars: Characters that the passages may fill, at most.
        fence: Makes the word around passages, a new one for each question.
    """

    prompt: Prompt
    window: int = WINDOW
    context_chars: int = CONTEXT_CHARS
    fence: Callable[[], str] = new_fence

    def packed(
        self, question: str, passages: Sequence[NumberedPassage], history: Sequence[Turn] = ()
    ) -> tuple[NumberedPassage, ...]:
        """Return those passages, best first, that the model is going to see."""
        bare = self._filled(question, (), history)
        used = estimate_tokens(bare.system + bare.user) + ANSWER_TOKENS
        return pack(passages, Room(self.context_chars, max(self.window - used, 1)))

    def render(
        self, question: str, passages: Sequence[NumberedPassage], history: Sequence[Turn] = ()
    ) -> RenderedPrompt:
        """Return the messages, with a fence of their own and the passages that fit."""
        return self._filled(question, self.packed(question, passages, history), history)

    def _filled(
        self, question: str, packed: Sequence[NumberedPassage], history: Sequence[Turn]
    ) -> RenderedPrompt:
        fence = self.fence()
        return self.prompt.render(
            question=" ".join(question.split()),
            passages=render_passages(packed, fence),
            history=render_history(history, fence),
            fence=fence,
        )


class AnswerChain:
    """Drafts answers from numbered passages with a chat model."""

    def __init__(self, writer: Writer, prompt: AnswerPrompt) -> None:
        """Keep what a draft is made with."""
        self._writer = writer
        self._prompt = prompt

    @property
    def prompt(self) -> Prompt:
        """The prompt in use."""
        return self._prompt.prompt

    def stream(
        self,
        question: str,
        passages: Sequence[NumberedPassage],
        history: Sequence[Turn] = (),
        cancel: Event | None = None,
    ) -> Generator[str]:
        """Yield the draft piece by piece, as the model writes it.

        Args:
            question: The question, in its standalone form.
            passages: What the answer may rest on, best first.
            history: Earlier turns, oldest first; the latest are shown to the model.
            cancel: Hangs up when it is set.

        Raises:
            ModelUnavailableError: The model could not be reached, refused, broke off, or said
                nothing; the message holds neither the key nor a passage.
            CancelledError: ``cancel`` was set.
        """
        return self._writer.stream(self._prompt.render(question, passages, history), cancel)
