"""What people are told of a recall: where, what was said, what stands there now; within limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.domain.documents import Document, DocumentId, Locator
from groundwire.domain.ledger import Cited, Issued, LedgerEntry, SaidSentence, hash_of
from groundwire.domain.recalls import Cause, Present, Recall
from groundwire.domain.retrieval import EVERYTHING
from groundwire.domain.spans import Span
from groundwire.interfaces.slack.occasions import Whereabouts, in_thread
from groundwire.interfaces.slack.outgoing import messages, plain_messages
from groundwire.interfaces.slack.recall_notice import SHOWN, Due, notice_of, place_in
from groundwire.interfaces.slack.recalling import fitting
from groundwire.interfaces.slack.routing import Place
from tests.slack.block_rules import texts_of
from tests.slack.slack_rules import live_tokens, message_errors

PLACE = Place("T1", "C1", "1.5")
SAID = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
TEXT = "The tram costs 84m pounds."
NOW = Present("changed", "tram.md", Span(0, 5), "The tram costs 91m pounds.")
GONE = Present("removed")


def cited(text: str = TEXT, start: int = 0, title: str = "Tram") -> Cited:
    span = Span(start, start + len(text))
    return Cited(DocumentId("d1"), "/desk", "tram.md", title, span, text, hash_of(text))


def due(*nows: Present, text: str = TEXT, title: str = "Tram", question: str = "How much?") -> Due:
    """Return a recall of an answer with a sentence for each of these."""
    quotes = tuple(cited(text, number, title) for number in range(len(nows)))
    sentences = tuple(SaidSentence(each.quote, (each,)) for each in quotes)
    where = in_thread(PLACE, "U1", EVERYTHING)
    issued = Issued("answer", "slack", "desk", question, "extractive", "answered", sentences)
    entry = LedgerEntry(1, "01JENTRY", SAID, issued)
    causes = tuple(Cause(quote, now) for quote, now in zip(quotes, nows, strict=True))
    found = Whereabouts.read(where.place)
    assert found is not None
    return Due(Recall(7, entry, SAID, causes), found, causes)


def told(*shown: Due, where: str = "¶ 4") -> list[str]:
    (message,) = messages(notice_of(shown, lambda _: where))
    return texts_of(list(message.blocks))


def test_a_notice_says_when_what_and_what_stands_there_now() -> None:
    assert "\n".join(told(due(NOW))) == (
        "An answer in this thread does not stand any more. A document behind it has changed since."
        "\nAsked on 14 March 2026: How much?\n"
        "\nIt was said:"
        "\nThe tram costs 84m pounds."
        "\nTram, ¶ 4, now says:"
        "\nThe tram costs 91m pounds."
        "\nFor what the documents say now, ask again here."
        "\nIn the ledger: 01JENTRY"
    )


@pytest.mark.parametrize(
    ("now", "line"),
    [
        (GONE, "Tram was removed."),
        (Present("changed", "tram.md"), "Tram does not say this any more, nor anything like it."),
        (NOW, "Tram now says:"),
    ],
)
def test_what_cannot_be_said_of_a_document_is_left_out(now: Present, line: str) -> None:
    assert line in "\n".join(told(due(now), where="")).split("\n")


def test_both_reasons_are_given_and_what_is_not_shown_is_counted() -> None:
    lines = "\n".join(told(due(GONE, *[NOW] * SHOWN)))
    assert "A document behind it has changed or was removed since." in lines
    assert "The same is true of 1 more of its citations." in lines


@pytest.mark.parametrize(
    ("changed", "lead"),
    [
        ({"alone": True}, "An answer that only you were given here does not stand any more."),
        ({"thread": ""}, "An answer that was shared in this channel does not stand any more."),
    ],
)
def test_a_notice_says_who_was_given_the_answer(changed: dict[str, object], lead: str) -> None:
    found = due(NOW)
    elsewhere = replace(found, where=found.where.model_copy(update=changed))
    assert told(elsewhere)[0].startswith(lead)


def test_a_place_that_another_version_wrote_is_not_read() -> None:
    assert Whereabouts.read({"thread": "1.5"}) is None
    assert Whereabouts.read({"channel": ["C1"]}) is None
    assert Whereabouts.read({"channel": "C1", "more": 1}) == Whereabouts(channel="C1")


@pytest.mark.parametrize(("quote", "place"), [("Fares", "p. 1, ¶ 1"), ("Trams", "p. 2, ¶ 2")])
def test_a_place_is_a_page_and_a_paragraph_without_headings(quote: str, place: str) -> None:
    text = "Heading\n\nFares rise.\n\nTrams stop."
    document = Document(
        *(DocumentId("d1"), "/desk", "tram.md", "Tram", "", "", None, "en", text, "h"),
        headings=(Span(0, 7),),
        locators=(Locator(Span(0, 20), "p. 1"), Locator(Span(22, 33), "p. 2")),
    )
    start = text.index(quote)
    assert place_in(document, Span(start, start + len(quote))) == place


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=3_000), st.integers(1, 30), st.integers(1, 5))
def test_notices_keep_to_slacks_limits_and_call_nobody(text: str, count: int, each: int) -> None:
    text = f"<!channel> {text}"
    now = Present("changed", "tram.md", Span(0, 5), text)
    group = fitting(
        [due(*[now] * each, text=text, title=text, question=f"{n} {text}") for n in range(count)]
    )
    assert group
    reply = notice_of(group, lambda _: "¶ 4")
    laid_out = messages(reply)
    assert len(laid_out) == 1
    for message in (*laid_out, *plain_messages(reply)):
        shown = {"text": message.text, "blocks": list(message.blocks)}
        assert message_errors(shown) == []
        assert live_tokens(shown) == []
