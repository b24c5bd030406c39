"""Both pipelines on the same files: each measurement in a process of its own, A and B in turn."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

from eval.bench import articles, terminal
from eval.bench.process import run, size_of
from eval.bench.results import Results, Row, percentile

if TYPE_CHECKING:
    from eval.bench.process import Finished

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
QUESTIONS = 40
CHATS = 5
"""Chats opened at a terminal, at least: they are short, and the first of a day is slower."""
MEGABYTE = 1e6
MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured.

    Attributes:
        documents: Articles to recombine or, of a corpus that was given, to take at most.
        runs: Runs of each side.
        passages: Passages of the large index, about.
    """

    documents: int = 600
    runs: int = 3
    passages: int = 10_000

    @classmethod
    def of(cls, *, quick: bool, **given: int | None) -> Self:
        """Return the full or the quick plan, changed by what was given."""
        values = {"documents": 25, "runs": 1, "passages": 300} if quick else {}
        return cls(**{**values, **{k: v for k, v in given.items() if v is not None}})


@dataclass
class Bench:
    """A working folder with the files, the questions and both pipelines' commands."""

    folder: Path
    questions: list[str]
    values: dict[str, list[float]] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        """A configuration that keeps everything in the working folder."""
        return self.folder / "config.toml"

    def prepare(self) -> None:
        """Write the questions and the configuration."""
        (self.folder / "questions.json").write_text(json.dumps(self.questions), encoding="utf-8")
        cache, data = self.folder / "cache", self.folder / "data"
        self.config.write_text(
            f"cache_dir = {json.dumps(str(cache))}\ndata_dir = {json.dumps(str(data))}\n",
            encoding="utf-8",
        )

    def groundwire(self, index: Path, *words: str) -> Finished:
        """Run the real command."""
        options = ("--config", str(self.config), "--index-dir", str(index), "--quiet")
        return run((sys.executable, "-m", "groundwire", *options, *words))

    def langchain(self, verb: str, index: Path, argument: str) -> Finished:
        """Run one verb of the LangChain pipeline."""
        return run(
            (sys.executable, str(HERE / "langchain_pipeline.py"), verb, str(index), argument)
        )

    def warm(self, script: str, verb: str, index: Path) -> list[float]:
        """Return the milliseconds of every question in one warm process."""
        words = [sys.executable, str(HERE / script), verb, str(index)]
        words.append(str(self.folder / "questions.json"))
        if script.startswith("groundwire"):
            words.append(str(self.config))
        found: list[float] = json.loads(run(words).output)["milliseconds"]
        return found

    def note(self, name: str, value: float) -> None:
        """Keep one value of a measure."""
        self.values.setdefault(name, []).append(value)

    def row(self, name: str, unit: str, key: str, *, more_is_better: bool = False) -> Row:
        """Return a measure of both sides."""
        ours = tuple(self.values[f"groundwire {key}"])
        theirs = tuple(self.values.get(f"langchain {key}", ()))
        return Row(name, unit, ours, theirs, more_is_better)


def compare(plan: Plan, corpus: Path | None) -> Results:
    """Measure everything that a plan asks for.

    Args:
        plan: How much.
        corpus: A folder or a JSON file; None recombines the sample corpus.
    """
    sample = articles.read(corpus or ROOT / "eval" / "corpus")
    if corpus is None:
        cases = ROOT / "eval" / "cases" / "core.jsonl"
        questions = articles.case_questions(cases, QUESTIONS)
        documents = articles.recombine(sample, plan.documents)
    else:
        documents = articles.spread(sample, plan.documents)
        questions = articles.headline_questions(documents, QUESTIONS)
    with TemporaryDirectory() as temporary:
        bench = Bench(Path(temporary), questions)
        bench.prepare()
        articles.write(documents, bench.folder / "small")
        tell(f"{len(documents)} documents, {len(questions)} questions, {plan.runs} runs")
        export(bench)
        for number in range(plan.runs):
            index_both(bench, number)
        for number in range(plan.runs):
            ask_both(bench, number)
        for number in range(max(plan.runs, CHATS)):
            chat_at_a_terminal(bench, number)
        size = answer_large(bench, plan, sample)
    about: dict[str, object] = {
        "documents": len(documents),
        "source": str(corpus or "eval/corpus, recombined"),
        "runs": plan.runs,
        "passages of the large index": size,
    }
    return Results(rows(bench, size), about)


def tell(text: str) -> None:
    """Say on stderr what is being done."""
    print(text, file=sys.stderr, flush=True)


def export(bench: Bench) -> None:
    """Make Groundwire's encoder, which happens once a user, by indexing one small file."""
    tell("exporting the encoder (once a user; not part of the index time)")
    one = bench.folder / "one.txt"
    one.write_text("One sentence is enough here.\n", encoding="utf-8")
    cold = bench.groundwire(bench.folder / "first", "index", str(one)).seconds
    again = bench.groundwire(bench.folder / "second", "index", str(one)).seconds
    bench.note("groundwire export", cold - again)


