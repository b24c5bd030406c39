"""What a line of a timeline leaves open: "In May it lowered its claim" needs to say who."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundwire.domain.summaries import When
    from groundwire.retrieve.accounts import Account
    from groundwire.summarize.hygiene import Candidate
    from groundwire.summarize.referring import Referring

_THAT_DAY = re.compile(r"(?:later\s+)?(?:that|the\s+same)\s", re.IGNORECASE)
_IT = re.compile(
    r"(?:In|On|At|By|During|After|Late|Early|Last|This|Earlier|Later|Also|Yesterday|Today|Then)\b"
    r"[^,;:\"\u201c]{0,40}?,?\s(?P<pronoun>it|they)\s(?!(?:is|was|has)\s(?:\w+\s)?(?:that|to)\b)"
)
_WITHOUT_A_NOUN = re.compile(
    r"\b(?:behind|beside|around|aboard|inside|near|towards?)\s(?:it|them)\b"
    r"|^(?:[A-Z]\w+\s){1,2}\d[\d,]*\s(?:went|were|was|had|have|came|took|got)\b"
    r"|^The\s(?:report|figure|total|number|estimate|sum|rest)s?\s(?:now\s|also\s)?(?:says?|puts?)\b"
)
_SUBJECT = re.compile(
    r"(?:The\s(?P<noun>[a-z]+)|(?P<name>(?:The\s)?(?:[A-Z][\w\u2019'-]*\s?){1,5}))\s?"
    r"(?=\s?(?:first|also|then|later|now|never|has|have|had|was|were|is|are|says?|said|[a-z]+ed)\b)"
)


def stands(account: Account, said: Candidate, when: When, referring: Referring) -> bool:
    """Return whether a sentence can be read alone on its day's line, if need be with a gloss.

    Args:
        account: Its document.
        said: The sentence.
        when: Its days: "that evening" leaves nothing open where the line gives the day.
        referring: What the document's sentences lean on.
    """
    if _WITHOUT_A_NOUN.search(said.text) or not referring.stands(_on_its_line(said, when)):
        return False
    it = _IT.match(said.text)
    return it is None or bool(_meant(account, said.at, it["pronoun"]))


def gloss(account: Account, said: Candidate, when: When, referring: Referring) -> str:
    """Return the words of the document that say what a sentence leaves open; empty for none."""
    found = referring.gloss(_on_its_line(said, when), "", "")
    it = _IT.match(said.text)
    meant = _meant(account, said.at, it["pronoun"]) if it else ""
    return "; ".join(part for part in (meant, found) if part)


def _on_its_line(said: Candidate, when: When) -> Candidate:
    if not _THAT_DAY.match(when.words):
        return said
    return replace(said, text=said.text.replace(when.words, "on the day", 1))


def _meant(account: Account, at: int, pronoun: str) -> str:
    """Return what "it" goes on about: the one subject of the sentence right before it."""
    if at == 0 or account.sentences[at - 1].hit.passage.id != account.sentences[at].hit.passage.id:
        return ""
    text = account.document.text
    between = text[account.sentences[at - 1].span.end : account.sentences[at].span.start]
    subject = _SUBJECT.match(account.sentences[at - 1].text)
    if subject is None or "\n" in between:
        return ""
    words = (subject["name"] or subject["noun"]).strip()
    if words.endswith("s") != (pronoun == "they"):
        return ""
    return words if subject["name"] else _in_full(text, words)


def _in_full(text: str, noun: str) -> str:
    """Return the one name of a text that ends in a noun: "Suez Canal Authority" for "authority"."""
    pattern = rf"\b((?:[A-Z][\w\u2019'-]*\s){{1,4}}{noun.capitalize()})\b"
    found = {name.removeprefix("The ") for name in re.findall(pattern, text)}
    return found.pop() if len(found) == 1 else f"the {noun}"
