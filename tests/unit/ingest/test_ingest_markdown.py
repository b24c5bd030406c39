"""Markdown and its front matter."""

from __future__ import annotations

import time
from datetime import date

import pytest

from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.front_matter import split_front_matter
from groundwire.ingest.loaders.markdown import load_markdown

BODY = "The talks ended."


def text_of(markdown: str) -> str:
    return load_markdown(markdown.encode(), "a.md").text


def test_front_matter_fills_the_fields() -> None:
    loaded = load_markdown(
        b"---\ntitle: Talks end\nsource: The Harbour Ledger\nauthor: [Mara Quist, Jo Lind]\n"
        b"published: 2019-06-20\nlanguage: EN\nmood: dull\n---\n\n# Another title\n\nWords.\n",
        "x.md",
    )
    assert (loaded.title, loaded.source) == ("Talks end", "The Harbour Ledger")
    assert (loaded.author, loaded.language) == ("Mara Quist, Jo Lind", "en")
    assert loaded.published == date(2019, 6, 20)
    assert loaded.text == "Another title\n\nWords."


def test_without_front_matter_heading_and_name_serve() -> None:
    loaded = load_markdown(b"Lead.\n\n## The *end*\n\nWords.", "2019-06-20-some-talks.md")
    assert (loaded.title, loaded.published) == ("The end", date(2019, 6, 20))
    assert load_markdown(b"Words.", "2019-06-20-some-talks.md").title == "Some talks"


@pytest.mark.parametrize(
    "written",
    [
        "2019-06-20",
        "2019-06-20 10:30:00",
        "2019-06-20T10:30:00Z",
        "'2019-06-20'",
        '"2019-06-20T10:30:00+09:00"',
        "20 June 2019",
        "June 20, 2019",
        "2019/06/20",
    ],
)
def test_dates_are_read_however_written(written: str) -> None:
    data = f"---\ndate: {written}\n---\n{BODY}".encode()
    assert load_markdown(data, "a.md").published == date(2019, 6, 20)


@pytest.mark.parametrize("written", ["soon", "2019-02-30", "[2019]", "{a: 1}", "", "null", "12"])
def test_dates_that_are_none_give_way_to_the_name(written: str) -> None:
    data = f"---\npublished: {written}\n---\n{BODY}".encode()
    assert load_markdown(data, "2020-01-02-a.md").published == date(2020, 1, 2)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("no", "no"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("Talks: the end", "Talks: the end"),
        ("'Talks: the end'", "Talks: the end"),
        ("*Talks* end", "*Talks* end"),
        ("@talks", "@talks"),
        ("~", "A name"),
        ("{a: [1, 2]}", "A name"),
        ("2019-02-30", "2019-02-30"),
        ("!!python/object/apply:os.system [ls]", "ls"),
    ],
)
def test_titles_are_kept_as_written(written: str, title: str) -> None:
    loaded = load_markdown(f"---\ntitle: {written}\n---\n{BODY}".encode(), "a-name.md")
    assert (loaded.title, loaded.text) == (title, BODY)


def test_aliases_are_not_expanded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    data = "\n".join(["---", "title: Talks end", *lines, "author: *a11", "---", BODY]).encode()
    begun = time.process_time()
    loaded = load_markdown(data, "a.md")
    assert loaded.title == "Talks end"
    assert loaded.author == "*a11"
    assert time.process_time() - begun < 5


def test_deep_nesting_is_survived() -> None:
    data = f"---\ntitle: Talks\nx: {'[' * 1000}\n---\n{BODY}".encode()
    assert load_markdown(data, "a.md").title == "Talks"
    assert text_of(">" * 60 + " end") == "end"
    with pytest.raises(LoadError):
        text_of(">" * 200 + " end")


