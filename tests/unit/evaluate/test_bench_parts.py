from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from eval.bench import articles
from eval.bench.comparison import Plan
from eval.bench.process import run, size_of
from eval.bench.results import Results, Row, percentile, save, table

if TYPE_CHECKING:
    from pathlib import Path

BODY = "One thing happened. Then another did.\n\nA third thing came. It was the last one of all."


def test_markdown_and_text_are_read_without_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f'---\ntitle: "A: b"\nx: 1\n---\n\n{BODY}\n', encoding="utf-8")
    (tmp_path / "b.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "README.md").write_text("About", encoding="utf-8")
    assert articles.read(tmp_path) == [articles.Article("A: b", BODY), articles.Article("b", BODY)]


def test_a_json_list_is_read(tmp_path: Path) -> None:
    rows = [{"title": "T", "source": "S", "body": BODY}, {"title": "Empty", "body": " "}]
    (tmp_path / "c.json").write_text(json.dumps(rows), encoding="utf-8")
    assert articles.read(tmp_path / "c.json") == [articles.Article("T", BODY)]


def test_recombined_articles_are_the_same_each_time_and_like_sized() -> None:
    sample = [articles.Article(str(n), BODY.replace("thing", f"thing{n}")) for n in range(6)]
    made = articles.recombine(sample, 3)
    assert made == articles.recombine(sample, 3)
    assert len({article.body for article in made}) == 3
    known = {sentence for one in sample for sentence in one.body.replace("\n\n", " ").split(". ")}
    for article in made:
        assert articles.WORDS <= len(article.body.split()) <= articles.WORDS + 20
        assert {s.rstrip(".") for s in article.body.replace("\n\n", " ").split(". ")} <= {
            s.rstrip(".") for s in known
        }


def test_written_articles_start_with_their_headline(tmp_path: Path) -> None:
    articles.write([articles.Article("T", BODY)], tmp_path / "out")
    assert (tmp_path / "out" / "00000.txt").read_text(encoding="utf-8") == f"T\n\n{BODY}\n"
    assert size_of(tmp_path) == len(f"T\n\n{BODY}\n")


def test_questions_are_spread_over_headlines() -> None:
    sample = [articles.Article(str(n), BODY) for n in range(10)]
    assert articles.headline_questions(sample, 5) == ["0", "2", "4", "6", "8"]


def test_a_plan_keeps_what_was_given() -> None:
    assert Plan.of(quick=True, runs=4).runs == 4
    assert Plan.of(quick=True).documents < Plan.of(quick=False).documents


def test_a_command_is_measured() -> None:
    code = "import time; kept = bytearray(50_000_000); time.sleep(0.1); print('done')"
    finished = run((sys.executable, "-c", code))
    assert finished.output == "done\n"
    assert finished.seconds > 0.1
    assert finished.peak_bytes > 50_000_000


def test_a_failing_command_ends_the_bench_with_what_it_said() -> None:
    with pytest.raises(SystemExit, match="no luck"):
        run((sys.executable, "-c", "raise SystemExit('no luck')"))


def test_ratios_say_how_many_times_better() -> None:
    assert Row("t", "s", (1, 2, 9), (8,)).ratio == 4
    assert Row("t", "1/s", (8,), (2,), more_is_better=True).ratio == 4
    assert Row("t", "s", (1,)).ratio is None


def test_percentiles_lie_between_the_values() -> None:
    assert percentile(range(101), 95) == 95
    assert percentile([1, 2], 50) == 1.5


def test_results_are_shown_and_saved(tmp_path: Path) -> None:
    results = Results((Row("ask", "s", (1.0,), (4.0,)), Row("export", "s", (9.0,))), {"files": 2})
    shown = table(results).splitlines()
    assert shown[1].split() == ["ask", "s", "1.00", "4.00", "4.00"]
    assert shown[2].split() == ["export", "s", "9.00", "-", "-"]
    save(results, tmp_path / "reports" / "bench.json")
    saved = json.loads((tmp_path / "reports" / "bench.json").read_text(encoding="utf-8"))
    assert saved["rows"][0]["ratio"] == 4
    assert saved["corpus"] == {"files": 2}
    assert "chromadb" in saved["versions"]
