"""What reporters type: the quotation, its omissions, its speaker."""

from __future__ import annotations

import pytest

from groundwire.compare.quotes.parts import MOST_WORDS, read_quotation
from groundwire.domain.errors import UsageError

CLAIMED = (
    ('Kim said: "We go."', "We go.", "Kim"),
    ('"We go," said Kim.', "We go,", "Kim"),
    ('"We go." — Kim, 12 June', "We go.", "Kim"),
    ('"We go" (Kim Jong Un, 12 June 2019)', "We go", "Kim Jong Un"),
    ('According to Kim, "we go"', "we go", "Kim"),
    ('"We go," Kim told reporters on Monday', "We go,", "Kim"),
    ('"We go," North Korean leader Kim Jong Un said.', "We go,", "North Korean leader Kim Jong Un"),
    ('Trump called the letter "beautiful"', "beautiful", "Trump"),
    ('In the words of Nora Falk, "we go"', "we go", "Nora Falk"),
    ('"We go," said the chief executive, Owen Tarrant.', "We go,", "chief executive, Owen Tarrant"),
    ('"We go" - the mayor', "We go", "the mayor"),
    ('"We go" Nora Falk', "We go", "Nora Falk"),
    ('"We go," he said.', "We go,", ""),
    ('"We go"', "We go", ""),
    ("We go", "We go", ""),
)


@pytest.mark.parametrize(("text", "quotation", "claimed"), CLAIMED)
def test_the_speaker_may_stand_before_or_after(text: str, quotation: str, claimed: str) -> None:
    first = read_quotation(text)[0]
    assert first.quotation == quotation
    assert first.claimed.endswith(claimed)
    assert claimed or not first.claimed


ALONE = (
    ("Kim: We go", "We go", "Kim"),
    ("We go — Kim Jong Un, 12 June 2019", "We go", "Kim Jong Un"),
    ("We go now, said Kim", "We go now", "Kim"),
    ("We go now, Kim said.", "We go now", "Kim"),
    ("According to Kim, we go now", "we go now", "Kim"),
    ("Kim said: we go now", "we go now", "Kim"),
)


@pytest.mark.parametrize(("text", "quotation", "claimed"), ALONE)
def test_without_marks_both_ways_are_read(text: str, quotation: str, claimed: str) -> None:
    readings = [(each.quotation, each.claimed) for each in read_quotation(text)]
    assert readings[0] == (text, "")
    assert (quotation, claimed) in readings[1:]


def test_marks_inside_a_sentence_do_not_make_it_a_quotation() -> None:
    readings = read_quotation('We have "no choice" but to close it')
    assert [each.quotation for each in readings] == ['We have "no choice" but to close it']


@pytest.mark.parametrize("mark", ["...", "…", "[...]", "[…]", "(…)", ". . ."])
def test_an_omission_parts_a_quotation(mark: str) -> None:
    reading = read_quotation(f'"We go {mark} now"')[0]
    assert [[word.key for word in part] for part in reading.parts] == [["we", "go"], ["now"]]
    assert [word.joint for word in reading.words] == ["", "", "omitted"]


def test_brackets_are_somebodys_help() -> None:
    reading = read_quotation('"[W]e go [to the island] now [sic]"')[0]
    assert [word.key for word in reading.words if not word.inserted] == ["we", "go", "now"]
    assert [word.key for word in reading.words if word.inserted] == ["to", "the", "island"]


def test_an_attribution_breaks_a_quotation() -> None:
    reading = read_quotation('"We go," Kim said, "now."')[0]
    assert [word.joint for word in reading.words] == ["", "", "broken"]
    assert reading.claimed == "Kim"


@pytest.mark.parametrize("text", ["", "  ", '""', '"…"', "!?", "\0", "\u200b", "[]", "[a] [b]"])
def test_nothing_to_look_for_is_said(text: str) -> None:
    with pytest.raises(UsageError, match="no words to look for"):
        read_quotation(text)


def test_too_many_words_are_refused() -> None:
    with pytest.raises(UsageError, match="more than"):
        read_quotation("word " * (MOST_WORDS + 1))
