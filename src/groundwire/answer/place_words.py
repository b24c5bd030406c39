"""Names of countries and well-known cities, and the places that adjectives are made of."""

from __future__ import annotations

_COUNTRIES = (
    "Afghanistan Albania Algeria Angola Argentina Armenia Australia Austria Azerbaijan Bahrain"
    " Bangladesh Belarus Belgium Bolivia Bosnia Botswana Brazil Britain Bulgaria Burma Cambodia"
    " Cameroon Canada Chile China Colombia Congo Croatia Cuba Cyprus Czechia Denmark Ecuador Egypt"
    " England Estonia Ethiopia Europe Finland France Germany Ghana Greece Greenland Guatemala Haiti"
    " Honduras Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan"
    " Kazakhstan Kenya Kosovo Kuwait Kyrgyzstan Laos Latvia Lebanon Libya Lithuania Luxembourg"
    " Madagascar Malaysia Mali Malta Mexico Moldova Mongolia Montenegro Morocco Mozambique Myanmar"
    " Namibia Nepal Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan Palestine Panama"
    " Paraguay Peru Philippines Poland Portugal Qatar Romania Russia Rwanda Scotland Senegal Serbia"
    " Singapore Slovakia Slovenia Somalia Spain Sudan Sweden Switzerland Syria Taiwan Tajikistan"
    " Tanzania Thailand Tunisia Turkey Turkmenistan Uganda Ukraine Uruguay Uzbekistan Venezuela"
    " Vietnam Wales Yemen Zambia Zimbabwe"
)
_CITIES = (
    "Amsterdam Ankara Athens Baghdad Bangkok Barcelona Beijing Beirut Belgrade Berlin Bogota Boston"
    " Brussels Budapest Cairo Chicago Copenhagen Damascus Delhi Dubai Dublin Frankfurt Geneva Gaza"
    " Hamburg Hanoi Havana Helsinki Istanbul Jakarta Jerusalem Johannesburg Kabul Karachi Kiev"
    " Kyiv Lagos Lima Lisbon London Macau Madrid Manila Melbourne Milan Moscow Mumbai Munich"
    " Nairobi Osaka Oslo Ottawa Paris Prague Pyongyang Rome Santiago Seoul Shanghai Stockholm"
    " Sydney Taipei Tehran Tokyo Toronto Tripoli Vienna Warsaw Washington Zurich"
)
PLACES = frozenset((*_COUNTRIES.split(), *_CITIES.split()))
"""Countries and cities of one word."""

_ENDINGS = (
    ("an", ""),
    ("n", ""),
    ("ian", ""),
    ("ian", "y"),
    ("ian", "a"),
    ("nian", ""),
    ("ese", ""),
    ("ese", "a"),
    ("ish", ""),
    ("ish", "en"),
    ("ish", "ey"),
    ("ish", "and"),
    ("ish", "ain"),
    ("i", ""),
    ("an", "y"),
    ("ch", "ce"),
)
_SHORTEST = 3


def homes(adjective: str) -> tuple[str, ...]:
    """Return the places that an adjective such as "Hawaiian" may be made of; most are none."""
    if " " in adjective or not adjective[:1].isupper():
        return ()
    found = (
        f"{adjective[: -len(ending)]}{rest}"
        for ending, rest in _ENDINGS
        if adjective.endswith(ending)
    )
    return tuple(dict.fromkeys(place for place in found if len(place) > _SHORTEST))
