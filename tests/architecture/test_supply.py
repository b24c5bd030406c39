"""The checks of the locked packages: licences, the bill of materials, advisories."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from tests.architecture import audit, licences, sbom
from tests.architecture.packages import RUNTIME, Package, locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PLAIN = Package("plain", "1.0", frozenset({RUNTIME}), "MIT")


def package(expression: str = "", *words: str, name: str = "some") -> Package:
    return Package(name, "1.0", frozenset({RUNTIME}), expression, words)


@pytest.fixture(scope="module")
def packages() -> tuple[Package, ...]:
    return locked()


def test_every_locked_package_is_permitted(packages: tuple[Package, ...]) -> None:
    assert list(licences.problems(packages)) == []
    needed = {package.name: package.needed for package in packages}
    assert RUNTIME in needed["chromadb"]
    assert needed["pytest"] == {"dev"}
    assert needed["slack-bolt"] == {"slack"}


@pytest.mark.parametrize(
    "unfit",
    [
        package(),
        package("", "UNKNOWN"),
        package("", "See the file LICENSE", "GNU General Public License v3 (GPLv3)"),
        package("GPL-3.0-or-later"),
        package("AGPL-3.0-only"),
        package("MIT AND GPL-2.0-only"),
        package("MIT AND (GPL-2.0-only OR LGPL-3.0-only)"),
        package("LicenseRef-Proprietary"),
        package("BUSL-1.1"),
    ],
)
def test_an_unknown_or_unfit_licence_is_a_problem(unfit: Package) -> None:
    told = [line for line in licences.problems([unfit]) if line.startswith("some ")]
    assert len(told) == 1


@pytest.mark.parametrize(
    "fit",
    [
        package("MIT"),
        package("GPL-2.0-only OR MIT"),
        package("Apache-2.0 WITH LLVM-exception AND (GPL-2.0-only OR MIT)"),
        package("", "Apache License, Version 2.0"),
        package("", "words that say nothing", "BSD License"),
        package("", "PSF-2.0"),
    ],
)
def test_a_licence_is_read_however_it_is_written(fit: Package) -> None:
    assert [line for line in licences.problems([fit]) if line.startswith("some ")] == []


def test_an_exception_has_a_reason_and_a_use() -> None:
    assert all(len(reason) > 20 for reason in licences.EXCEPTIONS.values())
    told = list(licences.problems([PLAIN]))
    assert len(told) == len(licences.EXCEPTIONS)


def test_the_bill_lists_every_package_once_and_always_in_the_same_bytes(
    packages: tuple[Package, ...], tmp_path: Path
) -> None:
    assert sbom.main(str(tmp_path / "one.json")) == 0
    assert sbom.main(str(tmp_path / "two.json")) == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    bill: dict[str, Any] = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    components = {each["purl"]: each for each in bill["components"]}
    assert len(components) == len(packages)
    scopes = {each["name"]: each["scope"] for each in bill["components"]}
    assert scopes["chromadb"] == "required"
    assert scopes["slack-bolt"] == "optional"
    assert scopes["pytest"] == "excluded"
    assert all(len(each["licenses"]) == 1 for each in bill["components"])
    other = sbom.bill(packages[1:], "0.1.0")
    assert other["serialNumber"] != bill["serialNumber"]


@contextmanager
def source(answer: Callable[[list[dict[str, Any]]], object]) -> Iterator[str]:
    """Serve what a list of advisories would answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            body = json.dumps(answer(asked)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def run(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    monkeypatch.setattr(audit, "locked", lambda: (PLAIN, package("MIT")))
    return audit.main(address), capsys.readouterr().out


def test_without_an_advisory_it_ends_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with source(lambda asked: {"results": [{}] * len(asked)}) as address:
        status, told = run(address, monkeypatch, capsys)
    assert status == 0
    assert "2 packages were looked up" in told


def test_advisories_are_told_from_every_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(asked: list[dict[str, Any]]) -> object:
        def one(query: dict[str, Any]) -> dict[str, Any]:
            if query["package"]["name"] == "plain":
                return {}
            if "page_token" in query:
                return {"vulns": [{"id": "GHSA-2"}]}
            return {"vulns": [{"id": "GHSA-1"}], "next_page_token": "more"}

        return {"results": [one(query) for query in asked]}

    with source(answer) as address:
        status, told = run(address, monkeypatch, capsys)
    assert status == 1
    assert "some 1.0: GHSA-1" in told
    assert "some 1.0: GHSA-2" in told


@pytest.mark.parametrize("answer", [{"results": []}, {}, [], "no"])
def test_an_answer_that_is_none_is_not_taken_for_a_good_one(
    answer: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with source(lambda _: answer) as address:
        status, told = run(address, monkeypatch, capsys)
    assert status == 3
    assert told.startswith("not checked: ")


def test_a_list_that_cannot_be_reached_is_said_and_is_no_success(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = run("http://127.0.0.1:9/", monkeypatch, capsys)
    assert status == 3
    assert told.startswith("not checked: no advisory source could be reached")
