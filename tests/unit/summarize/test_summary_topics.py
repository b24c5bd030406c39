"""What speaks of a topic, sentence by sentence."""

from __future__ import annotations

import pytest

from groundwire.summarize.coverage import cover
from groundwire.summarize.topics import Subject, on_topic
from groundwire.text.tokens import content_words, names
from tests.fakes.accounts import account
from tests.fakes.encoders import HashingEncoder


def subject(topic: str) -> Subject:
    weights = dict.fromkeys(content_words(topic), 1.0)
    named = frozenset(stem for name in names(topic) for stem in content_words(name))
    return Subject(topic, HashingEncoder().encode_query(topic), weights, named)


@pytest.mark.parametrize(
    ("topic", "text", "share"),
    [
        ("Ever Given compensation", "The Ever Given may cost its owner compensation.", 1.0),
        ("Ever Given compensation", "Whoever was given notice gets compensation.", 0.5),
        ("the iPhone", "An iPhone was sold.", 1.0),
        ("tram lines", "The line of the tram", 1.0),
        ("tram lines", "The library", 0.0),
        ("of the", "Of the library", 0.0),
    ],
)
def test_words_of_a_name_count_with_a_capital(topic: str, text: str, share: float) -> None:
    asked = subject(topic)
    assert asked.share(asked.said(text)) == share


TOLD = account(
    "Aldermoor council approved the tram line on Tuesday.\n\n" + "It rained all day. " * 60 + "\n\n"
    "The library in Wren Street is going to close for good."
)


def test_sentences_of_passages_on_other_matters_are_not_relevant() -> None:
    close = subject("tram line").relevance(TOLD)
    assert close.shape == (len(TOLD.sentences),)
    assert close[0] == close.max() > 0.5
    assert close[-1] == 0.0


def test_paragraphs_on_other_matters_are_not_missing() -> None:
    whole = cover([TOLD], ())
    narrowed = on_topic(whole, [TOLD], [subject("tram line").relevance(TOLD)])
    listed = [place.span.of(TOLD.document.text) for t in narrowed.missing for place in t.places]
    assert len(listed) == narrowed.paragraphs_total < whole.paragraphs_total
    assert any("tram" in each for each in listed)
    assert not any("library" in each for each in listed)
