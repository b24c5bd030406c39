"""The summarizing chains: numbered passages, chat model, text. What it writes is not verified."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundwire.chain.answer import ANSWER_TOKENS, CONTEXT_CHARS, WINDOW, new_fence
from groundwire.chain.passages import Room, estimate_tokens, pack, render_passages

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from threading import Event

    from groundwire.chain.passages import NumberedPassage
    from groundwire.chain.writer import Writer
    from groundwire.prompting import Prompt, RenderedPrompt

SENTENCE_TOKENS = 60
"""Tokens of the window that are left to each sentence of a long summary."""

ABOUT_CHARS = 300
"""Characters of a topic that a prompt repeats."""

MOST_PASSAGES = 99
"""Passages of one prompt, at most: a marker has one digit or two."""

WHOLE = "all that matters in the passages"
"""What a summary is about where no topic was named."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a summary is to be.

    Attributes:
        sentences: How many sentences are asked for.
        about: The topic; empty for whatever the passages tell.
    """

    sentences: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class SummaryPrompt:
    """A prompt for summaries, and the room that its passages have.

    Attributes:
        prompt: Its variables are ``sentences``, ``about``, ``passages`` and ``fence``.
        window: Tokens that fit into the model, what it writes included.
        context_chars: Characters that the passages may fill, at most.
        fence: Makes the word around passages, a new one for each call.
    """

    prompt: Prompt
    window: int = WINDOW
    context_chars: int = CONTEXT_CHARS
    fence: Callable[[], str] = new_fence

    def windows(
        self, groups: Sequence[Sequence[NumberedPassage]], wish: Wish
    ) -> tuple[tuple[NumberedPassage, ...], ...]:
        """Return the passages in as few windows as hold them, in their order.

        A group, such as the passages of one document, is parted only if no window holds it whole.

        Args:
            groups: The passages, whatever their numbers.
            wish: What each call is going to ask for.

        Returns:
            The windows; in each the passages are numbered from 1.
        """
        room = self._room(wish)
        full: list[list[NumberedPassage]] = [[]]
        for group in groups:
            if full[-1] and not _fits([*full[-1], *group], room):
                full.append([])
            for passage in group:
                if full[-1] and not _fits([*full[-1], passage], room):
                    full.append([])
                full[-1].append(replace(passage, n=len(full[-1]) + 1))
        return tuple(tuple(window) for window in full if window)

    def packed(
        self, passages: Sequence[NumberedPassage], wish: Wish
    ) -> tuple[NumberedPassage, ...]:
        """Return those passages, best first, that the model is going to see."""
        return pack(passages, self._room(wish))

    def render(self, passages: Sequence[NumberedPassage], wish: Wish) -> RenderedPrompt:
        """Return the messages, with a fence of their own and the passages that fit."""
        return self._filled(self.packed(passages, wish), wish)

    def _room(self, wish: Wish) -> Room:
        bare = self._filled((), wish)
        written = max(ANSWER_TOKENS, min(SENTENCE_TOKENS * wish.sentences, self.window // 2))
        used = estimate_tokens(bare.system + bare.user) + written
        return Room(self.context_chars, max(self.window - used, 1))

    def _filled(self, passages: Sequence[NumberedPassage], wish: Wish) -> RenderedPrompt:
        fence = self.fence()
        return self.prompt.render(
            sentences=str(wish.sentences),
            about=" ".join(wish.about.replace(fence, "").split())[:ABOUT_CHARS] or WHOLE,
            passages=render_passages(passages, fence),
            fence=fence,
        )


class SummaryChain:
    """Drafts summaries of numbered passages with a chat model."""

    def __init__(self, writer: Writer, prompt: SummaryPrompt) -> None:
        """Keep what a draft is made with."""
        self._writer = writer
        self.prompt = prompt

    def stream(
        self, passages: Sequence[NumberedPassage], wish: Wish, cancel: Event | None = None
    ) -> Generator[str]:
        """Yield the draft piece by piece, as the model writes it.

        Args:
            passages: What the summary may rest on; those that do not fit into the window are left
                out.
            wish: What is asked for.
            cancel: Hangs up when it is set.

        Raises:
            ModelUnavailableError: The model could not be reached, refused, broke off, or said
                nothing.
            CancelledError: ``cancel`` was set.
        """
        return self._writer.stream(self.prompt.render(passages, wish), cancel)


def _fits(passages: Sequence[NumberedPassage], room: Room) -> bool:
    """Return whether all of these passages fit into a prompt whole."""
    return len(passages) <= MOST_PASSAGES and pack(passages, room) == tuple(passages)
