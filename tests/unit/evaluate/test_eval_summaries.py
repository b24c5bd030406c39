from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from groundwire.domain.errors import (
    CancelledError,
    IndexMissingError,
    ModelUnavailableError,
    NotFoundError,
)
from groundwire.domain.events import Progress, Status
from groundwire.domain.summaries import Topic
from groundwire.evaluate.labelled import load_labelled
from groundwire.evaluate.summaries import SummaryLine, run_summaries
from tests.unit.evaluate.samples import SpokenDesk, Unread, quoted, shifted, summary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from groundwire.domain.events import Event
    from groundwire.domain.summaries import Style, Summary, Target
    from groundwire.evaluate.labelled import Labelled
    from groundwire.evaluate.summaries import SummaryResult, SummaryRun

PEOPLE = quoted("ferry.md", "It carries 240 people a day.")
MONDAY = quoted("ferry.md", "The ferry to Sallow was cancelled on Monday.")
GOOD: dict[str, Any] = {
    "id": "s1",
    "split": "dev",
    "target": "ferry.md",
    "sentences": 2,
    "required": ["240|two hundred and forty", "Monday", "Sallow", "old"],
    "forbidden": ["sank"],
}


class Summarizing(SpokenDesk):
    """Gives prepared summaries, or fails; remembers what it was asked for."""

    def __init__(self, made: Mapping[str, Summary | BaseException]) -> None:
        super().__init__()
        self._made = made
        self.wanted: list[tuple[Target, int | None, int | None, str]] = []

    def summarize(
        self,
        target: Target = None,
        *,
        sentences: int | None = None,
        words: int | None = None,
        style: Style = "brief",
    ) -> Summary:
        self.wanted.append((target, sentences, words, style))
        made = self._made[target.text if isinstance(target, Topic) else str(target)]
        if isinstance(made, BaseException):
            raise made
        return made


def labelled(folder: Path, *lines: object) -> Labelled[SummaryLine]:
    path = folder / "summaries.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return load_labelled(path, SummaryLine)


def made(folder: Path, desk: Summarizing, *lines: object) -> SummaryRun:
    return run_summaries(desk, labelled(folder, *lines), Unread())


def only(folder: Path, said: Summary, **fields: object) -> SummaryResult:
    run = made(folder, Summarizing({"ferry.md": said}), {**GOOD, **fields})
    assert run.problems == ()
    (result,) = run.results
    return result


def values(run: SummaryRun) -> dict[str, float | None]:
    return {score.name: score.value for score in run.scores()}


def test_a_summary_is_held_against_facts_words_and_citations(tmp_path: Path) -> None:
    desk = Summarizing({"ferry.md": summary(PEOPLE, MONDAY)})
    run = made(tmp_path, desk, GOOD)
    assert desk.wanted == [("ferry.md", 2, None, "brief")]
    assert values(run) == {"summary_facts": 0.75, "summary_clean": 1.0, "summary_grounded": 1.0}
    assert run.failing == run.results
    assert run.results[0].complaints() == ("does not say: old",)
    assert not run.interrupted


def test_a_topic_a_style_and_words_are_asked_for(tmp_path: Path) -> None:
    line = {key: value for key, value in GOOD.items() if key not in {"target", "sentences"}}
    desk = Summarizing({"the ferry": summary(PEOPLE)})
    made(tmp_path, desk, {**line, "topic": "the ferry", "style": "bullets", "words": 6})
    assert desk.wanted == [(Topic("the ferry"), None, 6, "bullets")]


def test_forbidden_words_and_ungrounded_sentences_are_told(tmp_path: Path) -> None:
    result = only(tmp_path, summary(PEOPLE, shifted(MONDAY)), required=[], forbidden=["CANCELLED"])
    ungrounded, forbidden = result.complaints()
    assert ungrounded.startswith("1 of 2 sentences are not grounded: ")
    assert forbidden == "says what it must not: CANCELLED"
    assert (result.clean.part, result.clean.whole) == (0, 1)
    assert (result.grounded.part, result.grounded.whole) == (1, 2)
    assert result.facts.whole == 0


