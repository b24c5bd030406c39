"""Who says something in a document, and whether that is who is claimed."""

from __future__ import annotations

import pytest

from groundwire.compare.quotes.same_speaker import outlet_is, same_speaker
from groundwire.compare.quotes.speakers import Speaker, speaker_of_speech, speaker_of_words
from groundwire.compare.quotes.speeches import Page
from groundwire.domain.spans import Span

NAMED = (
    ('"We go," said Ann Berg, the mayor.', "Ann Berg"),
    ('Mayor Ann Berg told the meeting: "We go."', "Mayor Ann Berg"),
    ('The mayor, Ann Berg, was angry. "We go," she said.', "Ann Berg"),
    ('The mayor, Ann Berg, denied it. "We go," she told the meeting on Monday.', "Ann Berg"),
    ('The mayor, Ann Berg, told them to wait. It rained. "We go," she said.', "Ann Berg"),
    ('The pilots\' chief, Mary Ode, disagreed: "We go."', "Mary Ode"),
    ('A passenger called it "a funeral with a timetable".', "A passenger"),
    ('The auditors were blunt. They wrote that it rested on "optimism alone".', "The auditors"),
    ('"We go" to the north, said Shin Bo of the Asan Institute.', "Shin Bo"),
    ('Ann Berg, 71, who chairs the Friends, said that it was "too late".', "Ann Berg"),
    ('It was known as "the forest".', ""),
    ('Ann Berg met Bo Falk. "We go," they said.', ""),
    ('"We go."', ""),
)


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_speech_has_the_speaker_that_the_words_around_name(text: str, name: str) -> None:
    page = Page(text)
    found = speaker_of_speech(page, page.speeches[0])
    assert (found.name if found else "") == name


TOLD = (
    ("Ann Berg added that the boats would run.", "the boats would run", "Ann Berg"),
    ("The boats would run, the operator said on Monday.", "The boats would run", "the operator"),
    ("According to Ann Berg, the boats would run.", "the boats would run", "Ann Berg"),
    ("The boats would run.", "boats would run", None),
    ("Ann Berg added that the boats would run.", "Ann Berg added that the boats", None),
)


@pytest.mark.parametrize(("text", "words", "name"), TOLD)
def test_words_of_its_own_a_document_may_let_somebody_say(
    text: str, words: str, name: str | None
) -> None:
    start = text.index(words)
    found = speaker_of_words(Page(text), Span(start, start + len(words)))
    assert (found.name if found else None) == name


REPORT = (
    "North Korean leader Kim Jong Un met Mayor Ann Berg. Bo Falk, the managing director of the "
    "line, was there. A clerk took notes."
)
SAME = (
    ("Kim", "Kim Jong Un", True),
    ("Kim Jong-un", "Kim Jong Un", True),
    ("Kim Jong Nam", "Kim Jong Un", False),
    ("the North Korean leader", "Kim Jong Un", True),
    ("Ann Berg", "Kim Jong Un", False),
    ("the mayor", "Ann Berg", True),
    ("Mayor Berg", "Ann Berg", True),
    ("A. Berg", "Ann Berg", True),
    ("Ann Borg", "Ann Berg", True),
    ("Ann Borden", "Ann Berg", False),
    ("the managing director", "Ann Berg", False),
    ("the managing director of the line", "Bo Falk", True),
    ("the bishop", "Kim Jong Un", False),
    ("the bishop", "Cy Lowe", None),
    ("a clerk", "A clerk", True),
    ("Bo Falk", "A clerk", False),
    ("Bo Falk", "the managing director", True),
)


@pytest.mark.parametrize(("claimed", "speaker", "same"), SAME)
def test_names_are_matched_as_a_document_uses_them(
    claimed: str,
    speaker: str,
    same: bool | None,  # noqa: FBT001 -- a column of the table
) -> None:
    assert same_speaker(claimed, Speaker(speaker, speaker), REPORT) is same


def test_an_outlet_is_no_speaker() -> None:
    assert outlet_is("the Coast Courier", "Coast Courier")
    assert outlet_is("Harbour Wire", "Harbour Wire")
    assert not outlet_is("Kim", "Harbour Wire")
    assert not outlet_is("Kim", "")
