"""Plain text, and what every loader shares: limits, titles and dates from names."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.ingest.loaders import registry
from groundwire.ingest.loaders.base import LoadError, date_from, one_line, title_from
from groundwire.ingest.loaders.registry import MAX_BYTES, SUFFIXES, load
from tests.fakes.loading import load_one

BODY = "The talks ended on Friday.\n\nNobody said why."


def test_a_headline_is_the_title_and_stays_in_the_text() -> None:
    loaded = load_one(f"Talks end early\n\n{BODY}".encode(), "a.txt")
    assert loaded.title == "Talks end early"
    assert loaded.text.startswith("Talks end early\n\nThe talks")
    assert loaded.headings == ()


@pytest.mark.parametrize(
    "first",
    ["The talks ended.", "x" * 121, "The talks ended early:", "* * *", "-----"],
)
def test_other_first_lines_are_no_title(first: str) -> None:
    assert load_one(f"{first}\n\n{BODY}".encode(), "2019-06-20-early_end.txt").title == "Early end"


def test_a_lone_line_is_no_title() -> None:
    assert load_one(b"Talks end early\n", "the-talks.text").title == "The talks"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2019-06-20-xi-visits_kim.md", "Xi visits kim"),
        ("2019-06-20.txt", "2019-06-20"),
        ("G20.in.Osaka.txt", "G20.in.Osaka"),
        ("iPhone sales.txt", "IPhone sales"),
    ],
)
def test_titles_from_names(name: str, title: str) -> None:
    assert title_from(name) == title


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2019-06-20-slug.txt", date(2019, 6, 20)),
        ("2019-06-20.txt", date(2019, 6, 20)),
        ("2019-06-20T10:00:00Z", date(2019, 6, 20)),
        ("2019-13-20-slug.txt", None),
        ("2019-06-201.txt", None),
        ("slug-2019-06-20.txt", None),
        ("", None),
    ],
)
def test_dates_from_names(name: str, day: date | None) -> None:
    assert date_from(name) == day


def test_the_date_of_a_plain_text_is_its_names() -> None:
    assert load_one(BODY.encode(), "2019-06-20-talks.txt").published == date(2019, 6, 20)


def test_long_metadata_is_one_short_line() -> None:
    assert one_line(" a\n b ") == "a b"
    assert one_line("word " * 100, limit=20) == "word word word word…"


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_every_loader_refuses_what_holds_no_text(suffix: str) -> None:
    other = r"|no[t]? (an? )?\w+( \w+)?(, |$)|no documents in it|not well-formed"
    for data, reason in ((b"", "empty"), (b"\0" * 100, "not text"), (b" \n\t\n", "empty|no main")):
        with pytest.raises(LoadError, match=reason + other):
            load(data, f"a{suffix}")


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(LoadError, match="larger than 20 MiB"):
        load(b"a" * (MAX_BYTES + 1), "a.txt")
    monkeypatch.setattr(registry, "MAX_BYTES", 10)
    assert load_one(b"a" * 10, "a.txt").text == "a" * 10
    with pytest.raises(LoadError, match="larger"):
        load(b"a" * 11, "a.txt")


@pytest.mark.parametrize(("name", "named"), [("a.pptx", ".pptx"), ("notes", "without a suffix")])
def test_an_unknown_format_is_named(name: str, named: str) -> None:
    with pytest.raises(LoadError, match=named):
        load(b"words", name)


def test_reasons_are_one_line() -> None:
    assert str(LoadError("two\nlines")) == "two lines"


def test_suffixes_are_read_in_any_case() -> None:
    assert load_one(b"# Title\n\nWords.", "A.MD").title == "Title"
