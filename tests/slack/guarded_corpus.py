"""A corpus with a border through it: open and secret documents that have much in common.

The same outlets write on both sides, secret documents are earlier and later than open ones, copy
them across the border, contradict their figures, and speak of people, places and an outlet of which
no open document says a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

OPEN = "public/*"
"""The glob pattern that an open channel is given."""


@dataclass(frozen=True, slots=True)
class Story:
    """One document.

    Attributes:
        path: Where it lies in the corpus.
        title: Its title.
        source: Its outlet.
        published: Its day.
        paragraphs: Its text.
    """

    path: str
    title: str
    source: str
    published: str
    paragraphs: tuple[str, ...]

    def markdown(self) -> str:
        """Return the file."""
        head = f"---\ntitle: {self.title}\nsource: {self.source}\npublished: {self.published}\n"
        return f"{head}language: en\n---\n\n" + "\n\n".join(self.paragraphs) + "\n"


_FLOOD = (
    (
        "Water rose over the quay of Marlow Haven on Tuesday night and reached the fish market, "
        "the harbour office said."
    ),
    (
        "Twelve people were taken to hospital, and about 340 households were without power on "
        "Wednesday morning."
    ),
    "The harbour master, Ines Corbett, said the sluice had been closed four hours too late.",
    "The council will spend 2.4 million pounds on a new sluice, she said, and work begins in May.",
)

_REPORT = (
    "An inquiry into the flood at Marlow Haven found that a sensor on the sluice had failed.",
    (
        "The sensor had been due for replacement in 2019, the inquiry said, and nobody ordered the "
        "part."
    ),
    "The new sluice will cost 2.9 million pounds, according to the inquiry's final paper.",
)

OPEN_STORIES = (
    Story(
        "public/flood.md",
        "Quay under water at Marlow Haven",
        "Harbour Wire",
        "2024-02-07",
        _FLOOD,
    ),
    Story(
        "public/flood-copy.md",
        "Marlow Haven quay flooded overnight",
        "The Meridian Post",
        "2024-02-08",
        (*_FLOOD, "This article is based on a report by a news agency."),
    ),
    Story(
        "public/inquiry.md",
        "Inquiry blames a sensor for the flood",
        "Northgate Times",
        "2024-06-11",
        _REPORT,
    ),
    Story(
        "public/ferry.md",
        "Ferry to Marlow Haven sails again",
        "Harbour Wire",
        "2024-03-02",
        (
            (
                "The ferry between Marlow Haven and the islands sailed again on Saturday after "
                "three weeks of repairs to the pier."
            ),
            "The operator said that it had carried 410 passengers on the first day.",
            "Tom Brandt, who runs the kiosk on the pier, said that he had lost half of his year.",
        ),
    ),
    Story(
        "public/market.md",
        "Fish market moves to higher ground",
        "The Meridian Post",
        "2024-05-20",
        (
            "The fish market of Marlow Haven will move to the old rope works, the council decided.",
            "Ines Corbett, the harbour master, told the council that the quay would flood again.",
            "The move costs 600,000 pounds and will be finished before winter.",
        ),
    ),
)

SECRET_STORIES = (
    Story(
        "secret/first-draft.md",
        "Draft: quay under water at Marlow Haven",
        "Harbour Wire",
        "2024-02-06",
        (*_FLOOD, "Source for the desk alone: Zephyrine Quillfeather of the drainage board."),
    ),
    Story(
        "secret/inquiry-draft.md",
        "Draft: inquiry blames a sensor",
        "Northgate Times",
        "2024-06-09",
        (*_REPORT, "The maker of the sensor, Ostrander Fluxworks, has not been told."),
    ),
    Story(
        "secret/figures.md",
        "What the hospital will not say",
        "Harbour Wire",
        "2024-02-12",
        (
            "Ninety people were taken to hospital in Marlow Haven, not twelve, a nurse said.",
            "The new sluice will cost 7.7 million pounds, Zephyrine Quillfeather said.",
            "The ferry carried 88 passengers on the first day, its purser Balthasar Wimpole said.",
        ),
    ),
    Story(
        "secret/gazette.md",
        "Who profits from the sluice",
        "Clandestine Gazette",
        "2025-01-15",
        (
            "Ines Corbett, the harbour master, holds shares in Ostrander Fluxworks, papers show.",
            "A meeting took place at Grimsditch Manor in January, and Balthasar Wimpole was there.",
            "The flood at Marlow Haven was foretold in a letter of 2018, the papers show.",
        ),
    ),
    *(
        Story(
            f"secret/memo-{number}.md",
            f"Memo {number} on the sluice",
            "The Meridian Post",
            f"2025-02-0{number}",
            (
                (
                    "The sluice, the sluice and once more the sluice: harbour master and council "
                    "speak of nothing else."
                ),
                (
                    f"Memo {number} of Project Nightjar puts the sensor, the ferry and the fish "
                    "market before the council again."
                ),
                "Passengers, households and hospital are named in Project Nightjar too.",
            ),
        )
        for number in range(1, 7)
    ),
)

QUESTIONS = (
    "How many people were taken to hospital in Marlow Haven?",
    "How much will the new sluice cost?",
    "Who is the harbour master?",
    "What did Ines Corbett say about the sluice?",
    "How many passengers did the ferry carry on the first day?",
    "Why did the sluice fail?",
    "Where does the fish market move to?",
    "What did Tom Brandt say?",
    "What is the latest about the sluice?",
    "What happened last week?",
    "What was reported in February 2024 about the flood?",
    "What has happened since the inquiry?",
    "According to Harbour Wire, how many people were taken to hospital?",
    "What did Zephyrine Quillfeather say?",
    "What does Ostrander Fluxworks make?",
    "Who was at Grimsditch Manor in January?",
    "What is Project Nightjar?",
    "What did the Clandestine Gazette report about the harbour master?",
    "According to the Clandestine Gazette, who profits from the sluice?",
    "What did Balthasar Wimpole say about the ferry?",
    "Which memo is about the sensor?",
    "What was foretold in a letter of 2018?",
    "Did ninety people go to hospital?",
    "Does the sluice cost 7.7 million pounds?",
    "What did Ines Corbett and Zephyrine Quillfeather say about the flood?",
    "How many people live in Atlantis?",
    "What was published in January 2025?",
    "What was published in 2025 about the sluice?",
)
"""Questions that the open documents answer, that only secret ones do, and that none does."""


def lay_out(folder: Path, stories: Iterable[Story]) -> Path:
    """Write documents into a folder and return it."""
    for story in stories:
        path = folder / story.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(story.markdown(), encoding="utf-8")
    return folder


def words(text: str) -> frozenset[str]:
    """Return the words of a text, without case."""
    return frozenset(re.findall(r"\w+", text.casefold()))


def secret_words() -> frozenset[str]:
    """Return the words that stand in secret documents, their names among them, and in no open."""
    sides = [
        words(" ".join(f"{story.path} {story.markdown()}" for story in stories))
        for stories in (SECRET_STORIES, OPEN_STORIES)
    ]
    return sides[0] - sides[1]
