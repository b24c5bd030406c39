"""Abbreviations whose full stop seldom ends a sentence, by what may follow them."""

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEVER_LAST: frozenset[str] = _listed(
    """
    Adj Adm Asst Atty Bros Brig Capt Cmdr Col Cpl Det Dr Ft Gen Gov Hon Insp Lt Maj Messrs Mlle Mme
    Mmes Mr Mrs Ms Msgr Mt Pfc Pres Prof Pvt Rep Reps Rev Sen Sens Sgt Sra Srta Supt Fr Dña Dipl Ing
    approx bzw ca cf e.g eg evtl ggf i.e ie inkl resp v vgl viz vs z.B d.h u.a p.ej
    """
)
"""Titles and connectives: something always follows, so their full stop ends nothing."""

SELDOM_LAST: frozenset[str] = _listed(
    """
    Ala Ariz Assn Ave Blvd Calif Co Colo Conn Corp Cos Ct Del Dept Dist Div Esq Fla Ga Govt Inc Intl
    Jr Kan Kans Ky La Ltd Md Mass Mich Minn Miss Mo Mont Natl Neb Nebr Nev Okla Ont Ore Penn Pa PLC
    Que Rd Sr St Ste Str Tenn Tex Univ Va Vt Wash Wis Wyo Ph.D M.D B.A M.A
    usw al a.o Ud Uds Vd
    """
)
"""They may end a sentence; they do if the next word is a usual sentence opener."""

BEFORE_NUMBER: frozenset[str] = _listed(
    """
    Art Bd Ch Fig Figs Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec No Nos Nr Núm Op Pág Sec
    Tel Vol Vols est fig no nos nr núm op p pp pág vol vols Abs S
    """
)
"""Their full stop ends nothing if a number follows."""

MONTHS: frozenset[str] = _listed("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
"""Months as news English shortens them."""

AFTER_TIME: frozenset[str] = _listed(
    """
    ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT BST UTC CET CEST IST JST KST AEST AEDT SGT HKT
    Eastern Pacific Central Mountain Greenwich London Beijing
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat
    Sun January February March April May June July August September October November December Jan
    Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec
    """
)
"""What follows "a.m." or "p.m." inside a sentence although it is capitalised."""

AFTER_ORDINAL: frozenset[str] = _listed(
    """
    Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember FC
    Bundesliga Liga Jahrhundert Weltkrieg Platz Tag Klasse Runde Auflage Stock Geburtstag
    """
)
"""What follows a German ordinal such as "3." inside a sentence."""

EXCLAMATORY: frozenset[str] = frozenset({"Jeopardy", "Yahoo", "Yum"})
"""Names that end in an exclamation mark."""

REPORTING: str = (
    "said|says|asked|asks|wrote|writes|tweeted|replied|replies|added|adds|shouted|shouts|told|tells"
    "|joked|jokes|quipped|exclaimed|wondered|wonders|answered|answers|responded|responds|recalled"
    "|recalls|explained|explains|noted|notes|posted|continued|continues|concluded|concludes"
)
"""Verbs that tie a quoted question to the name before them, as a regular expression."""
