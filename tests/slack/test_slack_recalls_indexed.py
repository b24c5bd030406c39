"""A recall from end to end: real documents, a real index, another process that indexes."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from groundwire import Desk
from groundwire.interfaces.slack.scopes import scopes_of
from tests.slack.block_rules import texts_of
from tests.slack.conftest import running_bot
from tests.slack.guarded_corpus import OPEN, OPEN_STORIES, SECRET_STORIES, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.slack.fake_slack import FakeSlack
    from tests.slack.fake_workspace import Message

QUESTION = "How many people were taken to hospital in Marlow Haven?"


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Documents in a folder, indexed, with a home of their own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = lay_out(tmp_path / "documents", (*OPEN_STORIES[:1], *SECRET_STORIES[:1]))
    with Desk.open(tmp_path / "index") as desk:
        desk.sync([folder])
    return folder


@pytest.fixture
def desk(documents: Path) -> Iterator[Desk]:
    with Desk.open(documents.parent / "index") as desk:
        yield desk


def index(documents: Path) -> None:
    """Index in another process."""
    folder = documents.parent / "index"
    command = [sys.executable, "-m", "groundwire", "--index-dir", str(folder), "index"]
    subprocess.run([*command, str(documents)], check=True, capture_output=True)


def rewrite(documents: Path, before: str, after: str) -> None:
    for path in documents.rglob("*.md"):
        text = path.read_text("utf-8")
        path.write_text(text.replace(before, after), "utf-8")


def words(shown: Message) -> str:
    return "\n".join(texts_of(shown.blocks))


def test_what_another_process_indexed_is_told_in_the_thread_and_is_then_no_news(
    own_slack: FakeSlack, desk: Desk, documents: Path
) -> None:
    channel = own_slack.channel()
    options: dict[str, Any] = {"recall_seconds": 0.1, "scopes": scopes_of(default=OPEN)}
    records = documents.parent / "groundwire" / "groundwire.sqlite3"
    with running_bot(own_slack, desk, records, **options):
        own_slack.mention(channel, QUESTION)
        (answer,) = own_slack.wait_for_messages(channel, seconds=20)
        assert "Twelve people were taken to hospital" in words(answer)
        rewrite(documents, "Twelve people were taken", "Fourteen people were taken")
        index(documents)
        notice = own_slack.wait_for_messages(channel, 2, 20)[1]
        own_slack.wait(lambda: not desk.recalls(untold="slack"), "it to be noted")
    told = words(notice)
    assert notice.thread == answer.thread
    assert QUESTION in told
    assert "Twelve people were taken to hospital" in told
    assert "¶ 2, now says:" in told
    assert "Fourteen people were taken to hospital" in told
    assert not {"Draft", "Zephyrine", "nurse"} & set(told.split())
    (recall,) = desk.recalls()
    assert recall.told == ("slack",)
    assert recall.entry.id in told
