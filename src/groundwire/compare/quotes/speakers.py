"""Who says something in a document: read from the words around it, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span
from groundwire.text.names import names
from groundwire.text.people import cast_of
from groundwire.text.speech import attributions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.compare.quotes.speeches import Page, Speech, Told
    from groundwire.text.people import Mention

_LOOK_BACK = 4
_PARAGRAPHS_BACK = 2
_SUBJECT_WITHIN = 40
_PRONOUN = re.compile(r"(?:he|she|they|it|we|i|who|this|that|some|others|both)", re.IGNORECASE)
_JOINING = frozenset({"and", "but", "or", "then", "who", "which", "as"})
_FEMALE = frozenset({"she"})
_MALE = frozenset({"he"})
_VERBS = (
    "said|says|told|tells|asked|asks|wrote|writes|added|called|calls|described|describes|thanked"
    "|thanks|disagreed|agreed|objected|responded|shouted|cried|joked|spoke|spoken|speaks|dubbed"
    "|branded|referred|pledged|promised|announced|declared|warned|continued|went|answered|replied"
    "|put|denounced|dismissed|praised|accused|urged|recalled|remembered|explained|insisted|argued"
    "|concluded|noted|mused|quipped|admitted|stated|tweeted|posted|whispered|laughed|sighed"
)
_AFTER = re.compile(
    rf'qz[^"\s]{{0,2}}"[,\s\u2013\u2014]+(?P<speaker>[^",;:.]{{1,60}}?)\s+(?:{_VERBS})\b'
)
_INVERTED = re.compile(
    rf'qz[^"\s]{{0,2}}",?\s+(?:{_VERBS})\s+(?P<speaker>(?:[Tt]he\s|an?\s)?[^",;:.]{{1,60}}?)[,.\s"]'
    r"(?:who\b|an?\b|the\b|$)?"
)
_BEFORE = re.compile(
    rf'^(?:(?:But|And|Yet|Then|Later|Still|Asked [^,]{{2,60}}),?\s)?(?P<speaker>[^":;]{{1,110}}?),?'
    rf'\s+(?:(?:has|have|had|also|then|later|once)\s){{0,2}}(?:{_VERBS})\b[^"]{{0,160}}"zq'
)
_FOLLOWS = re.compile(rf"^(?P<speaker>[^,;:.]{{1,60}}?)\s+(?:{_VERBS})\b[^,;:]{{0,30}}[.:]$")
_CLAUSES = re.compile(r",\s*")
_AGE = re.compile(r"\d{1,3}$")
_OF = re.compile(r"\s(?:of|from|in|at|for)\s")
_PLURAL_SUBJECT = re.compile(
    r"^(?P<subject>(?:The|Two|Three|Some|Both|Many)\s(?:[\w’'-]+\s){0,3}?[\w’'-]+s)\s"
    r"(?:were|are|have|had|said|found|wrote|did|will|also)\b"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a document lets say something.

    Attributes:
        name: As it is written, without what it adds.
        phrase: With what it adds: age, office, role.
    """

    name: str
    phrase: str


def speaker_of_speech(page: Page, speech: Speech) -> Speaker | None:
    """Return who speaks between quotation marks; None if nobody is named for certain."""
    numbers = {
        number
        for number, (_, quoted) in enumerate(page.quotations)
        if quoted.span in speech.stretches
    }
    around = [i for i, told in enumerate(page.told) if numbers & set(told.quotations)]
    for index in around:
        phrase = _phrase_at(page.told[index].text, numbers)
        if phrase:
            return _resolved(phrase, page, index)
    return _beside(page, around[0], around[-1]) if around else None


def speaker_of_words(page: Page, span: Span) -> Speaker | None:
    """Return whom a sentence names for words of the document's own; None for the document itself.

    Words that hold the naming clause itself are the document's.
    """
    for index, told in enumerate(page.told):
        if not told.span.overlaps(span):
            continue
        for one in attributions(told.text.replace(":", ",")):
            at = page.text.find(one.clause.of(told.text), told.span.start - page.start)
            start = page.start + at
            if at >= 0 and Span(start, start + len(one.clause)).overlaps(span):
                return None
            return _resolved(_trimmed(told.text, one.speaker), page, index)
        return None
    return None


