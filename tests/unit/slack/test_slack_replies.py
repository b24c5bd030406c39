"""From an answer to a reply; the manifest; what options show of themselves."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from groundwire.domain.claims import Claim, Verdict
from groundwire.domain.filters import InferredFilter, InferredFilters
from groundwire.domain.retrieval import Scope
from groundwire.domain.spans import Span
from groundwire.interfaces.slack.limits import SOURCE_CHARACTERS
from groundwire.interfaces.slack.manifest import (
    REQUIRED_SCOPES,
    SCOPE_PURPOSES,
    bot_scopes,
    manifest_text,
)
from groundwire.interfaces.slack.options import SlackOptions
from groundwire.interfaces.slack.outgoing import Sentence
from groundwire.interfaces.slack.replies import NOTHING, reply_to
from tests.fakes.desk import HOSTILE_STORY, LETTER_STORY, TRADE_STORY, Story, answered, silent
from tests.slack.slack_rules import live_tokens


def test_sentences_carry_their_markers_and_sources_their_places() -> None:
    reply = reply_to(answered("q", TRADE_STORY, LETTER_STORY))
    assert [sentence.markers for sentence in reply.sentences] == ["[1]", "[2]"]
    assert reply.footer[0] == (
        "*[1]* Xi arrives in Pyongyang · The Harbour Post · 2019-06-20 · ¶ 4"
    )


def test_a_source_names_each_place_that_is_cited_in_it_once() -> None:
    answer = answered("q", TRADE_STORY)
    (claim,) = answer.claims
    (citation,) = claim.citations
    verdict = Verdict("supported", 0.9, "entailment")
    elsewhere = Claim("More.", (replace(citation, locator="¶ 7"), citation), verdict)
    reply = reply_to(replace(answer, claims=(claim, elsewhere)))
    assert reply.footer[0].endswith("· ¶ 4, ¶ 7")


def test_unknown_parts_of_a_source_leave_no_gap_and_uncited_ones_are_left_out() -> None:
    answer = answered("q", Story("Words.", "Untitled"), TRADE_STORY)
    sources = (answer.sources[0], replace(answer.sources[1], cited=False))
    reply = reply_to(replace(answer, claims=answer.claims[:1], sources=sources))
    assert reply.footer == ("*[1]* Untitled · ¶ 4",)


def test_a_gloss_stands_in_brackets_after_the_words() -> None:
    answer = answered("q", LETTER_STORY)
    glossed = replace(answer.claims[0], gloss="from Mr. Kim")
    (sentence,) = reply_to(replace(answer, claims=(glossed,))).sentences
    assert sentence == Sentence(f"{LETTER_STORY.text} [from Mr. Kim]", "[1]")


def test_filters_and_warnings_are_shown() -> None:
    answer = replace(
        answered("q", TRADE_STORY),
        filters=Scope(sources=("Meridian Wire",), since=date(2019, 6, 1)),
        warnings=("the model <x> could not be reached",),
    )
    assert reply_to(answer).footer[1:] == (
        "Searched only: Meridian Wire · since 2019-06-01",
        "the model &lt;x&gt; could not be reached",
    )


def test_filters_read_out_of_the_question_are_shown_apart_from_those_asked_for() -> None:
    outlet = InferredFilter("source", Span(0, 4), "<Wire>", "from <Wire>", sources=("<Wire>",))
    latest = InferredFilter("latest", Span(5, 9), "latest", "newest first")
    read = InferredFilters((outlet, latest))
    answer = answered("q", TRADE_STORY)
    answer = replace(
        answer,
        filters=read.within(Scope(("a.md",))),
        provenance=replace(answer.provenance, inferred=read),
    )
    assert reply_to(answer).footer[1:] == (
        "Searched only: a.md",
        "Read from the question: from &lt;Wire&gt; · newest first",
    )


def test_nothing_found_names_what_is_unmentioned_and_three_that_are_closest() -> None:
    stories = [Story("Words.", f"Story {n}") for n in range(5)]
    reply = reply_to(silent("q", *stories, unmentioned=("Atlantis", "Mu")))
    assert [sentence.text for sentence in reply.sentences] == [
        NOTHING,
        "No document mentions “Atlantis”, “Mu”.",
    ]
    (card,) = reply.cards
    assert [line.text for line in card] == [
        "Closest passages:",
        *("Story 0 · ¶ 4", "Words."),
        *("Story 1 · ¶ 4", "Words."),
        *("Story 2 · ¶ 4", "Words."),
    ]
    assert [sentence.text for sentence in reply_to(silent("q")).sentences] == [NOTHING]


def test_other_silences_give_their_reason() -> None:
    answer = replace(silent("q"), outcome="clarify")
    assert reply_to(answer).sentences == (Sentence("The documents do not say."),)


def test_a_hostile_title_is_inert_and_cut() -> None:
    (line,) = reply_to(answered("q", HOSTILE_STORY)).footer
    assert live_tokens({"text": line}) == []
    (line,) = reply_to(answered("q", Story("Words.", "<" * 5_000, "<" * 5_000))).footer
    assert len(line) <= SOURCE_CHARACTERS


def test_the_manifest_keeps_the_rules_for_manifests() -> None:
    manifest = json.loads(manifest_text())
    display, features = manifest["display_information"], manifest["features"]
    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 175 <= len(display["long_description"]) <= 4_000
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert features["app_home"]["messages_tab_enabled"]
    assert not features["app_home"]["messages_tab_read_only_enabled"]
    assert manifest["settings"]["socket_mode_enabled"]


def test_every_scope_of_the_manifest_has_a_purpose() -> None:
    assert bot_scopes() == set(SCOPE_PURPOSES)
    assert bot_scopes() >= REQUIRED_SCOPES


def test_options_never_show_their_tokens() -> None:
    options = SlackOptions("xoxb-secret", "xapp-secret")
    assert "secret" not in f"{options} {options!r}"
