"""Answers drafted by a language model, each sentence checked before it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.chain.parse import DraftReader, is_refusal
from groundwire.chain.passages import NumberedPassage
from groundwire.domain.claims import Claim
from groundwire.ground.gate import Gate
from groundwire.ground.support import support

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence

    from groundwire.chain.answer import AnswerChain
    from groundwire.chain.parse import DraftSentence
    from groundwire.domain.claims import Dropped
    from groundwire.domain.conversations import Turn
    from groundwire.domain.retrieval import Hit


class DraftedAnswerer:
    """Lets a model write and says only what the passages say."""

    def __init__(self, chain: AnswerChain, model: str, gate: Gate | None = None) -> None:
        """Keep the chain, the model's name and the gate.

        Args:
            chain: Prompt, chat model and parser.
            model: The setting that chose the model, for the provenance.
            gate: Decides what is said of the draft; None for one with the shipped scorer.
        """
        self._chain = chain
        self._gate = gate or Gate(support)
        self.model = model

    @property
    def prompt(self) -> tuple[str, str]:
        """Id with version, and hash, of the prompt in use."""
        prompt = self._chain.prompt
        return f"{prompt.id}.v{prompt.version}", prompt.hash

    def claims(
        self,
        question: str,
        hits: Sequence[Hit],
        history: Sequence[Turn],
        cancel: threading.Event | None,
    ) -> Iterator[Claim | Dropped]:
        """Yield each drafted sentence as a verified claim or with the reason it was dropped.

        A sentence that says what an earlier one already said is passed over.

        Raises:
            ModelUnavailableError: The model cannot be reached or broke off.
            CancelledError: ``cancel`` was set.
        """
        numbered = tuple(_numbered(n, hit) for n, hit in enumerate(hits, 1))
        reader = DraftReader()
        said: set[str] = set()
        for piece in self._chain.stream(question, numbered, history, cancel):
            yield from self._checked(reader.feed(piece), hits, said)
        yield from self._checked(reader.close(), hits, said)

    def _checked(
        self, sentences: Sequence[DraftSentence], hits: Sequence[Hit], said: set[str]
    ) -> Iterator[Claim | Dropped]:
        for sentence in sentences:
            if is_refusal(sentence.text):
                continue
            result = self._gate.judge(sentence.text, sentence.markers, hits)
            if isinstance(result, Claim):
                if result.text in said:
                    continue
                said.add(result.text)
            yield result


def _numbered(n: int, hit: Hit) -> NumberedPassage:
    document = hit.document
    published = document.published.isoformat() if document.published else ""
    return NumberedPassage(n, document.title, document.source, published, hit.passage.text)
