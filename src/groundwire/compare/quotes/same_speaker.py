"""Whether the speaker that somebody names is the one that a document names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from groundwire.text.lexicon import STOPWORDS, TITLES
from groundwire.text.names import names
from groundwire.text.people import cast_of
from groundwire.text.tokens import content_words, words

if TYPE_CHECKING:
    from groundwire.compare.quotes.speakers import Speaker

_TITLES = frozenset(title.casefold() for title in TITLES) | {
    *("councillor", "cllr", "lord", "lady", "dame", "king", "queen", "prince", "princess", "pope"),
    *("leader", "spokesman", "prime", "the", "minister"),
}
_SHORTEST_MISSPELT = 3
_REACH = 90
_CHUNK_END = re.compile(r"[,;:.!?\"“”()]")
_PARTS = re.compile(r",\s*")
_ARTICLE = re.compile(r"(?:the|an?|its|their|his|her|one)\s", re.IGNORECASE)
_AFTER_OF = re.compile(r"\b(?:of|for|at|from|in|with)\s(?:the\s)?$")


def same_speaker(claimed: str, speaker: Speaker, text: str) -> bool | None:
    """Return whether a claimed speaker is a document's; None if the document does not tell.

    A surname stands for its full name, a title or an office for whom the document gives it to,
    and one letter may be misspelt. "Kim Jong Nam" is not "Kim Jong Un".

    Args:
        claimed: The speaker as typed.
        speaker: The speaker as the document has it.
        text: The document's text, or what is around the words.
    """
    theirs = _name(speaker.phrase) or _name(speaker.name)
    ours = _name(claimed)
    if ours and theirs:
        return _alike(ours, theirs)
    if ours:
        return _is_known_as(ours, speaker.phrase, text)
    if theirs:
        return _holds_office(claimed, theirs, text)
    wanted, has = set(content_words(claimed)), set(content_words(speaker.phrase))
    if not wanted or not has:
        return None
    return wanted <= has or has <= wanted


def outlet_is(claimed: str, source: str) -> bool:
    """Return whether what is named as the speaker is the outlet of a document."""
    wanted, outlet = set(words(claimed)) - {"the"}, set(words(source)) - {"the"}
    return bool(wanted and outlet) and (outlet <= wanted or wanted == outlet)


def _name(phrase: str) -> tuple[str, ...]:
    """Return the words of the name in a phrase; none if the phrase only describes somebody."""
    for part in _PARTS.split(phrase):
        found = _name_of_part(part.strip())
        if found:
            return found
    return ()


def _name_of_part(part: str) -> tuple[str, ...]:
    for name in names(f"so {part}"):
        before, _, after = part.partition(name)
        if re.match(r"\s[a-z]", after) and not re.match(r"\s(?:of|from|in|at|for)\s", after):
            continue  # "North Korean leader", "the Harbour Wire reporter"
        if after.startswith(("'s", "’s")) or _AFTER_OF.search(before):
            continue
        kept = tuple(word for word in words(name) if word not in _TITLES)
        if kept:
            return kept
    return ()


def _alike(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Return whether two names may be one person's: one holds the other, one letter aside."""
    shorter, longer = sorted((left, right), key=len)
    rest = list(longer)
    same = 0
    for word in shorter:
        match = next((each for each in rest if each == word), None)
        same += match is not None
        match = match or next((each for each in rest if _nearly(word, each)), None)
        if match is None:
            return False
        rest.remove(match)
    return same > 0 or len(shorter) == 1


def _nearly(left: str, right: str) -> bool:
    """Return whether two words of a name differ by one letter, or one is the other's initial."""
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    if min(len(left), len(right)) < _SHORTEST_MISSPELT or abs(len(left) - len(right)) > 1:
        return False
    if len(left) == len(right):
        return sum(a != b for a, b in zip(left, right, strict=True)) == 1
    shorter, longer = sorted((left, right), key=len)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _is_known_as(name: tuple[str, ...], description: str, text: str) -> bool:
    """Return whether a document says of a person what it calls its speaker."""
    wanted = set(content_words(description))
    return any(
        wanted <= _offices(full, text) for full in _people(text) if _alike(name, _folded(full))
    )


def _holds_office(claimed: str, name: tuple[str, ...], text: str) -> bool | None:
    """Return whether a description fits a person; None if the document describes nobody so."""
    if set(words(claimed)) & set(name):
        return True
    wanted = set(content_words(_ARTICLE.sub("", claimed)))
    own: set[str] = set()
    for full in _people(text):
        offices = _offices(full, text)
        if _alike(name, _folded(full)):
            own |= offices
        elif wanted and wanted <= offices:
            return bool(wanted <= own) if own else False
    if not wanted or not own:
        return None
    return bool(wanted & own)


def _folded(name: str) -> tuple[str, ...]:
    return tuple(word for word in words(name) if word not in _TITLES)


def _people(text: str) -> tuple[str, ...]:
    found = cast_of(text).mentions(text)
    return tuple(dict.fromkeys(m.full for m in found if m.is_person is not False))


@lru_cache(maxsize=512)
def _offices(name: str, text: str) -> frozenset[str]:
    """Return the stems of what a text says right beside a name: "mayor", "retired pilot"."""
    found: set[str] = set()
    for form in dict.fromkeys((name, name.rsplit(maxsplit=1)[-1])):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            before = text[max(0, match.start() - _REACH) : match.start()]
            after = text[match.end() : match.end() + _REACH]
            chunks = _CHUNK_END.split(before.rstrip(" ,"))
            found |= set(content_words(chunks[-1]))
            if re.match(r",\s", after):
                parts = _CHUNK_END.split(after[2:])
                found |= set(
                    content_words(" ".join(parts[:2] if parts[0].isdigit() else parts[:1]))
                )
    return frozenset(found - STOPWORDS)