def index_both(bench: Bench, number: int) -> None:
    """Index the files with both sides, into fresh folders."""
    files = str(bench.folder / "small")
    for side in ("groundwire", "langchain"):
        tell(f"indexing, run {number + 1}: {side}")
        index = bench.folder / f"{side}-index"
        shutil.rmtree(index, ignore_errors=True)
        if side == "groundwire":
            finished = bench.groundwire(index, "index", files)
            listed = json.loads(bench.groundwire(index, "docs", "--json").output)["documents"]
            counts = len(listed), sum(entry["passages"] for entry in listed)
        else:
            finished = bench.langchain("index", index, files)
            made = json.loads(finished.output.splitlines()[-1])
            counts = made["documents"], made["passages"]
        bench.note(f"{side} index seconds", finished.seconds)
        bench.note(f"{side} documents", counts[0] / finished.seconds)
        bench.note(f"{side} passages", counts[1] / finished.seconds)
        bench.note(f"{side} index peak", finished.peak_bytes / MEBIBYTE)
        bench.note(f"{side} size", size_of(index) / MEGABYTE)


def ask_both(bench: Bench, number: int) -> None:
    """Ask both sides, as whole processes and in a warm one."""
    question = bench.questions[number % len(bench.questions)]
    for side in ("groundwire", "langchain"):
        tell(f"asking, run {number + 1}: {side}")
        index = bench.folder / f"{side}-index"
        if side == "groundwire":
            finished = bench.groundwire(index, "ask", "--", question)
        else:
            finished = bench.langchain("ask", index, question)
        bench.note(f"{side} ask seconds", finished.seconds)
        bench.note(f"{side} ask peak", finished.peak_bytes / MEBIBYTE)
        taken = bench.warm(f"{side}_pipeline.py", "search", index)
        bench.note(f"{side} search p50", percentile(taken, 50))
        bench.note(f"{side} search p95", percentile(taken, 95))


def chat_at_a_terminal(bench: Bench, number: int) -> None:
    """Open a chat in a terminal and ask at once."""
    tell(f"chatting at a terminal, run {number + 1}")
    question = bench.questions[number % len(bench.questions)]
    index = bench.folder / "groundwire-index"
    prompted, answered = terminal.wait(index, bench.config, question)
    bench.note("groundwire prompt", prompted)
    bench.note("groundwire first answer", answered)


def answer_large(bench: Bench, plan: Plan, sample: list[articles.Article]) -> int:
    """Time whole answers on a large index, and return how many passages it has."""
    index = bench.folder / "groundwire-index"
    if _passages(bench, index) < plan.passages:
        index = _large(bench, plan, sample)
    for done in range(plan.runs):
        tell(f"answering on the large index, run {done + 1}")
        taken = bench.warm("groundwire_pipeline.py", "ask", index)
        bench.note("groundwire answer p50", percentile(taken, 50))
        bench.note("groundwire answer p95", percentile(taken, 95))
    return _passages(bench, index)


def _large(bench: Bench, plan: Plan, sample: list[articles.Article]) -> Path:
    """Index as many recombined articles as give about the passages that were asked for."""
    probe, files, index = (bench.folder / name for name in ("probe", "large", "large-index"))
    few = articles.recombine(sample, 20)
    articles.write(few, probe)
    bench.groundwire(bench.folder / "probe-index", "index", str(probe))
    number = -(-plan.passages * len(few) // _passages(bench, bench.folder / "probe-index"))
    tell(f"indexing {number} documents for about {plan.passages} passages")
    articles.write(articles.recombine(sample, number), files)
    bench.groundwire(index, "index", str(files))
    return index


def _passages(bench: Bench, index: Path) -> int:
    listed = json.loads(bench.groundwire(index, "docs", "--json").output)["documents"]
    return sum(entry["passages"] for entry in listed)


def rows(bench: Bench, size: int) -> tuple[Row, ...]:
    """Return the measures in the order in which they are shown."""
    row = bench.row
    return (
        row("index: whole command", "s", "index seconds"),
        row("index: throughput", "documents/s", "documents", more_is_better=True),
        row("index: throughput", "passages/s", "passages", more_is_better=True),
        row("index: peak memory", "MiB", "index peak"),
        row("index: size on disk", "MB", "size"),
        row("index: export of the encoder, once a user", "s", "export"),
        row("ask: whole process, cold", "s", "ask seconds"),
        row("ask: peak memory", "MiB", "ask peak"),
        row("chat: from the command to the prompt", "s", "prompt"),
        row("chat: first answer, asked at once", "s", "first answer"),
        row("search: warm, p50", "ms", "search p50"),
        row("search: warm, p95", "ms", "search p95"),
        row(f"answer: warm, {size:,} passages, p50", "ms", "answer p50"),
        row(f"answer: warm, {size:,} passages, p95", "ms", "answer p95"),
    )
