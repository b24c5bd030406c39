"""Summaries in the documents' own sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundwire.ground.cite import quoted_claim
from groundwire.summarize.choosing import Chooser
from groundwire.summarize.coverage import cover
from groundwire.summarize.lengths import fit_words
from groundwire.summarize.pool import make_pool, originals
from groundwire.text.tokens import STOPWORDS, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from groundwire.domain.claims import Claim
    from groundwire.domain.documents import DocumentId
    from groundwire.domain.retrieval import Hit
    from groundwire.domain.summaries import Coverage
    from groundwire.retrieve.accounts import Account
    from groundwire.summarize.hygiene import Candidate
    from groundwire.summarize.lengths import Wanted
    from groundwire.summarize.pool import Pool

_ON_ONE_THEME = 0.45
_ENOUGH = 3
_AT_LEAST_MORE = 300
_READ_FOR_LANGUAGE, _ENOUGH_WORDS, _LEAST_COMMON = 2_000, 20, 0.15


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was chosen.

    Attributes:
        claims: Sentences in reading order, not numbered yet; empty if there is nothing to say,
            and then a warning says why.
        hits: The passages that they stand in, in this order, each once.
        coverage: What they represent.
        warnings: One line each, such as a length that could not be met.
    """

    claims: tuple[Claim, ...]
    hits: tuple[Hit, ...]
    coverage: Coverage
    warnings: tuple[str, ...]


class ExtractiveSummarizer:
    """Chooses sentences that stand for documents. Nothing is read, written or encoded."""

    def summarize(self, accounts: Sequence[Account], wanted: Wanted) -> Extracted:
        """Return the sentences that stand for some documents in the length that is wanted.

        Of copies of one report one is told. Sentences of several documents come by day of
        publication, those of one document in its order; in bullets, those on one matter together.

        Args:
            accounts: The documents, in any order.
            wanted: Length, style, and for a topic the relevance of each sentence.
        """
        told = originals(accounts)
        pool = make_pool(told, _relevance(accounts, told, wanted))
        chooser = Chooser(pool)
        if wanted.words is None:
            count = wanted.count(len(told))
            chosen = chooser.choose(count)
            warnings = _too_few(pool, len(chosen), count if wanted.sentences else len(chosen))
        else:
            chosen = _of_words(chooser, wanted.words)
            warnings = _other_words(pool, chosen, wanted.words)
        if wanted.style == "bullets" and len(told) > 1:
            chosen = _by_theme(pool, chosen)
        claims = _claims(chooser, chosen)
        return Extracted(
            claims=claims,
            hits=_hits(pool, chosen),
            coverage=cover(accounts, claims, _sayable(pool)),
            warnings=(*_nothing(pool, wanted), *warnings, *_not_english(pool)),
        )


def _relevance(
    accounts: Sequence[Account], told: Sequence[Account], wanted: Wanted
) -> tuple[np.ndarray, ...] | None:
    if wanted.relevance is None:
        return None
    by_id = {a.document.id: r for a, r in zip(accounts, wanted.relevance, strict=True)}
    return tuple(by_id[account.document.id] for account in told)


def _of_words(chooser: Chooser, words: int) -> list[int]:
    """Return the places whose words come to a number exactly, or closest below it.

    Sentences that stand well and open with a name or a noun are tried first, then those that
    stand by a gloss, then weak ones.
    """
    said = chooser.pool.said
    ranked = [(place, worth) for place, worth in chooser.ranked() if chooser.stands(place)]
    well = [pair for pair in ranked if not said[pair[0]].weak]
    best: list[int] = []
    for tried in ([p for p in well if not said[p[0]].dangles], well, ranked):
        for some in (_enough(tried, said_words(chooser.pool), words), tried):
            taken = fit_words([said[p].words for p, _ in some], [w for _, w in some], words)
            found = sorted(some[i][0] for i in taken)
            if _total(chooser.pool, found) > _total(chooser.pool, best):
                best = found
            if _total(chooser.pool, best) == words:
                return best
    return best


def said_words(pool: Pool) -> tuple[int, ...]:
    """Return how many words each sentence of a pool has."""
    return tuple(each.words for each in pool.said)


def _enough(
    ranked: Sequence[tuple[int, float]], sizes: Sequence[int], words: int
) -> Sequence[tuple[int, float]]:
    """Return the best sentences that together have several times the words."""
    total = 0
    for number, (place, _) in enumerate(ranked):
        total += sizes[place]
        if total >= max(_ENOUGH * words, words + _AT_LEAST_MORE):
            return ranked[: number + 1]
    return ranked


