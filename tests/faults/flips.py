"""Bits flipped at random in all files of an index, as bad disks and cables do.

``python -m tests.faults.flips --flips 200 --seed 1`` flips so many, each in a fresh copy. Each one
is found by the doctor, or what the index holds and answers is proven to be the same. In no case
is a word shown that no document holds, and nothing fails but with a line and a hint.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire import Desk
from groundwire.domain.errors import GroundwireError
from groundwire.index.inspect import findings
from groundwire.interfaces.cli.app import run
from tests.faults.folder import QUESTIONS, ChangingFolder
from tests.faults.forks import preload, said_by
from tests.faults.holdings import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.answers import Answer

_STORIES = 40


@dataclass
class Disk:
    """An index that is sound, and copies of it that are not."""

    work: Path
    chance: random.Random

    def __post_init__(self) -> None:
        self.folder = ChangingFolder(self.work / "news", self.chance)
        for _ in range(_STORIES):
            self.folder.change()
        self.index, self.copy = self.work / "index", self.work / "copy"
        self.config = self.work / "config.toml"
        self.config.write_text(f'data_dir = "{self.work}/data"\ncache_dir = "{self.work}/cache"\n')
        argv = ["--config", str(self.config), "--index-dir", str(self.index), "-q", "index"]
        code, said = said_by(lambda: run([*argv, str(self.folder.path)]), self.work / "log")
        assert code == 0, said
        code, said = said_by(self.note, self.work / "log")
        assert code == 0, said

    def note(self) -> int:
        """Write down what the sound index holds and answers."""
        with Desk.open(self.index, config=self.config) as desk:
            texts = {info.path: desk.show(info.id).text for info in desk.docs()}
            answers = [said(desk.ask(question)) for question in QUESTIONS]
        (self.work / "texts.json").write_text(json.dumps(texts))
        (self.work / "answers.json").write_text(json.dumps(answers))
        return 0

    def flip(self) -> str:
        """Flip a bit in a copy of the index; say where, and what became of it."""
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.index, self.copy)
        files = sorted(path for path in self.copy.rglob("*") if path.is_file())
        files = [path for path in files if path.stat().st_size]
        sizes = [path.stat().st_size for path in files]
        weights = sizes if self.chance.random() < 0.6 else None
        (path,) = self.chance.choices(files, weights=weights)
        place, bit = self.chance.randrange(path.stat().st_size), self.chance.randrange(8)
        content = bytearray(path.read_bytes())
        content[place] ^= 1 << bit
        path.write_bytes(content)
        where = f"{path.relative_to(self.copy)}, byte {place}, bit {bit}"
        code, told = said_by(self.look, self.work / "log")
        assert code == 0, f"{where}: {code}\n{told}"
        return f"{told.splitlines()[-1]}: {where}"

    def look(self) -> int:
        """Ask and examine the copy; return 1, having said why, if anything is shown wrongly."""
        texts = json.loads((self.work / "texts.json").read_text())
        answers = list(self.answers(texts))
        assert not any(str(each).endswith("; ") for each in answers), "advice is missing"
        found = [each for each in findings(self.copy) if each.status != "ok"]
        if found:
            assert all(each.fix for each in found)
            sys.stdout.write(f"found ({found[0].check})\n")
            return 0
        wrong = differences(self.index, self.copy)
        assert not wrong, wrong
        assert answers == json.loads((self.work / "answers.json").read_text())
        sys.stdout.write("harmless\n")
        return 0

    def answers(self, texts: dict[str, str]) -> Iterator[object]:
        """Yield what is answered; where nothing can be, the line that is said instead."""
        with Desk.open(self.copy, config=self.config) as desk:
            for question in QUESTIONS:
                try:
                    answer = desk.ask(question)
                    check_words(answer, texts)
                    yield said(answer)
                except GroundwireError as error:
                    yield f"{error}; {error.hint}"


def check_words(answer: Answer, texts: dict[str, str]) -> None:
    """Make sure that everything shown stands in a document, where it is said to stand."""
    written = set(texts.values())
    for claim in answer.claims:
        for citation in claim.citations:
            text = texts.get(citation.path)
            assert text is None or citation.span.of(text) == citation.quote
            assert any(citation.quote in text for text in written)
    nearest = answer.abstention.nearest if answer.abstention else ()
    for hit in (*nearest, *(source.hit for source in answer.sources)):
        assert any(hit.passage.text in text for text in written)


def said(answer: Answer) -> object:
    result = json.loads(json.dumps(answer.to_dict()))
    return {key: result[key] for key in ("outcome", "claims", "standalone")}


def go(work: Path, flips: int, seed: int) -> Counter[str]:
    """Flip so many bits; return how often which became of them."""
    preload()
    disk = Disk(work, random.Random(seed))  # noqa: S311 -- places, not secrets
    counted: Counter[str] = Counter()
    for _ in range(flips):
        became = disk.flip()
        print(became, flush=True)  # noqa: T201 -- its output
        counted[became.partition(":")[0]] += 1
    return counted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flips", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)  # noqa: T201 -- its output
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="groundwire-flips-") as work:
        counted = go(Path(work), asked.flips, asked.seed)
    listed = ", ".join(f"{count} {became}" for became, count in counted.most_common())
    print(f"{asked.flips} flips in {time.monotonic() - started:.0f} s: {listed}")  # noqa: T201 -- its output


if __name__ == "__main__":
    main()
