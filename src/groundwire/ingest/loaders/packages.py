"""Zip packages such as DOCX, ODT and EPUB: parts read within limits, XML without entities."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from groundwire.ingest.loaders.base import LoadError, one_line
from groundwire.ingest.loaders.blocks import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

MAX_PARTS = 20_000
"""Parts of one package. A book of a thousand pictures has some 2,000."""
MAX_PART_BYTES = 48 * 1024 * 1024
"""Unpacked size of one part. The markup of the longest novels takes a third of it."""
MAX_TOTAL_BYTES = 128 * 1024 * 1024
"""Unpacked size of all parts that are read together."""
MAX_MARKUP = 4_000_000
"""Tags and attributes of one part: its tree takes about 100 bytes for each."""

_LONGEST_HEADING = 300
_CENTRAL_ENTRY = b"PK\x01\x02"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 0x1
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_CLOCK_STARTS = frozenset({date(1601, 1, 1), date(1970, 1, 1), date(1980, 1, 1)})
_NO_TITLE = re.compile(
    r"microsoft word - .*|(?:word )?document ?\d*|untitled(?: document)? ?\d*|title"
    r"|no title|unknown|normal(?:\.dotm?)?|.*\.(?:docx?|dotx?|odt|ott|rtf|epub|x?html?|tmp|txt)",
    re.IGNORECASE,
)
_NO_AUTHOR = frozenset(
    {"python-docx", "microsoft office user", "windows user", "user", "unknown", "admin", "owner"}
    | {"administrator", "author", "anonymous", "un-named", "apache poi", "pandoc"}
)


class MalformedError(LoadError):
    """Markup does not follow the rules of XML; a more forgiving parser may still read it."""


class Package:
    """The parts of a zip file held in memory. Nothing is written to disk and no link followed."""

    def __init__(self, data: bytes, kind: str) -> None:
        """Open a package.

        Args:
            data: The whole file.
            kind: What the file should be, such as ``DOCX``, for the reasons given to people.

        Raises:
            LoadError: It is no zip file, has too many parts, or is protected by a password.
        """
        if data.startswith(_OLD_OFFICE):
            secret = _PACKED_PASSWORD in data
            raise LoadError("is protected by a password" if secret else f"no {kind} file")
        if data.count(_CENTRAL_ENTRY) > MAX_PARTS:
            raise LoadError(f"has more than {MAX_PARTS:,} parts")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self.names = frozenset(self._zip.namelist())
        except Exception as error:  # a parser of hostile files may raise anything
            raise LoadError(f"no {kind} file, or a damaged one") from error
        self._left = MAX_TOTAL_BYTES

    def read(self, part: str) -> bytes:
        """Return the unpacked bytes of a part.

        Raises:
            LoadError: There is no such part, it is damaged, protected or unpacks to too much.
        """
        if part not in self.names:
            raise LoadError(f"damaged: {_named(part)} is missing")
        limit = min(MAX_PART_BYTES, self._left)
        entry = self._zip.getinfo(part)
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise LoadError("is protected by a password")
        try:
            # The size that the entry declares may be a lie: what is unpacked counts.
            with self._zip.open(entry) as stream:
                data = stream.read(limit + 1)
        except Exception as error:  # a parser of hostile files may raise anything
            raise LoadError(f"damaged: {_named(part)} cannot be unpacked") from error
        if len(data) > limit:
            raise LoadError(f"{_named(part)} unpacks to more than {limit // 2**20} MiB")
        self._left -= len(data)
        return data

    def xml(self, part: str, *, doctype: bool = False) -> Element:
        """Return the root of an XML part; the rest is as for ``read`` and ``read_xml``."""
        data = self.read(part)
        try:
            return read_xml(data, doctype=doctype)
        except LoadError as error:
            raise LoadError(f"{_named(part)}: {error}") from error

    def optional(self, part: str) -> Element | None:
        """Return the root of an XML part that the document can do without, or None."""
        try:
            return self.xml(part, doctype=True) if part in self.names else None
        except LoadError:
            return None


def read_xml(data: bytes, *, doctype: bool = False) -> Element:
    """Parse XML without entities, external parts or network, at most 256 elements deep.

    Args:
        data: The XML, in any encoding that it declares.
        doctype: Whether a document type may stand before it. It is never read, and must not
            declare entities.

    Returns:
        The root, without comments and processing instructions.

    Raises:
        MalformedError: It is not well-formed.
        LoadError: It is too large, or has what was ruled out.
    """
    from lxml import etree

    if data.count(b"<") + data.count(b"=") > MAX_MARKUP:
        raise LoadError("has too much markup")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
        described: Any = root.getroottree().docinfo.internalDTD
        declared = described is not None and any(True for _ in described.iterentities())
    except Exception as error:  # a parser of hostile files may raise anything
        if "depth" in str(error):
            raise LoadError("nested too deeply") from error
        raise MalformedError("not well-formed XML") from error
    if declared or (described is not None and not doctype):
        raise LoadError("declares entities, which are not read")
    return root


def local(element: Element) -> str:
    """Return an element's name without its namespace; empty for what is no element."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its name without a namespace, or an empty string."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the children of the given local names; none of no element."""
    for child in element if element is not None else ():
        if local(child) in names:
            yield child


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of local names, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def words(element: Element | None) -> str:
    """Return all the text inside an element as one line."""
    return fold("".join(map(str, element.itertext()))) if element is not None else ""


def own_title(text: str) -> str:
    """Return a title property as one line, or nothing where a program or template set it."""
    title = one_line(text)
    return "" if _NO_TITLE.fullmatch(title) else title


def own_author(text: str) -> str:
    """Return an author property as one line, or nothing where a program or template set it."""
    author = one_line(text)
    return "" if author.lower() in _NO_AUTHOR else author


def can_title(text: str) -> bool:
    """Return whether text in a heading's style may be one: whole paragraphs are set so, too.

    What is taken for a heading is not cited, so a long one is better read as text.
    """
    return len(text) <= _LONGEST_HEADING


def made_on(created: str, modified: str) -> date | None:
    """Return the day on which a document was made, from two properties of it.

    A file that was never changed since it was made tells when a program converted it, not when it
    was written; the first day of a computer's clock tells that it was not set. Neither is a day.

    Args:
        created: When it was made, such as ``2019-06-20T08:00:00Z``.
        modified: When it was last changed, likewise; may be empty.
    """
    found = _DAY.match(created.strip())
    if found is None or created.strip() == modified.strip():
        return None
    with suppress(ValueError):
        made = date.fromisoformat(found[0])
        return None if made in _CLOCK_STARTS else made
    return None


def _named(part: str) -> str:
    """Return a part's name, made safe to print."""
    return one_line("".join(c for c in part if c.isprintable()), 60) or "a part"
