"""What a question speaks of and is read as a filter, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.domain.filters import GUESSED, InferredFilters
from groundwire.domain.retrieval import Scope
from groundwire.retrieve.filters import Facts, loosened, read_filters

SOURCES = frozenset(
    {
        "The Verge",
        "Time",
        "Fortune",
        "Harbour Wire",
        "The Guardian",
        "Kestrel.com | Business",
        "Cnbc | World Business News Leader",
        "The Age",
    }
)
DAYS = tuple(date(2018, 1, 5) + timedelta(days=7 * week) for week in range(77))
TODAY = date(2019, 6, 30)
FIRST_REPORTS = {"Hanoi summit": date(2019, 2, 27), "summit in Hanoi": date(2019, 2, 27)}


def holds(scope: Scope) -> bool:
    since, until = scope.since or date.min, scope.until or date.max
    return any(since <= day <= until for day in (*DAYS, TODAY))


FACTS = Facts(SOURCES, TODAY, holds, FIRST_REPORTS.get)


def read(question: str, scope: Scope | None = None) -> InferredFilters:
    return read_filters(question, FACTS, scope or Scope())


def window(question: str) -> tuple[str | None, str | None]:
    scope = read(question).within(Scope())
    return (
        scope.since.isoformat() if scope.since else None,
        scope.until.isoformat() if scope.until else None,
    )


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What did the council decide in June 2018?", "2018-06-01", "2018-07-07"),
        ("What did the council decide in march 2019?", None, None),
        ("What did the council decide in March?", "2019-03-01", "2019-04-07"),
        ("WHAT HAPPENED IN MAY?", "2019-05-01", "2019-06-07"),
        ("What happened in August?", "2018-08-01", "2018-09-07"),
        ("Which coverage was there in the past week?", "2019-06-23", "2019-06-30"),
        ("How many people left in 2018?", "2018-01-01", "2019-03-31"),
        ("Which articles were published in June 2018?", "2018-06-01", "2018-06-30"),
        ("What was reported about Xi in June 2018?", "2018-06-01", "2018-06-30"),
        ("What do the June 2018 articles say?", "2018-06-01", "2018-06-30"),
        ("Which stories were published in May 1998?", "1998-05-01", "1998-05-31"),
        ("What has happened since March?", "2019-03-01", None),
        ("What has happened since 9 June 2019?", "2019-06-09", None),
        ("How has the price changed since 2019?", "2019-01-01", None),
        ("What did Kim say after May 2019?", "2019-06-01", None),
        ("What did Kim say before 2019-03-01?", None, "2019-02-28"),
        ("What did Kim say until March 2019?", None, "2019-03-31"),
        ("What did Kim say between March and May 2019?", "2019-03-01", "2019-06-07"),
        ("Who met between June 9, 2018 and June 12, 2018?", "2018-06-09", "2018-06-19"),
        ("What was said since March 2019 and before June 2019?", "2019-03-01", "2019-05-31"),
        ("What did Lam announce last week?", "2019-06-17", "2019-06-26"),
        ("What did Lam announce last month?", "2019-05-01", "2019-06-07"),
        ("What did Lam announce last year?", "2018-01-01", "2019-03-31"),
        ("What did Lam announce this month?", "2019-06-01", "2019-06-30"),
        ("What did Lam announce yesterday?", "2019-06-29", "2019-06-30"),
        ("How many fires were there so far this year?", "2019-01-01", "2019-12-31"),
        ("Who resigned in the past three months?", "2019-03-29", "2019-06-30"),
        ("What has Kim done since the Hanoi summit?", "2019-02-27", None),
        ("After the Hanoi summit, what did Kim do?", "2019-02-27", None),
        ("What followed after the summit in Hanoi?", "2019-02-27", None),
        ("What was written before the Hanoi summit?", None, "2019-02-27"),
    ],
)
def test_times_are_read_as_windows_of_publication(
    question: str, since: str | None, until: str | None
) -> None:
    assert window(question) == (since, until)


@pytest.mark.parametrize(
    "question",
    [
        "What happened in May 1998?",
        "What happened in 2031?",
        "May said he would resign. Why?",
        "What did Theresa say after May resigned?",
        "What happened in May's cabinet?",
        "How many people were on the march on 9 June?",
        "How many people marched on 9 June 2019?",
        "What happened in Junes past?",
        "Who came second in the race?",
        "Which now defunct company made it?",
        "What is planned in June 2019?",
        "Where will the leaders meet after March 2019?",
        "Did the price in June 2018 differ from that in June 2019?",
        "Was it cheaper in 2018 or in 2019 than now in Paris?",
        "How much is that in 2018 dollars?",
        "What was last year's budget?",
        "What happened in the last week of the trial?",
        "Which film is called “Back in June 2018”?",
        "Since when has the ship been stuck?",
        "Why did he leave, since then nobody knows?",
        "What did Kim demand before the Hanoi summit?",
        "What has happened since the Geneva summit?",
        "What changed after the Hanoi summit?",
        "What happened after the fire?",
        "What has Google said since Apple sued?",
        "What happened at the latest?",
        "It was a fortune at that time. Whose?",
        "Who was Time magazine's person of the year?",
        "Who owns The Verge?",
        "According to Megan Grey, who lied?",
        "According to Bloomberg, who lied?",
        "What does the age of the universe suggest?",
        "According to the age of the tree, when was it planted?",
        "What follows according to the time hierarchy theorem?",
        "Which current account pays most?",
        "",
    ],
)
def test_what_may_mean_something_else_is_no_filter(question: str) -> None:
    assert read(question).phrases == ()


@pytest.mark.parametrize(
    ("question", "sources"),
    [
        ("According to The Verge, who lied?", {"The Verge"}),
        ("according to the verge, who lied?", {"The Verge"}),
        ("Who lied, according to 'Fortune'?", {"Fortune"}),
        ("What did The Guardian report about Kim?", {"The Guardian"}),
        ("Who is named in the Guardian's article?", {"The Guardian"}),
        ("Which band is featured in articles by The Verge and Fortune?", {"The Verge", "Fortune"}),
        ("Does the Kestrel article agree?", {"Kestrel.com | Business"}),
        ("TIME reported that he left. Why?", {"Time"}),
        ("What does Time magazine coverage say?", {"Time"}),
        (
            "Who is it, as reported by CNBC | World Business News Leader?",
            {"Cnbc | World Business News Leader"},
        ),
        ("Does the Verge article on Fortune agree?", {"The Verge", "Fortune"}),
    ],
)
def test_outlets_in_phrases_of_reporting_narrow_to_all_that_are_named(
    question: str, sources: set[str]
) -> None:
    assert set(read(question).within(Scope()).sources) == sources


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("What is the latest figure?", "latest"),
        ("What is the most recent estimate?", "most recent"),
        ("Who is the current mayor?", "the current"),
        ("Who is currently on trial?", "currently"),
        ("What is the death toll now?", "now"),
        ("How high is it right now, in metres?", "right now"),
    ],
)
def test_the_newest_state_is_asked_for(question: str, phrase: str) -> None:
    found = read(question)
    assert found.latest
    assert [each.text for each in found.phrases] == [phrase]
    assert found.within(Scope()) == Scope()


def test_a_word_of_an_outlet_s_name_asks_for_nothing() -> None:
    facts = replace(FACTS, sources=frozenset({"Business Today | Latest News"}))
    asked = "What does the Business Today | Latest News article say?"
    assert read_filters(asked, facts, Scope()).kinds == {"source"}


def test_phrases_say_what_they_were_read_as_and_where() -> None:
    question = "According to The Verge, what is the latest since the Hanoi summit?"
    outlet, latest, event = read(question).phrases
    assert outlet.words == "from The Verge"
    assert latest.words == "newest first"
    assert event.words == ("published since 27 February 2019, the first report of “Hanoi summit”")
    for phrase in (outlet, latest, event):
        assert phrase.span.of(question) == phrase.text


def test_what_the_person_gave_switches_that_kind_off() -> None:
    question = "According to The Verge, what happened in June 2018?"
    assert read(question).kinds == {"source", "dates"}
    assert read(question, Scope(sources=("Time",))).kinds == {"dates"}
    assert read(question, Scope(since=date(2018, 1, 1))).kinds == {"source"}
    assert read(question, Scope(documents=("a*.md",))).kinds == {"source", "dates"}


CLAUSES = (
    "what did the council say about the cost of the new tram line, and "
    "who was to build the old flood barrier at the harbour"
)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        (f"According to The Verge, {CLAUSES}?", {"source"}),
        (f"{CLAUSES}, according to 'The Verge'?", {"source"}),
        (f"In June 2018, {CLAUSES}?", {"dates"}),
        (f"Since the Hanoi summit, {CLAUSES}?", {"event"}),
        (f"{CLAUSES} in June 2018?", set()),
        (f"{CLAUSES} as The Verge article says?", set()),
        (f"{CLAUSES} as the Verge and Fortune articles say?", {"source"}),
        (f"{CLAUSES} by the latest plan?", {"latest"}),
    ],
)
def test_what_is_said_of_one_clause_of_several_does_not_narrow_the_others(
    question: str, kinds: set[str]
) -> None:
    assert read(question).kinds == kinds


def test_documents_without_dates_are_never_filtered_by_date() -> None:
    undated = Facts(SOURCES, None, lambda _: True, FIRST_REPORTS.get)
    asked = "What did The Verge say in June 2018 or since the Hanoi summit?"
    assert read_filters(asked, undated, Scope()).kinds == {"source"}


def test_a_month_without_a_year_is_the_last_one_with_documents() -> None:
    def before_2019(scope: Scope) -> bool:
        return (scope.since or date.min) < date(2019, 1, 1)

    facts = replace(FACTS, holds=before_2019)
    scope = read_filters("What happened in May?", facts, Scope()).within(Scope())
    assert (scope.since, scope.until) == (date(2018, 5, 1), date(2018, 6, 7))


def test_dates_are_lifted_and_outlets_and_the_order_stay() -> None:
    question = "According to The Verge, what is the latest of June 2018 and in June 2018?"
    steps = loosened(read(question))
    assert [step.kinds for step in steps] == [{"source", "dates", "latest"}, {"source", "latest"}]
    assert steps[0].notice == ""
    assert steps[1].notice == (
        "no document published in June 2018, or up to 7 July 2018 answers this; "
        "all dates were searched"
    )
    assert loosened(InferredFilters()) == (InferredFilters(),)


@pytest.mark.parametrize(
    ("question", "until"),
    [
        ("As of 30 April 2018, what did the pledges come to?", date(2018, 5, 1)),
        ("How many ships waited as of the night of 24 May 2018?", date(2018, 5, 25)),
        ("Using only what was out by 25 May 2018: how many?", date(2018, 5, 25)),
        ("What had been reported before June 2018 about the tram?", date(2018, 5, 31)),
        ("As at early May 2018, was it fixed or would it change?", date(2018, 6, 1)),
    ],
)
def test_what_was_known_on_a_day_is_not_told_from_later_reports(question: str, until: date) -> None:
    (step,) = loosened(read(question))
    assert step.kinds == {"as_of"}
    assert step.within(Scope()).until == until


@pytest.mark.parametrize(
    "question",
    [
        "If you go by The Verge, how long?",
        "How big was it in The Verge's telling?",
        "Per The Verge, how many?",
    ],
)
def test_an_outlet_is_asked_in_many_words(question: str) -> None:
    (step,) = loosened(read(question))
    assert step.within(Scope()).sources == ("The Verge",)


WORDS = st.sampled_from(
    [
        *("in", "since", "before", "after", "between", "and", "until", "from", "June", "May"),
        *("March", "2018", "2019", "1998", "9", "last", "this", "week", "year", "the", "Hanoi"),
        *("summit", "The", "Verge", "according", "to", "latest", "now", "reported", "'", "“", "”"),
        *("?", ","),
    ]
)


@settings(max_examples=200, deadline=None)
@given(words=st.lists(WORDS, max_size=12))
def test_any_words_give_a_scope_and_phrases_that_stand_in_the_question(words: list[str]) -> None:
    question = " ".join(words)
    found = read(question)
    scope = found.within(Scope())
    assert scope.since is None or scope.until is None or scope.since <= scope.until
    assert all(phrase.span.of(question) == phrase.text for phrase in found.phrases)
    assert not loosened(found)[-1].kinds & GUESSED
