"""Word lists that tell people from places and organisations."""

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


MALE_ROLES = _listed(
    """
    Mr Sir Lord Prince King Duke Pope Father Brother Congressman Chairman Spokesman king prince
    duke pope husband son father brother chairman spokesman businessman nephew uncle
    """
)
"""Titles and nouns for men, as they stand before a name."""

FEMALE_ROLES = _listed(
    """
    Mrs Ms Miss Lady Dame Princess Queen Duchess Sister Mother Congresswoman Chairwoman Spokeswoman
    queen princess duchess wife daughter mother sister chairwoman spokeswoman businesswoman niece
    """
)
"""Titles and nouns for women, as they stand before a name."""

ROLES = (
    MALE_ROLES
    | FEMALE_ROLES
    | _listed(
        """
    Dr Prof Professor President Vice-President Senator Governor Mayor Councillor Ambassador Captain
    Colonel General Admiral Judge Justice Inspector Minister Secretary Cardinal Bishop Archbishop
    Chancellor Rep Sen Gov Gen Lt Sgt Rev activist actor actress adviser advisor aide analyst
    architect artist astronaut astronomer astrophysicist athlete attorney author banker billionaire
    boss broker captain chair chairperson chef chemist chief citizen coach columnist commander
    commissioner composer contractor councillor counterpart critic dean defendant deputy designer
    detective dictator diplomat director doctor driver economist editor engineer entrepreneur envoy
    executive expert farmer firefighter founder co-founder general geologist governor guitarist
    historian host inspector investor journalist judge lawmaker lawyer leader lecturer manager
    mayor minister musician neighbour novelist nurse officer official organiser organizer owner
    painter passenger physicist pilot player poet policeman politician premier president priest
    principal producer professor programmer prosecutor protester publisher rapper reporter
    representative researcher resident scholar scientist secretary senator shareholder singer
    sociologist soldier solicitor spokesperson student suspect teacher teenager treasurer trader
    undersecretary victim volunteer witness worker writer woman man girl boy
    """
    )
)
"""Titles and nouns for people."""

ORGANISATIONS = _listed(
    """
    Academy Agency Airlines Airport Alliance Army Assembly Association Authority Avenue Bank Bay
    Board Bridge Brigade Bureau Business Cathedral Center Centre Chamber Church City Club College
    Commission Committee Company Conference Congress Corp Corporation Council Court Daily
    Department District Exchange Federation Force Forum Foundation Freedom Fund Group Guard Hall
    Hospital Hotel House Inc Industries Institute Institution International Island Islands Jones
    Journal Justice Lake League Library Line Ltd Marine Market Media Mission Motors Mountain Museum
    National Navy Network News Office Organisation Organization Parliament Partners Party Police
    Port Post Press Prize Province Railway Republic Research River Road School Sea Senate Service
    Services Ship Society Square State States Station Stock Street Strait Summit Systems
    Technologies Telegraph Telescope Times Tower Treaty Treasury Tribune Trust Union University
    Valley War Way Wire Works World Zone Act Bill Games Cup Day Award Awards Channel Canal
    """
)
"""Words in the names of places, organisations and things."""

MALE_NAMES = _listed(
    """
    Adam Alan Albert Alexander Alexei Alfred Ali Andre Andrew Anthony Antonio Arthur Ben Benjamin
    Bernard Bernie Bill Bob Boris Brad Brendan Brett Brian Bruce Carl Carlos Charles Chris
    Christopher Craig Daniel Dave David Dennis Dick Diego Dmitry Dominic Donald Doug Douglas Ed
    Eddie Edward Elon Emmanuel Eric Erik Ernest Evan Felix Fernando Francis Francisco Frank Fred
    Gabriel Gareth Gary Gavin Geoffrey George Gerald Gordon Graham Greg Gregory Guy Hans Harold
    Harry Harvey Henry Howard Hugh Ian Igor Ivan Jack Jacob James Jan Jared Jason Javier Jean Jeff
    Jeffrey Jeremy Jerome Jim Jimmy Joe Joel John Johnny Jon Jonathan Jose Joseph Joshua Juan
    Julian Justin Karl Keith Ken Kenneth Kevin Kyle Larry Lars Lawrence Lee Leo Leon Lewis Liam
    Louis Luis Luke Marc Marcus Mario Mark Martin Matt Matthew Max Michael Michel Miguel Mike Mitch
    Mohamed Mohammed Muhammad Nathan Neil Nicholas Nick Nicolas Nigel Noah Oleg Oliver Oscar
    Patrick Paul Pedro Peter Philip Philippe Phil Pierre Rafael Ralph Raymond Richard Rick Rob
    Robert Roger Ron Ronald Ross Roy Rupert Ryan Sam Samuel Satya Scott Sean Sergei Sergio Seth
    Simon Stanley Stefan Stephen Steve Steven Stuart Sundar Ted Terry Thomas Tim Timothy Todd Tom
    Tony Travis Trevor Tyler Victor Vincent Vladimir Volodymyr Walter Warren Wayne William Xavier
    Zachary
    """
)
"""Common given names of men."""

FEMALE_NAMES = _listed(
    """
    Agnes Alexandra Alice Alison Amanda Amelia Amy Ana Andrea Angela Angelina Anita Ann Anna Anne
    Annie Barbara Beatrice Beth Betty Bonnie Brenda Britney Camilla Carla Carmen Carol Caroline
    Carolyn Carrie Catherine Charlotte Cheryl Christina Christine Claire Clara Cynthia Daniela
    Deborah Debra Denise Diana Diane Donna Dorothy Eileen Elaine Eleanor Elena Elisabeth Elizabeth
    Ellen Emily Emma Erin Esther Eva Evelyn Fiona Frances Gina Gloria Grace Greta Gwen Hannah
    Heather Heidi Helen Hillary Ingrid Irene Isabel Isabella Jacinda Jacqueline Jane Janet Janice
    Jennifer Jenny Jessica Jill Joan Joanna Josephine Joyce Judith Judy Julia Julie Kamala Karen
    Kate Katherine Kathleen Kathryn Kathy Katie Kimberly Kristin Laura Lauren Leah Lena Lily Linda
    Lisa Liz Lori Louise Lucy Lydia Madeleine Maggie Margaret Maria Marie Marilyn Marina Martha
    Mary Megan Melania Melanie Melissa Michelle Mira Monica Nadia Nancy Naomi Natalie Natasha
    Nicola Nicole Nina Olga Olivia Pamela Patricia Paula Pauline Penny Rachel Rebecca Rita Roberta
    Rosa Rose Ruth Sally Samantha Sandra Sara Sarah Serena Sharon Sheila Shirley Silvia Simone
    Sofia Sonia Sophia Sophie Stella Stephanie Susan Suzanne Sylvia Tanya Teresa Theresa Tina Tracy
    Ursula Valerie Vanessa Vera Veronica Victoria Virginia Wendy Yvonne Zoe
    """
)
"""Common given names of women."""
