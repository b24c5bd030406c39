"""Electronic books: chapters in reading order, named as the table of contents names them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.epub import load_epub
from tests.unit.ingest.package_files import epub_parts, package

if TYPE_CHECKING:
    from groundwire.ingest.loaders.base import Loaded

NCX = (
    '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://127.0.0.1:9/ncx.dtd">'
    '<ncx><navMap><navPoint><navLabel><text>Old contents</text></navLabel><content src="a.xhtml"/>'
    "<navPoint><navLabel><text>Inner</text></navLabel><content src='a.xhtml#i'/></navPoint>"
    "</navPoint></navMap></ncx>"
)


def load(
    chapters: dict[str, str], name: str = "a.epub", *, metadata: str = "", contents: str = ""
) -> Loaded:
    return load_epub(package(epub_parts(chapters, metadata=metadata, contents=contents)), name)


def link(target: str, title: str) -> str:
    return f'<li><a href="{target}">{title}</a></li>'


def places(loaded: Loaded) -> list[tuple[str, str]]:
    return [(place.label, place.span.of(loaded.text)) for place in loaded.locators]


def test_chapters_are_places_and_headings() -> None:
    loaded = load(
        {
            "z.xhtml": "<p>A preface.</p>",
            "a b.xhtml": "<h1>The start</h1><p>Words.</p>",
            "c.xhtml": "<p>Going on.</p>",
            "b.xhtml": "<p>THE END</p><p>More.</p>",
            "d.xhtml": "<p>Thanks.</p>",
            "e.xhtml": "<p> </p>",
        },
        contents=link("a%20b.xhtml", "One: The start")
        + link("b.xhtml", "The <i>end</i>")
        + link("d.xhtml", "Thanks to all")
        + link("e.xhtml", "Cover")
        + link("../../outside.xhtml", "Outside"),
    )
    assert places(loaded) == [
        ("One: The start", "The start\n\nWords.\n\nGoing on."),
        ("The end", "The end\n\nMore."),
        ("Thanks to all", "Thanks to all\n\nThanks."),
    ]
    headings = [span.of(loaded.text) for span in loaded.headings]
    assert headings == ["The start", "The end", "Thanks to all"]
    assert loaded.text.startswith("A preface.\n\nThe start")


def test_several_chapters_in_a_file_begin_where_the_contents_say() -> None:
    body = (
        '<p>Front.</p><h2><a id="one"/>One</h2><p>First <a id="two"/>words.</p><p>Second words.</p>'
        '<table><tr id="three"><td>a</td><td>b</td></tr></table>'
    )
    contents = link("a.xhtml#one", "One") + link("a.xhtml#two", "Two") + link("#x", "Nowhere")
    loaded = load({"a.xhtml": body}, contents=contents + link("a.xhtml#three", "Three"))
    assert places(loaded) == [
        ("One", "One\n\nFirst words."),
        ("Two", "Two\n\nSecond words."),
        ("Three", "Three\n\na | b"),
    ]


def test_the_contents_of_version_2_serve_as_well() -> None:
    parts = epub_parts({"a.xhtml": "<p>Words.</p><p id='i'>Inside.</p>"})
    manifest = str(parts["OPS/book.opf"]).replace(
        'href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"',
        'href="toc.ncx" media-type="application/x-dtbncx+xml"',
    )
    loaded = load_epub(package({**parts, "OPS/book.opf": manifest, "OPS/toc.ncx": NCX}), "a.epub")
    assert [label for label, _ in places(loaded)] == ["Old contents", "Inner"]
    broken = {**parts, "OPS/book.opf": manifest, "OPS/toc.ncx": "<ncx"}
    assert load_epub(package(broken), "a.epub").text == "Words.\n\nInside."


def test_all_words_of_a_chapter_are_read_and_nothing_else() -> None:
    text = load(
        {
            "a.xhtml": "<div>Loose <b>words</b><p>para<br/>graph</p>tail</div>"
            "<script>no</script><style>no</style><svg><text>no</text></svg>"
            "<p hidden='hidden'>no</p>"
            "<ul><li>First<ul><li><p>Nested</p><p>more</p></li></ul></li></ul>"
            "<pre>a\n  b</pre><table><thead><tr><th>Port</th><th>Sailings</th></tr></thead>"
            "<tr><td><p>Ayr</p></td><td>6<br/>daily</td></tr></table>"
            "<p>Noted<sup><a href='#n1'>1</a></sup>, too<a epub:type='noteref' href='#n2'>*</a>"
            " in <a href='b.xhtml#s'>section 1</a>.<span epub:type='pagebreak'>12</span></p>"
            "<aside epub:type='footnote' id='n1'>The note. <a href='#r1'>↩</a></aside>"
            "<p><ruby>字<rt>zi</rt></ruby> x<sup>2</sup></p>"
        }
    ).text
    assert text.split("\n\n") == [
        "Loose words", "para\ngraph", "tail", "- First", "- Nested", "more", "a\n  b",
        "Port | Sailings", "Ayr | 6 daily", "Noted, too in section 1.", "The note.", "字 x2",
    ]  # fmt: skip


def test_entities_of_html_and_sloppy_markup_are_read() -> None:
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://127.0.0.1:9/x.dtd">'
    parts = epub_parts({"a.xhtml": "", "b.xhtml": "", "c.xhtml": ""})
    parts["OPS/a.xhtml"] = f"{doctype}<html><body><p>caf&eacute;&nbsp;x&bogus;</p></body></html>"
    parts["OPS/b.xhtml"] = "<html><body><p>Never closed<p>&eacute;t&eacute;</body></html>"
    sloppy = '<?xml version="1.0" encoding="windows-1251"?><html><body><p>Юлия<br></body></html>'
    parts["OPS/c.xhtml"] = sloppy.encode("cp1251")
    text = load_epub(package(parts), "a.epub").text
    assert text == "café x\n\nNever closed\n\nété\n\nЮлия"


def test_metadata() -> None:
    metadata = (
        "<dc:title>The harbour</dc:title><dc:title>A subtitle</dc:title>"
        "<dc:creator>Mara Quist</dc:creator><dc:creator>Sam Okell</dc:creator>"
        '<dc:publisher>Quay Press</dc:publisher><dc:language>en-GB</dc:language>'
        '<dc:date opf:event="modification">2021-09-09</dc:date><dc:date>1999</dc:date>'
        '<dc:date opf:event="publication">2021-03-04</dc:date>'
    )  # fmt: skip
    loaded = load({"a.xhtml": "<p>Words.</p>"}, metadata=metadata)
    assert (loaded.title, loaded.author) == ("The harbour", "Mara Quist; Sam Okell")
    assert (loaded.source, loaded.language) == ("Quay Press", "en-gb")
    assert loaded.published == date(2021, 3, 4)
    stamped = (
        "<dc:date>2026-01-02T03:04:05Z</dc:date><dc:source>urn:isbn:1</dc:source>"
        '<meta property="dcterms:modified">2026-01-02T03:04:05Z</meta>'
    )
    loaded = load({"a.xhtml": "<p>x</p>"}, "2020-01-02-the_book.epub", metadata=stamped)
    said = (loaded.title, loaded.source, loaded.published)
    assert said == ("The book", "", date(2020, 1, 2))


def test_a_chapter_is_read_once_however_often_it_is_listed() -> None:
    parts = epub_parts({"a.xhtml": "<p>Words.</p>"})
    parts["OPS/book.opf"] = str(parts["OPS/book.opf"]).replace(
        '<itemref idref="a.xhtml"/>', '<itemref idref="a.xhtml"/>' * 1000
    )
    assert load_epub(package(parts), "a.epub").text == "Words."


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"OPS/a.xhtml": None}, "OPS/a.xhtml is missing"),
        ({"OPS/a.xhtml": "<html><body><p> </p></body></html>"}, "no text"),
        ({"OPS/a.xhtml": "<html><head/></html>"}, "no text"),
        ({"OPS/a.xhtml": "<html><body>" + "<div>" * 400}, "nested too deeply"),
        ({"OPS/a.xhtml": "<html><body>&nbsp;" + "<b>x" * 400}, "nested too deeply"),
        ({"OPS/book.opf": "<package"}, "OPS/book.opf: not well-formed"),
        ({"OPS/book.opf": None, "META-INF/container.xml": None}, "not an EPUB file"),
    ],
)
def test_what_cannot_be_read_is_a_reason(changes: dict[str, str | None], reason: str) -> None:
    parts = {**epub_parts({"a.xhtml": "<p>Words.</p>"}), **changes}
    kept = {name: content for name, content in parts.items() if content is not None}
    with pytest.raises(LoadError, match=reason):
        load_epub(package(kept), "a.epub")
