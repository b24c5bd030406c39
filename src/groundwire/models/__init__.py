"""Encoders: from weights on disk to vectors. The only room that names torch and onnxruntime."""
