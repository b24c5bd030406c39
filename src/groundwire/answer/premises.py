"""What a question takes for granted and no document says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.retrieve.asked import known_outlets
from groundwire.retrieve.unindexed import unindexed_outlets
from groundwire.text.tokens import STOPWORDS, names, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.domain.documents import PassageId
    from groundwire.index.snapshot import Snapshot
    from groundwire.retrieve.outlets import NamedOutlet

_PASSAGES = 2_000
"""A word in more passages than this says too little to be looked up beside another."""

_MENTIONED = 3
"""Words that are named at most."""

_LONGEST_REST = 6
_PAST = (
    r"(?:\w{2,}ed|set|gave|made|took|met|left|fell|won|lost|sold|bought|built|cut|shut|went|came"
    r"|became|began|broke|brought|caught|drove|flew|fought|found|got|held|hid|hit|kept|led|paid|put"
    r"|ran|rose|sank|sent|shot|spent|spoke|stole|struck|told|threw|wrote|burnt|quit|split)"
)
_SUBJECT = r"(?:he|she|it|they|the \w+|[A-Z][\w’'-]*(?: (?:and )?[A-Z][\w’'-]*)*)"
_ABOUT = re.compile(
    rf"\b(?:when|while|after|before|because|since|once) (?P<subject>{_SUBJECT}) "
    rf"(?P<verb>{_PAST})\b(?P<rest>[^,?;]*)"
)
_OBJECT = re.compile(
    rf"\bthe (?P<object>[a-z]+) (?:that )?(?P<subject>{_SUBJECT}) "
    rf"(?P<verb>{_PAST}(?: (?:over|up|out|off|down|away|back))?)\b(?P<rest>[^,?;]*)"
)
_REST = re.compile(r"^(?: (?!as\b|and\b|or\b|but\b|went\b|was\b|is\b|did\b|were\b|had\b)[\w’'-]+)*")
_DETERMINED = re.compile(r" (?:the|an?|his|her|its|their)\b")
_NAME = r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*"
_ONE_NAME = re.compile(rf"(?:\bthe )?\b{_NAME}")
_TWO_NAMES = re.compile(rf"\b{_NAME} and {_NAME}")
_DETERMINER = re.compile(
    r"\b(?i:the|an?|his|her|its|their|which|how many|how much|whose|what kind of)\s"
    r"(?P<first>[a-z]{4,})\b(?![-’'])(?:\s(?P<second>(?!\w+(?:ed|ing|ly)\b)[a-z]{4,})\b(?!-))?"
)
_MORE = re.compile(r"\s[a-z]+(?:ed|ing|ly)\b")
"""What follows a word that is then more likely an adjective: "the annual saving"."""

_FORMS = re.compile(
    r"(?:time-?line|chronology|list|overview|summary|outline|comparison|table)s?|recent|latest|newest|current"
)
"""Words for what is to be made of an answer, not for what documents tell of."""

_TIMES = re.compile(r"(?:day|time|way|week|month|year|moment|morning|night|reason)s?")
_SAME = tuple(
    tuple(group.split())
    for group in (
        "visit visited tour toured travelled traveled went arrive arrived landed flew trip came",
        "die died killed death dead drowned perished",
        "sign signed agree agreed agreement struck",
        "buy bought purchase purchased acquire acquired acquisition sale sold sell takeover",
        "close closed shut shutting closure",
        "give gave handed deliver delivered donated supply supplied sent send provided",
        "win won beat victory defeated",
        "resign resigned quit stepped left fired sacked dismissed ousted",
        "arrest arrested detain detained held charged jailed",
        "start started begin began launch launched open opened reopen reopened resume resumed",
        "meet met meeting talks summit",
        "set started lit caused",
        "sink sank capsize capsized",
        "marry married wedding",
        "crash crashed collide collided hit struck",
    )
)
"""Verbs that a document may use for one another, with their nouns."""

_PRONOUNS = frozenset({"he", "she", "it", "they", "him", "her", "them"})


@dataclass(frozen=True, slots=True)
class Premises:
    """What was looked up of the things that a question takes for granted.

    Attributes:
        outlets: The outlets of the index that it names.
        unindexed: Outlets that it asks for and no document is from.
        unfounded: Sentences that say what no document says, ready to be shown.
        unmentioned: Words for things that no document has, as the question writes them.
    """

    outlets: tuple[NamedOutlet, ...] = ()
    unfounded: tuple[str, ...] = ()
    unmentioned: tuple[str, ...] = ()
    unindexed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pairs:
    """A verb, the last words of its subjects, its object if it has one, and names after it."""

    verb: str
    subjects: tuple[str, ...]
    thing: str = ""
    places: tuple[str, ...] = ()


UNEXAMINED = Premises()
"""The premises of a question that nothing was looked up for."""


def examine(question: str, snapshot: Snapshot) -> Premises:
    """Return what of a question's premises no document of one snapshot says.

    A statement such as "Putin visited Pyongyang" is called unfounded only if its subject and its
    verb, or its verb and its object, stand in no passage together, or its subject and a name
    after the verb in no document.

    Args:
        question: What is asked.
        snapshot: Where words are looked up.
    """
    sources, _ = snapshot.sources()
    outlets = known_outlets(sources)
    unfounded = tuple(
        text for text, pairs in _statements(question) if _is_unfounded(pairs, snapshot)
    )
    return Premises(
        outlets.find(question),
        tuple(dict.fromkeys(unfounded)),
        _unmentioned(question, snapshot),
        unindexed_outlets(question, outlets, snapshot.contains_phrase),
    )


def _unmentioned(question: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the nouns with an article, a possessive or "which" that no passage has."""
    heads = (
        match["second"] or match["first"]
        for match in _DETERMINER.finditer(question)
        if match["second"] or not _MORE.match(question, match.end())
    )
    nouns = dict.fromkeys(h for h in heads if h not in STOPWORDS and not _FORMS.fullmatch(h))
    counts = snapshot.frequencies(list(nouns)) if nouns else {}
    return tuple(noun for noun in nouns if not counts.get(noun))[:_MENTIONED]


