"""A hundred files that no text can be had from, each broken in a way that files really are."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from tests.fuzz.seeds import BOOK, HEAD, OPEN, SEEDS, WORD
from tests.unit.ingest.package_files import docx_parts, epub_parts, odt_parts, package
from tests.unit.ingest.pdf_files import pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_OFTEN_BROKEN = (".pdf", ".docx", ".zip", ".rtf", ".txt", ".csv", ".json", ".eml", ".rss")
_MIB = 1024 * 1024
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
_DEEP = 2_000


def picture() -> bytes:
    """Return a valid PNG file of one pixel."""

    def block(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixel = zlib.compress(b"\0\xff")
    return (
        b"\x89PNG\r\n\x1a\n" + block(b"IHDR", header) + block(b"IDAT", pixel) + block(b"IEND", b"")
    )


def contents() -> dict[str, bytes]:
    """Return the broken files, content by name."""
    found = dict(_of_every_format())
    for more in (_papers, _packages, _bombs, _archives, _mails, _tables, _feeds, _texts):
        for name, data in more().items():
            assert name not in found, name
            found[name] = data
    return found


def plant(folder: Path) -> tuple[str, ...]:
    """Write the broken files into a folder, and what no content can be; return their names."""
    for name, data in contents().items():
        (folder / name).write_bytes(data)
    for name, write in _unlike_files().items():
        write(folder / name)
    return tuple(sorted((*contents(), *_unlike_files())))


def _of_every_format() -> Iterator[tuple[str, bytes]]:
    """Yield what can be wrong with a file of any format."""
    for suffix in SEEDS:
        yield f"empty{suffix}", b""
    for suffix in _OFTEN_BROKEN:
        yield f"zeros{suffix}", bytes(5000)
        yield f"picture{suffix}", picture()


def _papers() -> dict[str, bytes]:
    locked = "<</Filter/Standard/V 2/R 3/Length 128/P -44/O(" + "o" * 32 + ")/U(" + "u" * 32 + ")>>"
    secret = pdf(["BT /F 11 Tf (Words) Tj ET"], extra=locked)
    secret = secret.replace(
        b"/Root", b"/ID[(0123456789abcdef)(0123456789abcdef)]/Encrypt 1 0 R/Root"
    )
    scan = (
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
        "/Length 1>>stream\n0\nendstream"
    )
    whole = SEEDS[".pdf"][0]
    circle = whole.replace(b"/Type/Pages/Count 3/Kids[", b"/Type/Pages/Count 3/Kids[8 0 R 8 0 R][")
    return {
        "password.pdf": secret,
        "header-only.pdf": b"%PDF-1.7\n",
        "first-half.pdf": whole[: len(whole) // 5],
        "no-pages.pdf": pdf([]),
        "scanned.pdf": pdf(
            ["q 500 0 0 700 40 40 cm /I Do Q"] * 3, extra=scan, resources="/XObject<</I 1 0 R>>"
        ),
        "circle-of-pages.pdf": circle,
        "download-page.pdf": b"<html><body>Please log in</body></html>",
    }


def _packages() -> dict[str, bytes]:
    word, text, book = package(WORD), package(OPEN), package(BOOK)
    locked = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry></manifest:manifest>"
    )
    protected = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData>'
        '<EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><CipherData>'
        '<CipherReference URI="OPS/a.xhtml"/></CipherData></EncryptedData></encryption>'
    )
    noise = bytes(range(256)) * 8
    return {
        "old-word.docx": _OLE,
        "first-half.docx": word[: len(word) // 2],
        "no-document.docx": package({k: v for k, v in WORD.items() if "document.xml" not in k}),
        "no-words.docx": package(docx_parts("<w:p/>")),
        "unclosed.docx": package({**WORD, "word/document.xml": "<w:document><w:body><w:p>"}),
        "really-odt.docx": text,
        "first-half.odt": text[: len(text) // 2],
        "password.odt": package({**OPEN, "content.xml": noise, "META-INF/manifest.xml": locked}),
        "no-words.odt": package(odt_parts("<text:p/>")),
        "no-content.odt": package({"mimetype": OPEN["mimetype"]}),
        "first-half.epub": book[: len(book) // 2],
        "protected.epub": package(
            {
                **BOOK,
                "OPS/a.xhtml": noise,
                "OPS/b.xhtml": noise,
                "META-INF/encryption.xml": protected,
            }
        ),
        "no-chapters.epub": package(epub_parts({})),
        "not-rich.rtf": b"Dear all, these are words without any format.",
        "only-fonts.rtf": rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}}",
        "only-picture.rtf": rb"{\rtf1{\pict\pngblip " + picture().hex().encode() + b"}}",
    }


def _bombs() -> dict[str, bytes]:
    deep = "<w:p>" * _DEEP + "</w:p>" * _DEEP
    inner = "<text:p>" * _DEEP + "x" + "</text:p>" * _DEEP
    document, content = str(WORD["word/document.xml"]), str(OPEN["content.xml"])
    huge = bytes(60 * _MIB)
    return {
        "laughs.docx": package({**WORD, "word/document.xml": _LAUGHS + document}),
        "laughs.odt": package({**OPEN, "content.xml": _LAUGHS + content}),
        "laughs.rss": f"{_LAUGHS}<rss><channel><title>&j;</title></channel></rss>".encode(),
        "outside.atom": f"{_OUTSIDE}<feed><entry><title>&a;</title></entry></feed>".encode(),
        "deep.docx": package(docx_parts(deep)),
        "deep.odt": package(odt_parts(inner)),
        "deep.rss": b"<rss>" + b"<a>" * _DEEP + b"</a>" * _DEEP + b"</rss>",
        "deep.json": b"[" * 100_000,
        "huge-part.docx": package({**WORD, "word/document.xml": huge}),
        "huge-part.odt": package({**OPEN, "content.xml": huge}),
        "huge-member.zip": package({"a.txt": huge}),
    }


def _archives() -> dict[str, bytes]:
    whole = package({"a.txt": "Words", "b.txt": "More words"})
    locked = bytearray(package({"a.txt": "Words"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    spoilt = bytearray(package({"a.txt": "Words " * 50}))
    spoilt[40:48] = bytes(8)
    nested = package({"a.txt": "Words"})
    for _ in range(6):
        nested = package({"inner.zip": nested})
    link = io.BytesIO()
    with zipfile.ZipFile(link, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return {
        "first-half.zip": whole[: len(whole) // 2],
        "password.zip": bytes(locked),
        "spoilt.zip": bytes(spoilt),
        "nested.zip": nested,
        "only-link.zip": link.getvalue(),
        "only-pictures.zip": package({"a.png": picture(), "b.jpg": b"\xff\xd8\xff"}),
        "nothing-in-it.zip": package({}),
        "only-broken.zip": package({"a.pdf": b"%PDF-1.7", "b.docx": b"PK"}),
    }


def _mails() -> dict[str, bytes]:
    secret = (
        HEAD + b'Content-Type: multipart/encrypted; boundary="b"\n\n--b\nContent-Type: application/'
        b"pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\n"
        b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n--b--\n"
    )
    return {
        "headers-only.eml": HEAD,
        "encrypted.eml": secret,
        "only-a-picture.eml": HEAD
        + b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n",
        "no-messages.mbox": b"These are words, but no mailbox.\n",
        "headers-only.mbox": b"From a Thu Jun 20 08:00:00 2019\n" + HEAD,
    }


def _tables() -> dict[str, bytes]:
    return {
        "half-a-line.json": b'[{"title": "Quay", "text": "The quay',
        "nothing-in-it.json": b"[]",
        "no-json.jsonl": b"title: Quay\ntext: The quay\n",
        "nothing-in-it.jsonl": b"{}\n{}\n",
    }


def _feeds() -> dict[str, bytes]:
    return {
        "nothing-in-it.rss": b"<rss><channel><title>Post</title></channel></rss>",
        "map-of-a-site.rss": b"<urlset><url><loc>http://x.example</loc></url></urlset>",
        "no-words.atom": b"<feed><entry><title/><content/></entry></feed>",
    }


def _texts() -> dict[str, bytes]:
    return {
        "blank.txt": b" \n\t\r\n" * 40,
        "invisible.txt": "\u200b\ufeff\u202e\u2060".encode() * 30,
        "sound.txt": bytes(range(256)) * 40,
        "only-header.md": b"---\ntitle: Quay\n---\n",
        "only-script.html": b"<html><script>document.write('words')</script></html>",
        "frames.html": b"<html><frameset><frame src=a.html></frameset></html>",
        "picture.html": picture(),
    }


def _unlike_files() -> dict[str, Callable[[Path], None]]:
    """Return what writes the things that are broken whatever is in them."""
    return {
        "link-to-nowhere.txt": lambda path: path.symlink_to("nothing-here.txt"),
        "link-to-itself.md": lambda path: path.symlink_to(path.name),
        "link-outside.pdf": lambda path: path.symlink_to("/etc/hostname"),
        "too-large.txt": lambda path: _sparse(path, 21 * _MIB),
        "too-large.pdf": lambda path: _sparse(path, 21 * _MIB),
    }


def _sparse(path: Path, size: int) -> None:
    path.touch()
    os.truncate(path, size)
