"""Who completes a follow-up: a language model where there is one, the rules in any case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.answer.condense import condense
from groundwire.domain.errors import ModelError

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

    from groundwire.answer.condense import Condensed
    from groundwire.chain.condense import CondenseChain
    from groundwire.domain.conversations import Turn


class Condenser:
    """Makes questions stand alone."""

    def __init__(self, chain: CondenseChain | None = None) -> None:
        """Keep the chain.

        Args:
            chain: Has a model rewrite follow-ups; None leaves them to the rules.
        """
        self._chain = chain

    def condense(
        self, question: str, history: Sequence[Turn], cancel: threading.Event | None = None
    ) -> Condensed:
        """Return a question as it stands alone.

        The rules say whether it leans on the conversation, and whether to ask back; a model only
        words a question that does lean. Where it fails or makes something up, the rules' wording
        stands.

        Args:
            question: What is asked.
            history: The turns before it, oldest first.
            cancel: Set when the answer is no longer wanted.

        Raises:
            CancelledError: ``cancel`` was set while a model wrote.
        """
        by_rule = condense(question, history)
        settled = not by_rule.leans or by_rule.candidates or by_rule.completes
        if self._chain is None or settled:
            return by_rule
        try:
            written = self._chain.rewrite(question, history, cancel)
        except ModelError:
            return by_rule
        if written is None:
            return by_rule
        return replace(by_rule, text=written, changed=written != question)
