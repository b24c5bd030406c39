"""The page of a run: what is on it, and that nothing hostile gets onto it."""

from __future__ import annotations

import copy
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from groundwire.evaluate.html.cleaning import visible
from groundwire.evaluate.html.curves import (
    Bin,
    expected_calibration_error,
    reliability,
    risk_coverage,
)
from groundwire.evaluate.html.page import page
from groundwire.evaluate.paired import compare_runs
from groundwire.evaluate.reading import read_run
from groundwire.evaluate.saved import SavedCase

if TYPE_CHECKING:
    from pathlib import Path

BAD = (
    "</style></title><script>alert(1)</script><img src=x onerror='alert(2)'>\"'>"
    "\u202eevil\x1b[31m\x00{{7*7}}$x$&lt;"
)
EXCERPT = {
    "path": "ferry.md",
    "title": "Ferry",
    "quote": "240 people",
    "stored": "240 people",
    "start": 10,
    "end": 20,
    "before": "It carries ",
    "after": " a day.",
}
VOID = frozenset({"meta", "br", "link", "img", "input", "hr"})


def case(name: str, **more: object) -> dict[str, Any]:
    return {
        "id": name,
        "kind": "single_fact",
        "split": "dev",
        "key": name,
        "answerable": True,
        "outcome": "answered",
        "passed": False,
        "milliseconds": 12.5,
        "shares": {"groundedness": [0, 1], "evidence_hit": [1, 1]},
        "sufficiency": 1.5,
        "threshold": 0.5,
        "found_at": 2,
        "scores": {"best": 3.25},
        "question": "How many people?",
        "answer": "240 people [1]",
        "claims": [
            {
                "text": "240 people",
                "verdict": "quoted",
                "gloss": "the ferry",
                "citations": [{**EXCERPT, "n": 1, "locator": "¶ 1"}],
                "judgement": {"grounded": False, "reasons": ["the file does not say so"]},
            }
        ],
        "evidence": [EXCERPT],
        "complaints": ["1 of 1 sentences are not grounded"],
        **more,
    }


DECLINED = case(
    "oil",
    kind="follow_up",
    outcome="related",
    answer="The documents do not say.",
    claims=[],
    nearest=[EXCERPT],
    history=[{"role": "user", "text": "Is there oil?"}, {"role": "assistant", "text": "No."}],
    dropped=[{"sentence": "There is.", "reason": "unsupported"}],
    sufficiency=-1.0,
)
HELD = case("secret", split="test", held=True, question="", claims=[], evidence=[], complaints=[])
CONTENT: dict[str, Any] = {
    "schema": 2,
    "suite": "small",
    "split": "all",
    "made": "2026-01-02T03:04:05+00:00",
    "passed": False,
    "reasons": ["sentences are not grounded"],
    "cases_file": "cases",
    "corpus": "corpus",
    "identity": {
        "version": "1.2",
        "engines": {"llm": 3},
        "model": "openai:small",
        "encoder": "mini",
        "index": {"generation": "g", "revision": 1, "documents": 2, "contents": "abc"},
        "prompts": {"answer.v2": "0f0f"},
        "settings": {"llm": None, "answer.max_sentences": 3, "retrieval.filters": True},
    },
    "metrics": {
        "groundedness": {
            "value": 0.9,
            "interval": [0.8, 1],
            "cases": 2,
            "baseline": 1.0,
            "tolerance": 0.0,
            "difference": -0.1,
        },
        "token_f1": {"value": None, "interval": None, "cases": 0},
    },
    "latency_ms": {"p50": 12.5, "p95": 12.5},
    "dropped": 1,
    "problems": [{"file": "a.jsonl", "line": 3, "field": "id", "expected": "a text"}],
    "beside": [{"id": "summary", "split": "dev", "complaints": ["does not say: $60bn"]}],
    "cases": [case("people"), DECLINED, HELD, case("fine", passed=True, answerable=False)],
}


class Reader(HTMLParser):
    """Reads a page and complains of what is not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> without a start"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append((self.open[-1] if self.open else "", data))

    def text(self, *tags: str) -> str:
        found = (words for tag, words in self.words if not tags or tag in tags)
        return " ".join(" ".join(found).split())


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def whole(cache: Path) -> str:
    return page(read_run(CONTENT), cache=cache)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the charts out: they take their time, and are not what the test is about."""
    names = ("metrics", "scores", "reliability", "risk", "latency")
    monkeypatch.setattr("groundwire.evaluate.html.page._drawn", lambda *_: dict.fromkeys(names))


