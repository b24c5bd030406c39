"""Numbers as they are written in news text, brought to one form."""

from __future__ import annotations

import re
from decimal import Context, Decimal

_UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_UNIT_WORDS.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TEN_WORDS.split(), 2)}
_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
_SHORT_SCALES = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "trn": 10**12,
}
# After a plain figure these are as likely metres, bytes or tonnes; after a currency they are not.
_NEEDS_CURRENCY = frozenset({"m", "b", "t"})

_SCALE = rf"(?:{'|'.join(_SCALES)})s?"
_SMALL = (
    rf"(?:(?:{'|'.join(_TENS)})\b(?:[\s-](?:{'|'.join(list(_UNITS)[1:10])})\b)?"
    rf"|(?:{'|'.join(_UNITS)})\b)"
)
_BELOW_THOUSAND = (
    rf"(?:(?:{_SMALL}[\s-])?(?:hundreds?\b(?:\s(?:and\s)?{_SMALL})?|dozens?\b)|{_SMALL})"
)
_SPELLED = "".join(
    rf"(?:(?:{_BELOW_THOUSAND}[\s-])?{scale}s?\b(?:\s(?:and\s)?)?)?"
    for scale in reversed(_SCALES)
    if _SCALES[scale] > _SCALES["hundred"]
)
_NUMBER = re.compile(
    rf"""
    (?P<currency>[$€£¥₹₩₽]\s?)?
    (?<!\w)(?<!(?-i:[A-Z])-)
    (?P<figure>
        \d{{1,3}}(?:,\d{{2,3}}){{0,6}},\d{{3}}(?:\.\d+)?(?!\d|[.,]\d)  # 1,000.5 and 1,00,000
      | (?<!\d\.)\d{{1,3}}(?:\.\d{{3}}){{2,6}}(?!\d|[.,]\d)      # 1.000.000
      | (?<!\d\.)\d+\.\d+(?!\d|[.,]\d)                         # 3.5
      | \d+)
    (?: (?P<scales>(?:[\s-]{_SCALE}\b){{1,2}})
      | \s?(?P<short>mln|bln|trn|[mbt]n|[kmbt])\b
    )?
    | \b(?P<half>half\s(?:an?\s)?(?={_SCALE}\b))?
      (?=(?:{_SMALL}|{_SCALE}\b))(?P<spelled>{_SPELLED}(?:{_BELOW_THOUSAND})?)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def numbers(text: str) -> tuple[str, ...]:
    """Return the values of the numbers in ``text`` in order, each once, as plain decimal strings.

    Figures lose grouping commas, leading zeros and zeros after the decimals, and are multiplied by
    the scale after them: "1,000" is "1000", "3.50" is "3.5", "1 million" and "one million" are
    "1000000", "$200bn" is "200000000000". The short scales m, b and t count only after a currency
    sign. Number words count from two on, "one" alone does not ("one of them"); a scale without a
    figure stands for itself ("dozens" is "12", "half a million" is "500000"). Signs, ordinals in
    words and fractions in words are not read. Figures inside a name ("G20", "F-35") are no numbers.
    """
    found: list[str] = []
    for match in _NUMBER.finditer(text):
        if match["figure"]:
            found.append(_figure(match))
        elif (spelled := match["spelled"].casefold()) not in {"", "one"}:
            found.append(str(_spelled(spelled) // (2 if match["half"] else 1)))
    return tuple(dict.fromkeys(found))


def _figure(match: re.Match[str]) -> str:
    figure: str = match["figure"].replace(",", "")
    if figure.count(".") > 1:
        figure = figure.replace(".", "")
    factor = 1
    for scale in re.findall(r"[a-z]+", (match["scales"] or "").casefold()):
        factor *= _SCALES[scale.removesuffix("s")]
    short = (match["short"] or "").casefold()
    if short and (match["currency"] or short not in _NEEDS_CURRENCY):
        factor = _SHORT_SCALES[short]
    return _canonical(Decimal(figure), factor)


def _canonical(value: Decimal, factor: int) -> str:
    """Return the product without an exponent and without zeros that say nothing."""
    exact = Context(prec=len(value.as_tuple().digits) + len(str(factor)) + 1)
    product = format(exact.multiply(value, factor), "f")
    return product.rstrip("0").rstrip(".") if "." in product else product


def _spelled(phrase: str) -> int:
    """Return the value of a number in words, such as "two hundred and five thousand"."""
    finished, current = 0, 0
    for word in re.findall(r"[a-z]+", phrase):
        scale = _SCALES.get(word.removesuffix("s"), 0)
        if scale > _SCALES["hundred"]:
            finished, current = finished + (current or 1) * scale, 0
        elif scale:
            current = (current or 1) * scale
        elif word != "and":
            current += _UNITS.get(word, _TENS.get(word, 0))
    return finished + current
