"""The judge's own word lists."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """Return the words of a line."""
    return frozenset(words.split())


FUNCTION_WORDS = listed(
    "before after over under above below about around between through "
    "a an the this that these those and or but nor so as at by for from in into of off on onto "
    "out to up with within during while when where which who whom whose what how than then "
    "there here it its he him his she her hers they them their theirs we us our you your i me "
    "my is are was were be been being am has have had having do does did doing will would shall "
    "should can could may might must also too very just even such some any each both all "
    "although though because since however meanwhile despite following unlike like if unless "
    "whether whereas therefore thus moreover furthermore additionally besides yet instead "
    "overall itself himself herself themselves not no never none s t re ve ll d"
)
DETERMINERS = listed("a an the its his her their our this that these those")
TITLES = listed("mr mrs ms miss dr sir dame lord lady prof professor mme st")

IRREGULAR = {
    form: forms.split()[0]
    for forms in (
        "say said says",
        "tell told",
        "take took taken taking",
        "give gave given giving",
        "go went gone goes going",
        "come came coming",
        "make made making",
        "rise rose risen rising",
        "fall fell fallen",
        "grow grew grown",
        "hold held",
        "keep kept",
        "leave left leaving",
        "meet met",
        "win won winning",
        "lose lost losing",
        "begin began begun beginning",
        "find found",
        "pay paid",
        "buy bought",
        "sell sold",
        "send sent",
        "spend spent",
        "build built",
        "see saw seen",
        "speak spoke spoken",
        "break broke broken",
        "write wrote written writing",
        "drive drove driven driving",
        "know knew known",
        "show shown",
        "think thought",
        "bring brought",
        "run ran running",
        "stand stood",
        "become became becoming",
        "lead led",
        "feel felt",
        "mean meant",
        "strike struck",
        "die died dying",
        "lie lay lain lying",
        "man men",
        "woman women",
        "child children",
        "bear bore borne",
        "fly flew flown",
        "draw drew drawn",
        "stick stuck",
        "shoot shot",
        "choose chose chosen choosing",
        "sink sank sunk",
        "get got gotten getting",
        "put putting",
        "set setting",
        "cut cutting",
    )
    for form in forms.split()
}

AUXILIARIES = listed(
    "can could will would shall should may might must do does did is are was were has have had"
)
DENIERS = listed("not never no none nobody nothing neither nor without cannot hardly barely")
REFUSERS = listed(
    "deny denied denies denying refuse refused refuses reject rejected rejects rejecting "
    "dismiss dismissed dismisses fail failed fails decline declined declines rule ruled"
)
"""Verbs that turn what follows them; "rule" counts in "ruled out" alone."""

SPEAKING = listed(
    "say said says saying tell told tells telling announce announced announces claim claimed "
    "claims claiming argue argued argues warn warned warns insist insisted insists add added "
    "adds admit admitted admits state stated states report reported reports reportedly allege "
    "alleged alleges allegedly accuse accused accuses describe described describes call called "
    "calls believe believed believes think thought thinks suggest suggested suggests estimate "
    "estimated estimates predict predicted predicts promise promised promises explain explained "
    "explains note noted notes complain complained deny denied denies dispute disputed disputes "
    "assert asserted according reply replied confirm confirmed confirms quoted wrote"
)

HEDGES = {
    "may": listed("may might could possibly perhaps maybe likely unlikely probably potentially"),
    "plan": listed(
        "plan plans planned planning intend intends intended aim aims aimed hope hopes hoped "
        "hoping propose proposes proposed proposal expect expects expected consider considers "
        "considered considering due want wants wanted seek seeks sought offer offered offers "
        "urge urged demand demanded should try tried attempt attempted threaten threatened "
        "threatens promise promised"
    ),
    "alleged": listed(
        "alleged allegedly reportedly apparently suspected supposedly purported rumoured "
        "claimed claims claim seems seemed appears appeared accused unconfirmed disputed"
    ),
    "if": listed("if unless provided whether"),
    "future": listed("will would shall"),
}
"""Words after which something is not said to be so, by the sort of doubt."""

ASCRIBING = listed(
    "say said says saying tell told tells claim claimed claims argue argued argues warn warned "
    "warns insist insisted insists admit admitted admits allege alleged alleges allegedly "
    "reportedly accuse accused accuses believe believed believes suggest suggested suggests "
    "according think thinks estimate estimated estimates predict predicted predicts deny denied "
    "denies dispute disputed wrote writes replied replies reported reports"
)
"""Words of speech and belief without which what they introduce would be a bare fact."""

DAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
PRONOUNS = listed("he she they it i we you who")

SWEEPING = listed(
    "all every each most only always everybody everyone entire whole both many several mostly"
)
"""Words that a sentence must not add: they say how far something holds."""

LIMITING = listed(
    "some few only almost nearly partly partially mostly most half hardly former ex late acting "
    "deputy vice assistant rare sometimes occasionally temporarily partial initially"
)
"""Words that must not be lost where what they limit is kept."""

OPPOSITES = tuple(
    (listed(one), listed(other))
    for one, other in (
        (
            "rise increase grow climb gain up higher raise soar",
            "fall decrease drop decline shrink down lower cut reduce",
        ),
        ("more most majority", "less few fewer least minority"),
        ("win", "lose"),
        (
            "accept approve agree support back endorse welcome pass",
            "reject oppose refuse block dismiss criticise condemn",
        ),
        ("before earlier", "after later"),
        ("above over", "below under"),
        ("first", "last"),
        ("begin start open launch", "end finish close stop halt"),
        ("buy import", "sell export"),
        ("arrive enter join", "depart leave quit exit"),
        ("north northern", "south southern"),
        ("east eastern", "west western"),
        ("guilty", "innocent"),
        ("innocent acquit", "convict guilty"),
        ("alive survive", "dead die kill"),
        ("male man boy father son", "female woman girl mother daughter"),
        ("largest biggest highest best longest most", "smallest lowest worst shortest least"),
        ("public", "private secret"),
        ("inside", "outside"),
        ("success succeed successful", "failure fail unsuccessful"),
        ("safe", "unsafe dangerous"),
        ("legal lawful", "illegal unlawful"),
        ("allow permit", "ban forbid prohibit bar"),
        ("lift ease", "impose tighten"),
    )
)
"""Words that say the opposite of one another."""
