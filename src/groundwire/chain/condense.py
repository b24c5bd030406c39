"""The condensing chain: a follow-up question as one that can be understood alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.chain.answer import new_fence
from groundwire.chain.passages import render_history

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from threading import Event

    from groundwire.chain.writer import Writer
    from groundwire.domain.conversations import Turn
    from groundwire.prompting import Prompt

LONGEST_QUESTION = 400
"""Characters; what is longer is no rewritten question but an essay."""

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_LABEL = re.compile(r"^\s*(?:the )?(?:rewritten |last |standalone )?question\s*:\s*", re.IGNORECASE)
_QUOTES = "\"'“”`* "


class CondenseChain:
    """Has a chat model rewrite follow-ups."""

    def __init__(
        self, writer: Writer, prompt: Prompt, *, fence: Callable[[], str] = new_fence
    ) -> None:
        """Keep what a question is rewritten with.

        Args:
            writer: The model.
            prompt: Its variables are ``question``, ``history`` and ``fence``.
            fence: Makes the word around the conversation, a new one for each question.
        """
        self._writer = writer
        self._prompt = prompt
        self._fence = fence

    def rewrite(
        self, question: str, history: Sequence[Turn], cancel: Event | None = None
    ) -> str | None:
        """Return the question in a form that needs no conversation.

        Args:
            question: The last question.
            history: The turns before it, oldest first.
            cancel: Hangs up when it is set.

        Returns:
            One line; None if what the model wrote cannot be used: it is empty, too long, or holds
            a name or number that neither the question nor the conversation holds.

        Raises:
            ModelUnavailableError: The model could not be reached, refused, broke off, or said
                nothing.
            CancelledError: ``cancel`` was set.
        """
        fence = self._fence()
        asked = " ".join(question.split())
        shown = render_history(history, fence)
        rendered = self._prompt.render(question=asked, history=shown, fence=fence)
        written = _first_line(self._writer.write(rendered, cancel))
        if not any(map(str.isalnum, written)) or len(written) > LONGEST_QUESTION:
            return None
        said = " ".join([asked, *(turn.text for turn in history)])
        return written if _rests_on(written, said) else None


def _first_line(written: str) -> str:
    lines = (_LABEL.sub("", line).strip(_QUOTES) for line in written.splitlines())
    return " ".join(next(filter(None, lines), "").split())


def _rests_on(rewritten: str, said: str) -> bool:
    """Return whether every name and number of a rewritten question was said before.

    A word is a name if it is written with a capital and is not the first; the first one may be
    ``What``.
    """
    known = {word.casefold() for word in _WORD.findall(said)}
    words = _WORD.findall(rewritten)
    named = [word for n, word in enumerate(words) if _is_number(word) or (n and word[0].isupper())]
    return all(_stripped(word) in known or word.casefold() in known for word in named)


def _stripped(word: str) -> str:
    """Return a word without a possessive ending, for comparison."""
    return re.sub(r"['’]s?$", "", word.casefold())


def _is_number(word: str) -> bool:
    return any(map(str.isdigit, word))
