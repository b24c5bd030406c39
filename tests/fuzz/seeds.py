"""Valid files of every format, small and rich in what the format can do."""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from tests.unit.ingest.package_files import docx_parts, epub_parts, odt_parts, package
from tests.unit.ingest.pdf_files import pdf, set_lines, show

if TYPE_CHECKING:
    from collections.abc import Mapping

_REAL = Path(__file__).parents[1] / "data" / "formats"
STORY = "The harbour board voted on Tuesday to rebuild the old quay that the storm had broken."
HEAD = b"From: Ann <a@x.example>\nSubject: =?utf-8?q?Qu=C3=A4?=\nDate: Thu, 20 Jun 2019 23:30 +09\n"
MIXED = (
    HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html; '
    b'charset="cp1252"\n\n<p>One</p><table><tr><td>a<td>b</table>\n--b\nContent-Type: text/plain; '
    b"format=flowed\nContent-Transfer-Encoding: quoted-printable\n\nTwo =\nsoft \nline\n--b\n"
    b'Content-Disposition: attachment; filename="a.txt"\nContent-Transfer-Encoding: base64\n\n'
    b"V29yZHM=\n--b\nContent-Type: message/rfc822\n\n" + HEAD + b"\nThree\n--b--\n"
)
PDF = pdf(
    [
        f"{show('Board', 72, 800, 20, 'B')}\n{set_lines([STORY[:50], STORY[50:]])}\n"
        f"{show('Ayr', 72, 500)}\n{show('7', 200, 500)}\n{show(str(n), 300, 30)}"
        for n in range(3)
    ],
    {"Title": "Quay", "CreationDate": "D:20190620080000Z"},
    catalog="/Lang(en)",
)
FEED = (
    b'<?xml version="1.0"?><rss xmlns:c="x"><channel><title>P</title><item><title>Q</title>'
    b"<pubDate>Thu, 20 Jun 2019 23:30:00 +0900</pubDate><c:encoded><![CDATA[<p>One<br>two &amp;"
    b"</p>]]></c:encoded></item><entry><content type='xhtml'><div>Three</div></content></entry>"
    b"</channel></rss>"
)
ATOM = (
    b'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang='
    b'"en-GB"><title type="text">The Post</title><entry><title type="html">A &lt;b&gt;quay'
    b"&lt;/b&gt;</title><published>2019-06-20T08:00:00Z</published><author><name>Ann</name>"
    b'</author><content type="html">&lt;p&gt;Words&lt;/p&gt;</content></entry></feed>'
)
TABLE = f'id,title,text,date\n1,Quay,"{STORY}",2019-06-20\n2,Pier,{STORY},"5/6\n2019"\n'.encode()
LINES = b'{"a": [1, {"b": 2.50}], "c": null}\n' * 3
LIST = json.dumps([{"title": "Q", "text": STORY, "date": 1561017600}]).encode()
MBOX = b"From a Thu Jun 20 08:00:00 2019\n" + MIXED + b"\n\nFrom b 8:00 2019\n" + HEAD + b"\nFour\n"
ZIP = package({"a/b.txt": "One", "c.eml": MIXED, "d.zip": package({"e.txt": "T"}), "f.csv": TABLE})
WORD = docx_parts(
    '<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>Title</w:t></w:r></w:p>'
    '<w:p><w:r><w:t>Words</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>6</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    core="<title>A</title><created>2021-03-04</created>",
    footnotes='<w:footnote w:id="1"><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnote>',
)
OPEN = odt_parts(
    "<text:h>Title</text:h><text:p>Words<text:note><text:note-body><text:p>Note</text:p>"
    "</text:note-body></text:note></text:p><text:list><text:list-item><text:p>Item</text:p>"
    "</text:list-item></text:list>",
    meta="<dc:title>A</dc:title><meta:creation-date>2021-03-04</meta:creation-date>",
)
BOOK = epub_parts(
    {
        "a.xhtml": "<h1>One</h1><p id='i'>Words <a href='#n'><sup>1</sup></a></p>",
        "b.xhtml": "<p>b</p>",
    },
    metadata="<dc:title>A</dc:title><dc:date>2021-03-04</dc:date>",
    contents='<li><a href="a.xhtml#i">Chapter</a></li><li><a href="b.xhtml">Last</a></li>',
)
RICH = (
    rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 A;}}{\stylesheet{\s1 heading 1;}}"
    rb"{\info{\title T}{\creatim\yr2021\mo3\dy4}}\pard\s1 Title\par\pard\f0 \'cf\'f0\u8364?"
    rb"{\footnote Note}\par\trowd\intbl a\cell b\cell\row{\*\shpinst{\shptxt Box\par}}\bin2 xx}"
)
PAGE = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Quay | Post</title>'
    b'<meta property="article:published_time" content="2019-06-20T08:00:00Z"><script type='
    b'"application/ld+json">{"@type":"NewsArticle","headline":"Quay","author":{"name":"Ann"}}'
    b"</script></head><body><nav><a href='/'>Home</a></nav><article><h1>Quay</h1><p>"
    + STORY.encode()
    + b"</p><h2>Costs</h2><ul><li>One<li>Two</ul><table><tr><th>Year<td>6</table><pre>a\n b</pre>"
    b"<blockquote>Said &ldquo;so&rdquo;</blockquote></article></body></html>"
)
MARKDOWN = (
    "---\ntitle: Quay\nsource: The Post\nauthor: [Ann, Bo]\ndate: 2019-06-20\ntags: {a: &x [1], "
    f"b: *x}}\n---\n# Quay\n\n{STORY}\n\n## Costs\n\n- one\n  - *two* [three](http://x.example)\n\n"
    "| Year | Sum |\n|---|---|\n| 2019 | £6m |\n\n```\ncode\n```\n\n> said “so”[^1]\n\n[^1]: Note\n"
    "<b>raw</b>\nSet\n===\n"
).encode()
TEXT = (
    f"Quay\n====\n\n{STORY}\r\n\r\n“We paid £6.5 million,” said Ann Lee on 5 June 2019.\n".encode()
)


