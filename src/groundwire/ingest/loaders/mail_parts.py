"""The parts of a mail message: its own words, and what is attached to it."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import EmailPolicy
from itertools import count
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import LoadError, one_line
from groundwire.ingest.loaders.columns import day_of
from groundwire.ingest.loaders.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from email.message import MIMEPart

MAX_HEADER = 4_000
"""Characters of one header field that are read; parsing takes time by their square."""
MAX_HEADERS = 20_000
"""Header fields of a message and its parts."""
MAX_MULTIPARTS = 100
"""Parts that hold parts: a long chain of forwarded messages has some fifty."""
MAX_DIVISIONS = 20_000
"""Lines that may part two parts."""
MAX_COMPARISONS = 20_000_000
"""Lines times parts that hold parts: each line may end each of them, which takes 0.1 µs to see."""

_MULTIPART = re.compile(rb"multipart/", re.IGNORECASE)
_DEEPEST = 30
_OWN_FIELDS = ("From", "Subject", "Date", "To", "Message-ID", "MIME-Version", "Received")
_NOT_DOCUMENTS = frozenset({"image", "audio", "video", "font", "model"})
_MACHINE_TYPES = frozenset(
    {"application/pgp-signature", "application/pgp-keys", "application/pgp-encrypted"}
    | {"application/pkcs7-signature", "application/x-pkcs7-signature", "text/calendar"}
    | {"application/ics", "text/vcard", "text/x-vcard", "application/x-apple-msg-attachment"}
)
_MACHINE_SUFFIXES = (
    *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".svg", ".webp", ".heic", ".ico"),
    *(".mp3", ".mp4", ".mov", ".wav", ".m4a", ".avi", ".ics", ".vcf", ".asc", ".sig", ".p7s"),
)
_ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was sent along: its name as the sender gave it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A message as its reader sees it.

    Attributes:
        subject: What it is about; empty if it does not say.
        author: Name of the sender, or the address.
        source: The mailing list or organisation that it came from; empty if unknown.
        sent: Day on which it was sent, where the sender was.
        language: Language code; empty if unknown.
        bodies: Its texts, and for each whether it is HTML.
        attachments: Files sent along that may be documents.
    """

    subject: str
    author: str
    source: str
    sent: date | None
    language: str
    bodies: tuple[tuple[str, bool], ...]
    attachments: tuple[Attachment, ...]


class _Bounded(EmailPolicy):
    """Reads header fields up to a length, and so many of them."""

    numbers: Iterator[int] = iter(())

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return a field's name and the beginning of its value.

        Raises:
            LoadError: There were too many fields.
        """
        if next(self.numbers) >= MAX_HEADERS:
            raise LoadError("has too many header fields")
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER]


@dataclass(slots=True)
class _Found:
    """What was found in the parts so far."""

    bodies: list[tuple[str, bool]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    encrypted: bool = False


def read_message(data: bytes) -> Message:
    """Read a message, however broken.

    Raises:
        LoadError: It is no message, encrypted, or has too many parts or header fields.
    """
    multiparts = len(_MULTIPART.findall(data))
    if multiparts > MAX_MULTIPARTS or data.count(b"\n--") > MAX_DIVISIONS:
        raise LoadError("has too many parts")
    if multiparts * data.count(b"\n") > MAX_COMPARISONS:
        raise LoadError("has too many lines in parts inside parts")
    found = _Found()
    try:
        policy = _Bounded(  # type: ignore[call-overload]  # any attribute of its own can be given
            numbers=count(), refold_source="none"
        )
        message: MIMEPart = message_from_bytes(data, policy=policy)
        _collect(message, found, _DEEPEST)
    except LoadError:
        raise
    except RecursionError as error:
        raise LoadError("nested too deeply") from error
    except Exception as error:  # a parser of hostile files may raise anything
        raise LoadError("a damaged mail message") from error
    if not any(name in message for name in _OWN_FIELDS):
        raise LoadError("not a mail message")
    if found.encrypted and not found.bodies:
        raise LoadError("is encrypted")
    return Message(
        subject=one_line(_field(message, "Subject")),
        author=one_line(_sender(message)),
        source=one_line(_origin(message)),
        sent=day_of(_field(message, "Date")),
        language=one_line(_field(message, "Content-Language").split(",")[0], 20).lower(),
        bodies=tuple(found.bodies),
        attachments=tuple(found.attachments),
    )


def _field(message: MIMEPart, name: str) -> str:
    """Return a header field as text; empty where it is missing or cannot be parsed."""
    try:
        return str(message.get(name, ""))
    except Exception:  # noqa: BLE001 -- the parser of header fields may raise anything
        return ""


def _sender(message: MIMEPart) -> str:
    """Return the name of the first sender, or the address where there is no name."""
    try:
        first = message["From"].addresses[0]
        return str(first.display_name or first.addr_spec)
    except Exception:  # noqa: BLE001 -- the same; a field without addresses is text
        return _field(message, "From")


def _origin(message: MIMEPart) -> str:
    """Return the name of the mailing list, or else the sender's organisation."""
    named = _field(message, "List-Id").partition("<")[0].strip(" \"'")
    return named or _field(message, "Organization")


