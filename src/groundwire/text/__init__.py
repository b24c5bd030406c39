"""Pure text work: strings in, spans and tokens out. No files, no models."""
