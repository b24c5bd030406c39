"""Sessions hold any text, and no export reads any of it as markup."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.export import exported
from groundwire.records.database import open_database
from groundwire.records.ids import ALPHABET, LENGTH, encoded, normal
from groundwire.records.sessions import Sessions, title_of
from tests.fakes.exchanges import INFO, exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.conversations import Exchange

TEXT = st.text(max_size=80)
FRAGMENTS = (
    *(
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<script>",
        "<http://a.example>",
        "[a](b)",
        "![a](b)",
        "[a]: b",
    ),
    *("*a*", "**a**", "_a_", "~~a~~", "`a`", "```", "&lt;", "&#60;", "\\", "|a|b|", "|-|-|"),
    *("# ", "a #", "- ", "+ ", "1. ", "1) ", "> ", "---", "===", "\n", "\n\n", "    ", "\t"),
    *("a", "b c", "'", '"', "\x00", "\x1b[2J", "\u202e"),
)
MARKUP = st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join)
RESULTS = st.dictionaries(
    TEXT, st.recursive(TEXT | st.integers() | st.none(), lambda inner: st.lists(inner, max_size=3))
)


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    with open_database(tmp_path_factory.mktemp("records") / "r.sqlite3") as database:
        yield Sessions(database)


@settings(max_examples=60)
@given(question=TEXT, text=TEXT, result=RESULTS)
@example(question="\x00a\u2028\U0001f600\ufffe", text="\r\n", result={"\x00": "\x85"})
def test_any_text_comes_back_as_it_was(
    sessions: Sessions, question: str, text: str, result: dict[str, object]
) -> None:
    session = sessions.begin()
    kept = sessions.save(session, question, "answer", text, result)
    assert sessions.exchanges(session) == (kept,)
    assert (kept.question, kept.text, kept.result) == (question, text, result)
    asked, told = sessions.turns(session)
    assert (asked.text, told.text) == (question, text)
    assert sessions.find(session).title == title_of(question)
    assert json.loads(exported(INFO, [kept], "json"))["exchanges"][0]["session"] == INFO.id


@given(st.text(max_size=200))
def test_a_title_is_one_line_of_at_most_60_characters(question: str) -> None:
    title = title_of(question)
    assert len(title) <= 60
    assert title == " ".join(title.split())
    assert title_of(title) == title
    assert bool(title) == bool(question.strip())


@given(st.integers(0, 2**128 - 1), st.integers(0, 2**128 - 1))
def test_ids_sort_as_their_numbers(left: int, right: int) -> None:
    assert (left < right) == (encoded(left) < encoded(right))
    assert len(encoded(left)) == LENGTH
    assert set(encoded(left)) <= set(ALPHABET)
    assert normal(encoded(left).lower()) == encoded(left)


def said(text: str) -> Exchange:
    """Return an exchange in which everything that can hold a text holds this one."""
    cited = {"n": 1, "start": 0, "end": len(text), "quote": text, "locator": text, "path": text}
    found = {"n": 1, "title": text, "source": text, "path": text, "passage": text}
    result = {
        "claims": [{"text": text, "gloss": text, "citations": [cited]}],
        "sources": [{**found, "copies": [{"source": text, "path": text}]}],
        "conflicts": [{"label": text, "kind": text, "about": text, "statements": [cited]}],
        "filters": {"sources": [text]},
        "standalone": text,
    }
    return exchange(text, result)


@given(MARKUP | TEXT)
@example("# a #")
def test_markdown_shows_any_text_and_reads_none_as_markup(text: str) -> None:
    for one in (said(text), exchange(text, {}, text=text, kind="check")):
        tokens = MarkdownIt().enable(["table", "strikethrough"]).parse(exported(INFO, [one], "md"))
        kinds = {inner.type for token in tokens for inner in (token, *(token.children or ()))}
        allowed = {"inline", "text", "text_special", "fence"}
        for block in ("heading", "paragraph", "bullet_list", "list_item"):
            allowed |= {f"{block}_open", f"{block}_close"}
        assert kinds <= allowed
        assert [token.type for token in tokens].count("heading_open") == 2
        question = tokens[[token.tag for token in tokens].index("h2") + 1]
        shown = "".join(child.content for child in question.children or ())
        assert shown == (one_line(text) or "(no question)")


class Page(HTMLParser):
    """Collects the elements, links and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.headings: list[str] = []
        self._in_heading = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self._in_heading = tag == "h2"
        if self._in_heading:
            self.headings.append("")

    def handle_endtag(self, _tag: str) -> None:
        self._in_heading = False

    def handle_data(self, data: str) -> None:
        if self._in_heading:
            self.headings[-1] += data


KNOWN = {
    *("html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2", "h3"),
    *("p", "a", "span", "ul", "ol", "li", "blockquote", "mark", "pre"),
}


@given(MARKUP | TEXT)
def test_html_shows_any_text_and_reads_none_as_markup(text: str) -> None:
    for one in (said(text), exchange(text, {}, text=text, kind="check")):
        page = Page(exported(replace(INFO, title=text), [one], "html"))
        assert page.tags <= KNOWN
        assert page.headings == [one_line(text) or "(no question)"]
        names = {name for name, _ in page.attributes}
        assert names <= {"lang", "charset", "http-equiv", "content", "name", "class"} | {
            *("dir", "id", "href"),
        }
        links = [value for name, value in page.attributes if name == "href"]
        targets = {value for name, value in page.attributes if name == "id"}
        assert all(link.startswith("#") and link[1:] in targets for link in links)
