"""Public evaluation data as folders of files, the way a user would have them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"(?m)^(\s*)([-+=]|\d+[.)])")


@dataclass(frozen=True, slots=True)
class NewsQuestion:
    """A question over the news articles.

    Attributes:
        text: The question.
        kind: ``inference_query``, ``comparison_query``, ``temporal_query`` or ``null_query``.
        answer: The gold answer.
        answerable: Whether the articles answer it.
        paths: Paths of the gold articles.
        facts: Gold sentences, word for word.
    """

    text: str
    kind: str
    answer: str
    answerable: bool
    paths: frozenset[str]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParagraphQuestion:
    """A question on one paragraph, as in SQuAD 2.0.

    Attributes:
        text: The question.
        path: Path of the document that is its paragraph.
        title: The article that the paragraph comes from.
        answers: Gold answer strings; empty if the paragraph does not answer.
    """

    text: str
    path: str
    title: str
    answers: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether the paragraph answers the question."""
        return bool(self.answers)


def markdown(text: str) -> str:
    """Return text as Markdown that renders to the same text."""
    escaped = _MARKUP.sub(r"\\\1", text)
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", escaped)


def write_news(data: Path, folder: Path) -> None:
    """Write the news articles as Markdown with front matter, one file an article."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, article in enumerate(_articles(data)):
        front = {
            "title": article["title"],
            "source": article["source"] or "",
            "published": article["published_at"][:10],
            "author": article["author"] or "",
        }
        head = "".join(f"{key}: {json.dumps(front[key])}\n" for key in front)
        body = markdown(article["body"])
        (folder / _name(number)).write_text(f"---\n{head}---\n\n{body}\n", encoding="utf-8")


def news_questions(data: Path) -> tuple[NewsQuestion, ...]:
    """Return the questions over the news articles."""
    by_url = {article["url"]: _name(number) for number, article in enumerate(_articles(data))}
    return tuple(
        NewsQuestion(
            row["query"],
            row["type"],
            row["answer"],
            row["answerable"],
            frozenset(by_url[url] for url in row["gold_urls"] if url in by_url),
            tuple(row["gold_facts"]),
        )
        for row in _lines(data / "news_multihop.jsonl")
    )


def write_paragraphs(rows: Iterable[dict[str, Any]], folder: Path) -> None:
    """Write each paragraph once, as a text file named after it."""
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        path = folder / paragraph_name(row)
        if not path.exists():
            path.write_text(row["context"] + "\n", encoding="utf-8")


def squad_rows(data: Path) -> tuple[dict[str, Any], ...]:
    """Return the rows of the SQuAD 2.0 half."""
    return tuple(_lines(data / "squad2.jsonl"))


def squad_questions(data: Path) -> tuple[ParagraphQuestion, ...]:
    """Return the SQuAD questions, answerable and impossible."""
    return tuple(
        ParagraphQuestion(row["question"], paragraph_name(row), row["title"], tuple(_answers(row)))
        for row in squad_rows(data)
    )


def _answers(row: dict[str, Any]) -> list[str]:
    if not row.get("answerable", True):
        return []
    found = row["answers"]
    return list(found["text"]) if isinstance(found, dict) else list(found)


def paragraph_name(row: dict[str, Any]) -> str:
    """Return the path of the document that a row's paragraph becomes."""
    return re.sub(r"\W+", "_", row["para"]) + ".txt"


def _articles(data: Path) -> list[dict[str, Any]]:
    articles: list[dict[str, Any]] = json.loads((data / "news_corpus.json").read_text("utf-8"))
    return articles


def _name(number: int) -> str:
    return f"{number:04d}.md"


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())
