"""The parts of the measurement of large indexes: what is made, and what is told of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from eval.bench.articles import read
from eval.bench.scale import report
from eval.bench.scale.build import Noted
from eval.bench.scale.curve import drawn
from eval.bench.scale.summary import summarized
from eval.bench.scale.texts import Maker, questions
from eval.bench.scale.vectors import Sample
from groundwire.ingest.passages import segment

if TYPE_CHECKING:
    from collections.abc import Sequence

CORPUS = Path(__file__).parents[3] / "eval" / "corpus"
GB = 10**9


@pytest.fixture(scope="module")
def maker() -> Maker:
    return Maker(read(CORPUS))


def words(maker: Maker, numbers: Sequence[int]) -> set[str]:
    return {word for n in numbers for word in maker.document(n).text.lower().split()}


def test_a_number_gives_the_same_document_and_no_copy_of_another(maker: Maker) -> None:
    one = maker.document(7)
    assert one == Maker(read(CORPUS)).document(7)
    assert one.text != maker.document(8).text
    assert 2 <= len(segment(one)) <= 20


def test_the_vocabulary_grows(maker: Maker) -> None:
    early, late = words(maker, range(20)), words(maker, range(100_000, 100_020))
    assert len(late - early) > 1.2 * len(early - late)


def test_every_question_asks_something(maker: Maker) -> None:
    asked = questions([maker.document(n) for n in range(40)])
    assert len(asked) == 40
    assert all(len(question) > 3 for question in asked)


def test_a_sample_is_kept_as_it_was(tmp_path: Path) -> None:
    draw = np.random.default_rng(1)
    tokens = tuple(draw.integers(-9, 9, size=(n, 4)).astype(np.int8) for n in (2, 0, 3))
    numbers = draw.random((3, 8)).astype(np.float32)
    Sample(numbers, numbers[:2], tokens, 50.0).write(tmp_path / "sample.npz")
    found = Sample.read(tmp_path / "sample.npz")
    assert np.array_equal(found.vectors, numbers)
    assert [each.tolist() for each in found.tokens] == [each.tolist() for each in tokens]
    assert found.rate == 50


def results(factor: float = 1) -> dict[str, Any]:
    grown = [
        Noted(10 * n, 100 * n, 100, seconds=0.2, cpu=0.1, chroma=0.05, peak=n * GB)
        for n in range(1, 11)
    ]
    times = [factor * each for each in range(1, 101)]
    names = ("search_ms", "search_cpu_ms", "search_first_ms")
    served: dict[str, Any] = dict.fromkeys((*names, "ask_ms", "ask_cpu_ms", "ask_first_ms"), times)
    served |= {"search_opening_ms": 1500.0, "peak_bytes": GB, "private_bytes": GB}
    return summarized(grown, grown[-3:], served, 25.0) | {"bytes": {"tokens": 9000, "chroma": 1}}


def test_rates_and_latencies_are_summed_up() -> None:
    found = results()
    assert (found["passages"], found["documents"]) == (1000, 100)
    assert found["store"]["passages_a_second"] == 500
    assert found["store"]["passages_a_cpu_second"] == 1000
    assert found["ingestion_peak_bytes"] == 10 * GB
    assert found["search_ms"]["p95"] == pytest.approx(95, abs=1)
    assert report.with_encoder(found) == pytest.approx(1 / (1 / 25 + 0.002), rel=0.01)


def test_tables_and_drawing_have_a_column_a_size() -> None:
    two = {"1000": results(), "100000": results(2)}
    table = report.measured(two)
    assert "| passages | 1,000 | 1,000 |" in table
    assert "| vectors of word pieces | 9 | 9 |" in report.disk(two)
    assert drawn(two).count("<polyline") == 8
    page = f"before\n{report.BEGIN.format('measured')}\nold\n{report.END}\nafter\n"
    assert "old" not in report.inserted(page, "measured", table)
    with pytest.raises(ValueError, match="0 places"):
        report.inserted(page, "disk", table)
