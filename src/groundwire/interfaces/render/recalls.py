"""Old answers as lines: the ledger, recalls, and what a check today found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.lines import EMPTY, Line, faint, plain, strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from groundwire.domain.ledger import ChainReport, Cited, LedgerEntry
    from groundwire.domain.recalls import Present, Recall, Standing, Verification
    from groundwire.interfaces.render.lines import Role

_INDENT = 2
_HASH = 12
_STANDING: dict[Standing, tuple[str, Role]] = {
    "same": ("stands where it was", "good"),
    "moved": ("stands, elsewhere in the text", "good"),
    "changed": ("does not stand any more", "bad"),
    "removed": ("the document is gone", "bad"),
}
_UNCHECKED = "It was made from a text outside of the index: it is held against the kept text alone."


def count_words(recalls: Sequence[Recall]) -> str:
    """Return how many answers are recalled, in one line."""
    still = sum(each.healed is None for each in recalls)
    again = len(recalls) - still
    stood = f"{_answers(still)} stood on what has changed since"
    return f"{stood}; {_answers(again)} stood on it and stands again" if again else stood


def told_words(count: int, look: str) -> str:
    """Return in one line that there are recalls, and then how to look at them."""
    return f"{_answers(count, 'earlier ')} stood on what has changed since{look}"


def recall_lines(recalls: Iterable[Recall]) -> Iterator[Line]:
    """Yield for each recall what was asked and said, what it stood on, and what is there now."""
    for number, recall in enumerate(recalls):
        if number:
            yield EMPTY
        yield from _recall(recall)


def entries_lines(entries: Iterable[LedgerEntry]) -> Iterator[Line]:
    """Yield one line an entry: id, when, where, how it ended, what was asked."""
    for entry in entries:
        issued = entry.issued
        about = f"  {_when(entry.said)}  {issued.door}  {issued.kind}, {one_line(issued.outcome)}  "
        asked = f"“{one_line(issued.question)}”"
        yield Line(((entry.id, "marker"), (about, "faint"), (asked, "plain")))


def entry_lines(entry: LedgerEntry) -> Iterator[Line]:
    """Yield an entry whole: what was asked and said, and every citation with its version."""
    yield from _head(entry)
    issued = entry.issued
    yield faint(f"entry {entry.seq}, {issued.kind}, {one_line(issued.outcome)}", _INDENT)
    made = f"{issued.engine} engine" + (f", {one_line(issued.model)}" if issued.model else "")
    yield faint(f"made by the {made}; index {one_line(issued.index) or 'none'}", _INDENT)
    if issued.conversation:
        yield faint(f"conversation {one_line(issued.conversation)}", _INDENT)
    for sentence in issued.sentences:
        yield plain(one_line(sentence.text), _INDENT)
        for cited in sentence.citations:
            version = f", version {cited.text_hash[:_HASH]}"
            yield faint(f"{_place(cited)}{version}", 2 * _INDENT)
            if cited.quote != sentence.text:
                yield faint(f"“{one_line(cited.quote)}”", 2 * _INDENT)


def verification_lines(found: Verification) -> Iterator[Line]:
    """Yield the finding in words, then the answer with how each of its quotes stands today."""
    yield Line(((one_line(found.verdict), "good" if found.stands else "bad"),))
    if not found.entry.issued.index:
        yield plain(_UNCHECKED)
    yield EMPTY
    yield from _head(found.entry)
    checked = zip(found.entry.issued.citations, found.kept, found.present, strict=True)
    for sentence in found.entry.issued.sentences:
        yield plain(one_line(sentence.text), _INDENT)
        for _ in sentence.citations:
            cited, kept, now = next(checked)
            yield from _then_and_now(cited, now)
            if not kept:
                yield Line((("the kept text is not what was cited", "bad"),), 2 * _INDENT)
    yield EMPTY
    yield from chain_lines(found.chain)


def chain_lines(report: ChainReport) -> Iterator[Line]:
    """Yield whether the ledger is as it was written, and where it is not."""
    erased = f", {report.erased} of them erased by their owner" if report.erased else ""
    entries = f"{report.anchor.seq} entr{'y' if report.anchor.seq == 1 else 'ies'}{erased}"
    if report.sound:
        yield Line((("The ledger is as it was written: ", "good"), (entries, "plain")))
    else:
        yield Line((("The ledger is not as it was written: ", "bad"), (entries, "plain")))
    for each in report.breaks:
        yield plain(one_line(each.message), _INDENT)


def _recall(recall: Recall) -> Iterator[Line]:
    yield from _head(recall.entry)
    for sentence in recall.entry.issued.sentences:
        yield plain(one_line(sentence.text), _INDENT)
    if recall.healed is not None:
        stands = f"found {_when(recall.found)}; all its quotes stand again since"
        yield Line(((f"{stands} {_when(recall.healed)}", "good"),), _INDENT)
    for cause in recall.causes:
        yield from _then_and_now(cause.cited, cause.now)
    yield faint(f"found {_when(recall.found)}; groundwire verify {recall.entry.id}", _INDENT)


def _head(entry: LedgerEntry) -> Iterator[Line]:
    about = f"  {_when(entry.said)}  {entry.issued.door}"
    yield Line(((entry.id, "marker"), (about, "faint")))
    yield strong(f"> {one_line(entry.issued.question)}")


def _then_and_now(cited: Cited, now: Present) -> Iterator[Line]:
    words, role = _STANDING[now.standing]
    yield Line(((_place(cited), "faint"), (": ", "faint"), (words, role)), 2 * _INDENT)
    if not now.broken:
        return
    yield plain(f"then “{one_line(cited.quote)}”", 2 * _INDENT)
    if now.text and now.span:
        where = f"{one_line(now.path)}, characters {now.span.start} to {now.span.end}"
        yield Line(((f"now “{one_line(now.text)}”", "plain"), (f"  {where}", "faint")), 2 * _INDENT)
    elif now.standing == "changed":
        yield plain("now nothing that comes near", 2 * _INDENT)


def _place(cited: Cited) -> str:
    return f"{one_line(cited.path)}, characters {cited.span.start} to {cited.span.end}"


def _when(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _answers(count: int, sort: str = "") -> str:
    return f"{count} {sort}answer{'s' * (count != 1)}"
