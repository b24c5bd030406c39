"""The documents that both pipelines index, as text files, and the questions they are asked."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SEED = 2019
WORDS = 450
PARAGRAPH = 3
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^title:\s*\"?(.*?)\"?$", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[a-z)”\"][.?!])\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class Article:
    """A headline and paragraphs separated by blank lines."""

    title: str
    body: str


def read(corpus: Path) -> list[Article]:
    """Read a folder of ``.md`` and ``.txt`` files, or a JSON list of articles."""
    if corpus.is_dir():
        files = sorted(corpus.rglob("*.md")) + sorted(corpus.rglob("*.txt"))
        return [_article(path) for path in files if path.stem != "README"]
    rows = json.loads(corpus.read_text(encoding="utf-8"))
    return [Article(str(row["title"]), str(row["body"])) for row in rows if row["body"].strip()]


def _article(path: Path) -> Article:
    text = path.read_text(encoding="utf-8")
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front[1]) if front else None
    return Article(title[1] if title else path.stem, text[front.end() if front else 0 :].strip())


def recombine(articles: Sequence[Article], number: int) -> list[Article]:
    """Return as many articles of about 450 words, made of sentences drawn from all articles.

    The same input gives the same articles. Each keeps to a few sources, as a story keeps to a
    few subjects, and has paragraphs of three sentences.
    """
    pools = [_SENTENCE_END.split(article.body.replace("\n", " ")) for article in articles]
    return [_recombined(articles, pools, random.Random(f"{SEED}-{n}")) for n in range(number)]  # noqa: S311 -- not a secret


def _recombined(
    articles: Sequence[Article], pools: Sequence[Sequence[str]], draw: random.Random
) -> Article:
    chosen = draw.sample(range(len(articles)), k=min(4, len(articles)))
    sentences: list[str] = []
    words = 0
    while words < WORDS:
        sentence = draw.choice(pools[draw.choice(chosen)]).strip()
        words += len(sentence.split())
        sentences.append(sentence)
    starts = range(0, len(sentences), PARAGRAPH)
    body = "\n\n".join(" ".join(sentences[start : start + PARAGRAPH]) for start in starts)
    return Article(articles[chosen[0]].title, body)


def write(articles: Sequence[Article], folder: Path) -> None:
    """Write each article as a text file: headline, blank line, paragraphs."""
    folder.mkdir(parents=True)
    for number, article in enumerate(articles):
        text = f"{article.title}\n\n{article.body}\n"
        (folder / f"{number:05d}.txt").write_text(text, encoding="utf-8")


def case_questions(cases: Path, number: int) -> list[str]:
    """Return the first questions of a case file."""
    rows = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines() if line]
    return [str(row["question"]) for row in rows][:number]


def headline_questions(articles: Sequence[Article], number: int) -> list[str]:
    """Return headlines, evenly spread over a corpus that has no questions of its own."""
    return [article.title for article in spread(articles, number)]


def spread(articles: Sequence[Article], number: int) -> list[Article]:
    """Return at most so many articles, evenly spread over all."""
    step = max(1, len(articles) // number)
    return list(articles[::step])[:number]
