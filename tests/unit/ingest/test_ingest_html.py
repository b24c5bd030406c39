"""Web pages: main text and metadata, nothing of what surrounds them."""

from __future__ import annotations

import json
import logging
from datetime import date

import pytest

from groundwire.ingest.loaders import html as html_loader
from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.html import load_html

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="{charset}">
<title>Ferry link reopens | The Harbour Ledger</title>
<meta property="og:site_name" content="The Harbour Ledger">
<meta name="author" content="Mara Quist">
<meta property="article:published_time" content="2021-03-04T08:00:00Z">
<script>var tracking = "do not index";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div class="cookie-banner">We use cookies to improve your experience.</div>
<article><h1>Ferry link reopens</h1>
<p>The ferry between the two islands <b>reopened</b> on Thursday after eleven
weeks of repairs, the harbour office said, and the first boat carried 212 passengers.</p>
<h2>What was <em>repaired</em></h2>
<p>The café ramp — damaged in the January storm — was rebuilt.
<a href="/x">Engineers replaced four hydraulic cylinders</a> and the approach road.</p>
<ul><li>Ramp: four cylinders.</li>
<li>Road: ninety metres.<ul><li>Of it, ten by hand.</li></ul></li></ul>
<blockquote><p>"We are glad to be back," said the harbour master.</p></blockquote>
<table><tr><th>Day</th><th>Sailings</th></tr><tr><td>Monday</td><td>6</td></tr></table>
<p>A decision on summer<br>sailings is expected in May.</p>
</article>
<aside><h3>Most read</h3><ul><li><a href="/1">Ten best beaches</a></li></ul></aside>
<footer>Copyright 2019 The Harbour Ledger. All rights reserved.</footer></body></html>"""


def page(charset: str = "utf-8") -> bytes:
    return PAGE.replace("{charset}", charset).encode(charset)


def test_the_page_says_who_wrote_what_and_when() -> None:
    loaded = load_html(page(), "2020-01-01-ferry.html")
    assert loaded.title == "Ferry link reopens"
    assert loaded.source == "The Harbour Ledger"
    assert loaded.author == "Mara Quist"
    assert loaded.published == date(2021, 3, 4)
    assert loaded.language == "en-gb"


def test_the_main_text_is_kept_and_the_rest_is_not() -> None:
    text = load_html(page(), "a.html").text
    for kept in (
        "The ferry between the two islands reopened on Thursday after eleven weeks of repairs",
        "January storm — was rebuilt. Engineers replaced four",
        "- Ramp: four cylinders.\n\n- Road: ninety metres.\n\n- Of it, ten by hand.",
        '"We are glad to be back," said the harbour master.',
        "Day | Sailings\n\nMonday | 6",
        "A decision on summer\nsailings is expected in May.",
    ):
        assert kept in text
    for dropped in ("Sport", "cookies", "tracking", "Copyright", "beaches", "<"):
        assert dropped not in text


def test_headings_are_recorded_where_they_stand() -> None:
    loaded = load_html(page(), "a.html")
    spans = [span.of(loaded.text) for span in loaded.headings]
    assert spans == ["Ferry link reopens", "What was repaired"]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16", "gb18030"])
def test_the_declared_charset_is_honoured(charset: str) -> None:
    assert "The café ramp — damaged" in load_html(page(charset), "a.html").text


def test_an_xml_declaration_is_no_obstacle() -> None:
    data = b'<?xml version="1.0" encoding="utf-8"?>\n' + page()
    assert "café ramp" in load_html(data, "a.html").text


def test_without_metadata_the_name_serves() -> None:
    body = "<p>The talks between the two delegations ended on Friday without a result.</p>" * 3
    loaded = load_html(f"<html><body>{body}</body></html>".encode(), "2020-01-02-the-talks.htm")
    assert (loaded.title, loaded.published) == ("The talks", date(2020, 1, 2))
    assert (loaded.source, loaded.author, loaded.language) == ("", "", "")


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body></body></html>",
        "<html><body><script>let x = 1;</script></body></html>",
        "<",
        "<!-- only a comment -->",
        "<div>" * 5000,
    ],
)
def test_a_page_without_text_is_no_document_and_nothing_is_logged(
    markup: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(LoadError, match=r"no main text found|cannot be parsed"):
        load_html(markup.encode(), "a.html")
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


BARE = """<html><head><title>Limits</title></head><body><h1>Limits</h1>
<p>Here is what the resolutions say, each in a line.</p>
<h2>The resolutions</h2>
<ul><li>Number 2270 has every cargo inspected.</li><li>Number 2321 caps exports of coal.</li></ul>
<p>All were adopted without a vote against them.</p>{}</body></html>"""


def test_a_page_without_menus_is_read_whole() -> None:
    assert load_html(BARE.format("").encode(), "a.html").text == (
        "Limits\n\nHere is what the resolutions say, each in a line.\n\nThe resolutions\n\n"
        "- Number 2270 has every cargo inspected.\n\n- Number 2321 caps exports of coal.\n\n"
        "All were adopted without a vote against them."
    )


@pytest.mark.parametrize(
    "bar",
    ["<aside>Weather: rain</aside>", "<footer>All rights reserved</footer>"],
)
def test_what_stands_around_a_page_is_left_out(bar: str) -> None:
    text = load_html(BARE.format(bar).encode(), "a.html").text
    assert "All were adopted" in text
    assert not any(words in text for words in ("Weather", "rights"))


@pytest.mark.parametrize("broken", ['{"name": "' + "<!--" * 3000 + '"}', "{" + "<a>" * 4000])
def test_linked_data_on_which_a_pattern_spends_seconds_is_set_aside(broken: str) -> None:
    head = f'<html><head><script type="application/ld+json">{broken}</script>'
    body = "".join(f"<p>The gate of Ford {n} was shut on Monday.</p>" for n in range(5))
    page = f"{head}<title>The gate</title></head><body>{body}</body></html>"
    assert broken not in html_loader._without_broken_data(page)
    assert "Ford 4 was shut" in load_html(page.encode(), "a.html").text


def test_linked_data_that_is_whole_or_short_stays() -> None:
    long = json.dumps({"articleBody": "A sentence. " * 2000})
    for data in (long, '{"name": <!-- broken'):
        page = f'<p>One</p><script type="application/ld+json">{data}</script><p>Two</p>'
        assert html_loader._without_broken_data(page) == page
