"""Rich Text Format: the words that a reader sees, in whatever character set they were written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from groundwire.ingest.loaders import rtf_tokens
from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.rtf import load_rtf

if TYPE_CHECKING:
    from groundwire.ingest.loaders.base import Loaded

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Cyr;}"
    r"{\f2\fcharset128 Kanji;}{\f3\fcharset1 Any;}}{\colortbl;\red0;}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 Kopf;}{\s2 Title;}{\s3 toc 1;}"
    r"{\*\cs9 hidden style;}}"
)


def load(body: str, name: str = "a.rtf") -> Loaded:
    return load_rtf(f"{HEAD}{body}}}".encode("latin-1"), name)


def test_headings_go_by_style_or_level() -> None:
    loaded = load(
        r"\pard\s2 Report\par\pard\s1 Findings\par{\pard\outlinelevel1\b Costs\par}"
        r"\pard\s3 Findings 3\par\pard Words below.\par\pard\s1 " + "Long. " * 60 + r"\par"
    )
    headings = [span.of(loaded.text) for span in loaded.headings]
    assert headings == ["Report", "Findings", "Costs"]
    assert "Findings 3" not in loaded.text
    assert loaded.title == "Report"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"caf\'e9 \u8364? \u8211\'96 \u-3913?", "café € – \uf0b7"),
        (r"\f1 \'cf\'f0\'e8\'e2\'e5\'f2\f0  \'e9", "Привет é"),
        (r"\f2 \'93\'fa\'96\'7b", "日本"),
        (r"{\f2\'83A}", "ア"),
        (r"\uc0\u55357\uc1 \u56832? \uc2\u233\'ef\'bfx\u233 abc", "😀 éxéc"),
        (r"\uc1\u233\bullet x\u233{y}", "éxéy"),
        (r"\emdash\~\_\-\{\}\\\lquote\rdblquote", "— -{}\\‘”"),
        ("one\r\n line\\\nnext\\line x\\tab y", "one line\n\nnext\nx y"),
        (r"\ansicpg1250 \'b9\ansicpg65001 \'c3\'a9\ansicpg99999 e", "ąée"),
        (r"\f3 \'e9", "é"),
        (r"a\v hidden\v0 b{\deleted gone}{\revised new}{\v x\plain y}", "abnewy"),
    ],
)
def test_characters(body: str, text: str) -> None:
    assert load(body).text == text


def test_what_no_reader_sees_is_left_out() -> None:
    text = load(
        r"{\header Running head\par}{\footerf 7}{\*\unknown x{\b y}}{\pict\pngblip 89504e}"
        r"Seen{\field{\*\fldinst HYPERLINK x}{\fldrslt {\ul  link}}}{\*\annotation No.}"
        r"{\*\bkmkstart b}{\xe index}{\object{\*\objdata 00}{\result  result}}"
        r"{\pict\bin9 }}}{{{\\}}after."
    ).text
    assert text == "Seen link resultafter."


def test_notes_and_boxes_follow_their_paragraph() -> None:
    text = load(
        r"Most{\super\chftn}{\*\footnote\chftn\~\pard Of 400 ports.\par In all.\par} agreed."
        r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard Boxed.\par}}{\shprslt Boxed.}}\par"
        r"\trowd\intbl Ayr{\footnote Later.}\cell 6\cell\row\pard End.\par"
    ).text
    assert text.split("\n\n") == [
        "Most agreed.", "(1) Of 400 ports.", "In all.", "Boxed.", "Ayr | 6", "(2) Later.", "End."
    ]  # fmt: skip


def test_tables_and_lists() -> None:
    text = load(
        r"\trowd\intbl Port\cell Sailings\cell\row\trowd\intbl Ayr\cell 6\par daily\cell\row"
        r"{\intbl{{\pard\intbl In a group\par}\cell}{{\pard\intbl x\par}\cell}\row}"
        r"\pard{\listtext\'b7\tab}First\par\pard\ls1 Second\par\pard\ls0 Words.\par"
        r"\pard\bullet\tab Third\par"
    ).text
    assert text.split("\n\n") == [
        "Port | Sailings", "Ayr | 6 daily", "In a group | x",
        "- First", "- Second", "Words.", "- Third",
    ]  # fmt: skip


def test_information_counts_unless_a_converter_set_it() -> None:
    info = (
        r"{\info{\title {Harbour} r\'e9view}{\author Mara Quist}{\company X}"
        r"{\creatim\yr2021\mo3\dy4\hr8\min0}{\revtim\yr2021\mo%d\dy4\hr8\min0}}"
    )
    loaded = load(info % 4 + "Words.")
    said = (loaded.title, loaded.author, loaded.published, loaded.text)
    assert said == ("Harbour réview", "Mara Quist", date(2021, 3, 4), "Words.")
    assert load(info % 3 + "Words.").published is None
    own = (
        r"{\*\userprops{\propname published}\proptype30{\staticval 2020-05-06}"
        r"{\propname source}\proptype30{\staticval Harbour Wire}}"
    )
    loaded = load(info % 4 + own + "Words.", "2019-01-01.rtf")
    assert (loaded.published, loaded.source) == (date(2020, 5, 6), "Harbour Wire")
    assert load("Words.", "ferry_report.rtf").title == "Ferry report"


def test_a_file_that_was_cut_gives_what_it_has() -> None:
    cut = load_rtf((HEAD + r"Most{\footnote Of 400").encode(), "a.rtf")
    assert cut.text == "Most\n\n(1) Of 400"
    assert load(r"Words.}{\rtf1 trailing").text == "Words."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{\\rtf1 }", "no text"),
        (b"{\\rtf1 {\\info{\\title T}}}", "no text"),
        (b"plain words", "not an RTF file"),
        (b"words {\\rtf1 x}", "not an RTF file"),
        (b"{\\rtf1 " + b"{" * 600 + b"x", "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        load_rtf(data, "a.rtf")


def test_the_number_of_tokens_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtf_tokens, "MAX_TOKENS", 100)
    with pytest.raises(LoadError, match="too much markup"):
        load_rtf(b"{\\rtf1 " + b"\\b" * 200 + b" x}", "a.rtf")


def test_numbers_without_sense_change_nothing() -> None:
    body = r"\uc-9\u99999999999?\s-1\fs999999999999\bin-5 x\bin{\f-7 y}\creatim\yr1"
    assert load(body).text.endswith("xy")
