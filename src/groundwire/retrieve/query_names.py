"""The capitals of a question that is typed without any."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from groundwire.domain.retrieval import EVERYTHING
from groundwire.text.tokens import STOPWORDS, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from groundwire.index.snapshot import Snapshot

_WORD = re.compile(r"[^\W\d_]+")
_OPENS = re.compile(r"(?:^|[.!?:;\n\"“‘(])\s*$")
"""What stands before a word that has a capital only because it opens a sentence."""

_BEFORE_NAME = re.compile(r"\b([a-z]{3,}) ([A-Z][a-z]+)")
_OFTEN = 3
"""A word is a name if documents write it with a capital this many times as often as without."""

_READ = 8
"""Passages in which it is seen whether a word has a capital."""


def with_capitals(question: str, snapshot: Snapshot) -> str:
    """Return a question in small letters with the capitals that documents give its words.

    Args:
        question: What is asked.
        snapshot: Where the passages that have most of its words are read.
    """
    terms = tuple(dict.fromkeys(w for w in words(question) if w not in STOPWORDS))
    ids = [passage for passage, _ in snapshot.lexical(terms, top_k=_READ, scope=EVERYTHING)]
    texts = [passage.text for passage, _ in snapshot.passages(ids)] if ids else []
    forms = _forms(texts, terms)

    def joined(match: re.Match[str]) -> str:
        name = f"{match[1].capitalize()} {match[2]}"
        return name if any(name in text for text in texts) else match.group()

    # "Ever" is a word of a name only right before the rest of it.
    named = _WORD.sub(lambda match: _as_written(match.group(), forms), question)
    return _BEFORE_NAME.sub(joined, named)


def _forms(texts: Iterable[str], terms: Iterable[str]) -> dict[str, Counter[str]]:
    """Return how often some words stand in which form inside the sentences of some texts."""
    wanted = re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b", re.IGNORECASE)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for match in wanted.finditer(text):
            word, start = match.group(), match.start()
            if word.islower() or not _OPENS.search(text, max(0, start - 3), start):
                found[word.casefold()][word] += 1
    return found


def _as_written(word: str, forms: dict[str, Counter[str]]) -> str:
    """Return a word as documents write it if that is with a capital nearly always."""
    seen = forms.get(word)
    if not seen or word in STOPWORDS:
        return word
    capital = {form: count for form, count in seen.items() if form != word}
    if sum(capital.values()) <= _OFTEN * seen[word]:
        return word
    return max(capital, key=lambda form: capital[form])
