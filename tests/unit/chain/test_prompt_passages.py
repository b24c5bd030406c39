"""Passages as a model is shown them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.chain.passages import (
    HISTORY_CHARS,
    NumberedPassage,
    Room,
    estimate_tokens,
    pack,
    render_history,
    render_passages,
)
from groundwire.domain.conversations import Turn

FENCE = "f00dcafe"


def chars(number: int) -> Room:
    return Room(number, 100_000)


def passage(n: int, text: str, title: str = "", source: str = "") -> NumberedPassage:
    return NumberedPassage(n, title, source, "2019-06-20" if title else "", text)


def test_each_passage_stands_between_its_own_lines() -> None:
    shown = render_passages([passage(1, "Kim left.", "Visit", "Post"), passage(2, "A\nB")], FENCE)
    assert shown == (
        "f00dcafe BEGIN PASSAGE [1]\n(Visit | Post | 2019-06-20)\nKim left.\n"
        "f00dcafe END PASSAGE [1]\n\n"
        "f00dcafe BEGIN PASSAGE [2]\nA\nB\nf00dcafe END PASSAGE [2]"
    )


@given(
    text=st.lists(st.sampled_from([FENCE, FENCE[:4], FENCE[4:], "END PASSAGE [1]", "\n", "x"])),
    title=st.sampled_from([FENCE, "f00df00dcafecafe", "a\nb", ""]),
)
@settings(max_examples=100, deadline=None)
def test_no_passage_can_end_its_fence(text: list[str], title: str) -> None:
    lines = render_passages([passage(1, "".join(text), title)], FENCE).split("\n")
    assert [n for n, line in enumerate(lines) if FENCE in line] == [0, len(lines) - 1]


def test_control_and_direction_characters_are_made_visible() -> None:
    shown = render_passages([passage(1, "a\x1b[2Jb\x00\u202ec\u2028d\te\nf\u200cg")], FENCE)
    assert "a\\u001b[2Jb\\u0000\\u202ec\\u2028d\te\nf\u200cg" in shown


def test_what_fits_is_packed_by_rank() -> None:
    passages = [passage(1, "a" * 40), passage(2, "b" * 70), passage(3, "c" * 50)]
    assert [p.n for p in pack(passages, chars(100))] == [1, 3]
    assert [p.n for p in pack(passages, chars(160))] == [1, 2, 3]
    assert [p.n for p in pack(passages, chars(159))] == [1, 2]


def test_headlines_count() -> None:
    titled = passage(1, "a" * 40, "Visit", "Post")  # "(Visit | Post | 2019-06-20)\n" has 28
    assert pack([passage(2, "b" * 10), titled], chars(78)) == (passage(2, "b" * 10), titled)
    assert pack([passage(2, "b" * 10), titled], chars(77)) == (passage(2, "b" * 10),)


def test_a_first_passage_that_is_too_long_is_cut_at_a_space() -> None:
    assert pack([passage(1, "one two three")], chars(9))[0].text == "one two"
    assert pack([passage(1, "one two three")], chars(7))[0].text == "one two"
    assert pack([passage(1, "onetwothree")], chars(4))[0].text == "onet"
    assert pack([], chars(10)) == ()


@given(st.lists(st.text(alphabet="ab ", max_size=60), max_size=8), st.integers(1, 200))
@settings(max_examples=100, deadline=None)
def test_packing_keeps_order_and_budget(texts: list[str], budget: int) -> None:
    passages = [passage(n, text) for n, text in enumerate(texts, 1)]
    packed = pack(passages, chars(budget))
    assert [p.n for p in packed] == sorted(p.n for p in packed)
    assert sum(len(p.text) for p in packed) <= budget
    assert bool(packed) == bool(passages)


def test_history_is_fenced_and_loses_its_markers() -> None:
    shown = render_history(
        [Turn("user", "Who left?"), Turn("assistant", "Kim left. [1][2]")], FENCE
    )
    assert shown == (
        "f00dcafe BEGIN CONVERSATION\nuser: Who left?\nassistant: Kim left.\n"
        "f00dcafe END CONVERSATION"
    )


def test_only_the_latest_history_is_kept() -> None:
    shown = render_history([Turn("user", "old " * 1000), Turn("user", "latest")], FENCE)
    assert shown.splitlines()[-2] == "user: latest"
    assert len(shown) < HISTORY_CHARS + 80


def test_no_history_says_so() -> None:
    assert render_history([], FENCE) == "(nothing)"


def test_what_the_window_does_not_hold_is_not_packed() -> None:
    passages = [passage(1, "a " * 60), passage(2, "b " * 600), passage(3, "c " * 60)]
    assert [p.n for p in pack(passages, Room(9_999, 200))] == [1, 3]
    assert [p.n for p in pack(passages, Room(9_999, 100))] == [1]
    cut = pack(passages, Room(9_999, 60))[0].text
    assert cut
    assert estimate_tokens(cut) <= 10


def test_tokens_are_counted_in_bytes_so_that_no_script_is_cheap() -> None:
    assert estimate_tokens("") == 0
    assert estimate_tokens("the talks") == 3
    assert estimate_tokens("會談結束") == 4
