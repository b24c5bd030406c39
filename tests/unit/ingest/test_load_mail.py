"""Mail: what was written, who sent it and when, and what was sent along."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from groundwire.ingest.loaders import mail, mail_parts
from groundwire.ingest.loaders.base import Loaded, LoadError, Members
from groundwire.ingest.loaders.mail import load_eml, load_mbox
from groundwire.ingest.loaders.plain import load_plain

HEAD = b"From: Ann Lee <ann@x.example>\nSubject: Quay\nDate: Thu, 20 Jun 2019 23:30:00 +0900\n"


def load_member(data: bytes, name: str) -> Loaded | Members:
    if name.endswith(".eml"):
        return load_eml(data, name, load_member)
    if name.endswith(".txt"):
        return load_plain(data, name)
    raise LoadError(f"no loader for {name}")


def eml(data: bytes) -> Loaded:
    loaded = load_eml(data, "a.eml", load_member)
    assert isinstance(loaded, Loaded)
    return loaded


def written(text: str = "Dear all,\n\nthe quay is closed.\n") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ann Lée <ann@x.example>"
    message["Subject"] = "Die Kaimauer – früh"
    message["Date"] = "Thu, 20 Jun 2019 23:30:00 +0900"
    message.set_content(text)
    return message


def test_a_message_with_its_sender_subject_and_day() -> None:
    message = written()
    message["List-Id"] = "Harbour news <news.x.example>"
    message["Content-Language"] = "en-GB, de"
    loaded = eml(message.as_bytes())
    assert loaded.text == "Dear all,\n\nthe quay is closed."
    assert (loaded.title, loaded.author) == ("Die Kaimauer – früh", "Ann Lée")
    assert (loaded.source, loaded.published) == ("Harbour news", date(2019, 6, 20))
    assert (loaded.language, loaded.member) == ("en-gb", "")


def test_what_a_message_does_not_say_comes_from_the_name_of_its_file() -> None:
    loaded = load_eml(b"From: ann@x.example\n\nWords", "2019-06-20 the_quay.eml", load_member)
    assert isinstance(loaded, Loaded)
    assert (loaded.title, loaded.author) == ("The quay", "ann@x.example")
    assert loaded.published == date(2019, 6, 20)


def test_the_plain_form_is_read_before_html() -> None:
    message = written()
    message.add_alternative("<p>the quay is <b>open</b></p>", subtype="html")
    assert eml(message.as_bytes()).text == "Dear all,\n\nthe quay is closed."


def test_html_is_read_where_there_is_no_plain_form() -> None:
    message = written(" \n")
    page = "<html><head><style>p{}</style></head><body><h1>Quay</h1><p>It is<br>open.</body></html>"
    message.add_alternative(page, subtype="html", charset="iso-8859-1")
    loaded = eml(message.as_bytes())
    assert loaded.text == "Quay\n\nIt is\nopen."
    assert len(loaded.headings) == 1


def test_replies_and_signatures_stay() -> None:
    text = "No.\n\n> Is the quay open?\n\n-- \nAnn Lee"
    assert eml(written(text).as_bytes()).text == "No.\n\n> Is the quay open?\n\n--\nAnn Lee"


def test_soft_line_ends_are_taken_out() -> None:
    kind = b"Content-Type: text/plain; format=flowed"
    body = b"\n\nThe quay \nis closed. \n\n> Is it \n> open?\n-- \nAnn\n"
    assert eml(HEAD + kind + body).text == "The quay is closed.\n\n> Is it\n> open?\n--\nAnn"
    assert "The quayis closed." in eml(HEAD + kind + b"; delsp=yes" + body).text


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        (b'Content-Type: text/plain; charset="latin-1"', b"caf\xe9", "café"),
        (b'Content-Type: text/plain; charset="no-such"', "café".encode(), "café"),
        (b"Content-Transfer-Encoding: base64", b"d29yZHM!!=", "words"),
        (b"Content-Transfer-Encoding: quoted-printable", b"caf=C3=A9 =ZZ", "café =ZZ"),
        (b"Content-Transfer-Encoding: no-such", b"words", "words"),
        (b"Content-Type: ;;;", b"words", "words"),
        (b"Content-Type: multipart/mixed", b"words", "words"),
        (b"MIME-Version: \xff", b"wo\0rds", "words"),
    ],
)
def test_broken_encodings_are_read_as_far_as_they_can_be(
    headers: bytes, body: bytes, text: str
) -> None:
    assert eml(HEAD + headers + b"\n\n" + body).text == text


def test_attached_documents_are_members() -> None:
    message = written()
    message.add_attachment("The annex.", filename="../annex.txt")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    message.add_attachment("Another annex.", filename="annex.txt")
    message.add_attachment(written("Forwarded words."))
    loaded = load_eml(message.as_bytes(), "a.eml", load_member)
    assert isinstance(loaded, Members)
    assert {document.member: document.text for document in loaded.documents} == {
        "": "Dear all,\n\nthe quay is closed.",
        "annex.txt": "The annex.",
        "annex.txt (2)": "Another annex.",
        "Die Kaimauer – früh.eml": "Forwarded words.",
    }
    assert loaded.problems == (("plan.pdf", "no loader for plan.pdf"),)


def test_attachments_without_words_around_them() -> None:
    message = written(" ")
    message.add_attachment("The annex.", filename="annex.txt")
    loaded = load_eml(message.as_bytes(), "a.eml", load_member)
    assert isinstance(loaded, Members)
    assert [document.member for document in loaded.documents] == ["annex.txt"]
    assert loaded.problems == ()


def test_a_mailbox_is_read_message_by_message() -> None:
    first = b"From ann@x.example Thu Jun 20 08:00:00 2019\n" + HEAD
    attached = written("See the annex.")
    attached.add_attachment("The annex.", filename="annex.txt")
    box = (
        first + b"\nFrom the quay.\n\n>From here, none.\nFrom 9:00 to 2019\n\nFrom us all\n\n"
        + first.replace(b"\n", b"\r\n") + b"\r\nSecond.\r\n\r\n"
        + b"From - Fri Jun 21 08:00:00 2019\n" + attached.as_bytes() + b"\n\n"
        + b"From - Fri Jun 21 08:00:00 2019\nno message at all\n"
    )  # fmt: skip
    loaded = load_mbox(box, "a.mbox", load_member)
    assert {document.member: document.text for document in loaded.documents} == {
        "2019-06-20 Quay": ("From the quay.\n\nFrom here, none.\nFrom 9:00 to 2019\n\nFrom us all"),
        "2019-06-20 Quay (2)": "Second.",
        "2019-06-20 Die Kaimauer – früh": "See the annex.",
        "2019-06-20 Die Kaimauer – früh/annex.txt": "The annex.",
    }
    assert loaded.problems == (("message 4", "not a mail message"),)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a mail message"),
        (b"words alone", "not a mail message"),
        (HEAD + b"\n \n", "no text"),
        (HEAD + b"Content-Type: application/pkcs7-mime\n\nMIIB", "is encrypted"),
        (HEAD + b'Content-Type: multipart/a; boundary="b"\n\n' + b"--b\n\n" * 30_000, "too many"),
        (HEAD + b"a: \n" * 30_000 + b"\nwords", "too many header fields"),
    ],
)
def test_what_has_no_words_or_too_much_of_anything_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        load_eml(data, "a.eml", load_member)


def nested(depth: int) -> bytes:
    parts = (
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth)
    )
    return HEAD + b"".join(parts) + b"\nwords\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (nested(10_000), "too many parts"),
        (nested(60), "nested too deeply"),
        (nested(90) + b"\n" * 300_000, "too many lines in parts inside parts"),
    ],
)
def test_parts_inside_parts_have_an_end(data: bytes, reason: str) -> None:
    assert eml(nested(9)).text == "words"
    with pytest.raises(LoadError, match=reason):
        load_eml(data, "a.eml", load_member)


@pytest.mark.parametrize("field", [b"From", b"Subject", b"Date", b"List-Id", b"Content-Language"])
@pytest.mark.parametrize("flood", [b"(" * 500_000, b"=?utf-8?q?" * 50_000, b"a@b.c, " * 70_000])
def test_floods_in_headers_are_cut(field: bytes, flood: bytes) -> None:
    loaded = eml(field + b": " + flood + b"\nMIME-Version: 1.0\n\nwords")
    assert loaded.text == "words"
    assert max(map(len, (loaded.title, loaded.author, loaded.source))) <= 300


def test_limits_of_a_mailbox(monkeypatch: pytest.MonkeyPatch) -> None:
    box = (b"From a Thu Jun 20 08:00:00 2019\n" + HEAD + b"\nwords\n\n") * 3
    monkeypatch.setattr(mail, "MAX_MESSAGES", 2)
    with pytest.raises(LoadError, match="more than 2 messages"):
        load_mbox(box, "a.mbox", load_member)
    monkeypatch.setattr(mail, "MAX_MESSAGES", 3)
    monkeypatch.setattr(mail_parts, "MAX_HEADERS", 2)
    with pytest.raises(LoadError, match="too many header fields"):
        load_mbox(box, "a.mbox", load_member)
    with pytest.raises(LoadError, match="not a mailbox"):
        load_mbox(HEAD, "a.mbox", load_member)