@pytest.mark.parametrize(
    ("fields", "warnings", "keeps"),
    [
        ({"sentences": 2}, (), True),
        ({"sentences": 3}, (), False),
        ({"sentences": 3}, ("only 2 sentences can be said of this",), True),
        ({"sentences": None, "words": 14}, (), True),
        ({"sentences": None, "words": 15}, (), False),
        ({"sentences": None, "style": "tldr"}, (), True),
    ],
)
def test_the_length_asked_for_is_kept_or_a_warning_says_why_not(
    tmp_path: Path, fields: dict[str, object], warnings: tuple[str, ...], *, keeps: bool
) -> None:
    said = summary(PEOPLE, MONDAY, warnings=warnings)
    result = only(tmp_path, said, required=["240"], **fields)
    assert result.keeps_length is keeps
    complaint = "is not of the length asked for and does not say why: 2 sentences, 14 words"
    assert result.complaints() == (() if keeps else (complaint,))


def test_a_summary_that_fails_is_told_and_the_others_are_made(tmp_path: Path) -> None:
    desk = Summarizing({"ferry.md": ModelUnavailableError("no model"), "tram.md": summary(PEOPLE)})
    other = {**GOOD, "id": "s2", "target": "tram.md", "required": ["240"], "sentences": 1}
    run = made(tmp_path, desk, GOOD, other)
    failed, passed = run.results
    assert failed.complaints() == ("failed: no model",)
    assert passed.complaints() == ()
    assert values(run) == {"summary_facts": 0.5, "summary_clean": 1.0, "summary_grounded": 1.0}


def test_a_target_that_is_not_indexed_is_a_problem(tmp_path: Path) -> None:
    run = made(tmp_path, Summarizing({"ferry.md": NotFoundError("no such document")}), "", GOOD)
    assert [str(problem) for problem in run.problems] == ["line 2: target: s1: no such document"]
    assert values(run)["summary_facts"] is None


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), CancelledError(), "partial"])
def test_an_interrupted_run_keeps_what_was_made_before(tmp_path: Path, stop: Any) -> None:  # noqa: ANN401 -- an error or a word
    stopped = summary(PEOPLE, partial=True) if stop == "partial" else stop
    desk = Summarizing({"tram.md": summary(PEOPLE), "ferry.md": stopped})
    run = made(tmp_path, desk, {**GOOD, "id": "s0", "target": "tram.md"}, GOOD)
    assert run.interrupted
    assert [result.line.id for result in run.results] == ["s0"]


def test_a_desk_without_an_index_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        made(tmp_path, Summarizing({"ferry.md": IndexMissingError("/x")}), GOOD)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"topic": "the ferry"}, "one of target and topic"),
        ({"target": None}, "one of target and topic"),
        ({"words": 50}, "one of sentences and words"),
        ({"required": [], "forbidden": []}, "required facts or forbidden words"),
        ({"sentences": 0}, "greater than or equal to 1"),
        ({"style": "poem"}, "'brief', 'bullets', 'timeline' or 'tldr'"),
        ({"split": "held"}, "'dev' or 'test'"),
    ],
)
def test_a_malformed_line_is_a_problem_and_the_others_load(
    tmp_path: Path, fields: dict[str, object], words: str
) -> None:
    lines = labelled(tmp_path, {**GOOD, **fields}, {**GOOD, "id": "s2"})
    assert [line.id for _, line in lines.lines] == ["s2"]
    (problem,) = lines.problems
    assert problem.line == 1
    assert words in problem.expected


def test_progress_is_told_for_every_summary(tmp_path: Path) -> None:
    told: list[Event] = []
    desk = Summarizing({"ferry.md": summary(PEOPLE)})
    run_summaries(desk, labelled(tmp_path, GOOD), Unread(), told.append)
    assert told == [Progress(0, 1), Status("s1"), Progress(1, 1)]
