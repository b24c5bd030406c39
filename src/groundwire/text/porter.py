"""Porter's stemmer, letter for letter as SQLite FTS5's ``porter`` tokenizer applies it.

Source: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, with the author's
later ``logi`` and ``bli`` in step 2. FTS5 leaves tokens of fewer than 3 or more than 64 bytes as
they are. Stemmer libraries that follow Snowball's "porter" differ from FTS5 in words such as
"technology", "possibly" and "trekking", which is why the algorithm is written out here.
"""

from __future__ import annotations

from functools import lru_cache

_SHORTEST, _LONGEST = 3, 64  # bytes of UTF-8

_AFTER_ED_AND_ING = {"at": "ate", "bl": "ble", "iz": "ize"}
# Of two suffixes where one ends in the other, the longer comes first: the first match decides.
_STEP_2 = {
    "ational": "ate",
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "izer": "ize",
    "logi": "log",
    "bli": "ble",
    "alli": "al",
    "entli": "ent",
    "eli": "e",
    "ousli": "ous",
    "ization": "ize",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "iveness": "ive",
    "fulness": "ful",
    "ousness": "ous",
    "aliti": "al",
    "iviti": "ive",
    "biliti": "ble",
}
_STEP_3 = {
    "icate": "ic",
    "ative": "",
    "alize": "al",
    "iciti": "ic",
    "ical": "ic",
    "ful": "",
    "ness": "",
}
_STEP_4 = (
    *("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent"),
    *("sion", "tion", "ou", "ism", "ate", "iti", "ous", "ive", "ize"),
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a case-folded word, as the full-text index holds it."""
    if not _SHORTEST <= len(word.encode(errors="replace")) <= _LONGEST:
        return word
    word = _past_and_participle(_plural(word))
    if word.endswith("y") and "v" in _shape(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(_replaced(word, _STEP_2), _STEP_3)
    return _final_letters(_shortened(word))


def _shape(stem_: str) -> str:
    """Return ``v`` for every vowel and ``c`` for every other letter; y is a vowel after a c."""
    shape = ""
    for letter in stem_:
        vowel = letter in "aeiou" or (letter == "y" and shape.endswith("c"))
        shape += "v" if vowel else "c"
    return shape


def _measure(stem_: str) -> int:
    """Return Porter's m: how often a vowel is followed by a consonant."""
    return _shape(stem_).count("vc")


def _is_short(stem_: str) -> bool:
    """Return whether the stem ends consonant, vowel, consonant, the last not w, x or y."""
    return _shape(stem_).endswith("cvc") and stem_[-1] not in "wxy"


def _plural(word: str) -> str:
    """Apply step 1a."""
    if not word.endswith("s") or word.endswith("ss"):
        return word
    longer = (word.endswith("sses") and len(word) > len("sses")) or (
        word.endswith("ies") and len(word) > len("ies")
    )
    return word[:-2] if longer else word[:-1]


def _past_and_participle(word: str) -> str:
    """Apply step 1b."""
    if word.endswith("eed") and len(word) > len("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for suffix in ("ed", "ing"):
        head = word.removesuffix(suffix)
        if head and head != word:
            return _restored(head) if "v" in _shape(head) else word
    return word


def _restored(head: str) -> str:
    """Mend what is left of a word that lost "ed" or "ing"."""
    ending = _AFTER_ED_AND_ING.get(head[-2:])
    if ending and len(head) > len("at"):
        return head[:-2] + ending
    if len(head) > 1 and head[-1] == head[-2] and head[-1] not in "aeioulsz":
        return head[:-1]
    return head + "e" if _measure(head) == 1 and _is_short(head) else head


def _replaced(word: str, endings: dict[str, str]) -> str:
    """Apply step 2 or 3: exchange the first ending that fits, if a measured stem is left."""
    for suffix, ending in endings.items():
        if word.endswith(suffix) and len(word) > len(suffix):
            head = word.removesuffix(suffix)
            return head + ending if _measure(head) else word
    return word


def _shortened(word: str) -> str:
    """Apply step 4: drop the first suffix that fits, if the stem measures more than 1."""
    for suffix in _STEP_4:
        if word.endswith(suffix) and len(word) > len(suffix):
            head = word.removesuffix(suffix) + (suffix[0] if suffix.endswith("ion") else "")
            return head if _measure(head) > 1 else word
    return word


def _final_letters(word: str) -> str:
    """Apply step 5: a last e, and one of two last l."""
    if word.endswith("e"):
        measure = _measure(word[:-1])
        if measure > 1 or (measure == 1 and not _is_short(word[:-1])):
            word = word[:-1]
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word
