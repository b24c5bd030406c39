"""Word lists that the rules of this room rest on."""

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOPWORDS: frozenset[str] = _listed(
    """
    a about above after again against all also am among an and any are as at be because been before
    being below between both but by can could did do does doing done down during each either else
    ever every few for from further get gets got had has have having he her here hers herself him
    himself his how however i if in into is it its itself just let like made make many may me might
    more most much must my myself neither nor not of off often on once one only onto or other others
    our ours ourselves out over own per rather really same shall she should since so some still such
    than that the their theirs them themselves then there these they this those though through thus
    to too toward towards under until up upon us very via was we were what whatever when where
    whether which while who whom whose why will with within without would yet you your yours
    yourself yourselves please tell
    ain't aren't can't cannot couldn't didn't doesn't don't hadn't hasn't haven't isn't mightn't
    mustn't needn't shouldn't wasn't weren't won't wouldn't
    """
)
"""Words that carry no topic, case-folded; negations too, which decide truth, not topic."""

OPENERS: frozenset[str] = _listed(
    """
    A Above According Across After Again Against Ahead Almost Along Already Also Although Amid Among
    An And Another Any Anyone Are Around As Asked At Because Before Being Both But By Can Could
    Despite Did Do Does During Each Earlier Either Even Ever Every Everyone Everything Few For From
    Further Given Had Has Have Having He Hence Her Here His How However I I'd I'll I'm I've If In
    Indeed Instead Into Is It It'll It's Its Just Last Later Let Let's Like Likewise Many Maybe
    Meanwhile More Moreover Most Mr Mrs Ms Much My Nearly Neither Nevertheless Nobody None
    Nonetheless Nor Not Nothing Now Of Often On Once One Only Or Other Others Otherwise Our Over
    Perhaps Please Prior Rather Recently Several She She's Should Similarly Since So Some Someone
    Something Sometimes Soon Still Such Than That That's The Their Then There There's Therefore
    These They They're They've This Those Though Through Throughout Thus To Today Together Under
    Unlike Until Up Upon Was We We're We've Well Were What What's Whatever When Whenever Where
    Whereas Whether Which While Who Whoever Whose Why With Within Without Would Yes Yet You You're
    Your
    Aber Als Auch Auf Bei Das Dass Der Dies Diese Dieser Doch Ein Eine Er Es Für Ich Im Mit Nach
    Seit Sie Und Wenn Wie Wir Zu Zum Zur
    Avec Ce Ces Cette Dans Depuis Elle Elles Il Ils Les Leur Lors Mais Nous Pour Selon Une Vous
    Además Aunque Como Cuando Desde Esta Este Esto Hay Pero Según Una Usted También
    """
)
"""Words that, capitalised after an abbreviation, tell that a sentence begins there."""