def _statements(question: str) -> Iterator[tuple[str, _Pairs]]:
    """Yield what a question takes for granted, with the words that must stand together for it."""
    for match in _OBJECT.finditer(question):
        subject = _resolved(match["subject"], question, match.start())
        verb, rest, thing = match["verb"], _rest(match["rest"]), match["object"]
        if subject and not _TIMES.fullmatch(thing) and not _DETERMINED.match(rest):
            yield f"{subject} {verb} any {thing}{rest}", _Pairs(_main(verb), _last(subject), thing)
    for match in _ABOUT.finditer(question):
        subject = _resolved(match["subject"], question, match.start())
        verb, rest = match["verb"], _rest(match["rest"])
        if subject and not set(words(rest)) & _PRONOUNS:
            places = tuple(words(name)[-1] for name in names(rest))
            pairs = _Pairs(_main(verb), _last(subject), places=places)
            yield f"{subject} {verb}{rest}", pairs


def _last(subject: str) -> tuple[str, ...]:
    return tuple(words(name)[-1] for name in subject.split(" and "))


def _main(verb: str) -> str:
    return verb.split(maxsplit=1)[0]


def _resolved(subject: str, question: str, before: int) -> str:
    """Return a subject by its name: a pronoun means the name said before it, if there is one."""
    if subject.casefold() not in _PRONOUNS:
        return subject
    first = question.find(" ") + 1
    if subject == "they":
        pair = _TWO_NAMES.search(question, first, before)
        return pair.group() if pair else ""
    named = [match.group() for match in _ONE_NAME.finditer(question, first, before)]
    return named[0].removesuffix("'s").removesuffix("’s") if len(named) == 1 else ""


def _rest(text: str) -> str:
    """Return the words after a verb up to the next clause, not too many."""
    found = _REST.match(text)
    kept = found.group().split() if found else []
    kept = kept[:_LONGEST_REST]
    while kept and kept[-1].casefold() in STOPWORDS:
        kept.pop()
    return "".join(f" {word}" for word in kept)


def _is_unfounded(pairs: _Pairs, snapshot: Snapshot) -> bool:
    """Return whether a verb stands in no passage with its object or with one of its subjects.

    So is a statement about a place that stands in no document with one of its subjects.

    Only verbs whose synonyms are listed are judged: a document may well say it in other words.
    """
    meant = _synonyms(pairs.verb)
    counts = snapshot.frequencies([*meant, *pairs.subjects, *([pairs.thing] * bool(pairs.thing))])
    known = all(counts[subject] for subject in pairs.subjects)
    if not meant or not known or max(counts.values()) > _PASSAGES:
        return False
    there = _holding(meant, snapshot)
    if pairs.thing and there.isdisjoint(_holding([pairs.thing], snapshot)):
        return True
    for subject in pairs.subjects:
        named = _holding([subject], snapshot)
        if there.isdisjoint(named) or _in_other_documents(named, pairs.places, snapshot):
            return True
    return False


def _in_other_documents(named: set[PassageId], places: Sequence[str], snapshot: Snapshot) -> bool:
    """Return whether one of the places stands in no document that some passages belong to."""
    documents = {info.id for info in snapshot.documents_of(sorted(named))} if places else set()
    return any(
        documents.isdisjoint(info.id for info in snapshot.documents_of(sorted(found)))
        for place in places
        for found in (_holding([place], snapshot),)
    )


def _holding(alternatives: Sequence[str], snapshot: Snapshot) -> set[PassageId]:
    """Return the passages that hold any of the words."""
    found: set[PassageId] = set()
    for word in alternatives:
        found.update(passage for passage, _ in snapshot.lexical([word], top_k=_PASSAGES))
    return found


def _synonyms(verb: str) -> list[str]:
    """Return a verb with those that a document may use instead; nothing if none are listed."""
    wanted = stem(verb)
    groups = [group for group in _SAME if wanted in {stem(each) for each in group}]
    return sorted({verb}.union(*groups)) if groups else []
