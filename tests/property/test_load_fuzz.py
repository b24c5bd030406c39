"""Broken files of every format: documents or a reason, and the same each time; nothing else."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fuzz.loading import targets
from tests.fuzz.trying import attempt, inputs

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

_INPUTS = 60


@pytest.mark.parametrize("target", tuple(targets()), ids=lambda target: target.name)
def test_valid_files_and_broken_ones(target: Target) -> None:
    with target.open(Path()) as run:
        for number, data in islice(inputs(target, 0), _INPUTS):
            finding = attempt(run, data, repeat=number % 10 == 0).finding
            assert finding is None, f"input {number}: {finding.kind}\n{finding.story}"
