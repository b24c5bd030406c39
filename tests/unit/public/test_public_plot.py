"""The drawing of an ablation: every step, every value, and nothing that is no XML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from eval.public.plot import Step, main, read_steps, step_of_report, svg

if TYPE_CHECKING:
    from pathlib import Path

STEPS = (
    Step("words & <stems>", {"recall": 0.5, "map": 0.25}, 10.0),
    Step("+ vectors", {"recall": 0.75}, 20.0),
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(steps: tuple[Step, ...], *figures: str) -> ET.Element:
    return ET.fromstring(svg(steps, figures))  # noqa: S314 -- written by the project


def test_every_step_and_value_is_drawn() -> None:
    picture = drawn(STEPS, "recall", "map")
    texts = [element.text for element in picture.iter(f"{SVG}text")]
    assert {"words & <stems>", "+ vectors", "recall", "map", "cost, ms"} <= set(texts)
    assert [text for text in texts if text and text[0] == "."] == [".500", ".750", ".250"]
    assert {"10.0", "20.0"} <= set(texts)


def test_more_is_further_right_and_a_dearer_step_has_a_longer_bar() -> None:
    picture = drawn(STEPS, "recall")
    places = [float(dot.attrib["cx"]) for dot in picture.iter(f"{SVG}circle")]
    assert places[0] < places[1]
    lengths = [float(bar.attrib["width"]) for bar in picture.iter(f"{SVG}rect")]
    assert lengths[1] == pytest.approx(2 * lengths[0])


def test_nothing_is_drawn_outside() -> None:
    picture = drawn(STEPS, "recall", "map")
    width = float(picture.attrib["width"])
    for dot in picture.iter(f"{SVG}circle"):
        assert 0 < float(dot.attrib["cx"]) < width


def test_one_value_alone_and_no_cost() -> None:
    picture = drawn((Step("only", {"recall": 1.0}, None),), "recall")
    texts = [element.text for element in picture.iter(f"{SVG}text")]
    assert texts == ["only", "recall", "1.000"]


def test_steps_come_from_a_list_or_from_reports(tmp_path: Path) -> None:
    listed = tmp_path / "steps.json"
    listed.write_text('[{"step": "one", "figures": {"recall": 0.5}, "cost_ms": 3}]')
    assert read_steps(listed) == (Step("one", {"recall": 0.5}, 3),)
    report = tmp_path / "report.json"
    retrieval = {
        "all": {"recall": {"value": 0.9}, "search_ms_p50": {"value": 7.0}},
        "temporal_query": {"recall": {"value": 0.8}},
    }
    report.write_text(json.dumps({"figures": {"news": {"retrieval": retrieval}}}))
    step = step_of_report("two", report)
    assert step.cost_ms == 7
    assert step.figures["news.recall"] == 0.9
    assert step.figures["news.temporal_query.recall"] == 0.8


def test_the_command_writes_a_file_and_names_what_it_does_not_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, out = tmp_path / "steps.json", tmp_path / "out.svg"
    listed.write_text('[{"step": "one", "figures": {"recall": 0.5}, "cost_ms": 3}]')
    main([str(out), str(listed), "--figures", "recall"])
    assert out.read_text().startswith("<svg ")
    with pytest.raises(SystemExit):
        main([str(out), str(listed), "--figures", "precision"])
    assert "no step has precision; there are: recall" in capsys.readouterr().err
