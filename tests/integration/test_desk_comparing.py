"""``Desk.compare`` on the sample corpus and on files beside the index."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk, GroundwireError, Scope
from tests.integration.conftest import CORPUS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST = "2022-01-18-quay-line-approved.md"
CORRECTED = "2022-01-20-quay-line-approved-corrected.md"
WIRE = "2019-06-20-xi-arrives-pyongyang.md"


@pytest.fixture
def desk(sample_index: Path) -> Iterator[Desk]:
    with Desk.open(sample_index) as opened:
        yield opened


def test_the_corrected_tram_story(desk: Desk) -> None:
    found = desk.compare(FIRST, CORRECTED)
    assert found.label == "versions"
    numbers = [(each.before, each.after) for each in found.changes if each.kind == "number"]
    assert numbers == [("nine", "eight"), ("six", "seven"), ("eleven", "nine")]
    added = [each.after for each in found.changes if each.kind == "added"]
    assert added[0].startswith("Correction, 20 January 2022")
    assert not [each for each in found.changes if each.kind == "removed"]


def test_a_trimmed_wire_story_is_a_copy_without_new_words(desk: Desk) -> None:
    found = desk.compare(WIRE, "2019-06-20-rare-welcome-for-xi.md")
    assert found.label == "copies"
    assert {each.kind for each in found.changes} == {"removed"}


def test_a_reworded_wire_story_is_a_copy(desk: Desk) -> None:
    found = desk.compare(WIRE, "2019-06-21-xi-ends-long-gap.md")
    assert found.label == "copies"
    (added,) = [each for each in found.changes if each.kind == "added"]
    assert "Rodong Sinmun" in added.after


def test_two_outlets_on_one_march(desk: Desk) -> None:
    found = desk.compare(
        "2022-10-08-library-march-organisers.md", "2022-10-09-library-march-council-count.md"
    )
    assert found.label == "reports"
    values = [{each.value_text for each in found.statements} for found in found.conflicts]
    assert any("900" in "".join(pair) and "350" in "".join(pair) for pair in values)
    assert any("parrot" in each.value_text for each in found.only_left)
    assert any("pigeons" in each.value_text for each in found.only_right)
    for each in (*found.only_left, *found.only_right):
        text = desk.show(each.citation.path).text
        assert each.citation.span.of(text) == each.citation.quote


def test_articles_of_two_beats_are_unrelated(desk: Desk) -> None:
    found = desk.compare("2019-06-12-kim-letter-trump.md", "2021-07-08-ship-released.md")
    assert (found.label, found.agreements, found.conflicts) == ("unrelated", (), ())


def test_a_file_outside_the_index_against_one_inside(desk: Desk, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    stored = (CORPUS / "city-council" / CORRECTED).read_text(encoding="utf-8")
    draft.write_text(stored.replace("nine stops.", "ten stops."), encoding="utf-8")
    found = desk.compare(CORRECTED, str(draft))
    assert found.label == "versions"
    assert [(each.before, each.after) for each in found.changes] == [("nine", "ten")]


def test_two_files_need_no_index(tmp_path: Path) -> None:
    for name, cost in (("one.txt", "£84m"), ("two.txt", "£97m")):
        text = f"The bridge at Leith will cost {cost} and open in May, the mayor said on Monday. "
        (tmp_path / name).write_text(text + "Nobody had asked for it. " * 12, encoding="utf-8")
    with Desk.open(tmp_path / "none") as desk:
        found = desk.compare(str(tmp_path / "one.txt"), str(tmp_path / "two.txt"))
        assert [(each.kind, each.before, each.after) for each in found.changes] == [
            ("number", "£84m", "£97m")
        ]
        with pytest.raises(GroundwireError, match="no index"):
            desk.compare(str(tmp_path / "one.txt"), "nothing")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("table.xlsx", b"PK\3\4", "no loader for .xlsx"),
        ("blank.md", b"---\ntitle: x\n---\n", "blank.md"),
    ],
)
def test_a_file_that_is_no_document(
    desk: Desk, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GroundwireError, match=message):
        desk.compare(FIRST, str(tmp_path / name))


@pytest.mark.parametrize("name", ["nothing.md", "", "*", "a\0b", "~nobody/x.md"])
def test_a_name_of_no_document_or_of_several(desk: Desk, name: str) -> None:
    with pytest.raises(GroundwireError, match="document"):
        desk.compare(FIRST, name)


def test_a_document_outside_the_scope(desk: Desk) -> None:
    with pytest.raises(GroundwireError, match="no document is called"):
        desk.compare(FIRST, CORRECTED, scope=Scope(until=date(2022, 1, 19)))
