"""Phrases that lean on what was said: "the band", "that album", "who else", "what happened".

How far each may go was measured on conversations about encyclopedia articles: docs/conversation.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.text.names import names
from groundwire.text.people import cast_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.answer.referents import Referents

_WORKS = "album|song|single|record|film|movie|book|novel|musical|play|series|poem|painting|game"
_BODIES = "band|group|show|company|firm|team|club|party|agency|ministry|university|school|ship"
_POINTED = "bill|law|act|treaty|agreement|report|study|summit|war|election|fire|storm|case|project"
_KIND = re.compile(
    rf"\b(?P<which>the|this|that)\s(?P<noun>{_WORKS}|{_BODIES}|{_POINTED})\b(?!,?\s[\"“]?(?-i:[A-Z])|\s(?:of|in|for|by|that|called)\b)",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(r"(?:what|who)\s(?:is|was|are|were)\s(?P<name>.+?)\s*\??$", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“]([^\"”]{2,60})[,.]?[\"”]")
_HAPPENED = re.compile(
    r"^(?:(?:and|so|but)\s)?what\s(?:else\s|first\s|also\s)?happen(?:ed|s)?\b(?!\s(?:to|with|at|if)\b)",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\s*(?:(?:in|during|between|from|since|after|before|by)\s(?:the\s)?(?:\w+\s)?\d{4}s?"
    r"(?:\s?(?:[-–]|and|to)\s?\d{2,4})?|then|next|later)?\s*[?.!]*$"
)
_ELSE = re.compile(r"\b(?:else|other|another|more)\b", re.IGNORECASE)
_WHO_ELSE = re.compile(r"\b(?:who|anyone|anybody|any\sother\speople)\b", re.IGNORECASE)
_BESIDES = re.compile(
    r"\b(?:besides|other\sthan|apart\sfrom|aside\sfrom|in\saddition|more\sthan)\b"
)
_SENTENCE = re.compile(r"(?:I|he|she|it|they|we|there|yes|no)\b|.*[.!?…]$", re.IGNORECASE)
_LAST_NOUN = re.compile(r"\b(?:the|any|some|an?)\s(?:[a-z]+\s){0,2}(?P<noun>[a-z]{4,})\s*[?.]*$")
_NO_NOUN = frozenset(
    {"about", "again", "called", "done", "happen", "important", "last", "like", "made", "most"}
    | {"named", "next", "public", "said", "start", "then", "time", "work", "world", "year"}
)
_LISTED_AT_MOST = 2
_PHRASE_WORDS = 10
_SHORTEST = 3


def name_kinds(question: str, said: Sequence[str], referents: Referents) -> str:
    """Return a question in which "the band" or "that album" is followed by its name.

    Args:
        question: What is asked.
        said: The turns before it, oldest first.
        referents: What they name.
    """
    match = _KIND.search(question)
    if match is None:
        return question
    noun = match["noun"].casefold()
    name = _topic_of_kind(noun, referents) or _called(noun, said)
    if not name or name.casefold() in question.casefold():
        return question
    if match["noun"].casefold() in name.casefold().split():
        written = name if name.casefold().startswith("the ") else f"the {name}"
    else:
        written = f"the {match['noun']} {name}"
    return question[: match.start()] + written + question[match.end() :]


def say_whose(question: str, referents: Referents) -> str:
    """Return "what happened in 1985" with the one to whom it happened."""
    match = _HAPPENED.match(question)
    topic = referents.topic
    if match is None or topic is None or not _WHEN.match(question, match.end()):
        return question
    return f"{question[: match.end()]} to {topic.text}{question[match.end() :]}"


def say_of_what(question: str, said: Sequence[str], referents: Referents) -> str:
    """Return "what year was the production?" with the topic that it is the production of.

    Only a noun that was said before leans on the topic, and only where no name is given.
    """
    match = _LAST_NOUN.search(question)
    topic = referents.topic
    if match is None or topic is None or match["noun"] in _NO_NOUN or names(question):
        return question
    stem = match["noun"].removesuffix("s")
    known = any(re.search(rf"\b{stem}", text, re.IGNORECASE) for text in said)
    if not known or topic.text.casefold() in question.casefold():
        return question
    return f"{question[: match.end('noun')]} of {topic.text}?"


def say_besides(question: str, answer: str) -> str:
    """Return "who else?" with those whom the last answer has named already.

    Args:
        question: What is asked.
        answer: The last answer; empty if there is none.
    """
    if not answer or not _ELSE.search(question) or _BESIDES.search(question):
        return question
    plain = answer.strip()
    said = ""
    if len(plain.split()) <= _PHRASE_WORDS and not _SENTENCE.match(plain):
        said = plain.rstrip(" ,;")
    elif _WHO_ELSE.search(question):
        people = [m.full for m in cast_of(answer).mentions(answer) if m.is_person is not False]
        new = [name for name in dict.fromkeys(people) if name not in question]
        said = " and ".join(new[:_LISTED_AT_MOST])
    return f"{question.rstrip(' ?.!')} besides {said}?" if said else question


def _topic_of_kind(noun: str, referents: Referents) -> str:
    """Return the topic of a conversation if it can be of a kind."""
    topic = referents.topic
    if topic is None or topic.is_person:
        return ""
    is_work = topic.is_person is False
    return topic.text if (noun in _WORKS.split("|")) == is_work else ""


def _called(noun: str, said: Sequence[str]) -> str:
    """Return the name that was given with a noun: "their album, Red Letter Days"."""
    given = re.compile(
        rf"\b{noun}\b(?:,|:)?\s(?:(?:is|was)\s)?(?:called\s|titled\s|named\s|entitled\s)?(?P<after>.{{2,80}})",
        re.IGNORECASE,
    )
    for number in range(len(said) - 1, -1, -1):
        text = said[number]
        for match in given.finditer(text):
            name = _leading_name(match["after"])
            if name:
                return name
        asked = _WHAT_IS.match(said[number - 1]) if number else None
        if asked and re.search(rf"\b{noun}\b", text, re.IGNORECASE) and asked["name"][:1].isupper():
            return asked["name"]
    return ""


def _leading_name(text: str) -> str:
    quoted = _QUOTED.match(text)
    if quoted:
        return quoted[1].strip(" ,")
    found = names(f"of {text}")
    named = bool(found) and text.startswith(found[0]) and len(found[0]) > _SHORTEST
    return found[0] if named else ""
