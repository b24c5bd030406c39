"""What a sentence leaves open in a summary, and the words of its document that say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.text.glosses import Around, may_lean, refer
from groundwire.text.standing import dangles

if TYPE_CHECKING:
    from groundwire.retrieve.accounts import Account
    from groundwire.summarize.hygiene import Candidate
    from groundwire.text.glosses import Reference

_KNOWN = 12_000
"""Characters of a document, around a sentence, that are read for the names of people."""

_GOES_ON = re.compile(
    r"(?:And|Or|So|Then|Also|Thus|Moreover|Furthermore|Besides|Additionally|Consequently"
    r"|Accordingly|In addition|Even so|Another|Others|Here)\b"
)

_CAPITAL_INSIDE = re.compile(r"[a-z,]\s[A-Z]")
_LEAST_CAPITALS = 0.01
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?|(?:``|‘)[^”’]*?(?:''|’(?!\w))")
_PRONOUN = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
_SPEAKS = re.compile(
    r"\b(?:he|she)\s(?:said|says|added|adds|told|tells|wrote|asked|explained|continued|insisted"
    r"|replied|recalled|warned|argued|admitted|joked|tweeted)\b"
)
_LEADS_IN = re.compile(
    r"(?:In|After|Before|While|When|As|Despite|With|During|At|On|For|By|Since|Although|Though|If"
    r"|Until|Once|Because|Like|Unlike|Besides|Speaking|Asked|Last|Next|Earlier|Later)\b"
)
_SUBJECT_WORDS = 5


class Referring:
    """Says what the candidates of one document lean on; what was found once is kept."""

    def __init__(self, account: Account) -> None:
        """Keep the document."""
        text = account.document.text
        self._account = account
        self._alone: dict[int, Reference] = {}
        capitals = len(_CAPITAL_INSIDE.findall(text))
        # Without capitals no name is seen, and every "he" would seem to lean on somebody.
        self._has_names = capitals >= _LEAST_CAPITALS * text.count(" ")

    def stands(self, candidate: Candidate) -> bool:
        """Return whether a sentence can stand with nothing before it, if need be by a gloss."""
        if _GOES_ON.match(candidate.text):
            return False
        if not self._has_names:
            return not candidate.dangles
        if not may_lean(candidate.text) or _has_a_subject(candidate):
            return True
        return not self.alone(candidate).is_open

    def alone(self, candidate: Candidate) -> Reference:
        """Return what a sentence leaves open if nothing is shown before it."""
        if candidate.at not in self._alone:
            self._alone[candidate.at] = self._refer(candidate, "", "")
        return self._alone[candidate.at]

    def gloss(self, candidate: Candidate, shown: str, said: str) -> str:
        """Return the words that say what a sentence leaves open; empty where it leaves nothing.

        Args:
            candidate: The sentence.
            shown: Sentences of its document that are shown right before it.
            said: All that the summary says before it: a full name in it is not said again.
        """
        return self._refer(candidate, shown, said).gloss

    def _refer(self, candidate: Candidate, shown: str, said: str) -> Reference:
        document = self._account.document
        start = candidate.span.start
        first = max(0, start - _KNOWN)
        before = document.text[first:start]
        known = document.text[first : max(_KNOWN, start + _KNOWN // 4)]
        around = Around(before, f"{document.title}.\n\n{known}", said, shown)
        return refer(candidate.text, around)


def _has_a_subject(candidate: Candidate) -> bool:
    """Return whether "he" in a sentence comes late enough to mean what the sentence opens with."""
    plain = _QUOTED.sub(" ", candidate.text)
    pronoun = _PRONOUN.search(plain)
    if pronoun is None or candidate.dangles or _LEADS_IN.match(plain) or _SPEAKS.search(plain):
        return False
    return len(plain[: pronoun.start()].split()) >= _SUBJECT_WORDS and not dangles(plain)
