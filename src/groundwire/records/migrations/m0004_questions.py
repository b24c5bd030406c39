"""Questions that were taken from a chat service: each is answered once, also after a crash.

The words stand there only until the question is dealt with.
"""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE questions (
        conversation TEXT NOT NULL REFERENCES conversations (key) ON DELETE CASCADE,
        ts           TEXT NOT NULL,
        asked        TEXT,
        taken        REAL NOT NULL,
        PRIMARY KEY (conversation, ts)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX questions_open ON questions (taken) WHERE asked IS NOT NULL",
)