COMMON_OPENERS: frozenset[str] = _listed(
    """
    able accept access activists actually add adding additional additionally advertisement aides
    airlines allies alongside alternatively altogether always amazing analysis analysts ancient
    announced annual anybody anyway apart apparently arguably arrival article artificial artists
    aside ask asking assets attendees attorneys audio author authorities automatic available
    averaged back bad barely based basically battery beats begin behind believe best bet better
    beyond bonds bonus boom born breaking bring browser build buy call calling campaigners car case
    cases cash cast catch caught certainly challenges champion chances change changes cheap check
    children choose citing claim claims classes clear clearly click close come coming comments
    companies compare compared comparing complaints concerns condense confirmed cons considering
    consumers content continue continued copyright correct correction counting countless countries
    country courtesy create creators credit critics crowds current currently customers cut daily
    date day days deal deals death decision defense define definitely demonstrators deposit describe
    desperate details developer developers different diplomats directed directors discover discuss
    doctors documents doing don't download driver drivers due early easily easy economists editor
    effective effectively elections eliminated elsewhere email employees end enjoy enough ensure
    enter entire envoys equipped essentially establish evaluate events eventually everybody evidence
    exactly example except executives expect experts explain exports extra eyes facing factors
    families fan fans far farmers favorites feature fellow fewer fields figure figures fill film
    final finally find finished firefighters flights focus folks follow following football forget
    former fortunately founded founders fresh friends full fun furthermore futures generally genre
    get getting gift give giving go goals going gone goodbye government grab grant granted growth
    guess half hand hands happy hard head hear heard hearings height held hello help higher
    highlight highlights hope hopefully hoping hospitals hours hundreds identify image imagine
    immediately importantly imports impressive increased individual inflation initial initially
    injuries inquiries inside inspectors inspired interestingly introduction investigators investors
    involving join joining judges jump keep keeping key kick kickoff kids know knowing known large
    larger late lawmakers lawyers leaders learn leave left legal lenders less level levels likely
    line list listen live look looking looks losing lots love luckily main making match mean
    meantime medium meet meeting members memorable men mention midway might migrants million
    millions ministers minutes missing mix moments money months movie moving multiple naturally near
    need negative negotiations never news next nice no nope normal normally notable notably note
    number numerous nurses observers obviously odds officers official officials ok okay ones online
    open opening opinion opponents originally outside overall owners pair parents part parties
    partly partners passengers past pay people perfect personal photo photos pick picture place plan
    plans platforms play played player players plenty plus point police politics polls poorly
    popular positive possible possibly potential powered powerful pressure presumably pretty
    previous price prices probably proceedings produced product products profits pros prosecutors
    protesters proud provide published purchase pure push put quick quickly quite quote quoting rain
    rankings rapid rate rates reached read readers reading ready reason rebels referee reference
    refugees regardless register regulators related relations relatives released remember reminder
    replace report reporters reporting reports representatives republish rescuers research
    researchers residents result results return revealed revenue review rewards right rising risk
    rival rivals rumors run running sadly safe safety said sales sanctions save say saying schools
    scientists scores scroll search season see seeing seemingly select sellers set shareholders
    shares shop shortly shot show showed showing side sign significantly similar simple simply
    single sit smaller social solar soldiers somehow sound sounds source sources speaking
    specifically speeches spokesperson spread staff stage standing start started starting startups
    state stay step stocks stop story straight strangely strong students studies study subscribe
    subscribers subsequently success summarise summarize summary sure surely surprise surprisingly
    survey surveys take taking talk talking talks target tariffs tax teachers team teams tears tech
    technically technology teens terms test tested thank thankfully thanks things think thinking
    thousands tickets tight timeline title topics total totally totals touchdown tough track trade
    trading traditional traditionally traffic train trains translated travel trend trending trial
    troops true try trying turn turning turnout tweet twelve twice types typically ultimately unable
    undeniably understand understanding unemployment unfortunately unless update updated urgent
    usage use users using usually value various verify veteran victims video view viewers visit
    visitors visits voters wait waiting want war warning warnings watch watching water way ways week
    weeks welcome win winner winners winning witnesses women won wonder work workers working write
    writers writing written wrong yeah year years yesterday yields younger youth zero
    """
)
"""Common words that open sentences and are names of nothing when they stand alone, case-folded."""

NAME_STARTERS: frozenset[str] = _listed(
    """
    age bank banks big black blue board book capital central climate company dark data deep digital
    double earth east eastern eight electric energy fair fast fifth fire first five food four fourth
    free future game games general giant gold golden good great green group health high home house
    human interest international life little local long major media mobile modern music national new
    night nine north northern oil old power pro public real red round royal second security senior
    seven short silver six small south southern space special sports super table ten third three
    time times top trust two west western white world young
    """
)
"""Common words that open a name if another capital follows (New York), case-folded."""

TITLES: frozenset[str] = _listed(
    """
    Adm Admiral Ambassador Capt Captain Cardinal CEO Chairman Chairwoman
    Chancellor Chief Coach Col Colonel Commissioner Congressman Congresswoman Deputy Detective
    Director Dr Former Gen Gov Governor Lieutenant Lt Maj Mayor Messrs Minister Miss
    Mister Mr Mrs Ms Mme Officer President Professor Prof Rep Representative Rev Reverend Sen
    Senator Sergeant Sgt Sir Spokesman Spokesperson Spokeswoman Vice
    """
)
"""Words before a name that are no part of it."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The months as English texts write them; what the system calls them depends on its language."""

CALENDAR: frozenset[str] = _listed(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat
    Sun January February March April May June July August September October November December Jan
    Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    """
)
"""Weekdays and months, in full and abbreviated."""

OF_NOUNS: frozenset[str] = _listed(
    """
    Academy Archbishop Army Association Bank Battle Bay Bishop Board Bureau Cape Center Centre
    Chamber Chiefs Church City College Commission Committee Commonwealth Community Conference
    Confederation Congress Council Court Department District Duchess Duke Earl Emirates Faculty
    Federation Fellowship Game Gulf Hall Hospital House Houses Institute Institutes Island Isle
    Isles Joint Journal King Kingdom League Library Lord Ministry Museum Office Order Organisation
    Organization Parliament Party Port Prince Princess Province Queen Republic Rock School Sea
    Secretary Society Speaker State States Statue Strait Straits Sultanate Tower Treaty Union
    University Valley Wall War
    """
)
"""Nouns whose names go on after "of": Bank of England, House of the People."""
