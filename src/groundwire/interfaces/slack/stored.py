"""Posted answers, written down and read back: for sharing, and for what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from groundwire.domain.spans import Span
from groundwire.interfaces.render.lines import Line, Role
from groundwire.interfaces.slack.outgoing import Reply, Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundwire.interfaces.slack.buttons import Buttons


class _Part(BaseModel):
    """A part of what is stored: frozen, and fields of other versions are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Cited(_Part):
    """Characters that a sentence rests on."""

    n: int
    doc_id: str
    path: str = ""
    start: int
    end: int
    quote: str
    locator: str = ""

    @property
    def span(self) -> Span:
        """Where they stand in the document."""
        return Span(self.start, self.end)


class Said(_Part):
    """One sentence with what it rests on."""

    text: str
    citations: tuple[Cited, ...] = ()


class Kept(_Part):
    """As much of a stored result as the evidence is shown from."""

    claims: tuple[Said, ...] = ()

    @classmethod
    def read(cls, result: Mapping[str, object]) -> Self:
        """Return a stored result; an empty one where it has another form than this one knows."""
        try:
            return cls.model_validate(dict(result))
        except ValidationError:
            return cls()

    @property
    def documents(self) -> frozenset[str]:
        """Ids of the documents that it rests on."""
        return frozenset(cited.doc_id for claim in self.claims for cited in claim.citations)


class _Sentence(_Part):
    text: str
    markers: str = ""
    item: bool = False


class _Line(_Part):
    parts: tuple[tuple[str, Role], ...] = ()
    indent: int = 0


class _Reply(_Part):
    sentences: tuple[_Sentence, ...] = ()
    footer: tuple[str, ...] = ()
    cards: tuple[tuple[_Line, ...], ...] = ()


def written_down(reply: Reply) -> dict[str, object]:
    """Return a reply as JSON, without its buttons."""
    return {
        "sentences": [
            {"text": each.text, "markers": each.markers, "item": each.item}
            for each in reply.sentences
        ],
        "footer": list(reply.footer),
        "cards": [
            [
                {"parts": [[text, role] for text, role in line.parts], "indent": line.indent}
                for line in card
            ]
            for card in reply.cards
        ],
    }


def read_back(stored: Mapping[str, object], buttons: Buttons | None = None) -> Reply | None:
    """Return a reply as it was written down; None where it has another form than this one knows."""
    try:
        found = _Reply.model_validate(dict(stored))
    except ValidationError:
        return None
    return Reply(
        tuple(Sentence(each.text, each.markers, each.item) for each in found.sentences),
        found.footer,
        tuple(tuple(Line(line.parts, line.indent) for line in card) for card in found.cards),
        buttons,
    )
