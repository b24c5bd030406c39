"""A question as it is typed: what of it asks, and what is manners, wrapping and orders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from groundwire.domain.spans import Span
from groundwire.text.orders import orders
from groundwire.text.tokens import content_words, names

_GREETING = (
    r"(?:hi|hello|hey|dear)(?:\s+(?:there|all|team|both))?|thanks(?:\s+(?:a\s+lot|so\s+much|again))?"
    r"|thank\s+you|cheers|ok(?:ay)?|great|right|well|look|so|then|now|and|also|but|please|sorry|yes|no"
    r"|quick\s+(?:question|one|check)|(?:one|another)\s+(?:more\s+)?(?:question|thing)|question|query"
)
_SPOKEN = re.compile(
    rf"\W*(?:{_GREETING})(?=\s*[,:;.!–—-])[\s,:;.!–—-]+"
    r"|\W*(?:so|then|now|please|just)\s+(?=\w)",
    re.IGNORECASE,
)
_ABOUT = r"(?:about|on|of|for|regarding|concerning|into|around)"
_LEAD = re.compile(
    rf"""\W*(?:
      (?:can|could|would|will)\s+(?:you|somebody|anyone)\s+(?:please\s+|just\s+)*
        (?:tell|give|show|remind|help|get|find|explain\s+to|send|let)\s+(?:me|us)\b
        (?:\s+(?:know|again|out|with))?(?:\s+(?:about|of|on))?
    | (?:can|could|would|will)\s+you\s+(?:please\s+)?
        (?:say|explain|check|confirm|find\s+out|look\s+up)\b
    | (?:tell|give|show|remind|send|get|find)\s+(?:me|us)\b(?:\s+(?:again|quickly|exactly))?
        (?:\s+(?:about|of|on))?
    | (?:let\s+me\s+know|help\s+me\s+(?:with|find|understand)|any\s+idea|do\s+(?:you|we)\s+know)\b
    | i(?:['’]d|\s+would)?\s+(?:just\s+|still\s+|really\s+)*(?:need|want|like|love)
        (?:\s+to\s+(?:know|find\s+out|ask|check|confirm|understand|see))?
        (?:\s+(?:an?|the|some)\s+(?:\w+\s+)?(?:line|figure|number|quote|note|word|detail|info)s?)?
        (?:\s+{_ABOUT})?\b
    | i(?:['’]m|\s+am|\s+was)\s+(?:just\s+|currently\s+)*(?:writing|working|reporting|reading
        |checking|asking|wondering|curious|looking|researching|preparing|doing)(?:\s+(?:up|into))?
        (?:\s+an?\s+(?:\w+\s+)?(?:piece|story|article|note|line|box|explainer|feature|report))?
        (?:\s+{_ABOUT})?\b
    | (?:according\s+to|based\s+on|from|in|going\s+by)\s+(?:the|your|our|these)\s+
        (?:documents?|files?|archive|corpus|folder|clippings|cuttings)\b
    | (?:an?|the|my|our)\s+(?:graphic|caption|chart|map|script|draft|headline|standfirst
        |fact\s*box)\s*:
    | in\s+(?:\w+\s+){{1,3}}(?:language|style|voice|tone|accent|verse|rhyme)\b[^,:]*[,:]
    | (?:what\s+i\s+need|what\s+i\s+want|all\s+i\s+need)\s+(?:to\s+know\s+)?is\b
    )[\s,:;–—-]*""",
    re.IGNORECASE | re.VERBOSE,
)
_TELLING = re.compile(
    r"\W*(?:(?:walk|talk|take|run)\s+(?:me|us)\s+through|(?:fill\s+(?:me|us)\s+in|brief\s+(?:me|us))\s+on"
    r"|(?:bring|get)\s+(?:me|us)\s+up\s+to\s+(?:date|speed)\s+on|(?:catch|fill)\s+(?:me|us)\s+up\s+on"
    r"|(?:collect|gather|pull\s+together|round\s+up|set\s+out|lay\s+out|sum\s+up|recap|run\s+through"
    r"|put\s+together|report))\b"
    r"(?:\s+(?:(?:all|everything|what(?:ever)?)\s+)?(?:(?:that\s+)?(?:is|was|has\s+been|we|the\s+documents)"
    r"\s+(?:know|say|have|reported|said|known|written|told)\s+)?(?:about|of|on)\b)?",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"[\s,;–—-]*(?:\b(?:please|pls|plz|thanks|thank\s+you|cheers|asap|ta|many\s+thanks"
    r"|with\s+(?:an?\s+|the\s+|your\s+)?(?:citations?|sources?|quotes?|references?)"
    r"|in\s+(?:one|a|two)\s+(?:short\s+)?(?:words?|lines?|sentences?)"
    r"|(?:just|only)\s+(?:the\s+|a\s+)?(?:number|name|figure|date|year|spelling)s?"
    r"|(?:i\s+)?need\s+(?:the\s+|a\s+|exact\s+|correct\s+)*(?:spelling|figure|number|name|date|quote|answer)s?"
    r"(?:\s+(?:please|asap|only|too|for\s+\w+(?:\s+\w+)?))?"
    r"|(?:quote|cite|name)\s+(?:him|her|them|it|your\s+sources?))\b[\s.!]*)+$"
    r"|(?:\s[–—-]+|[,;.?]|\s\()\s*(?:i|we)(?:['’]ve|['’]m)?\s+(?:have|had|got|am|need|want|think|thought|hear"
    r"|heard|see|saw|read|seen|lost|forgot|keep|can['’]?t)\b[^?]*\??\)?\W*$",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"(?:list|name|describe|explain|trace|track|compare|contrast|outline|summari[sz]e|identify|state"
    r"|find|say|detail|recount|give|show|set|tell|check|confirm|quote|define|follow|chart|report)\b"
    r"(?=\s)(?!\s+of\b)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|he|she|they|him|her|them)\b", re.IGNORECASE)
_NOUN_OF = re.compile(r"[A-Z][a-z]+(?=\s+of\b)")
_TAIL = 200
"""Characters at the end of a question in which manners are looked for: a longer search takes a
time that grows with the square of what a hostile question repeats."""

NOTHING = "?"
"""What is left of a question that is orders alone: no word of it is searched for."""

_LEANING = 2
"""A question with fewer content words than this beside a pronoun leans on something else."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What of a typed question asks.

    Attributes:
        text: The question without manners, wrapping and orders; ``NOTHING`` if that is all.
        masked: What was typed, at the same length, with spaces for orders to a machine.
    """

    text: str
    masked: str


@lru_cache(maxsize=256)
def read_asking(typed: str) -> Asking:
    """Return what of a typed question asks.

    Orders to a machine are left out whole. Greetings, thanks, "could you tell me" and "I'm writing
    on" are left out for what follows them, since words of politeness stand in no document that
    answers. A wrapping that asks for an account ("walk me through") becomes "describe". A name
    that only an order says is kept for one thing: to say what "it" is in what is left.

    Args:
        typed: What a person typed.
    """
    masked = typed
    removed = orders(typed)
    for span in removed:
        masked = f"{masked[: span.start]}{' ' * (span.end - span.start)}{masked[span.end :]}"
    text = _without_manners(" ".join(masked.split()))
    if removed:
        text = _resolved(text, " ".join(span.of(typed) for span in removed))
    if removed and not content_words(text):
        text = NOTHING
    return Asking(_opened(text), masked)


def opening_verb(question: str) -> Span | None:
    """Return the imperative that a question opens with, such as "compare": no topic of it."""
    verb = _IMPERATIVE.match(question)
    return Span(*verb.span()) if verb else None


def _without_manners(text: str) -> str:
    """Return a question without the words around it, or as it is if there is nothing else."""
    kept = text
    for _ in range(4):
        shorter = _once(kept)
        if shorter == kept:
            break
        if not content_words(shorter):
            break
        kept = shorter
    return kept


def _once(text: str) -> str:
    for lead in (_SPOKEN, _LEAD):
        found = lead.match(text)
        if found and found.end() < len(text):
            text = text[found.end() :]
    telling = _TELLING.match(text)
    if telling and telling.end() < len(text):
        text = f"describe{text[telling.end() :]}"
    trail = _TRAIL.search(text, max(0, len(text) - _TAIL))
    if trail and trail.start():
        ended = text[: trail.start()].rstrip(" ,;:-–—(")
        asks = "?" if "?" in trail.group() and not ended.endswith(("?", ".", "!")) else ""
        text = f"{ended}{asks}"
    return text.strip()


def _resolved(text: str, said: str) -> str:
    """Return a question with its pronoun as the one name that an order before it says."""
    pronoun = _PRONOUN.search(text)
    if pronoun is None or len(content_words(text)) > _LEANING or names(text):
        return text
    meant = [name for name in names(said) if name.casefold() not in {"assistant", "user", "system"}]
    if len(meant) != 1:
        return text
    return f"{text[: pronoun.start()]}{meant[0]}{text[pronoun.end() :]}"


def _opened(text: str) -> str:
    """Return a question with the small letter that its imperative or first noun has inside one."""
    is_noun = _NOUN_OF.match(text) and len(names(text[: text.find(" ")])) == 1
    return f"{text[0].lower()}{text[1:]}" if is_noun or opening_verb(text) else text