def _real(suffix: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(_REAL.glob(f"*{suffix}")))


SEEDS: Mapping[str, tuple[bytes, ...]] = MappingProxyType(
    {
        ".pdf": (PDF, *_real(".pdf")),
        ".docx": (package(WORD), *_real(".docx")),
        ".odt": (package(OPEN), *_real(".odt")),
        ".epub": (package(BOOK), *_real(".epub")),
        ".rtf": (RICH, *_real(".rtf")),
        ".html": (PAGE,),
        ".md": (MARKDOWN,),
        ".txt": (TEXT, TEXT.decode().encode("utf-16"), TEXT.decode().encode("cp1252")),
        ".csv": (TABLE, TABLE.replace(b",", b";"), TABLE.replace(b",", b"\t")),
        ".jsonl": (LINES, LIST[1:-1] + b"\n" + LIST[1:-1]),
        ".json": (LIST, b'{"posts": ' + LIST + b"}"),
        ".eml": (MIXED, HEAD + b"\nOne\n\n> quoted\n-- \nAnn\n"),
        ".mbox": (MBOX,),
        ".rss": (FEED,),
        ".atom": (ATOM,),
        ".zip": (ZIP,),
    }
)
"""The files by the suffix that they go under."""

_XML = (b"<", b">", b"/>", b"&#0;", b"&x;", b"&#xd800;", b"]]>", b"<![CDATA[", b"<!--", b"<?x ?>")
_DOCTYPE = (b'<!DOCTYPE a [<!ENTITY x "&y;&y;"><!ENTITY y "b">]>', b"<!DOCTYPE a>")
_HTML = (
    *(b"<p>", b"<div>", b"<table>", b"<tr>", b"<td colspan=9999>", b"<td>", b"</td>", b"<li>"),
    *(b"<ul>", b"<br>", b"<h1>", b"</h1>", b"<sup>", b"<a href='#i'>", b"<pre>", b"<script>"),
    *(
        b"<svg>",
        b"<template>",
        b"<select>",
        b"<b>",
        b"<i>",
        b"</p>",
        b'<p xml:lang="x">',
        b"<ruby>",
    ),
)
_WORD = (
    *(b"<w:p>", b"</w:p>", b"<w:r>", b"<w:t>", b"</w:t>", b"<w:tbl>", b"<w:tr>", b"<w:tc>"),
    *(b'<w:gridSpan w:val="99999"/>', b"<w:vMerge/>", b"<w:br/>", b"<w:tab/>", b"<w:del>"),
    *(b'<w:footnoteReference w:id="1"/>', b"<mc:AlternateContent>", b"<w:txbxContent>"),
    *(b"<m:oMath>", b'<w:basedOn w:val="T"/>', b'<w:lvl w:ilvl="0">', b"w:val="),
)
_OPEN = (
    *(b"<text:p>", b"</text:p>", b'<text:s text:c="99999"/>', b"<text:h>", b"<text:span>"),
    *(b"<table:table>", b'<table:table-row table:number-rows-repeated="99999">', b"<text:list>"),
    *(b'<table:table-cell table:number-columns-repeated="99999">', b"<text:note>", b"<draw:frame>"),
    *(b"<office:annotation>", b"<text:tracked-changes>", b"<text:line-break/>"),
)
_RTF = (
    *(b"{", b"}", b"\\", b"\\'", b"\\u-1 ", b"\\bin99999 ", b"\\cell", b"\\row", b"\\footnote "),
    *(b"\\trowd", b"\\intbl", b"\\par", b"\\uc99999 ", b"\\*\\", b"\\f9 ", b"\\ansicpg99999 "),
    *(b"\\upr", b"\\field", b"\\fldinst ", b"\\pict ", b"\\info", b"\\yr99999", b"\\itap9 "),
)
_PDF = (
    *(b"obj", b"endobj", b" R", b"/", b"<<", b">>", b"stream", b"endstream", b"(", b")", b"-1 "),
    *(b"1 0 R", b"/Kids[", b"/Parent 1 0 R", b" Tj", b" Tm ", b" Td ", b" Tf ", b"BT ", b"ET "),
    *(b"0 0 0 0 0 0 Tm ", b"1e30 ", b"/Rotate 90", b"/MediaBox[0 0 0 0]", b"/Count 99999"),
    *(b"/Encrypt", b"/ObjStm", b"/XRef", b" Do ", b" q ", b" Q ", b" cm ", b"xref", b"trailer"),
)
_MAIL = (
    *(b"--b\n", b"--b--", b"\nFrom ", b"Content-Type: ", b"multipart/mixed; boundary=b\n"),
    *(b"=?x?b?", b"?=", b"=?utf-8?q?=FF?=", b"message/rfc822\n", b"charset=x", b"charset=utf-7"),
    *(b"Content-Transfer-Encoding: base64\n", b"Date: ", b"filename*=x'y'%ff", b"filename=../a"),
    *(
        b"format=flowed; delsp=yes",
        b"Content-Disposition: attachment\n",
        b"\n\n",
        b"\n>From ",
        b";",
    ),
)
_TABLES = (b'"', b",", b";", b"\t", b"\n", b"\r\n", b'""', b"sep=;", b"=1+1", b"2019-02-30", b"|")
_JSON = (
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b'"',
    b"\\u0000",
    b"\\ud800",
    b"NaN",
    b"null",
    b"1e999",
)
_MARKS = (
    *(b"---\n", b"...\n", b"# ", b"- ", b"  ", b"> ", b"|", b"```", b"*", b"_", b"[", b"](", b"!["),
    *(
        b"<b>",
        b"<!--",
        b"&amp;",
        b"&x *x !!python/object:x ",
        b"? ",
        b": ",
        b"{",
        b"[^1]",
        b"===\n",
    ),
    *(
        b"title: ",
        b"date: ",
        b"\n\n",
        b"1. ",
        b"~~~",
        b"\\",
        b"`",
        b"<http://x>",
        b"!!binary ",
        b"<<:",
    ),
)
_ZIP = (
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"\x00" * 8,
    b"\xff" * 4,
    b"../",
    b"PK\x06\x06",
)
_TEXT = (
    *("“".encode(), "”".encode(), b"said ", "£6m ".encode(), b"5 June ", b"====\n"),
    *(
        b". ",
        b"? ",
        b"Mr. ",
        b"U.S. ",
        b"\n\n",
        b"* ",
        b"- ",
        b"1) ",
        b"From: ",
        b"\f",
        b"...",
        b"n't ",
    ),
)

PIECES: Mapping[str, tuple[bytes, ...]] = MappingProxyType(
    {
        ".pdf": _PDF,
        ".docx": (*_XML, *_DOCTYPE, *_WORD),
        ".odt": (*_XML, *_DOCTYPE, *_OPEN),
        ".epub": (*_XML, *_DOCTYPE, *_HTML),
        ".rtf": _RTF,
        ".html": (*_XML, *_DOCTYPE, *_HTML),
        ".md": _MARKS,
        ".txt": _TEXT,
        ".csv": _TABLES,
        ".jsonl": _JSON,
        ".json": _JSON,
        ".eml": (*_MAIL, *_HTML),
        ".mbox": _MAIL,
        ".rss": (*_XML, *_DOCTYPE, *_HTML, b"<item>", b"<pubDate>", b"<guid>"),
        ".atom": (*_XML, *_DOCTYPE, b"<entry>", b"<content type='xhtml'>", b"<updated>"),
        ".zip": (*_ZIP, *_MAIL, *_TABLES),
    }
)
"""What stands in such files and means something."""
