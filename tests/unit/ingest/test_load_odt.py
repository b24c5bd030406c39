"""OpenDocument texts: the words that a reader sees, headings, and what the metadata says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.odt import load_odt
from tests.unit.ingest.package_files import odt_parts, package

if TYPE_CHECKING:
    from groundwire.ingest.loaders.base import Loaded

HIDDEN = (
    '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="H2" style:parent-style-name="H"/>'
    '<style:style style:name="P1" style:parent-style-name="Title"/>'
    '<style:style style:name="loop" style:parent-style-name="loop"/>'
)


def load(body: str, name: str = "a.odt", *, meta: str = "") -> Loaded:
    return load_odt(package(odt_parts(body, meta=meta, styles=HIDDEN)), name)


def test_headings_are_headings_and_titles() -> None:
    loaded = load(
        '<text:p text:style-name="P1">Report</text:p><text:h>Findings</text:h>'
        '<text:list><text:list-item><text:h>Numbered</text:h></text:list-item></text:list>'
        '<text:p text:style-name="loop">Words.</text:p>'
        f"<text:h>{'A heading that is a paragraph. ' * 12}</text:h>"
    )  # fmt: skip
    headings = [span.of(loaded.text) for span in loaded.headings]
    assert headings == ["Report", "Findings", "Numbered"]
    assert loaded.title == "Report"


def test_what_no_reader_sees_is_left_out() -> None:
    deleted = "<text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
    text = load(
        f"<text:tracked-changes>{deleted}</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Findings 3</text:p></text:index-body>"
        "</text:table-of-content>"
        '<text:p>Be<text:change text:change-id="c"/>fore <text:change-start/>new<text:change-end/>'
        '<text:span text:style-name="H2"> hidden</text:span><office:annotation><dc:creator>Y'
        "</dc:creator><text:p>comment</text:p></office:annotation>.</text:p>"
        '<text:p text:style-name="H">hidden</text:p>'
        '<text:section text:display="none"><text:p>hidden</text:p></text:section>'
        "<text:section><text:p>In a section.</text:p></text:section>"
    ).text
    assert text == "Before new.\n\nIn a section."


def test_spaces_boxes_and_notes() -> None:
    text = load(
        '<text:p>One<text:s text:c="99999999"/>two<text:tab/>three<text:line-break/>four '
        "<text:note><text:note-citation>7</text:note-citation><text:note-body>"
        "<text:p>The note.</text:p></text:note-body></text:note>five<draw:frame><draw:text-box>"
        "<text:p>Boxed.</text:p></draw:text-box></draw:frame>\n   six</text:p><text:p>End.</text:p>"
    ).text
    assert text == "One two three\nfour five six\n\nBoxed.\n\n(1) The note.\n\nEnd."


def test_notes_of_one_paragraph_keep_their_order_however_many() -> None:
    note = "<text:note><text:note-body><text:p>note</text:p><text:p>more</text:p></text:note-body>"
    text = load(f"<text:p>Words.{(note + '</text:note>') * 2000}</text:p>").text
    assert text.startswith("Words.\n\n(1) note\n\nmore\n\n(2) note\n\nmore\n\n(3) note")
    assert text.endswith("(2000) note\n\nmore")


def test_lists_and_tables() -> None:
    def cell(words: str, extra: str = "") -> str:
        return f"<table:table-cell {extra}><text:p>{words}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    wide = 'table:number-columns-spanned="2"'
    text = load(
        "<text:list><text:list-item><text:p>First</text:p><text:p>more</text:p><text:list>"
        "<text:list-item><text:p>Nested</text:p></text:list-item></text:list></text:list-item>"
        "</text:list><table:table><table:table-header-rows><table:table-row>"
        f"{cell('Port')}{cell('Sailings')}</table:table-row></table:table-header-rows>"
        f"<table:table-row>{cell('Ayr', wide)}{covered}{cell('6')}</table:table-row>"
        f"<table:table-row>{covered}{cell('7')}</table:table-row>"
        f"<table:table-row>{cell('Layout')}</table:table-row></table:table>"
    ).text
    assert text.split("\n\n") == [
        "- First", "more", "- Nested", "Port | Sailings", "Ayr | 6", " | 7".strip(), "Layout"
    ]  # fmt: skip


def test_formulas_are_read_once() -> None:
    parts = odt_parts(
        '<text:p>Where <draw:frame><draw:object xlink:href="./F"/></draw:frame> holds'
        '<draw:frame><draw:object xlink:href="../../x"/></draw:frame>.</text:p>'
    )
    parts["F/content.xml"] = "<math><mi>a</mi><mo>=</mo><mi>b</mi><annotation>z</annotation></math>"
    assert load_odt(package(parts), "a.odt").text == "Where a=b holds."


def test_metadata_counts_unless_a_converter_set_it() -> None:
    dates = "<meta:creation-date>{}</meta:creation-date><dc:date>2021-04-01T08:00:00</dc:date>"
    meta = (
        "<dc:title>Harbour review</dc:title><meta:initial-creator>Mara Quist"
        "</meta:initial-creator><dc:creator>Editor</dc:creator><dc:language>en-GB</dc:language>"
    )
    loaded = load("<text:p>x</text:p>", meta=meta + dates.format("2021-03-04T08:00:00"))
    said = (loaded.title, loaded.author, loaded.language, loaded.published)
    assert said == ("Harbour review", "Mara Quist", "en-gb", date(2021, 3, 4))
    stamped = dates.format("2021-04-01T08:00:00")
    assert load("<text:p>x</text:p>", meta=stamped).published is None
    own = '<meta:user-defined meta:name="{}">{}</meta:user-defined>'
    given = own.format("published", "2020-05-06") + own.format("source", "Harbour Wire")
    loaded = load("<text:p>x</text:p>", "2019-01-01.odt", meta=stamped + given)
    assert (loaded.published, loaded.source) == (date(2020, 5, 6), "Harbour Wire")


@pytest.mark.parametrize("body", ["", "<text:p> </text:p>", "<table:table/>"])
def test_no_text_is_a_reason(body: str) -> None:
    with pytest.raises(LoadError, match="no text"):
        load(body)


def test_deep_nesting_is_read_or_a_reason() -> None:
    deep = "<text:section>" * 100 + "<text:p>Deep.</text:p>" + "</text:section>" * 100
    assert load(deep).text == "Deep."
    with pytest.raises(LoadError, match="nested too deeply"):
        load("<text:section>" * 300 + "<text:p>Deep.</text:p>" + "</text:section>" * 300)