@pytest.mark.parametrize(
    ("markdown", "kept"),
    [
        ("---\ntitle: Talks\n\nWords.", "title: Talks"),
        ("---\n- a\n- b\n---\nWords.", "- a"),
        ("---\nJust prose here.\n---\nWords.", "Just prose here."),
        ("---\n" + "x: y\n" * 14000 + "---\nWords.", "x: y"),
    ],
)
def test_what_only_looks_like_front_matter_is_text(markdown: str, kept: str) -> None:
    fields, body = split_front_matter(markdown)
    assert (fields, body) == ({}, markdown)
    assert kept in text_of(markdown)


@pytest.mark.parametrize(
    "markdown", ["---\n---\nWords.", "---\n\n---\nWords.", "---\n# n\n...\nWords."]
)
def test_empty_front_matter_is_front_matter(markdown: str) -> None:
    assert text_of(markdown).endswith("Words.")
    assert "---" not in text_of(markdown)


def test_front_matter_without_text_is_no_document() -> None:
    with pytest.raises(LoadError, match="no text below the front matter"):
        load_markdown(b"---\ntitle: Talks\n---\n\n", "a.md")


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_newlines_of_any_kind(newline: str) -> None:
    lines = ["---", "title: Talks", "---", "# Head", "", "One", "two.", "", "Three."]
    loaded = load_markdown(newline.join(lines).encode(), "a.md")
    assert loaded.title == "Talks"
    assert loaded.text == "Head\n\nOne two.\n\nThree."


def test_a_byte_order_mark_does_not_hide_front_matter() -> None:
    assert load_markdown(b"\xef\xbb\xbf---\ntitle: Talks\n---\nWords.", "a.md").title == "Talks"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("A [label](http://a.example/b) here.", "A label here."),
        ("A ![a *big* ship](x.png) here.", "A a big ship here."),
        ("Some *emphasis*, **more**, ~~less~~, `code`.", "Some emphasis, more, less, code."),
        ("Five &amp; six &lt; seven.", "Five & six < seven."),
        ("See <https://a.example>.", "See https://a.example."),
        ("An <b>old</b> tag.<br>Next.", "An old tag.\nNext."),
        ("One line\ngoes on.", "One line goes on."),
        ("Verse one  \nverse two", "Verse one\nverse two"),
        ("- a\n- b\n  - c", "- a\n\n- b\n\n- c"),
        ("- a\n\n  more a\n\n- b", "- a\n\nmore a\n\n- b"),
        ("1986. A year.\n1987. Next.", "1986. A year.\n\n1987. Next."),
        ("> Said **he**.\n> Then.", "Said he. Then."),
        ("| a | b |\n|---|---|\n| 1 | *2* |", "a | b\n\n1 | 2"),
        ("```py\nx = 1\n\n    y\n```", "x = 1\n\n    y"),
        ("<div>\n<p>Old <b>words</b>.</p>\n<!-- not\nthis -->\n</div>", "Old words ."),
        ("<script>\nalert(1)\n</script>\n\nWords.", "Words."),
        ("<style>\np {}\n</style>\n\n<pre>\na <!-- b --> c <!-- d --> e\n</pre>", "a c e"),
        ("<div>\nKept. <!-- never closed\n</div>", "Kept."),
        ("a\n\n---\n\nb", "a\n\nb"),
        (r"Not \*emphasis\*.", "Not *emphasis*."),
    ],
)
def test_markup_becomes_words(markdown: str, text: str) -> None:
    assert text_of(markdown) == text


def test_headings_are_recorded_where_they_stand() -> None:
    loaded = load_markdown(
        "# Tïtle *one*\n\nWords.\n\nSetext\n------\n\nMore.\n\n- ## In a list\n\n  x".encode(),
        "a.md",
    )
    spans = [span.of(loaded.text) for span in loaded.headings]
    assert spans == ["Tïtle one", "Setext", "In a list"]
    assert loaded.text.endswith("In a list\n\n- x")


def test_decomposed_letters_do_not_shift_headings() -> None:
    loaded = load_markdown(
        "Cafe\u0301 talk\u00ad s.\n\n## Re\u0301sume\u0301\n\nEnd.".encode(), "a.md"
    )
    assert [span.of(loaded.text) for span in loaded.headings] == ["Résumé"]
