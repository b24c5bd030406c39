"""What other processes do in the tests of the index: ``python -m tests.unit.index.processes``."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError
from groundwire.index.store import IndexStore
from tests.unit.index import made

if TYPE_CHECKING:
    from groundwire.domain.documents import Document

NOBODY = 65534


def corpus(version: int = 0, size: int = 40) -> list[Document]:
    """Return documents of three passages each, other ones for each version."""
    return [
        made.document(
            f"{number:03d}.md",
            f"story {number}\nversion {version} of story {number}\nshared line {version}",
            title=f"version{version}",
        )
        for number in range(size)
    ]


def sync(folder: Path, wanted: list[Document], group: int = 4) -> None:
    """Make an index hold exactly the wanted documents, in several commits."""
    store = IndexStore(folder)
    with store.writer(made.identity(), made.canary()) as writer:
        writer.add_root(made.ROOT)
        known = writer.known(made.ROOT)
        gone = set(known) - {each.path for each in wanted}
        writer.remove([known[path][0] for path in sorted(gone)])
        stored = {path: (each.id, each.content_hash) for path, each in known.items()}
        changed = [each for each in wanted if stored.get(each.path) != (each.id, each.content_hash)]
        for start in range(0, len(changed), group):
            for each in changed[start : start + group]:
                passages = made.cut(each)
                vectors, sentences = made.vectors(passages), made.sentences(passages)
                tokens = made.tokens(passages)
                writer.put(each, passages, vectors, sentences, tokens, made=made.Print(each.text))
            writer.commit()


def hold(folder: Path) -> None:
    """Take the writer's lock and keep it until killed."""
    store = IndexStore(folder)
    with store.writer(made.identity(), made.canary()):
        print("holding", flush=True)  # noqa: T201  # the test waits for it
        time.sleep(60)


def rewrite(folder: Path, versions: int) -> None:
    """Replace every document by its next version, all in one commit, again and again."""
    for version in range(1, versions + 1):
        wanted = corpus(version, size=12)
        sync(folder, wanted, group=len(wanted))


def killed(folder: Path, times: int, seed: int) -> None:
    """Sync in a child that is killed at a random moment, again and again."""
    # Imported once here: a child would otherwise spend most of its life importing it.
    import chromadb.api.rust  # noqa: F401  # only for the time it takes

    chance = random.Random(seed)  # noqa: S311  # moments, not secrets
    for version in range(times):
        child = os.fork()
        if child == 0:
            with contextlib.suppress(GroundwireError):
                sync(folder, corpus(version % 3))
            os._exit(0)
        time.sleep(chance.uniform(0.02, 0.6))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def read_as_nobody(folder: Path) -> None:
    """Read an index as a user who may not write anywhere, and print what comes of it."""
    # Once with all rights elsewhere, so that nothing has to be imported without them.
    with tempfile.TemporaryDirectory() as elsewhere:
        sync(Path(elsewhere), corpus(size=4))
        _described(Path(elsewhere))
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    try:
        print(_described(folder))  # noqa: T201  # the test reads it
        sync(folder, corpus(9))
    except GroundwireError as error:
        print(f"{type(error).__name__}: {error}")  # noqa: T201  # the test reads it


def _described(folder: Path) -> str:
    with IndexStore(folder).snapshot() as snapshot:
        found = snapshot.dense(made.vector("story 3"), top_k=1)
        text = snapshot.passages([found[0][0]])[0][0].text
        words = snapshot.lexical(["version"], top_k=100)
        return f"{snapshot.count()} passages, {text}, {len(words)} with the word"


if __name__ == "__main__":
    action, where, *numbers = sys.argv[1:]
    actions = {
        "sync": lambda version: sync(Path(where), corpus(version)),
        "hold": lambda: hold(Path(where)),
        "rewrite": lambda versions: rewrite(Path(where), versions),
        "killed": lambda times, seed: killed(Path(where), times, seed),
        "read-as-nobody": lambda: read_as_nobody(Path(where)),
    }
    actions[action](*map(int, numbers))  # type: ignore[operator]  # each has its own numbers
