"""A folder of documents, an index beside it, and an encoder that counts."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from groundwire.index.identity import SCHEMA_VERSION, Canary, IndexIdentity
from groundwire.index.store import IndexStore
from groundwire.ingest.loaders.registry import load
from groundwire.ingest.passages import SEGMENTATION, segment
from groundwire.ingest.sync import sync_roots
from tests.fakes.encoders import HashingEncoder

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from groundwire.domain.reports import SyncReport
    from groundwire.domain.spans import Span
    from groundwire.index.writer import Writer
    from groundwire.ingest.reading import Load
    from groundwire.ingest.sync import SyncProgress
    from groundwire.models.encoder import Encoding


class CountingEncoder(HashingEncoder):
    """Remembers what it encoded, and may be told to do something at the nth call."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.at_call: Callable[[int], None] = lambda _number: None
        self._calls = 0

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        *,
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> tuple[Encoding, ...]:
        self._calls += 1
        self.at_call(self._calls)
        found = super().encode_parts(texts, parts, on_progress=on_progress, cancel=cancel)
        self.texts.extend(texts)
        return found


class Bench:
    """A folder of documents, an index beside it, and an encoder that counts."""

    def __init__(self, home: Path, name: str = "index") -> None:
        self.folder = home / "docs"
        self.folder.mkdir(exist_ok=True)
        self.store = IndexStore(home / name)
        self.encoder = CountingEncoder()

    @contextmanager
    def writer(self, *, rebuild: bool = False) -> Iterator[Writer]:
        identity = IndexIdentity(SCHEMA_VERSION, self.encoder.identity, SEGMENTATION)
        vector = self.encoder.encode_query("canary")
        canary = Canary("canary", tuple(map(float, vector)))
        with self.store.writer(identity, canary, rebuild=rebuild) as writer:
            yield writer

    def sync(
        self,
        *roots: Path,
        cancel: threading.Event | None = None,
        on_progress: Callable[[SyncProgress], None] | None = None,
        load: Load = load,
        touched: Callable[[Path], bool] | None = None,
    ) -> SyncReport:
        self.encoder.texts.clear()
        with self.writer() as writer:
            return sync_roots(
                writer,
                self.encoder,
                roots,
                load,
                touched=touched,
                on_progress=on_progress,
                cancel=cancel,
            )

    def rebuild(self, *roots: Path) -> SyncReport:
        """Build a new index beside the live one."""
        with self.writer(rebuild=True) as writer:
            return sync_roots(writer, self.encoder, roots, load)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def contents(self) -> dict[str, object]:
        """Everything that is stored, in a form that two indexes can be compared by."""
        with self.store.snapshot() as snapshot:
            documents = [snapshot.document(info.id) for info in snapshot.documents()]
            roots = snapshot.roots()
        stored = {document.id: document for document in documents}
        wanted = [passage for document in documents for passage in segment(document)]
        with self.writer() as writer:
            vectors = writer.vectors_of([passage.id for passage in wanted])
            sentences = writer.sentences_of([passage.id for passage in wanted])
            tokens = writer.tokens_of([passage.id for passage in wanted])
        return {
            "roots": roots,
            "documents": stored,
            "vectors": {key: vector.round(5).tolist() for key, vector in vectors.items()},
            "sentences": {key: rows.round(2).tolist() for key, rows in sentences.items()},
            "tokens": {key: [each.tolist() for each in rows] for key, rows in tokens.items()},
            "complete": len(vectors) == len(sentences) == len(tokens) == len(wanted),
        }


def story(topic: str, paragraphs: int = 3) -> str:
    lines = (f"{topic} number {n} " + "was discussed at length. " * 26 for n in range(paragraphs))
    return f"---\ntitle: {topic}\nsource: Ledger\n---\n\n" + "\n\n".join(lines)
