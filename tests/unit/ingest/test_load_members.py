"""Names of members: safe, short, unique."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.ingest.loaders.members import Names, dated_member, safe_member


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("2019/report.md", "2019/report.md"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\ann\\a.txt", "C/Users/ann/a.txt"),
        ("a//./b/../c.txt", "a/b/c.txt"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("a\nb\x1b[31m.txt", "a b[31m.txt"),
        ("\ud800.txt", "\ufffd.txt"),
        ("e\u0301.txt", "é.txt"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("...txt", "...txt"),
    ],
)
def test_names_cannot_mislead(name: str, safe: str) -> None:
    assert safe_member(name) == safe


def test_long_names_keep_their_end() -> None:
    safe = safe_member(f"{'folder/' * 40}report.md")
    assert len(safe) <= 120
    assert safe.startswith("…")
    assert safe.endswith("/folder/report.md")


def test_messages_are_named_by_day_and_subject() -> None:
    assert dated_member(date(2019, 6, 20), "Re: Q1/Q2\n") == "2019-06-20 Re: Q1 Q2"
    assert dated_member(None, "..") == "untitled"
    assert len(dated_member(date(2019, 6, 20), "words " * 99)) <= 100


def test_names_are_unique() -> None:
    names = Names()
    given = ["a", "a", "a (2)", "a", "b" * 120, "b" * 120]
    found = [names.unique(name) for name in given]
    assert found[:4] == ["a", "a (2)", "a (2) (2)", "a (3)"]
    assert len(set(found)) == len(given)
    assert max(map(len, found)) == 120
