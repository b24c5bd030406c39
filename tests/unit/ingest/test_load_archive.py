"""ZIP archives: their documents, and what must not come out of them."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from groundwire.ingest.loaders import archive
from groundwire.ingest.loaders.archive import load_zip
from groundwire.ingest.loaders.base import LoadError, Members
from groundwire.ingest.loaders.plain import load_plain

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.ingest.loaders.base import Loaded

SUFFIXES = frozenset({".txt", ".box"})


def load_member(data: bytes, name: str) -> Loaded | Members:
    assert "/" not in name
    if name.endswith(".box"):
        return Members((load_plain(data, name),), (("late", "no text"),))
    return load_plain(data, name)


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, data in members:
            writer.writestr(name, data)
    return buffer.getvalue()


def load(*members: tuple[str | zipfile.ZipInfo, bytes]) -> Members:
    return load_zip(packed(*members), "a.zip", load_member, SUFFIXES)


def texts(loaded: Members) -> dict[str, str]:
    return {document.member: document.text for document in loaded.documents}


def test_members_keep_their_paths() -> None:
    loaded = load(("b/report.txt", b"Words"), ("a.TXT", b"More"), ("b/c/", b""))
    assert texts(loaded) == {"a.TXT": "More", "b/report.txt": "Words"}
    assert loaded.problems == ()


def test_what_a_folder_would_not_show_is_passed_over() -> None:
    loaded = load(
        ("a.txt", b"Words"),
        ("a.exe", b"MZ"),
        (".hidden.txt", b"no"),
        (".git/a.txt", b"no"),
        ("__MACOSX/._a.txt", b"no"),
    )
    assert texts(loaded) == {"a.txt": "Words"}
    assert loaded.problems == ()


def test_no_path_leads_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    loaded = load(
        ("../../etc/a.txt", b"1"),
        ("/etc/b.txt", b"2"),
        ("C:\\windows\\c.txt", b"3"),
        ("d\u202etxt.exe\n/./d.txt", b"4"),
        ("x" * 300 + "/e.txt", b"5"),
        ("..", b""),
    )
    members = texts(loaded)
    assert {"etc/a.txt", "etc/b.txt", "C/windows/c.txt", "dtxt.exe/d.txt"} < set(members)
    (long,) = (name for name, text in members.items() if text == "5")
    assert len(long) <= 120
    assert long.endswith("/e.txt")
    assert list(tmp_path.iterdir()) == []


def test_names_are_unique_and_of_any_alphabet() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(("a.txt", b"1"), ("a.txt", b"2"), ("./a.txt", b"3"))
    loaded = load_zip(data, "a.zip", load_member, SUFFIXES)
    assert texts(loaded).keys() == {"a.txt", "a.txt (2)", "a.txt (3)"}
    unmarked = packed(("\u00e9t\u00e9.txt", b"1")).replace(b"\x00\x08\x00\x00", b"\x00\x00\x00\x00")
    assert texts(load_zip(unmarked, "a.zip", load_member, SUFFIXES)).keys() == {"été.txt"}


def test_an_archive_inside_is_read_and_one_inside_that_is_not() -> None:
    innermost = packed(("c.txt", b"3"))
    inner = packed(("b.txt", b"2"), ("innermost.zip", innermost))
    loaded = load(("a.txt", b"1"), ("in/inner.ZIP", inner), ("broken.zip", b"PK"))
    assert texts(loaded) == {"a.txt": "1", "in/inner.ZIP/b.txt": "2"}
    assert dict(loaded.problems) == {
        "in/inner.ZIP/innermost.zip": "an archive inside an archive inside an archive",
        "broken.zip": "not a ZIP file, or a damaged one",
    }


def test_members_of_members_have_the_path_to_them() -> None:
    loaded = load(("mail.box", b"Words"))
    assert texts(loaded) == {"mail.box": "Words"}
    assert loaded.problems == (("mail.box/late", "no text"),)


def test_links_passwords_and_damage_are_reported() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    data = packed(("a.txt", b"Words"), (link, b"/etc/passwd"), ("locked.txt", b"locked"))
    place = data.rindex(b"locked.txt") - 46  # the entry in the central directory
    assert data[place : place + 4] == b"PK\x01\x02"
    data = data[: place + 8] + struct.pack("<H", 1) + data[place + 10 :]
    damaged = packed(("b.txt", b"Words that are packed, packed, packed"), ("a.txt", b"1"))
    damaged = damaged[:40] + b"\xff\xff\xff" + damaged[43:]
    problems = load_zip(data, "a.zip", load_member, SUFFIXES).problems
    assert dict(problems) == {
        "link.txt": "a link, not followed",
        "locked.txt": "is protected by a password",
    }
    problems = load_zip(damaged, "a.zip", load_member, SUFFIXES).problems
    assert dict(problems) == {"b.txt": "damaged: it cannot be unpacked"}


def test_bombs_do_not_go_off() -> None:
    loaded = load(("a.txt", b"Words"), ("bomb.txt", b"0" * 5_000_000))
    assert texts(loaded) == {"a.txt": "Words"}
    assert loaded.problems == (("bomb.txt", "unpacks to more than 200 times its size"),)


def test_a_size_that_is_a_lie_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBER_BYTES", 1_000)
    data = packed(("a.txt", b"Words"), ("liar.txt", b"0" * 5_000))
    lie = data.replace(struct.pack("<L", 5_000), struct.pack("<L", 10))
    loaded = load_zip(lie, "a.zip", load_member, SUFFIXES)
    assert texts(loaded) == {"a.txt": "Words"}
    assert [name for name, _ in loaded.problems] == ["liar.txt"]


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(("a.txt", b"12345"), ("b.txt", b"12345"), ("c.zip", packed(("d.txt", b"1"))))
    with monkeypatch.context() as patch:
        patch.setattr(archive, "MAX_TOTAL_BYTES", 7)
        loaded = load_zip(data, "a.zip", load_member, SUFFIXES)
        assert texts(loaded) == {"a.txt": "12345"}
        assert [name for name, _ in loaded.problems] == ["b.txt", "c.zip"]
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    with pytest.raises(LoadError, match="more than 2 members"):
        load_zip(data, "a.zip", load_member, SUFFIXES)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a ZIP file"),
        (b"PK\x03\x04words", "not a ZIP file"),
        (packed(), "no documents in it"),
        (packed(("a.txt", b" ")), r"no documents in it \(a.txt: empty\)"),
    ],
)
def test_what_holds_no_documents_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        load_zip(data, "a.zip", load_member, SUFFIXES)
