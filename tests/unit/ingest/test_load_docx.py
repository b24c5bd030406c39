"""Word documents: the words that a reader sees, headings, and what the properties say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.docx import load_docx
from tests.unit.ingest.package_files import docx_parts, package

if TYPE_CHECKING:
    from groundwire.ingest.loaders.base import Loaded


def paragraph(words: str, style: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(words)}</w:p>'


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def load(body: str, name: str = "a.docx", *, core: str = "", footnotes: str = "") -> Loaded:
    return load_docx(package(docx_parts(body, core=core, footnotes=footnotes)), name)


def test_headings_go_by_style_whatever_its_id() -> None:
    body = (
        paragraph("Report", "T")
        + paragraph("Findings", "berschrift1")
        + paragraph("Costs", "House")
        + paragraph("Words below.")
        + '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>' + run("By level") + "</w:p>"
        + paragraph("A heading's style on a whole paragraph. " * 9, "berschrift1")
    )  # fmt: skip
    loaded = load(body)
    headings = [span.of(loaded.text) for span in loaded.headings]
    assert headings == ["Report", "Findings", "Costs", "By level"]
    assert loaded.title == "Report"


def test_deleted_words_are_not_read_and_inserted_ones_are() -> None:
    body = (
        f"<w:p>{run('It ')}<w:del><w:r><w:delText>was never</w:delText></w:r>{run('old')}</w:del>"
        f"<w:ins>{run('is')}</w:ins><w:moveFrom>{run('gone')}</w:moveFrom>{run(' here.')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Joined ')}</w:p>"
        f"<w:p>{run('lines.')}</w:p>"
    )
    assert load(body).text == "It is here.\n\nJoined lines."


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    body = (
        f"<w:p>{run('Before ')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        f"{run('and after.')}</w:p>"
    )
    assert load(body).text == "Before and after.\n\nIn the box."


def test_notes_follow_what_refers_to_them() -> None:
    notes = (
        f'<w:footnote w:id="-1" w:type="separator">{paragraph("no")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Of 400 ports.")}{paragraph("In all.")}</w:footnote>'
        f'<w:footnote w:id="3"><w:p>{run("Later.")}<w:r><w:footnoteReference w:id="3"/></w:r></w:p>'
        "</w:footnote>"
    )
    first = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    second = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    cells = "".join(f"<w:tc><w:p>{words}</w:p></w:tc>" for words in (run("Ayr") + second, run("6")))
    body = f"<w:p>{run('Most')}{first}{run(' agreed.')}</w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    text = load(body + paragraph("End."), footnotes=notes).text
    assert text == "Most agreed.\n\n(1) Of 400 ports.\n\nIn all.\n\nAyr | 6\n\n(2) Later.\n\nEnd."


def test_notes_of_one_paragraph_keep_their_order_however_many() -> None:
    note = '<w:footnote w:id="{0}">' + paragraph("note {0}") + paragraph("more") + "</w:footnote>"
    notes = "".join(note.format(number) for number in range(2000))
    references = "".join(f'<w:footnoteReference w:id="{number}"/>' for number in range(2000))
    text = load(f"<w:p>{run('Words.')}<w:r>{references}</w:r></w:p>", footnotes=notes).text
    assert text.startswith("Words.\n\n(1) note 0\n\nmore\n\n(2) note 1\n\nmore\n\n(3)")
    assert text.endswith("(2000) note 1999\n\nmore")


def test_tables_are_rows_and_a_table_for_layout_is_its_content() -> None:
    def row(*cells: str, properties: str = "") -> str:
        inside = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
        return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"

    nested = f"<w:tbl>{row(paragraph('a'), paragraph('b'))}</w:tbl>"
    body = (
        f"<w:tbl>{row(paragraph('Port'), paragraph('Sailings'))}"
        f"<w:sdt><w:sdtContent>{row(paragraph('Ayr'), paragraph('6') + paragraph('daily'))}"
        f"</w:sdtContent></w:sdt>{row(paragraph('gone'), paragraph('1'), properties='<w:del/>')}"
        f"{row(paragraph(''), paragraph(''))}{row(paragraph('In'), nested)}</w:tbl>"
        f"<w:tbl>{row(paragraph('Layout', 'berschrift1') + paragraph('Words.'))}</w:tbl>"
    )
    loaded = load(body)
    assert loaded.text == ("Port | Sailings\n\nAyr | 6 daily\n\nIn | a | b\n\nLayout\n\nWords.")
    assert [span.of(loaded.text) for span in loaded.headings] == ["Layout"]


def test_what_no_reader_sees_is_left_out() -> None:
    contents = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    body = (
        f"<w:sdt><w:sdtPr>{contents}</w:sdtPr><w:sdtContent>{paragraph('Contents')}</w:sdtContent>"
        f"</w:sdt>{paragraph('Findings 3', 'TOC1')}"
        f"<w:p>{run('Seen')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        f"<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>, too</w:t></w:r>"
        "<w:r><w:instrText>PAGE 7</w:instrText></w:r>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click')}</w:sdtContent>"
        f"</w:sdt><w:sdt><w:sdtContent>{run(' and filled')}</w:sdtContent></w:sdt></w:p>"
    )
    assert load(body).text == "Seen, too and filled"


def test_lists_links_breaks_and_initials() -> None:
    initial = '<w:pPr><w:framePr w:dropCap="drop"/></w:pPr>'
    body = (
        paragraph("First", "L")
        + '<w:p><w:pPr><w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
        + run("No item") + "</w:p>"
        + f"<w:p>{run('One')}<w:r><w:br/></w:r>{run('two ')}"
        + f"<w:hyperlink>{run('link')}</w:hyperlink>"
        + "<w:r><w:tab/><w:t>x</w:t><w:noBreakHyphen/></w:r>"
        + "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></w:p>"
        + f"<w:p>{initial}{run('T')}</w:p><w:p>{run('he rest.')}</w:p>"
    )  # fmt: skip
    assert load(body).text == "- First\n\nNo item\n\nOne\ntwo link x-a=b\n\nThe rest."


def test_properties_count_unless_a_template_or_converter_set_them() -> None:
    core = (
        "<title>Harbour review</title><creator>Mara Quist</creator><language>en-GB</language>"
        "<created>2021-03-04T08:00:00Z</created><modified>2021-04-01T08:00:00Z</modified>"
    )
    loaded = load(paragraph("Words."), core=core)
    said = (loaded.title, loaded.author, loaded.language, loaded.published)
    assert said == ("Harbour review", "Mara Quist", "en-gb", date(2021, 3, 4))
    template = (
        "<title>Microsoft Word - Document1</title><creator>python-docx</creator>"
        "<created>2021-03-04T08:00:00Z</created><modified>2021-03-04T08:00:00Z</modified>"
    )
    loaded = load(paragraph("Words."), "ferry_report.docx", core=template)
    said = (loaded.title, loaded.author, loaded.language, loaded.published)
    assert said == ("Ferry report", "", "", None)
    assert load(paragraph("x"), "2020-01-02-x.docx", core=core).published == date(2020, 1, 2)


@pytest.mark.parametrize("body", ["", paragraph(" "), "<w:tbl/>"])
def test_no_text_is_a_reason(body: str) -> None:
    with pytest.raises(LoadError, match="no text"):
        load(body)


def test_deep_nesting_is_a_reason_or_read() -> None:
    deep = "<w:sdt>" * 100 + paragraph("Deep.") + "</w:sdt>" * 100
    assert load(deep).text == "Deep."
    with pytest.raises(LoadError, match="nested too deeply"):
        load("<w:sdt>" * 300 + paragraph("Deep.") + "</w:sdt>" * 300)
