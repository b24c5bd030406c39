"""Bytes become characters, whatever they are."""

from __future__ import annotations

import codecs

import pytest

from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.encoding import decode

FRENCH = "Le président a déclaré que la réunion aurait lieu à Genève. Le coût s'élève à 3 €. "
RUSSIAN = "Президент заявил, что переговоры продолжатся в следующем месяце в Женеве. "
JAPANESE = "首相は会談が来月ジュネーブで続くと述べた。貿易の問題が議論された。"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_taken_off(mark: bytes, encoding: str) -> None:
    assert decode(mark + RUSSIAN.encode(encoding), declared="latin-1") == RUSSIAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH * 5, "cp1252"),
        (RUSSIAN * 5, "cp1251"),
        (RUSSIAN * 5, "koi8-r"),
        (JAPANESE * 5, "shift_jis"),
        (JAPANESE * 5, "euc_jp"),
    ],
)
def test_the_encoding_is_found_without_help(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_the_first_foreign_letter_may_come_late() -> None:
    text = "All of this is plain. " * 5000 + "\n" + RUSSIAN * 5
    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize("declared", ["windows-1251", "cp1251"])
def test_a_declared_encoding_is_used(declared: str) -> None:
    assert decode("Да".encode("cp1251"), declared) == "Да"


@pytest.mark.parametrize("declared", ["klingon", "rot13", "base64", "", "\0", None])
def test_a_declared_encoding_that_does_not_exist_is_ignored(declared: str | None) -> None:
    assert decode(FRENCH.encode(), declared) == FRENCH


def test_latin_1_is_read_as_browsers_do() -> None:
    assert decode(b"\x93quoted\x94", "iso-8859-1") == "“quoted”"


def test_a_wrong_declaration_gives_way() -> None:
    assert decode((RUSSIAN * 5).encode("cp1251"), "utf-8") == RUSSIAN * 5


def test_one_wrong_byte_does_not_spoil_utf8() -> None:
    data = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()
    assert decode(data) == f"{RUSSIAN}\ufffd{RUSSIAN}"


def test_truncated_marked_text_is_read() -> None:
    assert decode(codecs.BOM_UTF16_LE + "abc".encode("utf-16-le")[:-1]) == "ab\ufffd"


@pytest.mark.parametrize(
    "data",
    [
        b"words\0words",
        bytes(range(1, 32)) * 20,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        codecs.BOM_UTF16_LE + b"a\0\0\0b\0",
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(LoadError, match="not text"):
        decode(data)


def test_terminal_colours_do_not_make_a_text_binary() -> None:
    assert decode(b"\x1b[31mred\x1b[0m words") == "\x1b[31mred\x1b[0m words"
