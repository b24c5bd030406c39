"""Conversations and their turns."""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE conversations (
        key     TEXT PRIMARY KEY,
        started REAL NOT NULL,
        updated REAL NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE turns (
        id           INTEGER PRIMARY KEY,
        conversation TEXT NOT NULL REFERENCES conversations (key) ON DELETE CASCADE,
        role         TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
        text         TEXT NOT NULL,
        said         REAL NOT NULL
    ) STRICT
    """,
    "CREATE INDEX turns_of_conversation ON turns (conversation, id)",
    "CREATE INDEX conversations_by_age ON conversations (updated)",
)
