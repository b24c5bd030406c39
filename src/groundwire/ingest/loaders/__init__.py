"""One format a file: bytes in, text and metadata out."""
