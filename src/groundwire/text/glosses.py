"""What a sentence leaves open, and the words of its article that say it.

A gloss is only given where the article leaves no choice: one person in the sentences before, one
fuller phrase for "the bill", one day for "that day". It is made of words that stand there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from groundwire.text.people import PERSON_NOUN, cast_of, with_title
from groundwire.text.sentences import sentences
from groundwire.text.tokens import STOPWORDS, names, words

if TYPE_CHECKING:
    from groundwire.text.people import Cast, Gender, Mention

_TAIL = 2_000
"""Characters before a sentence that are cut into sentences."""

_LOOK_BACK = 3
"""Sentences that are looked at for whom a pronoun means."""

_NAMED_AT_MOST = 2
"""Surnames of one sentence that are given in full."""

_PRONOUN = re.compile(r"\b(he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
_QUOTATION = re.compile(r"[“\"][^”\"]*[”\"]?")
_LEADING_IN = re.compile(
    r"(?:In|After|Before|While|When|As|Despite|With|During|At|On|For|By|Since|Although|Though|If"
    r"|Until|Once|Because|Like|Unlike|Besides)\b"
)
_CONNECTED = re.compile(
    r"(?:But|However|Meanwhile|Instead|Yet|Nor|Still|Otherwise|Therefore|Afterwards?|Nevertheless"
    r"|Nonetheless|Similarly|Likewise|Hence|Thus|Even so|That said|By contrast|In contrast"
    r"|On the other hand|In (?:return|exchange|response|reply)|As a result|Since then|By then"
    r"|Hours later|Days later|At the same time|At the time|For example|For instance)\b"
)
_POINTS_BACK = re.compile(
    r"(?:It|Its|They|Their|Them|These|Those|This|That|There(?=,)|Both|Neither|Such"
    r"|(?:Some|None|Most|One) of (?:them|those)|The (?:former|latter|pair|duo|couple)"
    r"|The (?:two|three|four) (?!years?\b|months?\b|weeks?\b|days?\b)\w+)\b"
)
_EMPTY_IT = re.compile(
    r"(?:It|That|This)\s(?:(?:is|was|remains|seems|appears|would be|will be|has been|may be)\s"
    r"(?:\w+\s){0,3}(?:that|whether|to|why|how)\b|(?:takes|took|remains|seems|appears)\b"
    r"|(?:week|month|year|morning|afternoon|evening|summer|autumn|winter|spring|season)\b)"
    r"|(?:Both|Neither|Such|Those|These)\s(?:of\s)?(?:the\s)?[A-Z]|Those who\b"
)
_THAT_DAY = re.compile(r"\b(?:[Tt]he same|[Tt]hat) (?:day|night|morning|afternoon|evening)\b")
_DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?: \d{4})?|(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December) \d{1,2}(?:, \d{4})?)\b"
)
_EVENTS = (
    "move|decision|announcement|ruling|claim|incident|change|step|verdict|warning|comment|comments"
    "|remarks|measure|measures|attack|meeting|accusation|allegations?|result|results"
)
_THINGS = (
    "company|firm|report|deal|agreement|plan|proposal|bill|law|legislation|treaty|ship|vessel|group"
    "|study|statement|letter|project|product|device|game|film|show|team|club|site|building|vote"
    "|protest|march|strike|contract|fund|grant|figure|figures|price|cost|platform|app|lawsuit|case"
)
_NOUN = re.compile(
    rf"The (?:(?P<event>{_EVENTS})|(?P<thing>{_THINGS}))\b(?!\s(?:of|for|that|in)\s)"
)


@dataclass(frozen=True)
class Around:
    """What stands around a sentence.

    Attributes:
        before: The text of its article up to it, or the last part of that.
        known: Title, text before and passage: where names are given in full.
        question: What was asked: a surname that it says needs no first name.
        shown: Sentences that are shown right before it; what they say is not open.
    """

    before: str
    known: str
    question: str = ""
    shown: str = ""

    @cached_property
    def cast(self) -> Cast:
        """The names of the article."""
        return cast_of(self.known)

    @cached_property
    def last(self) -> tuple[str, ...]:
        """The last sentences before it, the nearest first."""
        tail = self.before[-_TAIL:]
        found = [span.of(tail) for span in sentences(tail)]
        return tuple(found[::-1][:_LOOK_BACK])


@dataclass(frozen=True, slots=True)
class Reference:
    """How a sentence leans on those before it.

    Attributes:
        gloss: Words of the article that say what it leaves open; empty if there are none.
        is_open: Whether something is left that only the sentence before can tell.
    """

    gloss: str = ""
    is_open: bool = False


def may_lean(sentence: str) -> bool:
    """Return whether anything in a sentence may lean on those before it, at little cost.

    Where this is false :func:`refer` finds nothing but surnames without a first name.
    """
    opening = _CONNECTED.match(sentence) or _POINTS_BACK.match(sentence) or _NOUN.match(sentence)
    return bool(opening or _PRONOUN.search(sentence) or _THAT_DAY.search(sentence))


def refer(sentence: str, around: Around) -> Reference:
    """Return what a sentence of an article leaves open."""
    found = [_person(sentence, around), _day(sentence, around), _noun(sentence, around)]
    parts = [reference.gloss for reference in found if reference.gloss]
    parts += _full_names(sentence, around, " ".join(parts))
    leans = not around.shown and _leans_on_what_was_said(sentence)
    is_open = leans or any(reference.is_open for reference in found)
    return Reference("; ".join(dict.fromkeys(parts)), is_open)


def _leans_on_what_was_said(sentence: str) -> bool:
    if _CONNECTED.match(sentence):
        return True
    return bool(_POINTS_BACK.match(sentence)) and not (
        _EMPTY_IT.match(sentence) or _THAT_DAY.match(sentence)
    )


def _person(sentence: str, around: Around) -> Reference:
    """Return whom "he" or "she" means, if no name stands before it."""
    unquoted = _QUOTATION.sub(lambda quoted: " " * len(quoted.group()), sentence)
    pronoun = _PRONOUN.search(unquoted)
    if pronoun is None or _names_somebody(around.shown, around.cast):
        return Reference()
    if _names_somebody(sentence[: pronoun.start()], around.cast):
        return Reference()
    if _LEADING_IN.match(sentence) and _named_after_comma(sentence, pronoun.end(), around.cast):
        return Reference()
    gender: Gender = "male" if pronoun[1].casefold().startswith(("hi", "he")) else "female"
    if pronoun[1].casefold() in {"her", "hers", "herself"}:
        gender = "female"
    meant = _antecedent(gender, around)
    return Reference(with_title(meant, around.known)) if meant else Reference(is_open=True)


def _names_somebody(text: str, cast: Cast) -> bool:
    return any(m.is_person is not False for m in cast.mentions(text)) or bool(
        PERSON_NOUN.search(text)
    )


def _named_after_comma(sentence: str, start: int, cast: Cast) -> bool:
    comma = sentence.find(",", start)
    return comma >= 0 and any(
        m.is_person is not False and m.span.start > comma for m in cast.mentions(sentence)
    )


def _antecedent(gender: Gender, around: Around) -> Mention | None:
    """Return the one person that the nearest sentence which names anybody names, if it fits."""
    for sentence in around.last:
        possible = [m for m in around.cast.mentions(sentence) if m.is_person is not False]
        strangers = _people_without_a_name(sentence, possible)
        if not possible and not strangers:
            continue
        fitting = {m.full: m for m in possible if m.gender in {"", gender}}
        if len(fitting) != 1 or strangers:
            return None
        meant = next(iter(fitting.values()))
        return meant if meant.is_person else None
    return None


def _people_without_a_name(sentence: str, named: list[Mention]) -> bool:
    """Return whether a sentence speaks of a person beside those it names: "the prosecutor"."""
    near = 40
    return any(
        not any(
            abs(noun.end() - m.span.start) <= near or abs(noun.start() - m.span.end) <= near
            for m in named
        )
        for noun in PERSON_NOUN.finditer(_QUOTATION.sub(" ", sentence))
    )


def _day(sentence: str, around: Around) -> Reference:
    """Return which day "that day" is."""
    said = _THAT_DAY.search(sentence)
    if said is None or _DAY.search(sentence[: said.start()]) or _DAY.search(around.shown):
        return Reference()
    days = set(_DAY.findall(" ".join(around.last[:1])))
    return Reference(days.pop()) if len(days) == 1 else Reference(is_open=not around.shown)


def _noun(sentence: str, around: Around) -> Reference:
    """Return what "the bill" or "the company" at the start of a sentence is in full."""
    noun = _NOUN.match(sentence)
    if noun is None or around.shown:
        return Reference()
    if noun["event"]:
        return Reference(is_open=True)
    fuller = _fuller(noun["thing"], " ".join(around.last[::-1]))
    if len(fuller) == 1:
        return Reference(fuller.pop())
    before = " ".join(around.last[:1])
    return Reference(is_open=noun["thing"] in words(before) or bool(names(before)))


def _fuller(noun: str, text: str) -> set[str]:
    """Return the phrases of a text that end in a noun and say which: "extradition bill"."""
    pattern = rf"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)\s((?:[\w’'-]+\s){{1,3}}{noun})\b"
    return {
        phrase
        for phrase in re.findall(pattern, text)
        if not any(word.casefold() in STOPWORDS for word in phrase.split()[:-1])
    }


def _full_names(sentence: str, around: Around, glossed: str) -> list[str]:
    """Return the full names of those whom a sentence names by surname alone."""
    said = set(words(f"{around.question} {around.shown} {glossed}"))
    short = [
        m.full
        for m in around.cast.mentions(sentence)
        if m.full != m.name and m.is_person and not set(words(m.name)) & said
    ]
    missing = [full for full in dict.fromkeys(short) if full not in sentence]
    return missing[:_NAMED_AT_MOST]
