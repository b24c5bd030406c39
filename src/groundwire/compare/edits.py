"""What was edited between two versions of one sentence, sorted by what it changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from groundwire.compare.wording import wording
from groundwire.domain.spans import Span
from groundwire.text.lexicon import STOPWORDS
from groundwire.text.marks import CLOSING_QUOTES, OPENING_QUOTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.compare.wording import Token
    from groundwire.domain.comparisons import ChangeKind

_BOUNDS = frozenset(
    {"about", "around", "nearly", "almost", "roughly", "some", "over", "under", "exactly"}
    | {"approximately", "than", "least", "most", "more", "less", "fewer", "up", "to", "at"}
)
_SHORT = 3
_FEW_WORDS = 8
_MARKS = OPENING_QUOTES
_CLOSING = re.compile(rf"[.,;:!?]?[{CLOSING_QUOTES}]")
_DOUBTFUL = 0.25


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit.

    Attributes:
        kind: What sort of change it is.
        left: The words that went, in the older sentence; None if none did.
        right: The words that came, in the newer one; None if none did.
    """

    kind: ChangeKind
    left: Span | None
    right: Span | None


def edits(left: str, right: str) -> tuple[Edit, ...]:
    """Return what was edited from one wording of a sentence, or of a few, to another, in order.

    Typography, capitals, punctuation and other ways to write a value are no edits. One edit
    of several kinds ("on 4 June" to "on 5 June, police said") is several.
    """
    old, new = wording(left), wording(right)
    found: list[Edit] = []
    for a, b, c, d in _runs(old, new):
        found += _sorted_out(old[a:b], new[c:d], (old[b : b + 1], new[d : d + 1]))
    found = _without_moves(found, left, right)
    return tuple(sorted([*found, *_requoted(old, new, left, right)], key=_place))


def _without_moves(found: Sequence[Edit], left: str, right: str) -> list[Edit]:
    """Return the edits but those that only move words, as in "X said …" to "…, X said"."""
    gone = {_words(each.left, left): each for each in found if each.left and not each.right}
    moved: list[Edit] = []
    for each in found:
        before = gone.get(_words(each.right, right)) if each.right and not each.left else None
        if before is not None:
            moved += (before, each)
    return [each for each in found if each not in moved]


def _words(span: Span, text: str) -> tuple[str, ...]:
    keys = (token.key for token in wording(span.of(text)))
    return tuple(key for key in keys if key not in {"that", "it"})


def _requoted(old: Sequence[Token], new: Sequence[Token], left: str, right: str) -> Iterator[Edit]:
    """Yield the few words that were put between quotation marks, or whose marks were taken."""
    matcher = SequenceMatcher(
        None, [token.key for token in old], [token.key for token in new], autojunk=False
    )
    for a, c, size in matcher.get_matching_blocks():
        pairs = zip(old[a : a + size], new[c : c + size], strict=True)
        for differs, run in groupby(pairs, lambda pair: pair[0].quoted != pair[1].quoted):
            sides = list(zip(*run, strict=True))
            if differs and len(sides[0]) <= _FEW_WORDS:
                spans = _span(sides[0]), _span(sides[1])
                yield Edit("quote", _with_marks(spans[0], left), _with_marks(spans[1], right))


def _with_marks(span: Span | None, text: str) -> Span | None:
    """Return a span with the quotation marks and the punctuation that close it in."""
    if span is None:
        return None
    opens = text[span.start - 1 : span.start] in _MARKS and span.start > 0
    closes = _CLOSING.match(text, span.end)
    return Span(span.start - opens, closes.end() if opens and closes else span.end)


def likeness(left: Sequence[Token], right: Sequence[Token]) -> float:
    """Return the share, from 0 to 1, of words in order that two sentences have in common."""
    keys = [token.key for token in left], [token.key for token in right]
    return SequenceMatcher(None, *keys, autojunk=False).ratio()


