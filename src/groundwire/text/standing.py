"""Whether a sentence stands by itself: what it opens with, and the quotations it is part of."""

from __future__ import annotations

import re

_QUOTATION = re.compile(r"[“\"][^”\"]*[”\"]")
_ATTRIBUTED = re.compile(
    r"\b(?:said|says|saying|told|tells|added|adds|asked|wrote|argued|warned|insisted|replied"
    r"|according to|called|calls)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^(?:[\s\"'“”‘’«»([`–—-]|\.{3}|…)+")
_DANGLES = re.compile(
    r"(?:he|she|it|they|them|this|that|these|those|his|her|hers|its|their|theirs|him|such|both"
    r"|neither|another|others|the (?:former|latter)|but|and|or|nor|so|yet|also|then|thus|hence"
    r"|still|instead|however|meanwhile|moreover|furthermore|therefore|otherwise|nevertheless"
    r"|nonetheless|besides|afterwards?|likewise|similarly|additionally|consequently|accordingly"
    r"|in addition|as a result|by contrast|in contrast|on the other hand|for (?:example|instance)"
    r"|at the same time|since then|even so|that said|here)\b(?!['’](?:an|tis)\b)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"(?:I|we|my|our|me|us|you|your)\b(?!\.)", re.IGNORECASE)
_PRIMES = re.compile(r"``|''")
_OPENS = re.compile(r"(?<![^\s(\[\"“])['‘](?!(?:s|t|re|ve|ll|d|m|em|\d\ds?)\b)(?=[\w$£€#@])")
_CLOSES = re.compile(r"(?<=[\w.,!?;:…%)\]])['’](?![\w])|(?<=\s)['’](?=\s|$)")


def lacks_a_speaker(text: str) -> bool:
    """Return whether a text opens with a quotation and names nobody who said it."""
    return text[:1] in '“"' and not _ATTRIBUTED.search(_QUOTATION.sub(" ", text))


def quotation_is_open(text: str, *, at_end: bool) -> bool:
    """Return whether a quotation runs on past the end of a text, or began before it."""
    rest = _QUOTATION.sub("", text)
    if at_end:
        return "“" in rest or ('"' in rest and text.lstrip().startswith('"'))
    return "”" in rest or ('"' in rest and not text.lstrip().startswith('"'))


def is_balanced(text: str) -> bool:
    """Return whether every quotation mark of a text has its fellow in it.

    Straight, curly, doubled ("``" and "''") and single marks are counted; an apostrophe is none,
    and a closing single mark alone is taken for one ("the voters’ choice").
    """
    opening, closing = text.count("“"), text.count("”")
    plain = _PRIMES.sub("", text)
    doubled = len(_PRIMES.findall(text)) % 2 == 0
    single = not _OPENS.search(plain) or bool(_CLOSES.search(plain))
    return opening == closing and text.count('"') % 2 == 0 and doubled and single


def dangles(sentence: str) -> bool:
    """Return whether a sentence opens with a word that may lean on what was said before it.

    This looks at the opening alone, behind any marks: pronouns, "such" and "both", and words that
    connect ("But", "Meanwhile"). Some of these lean on nothing ("It is clear that …"), so this is
    a bound from above; :func:`groundwire.text.glosses.refer` tells more.
    """
    return bool(_DANGLES.match(_MARKS.sub("", sentence)))


def speaks_of_itself(sentence: str) -> bool:
    """Return whether a sentence opens in the first or second person, outside quotation marks."""
    return sentence[:1].isalpha() and bool(_FIRST_PERSON.match(sentence))
