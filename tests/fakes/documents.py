"""The documents of the scripted desk: listed, shown, checked against, summarized.

A claim that holds ``false`` is contradicted, one that is a story's own sentence is quoted, and all
others are in no document. A summary takes the first sentence of each paragraph, or what a story
says whose title is named; ``boom`` in what is to be summarized raises an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.answers import Source
from groundwire.domain.checks import CheckReport
from groundwire.domain.claims import Citation, Claim, Verdict
from groundwire.domain.documents import Document, PassageId
from groundwire.domain.errors import NotFoundError
from groundwire.domain.events import Done, Failed, Found
from groundwire.domain.retrieval import Scope
from groundwire.domain.spans import Span
from groundwire.domain.summaries import Coverage, GivenText, Summary, Topic
from groundwire.text.paragraphs import paragraphs
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence

    from groundwire.domain.answers import Provenance
    from groundwire.domain.claims import VerdictLabel
    from groundwire.domain.documents import DocumentInfo
    from groundwire.domain.events import Event
    from groundwire.domain.ledger import Door, Occasion
    from groundwire.domain.recalls import Recall
    from groundwire.domain.retrieval import Hit
    from groundwire.domain.summaries import Target
    from groundwire.records.ledger import Ledger
    from tests.fakes.desk import Story

QUOTED = Verdict("quoted", 1.0, "verbatim")


class ScriptedDocuments:
    """What a desk knows of its documents."""

    def __init__(self, provenance: Provenance, *stories: Story) -> None:
        self.checked: list[str] = []
        self.summarized: list[Target] = []
        self._provenance = provenance
        self._hits = {hit.document.id: hit for hit in (story.hit() for story in stories)}

    @property
    def ledger(self) -> Ledger:
        raise NotFoundError("a scripted desk enters nothing")

    def recalls(self, *, untold: Door | None = None) -> tuple[Recall, ...]:
        del untold
        return ()

    def told(self, ids: Sequence[int], door: Door) -> None:
        raise NotFoundError(f"there is nothing to tell at the door {door}: {ids}")

    def docs(self, scope: Scope | None = None) -> tuple[DocumentInfo, ...]:
        wanted = scope or Scope()
        return tuple(
            hit.document
            for hit in self._hits.values()
            if not wanted.documents or hit.document.path in wanted.documents
        )

    def show(self, document: str) -> Document:
        for name, hit in self._hits.items():
            if name == document:
                info = hit.document
                return Document(
                    id=name,
                    root="/stories",
                    path=info.path,
                    title=info.title,
                    source=info.source,
                    author="",
                    published=info.published,
                    language="en",
                    text=hit.passage.text,
                    content_hash="h",
                )
        raise NotFoundError(f"there is no document {document}")

    def check(self, claim: str, *, scope: Scope | None = None) -> CheckReport:
        self.checked.append(claim)
        quoted = [hit for hit in self._hits.values() if hit.passage.text == claim]
        hit = quoted[0] if quoted else next(iter(self._hits.values()))
        found, sources = (_citation(1, hit),), (Source(1, hit, cited=True),)
        if quoted:
            return CheckReport(claim, QUOTED, 1.0, found, (), sources, scope or Scope())
        label: VerdictLabel = "contradicted" if "false" in claim else "unsupported"
        verdict = Verdict(label, 0.4, "scripted", ("another value",) * ("false" in claim))
        return CheckReport(claim, verdict, 0.2, found, ("Atlantis",), sources, scope or Scope())

    def summarize_events(
        self,
        target: Target = None,
        *,
        sentences: int | None = None,
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
        occasion: Occasion | None = None,
    ) -> Iterator[Event]:
        del scope, occasion
        self.summarized.append(target)
        text = target.text if isinstance(target, (GivenText, Topic)) else str(target)
        if "boom" in text:
            message = f"it broke on: {text}"
            raise RuntimeError(message)
        if cancel is not None and cancel.is_set():
            yield Failed("cancelled", "stopped")
        elif isinstance(target, GivenText):
            yield Done(self._of_text(target.text, sentences))
        else:
            hits = [
                hit
                for hit in self._hits.values()
                if isinstance(target, Topic) or hit.document.title == target
            ]
            if hits:
                yield Found(tuple(hits))
                yield Done(self._of_hits(text, hits))
            else:
                yield Failed("not_found", f"nothing is called {text}")

    def _of_text(self, text: str, count: int | None) -> Summary:
        firsts = [sentences(text, span)[0] for span in paragraphs(text)][:count]
        document = next(iter(self._hits))
        claims = []
        for n, span in enumerate(firsts, start=1):
            said = span.of(text)
            cited = Citation(n, document, PassageId(f"p{n}"), "text", span, said, f"¶ {n}")
            claims.append(Claim(said, (cited,), QUOTED))
        return self._summary("text", claims, [])

    def _of_hits(self, target: str, hits: list[Hit]) -> Summary:
        claims = [
            Claim(hit.passage.text, (_citation(n, hit),), QUOTED)
            for n, hit in enumerate(hits, start=1)
        ]
        sources = [Source(n, hit, cited=True) for n, hit in enumerate(hits, start=1)]
        return self._summary(target, claims, sources)

    def _summary(self, target: str, claims: list[Claim], sources: list[Source]) -> Summary:
        many = len(claims)
        covered = Coverage(min(many, 1), 1, many, many)
        return Summary(target, tuple(claims), tuple(sources), covered, self._provenance)


def _citation(n: int, hit: Hit) -> Citation:
    passage = hit.passage
    span = Span(passage.span.start, passage.span.end)
    return Citation(n, hit.document.id, passage.id, hit.document.path, span, passage.text, "¶ 4")
