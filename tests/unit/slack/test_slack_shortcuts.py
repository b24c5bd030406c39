"""What a message states, a thread as one text, suggestions, errands."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.interfaces.slack.claims import CHECKED, claims_in
from groundwire.interfaces.slack.errands import FULL, Errands
from groundwire.interfaces.slack.pool import AnswerPool
from groundwire.interfaces.slack.rates import RateLimit
from groundwire.interfaces.slack.suggestions import LABEL_CHARACTERS, suggested
from groundwire.interfaces.slack.thread_summary import digest_of
from groundwire.interfaces.slack.threads import Said, said_in
from groundwire.text.normalize import normalize
from tests.fakes.desk import LETTER_STORY, TRADE_STORY, Story

if TYPE_CHECKING:
    from groundwire.interfaces.slack.tickets import Cancel


@pytest.mark.parametrize(
    ("stated", "checked", "beyond"), [(1, 1, 0), (10, 10, 0), (11, 10, 1), (30, 10, 20)]
)
def test_at_most_ten_sentences_are_checked(stated: int, checked: int, beyond: int) -> None:
    claims = claims_in(" ".join(f"Statement {n} stands here." for n in range(stated)))
    assert (len(claims.checked), claims.beyond) == (checked, beyond)
    assert checked <= CHECKED


def test_questions_and_bits_are_no_claims() -> None:
    claims = claims_in("Hi! Is the tram late? The tram is late by two years.\nOk.")
    assert claims.checked == ("The tram is late by two years.",)
    assert (claims.beyond, claims.unclaimed) == (0, 3)


@given(st.lists(st.tuples(st.text(max_size=40), st.booleans()), max_size=12))
@settings(max_examples=60, deadline=None)
def test_every_character_of_a_digest_leads_to_its_message(
    written: list[tuple[str, bool]],
) -> None:
    said = [Said(f"U{n}", f"{n}.0", text, ours) for n, (text, ours) in enumerate(written)]
    digest = digest_of(said)
    assert normalize(digest.text) == digest.text
    for start, message in zip(digest.starts, digest.messages, strict=True):
        own = normalize(message.text)
        assert not message.ours
        assert digest.text[start : start + len(own)] == own
        assert digest.at(start) == digest.at(start + len(own) - 1) == message


def test_joins_are_not_said_and_apps_have_names() -> None:
    messages: list[dict[str, Any]] = [
        {"user": "U1", "ts": "1.0", "text": "Hello <@U2> &amp; all"},
        {"user": "U1", "ts": "2.0", "text": "joined", "subtype": "channel_join"},
        {"user": "UBOT", "ts": "3.0", "text": "Ours.", "bot_id": "B1"},
        {"ts": "4.0", "text": "Wire.", "subtype": "bot_message", "username": "Ticker"},
        {"user": "U3", "ts": "5.0", "text": "By an app.", "bot_profile": {"name": "Desk"}},
        {"user": "U1", "ts": "6.0", "text": ""},
    ]
    said = list(said_in(messages, "UBOT", {"U1": "Ana", "U2": "Ben", "UBOT": "bot"}.__getitem__))
    assert [(each.author, each.text, each.ours) for each in said] == [
        ("Ana", "Hello @Ben & all", False),
        ("bot", "Ours.", True),
        ("Ticker", "Wire.", False),
        ("Desk", "By an app.", False),
    ]


def test_suggestions_are_of_the_newest_document_of_each_outlet_first() -> None:
    stories = [TRADE_STORY, LETTER_STORY, replace(TRADE_STORY, title="Older", published=None)]
    stories += [Story("Words.", f"{'Long ' * 40}{n}", f"Outlet {n}") for n in range(5)]
    prompts = list(suggested(story.hit().document for story in stories))
    assert [label for label, _ in prompts[:2]] == ["A letter from Kim", "Xi arrives in Pyongyang"]
    assert len(prompts) == 4
    assert all(len(label) <= LABEL_CHARACTERS for label, _ in prompts)
    assert list(suggested([])) == []


def errand(pool: AnswerPool, rates: RateLimit) -> tuple[Errands, list[str], threading.Event]:
    return Errands(pool, rates), [], threading.Event()


def test_an_errand_is_run_once_however_often_it_is_delivered() -> None:
    pool = AnswerPool(1, 10)
    errands, told, done = errand(pool, RateLimit(10))
    ran = []

    def work(_: Cancel) -> None:
        ran.append(1)
        done.set()

    for _ in range(3):
        errands.take("1.2", "U1", work, told.append)
    assert done.wait(5)
    assert pool.close(1)
    assert (ran, told) == ([1], [])


def test_who_asks_too_often_or_finds_the_queue_full_is_told() -> None:
    pool = AnswerPool(1, 1)
    errands, told, release = errand(pool, RateLimit(2))
    begun = threading.Event()

    def work(_: Cancel) -> None:
        begun.set()
        release.wait(5)

    errands.take("1", "U1", work, told.append)
    assert begun.wait(5)
    errands.take("2", "U1", work, told.append)
    errands.take("3", "U1", work, told.append)
    errands.take("4", "U2", work, told.append)
    release.set()
    assert pool.close(2)
    assert told[0].startswith("You have asked many questions")
    assert told[1] == FULL


def test_an_errand_that_fails_says_so_calmly(caplog: pytest.LogCaptureFixture) -> None:
    pool = AnswerPool(1, 10)
    errands, told, done = errand(pool, RateLimit(10))

    def work(_: Cancel) -> None:
        done.set()
        raise RuntimeError("secretword")

    errands.take("1", "U1", work, told.append)
    assert done.wait(5)
    assert pool.close(2)
    assert told[0].startswith("Something went wrong")
    assert "secretword" not in told[0] + caplog.text
