"""A session as one HTML file: no script, nothing loaded from elsewhere, everything escaped.

Markers link to their source; each source shows its passage with the cited words marked.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.exchange import Listed, Paragraph, about, laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.domain.conversations import ConversationInfo, Exchange
    from groundwire.interfaces.render.exchange import Block, Laid, Piece
    from groundwire.interfaces.render.exchange_sources import Entry

_STYLE: Final = """\
:root { color-scheme: light dark; --ink: #1d1d1f; --paper: #fff; --faint: #5c5c63;
  --line: #d8d8dd; --link: #0b57a4; --mark: #ffe9a8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8ea; --paper: #17181a;
  --faint: #a2a2aa; --line: #3a3b40; --link: #8ab8f0; --mark: #5b4a12; } }
body { margin: 2rem auto; padding: 0 1rem; max-width: 42rem; color: var(--ink);
  background: var(--paper); font: 1rem/1.55 Georgia, "Times New Roman", serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; padding-top: 1rem;
  border-top: 1px solid var(--line); }
.faint { color: var(--faint); font-size: .9em; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
mark { background: var(--mark); color: inherit; }
pre { white-space: pre-wrap; font: .85rem/1.45 ui-monospace, Menlo, Consolas, monospace; }
ol { list-style: none; padding: 0; }
ol li { margin: 1rem 0; }
ol p { margin: 0; font-size: .9em; }
li:target { outline: 2px solid var(--link); outline-offset: .4rem; }
blockquote { margin: .4rem 0 0; padding: 0 0 0 .9rem; border-left: 3px solid var(--line);
  font-size: .9em; white-space: pre-line; }
@page { margin: 2cm; }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --faint: #444;
  --line: #999; --link: #000; --mark: transparent; }
  body { margin: 0; max-width: none; font-size: 10.5pt; }
  h2 { break-after: avoid; }
  li { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
  mark { text-decoration: underline; } }
"""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def session_html(info: ConversationInfo, exchanges: Sequence[Exchange]) -> str:
    """Return a session as one HTML document."""
    title = _text(one_line(info.title)) or "Untitled"
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>\n{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f'<h1 dir="auto">{title}</h1>',
        f'<p class="faint">{_text(about(info))}</p>',
    ]
    for exchange in exchanges:
        lines.extend(_section(laid_out(exchange)))
    return "\n".join([*lines, "</main>", "</body>", "</html>"])


def _section(laid: Laid) -> Iterator[str]:
    labels = frozenset(entry.label for entry in laid.entries)
    yield f'<section id="e{laid.number}">'
    yield f'<h2 dir="auto">{_text(laid.question)}</h2>'
    for block in laid.blocks:
        yield from _block(block, laid.number, labels)
    if laid.entries:
        yield "<h3>Sources</h3>"
        yield "<ol>"
        for entry in laid.entries:
            yield from _entry(entry, laid.number)
        yield "</ol>"
    yield "</section>"


def _block(block: Block, number: int, labels: frozenset[str]) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield f'<p dir="auto">{_pieces(block, number, labels)}</p>'
    elif isinstance(block, Listed):
        yield from [f'<p dir="auto">{_text(block.heading)}</p>'] if block.heading else []
        yield "<ul>"
        for item in block.items:
            yield f'<li dir="auto">{_pieces(item, number, labels)}</li>'
        yield "</ul>"
    else:
        yield f'<pre dir="auto">\n{_text(block.text)}</pre>'


def _pieces(paragraph: Paragraph, number: int, labels: frozenset[str]) -> str:
    return "".join(_piece(piece, number, labels) for piece in paragraph.pieces).strip()


def _piece(piece: Piece, number: int, labels: frozenset[str]) -> str:
    text = _text(piece.text)
    if piece.source in labels:
        return f'<a href="#e{number}-s{_text(piece.source)}">{text}</a>'
    return f'<span class="faint">{text}</span>' if piece.faint else text


def _entry(entry: Entry, number: int) -> Iterator[str]:
    label = _text(entry.label)
    yield f'<li id="e{number}-s{label}">'
    yield f'<p dir="auto">[{label}] {_text(entry.description)}</p>'
    if entry.passage.strip():
        parts = (
            f"<mark>{_text(part)}</mark>" if cited else _text(part) for part, cited in entry.parts()
        )
        yield f'<blockquote dir="auto">{"".join(parts)}</blockquote>'
    for quote in entry.beside:
        yield f'<blockquote dir="auto"><mark>{_text(quote)}</mark></blockquote>'
    yield "</li>"


def _text(text: str) -> str:
    """Return printable text that HTML shows as it stands."""
    return escape(text, quote=True)
