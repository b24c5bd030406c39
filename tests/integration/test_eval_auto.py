"""``eval --auto`` on a story: judged, fitted, kept, told and forgotten again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from groundwire.answer.linear import coefficients
from groundwire.answer.threshold import default_threshold
from groundwire.domain.calibration import Calibration
from groundwire.domain.errors import GroundwireError, NotFoundError, StoreError
from groundwire.evaluate.auto import judging
from groundwire.evaluate.auto.fitting import Fitted
from groundwire.evaluate.auto.judging import judge
from groundwire.interfaces.cli import auto_evaluating
from groundwire.interfaces.cli.auto_evaluating import judge_folder
from groundwire.interfaces.cli.globals import Globals
from tests.integration.conftest import CORPUS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.evaluate.auto.judging import Judgement

FITTED = Calibration(0.5, "", "2024-05-01T12:00:00+00:00", 5, 40, 50, 0.9, 0.8, 0.85, 0.8)
BETTER = Fitted(0.5, -1.0, 40, 50, 0.9, 0.8, 0.85, 0.8, (0.01, 0.09))


pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="session")
def story_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index of one story of the sample corpus."""
    folder = tmp_path_factory.mktemp("story") / "index"
    with Desk.open(folder) as opened:
        opened.sync([CORPUS / "ever-given"])
    return folder


@pytest.fixture
def index(story_index: Path, tmp_path: Path) -> Path:
    """Return a copy of that index."""
    return Path(shutil.copytree(story_index, tmp_path / "own"))


@pytest.fixture
def desk(index: Path) -> Iterator[Desk]:
    with Desk.open(index) as opened:
        yield opened


def auto(index: Path, folder: Path | None = None, *, dry_run: bool = False, **files: Path) -> None:
    judge_folder(
        Globals(index_dir=index, quiet=True),
        folder,
        dry_run=dry_run,
        output=files.get("output"),
        html=files.get("html"),
        json=True,
    )


@pytest.fixture(scope="session")
def judgement(story_index: Path) -> Judgement:
    with Desk.open(story_index) as opened:
        return judge(opened, default_threshold())


@pytest.fixture
def as_judged(judgement: Judgement, monkeypatch: pytest.MonkeyPatch) -> Judgement:
    """Judge once for all tests: what differs is the threshold that came out of it."""
    monkeypatch.setattr(judging, "judge", lambda *_arguments: judgement)
    return judgement


def threshold_finding(desk: Desk) -> tuple[str, str]:
    (found,) = (each for each in desk.doctor() if each.check == "threshold")
    return found.status, found.message


def test_a_story_is_judged_whole(judgement: Judgement) -> None:
    assert {put.question.way for put in judgement.asked} >= {"as it is", "left out"}
    assert all(put.exact for put in judgement.asked)
    changed = [each for each in judgement.checked if each.change != "none"]
    assert changed
    as_they_stand = [each for each in judgement.checked if each.change == "none"]
    assert all(each.right for each in as_they_stand)
    assert sum(each.right for each in changed) >= 0.9 * len(changed)
    assert all(each.right for each in judgement.kept)
    headlines = [each for each in judgement.sought if each.by == "headline"]
    assert sum(each.rank is not None for each in headlines) >= 0.9 * len(headlines)


def test_nothing_cited_lies_outside_a_question_s_scope(judgement: Judgement) -> None:
    assert not any(put.right for put in judgement.asked if put.question.way == "left out")


