"""Checks twelve quotations made from two reports on one event: a folder with two files.

``python -m eval.public.seed_quotes FOLDER``. The reports have a licence of their own and are not
part of the project: the quotations are cut from them, and altered, when this runs.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire import Desk, GroundwireError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.quotations import QuoteReport

_FILES = 2
_SAID = re.compile(
    r'"(?P<words>[^"\n]{40,})"(?P<tail>[^"\n]{0,40}?)\s+said\s(?P<who>[A-Z]\S+(?:\s[A-Z][\w-]+)+)'
)
_GOES_ON = re.compile(_SAID.pattern + r'[^"\n]*\.\s"(?P<more>[^"\n]+)"')
_OWN = re.compile(r"^(?P<words>[A-Z][^\"\n]*\d\d[^\"\n]*?)(?:,|\.\s|\.$)", re.MULTILINE)
_DENIAL = re.compile(r"\b(?:won't|won’t|not|n't|never)\b")
_EVERY = 3


@dataclass(frozen=True, slots=True)
class Made:
    """A quotation as a reporter would type it, and what must be said of it.

    Attributes:
        what: What was done to it.
        text: The quotation with its speaker.
        label: The label that is right.
        speaker: A word of the speaker that must be named; empty if that does not matter.
    """

    what: str
    text: str
    label: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation of a report.

    Attributes:
        words: Between the marks.
        who: The speaker's name.
        more: What the speaker goes on to say after the attribution; empty if nothing.
    """

    words: str
    who: str
    more: str = ""


def make(left: str, right: str) -> tuple[Made, ...]:
    """Return twelve quotations made from the texts of two reports.

    Args:
        left: The translated report.
        right: The agency's own.
    """
    translated, own = said(left), said(right)
    first, second, last = own[0], own[1], translated[-1]
    longer = next(each for each in own if each.more)
    denied = next(each for each in own if _DENIAL.search(each.words))
    told = _OWN.search(right)
    fact = told["words"] if told else ""
    same = next((a, b) for a in translated for b in own if a.who == b.who and a.words != b.words)
    words = longer.words.split()
    return (
        Made("as printed, speaker behind", _by(second.words, second.who), "exact", _last(second)),
        Made("of the translated report", f"{last.who}: “{last.words}”", "exact", _last(last)),
        Made(
            "broken by an attribution, given as one",
            f'"{_sentence(longer.words)} {longer.more}"',
            "exact",
        ),
        Made("words left out and marked", f'"{_left_out(first.words)}"', "exact"),
        Made("the document's own words", fact, "exact"),
        Made(
            "a denial dropped", _by(_DENIAL.sub("", denied.words, count=1), denied.who), "altered"
        ),
        Made("a figure lowered", re.sub(r"\d\d", _lowered, fact, count=1), "altered"),
        Made("a word dropped", _by(" ".join(words[:3] + words[4:]), longer.who), "altered"),
        Made("a word of one report's wording in the other's", _mixed(*same), "altered"),
        Made(
            "two people's words as one's", f'"{_sentence(second.words)} {longer.words}"', "spliced"
        ),
        Made("somebody else named", _by(second.words, denied.who), "misattributed", _last(second)),
        Made("the same words backwards", _by(" ".join(words[::-1]), longer.who), "absent"),
    )


def said(text: str) -> tuple[Said, ...]:
    """Return the quotations of a report whose speaker is named right after them, in order."""
    more = {match["words"]: match["more"] for match in _GOES_ON.finditer(text)}
    return tuple(
        Said(match["words"], match["who"], more.get(match["words"], ""))
        for match in _SAID.finditer(text)
    )


def fails(made: Made, report: QuoteReport) -> str:
    """Return in words what is wrong with a report; empty if nothing is."""
    if report.label != made.label:
        return f"{report.label}, not {made.label}"
    if made.speaker and made.speaker not in report.places[0].speaker:
        return f"said by {report.places[0].speaker or 'nobody'}, not {made.speaker}"
    if made.label == "altered" and not report.edits:
        return "no difference shown"
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is found of the quotations; return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m eval.public.seed_quotes", description=__doc__)
    parser.add_argument("folder", type=Path, help="holds the two reports as .txt, in this order")
    folder = parser.parse_args(arguments).folder
    files = sorted(folder.glob("*.txt"))
    if len(files) != _FILES:
        sys.stderr.write(f"{folder}: {len(files)} .txt files, not {_FILES}\n")
        return 2
    quotations = make(*(file.read_text(encoding="utf-8") for file in files))
    wrong = 0
    with tempfile.TemporaryDirectory() as index, Desk.open(index) as desk:
        try:
            desk.sync([folder])
            for made in quotations:
                started = time.perf_counter()
                report = desk.quote(made.text)
                taken = time.perf_counter() - started
                complaint = fails(made, report)
                wrong += bool(complaint)
                _print(made, report, complaint or "right", taken)
        except GroundwireError as error:
            sys.stderr.write(f"error: {error}\n")
            return 2
    print(f"\n{len(quotations) - wrong} of {len(quotations)} right")
    return 1 if wrong else 0


def _print(made: Made, report: QuoteReport, judged: str, taken: float) -> None:
    print(f"\n{made.what}: {report.label} ({judged}, {taken * 1000:.0f} ms)\n  {made.text}")
    for place in report.places:
        citation = place.citation
        span = f"{citation.span.start}-{citation.span.end}"
        print(f"  {citation.path} {span} {place.speaker or 'nobody named'}: {citation.quote}")
    for edit in report.edits:
        print(f"  given “{edit.given}”, printed “{edit.printed}”")


def _by(words: str, who: str) -> str:
    return f'"{words.rstrip(",.")}," said {who}.'


def _last(one: Said) -> str:
    return one.who.split()[-1]


def _sentence(words: str) -> str:
    return words.rstrip(",.") + "."


def _left_out(words: str) -> str:
    parts = words.split()
    third = len(parts) // _EVERY
    return " ".join((*parts[:third], "[…]", *parts[2 * third :]))


def _lowered(match: re.Match[str]) -> str:
    return str(int(match.group()) - 7)


def _mixed(left: Said, right: Said) -> str:
    """Return one report's wording with its first differing word from the other's."""
    ours, theirs = right.words.split(), left.words.split()
    place = next(n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b)
    return _by(" ".join((*ours[:place], theirs[place], *ours[place + 1 :])), right.who)


if __name__ == "__main__":
    sys.exit(main())
