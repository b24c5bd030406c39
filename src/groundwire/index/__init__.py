"""The local store: SQLite as the text of record and lexical index, Chroma for vectors."""
