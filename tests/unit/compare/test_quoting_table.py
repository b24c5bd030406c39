"""A table of quotations as reporters type them, over a few invented reports."""

from __future__ import annotations

import pytest

from groundwire.compare.quotes.quoting import check_quote
from tests.fakes.quote_source import Reports

EXACT = (
    ('"We have lost money on every crossing since 2019," said Nora Falk.', "Nora Falk"),
    ("We have lost money on every crossing since 2019", "Nora Falk"),
    ("Nora Falk: “we have lost money on every crossing since 2019.”", "Nora Falk"),
    ("According to Falk, 'I would call it a pause.'", "Nora Falk"),
    ('"I would not call it a closure. I would call it a pause."', "Nora Falk"),
    ('"…lost money on every crossing since 2019…" — Falk, 2 May', "Nora Falk"),
    ('"I would not call it a closure," said the managing director of Sound Lines', "Nora Falk"),
    ('"We have lost money … since 2019," Falk said.', "Nora Falk"),
    ('"We have lost money […] since 2019," Falk said.', "Nora Falk"),
    ('"We have lost money on every crossing since 2019. I would not call it a closure."', "Falk"),
    (('"We have lost money on every crossing since 2019," Falk said, "I would not call it a '
     'closure."'), "Falk"),
    ('"They can’t take away the only road we have," said mayor Lund', "Peter Lund"),
    ('"Nobody asked the island. They can\'t take away the only road we have." - Lund', "Lund"),
    ('"Nobody asked the island," said the mayor', "Peter Lund"),
    ('"[T]hey can\'t take away the only road we have"', "Lund"),
    ('"They can\'t take away the only road [the island has]"', "Lund"),
    ('"We walked across and the ice sang under our boots," said Edda Moore.', "Edda Moore"),
    ('"We walked across, and the ice sang under our boots," said a retired pilot.', "Moore"),
    ("a funeral with a timetable", "A passenger"),
    ('"the town had offered $2m to keep the boats running"', "Lund"),
    ('"no bid has been made"', ""),
    ('"I have asked for the accounts, and I have been sent a brochure," said Peter Lund', "Lund"),
    ('"We cannot send what we have not got," Nora Falk said', "Falk"),
    ('"I have waited all evening for one of you to say it. So I am saying it now," Lund said',
     "Lund"),
    ('"Every island has the right to a boat," Lund said', "Lund"),
    ('"1400 letters in favour of the ferry and 12 against"', ""),
    ('"We will meet again in September - whether or not there is a ferry"', "Halvorsen"),
    ("「島の人はみんな怒っている」", ""),
    ("«Nous prendrons le bateau», said Luc Garnier", "Luc Garnier"),
    ('"In my thirty years here two ferries have sunk," said Mary Ode', "Mary Ode"),
    ('"no bid", according to the Coast Courier', ""),
)  # fmt: skip
ALTERED = (
    ('"We have made money on every crossing since 2019," said Falk', "lost", "made"),
    ('"We have lost money on every crossing since 2018"', "2019", "2018"),
    ('"I would call it a closure," said Nora Falk', "not", ""),
    ('"They could take away the only road we have"', "can't", "could"),
    ('"Nobody asked the mainland," he said', "island", "mainland"),
    ('"the town had offered €2m to keep the boats running"', "$2m", "€2m"),
    ('"I have always asked for the accounts, and I have been sent a brochure"', "", "always"),
    ('"In my thirty years here no ferry ever sank," he wrote', "", ""),
    ('"the service will be taken over by a cooperative of islanders"', "may", "will"),
    ('"Every island has a right to a boat, and nobody at this table said so until now"', "", ""),
)  # fmt: skip
SPLICED = (
    '"We have lost money on every crossing since 2019. They can\'t take away the only road."',
    '"I would not call it a closure. We walked across and the ice sang under our boots."',
    '"Nobody asked the island … the ice sang under our boots"',
    (
        '"I have asked for the accounts, and I have been sent a brochure. We cannot send what we '
        'have not got."'
    ),
    '"It is not a bridge we need. It is a boat that sails when the wind blows."',
    '"Nobody asked the island, and I have been sent a brochure," said Lund',
)
MISATTRIBUTED = (
    ('"We have lost money on every crossing since 2019," said Peter Lund', "Nora Falk"),
    ('"Nobody asked the island," said Nora Falk', "Peter Lund"),
    ('Lund: "I would call it a pause"', "Nora Falk"),
    ('"Nobody asked the island," said the managing director', "Peter Lund"),
    ('"We have sent everything that the law requires," said the mayor', "Nora Falk"),
    ('"In my thirty years here no ferry has ever sunk," said Mary Ode', "Sven Ode"),
    ('"no bid has been made," said Nora Falk', ""),
    ('"The last ferry to Stone Island will sail in June," Peter Lund said', "the operator"),
    ('"Nobody answered her," said Ines Halvorsen', ""),
)
ABSENT = (
    '"The fish are the only ones who profit," said Nora Falk',
    '"We will build a bridge whatever it costs."',
    '"The town has put millions on the table so that sailings continue," said Lund',
    "They are all fools on that board",
    '"I would, I would, I would"',
    '"島は静かだ"',
    '"Ships have been leaving late for thirty winters"',
)


@pytest.mark.parametrize(("text", "speaker"), EXACT)
def test_words_that_stand_there_are_exact(text: str, speaker: str) -> None:
    report = check_quote(text, Reports())
    assert report.label == "exact", report
    assert speaker in report.places[0].speaker
    assert speaker or not report.places[0].speaker


@pytest.mark.parametrize(("text", "printed", "given"), ALTERED)
def test_other_words_are_altered_and_shown(text: str, printed: str, given: str) -> None:
    report = check_quote(text, Reports())
    assert report.label == "altered", report
    assert report.edits
    if printed or given:
        shown = {(edit.printed.casefold(), edit.given.casefold()) for edit in report.edits}
        assert shown == {(printed, given)}


@pytest.mark.parametrize("text", SPLICED)
def test_pieces_of_several_places_are_spliced(text: str) -> None:
    report = check_quote(text, Reports())
    assert report.label == "spliced", report
    assert len(report.places) >= 2


@pytest.mark.parametrize(("text", "speaker"), MISATTRIBUTED)
def test_words_of_somebody_else_are_misattributed(text: str, speaker: str) -> None:
    report = check_quote(text, Reports())
    assert report.label == "misattributed", report
    assert report.claimed
    assert report.places[0].speaker == speaker or report.places[0].speaker.endswith(speaker)


@pytest.mark.parametrize("text", ABSENT)
def test_words_that_nobody_said_are_absent(text: str) -> None:
    report = check_quote(text, Reports())
    assert report.label == "absent", report
    assert not report.places
