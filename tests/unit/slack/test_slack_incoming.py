"""Text from Slack, as people meant it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundwire.interfaces.slack.incoming import mentions, plain, without_mention

NAMES = {"U2": "Ana"}


def name_of(user: str) -> str:
    return NAMES.get(user, user)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("who is Lee?", "who is Lee?"),
        ("ask <@U2>", "ask @Ana"),
        ("ask <@U9>", "ask @U9"),
        ("ask <@U2|bob>", "ask @bob"),
        ("in <#C1|news> or <#C2>", "in #news or #C2"),
        ("<!here> and <!subteam^S1|@desk> and <!subteam^S1>", "@here and @desk and @subteam"),
        ("at <!date^1^{date}|19 May 2019>", "at 19 May 2019"),
        ("see <https://a.example/x?a=1&amp;b=2>", "see https://a.example/x?a=1&b=2"),
        ("see <https://a.example|this>", "see this (https://a.example)"),
        ("see <http://a.example|a.example>", "see http://a.example"),
        ("write to <mailto:a@b.example|a@b.example>", "write to a@b.example"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("typed &lt;@U2&gt; by hand", "typed <@U2> by hand"),
        ("&amp;lt; stays escaped", "&lt; stays escaped"),
        ("two\u00a0 spaces\nand  lines ", "two spaces\nand lines"),
        ("half a pair \ud800", "half a pair \N{REPLACEMENT CHARACTER}"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text, name_of) == expected


@given(st.text(alphabet="<>@#!|&;ltgamp U2C1\n\ud800", max_size=40))
def test_plain_takes_anything_and_gives_text_that_can_be_stored(text: str) -> None:
    result = plain(text, name_of)
    assert result == result.strip()
    assert result.encode().decode() == result


def test_only_our_own_mention_is_taken_out() -> None:
    text = "<@UBOT> ask <@U2> and <@UBOT|groundwire>"
    assert mentions(text, "UBOT")
    assert not mentions(text, "U")
    assert without_mention(text, "UBOT").split() == ["ask", "<@U2>", "and"]
