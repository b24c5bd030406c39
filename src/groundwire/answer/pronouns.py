"""The pronouns of a question that point out of it, and whom or what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from groundwire.answer.referents import tied
from groundwire.domain.spans import Span
from groundwire.text.people import cast_of
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.answer.referents import Referent, Referents
    from groundwire.text.people import Gender

_PRONOUN = re.compile(
    r"\b(?:(?P<male>he|him|his)|(?P<female>she|her|hers)|(?P<thing>it|its)|(?P<several>they|them"
    r"|their|theirs))\b",
    re.IGNORECASE,
)
_LOOKED_AT = 24
"""Pronouns of a question that are looked at: a pasted text of hundreds needs no completing."""
_OBJECTS = frozenset({"him", "her", "them", "it"})
_POSSESSIVES = frozenset({"his", "hers", "its", "their", "theirs"})
_NO_NOUN = re.compile(
    r"\s*(?:$|[?.,;!]|(?:in|on|to|for|with|at|and|or|from|as|by|when|after|before|do|go|a|an|the"
    r"|during|about|because|if|that|into|over|while|was|is|were|have|has|get|be|not|out|up|so"
    r"|under|until|since|but|make|take|win|feel|become|leave|there|back|off|who|than)\b)",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"(?:\b(?:is|was|does|did|has|would|will|may|might|can|could)\s+it\s+(?:\w+\s+)?(?:true|possible"
    r"|likely|important|necessary|safe|legal|worth|easy|hard|difficult|fair|clear|matter|rain|snow"
    r"|take|cost|mean\s+(?:to|that))\b|\bhow\s+\w+\s+(?:does|did|will|would)\s+it\s+(?:take|cost)\b"
    r"|\bit\s+(?:is|was|takes|took|seems?|appears?)\s+(?:\w+\s+){0,2}(?:that|to|whether)\b"
    r"|\bwhat\s+time\s+is\s+it\b)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:^|\b(?:is|was|were|are|does|did|do|has|had|have|will|would|can|could|should|may|might|and|but|when"
    r"|if|that|because|after|before|why|how|where)(?:n['’]t)?)\s*(?:just\s)?$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\b(?:when|while|after|before|because|if|that|who|which|and|but|or|since|until|as|say|said"
    r"|says|think|thought|believe|claim|claimed|want|wanted)\b|,",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?!(?:does|was|is|has|his|its|this|as|us|yes|always|sometimes|aspects|details)\b)[a-z]{3,}(?<![su])s\b"
    r"|\b(?:people|men|women|children)\b"
)
_THING = re.compile(r"\b(?:an?|the)\s[^,;]+?(?:[,;]|\b(?:and|but|if|when|because|so|that)\b)")


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun that points out of its question.

    Attributes:
        span: Its place.
        person: Whether it means a person.
        gender: Of which gender.
        plural: Whether it means several.
        possessive: Whether it stands for a name with "'s".
    """

    span: Span
    person: bool
    gender: Gender
    plural: bool
    possessive: bool
    is_object: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with its pronouns replaced.

    Attributes:
        text: The question.
        candidates: Whom a pronoun may mean, where that cannot be told.
        person: Whether those are people.
    """

    text: str
    candidates: tuple[str, ...] = ()
    person: bool = False


def resolve(question: str, referents: Referents, meant: str = "") -> Resolved:
    """Return a question with its pronouns replaced by the names that they stand for.

    A pronoun is left alone where nothing fits, or where the question itself names what it means;
    of several that mean the same only the first is replaced.
    """
    edits: list[tuple[Span, str]] = []
    seen: set[tuple[bool, Gender, bool]] = set()
    for pronoun in pointing_out(question, referents):
        kind = pronoun.person, pronoun.gender, pronoun.plural
        if kind in seen:
            continue
        seen.add(kind)
        used = [name for _, name in edits]
        fitting = [
            each
            for each in _fitting(pronoun, question, referents)
            if not any(each.text in name for name in used)
        ]
        if not fitting:
            continue
        one = next((each for each in fitting if each.text == meant), fitting[0])
        candidates = () if one.is_topic or one.text == meant else tied(fitting)
        if candidates:
            return Resolved(question, candidates, pronoun.person)
        edits.append((pronoun.span, _written(one, pronoun)))
    for span, name in reversed(edits):
        question = question[: span.start] + name + question[span.end :]
    return Resolved(question)


def pointing_out(question: str, referents: Referents) -> Iterator[Pronoun]:
    """Yield the pronouns of a question that it does not itself explain, of the first some."""
    empty = [match.span() for match in _EMPTY_IT.finditer(question)]
    for match in islice(_PRONOUN.finditer(question), _LOOKED_AT):
        pronoun = _read(match, question)
        if any(start <= match.start() < end for start, end in empty):
            continue
        if not _explained(pronoun, question, referents):
            yield pronoun


def _read(match: re.Match[str], question: str) -> Pronoun:
    word = match.group().casefold()
    possessive = word in _POSSESSIVES
    if word == "her":
        possessive = not _NO_NOUN.match(question, match.end())
    gender: Gender = "male" if match["male"] else "female" if match["female"] else ""
    person = bool(gender)
    several = bool(match["several"])
    is_object = word == "it" and not _SUBJECT.search(question[: match.start()])
    return Pronoun(Span(*match.span()), person, gender, several, possessive, is_object)


def _explained(pronoun: Pronoun, question: str, referents: Referents) -> bool:
    """Return whether the question names, before a pronoun, what the pronoun can mean.

    The object of a clause is never its subject: "How did Benny influence him?"
    """
    before = question[: pronoun.span.start]
    cut = max((match.end() for match in _CLAUSE.finditer(before)), default=0)
    earlier = before[:cut]
    if not pronoun.possessive and pronoun.span.of(question).casefold() in _OBJECTS:
        before = earlier
    if pronoun.plural and _SEVERAL.search(before if pronoun.possessive else earlier):
        return True
    if not pronoun.plural and not pronoun.person and _THING.search(before):
        return True
    topic = set(words(referents.topic.text)) if referents.topic else set()
    for mention in cast_of(question).mentions(before):
        if not pronoun.person:
            if mention.is_person is not True:
                return True
        elif mention.gender in {"", pronoun.gender} and (
            mention.is_person
            or set(words(mention.name)) <= topic
            or (mention.is_person is None and mention.span.end <= cut)
        ):
            return True
    return False


def _fitting(pronoun: Pronoun, question: str, referents: Referents) -> Sequence[Referent]:
    if pronoun.person:
        found = referents.people(pronoun.gender)
    elif pronoun.is_object:
        found = [each for each in referents.things() if each.is_topic]
    else:
        found = referents.groups() if pronoun.plural else referents.things()
    return [each for each in found if each.text.casefold() not in question.casefold()]


def _written(referent: Referent, pronoun: Pronoun) -> str:
    """Return a name as it stands in the place of a pronoun."""
    if not pronoun.possessive:
        return referent.text
    plural = referent.plural and referent.text.endswith("s")
    return f"{referent.text}'" if plural else f"{referent.text}'s"
