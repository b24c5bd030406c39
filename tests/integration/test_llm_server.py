"""The drafting chain through the real LangChain clients, over HTTP, against a scripted server."""

from __future__ import annotations

import logging
import socket
import threading
import time
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from groundwire.chain.answer import AnswerChain, AnswerPrompt
from groundwire.chain.models import ANTHROPIC_URL, OPENAI_URL, ModelOptions, open_chat_model
from groundwire.chain.parse import DraftReader, DraftSentence
from groundwire.chain.passages import NumberedPassage
from groundwire.chain.writer import Limits, Writer
from groundwire.domain.errors import CancelledError, ModelUnavailableError
from groundwire.prompting import load_prompt
from tests.fakes.llm_server import (
    LlmServer,
    Reply,
    breaks,
    cut_off,
    endless,
    fails,
    garbage,
    hangs,
    pings,
    says,
)

if TYPE_CHECKING:
    from collections.abc import Generator

KEY = "sk-do-not-show-me"
SAID = "Only the passage says so."
PASSAGES = (NumberedPassage(1, "A visit", "Harbour Post", "2019-06-20", SAID),)
PROVIDERS = ("openai", "ollama", "anthropic")
ONCE = Limits(first_word_s=5, next_word_s=5, total_s=20, retries=0)
IMPATIENT = Limits(first_word_s=0.5, next_word_s=0.3, total_s=20, retries=0)
EVERY_PROVIDER = pytest.mark.parametrize("provider", PROVIDERS)


def address_of(server: LlmServer, provider: str) -> str:
    return server.openai_url if provider == "openai" else server.url


def chain_to(
    server: LlmServer, provider: str, limits: Limits | None = None, api_key: str | None = KEY
) -> AnswerChain:
    options = ModelOptions(address_of(server, provider), api_key, timeout_s=10)
    spec = f"{provider}:tiny:3b"
    writer = Writer(open_chat_model(spec, options), spec, limits or ONCE)
    return AnswerChain(writer, AnswerPrompt(load_prompt("answer.v2")))


def ask(chain: AnswerChain, cancel: threading.Event | None = None) -> Generator[str]:
    return chain.stream("Who says so?", PASSAGES, cancel=cancel)


@EVERY_PROVIDER
def test_pieces_arrive_in_order_and_as_they_are_sent(provider: str) -> None:
    with LlmServer(hangs("Kim ", "left.", " [1]\n", "L")) as server:
        pieces = ask(chain_to(server, provider))
        assert [next(pieces) for _ in range(4)] == ["Kim ", "left.", " [1]\n", "L"]
        pieces.close()


@EVERY_PROVIDER
def test_sentences_are_read_while_the_model_still_writes(provider: str) -> None:
    with LlmServer(hangs("Kim left. ", "[1", "]\nLee ")) as server:
        reader = DraftReader()
        found: list[DraftSentence] = []
        pieces = ask(chain_to(server, provider))
        while not found:
            found = reader.feed(next(pieces))
        pieces.close()
    assert found == [DraftSentence("Kim left.", (1,))]


