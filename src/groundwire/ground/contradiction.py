"""Contradiction: a source sentence on the same thing that says another value, or denies it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.ground.attribution import turned
from groundwire.text.speech import negations
from groundwire.text.tokens import content_words, names
from groundwire.text.values import missing, values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from groundwire.ground.windows import Window
    from groundwire.text.values import Value

_SAME_TOPIC = 0.8
_IN_SENTENCE = 0.6
_LEAST_WORDS, _MOST_WORDS = 3, 40
_COUNTED = 2
_AGE = re.compile(r"[\s-]*old\b")


def contradictions(sentence: str, window: Window) -> tuple[tuple[str, ...], float]:
    """Return in words how a source sentence contradicts a claim, and how much they share.

    Nearly all words of the claim besides its values must be in the sentence, and all its names;
    some of them may be in the document's title instead. Another value contradicts only if it is
    of the same kind and counts the same thing, and only if the claim's own value is nowhere in
    the sentence. Of claim and sentence, only one may negate at all.

    Returns:
        The reasons, empty if it does not, and the share of the claim's words that it has.
    """
    published, title = window.hit.document.published, window.hit.document.title
    claimed, given = values(sentence, published), values(window.text, published)
    topic = frozenset(content_words(_without(sentence, claimed)))
    own = frozenset(content_words(window.text))
    shared = len(topic & (own | frozenset(content_words(title)))) / max(len(topic), 1)
    in_sentence = len(topic & own) / max(len(topic), 1)
    comparable = len(topic) >= _LEAST_WORDS and len(own) <= _MOST_WORDS
    there = own | frozenset(content_words(title))
    named = all(there.issuperset(content_words(name)) for name in names(sentence))
    if not (comparable and named) or shared < _SAME_TOPIC or in_sentence < _IN_SENTENCE:
        return (), shared
    lacking = missing(claimed, given)
    if not lacking:
        one_denies = bool(negations(sentence)) != bool(negations(window.text))
        return (turned(sentence, window.text) if one_denies else ()), shared
    rivals = [_rivals(value, sentence, missing(given, claimed), window.text) for value in lacking]
    if not all(rivals):
        return (), shared
    return tuple(
        f"the source says {other.span.of(window.text)}, not {value.span.of(sentence)}"
        for value, others in zip(lacking, rivals, strict=True)
        for other in others[:1]
    ), shared


def _rivals(value: Value, sentence: str, given: Iterable[Value], source: str) -> list[Value]:
    """Return the values of the source that stand where the claim has another one."""
    return [
        other
        for other in given
        if other.kind == value.kind
        and _unit(other) == _unit(value)
        and _counts_the_same(value, sentence, other, source)
    ]


def _unit(value: Value) -> str:
    """Return what a canonical value is of: the currency of money, the unit of a quantity."""
    parts = value.canonical.split(":")
    return parts[-1] if value.kind in {"money", "quantity"} else ""


def _counts_the_same(value: Value, sentence: str, other: Value, source: str) -> bool:
    """Return whether the same word follows two plain numbers, or both or neither are ages."""
    after, there = sentence[value.span.end :], source[other.span.end :]
    if value.kind not in {"number", "ordinal"}:
        return bool(_AGE.match(after)) == bool(_AGE.match(there))
    counted, given = content_words(after)[:_COUNTED], content_words(there)[:_COUNTED]
    return bool(set(counted[:1]) & set(given) or set(given[:1]) & set(counted))


def _without(text: str, found: Iterable[Value]) -> str:
    """Return a text with its values blanked out."""
    for value in found:
        text = text[: value.span.start] + " " * len(value.span) + text[value.span.end :]
    return text
