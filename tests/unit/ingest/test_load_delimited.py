"""CSV and TSV: rows as documents, or as the lines of one."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from groundwire.ingest.loaders import delimited
from groundwire.ingest.loaders.base import Loaded, LoadError, Members
from groundwire.ingest.loaders.columns import Columns, day_of
from groundwire.ingest.loaders.delimited import load_delimited

STORY = "The harbour board voted on Tuesday to rebuild the old quay that the storm had broken."


def table(text: str, name: str = "a.csv", columns: Columns | None = None) -> Loaded:
    loaded = load_delimited(text.encode(), name, columns)
    assert isinstance(loaded, Loaded)
    return loaded


def documents(text: str, name: str = "a.csv", columns: Columns | None = None) -> Members:
    loaded = load_delimited(text.encode(), name, columns)
    assert isinstance(loaded, Members)
    return loaded


def test_a_table_is_one_document_with_a_line_for_each_row() -> None:
    loaded = table("Port,Ships,Share\nAyr,7,\n\nCork,9,10 %\n", "2019-06-20_ports.csv")
    assert loaded.text == "Port: Ayr | Ships: 7\n\nPort: Cork | Ships: 9 | Share: 10 %"
    assert [(place.label, place.span.of(loaded.text)[:10]) for place in loaded.locators] == [
        ("row 2", "Port: Ayr "),
        ("row 4", "Port: Cork"),
    ]
    assert (loaded.title, loaded.published) == ("Ports", date(2019, 6, 20))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a;b\n1,5;2\n3,5;4\n", "a.csv"),
        ("a\tb\n1,5\t2\n3,5\t4\n", "a.csv"),
        ("a\tb\n1,5\t2\n3,5\t4\n", "a.tsv"),
        ("a|b\n1,5|2\n3,5|4\n", "a.csv"),
        ('"a","b"\n"1,5","2"\n"3,5","4"\n', "a.csv"),
        ("\ufeffsep=;\r\na;b\r\n1,5;2\r\n3,5;4\r\n", "a.csv"),
        ("a;b\r1,5;2\r3,5;4", "a.csv"),
    ],
)
def test_the_delimiter_is_found(text: str, name: str) -> None:
    assert table(text, name).text == "a: 1,5 | b: 2\n\na: 3,5 | b: 4"


def test_a_table_without_names_has_cells_alone() -> None:
    assert table("Ayr,1\nCork,2\n").text == "Ayr | 1\n\nCork | 2"
    assert table("Port,Ships\nAyr,1,extra\n").text == "Port: Ayr | Ships: 1 | extra"


def test_a_cell_may_hold_lines() -> None:
    loaded = table('Port,Note\nAyr,"closed\nfor good"\nCork,open\n')
    assert loaded.text == "Port: Ayr | Note: closed for good\n\nPort: Cork | Note: open"
    assert loaded.locators[1].label == "row 3"


def test_rows_are_documents_where_a_column_holds_texts() -> None:
    text = (
        "ID,Headline,Body,Published At,Outlet,By-line,Lang,URL\n"
        f'7,Quay,"{STORY}\n\nMore.",2019-06-20T08:00:00Z,The Post,Ann Lee,en_GB,http://x.example/7\n'
        f"8,Pier,{STORY},21 June 2019,,,,https://www.y.example/8\n"
        "9,Empty,,,,,,\n"
    )
    loaded = documents(text)
    first, second = loaded.documents
    assert (first.title, first.source, first.author) == ("Quay", "The Post", "Ann Lee")
    assert (first.published, first.language) == (date(2019, 6, 20), "en-gb")
    assert first.text == f"{STORY}\n\nMore."
    assert [(place.label, place.span.end) for place in first.locators] == [
        ("row 2", len(first.text))
    ]
    assert (second.member, second.source, second.published) == ("8", "y.example", date(2019, 6, 21))
    assert loaded.problems == (("9", "no text in row 4"),)


def test_members_are_named_by_title_and_are_safe() -> None:
    rows = "\n".join(f'"{title}",{STORY}' for title in ("A/../../b", "Same", "Same", ""))
    loaded = documents(f"title,text\n{rows}\n")
    assert [document.member for document in loaded.documents] == [
        "A/b",
        "Same",
        "Same (2)",
        STORY,
    ]
    assert loaded.documents[3].title == STORY


def test_short_labels_in_a_column_called_text_make_a_table() -> None:
    assert table("text,count\nyes,4\nno,5\n").text == "text: yes | count: 4\n\ntext: no | count: 5"
    assert isinstance(load_delimited(f"place,summary\nAyr,{STORY}\n".encode(), "a.csv"), Loaded)


def test_columns_can_be_given() -> None:
    text = "what,said,on\nQuay,Closed.,03/04/2019\n"
    loaded = documents(text, columns=Columns(text="Said", title="what", published="on"))
    assert [(d.title, d.text, d.published) for d in loaded.documents] == [("Quay", "Closed.", None)]
    with pytest.raises(LoadError, match="has no column words"):
        load_delimited(text.encode(), "a.csv", Columns(text="words"))


def test_markup_in_a_text_is_read() -> None:
    loaded = documents(f"title,text\nQuay,<h2>Vote</h2><p>{STORY}</p><p>Q&amp;A</p>\n")
    assert loaded.documents[0].text == f"Vote\n\n{STORY}\n\nQ&A"
    assert len(loaded.documents[0].headings) == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-06-20", date(2019, 6, 20)),
        ("2019-06-20 08:00", date(2019, 6, 20)),
        ("20190620", date(2019, 6, 20)),
        ("Thu, 20 Jun 2019 23:30:00 +0900", date(2019, 6, 20)),
        ("1561017600", date(2019, 6, 20)),
        ("1561017600000", date(2019, 6, 20)),
        ("20/6/2019", date(2019, 6, 20)),
        ("6/20/2019", date(2019, 6, 20)),
        ("6/6/2019", date(2019, 6, 6)),
        ("5.6.2019", date(2019, 6, 5)),
        ("5/6/2019", None),
        ("40/40/2019", None),
        ("June", None),
        ("", None),
    ],
)
def test_days_are_read_where_there_is_no_doubt(text: str, day: date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n,,\n", "empty"),
        (b"a,b\n", "no rows below"),
        (b"a,b\n\0\1\2", "not text"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        load_delimited(data, "a.csv")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    before = csv.field_size_limit()
    for limit, reason in (("MAX_ROWS", "2 rows"), ("MAX_CELLS", "2 cells"), ("MAX_CELL", "field")):
        with monkeypatch.context() as patch:
            patch.setattr(delimited, limit, 2)
            with pytest.raises(LoadError, match=reason):
                load_delimited(b"abcdef,b\n1,2\n3,4\n", "a.csv")
    assert csv.field_size_limit() == before
