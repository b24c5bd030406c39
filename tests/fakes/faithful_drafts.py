"""Faithful sentences made from true ones, each kind by one rule, as the prompt asks for them.

A rule takes a true sentence and writes it a little shorter or in another order, in the source's own
words, without adding anything or leaving out who said it. Where a rule does not apply it returns
nothing. The patterns are written for the sample corpus and know nothing of the gate.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.fakes.corpus_passages import true_sentences
from tests.fakes.hostile_drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.fakes.corpus_passages import TrueSentence

    Rule = Callable[[TrueSentence], Iterator[Draft]]

EACH = 25
"""At most so many sentences of a kind, spread over the corpus."""

_MONTHS = "January|February|March|April|May|June|July|August|October|November|December"
_PLAIN_SUBJECTS = {
    *("The", "Police", "Both", "Officials", "Scientists", "Large", "Shipping", "Opponents"),
    *("Rights", "American"),
}
_SPEAKER = r"(?P<who>(?:The|Mr|Ms|Mrs|Dr|Police|Supporters|Marchers|[A-Z]\w+)(?: [\w'’]+){0,4}?)"
_LEADING = re.compile(
    r"^(?:In|On|At|After|Before|During|Since|For|With|As|When|While|Hours|Like|Under|By|Last|Two"
    r"|Despite|From|Among|Late|Early|Even|Meanwhile|However)\b[^,“”\"]*, (?=\w)(?!who|which|and)"
)
_FULL_NAMES = (
    ("Kim Jong Un", "Kim"),
    ("Xi Jinping", "Xi"),
    ("Donald Trump", "Trump"),
    ("Emmanuel Macron", "Macron"),
    ("Osama Rabie", "Rabie"),
    ("Carrie Lam", "Lam"),
    ("Ruth Pennick", "Pennick"),
    ("Maren Holloway", "Holloway"),
    ("Owen Tarrant", "Tarrant"),
    ("Tobias Frayne", "Frayne"),
    ("Dev Astley", "Astley"),
    ("Sunita Rao", "Rao"),
    ("Katie Bouman", "Bouman"),
    ("Philippe Villeneuve", "Villeneuve"),
    ("Joan Tressel", "Tressel"),
    ("Ida Clough", "Clough"),
    ("Peter Berdowski", "Berdowski"),
    ("Larry Kudlow", "Kudlow"),
)


def faithful() -> tuple[Draft, ...]:
    """Return the drafts of all kinds."""
    found: list[Draft] = []
    for rule in RULES:
        made = [draft for true in true_sentences() for draft in rule(true)]
        step = max(len(made) // EACH, 1)
        found += made[::step][:EACH]
    return tuple(found)


def leading_adverbial(true: TrueSentence) -> Iterator[Draft]:
    """What stands before the subject is left out."""
    match = _LEADING.match(true.text)
    opens = r"(?:he|she|it|they|his|her|its|but|and|or)\b"
    finite = r"\b(?:had|said|says|acknowledged|was|were|is|are)\b"
    if (
        match
        and not re.match(opens, true.text[match.end() :])
        and not re.search(finite, match.group())
    ):
        yield _made("leading adverbial dropped", _capital(true.text[match.end() :]), true)


def relative_clause(true: TrueSentence) -> Iterator[Draft]:
    """A relative clause between commas is left out."""
    match = re.search(
        r", (?:who|which|where|whose) [^,“”\"]*,(?= (?!and|or|but|an?|the)\b[a-z])", true.text
    )
    if match:
        yield _made("relative clause dropped", _without(true.text, match), true)


def trailing_relative(true: TrueSentence) -> Iterator[Draft]:
    """A relative clause at the end is left out."""
    match = re.search(r", (?:which|where|who) [^,“”\"]*(?=\.$)", true.text)
    if match:
        yield _made("trailing relative clause dropped", _without(true.text, match), true)


def apposition(true: TrueSentence) -> Iterator[Draft]:
    """A description after a name is left out."""
    shape = (
        r"(?<=[a-z]), (?:the|a|an|chairman|chief|leader|director) [^,“”\"]*,(?= (?!and|but)[a-z])"
    )
    match = re.search(shape, true.text)
    verb = r"\b(?:was|said|reported|has|could|president|chairman, )\b"
    if match and true.text[match.end() + 1 :].split()[0] in {"the", "a", "an"}:
        match = None
    if match and not re.search(verb, match.group()) and "," not in true.text[: match.start()]:
        yield _made("apposition dropped", _without(true.text, match), true)


def brackets(true: TrueSentence) -> Iterator[Draft]:
    """What stands in brackets or between dashes is left out."""
    match = re.search(r" \([^)]*\)| – [^–]*–(?= )| — [^—]*—(?= )", true.text)
    if match:
        yield _made("parenthesis dropped", _without(true.text, match), true)


def surname(true: TrueSentence) -> Iterator[Draft]:
    """A full name is shortened to the name that the press uses alone."""
    for full, short in _FULL_NAMES:
        if full in true.text and true.passage.count(full.split()[0] + " ") == true.passage.count(
            full.split()[0] + " " + full.split()[1]
        ):
            yield _made("full name shortened", true.text.replace(full, short, 1), true)
            break


def percent(true: TrueSentence) -> Iterator[Draft]:
    """A percentage, a fraction or an amount is written in another form."""
    for shape, other in (
        (r"(\d+) (?:percent|per cent)", r"\1%"),
        (r"(\d+)%", r"\1 percent"),
        (r"nine tenths", "90 percent"),
        (r"[Tt]wo thirds", "two-thirds"),
        (r"\$([\d.]+)bn", r"$\1 billion"),
        (r"\$([\d.]+)m\b", r"\1 million dollars"),
        (r"£([\d.]+)m\b", r"£\1 million"),
        (r"€([\d.]+)m\b", r"\1 million euros"),
        (r"(\d+) km\b", r"\1 kilometres"),
        (r"\b([Ff]ourteen|14) years", "14 years"),
        (r"\btwo-day\b", "2-day"),
        (r"\bMore than a million\b", "More than one million"),
    ):
        text, count = re.subn(shape, other, true.text)
        if count and text != true.text:
            yield _made("value rewritten", text, true)


def date_rewritten(true: TrueSentence) -> Iterator[Draft]:
    """A date is written in another form."""
    text, count = re.subn(
        rf"\b(\d{{1,2}}) ({_MONTHS})\b",
        r"\2 \1",
        true.text,
    )
    text = re.sub(r"(\w+ \d{1,2}) (20\d\d)", r"\1, \2", text)
    if count:
        yield _made("date rewritten", text, true)


def attribution_first(true: TrueSentence) -> Iterator[Draft]:
    """ "…, X said" becomes "X said that …"."""
    match = re.fullmatch(
        rf"(?P<what>[^“”\"]+), {_SPEAKER} (?P<cue>said|says|reported)\.", true.text
    )
    if match:
        what = match["what"]
        lowered = (
            what if re.match(r"[A-Z]\w+ (?:was|said|had)|I\b", what) else what[0].lower() + what[1:]
        )
        yield _made(
            "attribution moved", f"{_capital(match['who'])} {match['cue']} that {lowered}.", true
        )


def attribution_last(true: TrueSentence) -> Iterator[Draft]:
    """ "X said (that) …" becomes "…, X said" or "According to X, …"."""
    cue = r"(?:has |have |also )?(?P<cue>said|says|say|reported)"
    match = re.fullmatch(rf"{_SPEAKER} {cue} (?:that )?(?P<what>[^“”\"]+)\.", true.text)
    if (
        match
        and not re.search(r", (?:but|and|while|although|though)\b|;", match["what"])
        and not re.match(r"(?:It|He|She|They)\b", match["who"])
    ):
        who, what = match["who"], _capital(match["what"])
        lowered = (
            who
            if who.split()[0] in {"Mr", "Ms", "Mrs", "Dr"}
            or who.split()[0]
            not in {
                "The",
                "Police",
                "Both",
                "Officials",
                "Scientists",
                "Large",
                "Shipping",
                "Opponents",
                "Rights",
            }
            else who[0].lower() + who[1:]
        )
        yield _made("attribution moved", f"{what}, {lowered} {match['cue']}.", true)
        if match["cue"] == "said" or match["cue"] == "says":
            yield _made("attribution moved", f"According to {lowered}, {match['what']}.", true)


def that_added(true: TrueSentence) -> Iterator[Draft]:
    """ "X said …" becomes "X said that …", or the other way round."""
    if '"' in true.text or "“" in true.text:
        return
    if re.search(r" said that ", true.text):
        yield _made("that added or dropped", true.text.replace(" said that ", " said ", 1), true)
    elif re.search(r" said (?:the|it|he|she|they|there) ", true.text):
        yield _made("that added or dropped", true.text.replace(" said ", " said that ", 1), true)


def merged(true: TrueSentence) -> Iterator[Draft]:
    """Two sentences that follow one another become one with "and"."""
    if '"' in true.text or "“" in true.text or len(true.text) > 160:
        return
    for other in true_sentences():
        follows = other.hits[0] is true.hits[0] and 0 < other.span.start - true.span.end < 3
        plain = (
            re.match(r"(?:The|It|He|She|They|A|An|In|On)\b", other.text)
            and "“" not in other.text
            and '"' not in other.text
        )
        if follows and plain and len(other.text) < 140:
            text = f"{true.text.rstrip('.')}, and {other.text[0].lower()}{other.text[1:]}"
            yield _made("two sentences merged", text, true)


def connective(true: TrueSentence) -> Iterator[Draft]:
    """A "But" at the start or an "also" is left out."""
    match = re.match(r"(?:But|And|Yet|Still,) ", true.text)
    if match:
        yield _made("connective dropped", _capital(true.text[match.end() :]), true)
    elif " also " in true.text:
        yield _made("connective dropped", true.text.replace(" also ", " ", 1), true)


def trailing_clause(true: TrueSentence) -> Iterator[Draft]:
    """What follows the last comma is left out where it only adds to what is said."""
    match = re.search(
        r", (?:including|among|from|with|after|as|when|leaving|so|an?|the) [^,“”\"]*(?=\.$)",
        true.text,
    )
    if (
        match
        and not re.search(r"\bnot\b|\bno\b|said|accord|report", match.group())
        and "," not in true.text[: match.start()]
    ):
        yield _made("trailing clause dropped", _without(true.text, match), true)


def typography(true: TrueSentence) -> Iterator[Draft]:
    """Quotation marks, dashes and the full stop are other ones; the words are the same."""
    text = true.text.translate(str.maketrans("“”’", '""\'')).rstrip(".")
    if text != true.text.rstrip("."):
        yield _made("typography", text, true)


def honorific(true: TrueSentence) -> Iterator[Draft]:
    """ "Mr" goes."""
    if re.search(r"\b(?:Mr|Ms|Mrs|Dr) [A-Z]", true.text):
        yield _made(
            "honorific dropped", re.sub(r"\b(?:Mr|Ms|Mrs|Dr) (?=[A-Z])", "", true.text), true
        )


def _made(kind: str, text: str, true: TrueSentence) -> Draft:
    return Draft(kind, text, (1,), true)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + text[match.end() :]


RULES: Sequence[Rule] = (
    leading_adverbial,
    relative_clause,
    trailing_relative,
    apposition,
    brackets,
    surname,
    percent,
    date_rewritten,
    attribution_first,
    attribution_last,
    that_added,
    merged,
    connective,
    trailing_clause,
    typography,
    honorific,
)
