"""Zip packages from outside: what is hostile, damaged or secret becomes a reason."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import pytest

from groundwire.ingest.loaders import packages
from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.docx import load_docx
from groundwire.ingest.loaders.epub import load_epub
from groundwire.ingest.loaders.odt import load_odt
from groundwire.ingest.loaders.packages import (
    Package,
    made_on,
    own_author,
    own_title,
    read_xml,
)
from tests.unit.ingest.package_files import docx_parts, epub_parts, odt_parts, package

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]><a>&l9;</a>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)


@pytest.mark.parametrize("xml", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("doctype", [True, False])
def test_entities_are_never_read(xml: str, *, doctype: bool) -> None:
    with pytest.raises(LoadError):
        read_xml(xml.encode(), doctype=doctype)


def test_entities_are_refused_in_utf_16_too() -> None:
    with pytest.raises(LoadError, match="entities"):
        read_xml(OUTSIDE.encode("utf-16"), doctype=True)


def test_a_document_type_is_passed_over_only_where_the_format_has_one() -> None:
    xml = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://127.0.0.1:9/x.dtd"><a>b</a>'
    assert read_xml(xml, doctype=True).text == "b"
    with pytest.raises(LoadError, match="entities"):
        read_xml(xml)


def test_depth_and_markup_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LoadError, match="nested too deeply"):
        read_xml(b"<a>" * 5000)
    monkeypatch.setattr(packages, "MAX_MARKUP", 10)
    with pytest.raises(LoadError, match="too much markup"):
        read_xml(b"<a>" + b'<b c=""/>' * 10 + b"</a>")


def test_a_bomb_is_unpacked_no_further_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_PART_BYTES", 2**20)
    monkeypatch.setattr(packages, "MAX_TOTAL_BYTES", 2**20 + 2**19)
    data = package({"a": bytes(2**21), "b": bytes(2**20), "c": bytes(2**20)})
    opened = Package(data, "DOCX")
    with pytest.raises(LoadError, match="unpacks to more than 1 MiB"):
        opened.read("a")
    assert len(opened.read("b")) == 2**20
    with pytest.raises(LoadError, match="unpacks to more than"):
        opened.read("c")


def test_a_false_size_and_a_wrong_checksum_are_damage() -> None:
    data = package({"a": b"words " * 100})
    place = data.index(b"PK\x01\x02")
    short = data[: place + 24] + (10).to_bytes(4, "little") + data[place + 28 :]
    with pytest.raises(LoadError, match="damaged: a cannot be unpacked"):
        Package(short, "DOCX").read("a")


def test_the_number_of_parts_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_PARTS", 2)
    with pytest.raises(LoadError, match="more than 2 parts"):
        Package(package({"a": b"", "b": b"", "c": b""}), "DOCX")


def test_a_missing_part_is_named_without_control_characters() -> None:
    with pytest.raises(LoadError, match=r"^damaged: wordx is missing$"):
        Package(package({}), "DOCX").read("word\x1b\u202ex")


@pytest.mark.parametrize("load", [load_docx, load_odt, load_epub])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"plain words", package({"a": b"b"})])
def test_another_file_is_a_reason(load: type, data: bytes) -> None:
    with pytest.raises(LoadError):
        load(data, "a")


def test_passwords_are_named() -> None:
    secret = OLD_OFFICE + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(LoadError, match="is protected by a password"):
        load_docx(secret, "a.docx")
    with pytest.raises(LoadError, match="no DOCX file"):
        load_docx(OLD_OFFICE, "a.docx")
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    parts = {**odt_parts("<text:p>x</text:p>"), "META-INF/manifest.xml": manifest}
    for data in (package(parts), package({"encrypted-package": b"\x00"})):
        with pytest.raises(LoadError, match="is protected by a password"):
            load_odt(data, "a.odt")


def test_an_encrypted_entry_is_protected() -> None:
    data = bytearray(package(docx_parts("<w:p/>")))
    place = data.index(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)
    with pytest.raises(LoadError, match="is protected by a password"):
        load_docx(bytes(data), "a.docx")


def test_encrypted_chapters_are_named_and_encrypted_fonts_do_not_matter() -> None:
    parts = epub_parts({"c.xhtml": "<p>Words.</p>"})
    listed = '<encryption><EncryptedData><CipherReference URI="{}"/></EncryptedData></encryption>'
    font = package({**parts, "META-INF/encryption.xml": listed.format("OPS/font.otf")})
    assert load_epub(font, "a.epub").text == "Words."
    chapter = package({**parts, "META-INF/encryption.xml": listed.format("OPS/c.xhtml")})
    with pytest.raises(LoadError, match="its chapters are encrypted"):
        load_epub(chapter, "a.epub")


def test_no_reference_leads_out_of_the_package() -> None:
    parts = docx_parts("<w:p/>")
    parts["_rels/.rels"] = (
        '<Relationships><Relationship Type="x/officeDocument" Target="../../../etc/passwd"/>'
        "</Relationships>"
    )
    with pytest.raises(LoadError, match="etc/passwd is missing"):
        load_docx(package(parts), "a.docx")


def test_a_broken_part_that_the_text_can_do_without_is_passed_over() -> None:
    body = "<w:p><w:r><w:t>Words.</w:t></w:r></w:p>"
    parts = docx_parts(body) | {"word/styles.xml": "<broken", "docProps/core.xml": LAUGHS}
    assert load_docx(package(parts), "a.docx").text == "Words."
    buffer = BytesIO(package(docx_parts(body)))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("../../outside.txt", "x")
    assert load_docx(buffer.getvalue(), "a.docx").text == "Words."


@pytest.mark.parametrize(
    ("created", "modified", "day"),
    [
        ("2019-06-20T08:00:00Z", "2019-07-01T00:00:00Z", date(2019, 6, 20)),
        ("2019-06-20", "", date(2019, 6, 20)),
        ("2019-06-20T08:00:00Z", "2019-06-20T08:00:00Z", None),
        ("1970-01-01T00:00:00Z", "2019-06-20T08:00:00Z", None),
        ("2019-13-45", "", None),
        ("2019", "", None),
        ("", "", None),
    ],
)
def test_the_day_of_making(created: str, modified: str, day: date | None) -> None:
    assert made_on(created, modified) == day


@pytest.mark.parametrize(
    "title", ["Microsoft Word - a.doc", "Document1", "untitled", "report.docx", "Title", ""]
)
def test_titles_of_programs_are_none(title: str) -> None:
    assert own_title(title) == ""


def test_titles_and_authors_of_people_are_kept() -> None:
    assert own_title(" Document 9 \n explained ") == "Document 9 explained"
    assert own_author("Mara  Quist") == "Mara Quist"
    assert own_author("Microsoft Office User") == ""
