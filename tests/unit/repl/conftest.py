from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.chat import Around

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Around]:
    """Return what lies around a chat, closed after the test."""
    made = Around(tmp_path)
    yield made
    made.close()
