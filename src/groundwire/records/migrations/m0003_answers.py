"""Answers that were posted with buttons under them, and what people thought of them.

An answer goes with its conversation when that is forgotten.
"""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE answers (
        id           TEXT PRIMARY KEY,
        conversation TEXT NOT NULL REFERENCES conversations (key) ON DELETE CASCADE,
        question     TEXT NOT NULL,
        scope        TEXT NOT NULL,
        result       TEXT NOT NULL,
        reply        TEXT NOT NULL,
        said         REAL NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX answers_of_conversation ON answers (conversation)",
    """
    CREATE TABLE ratings (
        answer  TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
        person  TEXT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('up', 'down')),
        reason  TEXT NOT NULL,
        given   REAL NOT NULL,
        PRIMARY KEY (answer, person)
    ) STRICT, WITHOUT ROWID
    """,
)
