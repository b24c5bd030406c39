"""Sessions of the terminal: titles, numbered exchanges with their results, and feedback.

A turn that belongs to no exchange, as those of other doors do, has no number. Kind, result and
``stopped`` stand with the assistant's turn.
"""

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE conversations ADD COLUMN title TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE turns ADD COLUMN exchange INTEGER CHECK (exchange > 0)",
    """
    ALTER TABLE turns ADD COLUMN kind TEXT
        CHECK (kind IN ('answer', 'summary', 'comparison', 'quote', 'check'))
    """,
    "ALTER TABLE turns ADD COLUMN result TEXT",
    "ALTER TABLE turns ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1))",
    """
    CREATE UNIQUE INDEX turns_of_exchange ON turns (conversation, exchange, role)
        WHERE exchange IS NOT NULL
    """,
    """
    CREATE TABLE feedback (
        conversation TEXT NOT NULL REFERENCES conversations (key) ON DELETE CASCADE,
        exchange     INTEGER NOT NULL CHECK (exchange > 0),
        verdict      TEXT NOT NULL CHECK (verdict IN ('up', 'down')),
        reason       TEXT NOT NULL,
        given        REAL NOT NULL,
        PRIMARY KEY (conversation, exchange)
    ) STRICT, WITHOUT ROWID
    """,
)
