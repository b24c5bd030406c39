"""What turns, weakens or ascribes a statement: denials, hedges, speakers and opposites."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from groundwire.evaluate.judge.tokens import stem
from groundwire.evaluate.judge.vocabulary import (
    ASCRIBING,
    AUXILIARIES,
    DENIERS,
    HEDGES,
    IRREGULAR,
    LIMITING,
    OPPOSITES,
    PRONOUNS,
    REFUSERS,
    SPEAKING,
    SWEEPING,
    listed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.evaluate.judge.tokens import Sentence, Token

_OPPOSITES = tuple(
    (frozenset(map(stem, one)), frozenset(map(stem, other))) for one, other in OPPOSITES
)
_GOVERNED = 3
_SPEAKER_REACH = 7
_NAME_LENGTH = 5
_VERBAL = PRONOUNS | listed(
    "that to is are was were be been has have had will would can could may might should"
)


def keys_of(sentence: Sentence) -> frozenset[str]:
    """Return the keys of the words and numbers that say something."""
    return frozenset(token.key for token in sentence if token.content)


def turned(said: Sentence, used: Sequence[Sentence], evidence: Sequence[Sentence]) -> Iterator[str]:
    """Yield in words what a sentence denies and the evidence does not, or the other way round.

    Args:
        said: The sentence.
        used: The sentences of the evidence that it draws on.
        evidence: All of them.
    """
    plain, denied = _polarity([said])
    plain_there, denied_there = _polarity(evidence)
    for key in sorted(denied.keys() & plain_there.keys() - denied_there.keys()):
        yield f"the source does not deny “{key}”"
    for key in sorted(plain.keys() & denied_there.keys() - denied.keys()):
        if plain[key] > plain_there[key]:
            yield f"the source denies “{key}”"
    if _denials(said) and not any(map(_denials, evidence)):
        yield f"the source does not say “{_denials(said)[0].text}”"
    if not _denials(said):
        yield from _lost_denials(keys_of(said), used)


def _lost_denials(keys: frozenset[str], used: Sequence[Sentence]) -> Iterator[str]:
    for sentence in used:
        for at, token in enumerate(sentence):
            if not _denies(sentence, at):
                continue
            reach = frozenset(one.key for one in _clause(sentence, at + 1) if one.content)
            if 2 * len(reach & keys) > len(keys):
                yield f"the source says “{token.text}”"


def _polarity(among: Sequence[Sentence]) -> tuple[Counter[str], Counter[str]]:
    """Count the keys of what is said plainly, and of what stands right after a denial."""
    plain: Counter[str] = Counter()
    denied: Counter[str] = Counter()
    for sentence in among:
        heads = {_head(sentence, at) for at, token in enumerate(sentence) if token.low in DENIERS}
        for at, token in enumerate(sentence):
            if at in heads or token.content or token.low in AUXILIARIES:
                (denied if at in heads else plain)[token.key] += 1
    return plain, denied


def _head(sentence: Sentence, at: int) -> int:
    """Return the place of what a denial turns: what follows it, or the verb before "not do so"."""
    return next((place for place in _places(sentence, at + 1) if sentence[place].content), at - 1)


def _denials(sentence: Sentence) -> tuple[Token, ...]:
    return tuple(token for at, token in enumerate(sentence) if _denies(sentence, at))


def _denies(sentence: Sentence, at: int) -> bool:
    low = sentence[at].low
    if low in {"rule", "ruled", "rules", "ruling"}:
        return any(token.low == "out" for token in sentence[at + 1 : at + 6])
    return low in DENIERS or low in REFUSERS


def weakened(
    said: Sentence, used: Sequence[Sentence], evidence: Sequence[Sentence]
) -> Iterator[str]:
    """Yield in words the hedges that a sentence lost, and those that it made up."""
    keys = keys_of(said)
    past = {token.key for token in said if _is_past(token)}
    for sort, words in HEDGES.items():
        if any(_hedges(token, words) for token in said):
            if sort in {"may", "alleged", "if"} and not any(
                _hedges(token, words) for one in evidence for token in one
            ):
                yield f"the source has no doubt of the sort “{sort}”"
            continue
        concerned = past if sort == "future" else keys
        for sentence in used:
            for at, token in enumerate(sentence):
                if _hedges(token, words) and _governed(sentence, at) & concerned:
                    yield f"the source says “{token.text}”"


def _governed(sentence: Sentence, at: int) -> frozenset[str]:
    """Return the keys of what a hedge makes doubtful: all of a sentence that "if" begins."""
    if sentence[at].first and sentence[at].low in HEDGES["if"]:
        return keys_of(sentence)
    return frozenset([one.key for one in _clause(sentence, at + 1) if one.content][:_GOVERNED])


def _hedges(token: Token, words: frozenset[str]) -> bool:
    return token.low in words and (not token.capital or token.first)


def _is_past(token: Token) -> bool:
    low = token.low
    return token.kind == "word" and (low.endswith("ed") or IRREGULAR.get(low, low) != low)


def unascribed(
    said: Sentence, used: Sequence[Sentence], evidence: Sequence[Sentence]
) -> Iterator[str]:
    """Yield in words what a sentence lost of who said it, or whom it lets speak instead."""
    own = [(said[at].text, _speaker(said, at)) for at in _spoken(said, SPEAKING)]
    named = {token.key for token in said}
    for sentence in used:
        for at in _spoken(sentence, ASCRIBING):
            speaker = _speaker(sentence, at)
            kept = own and (not speaker or speaker & named or not all(who for _, who in own))
            if not kept and not _aside(sentence, at):
                yield f"the source says who says so: “{sentence[at].text}”"
    if not own:
        return
    there = [_speaker(one, at) for one in evidence for at in _spoken(one, SPEAKING)]
    if not there:
        yield f"nobody says so in the source: “{own[0][0]}”"
        return
    everybody = frozenset[str]().union(*there)
    for word, speaker in own:
        if speaker and all(there) and not speaker & everybody:
            yield f"the source has others say so: “{' '.join(sorted(speaker))} {word}”"


def _spoken(sentence: Sentence, words: frozenset[str]) -> Iterator[int]:
    return (at for at, token in enumerate(sentence) if token.low in words)


def _speaker(sentence: Sentence, at: int) -> frozenset[str]:
    """Return the keys of who speaks at a reporting word; a pronoun is nobody."""
    right = _clause(sentence, at + 1)
    if sentence[at].low == "according":
        return _nouns(right[:_SPEAKER_REACH])
    left: list[Token] = []
    for token in reversed(sentence[max(at - _SPEAKER_REACH, 0) : at]):
        if token.breaks:
            break
        left.append(token)
    if any(token.low in PRONOUNS for token in left):
        return frozenset()
    if _nouns(left):
        return _nouns(left)
    if len(right) <= _NAME_LENGTH and not any(token.low in _VERBAL for token in right):
        return _nouns(right)
    return _nouns(sentence[:at])


def _nouns(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.key for token in tokens if token.content and token.low not in SPEAKING)


def _aside(sentence: Sentence, at: int) -> bool:
    """Return whether a word stands in a clause of "who" or "which"."""
    for token in reversed(sentence[:at]):
        if token.breaks:
            return False
        if token.low in {"who", "which", "whose"}:
            return True
    return False


def unlimited(
    said: Sentence, used: Sequence[Sentence], evidence: Sequence[Sentence]
) -> Iterator[str]:
    """Yield in words how a sentence says more than the evidence: "all" added, "some" lost."""
    own = {token.low for token in said}
    there = {token.low for one in evidence for token in one}
    for word in sorted(own & SWEEPING - there):
        yield f"the source does not say “{word}”"
    keys = keys_of(said)
    for sentence in used:
        for at, token in enumerate(sentence):
            if token.low in LIMITING - own:
                limited = next((one for one in _clause(sentence, at + 1) if one.content), None)
                if limited and limited.key in keys:
                    yield f"the source says “{token.text} {limited.text}”"


def opposed(said: Sentence, evidence: Sequence[Sentence]) -> Iterator[str]:
    """Yield in words where a sentence says the opposite of a word of the evidence."""
    keys = keys_of(said) | {token.key for token in said if token.kind == "word"}
    there = {token.key for one in evidence for token in one if token.kind == "word"}
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            if (new := keys & one - there) and (old := there & other - keys) and not there & one:
                yield f"“{min(new)}” here, “{min(old)}” in the source"


def _clause(sentence: Sentence, start: int) -> list[Token]:
    return [sentence[at] for at in _places(sentence, start)]


def _places(sentence: Sentence, start: int) -> Iterator[int]:
    """Yield the places from a token on to the end of its clause."""
    for at in range(start, len(sentence)):
        if sentence[at].breaks:
            return
        yield at
