"""Whether copies made from the news articles are found, and nothing else is taken for one.

Pairs of documents of one family are counted, as far as one of the two was made here: whether two
articles of the set are copies of one another is not known, so these families are listed apart
for people to judge, and so are pairs that merely follow from them.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from eval.public.corpora import news_articles
from eval.public.edits import EDITS, make_copies
from eval.public.estimates import share
from groundwire.domain.documents import Document, DocumentId
from groundwire.domain.encoders import EncoderIdentity
from groundwire.index.identity import SCHEMA_VERSION, Canary, IndexIdentity
from groundwire.index.store import IndexStore
from groundwire.ingest.duplicates import print_of
from groundwire.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eval.public.edits import Article
    from eval.public.plan import Plan

COPIES = 200
TUNED = 1
"""Seed of the copies that the rules were chosen on; they are reported beside the others."""
SEED = 20190621
"""Seed of the copies that nothing was chosen on."""
GROUP = 16
"""Documents a commit: about as many as a sync of articles takes at once."""
RUNS = 5
_NO_ENCODER = EncoderIdentity(
    "none", "", dimension=1, max_tokens=1, normalize=True, backend="none", graph_sha256=""
)

Families = list[list[str]]


def evaluate(plan: Plan) -> None:
    """Add pair precision and recall, recall by edit, and the time that an article takes."""
    if "families" not in plan.parts:
        return
    articles = news_articles(plan.data)
    alone, _ = _found(articles, prints=True)
    plan.report.facts["families"] = {"documents": len(articles), "among_the_articles": alone}
    for group, seed in (("all", SEED), ("tuned on", TUNED)):
        made = make_copies(articles, COPIES, seed)
        families, _ = _found([*articles, *made], prints=True)
        _add_pairs(plan, group, made, families, alone)
        plan.tell(f"families: seed {seed}")
    _add_time(plan, articles)


def _add_pairs(
    plan: Plan, group: str, made: Sequence[Article], families: Families, alone: Families
) -> None:
    root = {copy.path: copy.original for copy in made}
    known = {frozenset(pair) for family in alone for pair in combinations(family, 2)}
    wanted = {frozenset((copy.path, copy.original)) for copy in made} | {
        frozenset((one.path, two.path))
        for one, two in combinations(made, 2)
        if one.original == two.original
    }
    found = [
        frozenset(pair)
        for family in families
        for pair in combinations(family, 2)
        if root.keys() & set(pair)
    ]
    follows = {pair for pair in found if frozenset(root.get(each, each) for each in pair) in known}
    judged = [pair in wanted for pair in found if pair not in follows]
    at = "families", "families", group
    if judged:
        plan.report.add(at, "pair_precision", share(judged))
    plan.report.add(at, "pair_recall", share([pair in found for pair in wanted]))
    for edit in EDITS:
        pairs = [frozenset((each.path, each.original)) for each in made if each.edit == edit]
        plan.report.add(
            ("families", "families", f"{group}, {edit}"),
            "recall",
            share([pair in found for pair in pairs]),
        )
    wrong = sorted(sorted(pair) for pair in found if pair not in wanted | follows)
    lost = sorted(sorted(pair) for pair in wanted - set(found))
    plan.report.note("families", group, {"wrong": wrong, "lost": lost, "apart": len(follows)})


def _add_time(plan: Plan, articles: Sequence[Article]) -> None:
    """Add what families cost: how much longer the articles alone take with them than without.

    It is the time of one core, so that other work on the machine does not count.
    """
    _found(articles[:GROUP], prints=True)
    took = [[_found(articles, prints=each)[1] for each in (True, False)] for _ in range(RUNS)]
    with_prints, without = (min(row[place] for row in took) for place in (0, 1))
    each = 1000 * (with_prints - without) / len(articles)
    plan.report.add_time(("families", "families", "all"), "ms_an_article", each, len(articles))


def _found(articles: Sequence[Article], *, prints: bool) -> tuple[Families, float]:
    """Return the families that an index of the articles has, and the seconds that a core took.

    Nothing is encoded: documents are stored without passages, all else is as a sync does it.
    """
    documents = [_document(article) for article in articles]
    with tempfile.TemporaryDirectory(prefix="groundwire-") as folder:
        store = IndexStore(Path(folder))
        canary = Canary.of("", np.zeros(1, dtype=np.float32))
        with store.writer(IndexIdentity(SCHEMA_VERSION, _NO_ENCODER, "none"), canary) as writer:
            started = time.process_time()
            for group in _groups(documents):
                for each in group:
                    made = print_of(each.text) if prints else None
                    writer.put(each, (), np.empty((0, 1), dtype=np.float32), made=made)
                writer.commit()
            seconds = time.process_time() - started
        with store.snapshot() as snapshot:
            families = [[info.path for info in each.members] for each in snapshot.families()]
        store.close()
    return families, seconds


def _groups(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    for start in range(0, len(documents), GROUP):
        yield documents[start : start + GROUP]


def _document(article: Article) -> Document:
    return Document(
        id=DocumentId(hashlib.sha256(article.path.encode()).hexdigest()[:16]),
        root="/news",
        path=article.path,
        title=article.title,
        source=article.source,
        author="",
        published=article.published,
        language="en",
        text=normalize(article.body),
        content_hash="",
    )
