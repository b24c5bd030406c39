"""Fill an index with made documents through the real writer, and note what each group costs.

A build that is stopped goes on where it stood: documents are numbered, and a commit holds whole
ones.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

from eval.bench.scale.texts import ROOT
from eval.bench.scale.vectors import MadeEncoder, Sample
from groundwire.desk.build import Parts, identity
from groundwire.index import generations, vectors
from groundwire.ingest.group import Group
from groundwire.ingest.passages import segment
from groundwire.settings import load_settings
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from eval.bench.scale.ahead import Ahead
    from groundwire.models.encoder import Encoder, Encoding

SAMPLE = 2_000
NOTES = "groups.jsonl"
SAMPLED = "sample.npz"
GROUP = 256
BATCH = 180
"""Documents of which the costs are noted together: about four groups of 256 passages."""
KILOBYTE = 1024


@dataclass(frozen=True, slots=True)
class Noted:
    """What some groups of about 256 passages each took.

    Attributes:
        documents: In the index after it.
        passages: In the index after it.
        added: Passages added since the note before.
        seconds: From the documents to the end of the commit, made vectors left out.
        cpu: Seconds of processor time of the same, all threads.
        chroma: Seconds of ``seconds`` that went to Chroma.
        peak: Most bytes that the process has had resident.
    """

    documents: int
    passages: int
    added: int
    seconds: float
    cpu: float
    chroma: float
    peak: int

    @classmethod
    def all(cls, notes: Path, most: int = sys.maxsize) -> list[Self]:
        """Return what was noted while the index grew up to so many passages."""
        with notes.open(encoding="utf-8") as lines:
            found = [cls(**json.loads(line)) for line in lines]
        return [each for each in found if each.passages <= most]


class Build:
    """An index under construction."""

    def __init__(self, work: Path, ahead: Ahead) -> None:
        """Prepare.

        Args:
            work: Folder of the index, its notes and the sample.
            ahead: Makes the documents.
        """
        self._ahead = ahead
        self.index = work / "index"
        self.notes = work / NOTES
        self._parts = Parts(load_settings(None, {"index.dir": str(self.index)}).settings)
        self.encoder: Encoder = self._parts.encoder()

    def sample(self) -> Sample:
        """Return real vectors of some passages, encoded once."""
        kept = self.notes.with_name(SAMPLED)
        if kept.exists():
            return Sample.read(kept)
        documents = next(self._ahead.batches(0, SAMPLE))
        passages = [passage for document in documents for passage in segment(document)]
        texts = [passage.text for passage in passages[:SAMPLE]]
        made: list[Encoding] = []
        started = time.perf_counter()
        for start in range(0, SAMPLE, GROUP):
            part = texts[start : start + GROUP]
            made += self.encoder.encode_parts(part, [sentences(text) for text in part])
        sample = Sample.of(made, time.perf_counter() - started)
        sample.write(kept)
        return sample

    def stored(self) -> tuple[int, int]:
        """Return how many documents and passages the index holds."""
        name = generations.read_current(self.index) if self._parts.store.exists() else ""
        found = sorted(self.index.glob("*/" + generations.CATALOG))
        if not found:
            return 0, 0
        path = self.index / name / generations.CATALOG if name else found[0]
        with closing(sqlite3.connect(path)) as catalog:
            sql = "SELECT count(*), coalesce(sum(passages), 0) FROM documents"
            documents, passages = catalog.execute(sql).fetchone()
        return int(documents), int(passages)

    def grow(self, size: int, sample: Sample) -> None:
        """Add documents until the index holds at least ``size`` passages."""
        done, passages = self.stored()
        encoder = MadeEncoder(self.encoder, sample)
        writing = self._parts.store.writer(identity(self.encoder.identity), self._parts.canary())
        with writing as writer, _timed_chroma() as spent, self.notes.open("a") as notes:
            if ROOT not in writer.roots():
                writer.add_root(ROOT)
            group = Group(writer, encoder, lambda *_: None, None)
            for made in self._ahead.batches(done, BATCH):
                before, chroma = (encoder.seconds, encoder.cpu), spent()
                started, used = time.perf_counter(), time.process_time()
                taken = group.encoded
                for document in made:
                    group.add(document, None, None)
                    if group.is_full():
                        group.flush()
                group.flush()
                done += len(made)
                added = group.encoded - taken
                passages += added
                group.added.clear()
                note = Noted(
                    done,
                    passages,
                    added,
                    time.perf_counter() - started - (encoder.seconds - before[0]),
                    time.process_time() - used - (encoder.cpu - before[1]),
                    spent() - chroma,
                    peak_bytes(),
                )
                notes.write(json.dumps(asdict(note)) + "\n")
                notes.flush()
                if passages >= size:
                    break

    def close(self) -> None:
        """Let go of the index."""
        self._parts.store.close()


def peak_bytes() -> int:
    """Return the most memory that this process has had resident."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE


@contextmanager
def _timed_chroma() -> Iterator[Callable[[], float]]:
    """Time what is written to Chroma."""
    spent = 0.0
    upsert = vectors.ChromaVectors.upsert

    def timed(*arguments: Any) -> None:  # noqa: ANN401 -- passed on as they are
        nonlocal spent
        started = time.perf_counter()
        upsert(*arguments)
        spent += time.perf_counter() - started

    vectors.ChromaVectors.upsert = timed  # type: ignore[method-assign, assignment]  # while measured
    try:
        yield lambda: spent
    finally:
        vectors.ChromaVectors.upsert = upsert  # type: ignore[method-assign]  # as it was
