"""What is a copy of a text and what only has something in common with it."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.ingest.duplicates import BANDS, print_of
from tests.fakes.stories import story

if TYPE_CHECKING:
    from groundwire.ingest.duplicates import TextPrint

STORY, OTHER = story(1), story(2)
PARAGRAPHS = STORY.split("\n\n")
FOOTER = "\n".join(f"In our newsletter: {line}." for line in re.split(r"\.\s+", story(3, 2)))


def made(text: str) -> TextPrint:
    found = print_of(text)
    assert found is not None
    return found


def copied(one: str, other: str) -> bool:
    """Return whether two texts are found to be copies, looked at from either side."""
    left, right = made(one), made(other)
    shared = left.shared_with(other)
    assert shared == right.shared_with(one)
    in_common = len(np.intersect1d(left.bands, right.bands))
    if shared and left.size and right.size:
        assert left.may_share(in_common, right.size)
        assert right.may_share(in_common, left.size)
    return bool(shared)


def changed(text: str, every: int) -> str:
    """Return a text with another word, now and then, for one that has no capital or figure."""
    words = text.split(" ")
    for place in range(every, len(words), every):
        if words[place].isalpha() and words[place].islower():
            words[place] = "otherwise"
    return " ".join(words)


@pytest.mark.parametrize(
    "copy",
    [
        STORY,
        STORY.upper().title(),
        STORY.replace("\n\n", " ").replace("a", "á"),
        "\n\n".join(PARAGRAPHS[::2]),
        "\n\n".join(PARAGRAPHS[:3]) + " ...",
        changed(STORY, 14),
        "\n\n".join([*PARAGRAPHS[:4], f"“{OTHER.split(chr(10))[0]}”", *PARAGRAPHS[4:]]),
        changed("\n\n".join(PARAGRAPHS[1:7]), 20) + "\n\n" + OTHER.split("\n\n")[1],
        f"{STORY}\n\nSubscribe to the Courier. All rights reserved.",
    ],
    ids=["same", "case", "accents", "cut", "lead", "reworded", "quoting", "mixed", "footer"],
)
def test_a_copy_is_found(copy: str) -> None:
    assert copied(STORY, copy)


def test_a_copy_reworded_throughout_is_found() -> None:
    reworded = changed(STORY, 6)
    assert made(STORY).shared_with(reworded) < 0.4 * made(STORY).size
    assert copied(STORY, reworded)
    assert not copied(STORY, changed(changed(STORY, 3), 2))


STATEMENT = story(4, 4)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (STORY, OTHER),
        (
            f"{PARAGRAPHS[0]}\n\n{STATEMENT}\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}",
            f"{OTHER[:1300]}\n\n{STATEMENT}",
        ),
        (
            f"{STORY[:900]}\n\n{STATEMENT[:400]}\n\n{STORY[900:1500]}\n\n{STATEMENT[600:900]}",
            f"{OTHER[:900]}\n\n{STATEMENT[:400]}\n\n{OTHER[900:1500]}\n\n{STATEMENT[600:900]}",
        ),
        (f"{PARAGRAPHS[0]}\n\n{FOOTER}", f"{PARAGRAPHS[1]}\n\n{FOOTER}"),
        (PARAGRAPHS[0], STORY),
    ],
    ids=["stories", "a statement", "statement and background", "footer", "a short text"],
)
def test_what_two_stories_have_in_common_is_no_copying(one: str, other: str) -> None:
    assert not copied(one, other)


def test_an_article_on_subscriptions_in_one_line_is_an_article() -> None:
    line = f"The subscription costs more. {STORY}".replace("\n\n", " ")
    assert copied(line, STORY)


def template(team: str, rival: str, day: str, odds: int) -> str:
    return " ".join(
        f"How to watch the match between {team} and {rival} on {day} and what the odds are before"
        f" it begins in round {odds + number}. {team} go into the match as favourites at {odds}"
        f" points, and {rival} have lost {number} of their last games away from home."
        for number in range(8)
    )


def test_texts_from_one_template_are_no_copies() -> None:
    one = template("Tarnor Rovers", "Belfen City", "Monday", 31)
    assert not copied(one, template("Renka United", "Palmi Town", "Friday", 72))
    assert copied(one, one.replace("points", "points or so"))


def test_short_texts() -> None:
    assert print_of("All rights reserved. Nothing to add to this today, folks, as ever.") is None
    brief = made(PARAGRAPHS[0])
    assert (brief.size, len(brief.bands)) == (0, 0)
    assert made(STORY).size > 0


def test_texts_without_spaces_have_shingles_too() -> None:
    characters = "".join(chr(0x4E00 + 7 * number % 4000) for number in range(200))
    assert made(characters).size > 150
    assert copied(characters, characters[:150])


def test_a_print_is_the_same_in_every_process() -> None:
    code = (
        "from groundwire.ingest.duplicates import print_of; from tests.fakes.stories import story;"
        "print(print_of(story(1)).bands.tolist())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": "7"},
    )
    bands = made(STORY).bands
    assert ran.stdout.strip() == str(bands.tolist())
    assert len(set(bands.tolist())) == BANDS
    assert (np.diff(bands) > 0).all()
