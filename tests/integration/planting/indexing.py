"""Faults at work while documents are read and indexed."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from groundwire.ingest import discover, reading, sync
from groundwire.models.onnx import OnnxEncoder
from groundwire.text import sentences as splitting
from tests.integration.planting.faults import Fault
from tests.integration.planting.trials import Trial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest

    from groundwire.ingest.discover import FoundFile

COUNCIL = Trial("injections", folder="city-council")
FAMILIES = Trial("families")


def a_loader_drops_a_word(patch: pytest.MonkeyPatch) -> None:
    """Cleaning away markup takes "not" with it."""
    _changing_text(patch, lambda text: text.replace(" not ", " "))


def folders_are_read_in_part(patch: pytest.MonkeyPatch) -> None:
    """A limit that somebody set for trying things out is left in."""

    def the_first_eight(root: Path) -> Iterator[FoundFile]:
        return islice(discover.discover(root), 8)

    patch.setattr(sync, "discover", the_first_eight)


def vectors_go_to_other_passages(patch: pytest.MonkeyPatch) -> None:
    """What was encoded in batches by length is not put back in order."""
    encode = OnnxEncoder.encode_parts

    def disordered(self: OnnxEncoder, *given: Any, **named: Any) -> list[Any]:  # noqa: ANN401 -- handed on as it is
        encoded = list(encode(self, *given, **named))
        vectors = [each.vector for each in encoded]
        half = len(encoded) // 2
        moved = vectors[half:] + vectors[:half]
        return [replace(one, vector=v) for one, v in zip(encoded, moved, strict=True)]

    patch.setattr(OnnxEncoder, "encode_parts", disordered)


def changed_files_are_passed_over(patch: pytest.MonkeyPatch) -> None:
    """A file whose name is known is taken to be unchanged."""
    take = sync._Sync._take

    def known_is_unchanged(self: Any, root: Path, file: FoundFile) -> None:  # noqa: ANN401 -- handed on as it is
        if not self._kept.documents(str(root), file.relative):
            take(self, root, file)

    patch.setattr(sync._Sync, "_take", known_is_unchanged)


def sentences_end_at_commas(patch: pytest.MonkeyPatch) -> None:
    """A comma ends a sentence."""
    split = splitting._split

    def at_commas(text: str, paragraph: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401 -- handed on as it is
        for start, end in split(text, paragraph):
            here = start
            while (comma := text.find(", ", here, end)) >= 0:
                yield here, comma + 1
                here = comma + 1
            yield here, end

    patch.setattr(splitting, "_split", at_commas)


def _changing_text(patch: pytest.MonkeyPatch, change: Callable[[str], str]) -> None:
    """Have the text of every document changed after it was read."""
    made = reading.documents_of

    def changed(*given: Any) -> Any:  # noqa: ANN401 -- handed on as it is
        documents, problems = made(*given)
        return tuple(
            replace(each, text=change(each.text), headings=()) for each in documents
        ), problems

    patch.setattr(sync, "documents_of", changed)


FAULTS = (
    Fault(a_loader_drops_a_word, COUNCIL, "in the cases", indexing=True),
    Fault(folders_are_read_in_part, COUNCIL, "in the cases", indexing=True),
    Fault(vectors_go_to_other_passages, FAMILIES, "dense_mrr@10", indexing=True),
    Fault(sentences_end_at_commas, COUNCIL, "groundedness", indexing=True),
)
