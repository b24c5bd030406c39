"""Extractive summaries beside writers' summaries, and beside the first three sentences."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rouge_score.rouge_scorer import RougeScorer

from eval.public.corpora import spread
from eval.public.estimates import RESAMPLES, Estimate, mean, percentile, share
from eval.public.targets import Target
from groundwire.domain.documents import Document, DocumentId, DocumentInfo
from groundwire.evaluate.intervals import CONFIDENCE, SEED
from groundwire.ingest.passages import segment
from groundwire.models.loading import open_encoder
from groundwire.retrieve.accounts import account_of
from groundwire.settings import load_settings
from groundwire.summarize.extractive import ExtractiveSummarizer
from groundwire.summarize.lengths import Wanted
from groundwire.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from eval.public.plan import Plan
    from groundwire.domain.spans import Span
    from groundwire.models.encoder import Encoder
    from groundwire.retrieve.accounts import Account

SENTENCES = 3
ROUGE = ("rouge1", "rouge2", "rougeL")
HALVES = ("tuned on", "held out")
"""Articles at even and at odd places of the file: weights were chosen on the former alone."""

_LEANS = re.compile(
    r"(?:he|she|it|they|we|this|that|these|those|his|her|its|their|our|him|them|but|and|or|so|yet"
    r"|however|meanwhile|also|still|instead|then|moreover|nevertheless|therefore|such|both)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^[^\w]+")


@dataclass(frozen=True, slots=True)
class Summarised:
    """An article with writers' summaries of it.

    Attributes:
        id: Its name in the set.
        half: One of ``HALVES``.
        text: The article; words and marks are parted by spaces.
        references: The summaries.
    """

    id: str
    half: str
    text: str
    references: tuple[str, ...]


def summarised_articles(data: Path) -> tuple[Summarised, ...]:
    """Return the articles of the data folder."""
    with (data / "summarization.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    return tuple(
        Summarised(row["id"], HALVES[n % 2], normalize(row["document"]), tuple(row["references"]))
        for n, row in enumerate(rows)
    )


def evaluate(plan: Plan) -> None:
    """Add ROUGE of summaries of three sentences and of the first three, and their difference."""
    if "summaries" not in plan.parts:
        return
    settings = load_settings().settings
    encoder = open_encoder(settings.encoder.model, settings.cache_folder(), on_status=plan.tell)
    articles = spread(summarised_articles(plan.data), plan.limit)
    plan.tell(f"summaries: {len(articles)} articles")
    accounts = [_account(encoder, article) for article in articles]
    rows = [_measured(account, a) for account, a in zip(accounts, articles, strict=True)]
    for article, row in zip(articles, rows, strict=True):
        gains = dict(zip(_NAMES, (row.ours - row.lead).tolist(), strict=True))
        plan.report.note("summaries", article.id, {"half": article.half, **gains})
    _add(plan, [article.half for article in articles], rows)
    at = "summaries", "summaries", "all"
    plan.report.add(at, "sentences_sliced", share([each for row in rows for each in row.sliced]))
    plan.report.add(at, "first_leans", share([row.first_leans for row in rows]))
    times = [row.milliseconds for row in rows]
    plan.report.add_time(at, "ms_p50", percentile(times, 50), len(times))


@dataclass(frozen=True)
class _Row:
    """What was measured of one article."""

    ours: NDArray[np.float64]
    lead: NDArray[np.float64]
    sliced: tuple[bool, ...]
    first_leans: bool
    milliseconds: float


def _measured(account: Account, article: Summarised) -> _Row:
    started = time.perf_counter()
    claims = ExtractiveSummarizer().summarize([account], Wanted(sentences=SENTENCES)).claims
    milliseconds = 1000 * (time.perf_counter() - started)
    lead = [sentence.text for sentence in account.sentences[:SENTENCES]]
    return _Row(
        ours=scores(" ".join(claim.text for claim in claims), article.references),
        lead=scores(" ".join(lead), article.references),
        sliced=tuple(c.citations[0].span.of(article.text) == c.text for c in claims),
        first_leans=leans(claims[0].text),
        milliseconds=milliseconds,
    )


_NAMES = tuple(f"{name}{kind}" for kind in ("", "_mean") for name in ROUGE)


def scores(text: str, references: Sequence[str]) -> NDArray[np.float64]:
    """Return F1 of ROUGE-1, -2 and -L with the nearest reference, then on average over all.

    Words are stemmed. The nearest is the one with the largest F1, as is usual where there are
    several writers.
    """
    scorer = RougeScorer(list(ROUGE), use_stemmer=True)
    found = [scorer.score(reference, text) for reference in references]
    values = np.array([[each[name].fmeasure for name in ROUGE] for each in found])
    return np.concatenate([values.max(axis=0), values.mean(axis=0)])


def leans(sentence: str) -> bool:
    """Return whether a sentence opens with a pronoun or a word that connects, behind any marks.

    The list is this check's own, so that what it finds is not what was avoided by definition.
    """
    return bool(_LEANS.match(_MARKS.sub("", sentence)))


def difference(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> Estimate:
    """Return the mean difference of paired scores, with a bootstrap interval over the pairs."""
    gains = ours - theirs
    generator = np.random.default_rng(SEED)
    drawn = generator.choice(gains, (RESAMPLES, len(gains))).mean(axis=1)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(drawn, (tail, 1 - tail))
    return Estimate(float(gains.mean()), float(low), float(high), len(gains))


def _add(plan: Plan, halves: Sequence[str], measured: Sequence[_Row]) -> None:
    ours, leads = np.stack([row.ours for row in measured]), np.stack([r.lead for r in measured])
    for group in ("all", *HALVES):
        rows = [n for n, half in enumerate(halves) if group in {"all", half}]
        at = "summaries", "summaries", group
        for column, name in enumerate(_NAMES if rows else ()):
            mine, theirs = ours[rows, column], leads[rows, column]
            plan.report.add(at, name, mean(mine.tolist()))
            floor = float(theirs.mean())
            plan.report.retarget(at, name, Target(floor=floor, reach=floor))
            plan.report.add(at, f"{name}_over_lead", difference(mine, theirs))


def _account(encoder: Encoder, article: Summarised) -> Account:
    document = Document(
        DocumentId(article.id), "/", article.id, article.id, "", "", None, "", article.text, ""
    )
    passages = segment(document)
    info = DocumentInfo(
        document.id, article.id, article.id, "", "", None, "", len(article.text), len(passages)
    )

    def encode(texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[NDArray[np.float32]]:
        return [each.parts for each in encoder.encode_parts(texts, parts)]

    return account_of(document, info, passages, encode)
