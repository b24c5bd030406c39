"""Made-up news stories of any length, none with a run of words in common with another."""

from __future__ import annotations

import random

_SYLLABLES = ("ka", "lo", "mi", "ren", "su", "tar", "vo", "bel", "nor", "dis", "ge", "pal", "fen")


def story(seed: int, paragraphs: int = 8) -> str:
    """Return paragraphs of three sentences each, parted by empty lines."""
    chance = random.Random(seed)  # noqa: S311 -- repeatable
    return "\n\n".join(" ".join(_sentence(chance) for _ in range(3)) for _ in range(paragraphs))


def _sentence(chance: random.Random) -> str:
    words = [_word(chance) for _ in range(chance.randint(10, 18))]
    name, figure = f"{_word(chance)} {_word(chance)}".title(), str(chance.randint(20, 9000))
    words.insert(chance.randint(2, 8), name)
    words.insert(chance.randint(2, 8), figure)
    return " ".join(words).capitalize().replace(name.lower(), name) + "."


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))
