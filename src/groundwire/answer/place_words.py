"""Names of countries and well-known cities, which "he" and "she" never mean."""

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
