"""Follow-ups are completed from what was said before; other questions are left alone."""

from __future__ import annotations

import pytest

from groundwire.answer.condense import condense
from groundwire.domain.conversations import Turn

VISIT = (
    "Did Xi Jinping visit Pyongyang in 2019?",
    "Xi Jinping arrived in Pyongyang on June 20, 2019, and was met at the airport by Kim Jong Un.",
)
AIRPORT = (
    "Who met Xi at the airport in Pyongyang?",
    "Kim Jong Un and his wife, Ri Sol Ju, welcomed Mr Xi at the airport. [1]",
)
FIRE = (
    "What did the fire destroy at Notre-Dame?",
    "A fire that burned through the night destroyed the spire of Notre-Dame cathedral in Paris.",
)
HOLE = (
    "How was the black hole photographed?",
    "The black hole was photographed by a team that Sheperd Doeleman led.",
)
SHIP = ("Who owns the ship?", "The ship belongs to Shoei Kisen Kaisha.")


def turns(*said: str) -> list[Turn]:
    """Return a conversation in which both sides take turns, the one who asks first."""
    return [Turn("assistant" if n % 2 else "user", text) for n, text in enumerate(said)]


@pytest.mark.parametrize(
    ("said", "question", "whole"),
    [
        (VISIT, "When did he leave?", "When did Xi Jinping leave?"),
        (VISIT, "Who were his hosts", "Who were Xi Jinping's hosts?"),
        (AIRPORT, "When did he arrive?", "When did Xi arrive?"),
        (AIRPORT, "What did she wear?", "What did Ri Sol Ju wear?"),
        (AIRPORT, "What did they discuss?", "What did Xi and Kim Jong Un discuss?"),
        (FIRE, "When did it start?", "When did the fire start?"),
        (HOLE, "How large is it?", "How large is the black hole?"),
        (SHIP, "Where is it now?", "Where is the ship now?"),
    ],
)
def test_a_pronoun_becomes_what_it_stands_for(
    said: tuple[str, ...], question: str, whole: str
) -> None:
    found = condense(question, turns(*said))
    assert (found.text, found.changed, found.leans) == (whole, True, True)


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("And in 2018?", "Did Xi Jinping visit Pyongyang in 2018?"),
        ("and last June?", "Did Xi Jinping visit Pyongyang last June?"),
        ("What about Kim Jong Un?", "Did Kim Jong Un visit Pyongyang in 2019?"),
        ("How about the prime minister?", "Did the prime minister visit Pyongyang in 2019?"),
        ("Why?", "Why did Xi Jinping visit Pyongyang in 2019?"),
        ("When exactly?", "When did Xi Jinping visit Pyongyang in 2019?"),
        ("How often?", "How often did Xi Jinping visit Pyongyang in 2019?"),
        ("With whom?", "Did Xi Jinping visit Pyongyang in 2019, and with whom?"),
        (
            "According to Harbour Wire?",
            "Did Xi Jinping visit Pyongyang in 2019 according to Harbour Wire?",
        ),
    ],
)
def test_what_is_left_out_comes_from_the_last_question(question: str, whole: str) -> None:
    assert condense(question, turns(*VISIT)).text == whole


def test_a_question_word_after_who_is_asked_along() -> None:
    whole = "Who met Xi at the airport in Pyongyang, and why?"
    assert condense("Why?", turns(*AIRPORT)).text == whole


def test_a_place_takes_the_place_of_a_place() -> None:
    said = ("How many people marched in Hong Kong?", "More than a million people marched.")
    assert condense("And in Macau?", turns(*said)).text == "How many people marched in Macau?"


def test_parts_add_up_over_several_follow_ups() -> None:
    said = (*VISIT, "And in 2018?", "The documents do not say.")
    assert condense("Why?", turns(*said)).text == "Why did Xi Jinping visit Pyongyang in 2018?"


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 2018 World Cup?",
        "What does the tram in Norden cost?",
        "Is it true that Egypt seized the ship?",
        "How long does it take to sail from Suez to Rotterdam?",
        "Did Angela Merkel say that she would resign?",
        "Do employers have to report their income?",
        "What did Carrie Lam say when the bill was read?",
        "What about exports?",
    ],
)
@pytest.mark.parametrize("said", [VISIT, AIRPORT, FIRE])
def test_a_new_topic_drags_nothing_along(question: str, said: tuple[str, ...]) -> None:
    found = condense(question, turns(*said))
    assert (found.text, found.changed, found.candidates) == (question, False, ())


@pytest.mark.parametrize("question", ["Who met Xi?", "When did he arrive?", "Why?", ""])
def test_the_first_question_stays_as_it_is(question: str) -> None:
    found = condense(question, ())
    assert (found.text, found.changed, found.earlier) == (question, False, ())


def test_the_latest_fitting_person_is_meant() -> None:
    said = (*VISIT, "Who is Osama Rabie?", "Osama Rabie is chairman of the Suez Canal Authority.")
    assert condense("How old is he?", turns(*said)).text == "How old is Osama Rabie?"


def test_how_many_turns_a_conversation_has_does_not_matter_beyond_what_is_remembered() -> None:
    old = turns(*(f"What is thing {n // 2}?" for n in range(200)))
    assert condense("When did he leave?", [*old, *turns(*VISIT)]).text == (
        "When did Xi Jinping leave?"
    )


def test_what_was_said_before_comes_along_for_the_search() -> None:
    found = condense("Why?", turns(*VISIT, "And in 2018?", "It was Kim who went to Beijing."))
    assert found.earlier == (
        "Did Xi Jinping visit Pyongyang in 2018?",
        "Did Xi Jinping visit Pyongyang in 2019?",
    )
    assert found.names == ("Kim", "Beijing")


def test_a_silent_answer_gives_no_names() -> None:
    assert condense("Why?", turns(VISIT[0], "The documents do not say.")).names == ()


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("When did he leave?", True),
        ("Why?", True),
        ("What happened on that day?", True),
        ("Who else was there?", True),
        ("How long was the visit?", True),
        ("What does Egypt export?", False),
    ],
)
def test_it_is_told_whether_a_question_leans_on_the_conversation(
    question: str,
    leans: bool,  # noqa: FBT001 -- a table
) -> None:
    assert condense(question, turns(*VISIT)).leans is leans