def test_what_openai_is_sent() -> None:
    with LlmServer(says("x")) as server:
        chain = chain_to(server, "openai")
        list(ask(chain))
        (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert (request.body["model"], request.body["temperature"]) == ("tiny:3b", 0)
    assert request.body["stream"] is True
    assert SAID not in request.messages[0]["content"]
    assert [m["role"] for m in request.messages] == ["system", "user"]
    assert SAID in request.messages[1]["content"]


def test_what_ollama_is_sent() -> None:
    with LlmServer(says("x")) as server:
        list(ask(chain_to(server, "ollama")))
        (request,) = server.requests
    assert request.path == "/api/chat"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.body["model"] == "tiny:3b"
    assert request.body["options"] == {"num_ctx": 8192, "temperature": 0}
    assert request.body["think"] is False
    assert [m["role"] for m in request.messages] == ["system", "user"]
    assert SAID in request.messages[1]["content"]


def test_what_anthropic_is_sent() -> None:
    with LlmServer(says("x")) as server:
        list(ask(chain_to(server, "anthropic")))
        (request,) = server.requests
    assert request.path == "/v1/messages"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert (request.body["model"], request.body["max_tokens"]) == ("tiny:3b", 1024)
    assert "know nothing but the numbered passages" in str(request.body["system"])
    assert SAID in str(request.body["messages"])


@EVERY_PROVIDER
def test_the_fence_is_a_new_one_each_time(provider: str) -> None:
    with LlmServer(says("x")) as server:
        chain = chain_to(server, provider)
        list(ask(chain))
        list(ask(chain))
        first, second = (request.messages[-1]["content"] for request in server.requests)
    assert first != second
    assert first.count("BEGIN PASSAGE") == second.count("BEGIN PASSAGE") == 1


FAILURES: dict[str, tuple[Reply, int, str]] = {
    "401": (fails(401, f"{KEY} is wrong"), 0, "did not accept the key"),
    "404": (fails(404, f"no model, {SAID}"), 0, "is not known to its server"),
    "429": (fails(429, retry_after="0.01"), 0, "is out of quota or busy"),
    "500": (fails(500, f"{KEY} {SAID}"), 0, "failed on its server"),
    "503": (fails(503), 0, "failed on its server"),
    "no JSON": (garbage(), 0, "gave an answer that cannot be read"),
    "no JSON any more": (garbage("a"), 1, "gave an answer that cannot be read"),
    "cut off at once": (cut_off(), 0, "broke off its answer"),
    "cut off": (cut_off("a", "b"), 2, "broke off its answer"),
    "error in the stream": (breaks("a"), 1, "could not answer"),
    "empty": (says(), 0, "gave an empty answer"),
    "blank": (says(" ", "\n"), 2, "gave an empty answer"),
    "silent": (hangs(), 0, "took too long"),
    "silent after a word": (hangs("a"), 1, "took too long"),
    "alive and silent": (pings(), 0, "took too long"),
    "alive and silent after a word": (pings("a"), 1, "took too long"),
}


@EVERY_PROVIDER
@pytest.mark.parametrize(("reply", "pieces", "said"), FAILURES.values(), ids=FAILURES.keys())
def test_every_failure_is_one_calm_line(
    provider: str, reply: Reply, pieces: int, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "groundwire")
    with LlmServer(reply) as server:
        limits = IMPATIENT if reply.end in {"hang", "ping"} else ONCE
        stream = ask(chain_to(server, provider, limits))
        received = [next(stream) for _ in range(pieces)]
        with pytest.raises(ModelUnavailableError) as caught:
            next(stream)
        assert len(received) == pieces
        assert len(server.requests) == 1
    assert str(caught.value) == f"the language model {provider}:tiny:3b {said}"
    assert caught.value.hint
    shown = "".join(traceback.format_exception(caught.value)) + caught.value.hint + caplog.text
    assert KEY not in shown
    assert SAID not in shown


@EVERY_PROVIDER
def test_a_server_that_is_not_there(provider: str) -> None:
    with LlmServer() as server:
        chain = chain_to(server, provider)
    with pytest.raises(ModelUnavailableError, match="cannot be reached"):
        next(ask(chain))


@EVERY_PROVIDER
def test_the_key_is_not_shown_by_the_model_nor_logged(
    provider: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with LlmServer(says("x")) as server:
        model = open_chat_model(f"{provider}:tiny", ModelOptions(address_of(server, provider), KEY))
        assert str(model.invoke("Hello").text) == "x"
        assert KEY in str(server.requests[0].headers)
    assert KEY not in f"{model!r} {model!s} {caplog.text}"


@EVERY_PROVIDER
@pytest.mark.parametrize(
    "reply", [fails(429), fails(500), fails(503), cut_off()], ids=["429", "500", "503", "cut"]
)
def test_a_failure_that_passes_is_not_noticed(provider: str, reply: Reply) -> None:
    if reply.end == "cut" and provider == "anthropic":
        reply = fails(529)  # its streams begin with an event, so a cut one has begun
    limits = replace(ONCE, retries=2)
    with LlmServer(reply, reply, says("Kim left. [1]")) as server:
        assert "".join(ask(chain_to(server, provider, limits))) == "Kim left. [1]"
        assert len(server.requests) == 3


@EVERY_PROVIDER
def test_retries_are_bounded(provider: str) -> None:
    with LlmServer(fails(500)) as server:
        with pytest.raises(ModelUnavailableError):
            list(ask(chain_to(server, provider, replace(ONCE, retries=1))))
        assert len(server.requests) == 2


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_a_server_is_left_alone_for_as_long_as_it_asks(provider: str) -> None:
    limits = replace(ONCE, retries=2)
    with LlmServer(fails(429, retry_after="1"), says("Kim left.")) as server:
        begun = time.monotonic()
        assert list(ask(chain_to(server, provider, limits))) == ["Kim left."]
        assert time.monotonic() - begun >= 1
    with LlmServer(fails(429, retry_after="3600")) as server:
        with pytest.raises(ModelUnavailableError, match="out of quota or busy"):
            list(ask(chain_to(server, provider, limits)))
        assert len(server.requests) == 1


@EVERY_PROVIDER
@pytest.mark.parametrize(
    "reply", [fails(401), fails(404), garbage(), breaks()], ids=["401", "404", "garbage", "error"]
)
def test_what_does_not_pass_is_not_tried_again(provider: str, reply: Reply) -> None:
    with LlmServer(reply) as server:
        with pytest.raises(ModelUnavailableError):
            list(ask(chain_to(server, provider, replace(ONCE, retries=5))))
        assert len(server.requests) == 1


@EVERY_PROVIDER
def test_nothing_is_asked_again_once_something_was_said(provider: str) -> None:
    with LlmServer(cut_off("Kim ")) as server:
        stream = ask(chain_to(server, provider, replace(ONCE, retries=5)))
        assert next(stream) == "Kim "
        with pytest.raises(ModelUnavailableError):
            next(stream)
        assert len(server.requests) == 1


@EVERY_PROVIDER
def test_a_draft_has_a_time_in_all(provider: str) -> None:
    slow = Limits(first_word_s=5, next_word_s=5, total_s=1, retries=5)
    with LlmServer(Reply(("word ",), endless=True, pause_s=0.1)) as server:
        with pytest.raises(ModelUnavailableError, match="took too long"):
            list(ask(chain_to(server, provider, slow)))
        assert server.hung_up.wait(5)
    with LlmServer(fails(503)) as server, pytest.raises(ModelUnavailableError):
        list(ask(chain_to(server, provider, slow)))


@EVERY_PROVIDER
@pytest.mark.parametrize(
    "reply", [hangs(), hangs("a"), pings("a")], ids=["silent", "a word", "pings"]
)
def test_cancel_hangs_up_while_nothing_arrives(provider: str, reply: Reply) -> None:
    cancel = threading.Event()
    with LlmServer(reply) as server:
        stream = ask(chain_to(server, provider), cancel)
        threading.Timer(0.3, cancel.set).start()
        with pytest.raises(CancelledError):
            list(stream)
        assert server.hung_up.wait(2)  # the time-outs are longer


@EVERY_PROVIDER
def test_cancel_ends_the_pause_before_a_further_try(provider: str) -> None:
    cancel = threading.Event()
    with LlmServer(fails(503)) as server:
        stream = ask(chain_to(server, provider, replace(ONCE, retries=10)), cancel)
        threading.Timer(0.5, cancel.set).start()
        with pytest.raises(CancelledError):
            list(stream)
        assert len(server.requests) < 5


@EVERY_PROVIDER
def test_cancel_hangs_up(provider: str) -> None:
    cancel = threading.Event()
    with LlmServer(endless("word ")) as server:
        stream = ask(chain_to(server, provider), cancel)
        next(stream)
        cancel.set()
        with pytest.raises(CancelledError):
            next(stream)
        assert server.hung_up.wait(5)


@EVERY_PROVIDER
def test_an_endless_answer_is_broken_off(provider: str) -> None:
    words = tuple(f"word {n} " for n in range(9_000))
    with LlmServer(says(*words, pause_s=0.001)) as server:
        written = "".join(ask(chain_to(server, provider)))
        assert server.hung_up.wait(5)
    assert 4_000 <= len(written) < 4_020


@EVERY_PROVIDER
def test_an_answer_that_goes_round_is_broken_off(provider: str) -> None:
    with LlmServer(endless("The passage is:\n[1]\n\n")) as server:
        written = "".join(ask(chain_to(server, provider)))
        assert server.hung_up.wait(5)
    assert len(written) < 500


@EVERY_PROVIDER
def test_slow_is_not_silent(provider: str) -> None:
    with LlmServer(says("a", "b", "c", "d", pause_s=0.3)) as server:
        patient = replace(ONCE, next_word_s=1)
        assert list(ask(chain_to(server, provider, patient))) == [*"abcd"]


def test_the_environment_redirects_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with LlmServer(says("wrong")) as other, LlmServer(says("right")) as server:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("LANGSMITH_API_KEY", KEY)
        for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "LANGSMITH_GATEWAY"):
            monkeypatch.setenv(name, other.openai_url)
        monkeypatch.setenv("OLLAMA_HOST", other.url)
        monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
        monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", KEY)
        for name in ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_URL"):
            monkeypatch.setenv(name, other.url)
        for provider in PROVIDERS:
            assert list(ask(chain_to(server, provider, api_key=None))) == ["right"]
        assert other.requests == []
        assert KEY not in str([request.headers for request in server.requests])
        usual = open_chat_model("openai:tiny", ModelOptions(api_key=KEY))
        assert getattr(usual, "openai_api_base", None) == OPENAI_URL
        usual = open_chat_model("anthropic:tiny", ModelOptions(api_key=KEY))
        assert getattr(usual, "anthropic_api_url", None) == ANTHROPIC_URL


@pytest.mark.parametrize("provider", ["openai", "ollama"])
def test_a_server_on_this_machine_is_asked_without_a_proxy(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LlmServer(says("wrong")) as proxy, LlmServer(says("right")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert list(ask(chain_to(server, provider))) == ["right"]
        assert proxy.requests == []


@EVERY_PROVIDER
def test_tracing_makes_no_call(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from langsmith import run_trees, utils

    with socket.create_server(("127.0.0.1", 0)) as collector, LlmServer(says("x")) as server:
        collector.settimeout(0.5)
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", KEY)
        monkeypatch.setenv("LANGSMITH_ENDPOINT", f"http://127.0.0.1:{collector.getsockname()[1]}")
        monkeypatch.setattr(run_trees, "_CLIENT", None)  # one of another test would go elsewhere
        utils.get_env_var.cache_clear()  # type: ignore[attr-defined]
        try:
            assert utils.tracing_is_enabled() is True
            assert list(ask(chain_to(server, provider))) == ["x"]
            with pytest.raises(TimeoutError):
                collector.accept()
        finally:
            monkeypatch.undo()
            utils.get_env_var.cache_clear()  # type: ignore[attr-defined]


@EVERY_PROVIDER
def test_the_whole_chain_runs_on_the_real_clients(provider: str) -> None:
    from groundwire.chain.retriever import HybridRetriever
    from groundwire.chain.runnable import answer_runnable
    from groundwire.domain.retrieval import Ranking

    retriever = HybridRetriever(search=lambda question: Ranking(question, ()))
    with LlmServer(says("NOT IN ", "THE DOCUMENTS")) as server:
        model = open_chat_model(f"{provider}:tiny", ModelOptions(address_of(server, provider), KEY))
        runnable = answer_runnable(retriever, model, AnswerPrompt(load_prompt("answer.v2")))
        assert runnable.invoke("Who left?") == "NOT IN THE DOCUMENTS"
        assert "Question: Who left?" in str(server.requests[0].body["messages"][-1])
