"""Exports of feeds: RSS and Atom, whole texts and summaries, hostile XML."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.ingest.loaders import feeds
from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.feeds import load_feed

ITEM = "<item><title>Quay</title><description>The quay is closed.</description></item>"


def rss(items: str = ITEM, channel: str = "<title>The Post</title>") -> bytes:
    names = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    )
    return f'<rss version="2.0" {names}><channel>{channel}{items}</channel></rss>'.encode()


def atom(entry: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="en-GB"><title type="text">The Post</title><entry>{entry}</entry></feed>'
    ).encode()


def test_an_item_with_all_that_it_can_say() -> None:
    item = (
        "<item><media:title>Picture</media:title><title>Q&amp;amp;A: the &lt;i&gt;quay&lt;/i&gt;"
        "</title><link>http://x.example/7</link><pubDate>Thu, 20 Jun 2019 23:30:00 +0900</pubDate>"
        "<dc:creator><![CDATA[Ann Lee]]></dc:creator><description>Short.</description>"
        "<media:content url='http://x.example/7.jpg'><media:title>A ship</media:title>"
        "</media:content><content:encoded><![CDATA[<h2>Vote</h2><p>The quay &mdash; all of it "
        "&mdash; is closed.</p><ul><li>For good</li></ul><script>x()</script>]]></content:encoded>"
        "</item>"
    )
    loaded = load_feed(rss(item, "<title>The Post</title><language>en-us</language>"), "a.rss")
    (document,) = loaded.documents
    assert document.title == "Q&A: the quay"
    assert document.text == "Vote\n\nThe quay — all of it — is closed.\n\n- For good"
    assert [span.of(document.text) for span in document.headings] == ["Vote"]
    assert (document.source, document.author) == ("The Post", "Ann Lee")
    assert (document.published, document.language) == (date(2019, 6, 20), "en-us")
    assert document.member == "2019-06-20 Q&A: the quay"


def test_summaries_plain_texts_and_sources() -> None:
    items = (
        "<item><title>Quay</title><author>ann@x.example (Ann Lee)</author>"
        "<source url='http://y.example'>The Mail</source><description>1 &lt; 2 &amp;amp; 3"
        "</description></item>" + ITEM + "<item><title>Bare</title></item><item><description>"
        "Words without a title.</description></item>"
    )
    loaded = load_feed(rss(items, ""), "the_post.rss")
    first, second, third = loaded.documents
    assert (first.text, first.source, first.author) == ("1 < 2 & 3", "The Mail", "Ann Lee")
    assert (second.member, second.source) == ("Quay (2)", "The post")
    assert (third.title, third.member) == ("Words without a title.", "untitled")
    assert loaded.problems == (("Bare", "no text"),)


def test_an_atom_entry() -> None:
    entry = (
        "<title type='html'>The &lt;b&gt;quay&lt;/b&gt;</title><updated>2020-01-01T00:00:00Z"
        "</updated><published>2019-06-20T08:00:00Z</published><author><name>Ann Lee</name>"
        "<uri>http://x.example</uri></author><author><name>Bo Ray</name></author>"
        "<summary>Short.</summary><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
        "<p>The quay is <b>closed</b>.</p><p>For good.</p></div></content>"
    )
    (document,) = load_feed(atom(entry), "a.atom").documents
    assert (document.title, document.author) == ("The quay", "Ann Lee, Bo Ray")
    assert (document.published, document.language) == (date(2019, 6, 20), "en-gb")
    assert document.text == "The quay is closed.\n\nFor good."


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            "<content type='html'>&lt;p&gt;Closed.&lt;/p&gt;&lt;p&gt;All.</content>",
            "Closed.\n\nAll.",
        ),
        ("<content>a &lt; b</content>", "a < b"),
        ("<content src='http://x.example'/><summary>Short.</summary>", "Short."),
    ],
)
def test_the_contents_of_an_atom_entry(content: str, text: str) -> None:
    entry = f"<title>Quay</title><updated>2020-01-01T00:00:00Z</updated>{content}"
    (document,) = load_feed(atom(entry), "a.atom").documents
    assert (document.text, document.published) == (text, None)


def test_rss_of_the_first_kind() -> None:
    data = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        b'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        b"<title>The Post</title></channel><item><title>Quay</title><dc:date>2019-06-20T08:00Z"
        b"</dc:date><description>Closed.</description></item></rdf:RDF>"
    )
    (document,) = load_feed(data, "a.xml").documents
    assert (document.text, document.source) == ("Closed.", "The Post")
    assert document.published == date(2019, 6, 20)


@pytest.mark.parametrize(
    "data",
    [
        b"\n \n" + rss(),
        rss().replace(b"<title>The", b"<title>Q&A &nbsp; The"),
        rss().removesuffix(b"</channel></rss>"),
        b'<?xml version="1.0" encoding="iso-8859-1"?>' + rss(),
        b"<!DOCTYPE rss PUBLIC 'a' 'http://x.example/rss.dtd'>" + rss(),
        rss().replace(b"closed.", b"closed.\x0b"),
    ],
)
def test_feeds_with_mistakes_are_read(data: bytes) -> None:
    assert [document.text for document in load_feed(data, "a.xml").documents] == [
        "The quay is closed."
    ]


LAUGHS = b"<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
OUTSIDE = b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (LAUGHS + rss().replace(b"closed", b"&b;"), "entities"),
        (OUTSIDE + rss().replace(b"closed", b"&a;"), "entities"),
        (b"<rss>" * 100_000, "nested too deeply"),
        (b"<rss a='" + b"=" * 5_000_000, "too much markup"),
        (b"<html><body>words</body></html>", "not a feed of articles"),
        (b"", "not"),
        (b"words", "not"),
        (rss(""), "a feed without entries"),
        (rss("<item/>"), "a feed without text"),
    ],
)
def test_what_is_no_feed_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        load_feed(data, "a.xml")


def test_entities_are_not_read_from_malformed_xml() -> None:
    for doctype in (LAUGHS, OUTSIDE):
        data = doctype + rss().replace(b"closed", b"closed&a;&b;").replace(b"The Post", b"Q & A")
        try:
            texts = [document.text for document in load_feed(data, "a.xml").documents]
        except LoadError:
            texts = []
        assert all("ha" not in text and "\n" not in text for text in texts)


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_ENTRIES", 2)
    with pytest.raises(LoadError, match="more than 2 entries"):
        load_feed(rss(ITEM * 3), "a.rss")
