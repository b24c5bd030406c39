"""A fault of ours is one calm line; only ``-vv`` shows where."""

from __future__ import annotations

import json

import pytest

from groundwire.interfaces.cli.app import run


@pytest.fixture(autouse=True)
def _broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_options: object) -> None:
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr("groundwire.interfaces.cli.globals.Globals.desk", property(broken))


def test_it_is_one_line_without_details(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["docs"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("groundwire: something went wrong inside (ZeroDivisionError)\n")
    assert "Traceback" not in printed.err
    assert "secret" not in printed.err


def test_it_is_an_object_in_json_and_has_a_traceback_with_vv(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["docs", "--json", "-vv"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["error"]["code"] == "error"
    assert "Traceback" in printed.err
    assert "ZeroDivisionError: a secret detail" in printed.err
