"""Drafts cut into sentences with markers, whole or as they arrive."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from groundwire.chain.parse import (
    REFUSAL,
    DraftReader,
    DraftSentence,
    is_refusal,
    sentences_with_markers,
)

CASES = {
    "as the prompt asks": (
        "Kim said it was good. [1]\nMr. Lee, of the U.S. Army, denied it. [2]\n",
        [("Kim said it was good.", (1,)), ("Mr. Lee, of the U.S. Army, denied it.", (2,))],
    ),
    "one paragraph": (
        "Kim left. [1] Lee stayed.[2] Nobody asked [3]. The end",
        [("Kim left.", (1,)), ("Lee stayed.", (2,)), ("Nobody asked.", (3,)), ("The end", ())],
    ),
    "several markers": (
        "Kim left. [1][2]\nLee left. [1, 3]\nAll left. [1-3]\nSo did Xi. [2–3] [5]",
        [
            ("Kim left.", (1, 2)),
            ("Lee left.", (1, 3)),
            ("All left.", (1, 2, 3)),
            ("So did Xi.", (2, 3, 5)),
        ],
    ),
    "other brackets": (
        "Kim left. 【2】\nLee left. [passage 3]\nXi left. [Passages 1 and 2]",
        [("Kim left.", (2,)), ("Lee left.", (3,)), ("Xi left.", (1, 2))],
    ),
    "parentheses are text": (
        "Clause (1) stands, clause (2) falls. [4]",
        [("Clause (1) stands, clause (2) falls.", (4,))],
    ),
    "brackets that are no marker": (
        "In [2019] the [sic] rule of [Mr Lee] fell. [1]",
        [("In [2019] the [sic] rule of [Mr Lee] fell.", (1,))],
    ),
    "marker inside": ("Kim [1] left. [2]", [("Kim left.", (1, 2))]),
    "marker first": (
        "[1] Kim left. [2] Lee stayed.\n- [3] Xi came.",
        [("Kim left.", (1,)), ("Lee stayed.", (2,)), ("Xi came.", (3,))],
    ),
    "marker on its own line": (
        "Kim left.\n[1]\nLee stayed.\n\n[2][3]",
        [("Kim left.", (1,)), ("Lee stayed.", (2, 3))],
    ),
    "lists and headings": (
        "## Answer\n- Kim left. [1]\n* Lee stayed. [2]\n3. Xi came. [3]\n> • Pak spoke. [4]",
        [
            ("Answer", ()),
            ("Kim left.", (1,)),
            ("Lee stayed.", (2,)),
            ("Xi came.", (3,)),
            ("Pak spoke.", (4,)),
        ],
    ),
    "emphasis": (
        "**Kim** left *at once*. [1] _Lee_ stayed `here`. **[2]** A 2*3*4 snake_case_name. [3]",
        [
            ("Kim left at once.", (1,)),
            ("Lee stayed here.", (2,)),
            ("A 2*3*4 snake_case_name.", (3,)),
        ],
    ),
    "answer label": ("Answer: Kim left. [1]", [("Kim left.", (1,))]),
    "quotes": (
        "“We will not,” he said. “Never.” [1] He left. [2]",
        [("“We will not,” he said.", ()), ("“Never.”", (1,)), ("He left.", (2,))],
    ),
    "thinking": (
        "<think>Passage 1 says\nKim left. [1]</think>\n\nLee stayed. [2]",
        [("Lee stayed.", (2,))],
    ),
    "thinking that never ends": ("<think>Kim left. [1]\nLee stayed. [2]", []),
    "less than a tag": ("Kim < Lee <thin", [("Kim < Lee <thin", ())]),
    "code fence": ("```text\nKim left. [1]\n```", [("Kim left.", (1,))]),
    "control characters": ("Kim\x1b[31m left\u202e.\x00 [1]", [("Kim[31m left.", (1,))]),
    "windows": (
        "Kim left. [1]\r\nLee stayed. [2]\r\n",
        [("Kim left.", (1,)), ("Lee stayed.", (2,))],
    ),
    "nothing": (" \n\n", []),
    "only markers": ("[1]\n[2]", []),
    "only punctuation": ("---\n...\n", []),
}


@pytest.mark.parametrize(("draft", "expected"), CASES.values(), ids=CASES.keys())
def test_a_draft_is_read(draft: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert sentences_with_markers(draft) == tuple(DraftSentence(*each) for each in expected)


@pytest.mark.parametrize("draft", [draft for draft, _ in CASES.values()], ids=CASES.keys())
def test_one_character_at_a_time_gives_the_same(draft: str) -> None:
    assert _in_pieces(list(draft)) == list(sentences_with_markers(draft))


WORDS = st.sampled_from(
    [
        *"AbC 1.!?\n*_`>-#([])",
        "[1]",
        "[1, 2]",
        " [3]",
        "[1-3]",
        "Kim left.",
        " He said",
        "Mr. ",
        "“",
        "”",
        "<think>",
        "</think>",
        "```",
        "Answer: ",
        "1. ",
        "- ",
        "\r\n",
        "  ",
        "【2】",
        "…",
        "\u200b",
        "é",
    ]
)


@given(st.lists(WORDS, max_size=25), st.lists(st.integers(0, 200), max_size=8))
@settings(max_examples=300, deadline=None)
@example(["<think>", "Kim left.", "</think>", " He said"], [3, 9])
@example(["Kim left.", "[1]", " ", "[1", "]", " He said"], [9, 14])
def test_how_a_draft_is_cut_changes_nothing(words: list[str], cuts: list[int]) -> None:
    draft = "".join(words)
    ends = [0, *sorted({cut for cut in cuts if cut < len(draft)}), len(draft)]
    pieces = [draft[start:end] for start, end in pairwise(ends)]
    assert _in_pieces(pieces) == list(sentences_with_markers(draft))


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_into_visible_sentences(draft: str) -> None:
    for sentence in sentences_with_markers(draft):
        assert sentence.text == " ".join(sentence.text.split())
        assert any(map(str.isalnum, sentence.text))


def test_a_sentence_comes_as_soon_as_it_is_complete() -> None:
    reader = DraftReader()
    assert reader.feed("Kim left") == []
    assert reader.feed(". [1]") == []  # another marker may follow
    assert reader.feed(" L") == [DraftSentence("Kim left.", (1,))]
    assert reader.feed("ee stayed. [2]\n") == [DraftSentence("Lee stayed.", (2,))]
    assert reader.feed("Xi came.\n") == []  # its marker may stand on the next line
    assert reader.feed("Pak spoke. [4]\n") == [
        DraftSentence("Xi came.", ()),
        DraftSentence("Pak spoke.", (4,)),
    ]
    assert reader.feed("The end") == []
    assert reader.close() == [DraftSentence("The end", ())]


def test_a_flood_of_spaces_says_nothing() -> None:
    pieces = [" "] * 8_000 + ["Kim left."] + [" "] * 8_000 + ["[1]"]
    assert _in_pieces(pieces) == [DraftSentence("Kim left.", (1,))]


@pytest.mark.parametrize(
    "draft",
    [
        REFUSAL,
        f"{REFUSAL}.\n",
        "Not in the documents.",
        f"**{REFUSAL}** [1]",
        f"<think>Hm.</think>{REFUSAL}",
        f"Answer: {REFUSAL}",
        f"{REFUSAL}: no passage gives a price",
    ],
)
def test_a_refusal_is_recognised(draft: str) -> None:
    assert is_refusal(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "",
        "Kim left. [1]",
        "The figure is not in the documents that Lee saw. [1]",
        "Not in the plan.",
    ],
)
def test_an_answer_is_no_refusal(draft: str) -> None:
    assert not is_refusal(draft)


def _in_pieces(pieces: list[str]) -> list[DraftSentence]:
    reader = DraftReader()
    found = [sentence for piece in pieces for sentence in reader.feed(piece)]
    return found + reader.close()