def hostile(value: object) -> object:
    """Return JSON with every text in it made hostile, except those that are of a fixed set."""
    if isinstance(value, dict):
        fixed = {"role", "outcome", "schema", "key"}
        return {
            (f"{BAD}{k}" if k in {"token_f1", "answer.v2", "llm", "best"} else k): (
                v if k in fixed else hostile(v)
            )
            for k, v in value.items()
        }
    if isinstance(value, list):
        return [hostile(each) for each in value]
    return f"{BAD}{value}" if isinstance(value, str) else value


def test_a_good_run_says_so_first(undrawn: None) -> None:
    del undrawn
    found = read(page(read_run({**CONTENT, "reasons": [], "passed": True})))
    assert found.text("strong") == "Passed"
    assert "No sentence is ungrounded" in found.text("p")


def test_the_verdict_comes_first_with_its_reasons(whole: str) -> None:
    found = read(whole)
    assert found.text("h1") == "Is every answer grounded?"
    assert found.text("strong") == "Failed"
    assert "sentences are not grounded" in found.text("li")
    assert found.text("title").startswith("Failed: small")


def test_a_failing_case_has_its_question_evidence_answer_and_the_span_marked(whole: str) -> None:
    found = read(whole)
    assert "How many people?" in found.text("bdi")
    assert "the file does not say so" in found.text("li")
    assert found.text("mark").count("240 people") == 4
    assert "It carries" in found.text("p")
    assert "Is there oil?" in found.text("bdi")
    assert "There is." in found.text("bdi")
    assert "score 1.50, threshold 0.50 · best 3.25" in found.text("p")
    assert "fine" not in found.text("a")


def test_a_quote_that_does_not_stand_there_is_told(undrawn: None) -> None:
    del undrawn
    content = copy.deepcopy(CONTENT)
    content["cases"] = [case("shifted"), case("gone")]
    content["cases"][0]["claims"][0]["citations"][0]["stored"] = "40 people "
    content["cases"][1]["claims"][0]["citations"][0]["stored"] = None
    text = read(page(read_run(content))).text("p", "mark", "bdi")
    assert "40 people Quoted, though" not in text
    assert "Quoted, though it is not what stands there: 240 people" in text
    assert "No document of the index has this id" in text


def test_without_a_baseline_its_columns_are_left_out(undrawn: None) -> None:
    del undrawn
    metric = {"value": 1, "interval": None, "cases": 1}
    found = read(page(read_run({**CONTENT, "metrics": {"within": metric}})))
    assert "may drop" not in found.text("th")
    assert "There is no baseline" in found.text("p")


def test_the_time_is_told_as_people_write_it(whole: str) -> None:
    assert read(whole).text("time") == "2 January 2026, 03:04 UTC"


def test_cases_held_back_are_counted_and_not_told(whole: str) -> None:
    found = read(whole)
    assert "1 more failing case is held back" in found.text("p")
    assert "secret" not in whole


def test_metrics_groups_problems_and_conditions_are_told(whole: str) -> None:
    found = read(whole)
    cells = found.text("th", "td")
    assert "groundedness 0.900 0.800 to 1.000 2 1.000 -0.100 0.000" in cells
    assert "token_f1 – – 0 – – –" in cells
    assert "Breaks a promise. 1 of 1 sentences" in found.text("b", "td")
    assert "single_fact 3 1 33% 3 12" in cells
    assert "test 1 0 0% 1 12" in cells
    assert "a.jsonl: line 3: id: a text" in found.text("li")
    assert "does not say: $60bn" in found.text("li")
    conditions = found.text("dt", "dd")
    for words in ("language model openai:small", "prompt answer.v2 0f0f", "contents abc"):
        assert words in conditions
    assert "retrieval.filters true" in conditions


def test_the_page_needs_nothing_else_and_runs_nothing(whole: str) -> None:
    found = read(whole)
    tags = {tag for tag, _ in found.tags}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "form", "base", "image"})
    for tag, attributes in found.tags:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name in {"href", "src", "xlink:href"}:
                assert (value or "").startswith("#"), (tag, value)
    assert not re.search(r"@import|url\((?!#)", whole)
    policy = next(a for tag, a in found.tags if a.get("http-equiv"))
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'unsafe-inline';")


