"""How figures are written: numbers and what may stand before and after them."""

from __future__ import annotations

import re

from groundwire.compare.values.measures import BOUNDS, CURRENCIES, PARTS, UNITS

_ONES = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_SCALE = "dozen|hundred|thousand|million|billion|trillion"
_SHORT = "bn|mn|mln|bln|tn|trn|m|k"


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


TOKEN = _shape(
    rf"(?P<sign>\bUS\$|[$€£¥₹])?(?<![\w.,])(?P<number>\d+(?:,\d{{2,3}})*(?:\.\d+)?"
    rf"(?:\s?(?:{_SHORT})\b|(?:[\s-](?:{_SCALE})\b)+)?"
    rf"|(?:half\san?\s|an?\s)?(?:{_SCALE})\b(?!s)"
    rf"|(?:{_ONES}|one)(?=[\s-](?:{_SCALE})\b)(?:[\s-](?:{_SCALE})\b)+"
    rf"|(?:{_ONES})(?:-(?:{_ONES}|one))?\b(?:[\s-](?:{_SCALE})\b)*)"
    r"|\b(?P<vague>(?:tens|hundreds)\sof\s(?:thousands|millions)"
    r"|(?:several|a\sfew)\s(?:dozen|hundred|thousand)|dozens|scores|hundreds|thousands|millions"
    r"|billions)\b"
    r"|\b(?P<none>(?:no\sone|nobody|none)(?=\s(?:was|were|is|has\sbeen|had\sbeen)\b)|no(?=\s(?:people|injuries|arrests|casualties|deaths|survivors"
    r"|fatalities|passengers|homes|victims)\b))\b"
    r"|\b(?P<times>once|twice)(?=\s(?:an?|each|every|per)\s)"
    r"|\b(?P<top>an?|one)[\s-](?=(?:half|third|quarter|fifth|tenth)\b)"
    r"|\b(?P<half>half)(?=\s(?:of|the|its|their|all)\b)|(?<=\bby\s)(?P<halved>half)\b"
    r"|\b(?:an?)\s(?P<bare>decade|century|fortnight)\b"
    r"|\b(?:for|in|takes?|took|last(?:ed|s)?)\s(?P<many>days|weeks|months|years|decades)\b"
)
_UNIT = "|".join(
    sorted((re.escape(u).replace(r"\-", r"[\s-]") for u in UNITS), key=len, reverse=True)
)
LINK = re.compile(r"\s?[-\u2013]\s?|\sto\s|\sand\s")
FROM = _shape(r"\bfrom\s(?:[$€£]|about\s)?$")
BETWEEN = _shape(r"\bbetween\s[$€£]?$")
_BOUNDS = "|".join(sorted((re.escape(each) for each in BOUNDS), key=len, reverse=True))
BOUND = _shape(rf"\b({_BOUNDS})\s(?:a\s)?$")
REACH = 20
LABEL = _shape(
    r"\b(?:flight|article|section|resolutions?|route|boeing|airbus|no\.|chapter|number|room|act|page"
    r"|highway|group|gate|channel|phase|level|type|covid|june|july|january|february|march|april"
    r"|august|september|october|november|december)[\s-]$"
)
NAME = re.compile(
    r"(?:\w[,;]?|\bthe|^The)\s(?!(?:Some|About|Around|Nearly|Over|On|In|At|By|The)\b|\w+day\b)"
    r"[A-Z][\w’'-]+\s$"
)
ENDS = re.compile(r"[,.;:]|$")
CLOCK = _shape(r"(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b|:(?P<plain>[0-5]\d)\b")
EARLY = _shape(r"\b(?:just|shortly|soon)\s(?:before|after)\s$")
MINUTES = 15.0
VOTES = _shape(rf"\svotes?\s(?:to|against)\s(?P<noes>\d+|{_ONES}|one)\b")
GAME = _shape(r"\b(?:by|won|lost|beat|drew|vote|voted|win|victory|score|an?)\s$")
DASHED = re.compile(r"[-\u2013](?P<noes>\d{1,3})\b(?!\s?%|[\s-](?:year|day|week|month)|,\d)")
RATE = _shape(r"(?:\stimes)?\s(?:an?|each|every|per)\s(?P<period>day|week|month|year|decade)\b")
TIMES = _shape(r"\stimes\s(?:an?|each|every|per)\s(?P<period>day|week|month|year|decade)\b")
OLD = _shape(r"[\s-]years?[\s-]old\b")
AGED = _shape(r"\baged\s$")
BESIDE_BEFORE = re.compile(r"[A-Z][\w’'-]+,\s$")
BESIDE_AFTER = re.compile(r"[,.;]")
PERCENT = _shape(r"\s?%|\s?per\s?cent\b|\spct\b")
PART = _shape(
    rf"[\s-]?(?P<part>{'|'.join(PARTS)})s?\b(?!\s(?:an?\s)?(?:hour|{_SCALE}|higher|lower|more|less"
    r"|larger|smaller|estimate|time|of\sthe\s(?:year|month))\b)"
)
OUT_OF = _shape(rf"\s(?:in|out\sof)\s(?P<of>ten|hundred|\d+|{_ONES})\b(?!\s(?:{_SCALE}))")
CURRENCY = _shape(rf"[\s-](?:US\s)?(?P<currency>{'|'.join(CURRENCIES)})s?\b")
MEASURE = _shape(
    rf"[\s-]?(?P<cube>(?:square|cubic|sq\.?|nautical)\s)?(?P<unit>{_UNIT})(?P<hour>\s(?:an|per)\shour)?\b"
)
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
TH = re.compile(r"(?:st|nd|rd|th)\b|[^\W\d]|\*|/\d")
RELATIVE = _shape(
    r"(?:\s[a-z]+)?\s(?:more|less|fewer|higher|lower|longer|shorter|cheaper|off|bigger|smaller)\b"
)
PLURAL = re.compile(r"\s[a-z]{3,}s\b")
