"""Acronyms of a question that no document has, as the names that documents have."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from groundwire.domain.retrieval import EVERYTHING
from groundwire.text.tokens import STOPWORDS, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.index.snapshot import Snapshot

_ACRONYM = re.compile(r"(?<![\w.’'-])(?:[A-Z]{2,6}|(?:[A-Z]\.){2,6})(?![\w-])")
_KNOWN = {
    "BOE": "Bank of England",
    "DMZ": "demilitarised zone|demilitarized zone",
    "DPRK": "Democratic People's Republic of Korea|North Korea",
    "ECB": "European Central Bank",
    "EHT": "Event Horizon Telescope",
    "ESA": "European Space Agency",
    "EU": "European Union",
    "FBI": "Federal Bureau of Investigation",
    "FED": "Federal Reserve",
    "HK": "Hong Kong",
    "IAEA": "International Atomic Energy Agency",
    "ICC": "International Criminal Court",
    "IEA": "International Energy Agency",
    "ILO": "International Labour Organization",
    "IMF": "International Monetary Fund",
    "IMO": "International Maritime Organization",
    "IPCC": "Intergovernmental Panel on Climate Change",
    "JCS": "Joint Chiefs of Staff",
    "KCNA": "Korean Central News Agency",
    "NATO": "North Atlantic Treaty Organization",
    "NHS": "National Health Service",
    "NK": "North Korea",
    "NSA": "National Security Agency",
    "OECD": "Organisation for Economic Co-operation and Development",
    "PLA": "People's Liberation Army",
    "PM": "prime minister",
    "PRC": "People's Republic of China|China",
    "ROK": "Republic of Korea|South Korea",
    "SCA": "Suez Canal Authority",
    "SCMP": "South China Morning Post",
    "SK": "South Korea",
    "UAE": "United Arab Emirates",
    "UK": "United Kingdom|Britain",
    "UN": "United Nations",
    "UNGA": "UN General Assembly|United Nations General Assembly|General Assembly",
    "UNSC": "UN Security Council|United Nations Security Council|Security Council",
    "US": "United States|America",
    "USA": "United States|America",
    "USTR": "United States Trade Representative|US Trade Representative|Trade Representative",
    "WFP": "World Food Programme",
    "WH": "White House",
    "WHO": "World Health Organization|World Health Organisation",
    "WTO": "World Trade Organization|World Trade Organisation",
}
"""What acronyms of the news stand for, the fullest form first."""

_SHORTEST = 3
_SMALL = re.compile(
    rf"\b(?:{'|'.join(each.casefold() for each in _KNOWN if len(each) >= _SHORTEST)})\b"
)
"""Those that people type in small letters too; "us" and "pm" are words."""

_READ = 20
"""Passages in which the name behind an unknown acronym is looked for."""
_LOOKED_UP = 24
"""Acronyms of a question that are looked up: a pasted text may have thousands."""

_NAME_WORD = r"[A-Z][\w’'-]+"
_NAME = re.compile(
    rf"\b{_NAME_WORD}(?:\s(?:(?:of|for|on|and|the|in)\s){{0,2}}{_NAME_WORD}){{1,5}}\b"
)


def expanded(question: str, snapshot: Snapshot) -> str:
    """Return a question with the acronyms that no document has as the names that one has.

    A name is taken from a small list of those in every newspaper, and then from the passages that
    have the question's other words: one whose words begin with the letters of the acronym.

    Args:
        question: What is asked.
        snapshot: Where names are looked up.
    """
    pattern = _SMALL if question.islower() else _ACRONYM
    for match in tuple(islice(pattern.finditer(question), _LOOKED_UP))[::-1]:
        acronym = match.group().replace(".", "").upper()
        if snapshot.contains_phrase(match.group()) or snapshot.frequencies((acronym,))[acronym]:
            continue
        name = next(_named(acronym, question, snapshot), "")
        if name:
            question = f"{question[: match.start()]}{name}{question[match.end() :]}"
    return question


def _named(acronym: str, question: str, snapshot: Snapshot) -> Iterator[str]:
    """Yield the names of the documents that an acronym may stand for, the likeliest first."""
    for name in _KNOWN.get(acronym, "").split("|"):
        if name and snapshot.contains_phrase(name):
            yield name
    terms = [word for word in dict.fromkeys(words(question)) if word not in STOPWORDS]
    ids = [passage for passage, _ in snapshot.lexical(terms, top_k=_READ, scope=EVERYTHING)]
    for passage, _ in snapshot.passages(ids):
        for name in _NAME.findall(passage.text):
            bare = name.removeprefix("The ")
            if _begins(bare, acronym):
                yield bare


def _begins(name: str, acronym: str) -> bool:
    """Return whether the capitals of a name are the letters of an acronym."""
    return "".join(word[0] for word in name.split() if word[0].isupper()) == acronym
