"""A follow-up as a question that stands alone, by rules and without a language model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundwire.answer.clarifying import ask_which, asked_which, chosen
from groundwire.answer.definites import name_kinds, say_besides, say_of_what, say_whose
from groundwire.answer.ellipsis import complete
from groundwire.answer.followups import leans_back, read_ellipsis
from groundwire.answer.headings import count_headings, said_plainly
from groundwire.answer.pronouns import pointing_out, resolve
from groundwire.answer.referents import read_referents
from groundwire.domain.conversations import Turn
from groundwire.retrieve.conversation import Earlier
from groundwire.text.names import names
from groundwire.text.people import cast_of

if TYPE_CHECKING:
    from collections.abc import Sequence

REMEMBERED = 12
"""Turns that a question may lean on, beside the heading of the conversation."""

_READ = 4_000
"""Characters of a turn that are read. A question of more is a text that somebody pasted."""


@dataclass(frozen=True, slots=True)
class Condensed:
    """A question with what it leaves unsaid.

    Attributes:
        text: The question that stands alone; as it was asked if nothing is missing from it, or if
            it cannot be told what is.
        changed: Whether it differs from what was asked.
        candidates: Whom or what it may mean, the likeliest first, where that cannot be told.
        leans: Whether it leans on what was said before.
        earlier: The questions before it, each standing alone, the latest first.
        names: The names in the last answer.
        clarification: The question that asks which candidate is meant; empty without candidates.
        completes: Whether it is the reply to such a question.
    """

    text: str
    changed: bool = False
    candidates: tuple[str, ...] = ()
    leans: bool = False
    earlier: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    clarification: str = ""
    completes: bool = False

    @property
    def said_before(self) -> Earlier:
        """What the conversation adds to the search."""
        return Earlier(self.earlier, self.names, self.leans)


def condense(question: str, history: Sequence[Turn]) -> Condensed:
    """Return a question as it stands alone after a conversation.

    Args:
        question: What is asked.
        history: The turns before it, oldest first.
    """
    if not history or not question.strip() or len(question) > _READ:
        return Condensed(question)
    known, earlier = _standing(history)
    return replace(
        _condense(question, known), earlier=tuple(earlier), names=names(_last_answer(known))
    )


def _standing(history: Sequence[Turn]) -> tuple[list[Turn], list[str]]:
    """Return the turns with every question standing alone, and the questions, latest first.

    A question that had to be asked back about is left out once the reply has completed it.
    """
    headings = count_headings(history)
    known: list[Turn] = []
    earlier: list[str] = []
    for turn in _remembered(history, headings):
        if turn.role != "user" or len(known) < headings:
            known.append(turn)
            continue
        standing = _condense(turn.text, known)
        if standing.completes:
            del known[-2:]
            del earlier[:1]
        known.append(Turn("user", standing.text))
        earlier.insert(0, standing.text)
    return known, earlier


def _remembered(history: Sequence[Turn], headings: int) -> list[Turn]:
    turns = [*history[:headings], *history[headings:][-REMEMBERED:]]
    return [Turn(turn.role, turn.text[:_READ]) for turn in turns]


def _condense(question: str, known: Sequence[Turn]) -> Condensed:
    """Return one question after turns that already stand alone."""
    if not known:
        return Condensed(question)
    reply = _reply(question, known)
    if reply:
        return reply
    last = next((turn.text for turn in reversed(known) if turn.role == "user"), "")
    new = read_ellipsis(question)
    if new and last:
        cast = cast_of("\n".join(f"{turn.text}." for turn in known))
        part = replace(new, rest=resolve(new.rest, read_referents(known)).text)
        whole = complete(part, last, cast)
        return Condensed(whole or question, bool(whole), leans=True)
    return _resolved(question, known)


def _reply(question: str, known: Sequence[Turn]) -> Condensed | None:
    """Return the question that was asked back about, now that it is said who is meant."""
    candidates = asked_which(known[-1].text)
    if not candidates or len(known) < 2:  # noqa: PLR2004 -- the question and the one asked back
        return None
    meant = chosen(question, candidates)
    if not meant:
        return None
    whole = resolve(known[-2].text, read_referents(known[:-2]), meant)
    return Condensed(whole.text, changed=True, leans=True, completes=True)


def _resolved(question: str, known: Sequence[Turn]) -> Condensed:
    said = [turn.text for turn in known]
    referents = read_referents(known)
    points = any(True for _ in pointing_out(question, referents))
    leans = points or leans_back(question, said)
    resolved = resolve(question, referents)
    if resolved.candidates:
        back = ask_which(resolved.candidates, person=resolved.person)
        return Condensed(question, candidates=resolved.candidates, leans=True, clarification=back)
    text = say_whose(name_kinds(resolved.text, said, referents), referents)
    text = say_of_what(text, said, referents)
    text = say_besides(text, _last_answer(known))
    if text == question:
        return Condensed(question, leans=leans)
    whole = text.rstrip()
    return Condensed(whole if whole[-1] in "?.!" else f"{whole}?", changed=True, leans=True)


def _last_answer(known: Sequence[Turn]) -> str:
    """Return what was answered last; nothing where the documents did not say."""
    answered = known[-1].role == "assistant" and len(known) > count_headings(known)
    return said_plainly(known[-1].text) if answered else ""
