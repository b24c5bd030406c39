"""Whom somebody names as the speaker of a quotation, as it is typed beside it."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from groundwire.text.names import names
from groundwire.text.speech import attributions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.compare.quotes.marks import Quoted

_HOLD = '"words,"'
_LONGEST = 12
_DASH = "-\u2013\u2014\u2015"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WHEN = re.compile(
    rf",?\s*\(?\b(?:on\s)?(?:\d{{1,2}}\.?(?:st|nd|rd|th)?\s{_MONTH}(?:,?\s\d{{4}})?"
    rf"|{_MONTH}\s\d{{1,2}}(?:,?\s\d{{4}})?|{_MONTH}\s\d{{4}}|\d{{4}}-\d\d-\d\d"
    r"|(?:last\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d{4}|yesterday|today)\)?$"
)
_OTHER_VERBS = (
    "called|calls|described|describes|asked|asks|declared|declares|joked|shouted|put it|puts it"
    "|spoke of|has spoken of|speaks of|thanked|referred|cried|continued|went on|wrote|writes"
    "|tells|says|said|told|relied|answered|wondered"
)
_BEFORE = re.compile(
    rf"^(?:and\s|but\s|as\s|when\s)?(?P<speaker>[^,;:.]{{2,80}}?(?:,\s[^,;:]{{2,80}},)?)\s+"
    rf"(?:(?:has|had|have|also|once|then|later)\s){{0,2}}(?:{_OTHER_VERBS})\b"
)
_IN_WORDS = re.compile(
    r"\bin (?:the words of (?P<of>[^,;:]{2,60})|(?P<s>[^,;:]{2,60})[’']s? words)", re.IGNORECASE
)
_AFTER_VERB = re.compile(
    r"^[\s,.]*(?:said|says|wrote|writes|asked|added|declared|according to|told)\s"
    r"(?P<speaker>[^;:]{2,90}?)[.!?\s]*$"
)
_BY = re.compile(rf"^[\s,.]*(?:[{_DASH}(]+|by\s)\s*(?P<speaker>[^;:]{{2,90}}?)[.)\s]*$")
_COLON = re.compile(r"^(?P<speaker>[^:]{2,90}):\s*$")
_LINE_COLON = re.compile(r"^(?P<speaker>[^:.!?]{2,60}):\s+(?P<rest>\S.*)$")
_LINE_DASH = re.compile(
    rf"^(?P<rest>.*\S)(?:\s+[{_DASH}]{{1,2}}\s*|\s*\()(?P<speaker>[^.!?()]{{2,60}}?)[.)\s]*$"
)
_LINE_SAID = re.compile(
    r"^(?P<rest>.*\S),\s(?:(?:said|says)\s(?P<speaker>[^.!?]{2,60})"
    r"|according\sto\s(?P<by>[^.!?]{2,60})|(?P<first>[A-Z][^.!?,]{1,50})\s(?:said|says))\.?$"
)
_LINE_OPENS = re.compile(
    r"^(?:[Aa]ccording to (?P<by>[^,]{2,60}),|(?P<speaker>[A-Z][^,.:]{1,60}?)\s(?:said|says)[,:])"
    r"\s(?P<rest>\S.*)$"
)
_SAYING = re.compile(
    r"[\s,]*\b(?:said|says|say|told|tells|added|wrote|writes|warned|asked|replied|stated|insisted"
    r"|explained|argued|announced|that|once|recently|famously|quoted as saying|is|was|has|had)$"
)
_APPOSED = re.compile(r",\s(?:[A-Z][\w’'-]+)(?:\s[A-Z][\w’'-]+){0,3}(?=\s*[,.]|$)")
_PRONOUN = re.compile(
    r"(?:he|she|they|it|we|i|you|who|someone|somebody|anyone|one)(?:\s.*)?", re.IGNORECASE
)


def claimed_speaker(text: str, stretches: Sequence[Quoted]) -> str:
    """Return whom the words around marked quotations name as speaker; empty if nobody.

    A pronoun is nobody: it names no one that could be held against a document.
    """
    frame = _frame(text, stretches)
    for one in attributions(frame):
        named = _APPOSED.match(frame, one.speaker.end)
        speaker = _clean(frame[one.speaker.start : named.end() if named else one.speaker.end])
        if speaker:
            return speaker
    before = text[: stretches[0].outer.start].strip()
    after = text[stretches[-1].outer.end :].strip()
    gaps = (text[a.outer.end : b.outer.start] for a, b in _pairs(stretches))
    shapes = (
        *((_COLON, before), (_IN_WORDS, before), (_BEFORE, before)),
        *((_AFTER_VERB, each) for each in (after, *gaps)),
        *((_BY, _WHEN.sub("", after.rstrip(". )"))), (_IN_WORDS, after), (_BEFORE, after)),
        *((_BEFORE, text[a.outer.end : b.outer.start].strip(" ,")) for a, b in _pairs(stretches)),
    )
    for shape, part in shapes:
        match = shape.search(part)
        groups = [group for group in match.groupdict().values() if group] if match else []
        speaker = _clean(groups[0]) if groups else ""
        if speaker:
            return speaker
    return _only_a_name(before) or _only_a_name(after)


def speaker_alone(text: str) -> Iterator[tuple[str, str]]:
    """Yield quotation and speaker where a text without marks may hold both."""
    for shape in (_LINE_COLON, _LINE_SAID, _LINE_OPENS, _LINE_DASH):
        match = shape.match(text)
        if match is None:
            continue
        groups = match.groupdict()
        named = next(value for key, value in groups.items() if key != "rest" and value)
        speaker = _clean(named)
        if speaker and (shape is not _LINE_DASH or names(speaker)):
            yield groups["rest"], speaker


def _frame(text: str, stretches: Sequence[Quoted]) -> str:
    """Return the text with a fixed word for each quotation, as attributions are read from it."""
    parts: list[str] = []
    last = 0
    for stretch in stretches:
        parts += (text[last : stretch.outer.start].replace(":", ","), _HOLD)
        last = stretch.outer.end
    frame = "".join([*parts, text[last:]]).strip()
    return frame if frame.endswith((".", "!", "?")) else f"{frame}."


def _clean(speaker: str) -> str:
    """Return a speaker without the words around the name; empty if it is a pronoun or too long."""
    plain = _WHEN.sub("", speaker.strip(" ,.;:()\"'“”‘’")).strip(" ,")
    while (shorter := _SAYING.sub("", plain)) != plain:
        plain = shorter
    if not plain or _PRONOUN.fullmatch(plain) or len(plain.split()) > _LONGEST:
        return ""
    return plain


def _only_a_name(part: str) -> str:
    """Return what stands beside a quotation if it is a name, a day apart: "Kim, 12 June"."""
    plain = _clean(part.strip(f" {_DASH}"))
    first = plain.split(",")[0]
    return plain if first and " ".join(names(first)[:1]) == first else ""


def _pairs(stretches: Sequence[Quoted]) -> Iterator[tuple[Quoted, Quoted]]:
    return itertools.pairwise(stretches)
