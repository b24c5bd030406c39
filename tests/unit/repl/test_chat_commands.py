"""Each command of the chat, on a scripted desk."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import CancelledError, NotFoundError, UsageError
from groundwire.domain.retrieval import Scope
from groundwire.domain.summaries import Topic
from groundwire.interfaces.repl.commands import COMMANDS, UnknownCommandError, find
from groundwire.interfaces.repl.prompt import Interrupted
from groundwire.interfaces.repl.running import Left
from tests.fakes.chat import answer_text, chat
from tests.fakes.desk import LETTER_STORY, TRADE_STORY

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.interfaces.repl.commands import Command
    from tests.fakes.chat import Around

TRADE = TRADE_STORY.hit().document
LETTER = LETTER_STORY.hit().document


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_found_by_its_name_and_has_help(around: Around, command: Command) -> None:
    name = command.name
    assert find(name) is command
    chat(around, f"/help {name}", f"/help /{name}")
    shown = around.out.results
    assert shown[0] == shown[1]
    assert shown[0].startswith(f"/{name}")


@pytest.mark.parametrize(
    ("word", "name"), [("su", "summarize"), ("se", ""), ("op", "open"), ("exit", "quit")]
)
def test_the_only_command_that_begins_so_is_meant(word: str, name: str) -> None:
    if name:
        assert find(word).name == name
        return
    with pytest.raises(UnknownCommandError) as told:
        find(word)
    assert told.value.hint == "/search, /sessions, /set"


def test_an_unknown_command_is_told_with_the_nearest_and_the_chat_goes_on(around: Around) -> None:
    chat(around, "/sumarise x", "Who?", interactive=False)
    assert around.out.messages[:2] == [
        "groundwire: /sumarise: unknown command",
        "(did you mean /summarize? /help lists all)",
    ]
    assert "China accounts" in around.out.printed


def test_a_question_is_answered_kept_and_part_of_the_next_one(around: Around) -> None:
    repl = chat(around, "Who traded?", "", "   ", "And then?")
    assert "China accounts" in around.out.results[0]
    (_, first), (_, second) = around.desk.asked
    assert first == ()
    assert [turn.text for turn in second] == ["Who traded?", answer_text("Who traded?")]
    assert repl.state.session is not None
    kept = around.kept.exchanges(repl.state.session)
    assert [(each.number, each.question, each.kind) for each in kept] == [
        (1, "Who traded?", "answer"),
        (2, "And then?", "answer"),
    ]
    assert repl.state.title == "Who traded?"


def test_two_slashes_ask_what_begins_with_one(around: Around) -> None:
    chat(around, "//etc is what?")
    assert around.desk.asked[0][0] == "/etc is what?"


@pytest.mark.parametrize("word", ["/quit", "/exit", "quit", "exit"])
def test_leaving(around: Around, word: str) -> None:
    chat(around, word, "never asked")
    assert around.desk.asked == []


def test_the_end_of_input_leaves(around: Around) -> None:
    chat(around)
    assert around.out.results == []


def test_ctrl_c_at_the_prompt_gives_the_hint_and_goes_on(around: Around) -> None:
    chat(around, Interrupted(), Interrupted(), "Who?")
    assert around.out.messages == ["(Ctrl-D or /quit to leave)"] * 2
    assert len(around.desk.asked) == 1


def test_ctrl_c_in_a_command_stops_it_and_a_second_one_leaves(
    around: Around, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_scope: object = None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(around.desk, "docs", interrupted)
    with pytest.raises(Left):
        chat(around, KeyboardInterrupt(), "/docs", Interrupted(), "never asked")
    assert around.out.messages == ["(Ctrl-D or /quit to leave)", "(stopped)"]
    assert around.desk.asked == []


def test_a_failure_is_one_line_and_the_chat_goes_on(around: Around) -> None:
    chat(around, "unindexed?", "boom?", "Who?")
    assert around.out.messages == [
        "groundwire: no index in /home/someone (unindexed?)",
        "(/reindex FOLDER makes one)",
        "groundwire: something went wrong inside (RuntimeError)",
        "(the chat goes on; please report it)",
    ]
    assert "China accounts" in around.out.printed


def test_a_pipe_stops_at_the_first_failure(around: Around) -> None:
    with pytest.raises(NotFoundError):
        chat(around, "/resume nobody", "never asked", interactive=False)
    assert around.desk.asked == []


def test_mentioned_documents_are_the_scope_of_that_question_alone(around: Around) -> None:
    chat(around, f"/scope {LETTER.path}", f'@"{TRADE.title}" Who traded?', "And then?")
    scopes = [scope.documents for scope, _ in around.desk.scopes if scope]
    assert scopes == [(TRADE.path,), (LETTER.path,)]
    assert around.desk.asked[0][0] == "Who traded?"
    assert f"(only in “{TRADE.title}”, {TRADE.path})" in around.out.messages


def test_a_mention_that_names_no_document_stays_a_word(around: Around) -> None:
    chat(around, "Who is @nobody?")
    assert around.desk.asked[0][0] == "Who is @nobody?"
    assert "@nobody is taken as a word" in around.out.told


@pytest.mark.parametrize(
    ("turns", "scope"),
    [
        ((f"/scope @{LETTER.id[:1]}",), Scope()),
        ((f'/scope @"{LETTER.path}"',), Scope((LETTER.path,))),
        ((f"/scope {LETTER.title}",), Scope((LETTER.path,))),
        (
            (f'/scope "{LETTER.title}" "{TRADE.title}"',),
            Scope((LETTER.path, TRADE.path)),
        ),
        (("/since 2019-06-20",), Scope(since=date(2019, 6, 20))),
        (("/until 2019-06-20",), Scope(until=date(2019, 6, 20))),
        (("/as-of 2019-06-20",), Scope(as_of=date(2019, 6, 20))),
        (("/as-of 2019-06-20", "/as-of clear"), Scope()),
        (("/since 2019-06-20", "/until 2019-06-01"), Scope(since=date(2019, 6, 20))),
        (("/since yesterday",), Scope()),
        (("/source meridian wire",), Scope(sources=("Meridian Wire",))),
        (
            ('/source "Meridian Wire" "The Harbour Post"',),
            Scope(sources=("Meridian Wire", "The Harbour Post")),
        ),
        (("/source Meridian Wir",), Scope()),
        (("/source Meridian Wire", "/since 2019-06-20", "/scope clear"), Scope()),
        (("/scope", "/since", "/source"), Scope()),
        (("/scope *.txt",), Scope()),
    ],
)
def test_filters_are_set_shown_and_lifted(
    around: Around, turns: tuple[str, ...], scope: Scope
) -> None:
    repl = chat(around, *turns, "Who?")
    assert repl.state.scope == scope
    assert around.desk.scopes == [(scope, None)]
    assert around.out.messages


def test_what_limits_questions_is_told_in_words(around: Around) -> None:
    chat(around, "/source Meridian Wire", "/since 2019-06-20", "/scope")
    assert around.out.messages == [
        "Scope: Meridian Wire",
        "Scope: Meridian Wire; since 2019-06-20",
        "Scope: Meridian Wire; since 2019-06-20",
    ]


def test_the_nearest_outlet_is_offered(around: Around) -> None:
    chat(around, "/source Meridian Wir")
    assert "(see: /docs)" not in around.out.messages
    assert "Meridian Wire?" in around.out.told


def test_the_last_question_is_asked_again_without_filters(around: Around) -> None:
    chat(around, "Who?", "/filters lift", "And?", "/filters off", "And now?", "/filters on", "So?")
    assert [filters for _, filters in around.desk.scopes] == [None, False, None, False, True]
    history = [said for _, said in around.desk.asked]
    assert history[0] == history[1] == ()
    assert len(history[2]) == 2
    assert "Questions are not read for filters." in around.out.messages


def test_retry_asks_again_with_the_filters_of_now(around: Around) -> None:
    chat(around, "/retry", "Who?", "/since 2019-06-20", "/retry")
    assert around.out.messages[0] == "groundwire: there is no question to ask again"
    assert [question for question, _ in around.desk.asked] == ["Who?", "Who?"]
    assert [said for _, said in around.desk.asked] == [(), ()]
    assert around.desk.scopes[1][0] == Scope(since=date(2019, 6, 20))
    assert "/retry asks the last question again." in around.out.messages


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("/summarize a.md", (("a.md",), None, "brief")),
        ("/summarize @a.md b.md short", (("a.md", "b.md"), 3, "brief")),
        (f"/summarize {LETTER.title} bullets long", (LETTER.id, 12, "bullets")),
        ("/summarize topic:the trade war tldr", (Topic("the trade war"), None, "tldr")),
        ("/summarize all medium", (None, 6, "brief")),
        ("/timeline topic:Xi", (Topic("Xi"), None, "timeline")),
    ],
)
def test_summaries(around: Around, typed: str, called: tuple[object, ...]) -> None:
    repl = chat(around, typed)
    assert around.desk.calls == [("summarize", *called, Scope())]
    assert "Not represented" in around.out.printed or "Stands on" in around.out.printed
    assert repl.state.session is not None
    (kept,) = around.kept.exchanges(repl.state.session)
    assert (kept.kind, kept.question) == ("summary", typed)
    assert around.out.progressed


def test_a_summary_needs_a_target_or_a_scope(around: Around) -> None:
    chat(around, "/summarize", "/summarize topic:", "/since 2019-06-20", "/summarize")
    assert [call[1] for call in around.desk.calls] == [None]
    assert "groundwire: say what to summarize" in around.out.messages
    assert "groundwire: the topic is empty" in around.out.messages


@pytest.mark.parametrize(
    ("typed", "called", "kind"),
    [
        ('/compare "one title" @b.md', ("compare", "one title", "b.md", None), "comparison"),
        ("/quote “It's so,” said Lee", ("quote", "“It's so,” said Lee", Scope()), "quote"),
        ("/check Lee's here.", ("check", "Lee's here.", Scope()), "check"),
    ],
)
def test_comparisons_quotations_and_checks(
    around: Around, typed: str, called: tuple[object, ...], kind: str
) -> None:
    repl = chat(around, typed, "/open 1", "/copy")
    assert around.desk.calls == [called]
    assert repl.state.session is not None
    (kept,) = around.kept.exchanges(repl.state.session)
    assert (kept.kind, kept.question) == (kind, typed)
    assert "Sources:" not in kept.text
    assert len(around.out.results) >= 2


@pytest.mark.parametrize("typed", ["/compare a", "/compare a b c", "/quote", "/check", "/search"])
def test_commands_without_what_they_need_say_how(around: Around, typed: str) -> None:
    chat(around, typed)
    assert around.desk.calls == []
    assert len(around.out.messages) == 2


def test_looking_before_anything_was_asked(around: Around) -> None:
    chat(around, "/sources", "/open 1", "/why", "/copy", "/feedback up", interactive=False)
    assert around.out.messages[:4] == ["There is no answer yet."] * 4


def test_the_passages_behind_an_answer(around: Around) -> None:
    chat(around, "Who?", "/sources 2", "/sources [1]", "/sources 9", "/sources x")
    second, first = (text for text in around.out.results if text.startswith("["))
    assert LETTER_STORY.text in second
    assert TRADE_STORY.text in first
    assert "groundwire: the last result has no [9]" in around.out.messages
    assert "(there are 1 to 2)" in around.out.messages


def test_the_article_behind_an_answer_is_printed_where_there_is_no_pager(around: Around) -> None:
    chat(around, "Who?", "/open 2", "/open 7")
    assert f"[[{LETTER_STORY.text}]]" in around.out.printed
    assert "groundwire: the last result has no [7]" in around.out.messages


def test_the_closest_passages_of_an_abstention_can_be_opened(around: Around) -> None:
    chat(around, "abstain?", "/open 1")
    assert f"[[{TRADE_STORY.text}]]" in around.out.printed


def test_why_is_of_answers_alone(around: Around) -> None:
    chat(around, "Who?", "/why", "/check it", "/why")
    assert "Made by" in around.out.printed
    assert "groundwire: only of answers it is known how they came about" in around.out.messages


def test_documents_families_and_passages(around: Around) -> None:
    chat(around, "/docs harbour", "/docs", "/families", "/search trade")
    harbour, both, families, passages = around.out.results
    assert LETTER.title not in harbour
    assert LETTER.title in both
    assert LETTER.title in families
    assert TRADE_STORY.text in passages
    assert around.out.messages[0] == "1 document"


def test_an_index_is_brought_up_to_date(around: Around) -> None:
    repl = chat(around, '/reindex "my docs" b', "/reindex")
    assert around.desk.calls == [("sync", ["my docs", "b"]), ("sync", None)]
    assert around.out.messages[0] == "1 added, 0 changed, 0 removed, 1 unchanged, 0 skipped"
    assert repl.state.changed == 0


def test_settings_are_shown_and_changed(around: Around) -> None:
    chat(around, "/config", "/config width", "/set top_k 5", "/set top_k", "/set tpo_k 5")
    assert around.out.results == [
        "retrieval.top_k = 10 (default)",
        "display.width = 100 (config.toml)",
        "display.width = 100 (config.toml)",
    ]
    assert around.loaded.settings.retrieval.top_k == 5
    assert around.out.messages[0] == "retrieval.top_k = 5, until you leave"
    assert "unknown setting" in around.out.told


def test_a_session_is_left_listed_and_gone_on_with(around: Around) -> None:
    repl = chat(around, "Who?", "/new", "What?", "/sessions", "/resume Who?", "And?")
    assert [question for question, _ in around.desk.asked] == ["Who?", "What?", "And?"]
    assert around.desk.asked[1][1] == ()
    assert [turn.text for turn in around.desk.asked[2][1]] == ["Who?", answer_text("Who?")]
    assert "“Who?”, 1 exchange" in around.out.messages
    listed = {info.title: info.exchanges for info in around.kept.listing()}
    assert listed == {"Who?": 2, "What?": 1}
    assert repl.state.title == "Who?"
    shown = next(text for text in around.out.results if text.startswith("> Who?"))
    assert "China accounts" in shown


def test_a_session_is_exported(around: Around, tmp_path: Path) -> None:
    target = tmp_path / "my chat.json"
    chat(around, "/export x.md", "Who?", f"/export {target}", "/export x.docx")
    exported = json.loads(target.read_text(encoding="utf-8"))
    assert exported["exchanges"][0]["question"] == "Who?"
    assert "groundwire: nothing was said yet that could be exported" in around.out.messages
    assert f"written to {target}" in around.out.messages


def test_feedback_is_kept_with_the_exchange(around: Around) -> None:
    repl = chat(around, "Who?", "/feedback down too short, really", "/feedback sideways")
    assert repl.state.last is not None
    (kept,) = around.kept.feedback_listing()
    assert (kept.verdict, kept.reason, kept.number) == ("down", "too short, really", 1)
    assert "groundwire: up or down" in around.out.messages


def test_nothing_is_kept_where_nothing_is_to_be(around: Around) -> None:
    from groundwire.interfaces.repl.repl import Repl
    from groundwire.interfaces.repl.state import State
    from tests.fakes.chat import Typed

    Repl(around, Typed("Who?", "/feedback up"), State(saves=False), interactive=True).loop()
    assert not around.records.exists()
    assert "There is no saved answer to say it of." in around.out.messages


def test_what_changed_since_indexing_is_told_once(around: Around) -> None:
    from groundwire.interfaces.repl.repl import Repl
    from groundwire.interfaces.repl.state import State
    from tests.fakes.chat import Typed

    Repl(around, Typed("Who?", "And?"), State(changed=3), interactive=True).loop()
    told = [text for text in around.out.messages if "changed" in text]
    assert told == ["(3 files changed since indexing; /reindex reads them)"]


def test_a_stop_in_a_pipe_ends_it(around: Around, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise CancelledError

    monkeypatch.setattr("groundwire.interfaces.repl.questions.run", stop)
    with pytest.raises(CancelledError):
        chat(around, "Who?", "never asked", interactive=False)
    chat(around, "Who?", "/quit")
    assert around.out.messages[-1] == "(stopped)"


def test_a_question_needs_more_than_a_document(around: Around) -> None:
    with pytest.raises(UsageError, match="no question"):
        chat(around, f'@"{TRADE.title}"', interactive=False)
