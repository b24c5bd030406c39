"""A few of the flipped bits: ``make test-faults`` flips two hundred."""

from __future__ import annotations

import subprocess
import sys

import pytest

FLIPS = 12


@pytest.mark.timeout(120)
def test_flipped_bits_are_found_or_harmless_and_nothing_wrong_is_shown() -> None:
    words = [sys.executable, "-m", "tests.faults.flips", "--flips", str(FLIPS), "--seed", "3"]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "found (documents): " in ran.stdout
    assert "harmless: " in ran.stdout
