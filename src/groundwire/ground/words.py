"""Word lists of the gate: what may come, go or stand for something else, and what may not."""

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


BE = _listed("is are was were am")
HAVE = _listed("has have had")
SAY = _listed("say says said tell tells told add adds added state states stated")
"""Reporting verbs that say no more than that something was said."""

ARTICLES = _listed("a an the")
FREE_IN_DRAFT = ARTICLES | {"that"}
"""Words that a draft may add anywhere."""

QUANTIFIERS = _listed("few little")
"""Words that an article before them turns round: "a few" and "few"."""

CONNECTIVES = _listed(
    "also then however meanwhile moreover furthermore therefore thus too besides additionally"
)
FREE_IN_SOURCE = ARTICLES | CONNECTIVES | {"that"}
"""Words that a draft may leave out anywhere."""

OPENING_CONNECTIVES = CONNECTIVES | _listed("but and so yet or still")
"""Words that may be left out where a sentence opens with them."""

HONORIFICS = _listed("mr mrs ms miss dr sir prof professor mme")
OFFICES = _listed(
    "president minister senator councillor councilor chancellor governor mayor king queen pope "
    "prince princess captain general"
)
"""Titles that may go when the name after them stays and no word of the title is left."""

DIRECTIONS = _listed("north south east west northern southern eastern western new great")
"""Words without which a place name is another place."""

LEADS = _listed(
    """
    above across after against ahead along alongside amid among around as at because before
    behind below beneath beside between beyond by despite during even
    following for from given having hours
    earlier in inside into late later last near next now off on once onto out outside
    over since through throughout to today together tomorrow toward towards under
    upon when where whereas while with within yesterday two three four five
    """
)
"""Words that open a phrase before the subject, which may be left out with its comma."""

CONDITIONS = _listed(
    """
    if unless except until without provided providing assuming only pending subject rather instead
    lest whether according not
    """
)
"""Words whose phrase is never left out: without it the rest says more than the source."""

CONTRASTS = _listed("but although though while whereas despite yet however")
"""Words whose phrase is not left out if it denies something."""

DENIALS = _listed(
    """
    deny denies denied denying disputed rejects rejected reject rejecting false
    wrong untrue incorrect unverified unconfirmed unsupported contradicts contradicted refuted
    """
)
HEDGING_ADVERBS = _listed(
    """
    reportedly allegedly apparently perhaps possibly probably presumably potentially seemingly
    supposedly purportedly likely unlikely maybe alleged suspected unofficially provisionally
    """
)
RELATIVES = _listed("who which whose whom where")
DATE_PREPOSITIONS = _listed("on in during")
PRONOUNS = _listed("he she it they his her its their this these those him them")
FIRST_PERSON = _listed("i we my our me us mine ours myself ourselves")
APPROXIMATE = _listed("about around roughly approximately some circa")

ACRONYMS = {
    "united states": "u.s.",
    "united nations": "un",
    "united kingdom": "uk",
    "european union": "eu",
    "prime minister": "pm",
}
"""Names with an acronym that needs no introduction; others are read from the passage."""

DEMONYMS = {
    "american": "u.s.",
    "chinese": "china",
    "russian": "russia",
    "japanese": "japan",
    "egyptian": "egypt",
    "french": "france",
    "german": "germany",
    "italian": "italy",
    "spanish": "spain",
    "indian": "india",
    "iranian": "iran",
    "iraqi": "iraq",
    "israeli": "israel",
    "korean": "korea",
    "dutch": "netherlands",
    "taiwanese": "taiwan",
    "ukrainian": "ukraine",
    "turkish": "turkey",
    "syrian": "syria",
    "canadian": "canada",
    "mexican": "mexico",
    "brazilian": "brazil",
    "australian": "australia",
    "vietnamese": "vietnam",
    "european": "europe",
}
"""Demonyms and their countries: "Chinese officials" are China's."""
