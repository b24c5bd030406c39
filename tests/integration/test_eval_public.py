"""The public evaluation as a whole, on a data folder of a few made-up articles and questions."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from eval.public.run import main

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FERRY = (
    "The island council of Sallow has cancelled the morning ferry. Mayor Ada Brandt said the hull"
    " of the ferry Petrel had cracked in a storm. The repair will cost 84 million crowns."
)
TRAM = (
    "The harbour tram of Norden opens in May. Its builder, Kestrel Works, was fined for the delay."
    " Council engineer Ida Holm called the brakes safe."
)
BAKERY = "The oldest bakery of Velm closes after 140 years. Baker Jon Sund found no successor."
ARTICLES = (("Petrel", FERRY), ("Tram", TRAM), ("Bakery", BAKERY))

NEWS = (
    ("Who said that the hull of the ferry Petrel had cracked?", "inference_query", "Ada Brandt", 0),
    ("When does the harbour tram of Norden open?", "temporal_query", "May", 1),
    ("Which company was fined for the delay of the tram?", "comparison_query", "Kestrel Works", 1),
)
NULL = "Which tennis player won the final in Melbourne against a Brazilian?"

PARAGRAPHS = (
    ("Ferry#1", FERRY, "Who is the mayor of Sallow?", ["Ada Brandt"]),
    ("Ferry#2", "The Petrel carries 240 people a day.", "How many people does it carry?", ["240"]),
    ("Tram#1", TRAM, "Who built the harbour tram?", ["Kestrel Works"]),
    ("Tram#2", "The tram has nine stops.", "How many stops has the tram?", ["nine"]),
)

HISTORY = ["Sallow", "Ferries", "Who is the mayor of Sallow?", "Ada Brandt"]
FOLLOW_UPS = (
    {
        "id": "c1",
        "source": "canard",
        "history": HISTORY,
        "question": "When was she elected?",
        "rewrite": "When was Ada Brandt elected?",
    },
    {
        "id": "m1",
        "source": "mtrag/govt",
        "history": HISTORY[2:3],
        "question": "Who built the harbour tram of Norden?",
        "rewrite": "Who built the harbour tram of Norden?",
    },
)


def write_lines(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder in the formats of the public sets."""
    return write_data(tmp_path / "data")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the report of a whole run."""
    return run(write_data(tmp_path_factory.mktemp("public") / "data"), "--jobs", "1")


def write_data(folder: Path) -> Path:
    folder.mkdir()
    articles = [
        {
            "title": f"{name} news",
            "source": "The Sallow Post",
            "published_at": f"2023-10-0{number}T08:00:00+00:00",
            "author": None,
            "url": f"https://example.org/{name}",
            "body": body,
        }
        for number, (name, body) in enumerate(ARTICLES, 1)
    ]
    (folder / "news_corpus.json").write_text(json.dumps(articles), encoding="utf-8")
    real = [
        {
            "id": f"n{number}",
            "query": text,
            "type": kind,
            "answer": answer,
            "answerable": True,
            "gold_urls": [articles[gold]["url"]],
            "gold_facts": [f"{str(articles[gold]['body']).split('. ')[1]}."],
        }
        for number, (text, kind, answer, gold) in enumerate(NEWS)
    ]
    null = {**real[0], "id": "null", "query": NULL, "type": "null_query", "answerable": False}
    write_lines(folder / "news_multihop.jsonl", [*real, null | {"gold_urls": [], "gold_facts": []}])
    rows = [
        {
            "id": f"s{number}",
            "title": para.split("#")[0],
            "para": para,
            "context": context,
            "question": question,
            "answers": answers,
            "answerable": True,
        }
        for number, (para, context, question, answers) in enumerate(PARAGRAPHS)
    ]
    strange = {"id": "s9", "question": NULL, "answers": [], "answerable": False}
    write_lines(folder / "squad2.jsonl", [*rows, rows[0] | strange])
    natural = [row | {"passage": row["context"]} for row in (*rows, rows[0] | strange)]
    write_lines(folder / "clapnq.jsonl", natural)
    write_judged(folder / "groundedness.jsonl.gz")
    write_lines(folder / "rewrite.jsonl", FOLLOW_UPS)
    write_lines(
        folder / "summarization.jsonl",
        [
            {"id": f"a{number}", "document": text, "references": [text]}
            for number, (_, text) in enumerate(ARTICLES[:2])
        ],
    )
    return folder


def write_judged(path: Path) -> None:
    """Write a claim that the ferry story supports and one that it does not, for two families."""
    rows = [
        {"id": f"{family}{label}", "source": family, "doc": FERRY, "claim": claim, "label": label}
        for family in ("qags/cnndm", "summedits/news")
        for label, claim in enumerate((NULL, FERRY.split(". ", maxsplit=1)[0] + "."))
    ]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("".join(json.dumps(row) + "\n" for row in rows))


def run(data: Path, *options: str) -> dict[str, Any]:
    """Return the report of a run, with the rows of its questions."""
    work = data.parent / "work"
    assert main(["--data", str(data), "--work", str(work), *options]) == 0
    report: dict[str, Any] = json.loads((work / "report.json").read_text("utf-8"))
    lines = (work / "report.jsonl").read_text("utf-8").splitlines()
    return {**report, "rows": {(row["set"], row["id"]): row for row in map(json.loads, lines)}}


def test_everything_is_measured(whole: dict[str, Any]) -> None:
    assert whole["complete"] is True
    news, squad = whole["figures"]["news"], whole["figures"]["squad"]
    assert news["retrieval"]["all"]["recall"]["value"] == 1
    assert news["retrieval"]["all"]["hits_4"]["value"] == 1
    assert news["answers"]["inference_query"]["named_claim_or_title"]["value"] == 1
    assert news["answers"]["inference_query"]["best_possible"]["value"] == 1
    assert news["abstention"]["all"]["null_auroc"]["value"] == 1
    assert news["abstention"]["all"]["false_answers"]["value"] == 0
    assert squad["retrieval"]["all"]["paragraph_first"]["value"] == 1
    first = squad["answers"]["all"]["sentence_first"]
    baselines = [squad["answers"]["all"][f"sentence_first_{one}"] for one in ("bm25", "dense")]
    assert first["floor"] == max(one["value"] for one in baselines)
    assert first["reach"] == pytest.approx(first["floor"] + 0.1)
    assert squad["abstention"]["absent topic"]["auroc"]["value"] > 0.5
    assert squad["abstention"]["impossible"]["auroc"]["value"] == 1
    assert whole["figures"]["clapnq"]["abstention"]["all"]["auroc"]["value"] == 1
    assert whole["figures"]["groundedness"]["support"]["all"]["balanced_accuracy"]["count"] == 2
    for family in ("qags", "summedits"):
        figures = whole["figures"]["groundedness"]["support"][family]
        assert figures["balanced_accuracy"]["value"] == figures["auroc"]["value"] == 1
    assert whole["facts"]["news"]["documents"] == 3
    assert whole["facts"]["squad"]["documents"] == 4


def test_rows_tell_of_each_question_without_the_data(whole: dict[str, Any]) -> None:
    row = whole["rows"]["news", "n0"]
    assert row["article_ranks"] == {"0000.md": 1}
    assert (row["outcome"], row["named_claim"]) == ("answered", True)
    assert whole["rows"]["news", "null"]["outcome"] != "answered"
    absent = whole["rows"]["squad", "s0"]
    assert absent["score_present"] > absent["score_absent"]
    written = json.dumps(list(whole["rows"].values()))
    assert not any(text in written for text in ("Petrel", "Brandt", "Melbourne", "ferry"))


def test_a_part_and_a_limit_are_all_that_is_measured(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = run(data, "--jobs", "1", "--only", "news", "--parts", "retrieval", "--limit", "2")
    assert list(report["figures"]) == ["news"]
    assert list(report["figures"]["news"]) == ["retrieval"]
    assert list(report["rows"]) == [("news", "n0"), ("news", "n2")]
    assert report["facts"]["options"]["limit"] == 2
    assert "news: retrieval, inference_query" in capsys.readouterr().out


def test_an_index_is_kept_and_two_processes_find_the_same(
    data: Path,
) -> None:
    one = run(data, "--jobs", "1", "--only", "clapnq")
    made = next((data.parent / "work").glob("clapnq/index/*/catalog.sqlite3")).stat()
    two = run(data, "--jobs", "2", "--only", "clapnq")
    kept = next((data.parent / "work").glob("clapnq/index/*/catalog.sqlite3")).stat()
    assert made.st_ino == kept.st_ino
    assert one["rows"] == two["rows"]
    assert one["figures"] == two["figures"]


def test_a_folder_without_the_data_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "--only", "squad"]) == 2
    assert capsys.readouterr().err == f"{tmp_path} has no squad2.jsonl\n"


def test_an_index_of_other_documents_is_refused(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = data.parent / "work" / "clapnq" / "documents"
    documents.mkdir(parents=True)
    (documents / "stray.txt").write_text("A stray document.", encoding="utf-8")
    work = str(data.parent / "work")
    assert main(["--data", str(data), "--work", work, "--only", "clapnq"]) == 1
    assert f"{documents} is not of this data; delete both" in capsys.readouterr().err


def test_follow_ups_are_held_against_what_people_made_of_them(whole: dict[str, Any]) -> None:
    figures = whole["figures"]["rewrite"]["rewriting"]
    assert figures["mtrag"]["bleu"]["value"] == pytest.approx(1)
    assert figures["all"]["standalone_changed"] == figures["all"]["standalone_changed"] | {
        "value": 0,
        "count": 1,
        "met": True,
    }
    follow_up, standing = whole["rows"]["rewrite", "c1"], whole["rows"]["rewrite", "m1"]
    assert (follow_up["stands_alone"], follow_up["changed"]) == (False, True)
    assert (standing["stands_alone"], standing["as_people_did"]) == (True, True)


def test_summaries_are_held_against_the_first_sentences(whole: dict[str, Any]) -> None:
    figures = whole["figures"]["summaries"]["summaries"]
    assert figures["all"]["rouge1"]["count"] == 2
    assert figures["all"]["rouge1"]["value"] == pytest.approx(1)
    assert figures["all"]["rougeL_over_lead"]["value"] == pytest.approx(0)
    assert figures["all"]["sentences_sliced"]["value"] == 1
    assert figures["held out"]["rouge2"]["count"] == 1
    assert whole["rows"]["summaries", "a0"]["half"] == "tuned on"
