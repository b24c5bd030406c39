"""How an answer came about, whole: what ``/why`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.render.conflicts import differing
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.lines import EMPTY, Line, faint, plain, strong
from groundwire.interfaces.render.markdown import describe, excerpt, scope_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.answers import Answer, Provenance
    from groundwire.domain.claims import Claim
    from groundwire.domain.filters import InferredFilter
    from groundwire.domain.retrieval import Hit

_DECIDING = frozenset({"sufficiency", "threshold"})
_INDENT = 2
_HASH = 12
_SENTENCE = 120


def why_lines(answer: Answer, entry: str = "") -> Iterator[Line]:
    """Yield how an answer came about.

    In order: what was asked and searched for, the filters that were given, read out and lifted,
    the decision with its numbers, the ranking with scores and retrievers, the verdict of each
    sentence, what was dropped and why, and who made it: engine, model, prompt, index and times.

    Args:
        answer: The answer.
        entry: Id of its entry in the ledger; empty if it has none.
    """
    sections = (
        ("Question", _question(answer)),
        ("Filters", _filters(answer)),
        ("Decision", _decision(answer)),
        ("Passages, best first", _ranking(answer)),
        ("Sentences", (line for claim in answer.claims for line in _sentence(claim))),
        ("Differences", _differences(answer)),
        ("Dropped", _dropped(answer)),
        ("Notices", (plain(one_line(each), _INDENT) for each in answer.warnings)),
        ("Made by", _made_by(answer.provenance)),
        ("Ledger", _in_ledger(entry)),
    )
    began = False
    for head, section in sections:
        lines = list(section)
        if lines:
            yield from [EMPTY] if began else []
            yield strong(head)
            yield from lines
            began = True


def _question(answer: Answer) -> Iterator[Line]:
    yield _named("asked", answer.question)
    if answer.condensed:
        yield _named("searched for", answer.standalone)
    else:
        yield faint("searched for as it was asked", _INDENT)


def _filters(answer: Answer) -> Iterator[Line]:
    inferred = answer.provenance.inferred
    given = scope_line(inferred.explicit(answer.filters)).removeprefix("Filters: ")
    if given:
        yield _named("given", given)
    for phrase in inferred.phrases:
        yield _read(phrase)


def _read(phrase: InferredFilter) -> Line:
    read = f"“{one_line(phrase.text)}” as {one_line(phrase.words)}"
    head = "lifted" if phrase.lifted else "read"
    note = " (with it nothing was found)" if phrase.lifted else ""
    return Line(
        ((f"{head}: ", "bad" if phrase.lifted else "faint"), (read + note, "plain")), _INDENT
    )


def _decision(answer: Answer) -> Iterator[Line]:
    scores = answer.provenance.scores
    said: str = answer.outcome
    if scores.keys() >= _DECIDING:
        sufficiency, threshold = scores["sufficiency"], scores["threshold"]
        sign = ">=" if sufficiency >= threshold else "<"
        said = f"{said}; sufficiency {sufficiency:.2f} {sign} {threshold:.2f}"
    yield plain(said, _INDENT)
    if answer.abstention is not None:
        yield plain(one_line(answer.abstention.reason), _INDENT)
    evidence = " · ".join(f"{n} {v:.2f}" for n, v in scores.items() if n not in _DECIDING)
    if evidence:
        yield _named("evidence", evidence)


def _ranking(answer: Answer) -> Iterator[Line]:
    numbered = {source.hit.passage.id: source for source in answer.sources}
    found = [source.hit for source in answer.sources]
    if answer.abstention is not None:
        found += [hit for hit in answer.abstention.nearest if hit.passage.id not in numbered]
    for hit in sorted(found, key=lambda each: each.rank):
        source = numbered.get(hit.passage.id)
        marker = f" [{source.n}]" if source else ""
        cited = "" if source is None or source.cited else "  not cited"
        yield Line(
            (
                (f"{hit.rank}.", "plain"),
                (marker, "marker"),
                (f" {describe(hit)}", "plain"),
            ),
            _INDENT,
        )
        yield faint(f"{_scores(hit)}{cited}", 2 * _INDENT)


def _scores(hit: Hit) -> str:
    by = one_line(" + ".join(hit.retrievers))
    return f"score {hit.score:.4f}  similarity {hit.similarity:.2f}  found by {by}"


def _sentence(claim: Claim) -> Iterator[Line]:
    verdict = claim.verdict
    yield Line(
        (
            (f"{claim.markers()} ", "marker"),
            (f"{verdict.label} {verdict.score:.2f}", "good"),
            (f" by {one_line(verdict.judge)}: ", "faint"),
            (f"“{excerpt(claim.text, _SENTENCE)}”", "plain"),
        ),
        _INDENT,
    )
    yield from (faint(one_line(reason), 2 * _INDENT) for reason in verdict.reasons)
    for cited in claim.citations:
        offsets = f"characters {cited.span.start} to {cited.span.end}"
        where = f"[{cited.n}] {one_line(cited.path)} {one_line(cited.locator)}, {offsets}"
        yield faint(where, 2 * _INDENT)


def _differences(answer: Answer) -> Iterator[Line]:
    yield from (Line(line.parts, _INDENT) for line in differing(answer.conflicts))


def _dropped(answer: Answer) -> Iterator[Line]:
    for each in answer.dropped:
        yield plain(f"“{one_line(each.sentence)}”", _INDENT)
        yield Line(((one_line(each.reason), "bad"),), 2 * _INDENT)


def _made_by(base: Provenance) -> Iterator[Line]:
    yield plain(f"{base.engine} engine", _INDENT)
    if base.model:
        yield _named("model", base.model)
    if base.prompt:
        digest = f" (sha256 {base.prompt_hash[:_HASH]})" if base.prompt_hash else ""
        yield _named("prompt", f"{base.prompt}{digest}")
    yield _named("encoder", base.encoder)
    yield _named("index", f"generation {base.generation}, revision {base.revision}")
    times = " · ".join(f"{stage} {took} ms" for stage, took in base.timing_ms.items())
    if times:
        yield _named("time", times)


def _in_ledger(entry: str) -> Iterator[Line]:
    if entry:
        yield Line(((entry, "marker"), (f"  later: groundwire verify {entry}", "faint")), _INDENT)


def _named(name: str, value: str) -> Line:
    return Line(((f"{name}: ", "faint"), (one_line(value), "plain")), _INDENT)
