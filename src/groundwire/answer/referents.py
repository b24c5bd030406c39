"""Whom and what a conversation has named so far, and how present each of them still is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from groundwire.answer.headings import count_headings, said_plainly
from groundwire.answer.place_words import PLACES
from groundwire.text.people import PERSON_NOUN, cast_of
from groundwire.text.people_words import FEMALE_NAMES, MALE_NAMES
from groundwire.text.tokens import STOPWORDS, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.conversations import Turn
    from groundwire.text.people import Cast, Gender, Mention

ASKED, ANSWERED, HEADED = 2.0, 1.0, 10.0
"""What a name weighs that a question, an answer, or the topic of the conversation gives."""

SUBJECT = 5.0
"""What the subject of the last question weighs where "it" may mean it."""

FADING = 0.6
"""What is left of a weight one question later."""

SURE = 1.3
"""What it counts for "she" that somebody is known to be a woman.

For "he" a name that tells nothing counts as much as another: most names in the news that are on no
list are men's.
"""

TIED = 0.85
"""Two referents tie when the lighter one has at least this share of the other's weight."""

_PARENTHESIS = re.compile(r"\s*\([^)]*\)")
_IN_A_PLACE = re.compile(r"\b(?:in|at|near|from|to|into|across|around|left|outside)\s(?:the\s)?$")
_PART_OF_A_THING = re.compile(r"\b[Tt]he\s(?P<first>[A-Z][\w-]+)\s$")
_NOUNS = r"(?P<words>(?:[A-Z][\w’'-]+\s)*[a-z-]{3,}(?:\s[a-z-]+){0,2})"
_SUBJECT = re.compile(
    rf"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\s(?:the|an?)\s{_NOUNS}"
)
_OBJECT = re.compile(rf"\b(?:the|an?)\s{_NOUNS}\s*[?.]*$")
_HE = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:band|group|duo|trio|boys|girls|brothers|sisters|people|company|team|family|party)\b",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\((?:[^)]*\s)?(?:film|song|album|novel|book|musical|opera|play|series|magazine|game)\)"
)
_PLURAL = re.compile(r"\w+(?<!s)s$|.*\s(?:and|&)\s")


@dataclass(slots=True)
class Referent:
    """Somebody or something that was named.

    Attributes:
        text: The fullest name that was given.
        is_person: Whether it is a person; None if that cannot be told.
        gender: What a title, a role, a given name or a pronoun says.
        plural: Whether "they" fits: the name of a group, or of several.
        weight: How present it is; the larger, the more likely it is meant.
        is_topic: Whether the conversation was opened with it.
        recent: Whether one of the last two questions or answers names it.
        is_place: Whether it was named as a place: "in Pyongyang".
    """

    text: str
    is_person: bool | None
    gender: Gender
    plural: bool
    weight: float = 0.0
    is_topic: bool = False
    recent: bool = False
    is_place: bool = False


@dataclass(slots=True)
class Referents:
    """All that a conversation has named.

    Attributes:
        known: The referents, in the order in which they were first named.
        topic: What the conversation was opened with, if that was a heading and not a question.
        heading: The second line of the heading, such as the section of an article.
    """

    known: list[Referent] = field(default_factory=list)
    topic: Referent | None = None
    heading: str = ""

    def people(self, gender: Gender) -> list[Referent]:
        """Return those that "he" or "she" can mean, the most present first.

        For "she", somebody who is known to be a woman counts for more.
        """
        found = [
            replace(each, weight=SURE * each.weight) if each.gender == "female" else each
            for each in self.known
            if (each.is_person or (each.is_person is None and not each.plural))
            and each.gender in {"", gender}
        ]
        topic = [each for each in found if each.is_topic]
        return topic + _by_weight([each for each in found if not each.is_topic])

    def things(self) -> list[Referent]:
        """Return those that "it" can mean, the most present first."""
        return _by_weight(
            [
                each
                for each in self.known
                if each.is_person is not True and not (each.plural or each.is_place)
            ]
        )

    def groups(self) -> list[Referent]:
        """Return those that "they" can mean, the most present first."""
        several = [each for each in self.known if each.plural or each.is_topic]
        if several:
            return _by_weight(several)
        pair = [each for each in self.known if each.is_person is not False and each.recent]
        if len(pair) > 1 and any(each.is_person for each in pair):
            first, second = _by_weight(pair)[:2]
            joint = f"{first.text} and {second.text}"
            return [Referent(joint, is_person=True, gender="", plural=True)]
        return []


def _by_weight(found: list[Referent]) -> list[Referent]:
    return sorted(found, key=lambda each: -each.weight)


def tied(fitting: Sequence[Referent]) -> tuple[str, ...]:
    """Return the names of the first referents if it cannot be told which one is meant."""
    if len(fitting) < 2:  # noqa: PLR2004 -- one cannot tie
        return ()
    least = TIED * fitting[0].weight
    names = tuple(each.text for each in fitting if each.weight >= least)
    return names if len(names) > 1 else ()


