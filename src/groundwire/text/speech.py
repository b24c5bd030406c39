"""Who is said to have said it, how sure they were, and what is denied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from groundwire.domain.spans import Span
from groundwire.text.marks import APOSTROPHES

_SAY = "said|says|say|told|tells|added|adds|stated"
_REPORT = (
    "accepts|accepted|accuses|accused|acknowledges|acknowledged|admits|admitted|agrees|agreed"
    "|alleges|alleged|announces|announced|argues|argued|believes|believed|claims|claimed"
    "|complains|complained|concludes|concluded|confirms|confirmed|contends|contended|denies|denied"
    "|doubts|doubted|estimates|estimated|expects|explains|explained|fears|feared|finds|hints|hinted"
    "|hopes|hoped|insists|insisted|maintains|maintained|notes|noted|predicts|predicted|promises"
    "|promised|recalled|remarked|replied|reported|reports|suggests|suggested|suspects|tweeted"
    "|vowed|warns|warned|writes|wrote|thinks|thought"
)
# White space is matched possessively: a page's columns leave runs of hundreds of blanks.
_VERB = rf"(?:(?:has|have|had|also|later|then)\s++){{0,2}}(?P<verb>{_SAY}|{_REPORT})\b"
_QUOTES = '\u201c\u201d"'
_SPEAKER = (
    rf"(?P<speaker>[^,;:{_QUOTES}]{{2,90}}?"
    rf"(?:,\s[^,;:{_QUOTES}]{{2,90}},)?)"
)
_WHEN_WHERE = (
    r"(?:\s++(?:on|in|at|to|during|after|before|later|yesterday|today|late|last|by|from|via)\b"
    rf"[^,;:{_QUOTES}]{{0,60}}?)?"
)
_TOLD = rf"(?:(?<=told)\s++[^,;:{_QUOTES}]{{2,40}}?)?"
_END = rf"(?=\s*+(?:[.,;:!?{_QUOTES}]|$))"
_AFTER = re.compile(
    rf"(?<=[,?!{_QUOTES}\u2019])\s++(?P<clause>(?:and\s++)?{_SPEAKER}\s++{_VERB}{_TOLD}{_WHEN_WHERE}){_END}",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    rf"(?:(?<=[{_QUOTES}])\s++(?P<clause>(?P<verb>{_SAY}|{_REPORT})\s++"
    rf"(?P<speaker>[^;:{_QUOTES}]{{2,90}}?))"
    rf"|(?<=,)\s(?P<plain>(?P<says>said|says)\s++(?P<name>(?-i:[A-Z])[^,;:{_QUOTES}]{{2,60}}?)))"
    rf"{_END}(?!,\s\w+(?:\s\w+){{0,5}},)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"{_VERB}"
    r"(?:(?<=told)\s++(?:them|him|her|us|me|reporters|journalists|state\smedia"
    r"|[^,;]{2,40}?\s(?=that\b)))?"
    r"(?:\s++(?:on|in)\s(?:[A-Z]\w+|a\s(?:written\s)?statement))?"
    rf"(?:,(?=\s*+[{_QUOTES}])|\s++that\b)?(?=\s++[\w{_QUOTES}$€£])"
)
_OUTSIDE_SPEAKER = re.compile(f"[{_QUOTES};]")
_LONGEST_SPEAKER = 140
_ACCORDING = re.compile(
    rf"(?P<clause>\b(?P<verb>according)\s+to\s+(?P<speaker>[^,;:{_QUOTES}.]{{2,90}}))",
    re.IGNORECASE,
)
_NOT_A_SUBJECT = re.compile(
    r"\b(?:who|which|that|to|and|or|but|what|as|than|be|is|are|was|were|been|where|when|while|by|of"
    r"|if|the|a|an|its|their|his|her|not|never|no|most|widely|about|third-party)$",
    re.IGNORECASE,
)
_OPEN_CLAUSE = re.compile(
    r"\b(?:who|whom|which|that|what|where|when|because|after|before|than|as|if|while)\b[^,]*$"
)
_NEGATION = re.compile(
    rf"\b(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|cannot|without|\w+n[{APOSTROPHES}]t"
    r"|hardly|barely|scarcely|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|reject(?:s|ed|ing)?"
    r"|fail(?:s|ed|ing)?\sto|far\sfrom|no\slonger|rul(?:e|es|ed|ing)\sout)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|would|should|can|perhaps|possibly|probably|presumably|potentially"
    r"|apparent(?:ly)?|appear(?:s|ed)?|seem(?:s|ed|ingly)?|likely|unlikely|alleged(?:ly)?"
    r"|reported(?:ly)?|supposed(?:ly)?|purported(?:ly)?|suspected|believed|rumoured|rumored|feared"
    r"|presumed|thought\sto|said\sto|claim(?:s|ed)?|expect(?:s|ed)?\sto|plan(?:s|ned|ning)?(?=\sto)"
    r"|hop(?:es|ed|ing)(?=\sto)|intend(?:s|ed)?(?=\sto)|aim(?:s|ed)?(?=\sto)|want(?:s|ed)?(?=\sto)"
    r"|threaten(?:s|ed)?(?=\sto)|offer(?:s|ed)?(?=\sto)|due(?=\sto)|propos(?:e|es|ed)|would-be"
    r"|estimat(?:e|es|ed)|unconfirmed|unverified|disputed|so-called)\b",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:will|shall|must|ought|need(?:s|ed)?(?=\sto)|ha(?:s|ve|d)(?=\sto)|going(?=\sto)|if|unless"
    r"|only|until|except|almost|nearly|about|around|some(?=\s\d)|roughly|approximately|at\sleast"
    r"|at\smost|up(?=\sto\s[\d$€£])|(?:more|less|fewer)(?=\sthan)|over(?=\s[\d$€£])|under(?=\s[\d$€£]))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    '[\u201c"](?P<double>[^\u201c\u201d"]+)[\u201d"]'
    "|(?<![\\w])[\u2018'](?P<single>[^\u2018\u2019']{2,}(?:[\u2019']\\w[^\u2018\u2019']*)*)[\u2019'](?!\\w)"
)
_SAME_CUE = frozenset(_SAY.split("|")) | {"according"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """A clause that says who said something.

    Attributes:
        clause: The clause with its "that", without the commas around it: "X said that".
        speaker: Who speaks, as written: a name, a title, a pronoun.
        cue: The reporting verb, or "according".
    """

    clause: Span
    speaker: Span
    cue: Span


@lru_cache(maxsize=2048)
def attributions(sentence: str) -> tuple[Attribution, ...]:
    """Return the clauses of one sentence that say who speaks, in order, none overlapping.

    Read are "X said (that) …", "…, X said", "…, said X", "… told Y" and "according to X", with the
    common reporting verbs, at the ends of a sentence and between commas. A reporting verb inside a
    relative clause ("who said") attributes that clause alone and is not returned.
    """
    found: list[Attribution] = []
    for shape in (_ACCORDING, _AFTER, _INVERTED):
        for match in shape.finditer(sentence):
            _take(match, found)
    if not found:
        found += _opening(sentence)
    return tuple(sorted(found, key=lambda one: one.clause))


def _opening(sentence: str) -> list[Attribution]:
    """Return the attribution that opens a sentence: "X said (that) …"."""
    start = len(sentence) - len(sentence.lstrip(f" {_QUOTES}"))
    for match in _BEFORE.finditer(sentence, start):
        speaker = sentence[start : match.start()].rstrip()
        if len(speaker) > _LONGEST_SPEAKER or _OUTSIDE_SPEAKER.search(speaker):
            break
        if speaker and not _no_speaker(speaker):
            clause = Span(start, match.end())
            cue = Span(*match.span("verb"))
            return [Attribution(clause, Span(start, start + len(speaker)), cue)]
    return []


def _no_speaker(words: str) -> bool:
    """Return whether words before a reporting verb are not, or not only, who speaks."""
    inside = _OPEN_CLAUSE.search(words, 1)
    return bool(inside or _NOT_A_SUBJECT.search(words))


def _take(match: re.Match[str], found: list[Attribution]) -> None:
    plain = match.groupdict().get("plain") is not None
    parts = ("plain", "name", "says") if plain else ("clause", "speaker", "verb")
    clause, speaker, cue = (Span(*match.span(part)) for part in parts)
    inside = _no_speaker(speaker.of(match.string).strip())
    if inside or any(clause.overlaps(other.clause) for other in found):
        return
    found.append(Attribution(clause, speaker, cue))


def same_cue(left: str, right: str) -> bool:
    """Return whether two reporting words report alike: "said", "told", "added", "according to".

    The others say more than that something was said ("admitted", "denied"): they are alike only in
    another tense.
    """
    left, right = left.casefold(), right.casefold()
    if left in _SAME_CUE and right in _SAME_CUE:
        return True
    return _base(left) == _base(right)


def negations(text: str) -> tuple[Span, ...]:
    """Return the words that negate, refuse or deny, in order."""
    return tuple(Span(*match.span()) for match in _NEGATION.finditer(text))


def hedges(text: str) -> tuple[Span, ...]:
    """Return the words that say that something is possible, alleged, believed or planned."""
    return tuple(Span(*match.span()) for match in _HEDGE.finditer(text) if not _is_month(match))


def limits(text: str) -> tuple[Span, ...]:
    """Return the words that bind or bound a statement: "will", "must", "if", "only", "about"."""
    return tuple(Span(*match.span()) for match in _MODAL.finditer(text))


def quotations(text: str) -> tuple[Span, ...]:
    """Return what stands between quotation marks, in order, without the marks."""
    return tuple(Span(*match.span(match.lastgroup or 0)) for match in _QUOTED.finditer(text))


def _base(verb: str) -> str:
    return {"wrote": "writ", "thought": "think"}.get(verb) or re.sub(r"(?:e?s|e?d|e)$", "", verb)


def _is_month(match: re.Match[str]) -> bool:
    return match.group() == "May" and bool(re.search(r"\w\s$|\d\s$", match.string[: match.start()]))
