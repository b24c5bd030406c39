"""What reads texts: normal form, paragraphs, sentences, dates, values, speech, questions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from groundwire.answer.condense import condense
from groundwire.domain.conversations import Turn
from groundwire.domain.documents import Document, DocumentId
from groundwire.ingest.duplicates import print_of
from groundwire.ingest.passages import segment
from groundwire.text import (
    asking,
    dates,
    glosses,
    instructions,
    moments,
    names,
    numerals,
    orders,
    people,
    quotes,
    speech,
    standing,
    timexes,
    tokens,
    values,
)
from groundwire.text.normalize import normalize
from groundwire.text.paragraphs import paragraphs
from groundwire.text.sentences import sentences
from tests.fuzz import words
from tests.fuzz.targets import Target, plainly, promise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from groundwire.domain.spans import Span

_DAY = date(2022, 1, 18)
_SOME = 40


def targets() -> Iterator[Target]:
    """Yield a target for texts, for their sentences, and for what people type."""
    yield Target("text-cut", "queries", words.long_text, plainly(_cut))
    yield Target("text-sentence", "queries", words.long_text, plainly(_sentences))
    yield Target("text-question", "queries", words.long_text, plainly(_question))


def _cut(data: bytes) -> object:
    """Cut a text into paragraphs, sentences and passages."""
    text = normalize(data.decode("utf-8", "surrogateescape"))
    promise(normalize(text) == text, "a normal form with another normal form")
    if not text:
        return None
    blocks = paragraphs(text)
    _check(blocks, text)
    found = sentences(text)
    _check(found, text)
    document = Document(
        DocumentId("d"), "/", "a.txt", "A", "", "", None, "", text, "0", headings=blocks[1:2]
    )
    passages = segment(document)
    _check((passage.span for passage in passages), text)
    for passage in passages:
        promise(passage.span.of(text) == passage.text, "a passage that is not its slice")
        passage.place(passage.span.end - 1)
    return blocks, found, passages, print_of(text), instructions.instruction_spans(text)


def _sentences(data: bytes) -> object:
    """Read the sentences of a text one by one."""
    text = normalize(data.decode("utf-8", "replace"))
    said = [span.of(text) for span in sentences(text)[:_SOME]]
    cast = [glosses.may_lean(sentence) for sentence in said]
    people.cast_of(text)
    return cast, moments.moments(said, _DAY), [_sentence(sentence) for sentence in said]


def _sentence(sentence: str) -> object:
    marked = (
        speech.negations(sentence),
        speech.hedges(sentence),
        speech.limits(sentence),
        speech.quotations(sentence),
        orders.orders(sentence),
        tokens.content_spans(sentence),
        [each.span for each in values.values(sentence, _DAY)],
        [each.span for each in dates.dates(sentence, _DAY)],
        [each.span for each in timexes.timexes(sentence, _DAY)],
    )
    for spans in marked:
        promise(all(span.end <= len(sentence) for span in spans), "a span outside the sentence")
    found = quotes.find_quote(sentence, sentence)
    promise(found is None or found.end <= len(sentence), "a quote outside the text")
    read = (speech.attributions(sentence), names.names(sentence), numerals.numbers(sentence))
    stands = (
        standing.dangles(sentence),
        standing.is_balanced(sentence),
        standing.lacks_a_speaker(sentence),
        standing.quotation_is_open(sentence, at_end=True),
    )
    return marked, read, stands, tokens.content_words(sentence)


def _question(data: bytes) -> object:
    """Read what somebody typed, after an earlier turn."""
    typed = data.decode("utf-8", "replace")
    middle = len(typed) // 2
    history = (Turn("user", typed[:middle]), Turn("assistant", typed[middle:]))
    follow_up = typed[-400:]
    return (
        asking.read_asking(typed),
        condense(follow_up, history),
        condense(typed, (Turn("user", "Who is Hale?"), Turn("assistant", "Ann Hale is 40. [1]"))),
        names.names(typed),
        numerals.numbers(typed),
        [value.canonical for value in values.values(typed)],
        tokens.words(typed),
    )


def _check(spans: Iterable[Span], text: str) -> None:
    last = 0
    for span in spans:
        promise(span.start >= last, "spans that overlap or are out of order")
        promise(span.of(text).strip(), "a span of nothing")
        last = span.end
    promise(last <= len(text), "a span outside the text")
