"""Whether what is read of a file is what its article says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from eval.formats.making import run
from groundwire.ingest.loaders.base import Loaded, LoadError
from groundwire.ingest.loaders.markdown import load_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from eval.formats.making import Article
    from groundwire.ingest.loaders.base import Members
    from groundwire.ingest.reader import Reader

_WORD = re.compile(r"\w+")
_MOST_MORE = 60
"""Words that a file may have besides its article: title, by-line, date, headers of a message."""
_FEED_WORDS = 20
"""Words with which the summary in a feed begins as its article does."""
_NO_AUTHOR = frozenset({"hugo", "mutt"})
"""What these write says nothing of an author; nor does pandoc's RTF."""
_NO_DAY = frozenset({"mutt"})
"""Messages were sent when they were made."""


def problems(folder: Path, known: Sequence[Article], reader: Reader) -> Iterator[str]:
    """Yield a line for everything that was read in another way than it was written.

    Args:
        folder: What ``make`` filled.
        known: The articles.
        reader: Reads the files.
    """
    by_name = {article.name: article for article in known}
    by_title = {_key(article.title): article for article in known}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = path.relative_to(folder).as_posix()
        try:
            content = reader.load(path.read_bytes(), path.name)
        except LoadError as error:
            yield f"{name}: {error}"
            continue
        if path.stem == "everything":
            yield from _pages(name, path, content)
            continue
        yield from _content(name, path, content, by_name | by_title)


def _content(
    name: str, path: Path, content: Loaded | Members, known: Mapping[str, Article]
) -> Iterator[str]:
    if isinstance(content, Loaded):
        article = known.get(path.stem) or known.get(_key(content.title))
        if article is None:
            yield f"{name}: no article is called {content.title!r}"
        else:
            yield from _document(name, content, article)
        return
    for member, reason in content.problems:
        yield f"{name}/{member}: {reason}"
    titles = {_key(each.title) for each in content.documents}
    wanted = {_key(article.title) for article in known.values()}
    for title in sorted(wanted - titles):
        yield f"{name}: {title!r} is missing"
    for document in content.documents:
        if _key(document.title) not in known:
            yield f"{name}/{document.member}: no article is called {document.title!r}"
        else:
            yield from _document(f"{name}/{document.member}", document, known[_key(document.title)])


def _document(name: str, loaded: Loaded, article: Article) -> Iterator[str]:
    """Yield what differs between a document and its article."""
    yield from _metadata(name, loaded, article)
    written = load_markdown(article.text.encode(), "a.md").text
    words, wanted = _words(loaded.text), _words(written)
    if name.partition(".")[2].startswith("rss"):
        if wanted[:_FEED_WORDS] != words[:_FEED_WORDS]:
            yield f"{name}: it begins {' '.join(words[:_FEED_WORDS])!r}"
        return
    joined = f" {' '.join(words)} "
    for paragraph in filter(None, map(_words, written.split("\n"))):
        if f" {' '.join(paragraph)} " not in joined:
            yield f"{name}: the paragraph {' '.join(paragraph[:8])!r} … is not in it"
    if len(words) > len(wanted) + _MOST_MORE:
        yield f"{name}: {len(words) - len(wanted)} words too many"


def _metadata(name: str, loaded: Loaded, article: Article) -> Iterator[str]:
    made_by, suffix = name.partition("/")[0], name.rpartition(".")[2]
    says_author = made_by not in _NO_AUTHOR and (made_by, suffix) != ("pandoc", "rtf")
    authors = {article.author, article.author.replace(" and ", "; ")}
    if _words(loaded.title) != _words(article.title):
        yield f"{name}: the title is {loaded.title!r}"
    if says_author and loaded.author not in authors:
        yield f"{name}: the author is {loaded.author!r}, not {article.author!r}"
    if made_by not in _NO_DAY and loaded.published != article.published:
        yield f"{name}: the day is {loaded.published}, not {article.published}"


def _pages(name: str, path: Path, content: Loaded | Members) -> Iterator[str]:
    """Yield the pages whose words are not those that Poppler finds on them."""
    if not isinstance(content, Loaded):
        yield f"{name}: it is read as several documents"
        return
    printed = run(path.parent, "pdftotext", path, "-").decode().split("\f")[:-1]
    for number, page in enumerate(printed, 1):
        label = f"p. {number}"
        place = next((each for each in content.locators if each.label == label), None)
        if place is None:
            yield f"{name}: {label} is missing"
        elif _unlike(_words(place.span.of(content.text)), _words(page)):
            yield f"{name}: {label} begins {place.span.of(content.text)[:60]!r}"
    if len(printed) != len(content.locators):
        yield f"{name}: {len(printed)} pages, {len(content.locators)} places"


def _unlike(words: list[str], wanted: list[str]) -> bool:
    """Return whether more words differ than hyphens and page numbers explain."""
    return len(set(words) ^ set(wanted)) > 0.05 * len(set(wanted)) + 2


def _key(title: str) -> str:
    return " ".join(_words(title))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
