"""The summarizing chain: numbered passages, chat model, text. What it writes is not verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.chain.answer import ANSWER_TOKENS, CONTEXT_CHARS, WINDOW, new_fence
from groundwire.chain.passages import Room, estimate_tokens, pack, render_passages

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from threading import Event

    from groundwire.chain.passages import NumberedPassage
    from groundwire.chain.writer import Writer
    from groundwire.prompting import Prompt, RenderedPrompt


class SummaryChain:
    """Drafts summaries of numbered passages with a chat model."""

    def __init__(
        self,
        writer: Writer,
        prompt: Prompt,
        *,
        window: int = WINDOW,
        fence: Callable[[], str] = new_fence,
    ) -> None:
        """Keep what a draft is made with.

        Args:
            writer: The model.
            prompt: Its variables are ``sentences``, ``passages`` and ``fence``.
            window: Tokens that fit into the model, its answer included.
            fence: Makes the word around passages, a new one for each summary.
        """
        self._writer = writer
        self._prompt = prompt
        self._window = window
        self._fence = fence

    def render(self, passages: Sequence[NumberedPassage], sentences: int) -> RenderedPrompt:
        """Return the messages, with a fence of their own and the passages that fit."""
        bare = self._filled((), sentences)
        used = estimate_tokens(bare.system + bare.user) + ANSWER_TOKENS
        room = Room(CONTEXT_CHARS, max(self._window - used, 1))
        return self._filled(pack(passages, room), sentences)

    def stream(
        self, passages: Sequence[NumberedPassage], sentences: int, cancel: Event | None = None
    ) -> Generator[str]:
        """Yield the draft piece by piece, as the model writes it.

        Args:
            passages: What the summary may rest on, the most important first: those that do not
                fit into the window are left out.
            sentences: How many sentences are asked for, at most.
            cancel: Hangs up when it is set.

        Raises:
            ModelUnavailableError: The model could not be reached, refused, broke off, or said
                nothing.
            CancelledError: ``cancel`` was set.
        """
        return self._writer.stream(self.render(passages, sentences), cancel)

    def _filled(self, passages: Sequence[NumberedPassage], sentences: int) -> RenderedPrompt:
        fence = self._fence()
        return self._prompt.render(
            sentences=str(sentences), passages=render_passages(passages, fence), fence=fence
        )
