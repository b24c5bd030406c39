"""Nothing leaves the machine but the configured call: every connection of a process is watched."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.fakes.llm_server import LlmServer, says

if TYPE_CHECKING:
    from pathlib import Path

WATCHED = """
import json, sys
reached = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        reached.append([event, repr(arguments[1])])
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        reached.append([event, str(arguments[0])])
sys.addaudithook(watch)
from groundwire import Desk
with Desk.open(sys.argv[1]) as desk:
    answer = desk.ask("Who met Xi at the airport in Pyongyang?")
print(json.dumps({"reached": reached, "engine": answer.provenance.engine,
                  "warnings": answer.warnings}))
"""


def watched(index: Path, **variables: str) -> dict[str, object]:
    """Ask in a fresh process that is told of proxies and tracers, all at one listening address."""
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        trap = f"http://127.0.0.1:{elsewhere.getsockname()[1]}"
        tempting = dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"), trap)
        tempting |= {"OPENAI_BASE_URL": trap, "OLLAMA_HOST": trap, "LANGSMITH_ENDPOINT": trap}
        tempting |= {"LANGSMITH_TRACING": "true", "LANGSMITH_API_KEY": "ls-key"}
        done = subprocess.run(
            [sys.executable, "-c", WATCHED, str(index)],
            env={**os.environ, **tempting, **variables},  # noqa: TID251 -- the child needs a home
            capture_output=True,
            text=True,
            check=True,
        )
        elsewhere.settimeout(0.1)
        with pytest.raises(TimeoutError):
            elsewhere.accept()
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_without_a_model_no_connection_is_opened(sample_index: Path) -> None:
    told = watched(sample_index)
    assert told["engine"] == "extractive"
    assert told["reached"] == []


@pytest.mark.parametrize("provider", ["openai", "ollama"])
def test_with_a_model_only_its_address_is_reached(sample_index: Path, provider: str) -> None:
    true = "Xi was met at the airport by North Korean leader Kim Jong Un and his wife, Ri Sol Ju."
    with LlmServer(says(true, " [1]")) as server:
        told = watched(
            sample_index,
            GROUNDWIRE_LLM=f"{provider}:scripted",
            GROUNDWIRE_MODEL__BASE_URL=server.openai_url if provider == "openai" else server.url,
        )
        port = server.url.rpartition(":")[2]
        assert len(server.requests) == 1
    reached = told["reached"]
    assert isinstance(reached, list)
    connected = [where for event, where in reached if event == "socket.connect"]
    assert connected == [f"('127.0.0.1', {port})"]
    assert {where for event, where in reached if event != "socket.connect"} <= {"127.0.0.1"}