def _phrase_at(text: str, numbers: set[int]) -> str:
    """Return the words for who speaks of the attribution nearest to one of the quotations."""
    plain = text.replace(":", ",")
    holders = [text.find(f"zq{number}qz") for number in numbers]
    near = min(place for place in holders if place >= 0)
    found = [
        (abs(one.clause.start - near), _trimmed(plain, one.speaker)) for one in attributions(plain)
    ]
    if found:
        return min(found)[1]
    for shape in (_AFTER, _INVERTED, _BEFORE):
        match = shape.search(text)
        if match and "zq" not in match["speaker"] and match["speaker"] not in _JOINING:
            return match["speaker"].strip()
    return ""


def _trimmed(text: str, speaker: Span) -> str:
    """Return a speaker's words without the start of a verb: "dis" of "disagreed"."""
    words = speaker.of(text)
    if text[speaker.end : speaker.end + 1].isalpha():
        words = words.rpartition(" ")[0]
    return words.strip(" ,\u2013\u2014-")


def _beside(page: Page, first: int, last: int) -> Speaker | None:
    """Return who speaks by the sentence before a bare quotation, or right after it."""
    told = page.told
    after = last + 1
    if after < len(told) and told[after].paragraph == told[last].paragraph:
        follows = _FOLLOWS.match(told[after].text)
        if follows:
            return _resolved(follows["speaker"], page, after)
    before = first - 1
    if before < 0 or told[before].paragraph != told[first].paragraph:
        return None
    if told[before].quotations and not told[before].text.endswith(":"):
        return None
    for one in attributions(told[before].text.replace(":", ",")):
        return _resolved(_trimmed(told[before].text, one.speaker), page, before)
    return _subject(told[before], page, "")


def _resolved(phrase: str, page: Page, index: int) -> Speaker | None:
    """Return the speaker that words mean; a pronoun means whom the sentences before name."""
    plain = phrase.removeprefix("and ").removeprefix("but ").strip()
    if not _PRONOUN.fullmatch(plain):
        return Speaker(_name_in(plain), plain) if plain else None
    pronoun = plain.casefold()
    for told in _before(page, index):
        found = attributions(told.text.replace(":", ","))
        named = [_trimmed(told.text, one.speaker) for one in found]
        if named and not _PRONOUN.fullmatch(named[0]):
            return _fitting(named[0], pronoun, page)
        if named and named[0].casefold() == pronoun:
            continue
        subject = _subject(told, page, pronoun)
        if subject is not None or _people(told, page):
            return subject
    return None


def _before(page: Page, index: int) -> Iterator[Told]:
    """Yield the sentences before one, the nearest first, not from far away."""
    here = page.told[index].paragraph
    for told in reversed(page.told[max(index - _LOOK_BACK, 0) : index]):
        if here - told.paragraph > _PARAGRAPHS_BACK:
            return
        yield told


def _fitting(phrase: str, pronoun: str, page: Page) -> Speaker | None:
    """Return the speaker of a clause before, unless a pronoun cannot mean that person."""
    people = [m for m in cast_of(page.text).mentions(phrase) if m.is_person is not False]
    if people and not _fits(people[-1], pronoun):
        return None
    return Speaker(_name_in(phrase), phrase)


def _fits(mention: Mention, pronoun: str) -> bool:
    if pronoun in _FEMALE:
        return mention.gender != "male"
    return pronoun not in _MALE or mention.gender != "female"


def _people(told: Told, page: Page) -> list[Mention]:
    """Return the people that a sentence names; a full name that opens it is taken for one."""
    return [
        m
        for m in cast_of(page.text).mentions(told.text)
        if "zq" not in m.name
        and (m.is_person or (m.is_person is None and m.span.start == 0 and " " in m.name))
    ]


def _subject(told: Told, page: Page, pronoun: str) -> Speaker | None:
    """Return the person that a sentence is about, if it is about one."""
    people = [each for each in _people(told, page) if _fits(each, pronoun)]
    if pronoun in {"they", ""} and not people:
        plural = _PLURAL_SUBJECT.match(told.text)
        return Speaker(plural["subject"], plural["subject"]) if plural else None
    if pronoun == "they" or not people:
        return None
    alone = len({each.full for each in people}) == 1
    if alone or people[0].span.start <= _SUBJECT_WITHIN:
        return Speaker(people[0].name, told.text[: people[0].span.end])
    return None


def _name_in(phrase: str) -> str:
    """Return the part of a phrase that is a name with its title; the phrase if there is none."""
    parts = [part.strip() for part in _CLAUSES.split(phrase) if part.strip()]
    for part in parts:
        bare = _OF.split(part)[0]
        named = names(f"so {bare}")
        if named and not _AGE.search(part):
            return bare[: bare.rfind(named[-1]) + len(named[-1])]
    return parts[0] if parts else phrase