def test_the_page_can_be_read_without_seeing_it(whole: str) -> None:
    found = read(whole)
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert ("html", {"lang": "en"}) in found.tags
    assert all("scope" in attributes for tag, attributes in found.tags if tag == "th")
    ids = [attributes["id"] for _, attributes in found.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    named = [a["aria-labelledby"] for _, a in found.tags if a.get("aria-labelledby")]
    links = [str(a["href"])[1:] for tag, a in found.tags if tag == "a"]
    wanted = {each for name in named for each in str(name).split()} | set(links)
    assert wanted <= set(ids)
    charts = [attributes for tag, attributes in found.tags if tag == "svg"]
    assert len(charts) == 5
    assert all(a["role"] == "img" for a in charts)


def test_every_chart_is_well_formed_and_takes_the_colours_of_the_page(whole: str) -> None:
    charts = re.findall(r"<svg.*?</svg>", whole, re.DOTALL)
    for chart in charts:
        root = ET.fromstring(chart)  # noqa: S314 -- made by the code under test
        assert [child.tag for child in root][:2] == ["title", "desc"]
        assert not re.search(r"#[0-9a-f]{6}\b", chart)
        assert "var(--" in chart


def test_hostile_text_stays_text(cache: Path) -> None:
    content = hostile(CONTENT)
    run = read_run(content)
    made = page(
        run,
        comparison=compare_runs(read_run(CONTENT | {"cases": run_cases(content)}), run),
        cache=cache,
    )
    found = read(made)
    assert "script" not in {tag for tag, _ in found.tags}
    assert "img" not in {tag for tag, _ in found.tags}
    assert not any(name.startswith("on") for _, attributes in found.tags for name in attributes)
    assert "<script>alert(1)</script>" in found.text("bdi")
    assert "{{7*7}}" in found.text("bdi")
    assert "49" not in found.text("bdi")
    assert "&lt;" in found.text("bdi"), "what was an entity in the document is still one"
    for hidden in ("\u202e", "\x1b", "\x00"):
        assert hidden not in made
    assert "\N{REPLACEMENT CHARACTER}evil" in made


def run_cases(content: object) -> list[Any]:
    assert isinstance(content, dict)
    return [each | {"passed": True} for each in content["cases"]]


def test_a_comparison_is_told_above_everything_else(undrawn: None) -> None:
    del undrawn
    after = read_run(CONTENT)
    before = read_run({**CONTENT, "cases": run_cases(CONTENT)})
    made = page(after, comparison=compare_runs(before, after))
    found = read(made)
    assert made.index('id="compared"') < made.index('id="metrics"')
    assert "4 cases are the same in both" in found.text("p")
    assert "3 newly fail" in found.text("p")
    assert "people" in found.text("code")
    assert "Nothing that is recorded" in found.text("p")


def test_a_run_of_nothing_still_has_a_page(cache: Path) -> None:
    empty = {**CONTENT, "cases": [], "metrics": {}, "latency_ms": None, "beside": []}
    found = read(page(read_run(empty), cache=cache))
    assert "svg" not in {tag for tag, _ in found.tags}
    assert "there is nothing to draw" in found.text("p")


def test_the_same_run_gives_the_same_page(whole: str, cache: Path) -> None:
    assert page(read_run(CONTENT), cache=cache) == whole


def test_hidden_characters_are_made_visible_and_others_stay() -> None:
    assert visible("a\u200bb\u2066c\ud800d\x07") == "a\ufffdb\ufffdc\ufffdd\ufffd"
    assert visible("naïve “quote” – 東京\n\té") == "naïve “quote” – 東京\n\té"


def scored(
    margin: float | None, *, answerable: bool, hit: bool = True, said: bool = True
) -> SavedCase:
    return SavedCase.model_validate(
        case(
            f"c{margin}{answerable}",
            sufficiency=margin,
            threshold=0.0,
            answerable=answerable,
            outcome="answered" if said else "related",
            shares={"evidence_hit": [int(hit), 1]} if answerable else {},
        )
    )


def test_reliability_by_hand() -> None:
    """logistic(0) is 0.5: two there, one of them answerable; logistic(3) is 0.953."""
    cases = [scored(0, answerable=True), scored(0, answerable=False), scored(3, answerable=True)]
    low, high = reliability([*cases, scored(None, answerable=True)])
    assert low == Bin(0.5, 0.5, 2)
    assert (high.seen, high.cases) == (1.0, 1)
    assert high.expected == pytest.approx(0.95257413)
    assert expected_calibration_error((low, high)) == pytest.approx((1 - 0.95257413) / 3)
    assert reliability([scored(None, answerable=True)]) == ()


def test_risk_against_coverage_by_hand() -> None:
    cases = [
        scored(3, answerable=True),
        scored(2, answerable=False),
        scored(1, answerable=True, hit=False),
        scored(-1, answerable=False, said=False),
    ]
    found = risk_coverage(cases)
    assert found is not None
    assert found.coverage == (0.25, 0.5, 0.75, 1.0)
    assert found.risk == pytest.approx((0, 1 / 2, 2 / 3, 3 / 4))
    assert found.answered == 0.75
    assert found.wrong == pytest.approx(2 / 3)
    assert risk_coverage(cases[3:]) is None