def read_referents(history: Sequence[Turn]) -> Referents:
    """Return what a conversation has named.

    Args:
        history: The turns, oldest first.
    """
    said = [said_plainly(turn.text) for turn in history]
    cast = cast_of("\n".join(f"{text}." for text in said))
    found = Referents()
    headings = count_headings(history)
    ages = _ages(history)
    for number, (turn, text, age) in enumerate(zip(history, said, ages, strict=True)):
        if number < headings:
            _head(found, number, _PARENTHESIS.sub("", text).strip(), cast, turn.text)
            continue
        weight = (ASKED if turn.role == "user" else ANSWERED) * FADING**age
        for mention in cast.mentions(text):
            referent = _add(found, mention, weight)
            referent.recent = referent.recent or age <= 1
            _learn_from_place(referent, text[: mention.span.start])
    _learn_from_pronouns(found, said)
    if found.topic is None:
        asked = [text for turn, text in zip(history, said, strict=True) if turn.role == "user"]
        _add_subject(found, asked[-1] if asked else "", " ".join(said))
    return found


def given_gender(name: str) -> Gender:
    """Return what a given name says of who bears it; nothing if it is not one."""
    first = name.split(maxsplit=1)[0]
    return "male" if first in MALE_NAMES else "female" if first in FEMALE_NAMES else ""


def _ages(history: Sequence[Turn]) -> list[int]:
    """Return for each turn how many questions were asked after it."""
    ages: list[int] = []
    later = 0
    for turn in reversed(history):
        ages.append(later)
        later += turn.role == "user"
    return ages[::-1]


def _head(found: Referents, number: int, text: str, cast: Cast, whole: str) -> None:
    if number > 0:
        found.heading = text
        return
    gender = given_gender(text)
    named = gender or any(m.name == text and m.is_person for m in cast.mentions(text))
    is_person = True if named else False if _WORK.search(whole) else None
    plural = bool(_GROUP.search(whole) or _PLURAL.match(text)) and is_person is not True
    topic = Referent(text, is_person, gender, plural, HEADED, is_topic=True)
    found.topic = topic
    found.known.append(topic)


def _add(found: Referents, mention: Mention, weight: float) -> Referent:
    """Note a mention: of somebody known, maybe by a part of the name, or of somebody new."""
    own = set(words(mention.full)) - STOPWORDS
    for known in found.known:
        other = set(words(known.text)) - STOPWORDS
        if not own or not (own <= other or other <= own):
            continue
        if known.is_person is False and mention.is_person:
            continue
        known.weight += weight
        if not known.is_topic:
            if other < own and (mention.is_person or known.is_person is not False):
                known.text = mention.full
            known.gender = known.gender or mention.gender
            if known.is_person is None:
                known.is_person = mention.is_person
        return known
    plural = bool(_PLURAL.match(mention.full)) and not mention.is_person
    new = Referent(mention.full, mention.is_person, mention.gender, plural, weight)
    found.known.append(new)
    return new


def _learn_from_place(referent: Referent, before: str) -> None:
    """Take from the words before a name, and from the name, that it is no person's."""
    part = _PART_OF_A_THING.search(before)
    if referent.text in PLACES:
        referent.is_person, referent.is_place = False, True
    elif _IN_A_PLACE.search(before):
        referent.is_place = True
    elif part and part["first"].casefold() in STOPWORDS and referent.is_person is None:
        referent.is_person = False


def _add_subject(found: Referents, question: str, said: str) -> None:
    """Note what the last question is about where that has no name: "the fire"."""
    match = _SUBJECT.search(question) or _OBJECT.search(question)
    if match is None:
        return
    following = match["words"].split()
    text = said.casefold()
    # The longest phrase that was said more than once: what follows it is the question's verb.
    noun = next(
        (
            phrase
            for length in range(len(following), 1, -1)
            if text.count(phrase := " ".join(following[:length])) > 1
        ),
        " ".join(following[: sum(word[0].isupper() for word in following) + 1]),
    )
    if PERSON_NOUN.search(noun) or noun in STOPWORDS:
        return
    plural = bool(_PLURAL.match(noun))
    subject = Referent(f"the {noun}", is_person=False, gender="", plural=plural, weight=SUBJECT)
    found.known.append(subject)


def _learn_from_pronouns(found: Referents, said: Sequence[str]) -> None:
    """Take from the pronouns of the conversation whether its topic is a man or a woman."""
    topic = found.topic
    if topic is None or topic.is_person is False or topic.gender:
        return
    text = " ".join(said)
    he, she = len(_HE.findall(text)), len(_SHE.findall(text))
    if he != she:
        topic.gender = "male" if he > she else "female"
        topic.is_person = topic.is_person or not topic.plural or None
