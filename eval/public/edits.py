"""Copies made from articles by the edits that newsrooms make, seeded and documented.

An edit never touches a figure or a name of what it keeps. What it adds comes from another story, so
that a copy has something in common with an article that it is no copy of.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from groundwire.text.paragraphs import paragraphs
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

_OUTLETS = ("Harbour Wire", "The Meridian Post", "Northgate Times", "Solent Broadcasting")
_LATEST = 4
"""Days after its original on which a copy may appear."""
_DROPPED, _ADDED, _REWORDED = 0.15, 0.08, 0.6
"""Share of sentences that a rewording drops, those after which it adds one, and of paragraphs."""
_SYNONYMS = """
said:stated about:roughly also:too many:numerous big:large large:sizeable show:display
shows:displays help:assist helped:assisted buy:purchase bought:purchased begin:start
began:started start:begin started:began end:finish ended:finished got:received get:obtain
make:produce made:produced use:employ used:employed using:employing need:require
needs:requires but:yet however:still while:whereas because:since although:though
company:firm companies:firms people:persons children:youngsters money:cash
new:fresh old:former important:key difficult:hard quickly:fast
recently:lately currently:now previously:before several:multiple various:different
likely:probably told:informed asked:requested announced:declared
according:going believe:think believes:thinks think:believe thinks:believes
game:match players:athletes team:side season:campaign great:excellent good:fine
very:highly really:truly often:frequently usually:normally include:feature
includes:features including:featuring give:provide gives:provides given:provided
keep:retain kept:retained want:wish wants:wishes after:following before:ahead
during:throughout between:among around:near across:throughout offer:provide
offers:provides biggest:largest best:finest every:each entire:whole
"""
"""Word and what it is replaced by; neither figures nor names are among them."""
_REPLACED = 0.8
"""Share of these words that are replaced."""
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Article:
    """An article, or a copy made from one.

    Attributes:
        path: Its file's name.
        title: Its headline.
        source: Its outlet.
        published: Its day.
        body: Its paragraphs, parted by empty lines.
        original: The article that it was made from; empty for one of the set.
        edit: What was done to it; empty for one of the set.
    """

    path: str
    title: str
    source: str
    published: date
    body: str
    original: str = ""
    edit: str = ""


def make_copies(articles: Sequence[Article], count: int, seed: int) -> tuple[Article, ...]:
    """Return copies of articles, each sort of edit as often, some articles copied several times.

    Every copy has another headline, outlet and day than its original.
    """
    made: list[Article] = []
    for number in range(count):
        chance = random.Random(f"{seed} {number}")  # noqa: S311 -- repeatable, nothing is secret
        source, other = chance.sample(articles, 2)
        edit = tuple(EDITS)[number % len(EDITS)]
        made.append(
            Article(
                path=f"copy-{number:03d}.md",
                title=f"{_reworded(source.title, chance)}, agency reports",
                source=chance.choice([name for name in _OUTLETS if name != source.source]),
                published=source.published + timedelta(days=chance.randint(0, _LATEST)),
                body=EDITS[edit](source.body, other.body, chance),
                original=source.path,
                edit=edit,
            )
        )
    return tuple(made)


def _whole(text: str, _other: str, _chance: random.Random) -> str:
    return text


def _cut(text: str, _other: str, chance: random.Random) -> str:
    """Keep 40 to 60 % of the paragraphs, any of them, in their order."""
    found = paragraphs(text)
    kept = max(1, round(chance.uniform(0.4, 0.6) * len(found)))
    return _joined(span.of(text) for span in sorted(chance.sample(found, kept)))


def _reword(text: str, other: str, chance: random.Random) -> str:
    """In most paragraphs replace words, drop sentences and add some of another story."""
    added = [span.of(other) for span in sentences(other)]
    made = []
    for span in paragraphs(text):
        if chance.random() >= _REWORDED:
            made.append(span.of(text))
            continue
        kept = []
        for sentence in sentences(text, span):
            if chance.random() >= _DROPPED:
                kept.append(_reworded(sentence.of(text), chance))
            if chance.random() < _ADDED:
                kept.append(chance.choice(added))
        made.append(" ".join(kept))
    return _joined(made) or text


def _truncate(text: str, _other: str, chance: random.Random) -> str:
    """Keep the first 25 to 60 % of the words, ending in the middle of a sentence."""
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    return text[: ends[round(chance.uniform(0.25, 0.6) * (len(ends) - 1))]] + " ..."


def _quote(text: str, other: str, chance: random.Random) -> str:
    """Put the longest paragraphs of another story somewhere inside, as if quoted."""
    found = [span.of(text) for span in paragraphs(text)]
    longest = sorted(paragraphs(other), key=lambda span: span.start - span.end)[:2]
    for span in longest:
        found.insert(chance.randint(1, len(found)), f"“{span.of(other)}”")
    return _joined(found)


def _mix(text: str, other: str, chance: random.Random) -> str:
    return _quote(_reword(_cut(text, other, chance), other, chance), other, chance)


def _reworded(text: str, chance: random.Random) -> str:
    replacements = dict(pair.split(":") for pair in _SYNONYMS.split())

    def replaced(match: re.Match[str]) -> str:
        word = match.group()
        return replacements.get(word, word) if chance.random() < _REPLACED else word

    return _WORD.sub(replaced, text)


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)


EDITS: dict[str, Callable[[str, str, random.Random], str]] = {
    "re-headlined": _whole,
    "cut": _cut,
    "reworded": _reword,
    "truncated": _truncate,
    "quoting": _quote,
    "mixed": _mix,
}
"""By name what is done to a text, given the text of another story."""
