"""Encoders: from weights on disk to vectors. The only room that names torch and onnxruntime."""

import os

# onnxruntime reports its use over the network from its import on, unless this stands before it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # noqa: TID251 -- written, for a library, and not read
