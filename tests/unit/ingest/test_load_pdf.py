"""Portable documents: paragraphs, pages, tables, and what is left out."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.ingest.loaders import pdf as pdf_loader
from groundwire.ingest.loaders import pdf_characters
from groundwire.ingest.loaders.base import Loaded, LoadError, Members
from groundwire.ingest.loaders.pdf import load_pdf
from tests.unit.ingest.pdf_files import pdf, set_lines, show, wrapped

FIRST = (
    "The harbour board voted on Tuesday to rebuild the old quay, which has been closed to ships "
    "since the storm of 2017, and to pay for it from the reserve that was set aside."
)
SECOND = (
    "Its chair said that the work would begin in spring. Traders on the quay asked who would pay "
    "them for the months in which no ship could land, and had no answer."
)


def load(data: bytes, name: str) -> Loaded:
    loaded = load_pdf(data, name)
    assert isinstance(loaded, Loaded)
    return loaded


def test_lines_become_paragraphs_where_there_is_space_between() -> None:
    first, second = wrapped(FIRST), wrapped(SECOND)
    page = set_lines(first) + "\n" + set_lines(second, y=700 - 13 * len(first) - 8)
    assert load(pdf([page]), "a.pdf").text == f"{FIRST}\n\n{SECOND}"


def test_lines_become_paragraphs_where_only_the_last_line_is_short() -> None:
    lines = [*wrapped(FIRST), *wrapped(SECOND)]
    assert load(pdf([set_lines(lines)]), "a.pdf").text == f"{FIRST}\n\n{SECOND}"


def test_an_indent_begins_a_paragraph() -> None:
    lines = ["They voted to rebuild the quay, to the last of them, on Tuesday."] * 2
    page = "\n".join(
        show(line, x, 700 - 13 * n)
        for n, (line, x) in enumerate(zip(lines * 2, [84, 72, 84, 72], strict=True))
    )
    assert load(pdf([page]), "a.pdf").text.split("\n\n") == [" ".join(lines)] * 2


def test_columns_are_read_one_after_the_other() -> None:
    left, right = wrapped(FIRST, 34), wrapped(SECOND, 34)
    left[-1:] = ["that was set aside and is not yet"]
    page = set_lines(left) + "\n" + set_lines(["Spent by anyone.", *right], x=320)
    text = load(pdf([page]), "a.pdf").text
    assert text.startswith(FIRST.removesuffix("that was set aside."))
    assert "is not yet Spent by anyone.\n\nIts chair said" in text
    assert text.endswith(SECOND)


@pytest.mark.parametrize(
    ("broken", "elsewhere", "whole"),
    [
        (("rebuild the har-", "bour and its"), "", "rebuild the harbour and its"),
        (("a long-", "term plan"), "The long-term plan.", "a long-term plan"),
        (("a long-", "term plan"), "For a long time, a term of ten.", "a long-term plan"),
        (("the re-", "form of it"), "A reform, to form again, re the rest.", "the reform of it"),
        (("a near-", "circular basin"), "", "a near-circular basin"),
        (("a high-", "er quay"), "", "a higher quay"),
        (("in the Anglo-", "Irish sea"), "", "in the Anglo-Irish sea"),
        (("from 2019-", "to the end"), "", "from 2019-to the end"),
    ],
)
def test_words_broken_at_the_end_of_a_line(
    broken: tuple[str, str], elsewhere: str, whole: str
) -> None:
    lines = [
        f"The board voted on Tuesday, by a show of hands, {broken[0]}",
        f"{broken[1]} quay, which has been closed since the storm of that year,",
        "and to pay for it from the reserve.",
    ]
    page = set_lines(lines) + "\n" + show(elsewhere, 72, 600)
    assert whole in load(pdf([page]), "a.pdf").text


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Port", "Ships", "Share"), ("Ayr", "1,200", "12 %"), ("Cork city", "7", "1 %")]
    page = "\n".join(
        show(cell, x, 700 - 13 * n)
        for n, row in enumerate(rows)
        for cell, x in zip(row, (72, 172, 272), strict=True)
    )
    text = load(pdf([page]), "a.pdf").text
    assert text == "Port | Ships | Share\n\nAyr | 1,200 | 12 %\n\nCork city | 7 | 1 %"


def test_headings_are_larger_or_alone_in_bold() -> None:
    page = "\n".join(
        [
            show("The quay and", 72, 760, 20, "B"),
            show("its traders", 72, 738, 20, "B"),
            set_lines(wrapped(FIRST), y=700),
            show("Costs", 72, 640, font="B"),
            set_lines(wrapped(SECOND), y=625),
            show("It will cost four million.", 72, 560, font="B"),
        ]
    )
    loaded = load(pdf([page]), "a.pdf")
    assert [span.of(loaded.text) for span in loaded.headings] == [
        "The quay and its traders",
        "Costs",
    ]
    assert loaded.title == "The quay and its traders"


def test_pages_are_named_and_running_heads_left_out() -> None:
    words = wrapped(f"{FIRST} {SECOND}")
    parts = [words[:2], words[2:4], words[4:]]
    pages = [
        "\n".join(
            [
                show("Report of the harbour board", 72, 800),
                set_lines(part),
                show(f"Page {n} of 3" if n != 2 else f"{n}", 250, 30),
                show(f"{n + 6}", 500, 30),
            ]
        )
        for n, part in enumerate(parts, 1)
    ]
    loaded = load(pdf(pages), "a.pdf")
    assert loaded.text == f"{FIRST} {SECOND}"
    labels = {place.label: place.span.of(loaded.text) for place in loaded.locators}
    assert labels == {f"p. {n}": " ".join(part) for n, part in enumerate(parts, 1)}


def test_rows_at_the_edge_of_each_page_are_no_page_numbers() -> None:
    pages = [
        "\n".join(
            show(cell, x, 800)
            for cell, x in zip((f"Ayr {n}", str(90 - 7 * n), "2019"), (72, 172, 272), strict=True)
        )
        + "\n"
        + set_lines(wrapped(FIRST))
        for n in range(1, 5)
    ]
    text = load(pdf(pages), "a.pdf").text
    assert [f"Ayr {n} | {90 - 7 * n} | 2019" in text for n in range(1, 5)] == [True] * 4


def test_the_head_of_a_long_table_is_kept_once() -> None:
    head = "\n".join(show(cell, x, 800) for cell, x in (("Port", 72), ("Ships", 172)))
    pages = [f"{head}\n{show(f'Ayr {n}', 72, 700)}\n{show('many', 172, 700)}" for n in range(4)]
    text = load(pdf(pages), "a.pdf").text
    assert text.count("Port | Ships") == 1
    assert text.startswith("Port | Ships\n\nAyr 0 | many")


def test_watermarks_and_words_off_the_page_are_left_out() -> None:
    askew = "BT /F 60 Tf 0.7 0.7 -0.7 0.7 100 300 Tm (DRAFT) Tj ET"
    page = "\n".join([set_lines(wrapped(FIRST)), askew, show("Secret", 72, 900)])
    assert load(pdf([page]), "a.pdf").text == FIRST


def test_bullets_begin_items() -> None:
    page = set_lines(["\x95 The quay is closed.", "\x95 The pier is open."])
    assert load(pdf([page]), "a.pdf").text == "- The quay is closed.\n\n- The pier is open."


def test_what_it_says_about_itself() -> None:
    info = {"Title": "The quay", "Author": "Ann Lee", "CreationDate": "D:20190620080000Z"}
    page = set_lines(wrapped(FIRST))
    loaded = load(pdf([page], {**info, "ModDate": "D:20190701"}, catalog="/Lang(en-GB)"), "a")
    assert (loaded.title, loaded.author, loaded.language) == ("The quay", "Ann Lee", "en-gb")
    assert loaded.published == date(2019, 6, 20)
    untouched = load(pdf([page], {**info, "Title": "Microsoft Word - quay.doc"}), "b_quay.pdf")
    assert (untouched.title, untouched.published) == ("B quay", None)


def test_a_line_that_is_a_date_is_the_day_of_publication() -> None:
    page = show("Published: Thursday, 20 June 2019", 72, 740) + "\n" + set_lines(wrapped(FIRST))
    assert load(pdf([page]), "a.pdf").published == date(2019, 6, 20)
    page = show("The storm of 20 June 2019", 72, 740) + "\n" + set_lines(wrapped(FIRST))
    assert load(pdf([page]), "a.pdf").published is None
    assert load(pdf([page]), "2019-07-01 quay.pdf").published == date(2019, 7, 1)


def test_scanned_pages_are_reported() -> None:
    picture = (
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
        "/Length 1>>stream\n0\nendstream"
    )
    page = "q 500 0 0 700 40 40 cm /I Do Q"
    scanned = pdf([page] * 12, extra=picture, resources="/XObject<</I 1 0 R>>")
    with pytest.raises(LoadError, match="no text: its 12 pages look scanned"):
        load(scanned, "a.pdf")
    partly = load_pdf(
        pdf([set_lines(["Words"]), page, page], extra=picture, resources="/XObject<</I 1 0 R>>"),
        "a.pdf",
    )
    assert isinstance(partly, Members)
    assert [document.text for document in partly.documents] == ["Words"]
    assert partly.problems == (("", "2 of its 3 pages have no text and look scanned"),)
    with pytest.raises(LoadError, match=r"^no text$"):
        load(pdf([""]), "a.pdf")


def test_a_password_is_reported() -> None:
    locked = pdf([set_lines(["Words"])]).replace(
        b"trailer<<",
        b"trailer<</ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<"
        + b"42" * 32 + b">>>",
    )  # fmt: skip
    with pytest.raises(LoadError, match="is protected by a password"):
        load(locked, "a.pdf")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"words", pdf([set_lines(["a"])])[:200]])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(LoadError, match="not a PDF file, or a damaged one"):
        load(data, "a.pdf")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([set_lines(wrapped(FIRST))] * 3)
    for module, limit, reason in (
        (pdf_loader, "MAX_PAGES", "more than 2 pages"),
        (pdf_loader, "MAX_CHARACTERS", "more than 2 characters"),
        (pdf_characters, "MAX_PAGE_CHARACTERS", "a page has more than 2 characters"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, limit, 2)
            with pytest.raises(LoadError, match=reason):
                load(data, "a.pdf")


def test_a_centred_line_is_a_paragraph_of_its_own() -> None:
    page = show("by Ann Lee", 260, 714) + "\n" + set_lines(wrapped(FIRST))
    assert load(pdf([page]), "a.pdf").text == f"by Ann Lee\n\n{FIRST}"


def test_centred_lines_under_a_title_stay_apart() -> None:
    """So a date under a by-line is a dateline."""
    head = "\n".join((show("by Ann Lee", 218, 726), show("2019-06-20", 218, 713)))
    loaded = load(pdf([head + "\n" + set_lines(wrapped(FIRST))]), "a.pdf")
    assert loaded.text == f"by Ann Lee\n\n2019-06-20\n\n{FIRST}"
    assert loaded.published == date(2019, 6, 20)


def test_a_document_that_never_hyphenates_keeps_its_hyphens() -> None:
    lines = ["The board voted on Tuesday to build a stone-", "faced quay before the year is out."]
    pages = [set_lines(lines), *[set_lines(wrapped(FIRST * 9))] * 9]
    assert "a stone-faced quay" in load(pdf(pages), "a.pdf").text
    assert "a stonefaced quay" in load(pdf(pages[:1]), "a.pdf").text


@pytest.mark.parametrize("matrix", ["0 1 -1 0 600 0", "-1 0 0 -1 595 842", "0 -1 1 0 0 800"])
def test_pages_that_are_drawn_sideways(matrix: str) -> None:
    table = "\n".join(show(cell, x, 440) for cell, x in (("Ayr", 72), ("7", 172)))
    upright = f"{set_lines(wrapped(FIRST), y=540)}\n{table}"
    turned = f"q {matrix} cm {upright} Q {show('Stamp', 20, 20)}"
    assert load(pdf([turned]), "a.pdf").text == f"{FIRST}\n\nAyr | 7"


def test_raised_figures_do_not_lengthen_the_number_before_them() -> None:
    raised = (
        "BT /F 11 Tf 1 0 0 1 72 700 Tm (In 2019) Tj /F 6 Tf 4 Ts (12) Tj /F 11 Tf 0 Ts "
        "( the quay had 40 km) Tj /F 7 Tf 4 Ts (2) Tj /F 11 Tf 0 Ts ( of mud.) Tj ET"
    )
    page = "\n".join([raised, show("12", 72, 80, 6), show("By the board.", 84, 80, 8)])
    text = load(pdf([page]), "a.pdf").text
    assert text == "In 2019¹² the quay had 40 km² of mud.\n\n12 By the board."