def test_a_better_threshold_is_stored_and_told(
    index: Path,
    as_judged: Judgement,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    better = replace(as_judged, fitted=BETTER)
    monkeypatch.setattr(judging, "judge", lambda *_arguments: better)
    auto(index, output=tmp_path / "auto.json", html=tmp_path / "auto.html")
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((tmp_path / "auto.json").read_text())
    assert printed["stored"] is True
    assert printed["threshold"]["threshold"] == 0.5
    assert "<script" not in (tmp_path / "auto.html").read_text()
    with Desk.open(index) as desk:
        kept = desk.calibration()
        assert kept is not None
        assert (kept.threshold, kept.coefficients) == (0.5, coefficients())
        assert threshold_finding(desk)[0] == "ok"
        assert "0.50" in threshold_finding(desk)[1]


def test_a_dry_run_stores_nothing(
    index: Path, as_judged: Judgement, monkeypatch: pytest.MonkeyPatch
) -> None:
    better = replace(as_judged, fitted=BETTER)
    monkeypatch.setattr(judging, "judge", lambda *_arguments: better)
    auto(index, dry_run=True)
    with Desk.open(index) as desk:
        assert desk.calibration() is None


def test_one_that_is_no_better_gives_way_to_the_default(
    index: Path,
    as_judged: Judgement,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Desk.open(index) as desk:
        desk.calibrate(replace(FITTED, coefficients=coefficients()))
    same = replace(as_judged, fitted=replace(BETTER, gain=(-0.01, 0.02)))
    monkeypatch.setattr(judging, "judge", lambda *_arguments: same)
    auto(index)
    assert "the default is kept" in json.loads(capsys.readouterr().out)["why"]
    with Desk.open(index) as desk:
        assert desk.calibration() is None


def test_a_table_says_it_in_words(
    index: Path, as_judged: Judgement, capsys: pytest.CaptureFixture[str]
) -> None:
    assert as_judged.asked
    options = Globals(index_dir=index, quiet=True, plain=True)
    judge_folder(options, None, dry_run=True, output=None, html=None, json=False)
    said = capsys.readouterr().out
    assert "Where these documents are weak" in said
    assert "The threshold of abstention" in said


def test_a_folder_that_is_not_there_is_an_error(index: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such folder"):
        auto(index, tmp_path / "nowhere")


def test_an_index_without_documents_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(GroundwireError):
        auto(tmp_path / "new", tmp_path / "empty")


def test_a_folder_beside_the_user_s_index_is_judged_apart(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_judged: Judgement
) -> None:
    better = replace(as_judged, fitted=BETTER)
    monkeypatch.setattr(judging, "judge", lambda *_arguments: better)
    monkeypatch.setenv("GROUNDWIRE_INDEX__DIR", str(index))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.md").write_text("# A\n\nThe kiosk closes at nine.\n")
    judge_folder(
        Globals(quiet=True), tmp_path / "other", dry_run=False, output=None, html=None, json=True
    )
    with Desk.open(index) as desk:
        assert desk.calibration() is None
        assert "other" not in {info.path for info in desk.docs()}
        assert len(desk.docs()) > 1


def test_another_build_s_threshold_is_not_in_force_and_the_doctor_says_so(desk: Desk) -> None:
    desk.calibrate(replace(FITTED, coefficients="another"))
    assert desk.calibration() is None
    status, message = threshold_finding(desk)
    assert status == "warning"
    assert "not used" in message


def test_the_doctor_tells_of_growth(desk: Desk) -> None:
    assert threshold_finding(desk)[0] == "ok"
    desk.calibrate(replace(FITTED, coefficients=coefficients(), documents=1))
    status, message = threshold_finding(desk)
    assert status == "warning"
    assert "there are more now" in message


def test_a_threshold_of_another_generation_is_refused(desk: Desk) -> None:
    with pytest.raises(StoreError, match="built anew"):
        desk.calibrate(FITTED, generation="another")
    assert desk.calibration() is None


def test_a_rebuild_drops_another_build_s_threshold(desk: Desk) -> None:
    own = replace(FITTED, coefficients=coefficients())
    desk.calibrate(own)
    desk.sync(rebuild=True)
    assert desk.calibration() == own
    desk.calibrate(replace(FITTED, coefficients="another"))
    desk.sync(rebuild=True)
    (message,) = (each.message for each in desk.doctor() if each.check == "threshold")
    assert message.startswith("the default")


def test_the_module_says_why_nothing_was_fitted(
    index: Path, as_judged: Judgement, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(as_judged, fitted=None)
    monkeypatch.setattr(judging, "judge", lambda *_arguments: few)
    told: list[str] = []
    monkeypatch.setattr(
        auto_evaluating,
        "_write",
        lambda _options, report, *_files, **_form: told.append(report.why),
    )
    auto(index)
    assert "too few questions" in told[0]
