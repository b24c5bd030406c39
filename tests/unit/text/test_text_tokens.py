from __future__ import annotations

import pytest

from groundwire.text.tokens import (
    STOPWORDS,
    content_spans,
    content_words,
    names,
    numbers,
    stem,
    words,
)

WORDS = [
    ("Kim sent Trump a letter.", ("kim", "sent", "trump", "a", "letter")),
    ("Xi's, Xi\u2019s and the leaders' views", ("xi", "xi", "and", "the", "leaders", "views")),
    ("1,000 and 1,000,000.5, or 3.5.", ("1000", "and", "1000000.5", "or", "3.5")),
    ("90% of 2018, 1,00,000", ("90", "of", "2018", "100000")),
    ("U.S. and US at 5 p.m.", ("us", "and", "us", "at", "5", "pm")),
    ("Caf\u00e9 M\u00fcller na\u00efve \u0130zmir", ("cafe", "muller", "naive", "izmir")),
    ("Lee Seong-hyon", ("lee", "seong", "hyon")),
    ("don't isn\u2019t", ("don't", "isn't")),
    ("they're we've he'll I'm", ("they", "we", "he", "i")),
    ("l\u2019Iran d'Ivoire O'Connell", ("iran", "ivoire", "o'connell")),
    ("G20 COVID-19 1990s 20th", ("g20", "covid", "19", "1990s", "20th")),
    ("18.06.2019", ("18", "06", "2019")),
    ("\u4e2d\u56fdXi", ("\u4e2d", "\u56fd", "xi")),
    ("\ufb01ne 5\u00bd", ("fine", "51", "2")),
    ("... \u2014 !", ()),
    ("", ()),
]

NAMES = [
    ("What share of North Korea's trade goes through China?", ("North Korea", "China")),
    ("Who is Lee Seong-hyon?", ("Lee Seong-hyon",)),
    ("What deadline did Kim give Trump?", ("Kim", "Trump")),
    ("Who won the 2018 World Cup?", ("World Cup",)),
    ("What did Putin say about the visit?", ("Putin",)),
    ("What is the price of oil?", ()),
    ("Why did the talks between the U.S. and the G20 fail?", ("U.S.", "G20")),
    ("Summarize Roe's speech", ("Roe",)),
    ("Compare Acme with Apex", ("Acme", "Apex")),
    ("Tell me about New York", ("New York",)),
    ("New York is big.", ("New York",)),
    ("New rules are here.", ()),
    ("Talks failed. Officials left. Recently, Sanctions rose.", ("Sanctions",)),
    ("Beijing agreed. \u201cMoscow did not,\u201d he said.", ("Beijing", "Moscow")),
    ("On Monday in June, President Xi met Mr. Roe.", ("Xi", "Roe")),
    ("Theresa May spoke in May 2019.", ("Theresa May",)),
    ("Ursula von der Leyen and Osama bin Laden", ("Ursula von der Leyen", "Osama bin Laden")),
    ("Bashar al-Assad of Syria", ("Bashar al-Assad", "Syria")),
    ("the Bank of England and the House of the People", ("Bank of England", "House of the People")),
    ("J.K. Rowling and George H. W. Bush", ("J.K. Rowling", "George H. W. Bush")),
    ("Johnson & Johnson, AT&T and eBay", ("Johnson & Johnson", "AT&T", "eBay")),
    ("The US said so. It told us.", ("US",)),
    ("Don't panic. Doesn\u2019t matter. I'm here.", ()),
    ("Xi met Kim. Xi left.", ("Xi", "Kim")),
    ("who won the world cup?", ()),
    ("WHO WON THE WORLD CUP?", ()),
    ("NATO", ("NATO",)),
    ("\u00c9lys\u00e9e and \u0141\u00f3d\u017a", ("\u00c9lys\u00e9e", "\u0141\u00f3d\u017a")),
    ("North\nKorea", ("North Korea",)),
    ("", ()),
]

NUMBERS = [
    ("More than 90% of trade", ("90",)),
    ("1 million, 1,000,000 and one million", ("1000000",)),
    ("in 2018, by 3.5 percent", ("2018", "3.5")),
    ("$200bn, $5m, \u00a31.5 billion", ("200000000000", "5000000", "1500000000")),
    ("5m wide and 10k people", ("5", "10000")),
    ("two of twelve men", ("2", "12")),
    ("one of them, no one", ()),
    ("dozens of people, a dozen eggs, two dozen more", ("12", "24")),
    ("half a million, half a dozen", ("500000", "6")),
    ("two hundred and five thousand", ("205000",)),
    ("two million three hundred thousand", ("2300000",)),
    ("twenty-one, ninety nine and a hundred", ("21", "99", "100")),
    ("two or three, two and three", ("2", "3")),
    ("nineteen ninety", ("19", "90")),
    ("G20, F-35, COVID-19", ()),
    ("mid-2018, 2016-17 and 3-1", ("2018", "2016", "17", "3", "1")),
    ("18.06.2019 and 1.000.000", ("18", "6", "2019", "1000000")),
    ("007, 2.0, 3.50, 0.5", ("7", "2", "3.5", "0.5")),
    ("1,00,000 and 10, 20", ("100000", "10", "20")),
    ("the 14th and the 1990s", ("14", "1990")),
    ("3 lakh, two crore", ("300000", "20000000")),
    ("millions and someone", ("1000000",)),
    ("Two. TEN. Million", ("2", "10", "1000000")),
    ("bone, tend, often, hundredth", ()),
    ("", ()),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names(text: str, expected: tuple[str, ...]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers(text: str, expected: tuple[str, ...]) -> None:
    assert numbers(text) == expected


def test_a_number_of_any_length_is_exact() -> None:
    figure = "9" * 5000
    assert numbers(f"{figure} million") == (figure + "000000",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Why did the talks collapse?", ("talk", "collaps")),
        ("The talks about talks", ("talk", "talk")),
        ("It told us about the US and the U.S.", ("told", "us", "us")),
        ("He can't and won't.", ()),
        ("Sanctions of 2016", ("sanction", "2016")),
    ],
)
def test_content_words(text: str, expected: tuple[str, ...]) -> None:
    assert content_words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Why did the talks collapse?", ("talks", "collapse")),
        ("Xi\u2019s aide, O'Connell and 'the rest'", ("Xi\u2019s", "aide", "O'Connell", "rest")),
        ("It's over, they're gone; don't and DON\u2019T", ("gone",)),
        ("It told us about the US, the US\u2019s", ("told", "US", "US\u2019s")),
        ("3.5% of COVID-19_tests", ("3", "5", "COVID", "19", "tests")),
        (
            "cafe\u0301 \u0130zmir \u4e2d\u56fdXi",
            ("cafe\u0301", "\u0130zmir", "\u4e2d", "\u56fd", "Xi"),
        ),
        ("What is it? ... \U0001f642 \ud800", ()),
        ("", ()),
    ],
)
def test_content_spans(text: str, expected: tuple[str, ...]) -> None:
    assert tuple(span.of(text) for span in content_spans(text)) == expected


def test_stopwords_are_folded_words() -> None:
    assert all(words(word) == (word,) for word in STOPWORDS)


def test_the_stem_of_the_room_is_porters() -> None:
    assert stem("negotiations") == "negoti"