def _runs(old: Sequence[Token], new: Sequence[Token]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the runs that differ; two that only one small word parts are one."""
    matcher = SequenceMatcher(
        None, [token.key for token in old], [token.key for token in new], autojunk=False
    )
    last: tuple[int, int, int, int] | None = None
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        if last and _joins(old[last[1] : a]) and (a < b) + (c < d) + _sides(last) > _SHORT:
            last = (last[0], b, last[2], d)
            continue
        if last:
            yield last
        last = (a, b, c, d)
    if last:
        yield last


def _sides(run: tuple[int, int, int, int]) -> int:
    return (run[0] < run[1]) + (run[2] < run[3])


def _joins(between: Sequence[Token]) -> bool:
    return len(between) == 1 and between[0].key in STOPWORDS and not between[0].doubt


def _sorted_out(
    old: Sequence[Token],
    new: Sequence[Token],
    after: tuple[Sequence[Token], Sequence[Token]],
) -> list[Edit]:
    """Return the edits that one differing run is made of, in order."""
    if any(token.quoted for token in (*old, *new)):
        return [Edit("quote", _span(old), _span(new))]
    if not (old and new):
        return _one_sided(old, new, after)
    found: list[Edit] = []
    for kind in ("number", "date"):
        pairs = zip_longest(_of(old, kind), _of(new, kind))
        found += [Edit(kind, _span(one), _span(other)) for one, other in pairs]
    rest = [token for token in old if _said(token)], [token for token in new if _said(token)]
    if found and all(token.key in STOPWORDS and not token.doubt for side in rest for token in side):
        return found
    if any(rest):
        found += _worded(*rest, after)
    return sorted(found, key=_place)


def _one_sided(
    old: Sequence[Token],
    new: Sequence[Token],
    after: tuple[Sequence[Token], Sequence[Token]],
) -> list[Edit]:
    """Return the edit of a run that only went, or only came; its kind is a value's if short."""
    run = old or new
    for kind in ("number", "date"):
        if len(run) <= _SHORT and any(token.kind == kind for token in run):
            return [Edit(kind, _span(old), _span(new))]
    return list(_worded(old, new, after))


def _said(token: Token) -> bool:
    return token.kind not in {"number", "date"}


def _worded(
    old: Sequence[Token],
    new: Sequence[Token],
    after: tuple[Sequence[Token], Sequence[Token]],
) -> Iterator[Edit]:
    """Yield the edits of a run that holds no value."""
    old, new = _stripped(old, new)
    doubt = _doubt(old), _doubt(new)
    if doubt[0] != doubt[1]:
        kind: ChangeKind = "attribution_softened" if doubt[0] < doubt[1] else "attribution_hardened"
        yield Edit(kind, _span(old), _span(new))
        return
    if _bounds_a_value(old, new, after):
        old, new = (*old, *after[0]), (*new, *after[1])
        yield Edit(after[0][0].kind, _span(old), _span(new))  # type: ignore[arg-type]  # a value
        return
    named = [[token for token in side if token.kind == "name"] for side in (old, new)]
    short = max(len(old), len(new)) <= _SHORT
    if any(named) and (all(named) or short):
        if short:
            yield Edit("name", _span(old), _span(new))
            return
        yield from (
            Edit("name", _span(one), _span(other))
            for one, other in zip(_of(old, "name"), _of(new, "name"), strict=False)
        )
        old, new = ([t for t in side if t.kind != "name"] for side in (old, new))
    if any(token.key not in STOPWORDS for token in (*old, *new)) or (
        (old or new) and not any(named)
    ):
        yield Edit("reworded", _span(old), _span(new))


def _stripped(
    old: Sequence[Token], new: Sequence[Token]
) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return both sides without the words at their ends that are equal after all."""
    for end in (0, -1):
        while old and new and old[end].key == new[end].key:
            old, new = (side[1:] if end == 0 else side[:-1] for side in (old, new))
    return old, new


def _bounds_a_value(
    old: Sequence[Token],
    new: Sequence[Token],
    after: tuple[Sequence[Token], Sequence[Token]],
) -> bool:
    """Return whether a run makes the value that follows it more or less exact."""
    follows = all(after) and after[0][0].kind in {"number", "date"}
    return follows and all(token.key in _BOUNDS for token in (*old, *new))


def _doubt(tokens: Sequence[Token]) -> int:
    """Return how doubtful a run makes what is said; a word of doubt in a long one does nothing."""
    doubts = [token.doubt for token in tokens if token.doubt]
    return max(doubts) if len(doubts) >= _DOUBTFUL * len(tokens) > 0 else 0


def _of(tokens: Sequence[Token], kind: str) -> list[list[Token]]:
    """Return the runs of tokens of a kind: each number by itself, a date or a name together."""
    if kind == "date" and all(token.kind == kind or token.key in STOPWORDS for token in tokens):
        places = [place for place, token in enumerate(tokens) if token.kind == kind]
        return [list(tokens[places[0] : places[-1] + 1])] if places else []
    runs = [list(run) for key, run in groupby(tokens, lambda token: token.kind) if key == kind]
    if kind == "number":
        return [[token] for run in runs for token in run]
    return runs


def _span(tokens: Sequence[Token] | None) -> Span | None:
    return Span(tokens[0].span.start, tokens[-1].span.end) if tokens else None


def _place(edit: Edit) -> tuple[int, int]:
    return (
        edit.right.start if edit.right else edit.left.start if edit.left else 0,
        edit.left.start if edit.left else 0,
    )