def _total(pool: Pool, places: Sequence[int]) -> int:
    return sum(pool.said[place].words for place in places)


def _claims(chooser: Chooser, chosen: Sequence[int]) -> tuple[Claim, ...]:
    """Return the sentences as claims, each with the gloss that it needs where it stands."""
    pool = chooser.pool
    claims: list[Claim] = []
    said = ""
    for number, place in enumerate(chosen):
        sentence, of = pool.said[place], int(pool.of[place])
        shown = _shown(pool, chosen[:number], place)
        gloss = chooser.referring[of].gloss(sentence, shown, said)
        hit = pool.accounts[of].sentences[sentence.at].hit
        claims.append(replace(quoted_claim(hit, sentence.span), gloss=gloss))
        said = f"{said} {sentence.text} {gloss}"
    return tuple(claims)


def _shown(pool: Pool, before: Sequence[int], place: int) -> str:
    """Return the sentences right before one in its document that the summary says before it."""
    shown: list[str] = []
    at = pool.said[place].at
    for other in reversed(before):
        if pool.of[other] != pool.of[place] or pool.said[other].at != at - 1:
            break
        at -= 1
        shown.append(pool.said[other].text)
    return " ".join(reversed(shown))


def _by_theme(pool: Pool, chosen: Sequence[int]) -> list[int]:
    """Return places with those on one matter together, the matters in their first one's order."""
    themes: list[list[int]] = []
    for place in chosen:
        vector = pool.vectors[place]
        near = [float((pool.vectors[theme] @ vector).mean()) for theme in themes]
        if near and max(near) >= _ON_ONE_THEME:
            themes[near.index(max(near))].append(place)
        else:
            themes.append([place])
    return [place for theme in themes for place in theme]


def _sayable(pool: Pool) -> dict[DocumentId, Sequence[Candidate]]:
    return {
        account.document.id: found
        for account, found in zip(pool.accounts, pool.sayable, strict=True)
    }


def _hits(pool: Pool, chosen: Sequence[int]) -> tuple[Hit, ...]:
    hits = [pool.accounts[int(pool.of[p])].sentences[pool.said[p].at].hit for p in chosen]
    return tuple({hit.passage.id: hit for hit in hits}.values())


def _nothing(pool: Pool, wanted: Wanted) -> tuple[str, ...]:
    if pool.said:
        return ()
    if wanted.relevance is not None:
        return (f"{_named(pool)} no sentence on this",)
    return (f"{_named(pool)} no sentence that says anything alone",)


def _not_english(pool: Pool) -> tuple[str, ...]:
    """Return a line if documents are in a language whose pronouns no rule knows."""
    others = [account for account in pool.accounts if _is_foreign(account)]
    if not others:
        return ()
    said = "in another language than English: whom its pronouns mean is not told"
    if len(pool.accounts) == 1:
        return (f"{others[0].document.title} is {said}",)
    return (f"{len(others)} of {_counted(len(pool.accounts), 'document')} {said}",)


def _is_foreign(account: Account) -> bool:
    language = account.document.language
    if language:
        return language.partition("-")[0].casefold() != "en"
    start = words(account.document.text[:_READ_FOR_LANGUAGE])
    common = sum(word in STOPWORDS for word in start)
    return len(start) >= _ENOUGH_WORDS and common < _LEAST_COMMON * len(start)


def _too_few(pool: Pool, given: int, asked: int) -> tuple[str, ...]:
    if given == asked or not pool.said:
        return ()
    return (f"{_named(pool)} only {_counted(given, 'sentence')} to say; {asked} were asked for",)


def _other_words(pool: Pool, chosen: Sequence[int], asked: int) -> tuple[str, ...]:
    given = _total(pool, chosen)
    if given == asked or not pool.said:
        return ()
    if not chosen:
        least = min(said_words(pool))
        return (f"no sentence has {_counted(asked, 'word')} or fewer; the shortest has {least}",)
    whole = sum(said_words(pool))
    if whole <= asked:
        return (f"{_named(pool)} only {_counted(whole, 'word')} to say; {asked} were asked for",)
    return (f"no choice of whole sentences has exactly {asked} words; this one has {given}",)


def _named(pool: Pool) -> str:
    if len(pool.accounts) == 1:
        return f"{pool.accounts[0].document.title} has"
    return "the documents have"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
