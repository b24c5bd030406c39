"""Which loader reads which file, and files inside files inside files."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from importlib import import_module

import pytest

from groundwire.ingest.loaders import registry
from groundwire.ingest.loaders.base import Loaded, LoadError, Members
from groundwire.ingest.loaders.columns import Columns
from groundwire.ingest.loaders.registry import MAX_BYTES, SUFFIXES, check, load, most_bytes

STORY = "The ferry was late again on Monday, and nobody at the harbour office said why."


def packed(**members: bytes) -> bytes:
    """Return an archive; in the names of members, two underscores are a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return buffer.getvalue()


def mail(*attached: tuple[str, bytes], text: str = STORY) -> bytes:
    """Return a message with files."""
    message = EmailMessage()
    message["From"] = "Ann Lee <ann@example.org>"
    message["Subject"] = "The ferry"
    message["Date"] = "Thu, 20 Jun 2019 08:00:00 +0000"
    message.set_content(text)
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="x-some", filename=name)
    return message.as_bytes()


def mailbox(*messages: bytes) -> bytes:
    separator = b"From ann@example.org Thu Jun 20 08:00:00 2019\n"
    return b"\n".join(separator + message for message in messages)


def members(data: bytes, name: str) -> tuple[list[str], dict[str, str]]:
    """Return the names of the documents of a file, and its problems."""
    content = load(data, name)
    assert isinstance(content, Members)
    return [document.member for document in content.documents], dict(content.problems)


def test_every_format_has_a_loader() -> None:
    expected = {".pdf", ".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".eml", ".mbox", ".rss"}
    assert expected | {".atom", ".xml", ".zip", ".docx", ".odt", ".rtf", ".epub"} <= SUFFIXES
    for place in registry._LOADERS.values():
        module, _, name = place.partition(".")
        assert callable(getattr(import_module(f"groundwire.ingest.loaders.{module}"), name))


def test_no_parser_is_imported_before_a_file_needs_it() -> None:
    program = "import groundwire.ingest.reader, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    there = set(done.stdout.decode().split())
    assert "groundwire.ingest.loaders.registry" in there
    formats = {f"groundwire.ingest.loaders.{name}" for name in ("pdf", "mail", "html", "archive")}
    assert not there & {"lxml", "pypdfium2", "trafilatura", "zipfile", "csv", *formats}


def test_columns_reach_tables_and_records() -> None:
    columns = Columns(text="What", title="Head")
    for name, data in (
        ("a.csv", f'Head,What\nFerry,"{STORY}"\n'),
        ("a.tsv", f"Head\tWhat\nFerry\t{STORY}\n"),
        ("a.jsonl", f'{{"Head": "Ferry", "What": "{STORY}"}}\n'),
        ("a.json", f'[{{"Head": "Ferry", "What": "{STORY}"}}]'),
        ("a.zip", packed(a__csv=f'Head,What\nFerry,"{STORY}"\n'.encode()).decode("latin-1")),
    ):
        content = load(data.encode("latin-1"), name, columns)
        assert isinstance(content, Members)
        assert [(each.title, each.text) for each in content.documents] == [("Ferry", STORY)]


def test_a_message_in_a_mailbox_in_an_archive_keeps_its_path() -> None:
    box = mailbox(mail(("notes.txt", STORY.encode())), mail(("late.csv", b"a,b\n1,2\n")))
    found, problems = members(packed(box__mbox=box), "year.zip")
    assert found == [
        "box.mbox/2019-06-20 The ferry",
        "box.mbox/2019-06-20 The ferry/notes.txt",
        "box.mbox/2019-06-20 The ferry (2)",
        "box.mbox/2019-06-20 The ferry (2)/late.csv",
    ]
    assert problems == {}


def nested(depth: int) -> bytes:
    """Return a text with so many messages around it, one inside the other."""
    name, data = "a.txt", STORY.encode()
    for _ in range(depth):
        name, data = "inner.eml", mail((name, data))
    return data


def test_files_inside_files_end_at_a_depth() -> None:
    found, problems = members(nested(registry.MAX_DEPTH), "a.eml")
    assert found[-1].endswith("/a.txt")
    assert problems == {}
    found, problems = members(nested(registry.MAX_DEPTH + 1), "a.eml")
    assert len(found) == registry.MAX_DEPTH + 1
    assert list(problems.values()) == ["lies inside too many files"]


def test_all_files_inside_share_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(a__eml=mail(("b.txt", b"words"), ("c.txt", b"words")), d__txt=b"words")
    monkeypatch.setattr(registry, "MAX_INSIDE", 4)
    assert len(members(data, "a.zip")[0]) == 4
    monkeypatch.setattr(registry, "MAX_INSIDE", 3)
    with pytest.raises(LoadError, match="has more than 3 files inside"):
        load(data, "a.zip")
    monkeypatch.undo()
    monkeypatch.setattr(registry, "MAX_INSIDE_BYTES", 500)
    with pytest.raises(LoadError, match="MiB of files inside"):
        load(data, "a.zip")


def test_a_part_is_no_larger_than_a_file_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "MAX_BYTES", 100)
    content = load(mailbox(mail(("b.csv", b"a" * 101))), "a.mbox")
    assert isinstance(content, Members)
    assert [reason for _, reason in content.problems] == ["larger than 0 MiB"]


def test_collections_may_be_larger_than_articles() -> None:
    assert most_bytes("a.txt") == most_bytes("a.PDF") == MAX_BYTES
    assert most_bytes("all.ZIP") == most_bytes("a.mbox") > most_bytes("a.jsonl") > MAX_BYTES
    check(b"a" * (MAX_BYTES + 1), "a.mbox")
    with pytest.raises(LoadError, match="larger than 20 MiB"):
        check(b"a" * (MAX_BYTES + 1), "a.eml")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.json", b'{"indent": 4, "rules": {"a": true}}', "no list of records"),
        ("a.xml", b"<project><name>x</name></project>", "not a feed"),
        ("a.zip", packed(a__bin=b"words"), "no documents in it"),
    ],
)
def test_what_only_looks_like_a_known_format_is_refused(
    name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(LoadError, match=reason):
        load(data, name)


def test_a_message_alone_is_a_document() -> None:
    loaded = load(mail(), "a.eml")
    assert isinstance(loaded, Loaded)
    assert loaded.text == STORY
