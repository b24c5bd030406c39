"""What words of the news mean alike, and what a value is said to be of."""

from __future__ import annotations

from functools import lru_cache

from groundwire.text.lexicon import STOPWORDS
from groundwire.text.porter import stem
from groundwire.text.tokens import words

_ALIKE = """
people person crowd protester marcher demonstrator participant attendee turnout
protest march demonstration rally
dead died die dies killed kill killing death fatality victim toll perished
injured injury hurt wounded wound
arrested arrest detained detain
scientist researcher astronomer academic
telescope observatory
team group
ship vessel boat freighter
plane aircraft jet airliner
crew sailor seafarer crewmember
store shop outlet
firefighter fireman
house home household
worker employee staff
child pupil
road street
doctor medic physician
soldier troop
police officer policeman
driver motorist
flat apartment
company firm business
quake earthquake tremor
blaze fire inferno
ruling verdict judgment
car vehicle
talk negotiation
accord agreement deal
start begin began begun opens open opened opening commence
end ended finish finished complete completed
build built building construct construction
shut shutting closed close closing closure
go gone went
contain hold held
buy bought purchase sell sold
award awarded won win
crash crashed
say said says told
cost costs price priced bill worth
grant subsidy
reserve contingency surprise
loss lose lost losing losses
fine fined penalty
claim claimed claims demand demanded damages compensation
pledge pledged promised promise promises
paid pay pays payment given
borrow borrowed loan debt
spent spend spending
profit earnings
revenue sales turnover
long length stretches
wide width broad beam across
high height tall altitude
deep depth
weigh weighs weight mass heavy
away distance
speed fast
last lasted lasts take takes took went
call called describe described name named dub dubbed term termed
visit visited visiting trip travel travelled
protect protected protects save saved
raise raised raising
reach reached entered
strike struck hit
own owned owner owns
rise rose risen rising increase increased climb climbed jump jumped soar soared
fall fell fallen falling drop dropped decline declined
raze razed gutted
free freed refloated refloat
vote voted votes ballot poll voting passed passes approved backed motion
capacity accommodate
stop station halt
leader head chief
lawmaker legislator mp
forbid ban banned prohibit
launch launched fired
sink sank sunk
work works
money fund funds funding
passenger traveller
opposition rival
wind gust
letter note
"""

_ATTRIBUTES = """
dead: dead died die dies killed kill killing death fatality toll perished
injured: injured injury hurt wounded wound
missing: missing unaccounted
arrested: arrested arrest detained detain
crowd: march marched protest turnout crowd rally rallied attended took-part demonstrated
aboard: aboard board carrying
evacuated: evacuated evacuate evacuation
rescued: rescued rescue
employed: employs employed employ workforce
homeless: homeless displaced
infected: infected infection case
destroyed: destroyed destroy burned gutted
damaged: damaged
protect: protect protected protects
flooded: flood flooded
waiting: waiting queue queued stuck
fought: fought tackled battled
cost: cost costs price priced bill
contract: contract
grant: grant subsidy
reserve: reserve contingency surprises
loss: loss losses lose lost losing
fine: fine fined penalty
claim: claim claimed claims demand demanded damages compensation
pledged: pledge pledged promises
paid: paid pay pays payment received
borrowed: borrow borrowed borrowing loan debt
spent: spent spend spending
profit: profit profits
revenue: revenue sales turnover earned earns
long: long length
wide: wide width broad beam
high: high height tall
deep: deep depth
weight: weigh weighs weight mass heavy
away: away distance
storeys: storey
"""


def listed(words: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(words.split())


_STATES = listed(
    """
    dead injured missing arrested crowd aboard evacuated rescued employed homeless infected
    destroyed damaged protect flooded waiting fought storeys
    """
)
_SIZES = listed("long wide high deep away")
_SUMS = listed(
    """
    cost contract grant reserve loss fine claim pledged paid borrowed spent profit revenue
    """
)
_OF_SORT = {"count": _STATES, "share": _STATES | _SUMS, "length": _SIZES, "money": _SUMS}


def attributes_of(sort: str) -> frozenset[str]:
    """Return the measures and states that tell figures of a sort apart."""
    return _OF_SORT.get(sort.partition(":")[0], frozenset())


def _grouped(lines: str) -> dict[str, str]:
    return {
        stem(word): group.split()[0]
        for group in lines.strip().splitlines()
        for word in group.split()
    }


_CONCEPTS = _grouped(_ALIKE)
_NAMED = {
    stem(word): name.strip()
    for line in _ATTRIBUTES.strip().splitlines()
    for name, _, listed in [line.partition(":")]
    for word in listed.split()
}
_LONGEST = 12


@lru_cache(maxsize=16384)
def concept(word: str) -> str:
    """Return what a word is compared by: its stem, or the first word of those that mean it."""
    root = stem(word)
    return _CONCEPTS.get(root, root)


@lru_cache(maxsize=16384)
def attribute(word: str) -> str:
    """Return which measure or state a word names, such as ``cost`` or ``dead``; or nothing."""
    return _NAMED.get(stem(word), "")


@lru_cache(maxsize=4096)
def concepts(text: str) -> frozenset[str]:
    """Return the concepts of the content words of a text."""
    return frozenset(concept(word) for word in words(text) if word not in STOPWORDS)


def weight(known: str) -> float:
    """Return what a concept counts: rarer words are longer, figures and names of one kind."""
    return 0.5 + min(len(known), _LONGEST) / _LONGEST
