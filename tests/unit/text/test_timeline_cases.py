"""The labelled days of the sample corpus: their shape, and how many are found and rightly so."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from groundwire.text.moments import moments
from groundwire.text.paragraphs import paragraphs
from groundwire.text.sentences import sentences

EVAL = Path(__file__).parents[3] / "eval"
LABELS: list[dict[str, Any]] = [
    json.loads(line) for line in (EVAL / "cases" / "timeline.jsonl").read_text().splitlines()
]


def _read(path: str) -> tuple[str, date]:
    head, text = (EVAL / "corpus" / path).read_text().split("---\n", 2)[1:]
    published = re.search(r"^published: (\S+)$", head, re.MULTILINE)
    assert published
    return text, date.fromisoformat(published[1])


def _found(split: str) -> tuple[int, int, int]:
    """Return right days, days given, and days labelled, of the labelled sentences of one half."""
    wanted: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for label in LABELS:
        if label["split"] == split:
            wanted[label["path"]][label["quote"]] = label
    right = given = 0
    for path, labels in wanted.items():
        text, published = _read(path)
        said = [
            span.shift(paragraph.start).of(text)
            for paragraph in paragraphs(text)
            for span in sentences(paragraph.of(text))
        ]
        for sentence, moment in zip(said, moments(said, published), strict=True):
            if moment is not None and sentence in labels:
                label = labels[sentence]
                given += 1
                right += (str(moment.days.first), str(moment.days.last), moment.planned) == (
                    label["first"], label["last"], label["planned"],
                )  # fmt: skip
    labelled = [each for group in wanted.values() for each in group.values() if each["first"]]
    return right, given, len(labelled)


def test_every_label_has_its_fields_and_its_sentence_stands_in_the_corpus() -> None:
    assert len(LABELS) >= 60
    assert len({label["id"] for label in LABELS}) == len(LABELS)
    for label in LABELS:
        assert set(label) == {"id", "split", "path", "quote", "first", "last", "planned"}
        assert label["split"] in {"dev", "test"}
        assert label["quote"] in _read(label["path"])[0]
        assert (label["first"] is None) == (label["last"] is None)
        if label["first"]:
            assert date.fromisoformat(label["first"]) <= date.fromisoformat(label["last"])
        else:
            assert not label["planned"]


def test_a_beat_is_wholly_in_one_half_and_both_hold_sentences_without_a_day() -> None:
    halves = defaultdict(set)
    for label in LABELS:
        halves[label["path"].split("/")[0]].add(label["split"])
    assert all(len(splits) == 1 for splits in halves.values())
    for split in ("dev", "test"):
        assert sum(each["first"] is None for each in LABELS if each["split"] == split) >= 20


@pytest.mark.parametrize(
    ("split", "precision", "recall"), [("dev", 0.95, 0.95), ("test", 0.9, 0.9)]
)
def test_days_are_right_and_found(split: str, precision: float, recall: float) -> None:
    right, given, labelled = _found(split)
    assert right / given >= precision
    assert right / labelled >= recall