def _collect(part: MIMEPart, found: _Found, depth: int) -> None:
    """Add what a part holds to what was found.

    Raises:
        LoadError: It is nested too deeply.
    """
    if depth < 0:
        raise LoadError("nested too deeply")
    kind = part.get_content_type()
    found.encrypted |= kind in _ENCRYPTED
    if kind == "message/rfc822":
        _add_forwarded(part, found)
    elif kind == "multipart/alternative":
        _choose(part, found, depth)
    elif part.is_multipart():
        for inner in part.iter_parts() if kind.startswith("multipart/") else ():
            _collect(inner, found, depth - 1)
    elif _is_words(kind) and not _is_attached(part):
        if (text := _text(part)).strip():
            found.bodies.append((text, kind == "text/html"))
    else:
        _add_attachment(part, found)


def _choose(part: MIMEPart, found: _Found, depth: int) -> None:
    """Add the plain form of a text that was sent in several, or the last one that has words."""
    forms: list[_Found] = []
    for inner in part.iter_parts():
        form = _Found()
        _collect(inner, form, depth - 1)
        forms.append(form)
        found.attachments.extend(form.attachments)
        found.encrypted |= form.encrypted
    plain = [form for form in forms if form.bodies and not any(html for _, html in form.bodies)]
    spoken = plain or [form for form in reversed(forms) if form.bodies]
    if spoken:
        found.bodies.extend(spoken[0].bodies)


def _is_words(kind: str) -> bool:
    """Return whether a part is text for people; so is one whose parts cannot be told apart."""
    return kind in {"text/plain", "text/html"} or kind.startswith("multipart/")


def _is_attached(part: MIMEPart) -> bool:
    """Return whether a text was sent as a file."""
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _payload(part: MIMEPart) -> bytes:
    """Return the bytes of a part, decoded as far as they can be."""
    payload: object = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: MIMEPart) -> str:
    """Return the text of a part, with soft line ends taken out."""
    declared = part.get_content_charset()
    try:
        text = decode(_payload(part).replace(b"\0", b""), declared)
    except LoadError:
        return ""
    parameters = part["Content-Type"].params if part["Content-Type"] else {}
    if str(parameters.get("format", "")).lower() == "flowed":
        return _unflowed(text, delete_space=str(parameters.get("delsp", "")).lower() == "yes")
    return text


def _unflowed(text: str, *, delete_space: bool) -> str:
    """Join the lines of a text whose paragraphs were broken as RFC 3676 says."""
    pieces: list[str] = []
    flows = False
    for line in text.replace("\r\n", "\n").split("\n"):
        quoted = line.startswith(">")
        pieces.append("" if flows and not quoted and line.strip() else "\n")
        flows = line.endswith(" ") and line != "-- " and not quoted
        words = line.removeprefix(" ")
        pieces.append(words[:-1] if flows and delete_space else words)
    return "".join(pieces[1:])


def _add_forwarded(part: MIMEPart, found: _Found) -> None:
    """Add a message that was sent along."""
    inner = next(part.iter_parts(), None) if part.is_multipart() else None
    if inner is None:
        return
    subject = one_line(_field(inner, "Subject"), 80) or "forwarded message"
    found.attachments.append(Attachment(f"{subject}.eml".replace("/", " "), inner.as_bytes()))


def _add_attachment(part: MIMEPart, found: _Found) -> None:
    """Add a file that was sent along, unless no reader would take it for a document."""
    kind = part.get_content_type()
    name = one_line(part.get_filename() or "")
    is_machines = part.get_content_maintype() in _NOT_DOCUMENTS or kind in _MACHINE_TYPES
    if is_machines or kind in _ENCRYPTED or name.lower().endswith(_MACHINE_SUFFIXES):
        return
    if not name:
        suffix = mimetypes.guess_extension(kind)
        if suffix is None or kind == _UNKNOWN:
            return
        name = f"attachment{suffix}"
    if data := _payload(part):
        found.attachments.append(Attachment(name, data))
