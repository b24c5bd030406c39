"""Cutting a passage at a number of tokens: published figures are of at most 256."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from groundwire.models.weights import resolve
from groundwire.settings import DEFAULT_ENCODER

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

    path = resolve(DEFAULT_ENCODER).folder / "tokenizer.json"
    found: Tokenizer = Tokenizer.from_file(str(path))
    found.no_truncation()
    found.no_padding()
    return found
