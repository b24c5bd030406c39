"""Outlets that a question asks for and the index does not have: "a Reuters report"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from groundwire.retrieve.outlets import Outlets

_WORD = r"(?:[A-Z0-9][\w.&]*(?:[’'-][A-Z]\w*)*)"
_NAME = rf"(?P<name>(?:[Tt]he\s)?{_WORD}(?:\s(?:of\s(?:the\s)?)?{_WORD}){{0,4}})"
_PIECE = r"(?:articles?|stor(?:y|ies)|pieces?|coverage|editorials?|columns?|reviews?|interviews?)"
_QUOTE = r"['\"‘“’”]?"

_WROTE = re.compile(rf"\b(?:an?|another|the)\s{_QUOTE}{_NAME}{_QUOTE}(?:['’]s)?\s{_PIECE}\b")
_REPORT = re.compile(
    rf"\b(?:an?|another|the)\s{_QUOTE}{_NAME}{_QUOTE}(?:['’]s)?\s(?P<noun>report|analysis)\b"
)
_FROM = re.compile(
    rf"\b(?:{_PIECE}|reports?|analysis|reporting|updates?)\s(?:from|by|in|of)\s{_QUOTE}{_NAME}"
    rf"|\b(?i:according\sto|as\sper|(?:reported|published|covered|noted|described)\s(?:by|in))\s"
    rf"{_QUOTE}{_NAME.replace('name', 'other')}"
)
_OUTLET = re.compile(
    r"\b(?:News|Post|Times|Journal|Tribune|Herald|Gazette|Magazine|Press|Wire|Daily|Weekly|Review"
    r"|Standard|Guardian|Telegraph|Observer|Chronicle|Globe|Mail|Mirror|Monitor|Bulletin|Courier"
    r"|Dispatch|Radio|TV|Television|Today|Insider|Illustrated|Street|Reuters|Bloomberg|BBC|CNN"
    r"|CNBC|CNET|ESPN|NPR|AFP|Politico|Axios|Forbes|Fortune|Economist|Xinhua|Yonhap|Kyodo)\b"
)
_LOWER = re.compile(r"^(?:the|The)\s")


def unindexed_outlets(
    question: str, outlets: Outlets, stands: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return the outlets that a question asks for and no document is from, in its own words.

    A name counts where a piece of journalism is called by it ("the Reuters story"); in a looser
    place, such as after "according to" or before "report", only if it sounds like an outlet's,
    for people make statements and reports too.

    Args:
        question: What is asked.
        outlets: The outlets of the index.
        stands: Whether a document holds some words next to each other: what documents call "the
            Reuters report" themselves is their topic.
    """
    known = [named.span for named in outlets.find(question)]
    found = (
        _LOWER.sub("", name)
        for start, end, name in _asked_for(question, stands)
        if not any(start < span.end and span.start < end for span in known)
    )
    return tuple(dict.fromkeys(found))


def _asked_for(question: str, stands: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """Yield where an outlet may be asked for, and its name."""
    for match in _WROTE.finditer(question):
        yield *match.span("name"), match["name"]
    for match in _REPORT.finditer(question):
        if _OUTLET.search(match["name"]) and not stands(f"{match['name']} {match['noun']}"):
            yield *match.span("name"), match["name"]
    for match in _FROM.finditer(question):
        group = "name" if match["name"] else "other"
        if _OUTLET.search(match[group]):
            yield *match.span(group), match[group]
