"""The ledger holds any words, shows any tampering, and its recalls are those of a fresh look."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from groundwire.domain.ledger import hash_of
from groundwire.domain.spans import Span
from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from groundwire.records.recalls import Recalls
from groundwire.records.standing import Reading, standing
from groundwire.records.versions import Versions
from groundwire.text.normalize import normalize
from tests.unit.records.ledger_samples import cite, folder, issued

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from groundwire.domain.recalls import Recall
    from groundwire.records.database import Database

WORDS = st.text(max_size=30)
SENTENCES = ("Kim left.", "Kim left in May.", "Nobody saw Kim.", "It rained on 12 May.", "Why?")
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join)
PATHS = ("a.md", "b.md")
FOLDERS = st.dictionaries(st.sampled_from(PATHS), TEXTS)
TRIGGERS = ("ledger_is_not_changed", "ledger_is_not_cut", "ledger_contents_are_not_changed")
FIELDS = (
    *(("ledger", name) for name in ("commitment", "link")),
    *(("ledger_contents", name) for name in ("salt", "content")),
    *(("ledger_citations", name) for name in ("document", "version", "quote", "index_key")),
)


@contextmanager
def records() -> Iterator[Database]:
    with (
        tempfile.TemporaryDirectory() as name,
        open_database(Path(name) / "records.sqlite3") as opened,
    ):
        yield opened


def quoting(ledger: Ledger, texts: Mapping[str, str], question: str = "") -> str:
    """Enter an answer that cites the last sentence of every text; return its id."""
    cited = [cite(path, text.rsplit(". ", 1)[-1], texts) for path, text in texts.items()]
    return ledger.append(issued(*cited, question=question), texts.values()).id


@settings(max_examples=25)
@given(st.lists(st.tuples(WORDS, FOLDERS, st.booleans()), min_size=1, max_size=6))
def test_what_is_entered_and_not_erased_is_what_is_kept(
    steps: list[tuple[str, dict[str, str], bool]],
) -> None:
    with records() as database:
        ledger = Ledger(database)
        kept: dict[str, tuple[str, dict[str, str]]] = {}
        for question, texts, erase in steps:
            anchor = ledger.anchor()
            kept[quoting(ledger, texts, question)] = (question, texts)
            if erase:
                gone = next(iter(kept))
                ledger.erase(gone)
                del kept[gone]
            assert ledger.verify_chain(anchor).sound
        listed = {entry.id: entry.issued.question for entry in reversed(ledger.listing())}
        assert listed == {name: question for name, (question, _) in kept.items()}
        texts_kept = {text for _, texts in kept.values() for text in texts.values()}
        versions = Versions(database)
        assert versions.count() == len(texts_kept)
        assert all(versions.text(hash_of(text)) == text for text in texts_kept)


@settings(max_examples=40)
@given(
    seq=st.integers(1, 4), field=st.sampled_from(FIELDS), at=st.integers(0, 60), to=st.integers(1)
)
def test_whatever_is_altered_shows(seq: int, field: tuple[str, str], at: int, to: int) -> None:
    table, column = field
    with records() as database:
        ledger = Ledger(database)
        for _ in range(4):
            quoting(ledger, {"a.md": "Kim left."}, "Who left, and when was that?")
        for trigger in TRIGGERS:
            database.rows(f"DROP TRIGGER {trigger}")
        database.rows("PRAGMA foreign_keys = OFF")
        select = f"SELECT {column} FROM {table} WHERE seq = ?"  # noqa: S608 -- fixed names
        before = database.rows(select, seq)[0][0]
        after = _altered(before, at, to)
        if column == "content":
            after = _altered_question(str(before), at, to)
        assume(after != before)
        update = f"UPDATE {table} SET {column} = ? WHERE seq = ?"  # noqa: S608 -- the same
        database.rows(update, after, seq)
        report = ledger.verify_chain()
        assert not report.sound
        assert report.breaks[0].seq == seq


def _altered(value: object, at: int, to: int) -> bytes | str:
    """Return a value with one byte or letter changed."""
    if isinstance(value, bytes):
        place = at % len(value)
        return value[:place] + bytes([to % 256]) + value[place + 1 :]
    text = str(value)
    place = at % len(text)
    return text[:place] + chr(97 + to % 26) + text[place + 1 :]


def _altered_question(content: str, at: int, to: int) -> str:
    """Return JSON with one letter of the question changed: SQLite would refuse what is none."""
    question = "Who left, and when was that?"
    return content.replace(question, str(_altered(question, at, to)))


@settings(max_examples=40)
@given(FOLDERS, st.lists(FOLDERS, min_size=1, max_size=5))
def test_step_by_step_finds_what_a_fresh_look_finds(
    texts: dict[str, str], later: list[dict[str, str]]
) -> None:
    with records() as database, records() as anew:
        ledger, recalls, answers = Ledger(database), Recalls(database), [texts]
        quoting(ledger, texts)
        for now in later:
            recalls.check_against(folder(now), "desk")
            answers.append(now)
            quoting(ledger, now)
        recalls.check_against(folder(later[-1]), "desk")
        fresh, looked = Ledger(anew), Recalls(anew)
        for each in answers:
            quoting(fresh, each)
        looked.check_against(folder(later[-1]), "desk")
        assert _broken(recalls.listing()) == _broken(looked.listing())
        assert all(recall.healed for recall in recalls.listing(healed=True) if not _open(recall))
        assert ledger.verify_chain().sound


def _open(recall: Recall) -> bool:
    return any(cause.now.broken for cause in recall.causes)


def _broken(recalls: tuple[Recall, ...]) -> set[tuple[int, str, str, str]]:
    return {
        (recall.entry.seq, cause.cited.path, cause.now.standing, cause.now.text)
        for recall in recalls
        for cause in recall.causes
        if cause.now.broken
    }


@given(st.text(max_size=60), TEXTS, st.text(max_size=60), st.data())
def test_paragraphs_around_a_text_never_break_its_quotes(
    before: str, text: str, after: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    now = normalize(f"{before}\n\n{text}\n\n{after}")
    found = standing(span.of(text), span, Reading(text), Reading(now), "a.md")
    assert found.standing in {"same", "moved"}
    assert found.span is not None
    assert found.span.of(now) == found.text == span.of(text)


@given(TEXTS, TEXTS, st.data())
def test_what_stands_stands_exactly_there(then: str, now: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(then) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(then))))
    found = standing(span.of(then), span, Reading(then), Reading(now), "a.md")
    assert (found.span.of(now) if found.span else "") == found.text
    assert (found.standing == "same") == (found.text == span.of(then) and found.span == span)
    if not found.broken:
        assert found.text == span.of(then)
