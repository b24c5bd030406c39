"""The answer ledger: a chain of commitments, what they commit to, and recalls.

``ledger`` is append only. The content of an entry is a row of its own, never changed, so that it
can be erased without breaking the chain. What is looked up of it is computed from it, so that it
cannot be changed by itself. ``ledger_citations`` finds the entries that cite a document; its
columns from ``checked`` on hold how the quote stood at the last check.
"""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE ledger (
        seq        INTEGER PRIMARY KEY CHECK (seq > 0),
        commitment BLOB NOT NULL,
        link       BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE ledger_contents (
        seq          INTEGER PRIMARY KEY REFERENCES ledger (seq),
        salt         BLOB NOT NULL,
        content      TEXT NOT NULL,
        id           TEXT AS (json_extract(content, '$.id')) VIRTUAL,
        kind         TEXT AS (json_extract(content, '$.kind')) VIRTUAL,
        said         TEXT AS (json_extract(content, '$.said')) VIRTUAL,
        conversation TEXT AS (json_extract(content, '$.conversation')) VIRTUAL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX ledger_by_id ON ledger_contents (id)",
    "CREATE INDEX ledger_by_age ON ledger_contents (said)",
    "CREATE INDEX ledger_by_conversation ON ledger_contents (conversation, seq)",
    """
    CREATE TRIGGER ledger_is_not_changed BEFORE UPDATE ON ledger
    BEGIN SELECT raise(ABORT, 'the ledger is append only'); END
    """,
    """
    CREATE TRIGGER ledger_is_not_cut BEFORE DELETE ON ledger
    BEGIN SELECT raise(ABORT, 'the ledger is append only'); END
    """,
    """
    CREATE TRIGGER ledger_contents_are_not_changed BEFORE UPDATE ON ledger_contents
    BEGIN SELECT raise(ABORT, 'the ledger is append only'); END
    """,
    """
    CREATE TABLE versions (
        hash TEXT PRIMARY KEY,
        text BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE ledger_citations (
        seq       INTEGER NOT NULL REFERENCES ledger_contents (seq) ON DELETE CASCADE,
        place     INTEGER NOT NULL,
        index_key TEXT NOT NULL,
        document  TEXT NOT NULL,
        version   TEXT NOT NULL REFERENCES versions (hash),
        start     INTEGER NOT NULL,
        end       INTEGER NOT NULL,
        quote     TEXT NOT NULL,
        checked   TEXT NOT NULL,
        standing  TEXT NOT NULL CHECK (standing IN ('same', 'moved', 'changed', 'removed')),
        now_path  TEXT NOT NULL,
        now_start INTEGER,
        now_end   INTEGER,
        now_text  TEXT NOT NULL,
        PRIMARY KEY (seq, place)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX ledger_citations_of_document
        ON ledger_citations (index_key, document, version, start, end, checked)
    """,
    "CREATE INDEX ledger_citations_of_version ON ledger_citations (version)",
    """
    CREATE TABLE recalls (
        id     INTEGER PRIMARY KEY AUTOINCREMENT,
        seq    INTEGER NOT NULL REFERENCES ledger_contents (seq) ON DELETE CASCADE,
        found  REAL NOT NULL,
        healed REAL
    ) STRICT
    """,
    "CREATE INDEX recalls_of_entry ON recalls (seq)",
    "CREATE INDEX recalls_open ON recalls (id) WHERE healed IS NULL",
    """
    CREATE TABLE recall_causes (
        recall INTEGER NOT NULL REFERENCES recalls (id) ON DELETE CASCADE,
        place  INTEGER NOT NULL, -- before seq: SQLite 3.40 misjudges a key of other columns
        seq    INTEGER NOT NULL,
        PRIMARY KEY (recall, place),
        FOREIGN KEY (seq, place) REFERENCES ledger_citations (seq, place) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX recall_causes_of_citation ON recall_causes (seq, place)",
    """
    CREATE TABLE recalls_told (
        recall INTEGER NOT NULL REFERENCES recalls (id) ON DELETE CASCADE,
        door   TEXT NOT NULL,
        told   REAL NOT NULL,
        PRIMARY KEY (recall, door)
    ) STRICT, WITHOUT ROWID
    """,
)
