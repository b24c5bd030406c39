"""The tree of errors: one line, a hint, a code, an exit code."""

from __future__ import annotations

import pytest

from groundwire.domain import errors
from groundwire.domain.errors import GroundwireError

EXAMPLES = (
    (errors.SettingsError("no"), "settings", 2),
    (errors.NotFoundError("no"), "not_found", 2),
    (errors.MissingExtraError("slack", "groundwire slack"), "missing_extra", 2),
    (errors.IndexMissingError("/i"), "index_missing", 4),
    (errors.IndexMismatchError({"encoder.name": ("a", "b")}), "index_mismatch", 4),
    (errors.NoDocumentsError("no"), "no_documents", 4),
    (errors.IndexLockedError("/i", "process 7"), "index_locked", 1),
    (errors.IndexCorruptError("manifest.json"), "index_corrupt", 1),
    (errors.ModelUnavailableError("no"), "model_unavailable", 5),
    (errors.WeightsHashError("m", "a" * 64, "b" * 64), "weights_hash", 5),
    (errors.EncoderDriftError(0.5), "encoder_drift", 5),
    (errors.CancelledError(), "cancelled", 130),
)


@pytest.mark.parametrize(("error", "code", "exit_code"), EXAMPLES)
def test_each_has_its_code(error: GroundwireError, code: str, exit_code: int) -> None:
    assert (error.code, error.exit_code) == (code, exit_code)
    assert error.to_dict() == {
        "schema": 1,
        "error": {"code": code, "message": str(error), "hint": error.hint or None},
    }


def test_messages_and_hints_are_one_line() -> None:
    error = GroundwireError("a\nb\t c", hint="d\n e")
    assert (str(error), error.hint) == ("a b c", "d e")


def test_the_tree_at_the_top_of_the_module_names_every_error() -> None:
    drawn = errors.__doc__ or ""
    classes = [
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, GroundwireError)
    ]
    assert len(classes) > 10
    assert [name for name in classes if name not in drawn] == []


def test_a_mismatch_lists_what_differs() -> None:
    error = errors.IndexMismatchError({"encoder.name": ("old", "new")})
    assert "encoder.name: old → new" in str(error)
    assert "groundwire index" in error.hint
