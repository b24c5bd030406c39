"""Public evaluation data as folders of files, the way a user would have them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from eval.public.edits import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

Item = TypeVar("Item")

FILES = {
    "news": ("news_corpus.json", "news_multihop.jsonl"),
    "squad": ("squad2.jsonl",),
    "clapnq": ("clapnq.jsonl",),
    "groundedness": ("groundedness.jsonl.gz",),
    "rewrite": ("rewrite.jsonl",),
    "families": ("news_corpus.json",),
    "summaries": ("summarization.jsonl",),
}
"""Files of the data folder that each set needs."""

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"(?m)^(\s*)([-+=]|\d+[.)])")


@dataclass(frozen=True, slots=True)
class NewsQuestion:
    """A question over the news articles.

    Attributes:
        id: Its name in the set.
        text: The question.
        kind: ``inference_query``, ``comparison_query``, ``temporal_query`` or ``null_query``.
        answer: The gold answer.
        answerable: Whether the articles answer it.
        paths: Paths of the gold articles.
        facts: Gold sentences, word for word.
    """

    id: str
    text: str
    kind: str
    answer: str
    answerable: bool
    paths: frozenset[str]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParagraphQuestion:
    """A question on one paragraph, as in SQuAD 2.0 and CLAP NQ.

    Attributes:
        id: Its name in the set.
        text: The question.
        path: Path of the document that is its paragraph.
        title: The article that the paragraph comes from.
        answers: Gold answer strings; empty if the paragraph does not answer.
    """

    id: str
    text: str
    path: str
    title: str
    answers: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether the paragraph answers the question."""
        return bool(self.answers)


def missing_files(data: Path, sets: Iterable[str]) -> tuple[str, ...]:
    """Return the files that the sets need and the data folder does not have."""
    return tuple(name for one in sets for name in FILES[one] if not (data / name).is_file())


def spread(items: Sequence[Item], limit: int | None) -> tuple[Item, ...]:
    """Return at most so many items, evenly spread over all of them; None takes every one."""
    if limit is None or limit >= len(items):
        return tuple(items)
    return tuple(items[number * len(items) // limit] for number in range(limit))


def markdown(text: str) -> str:
    """Return text as Markdown that renders to the same text."""
    escaped = _MARKUP.sub(r"\\\1", text)
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", escaped)


def write_news(data: Path, folder: Path) -> tuple[str, ...]:
    """Write the news articles as Markdown with front matter; return the files' names."""
    texts: dict[str, str] = {}
    for number, article in enumerate(_articles(data)):
        front = {
            "title": article["title"],
            "source": article["source"] or "",
            "published": article["published_at"][:10],
            "author": article["author"] or "",
        }
        head = "".join(f"{key}: {json.dumps(front[key])}\n" for key in front)
        texts[_name(number)] = f"---\n{head}---\n\n{markdown(article['body'])}\n"
    return _fill(folder, texts)


def news_articles(data: Path) -> tuple[Article, ...]:
    """Return the news articles as they are, each under the name of its file."""
    return tuple(
        Article(
            path=_name(number),
            title=article["title"],
            source=article["source"] or "",
            published=date.fromisoformat(article["published_at"][:10]),
            body=article["body"],
        )
        for number, article in enumerate(_articles(data))
    )


def news_titles(data: Path) -> dict[str, str]:
    """Return the title of each news article by its path."""
    return {_name(number): article["title"] for number, article in enumerate(_articles(data))}


def news_questions(data: Path) -> tuple[NewsQuestion, ...]:
    """Return the questions over the news articles."""
    by_url = {article["url"]: _name(number) for number, article in enumerate(_articles(data))}
    return tuple(
        NewsQuestion(
            row["id"],
            row["query"],
            row["type"],
            row["answer"],
            row["answerable"],
            frozenset(by_url[url] for url in row["gold_urls"] if url in by_url),
            tuple(row["gold_facts"]),
        )
        for row in _lines(data / "news_multihop.jsonl")
    )


def write_paragraphs(rows: Iterable[dict[str, Any]], folder: Path) -> tuple[str, ...]:
    """Write each paragraph once, as a text file named after it; return the files' names."""
    return _fill(folder, {paragraph_name(row): row["context"] + "\n" for row in rows})


def squad_rows(data: Path) -> tuple[dict[str, Any], ...]:
    """Return the rows of the SQuAD 2.0 half."""
    return tuple(_lines(data / "squad2.jsonl"))


def squad_questions(data: Path) -> tuple[ParagraphQuestion, ...]:
    """Return the SQuAD questions, answerable and impossible."""
    return tuple(
        ParagraphQuestion(row["id"], row["question"], paragraph_name(row), row["title"], answers)
        for row in squad_rows(data)
        for answers in [tuple(_answers(row))]
    )


def halves(questions: Iterable[ParagraphQuestion]) -> dict[str, int]:
    """Return a half for each paragraph: every second one of an article, so siblings stay."""
    paths = sorted({question.path for question in questions})
    return {path: number % 2 for number, path in enumerate(paths)}


def write_clapnq(data: Path, folder: Path) -> tuple[str, ...]:
    """Write the passage of each CLAP NQ question as a text file; return the files' names."""
    rows = enumerate(_lines(data / "clapnq.jsonl"))
    texts = {f"{n:04d}.txt": f"{row['title']}\n\n{row['passage']}\n" for n, row in rows}
    return _fill(folder, texts)


def clapnq_questions(data: Path) -> tuple[ParagraphQuestion, ...]:
    """Return the CLAP NQ questions, answerable and unanswerable."""
    return tuple(
        ParagraphQuestion(
            row["id"], row["question"], f"{n:04d}.txt", row["title"], tuple(_answers(row))
        )
        for n, row in enumerate(_lines(data / "clapnq.jsonl"))
    )


def paragraph_name(row: dict[str, Any]) -> str:
    """Return the path of the document that a row's paragraph becomes."""
    return re.sub(r"\W+", "_", row["para"]) + ".txt"


def _answers(row: dict[str, Any]) -> list[str]:
    if not row.get("answerable", True):
        return []
    found = row["answers"]
    return list(found["text"]) if isinstance(found, dict) else list(found)


def _fill(folder: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Make a folder hold these files; one that is right already is not touched."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    return tuple(texts)


def _articles(data: Path) -> list[dict[str, Any]]:
    articles: list[dict[str, Any]] = json.loads((data / "news_corpus.json").read_text("utf-8"))
    return articles


def _name(number: int) -> str:
    return f"{number:04d}.md"


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())
