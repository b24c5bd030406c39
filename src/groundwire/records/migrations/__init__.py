"""The numbered steps that make and change the records, oldest first.

Append only: a step that was released is never edited, because somewhere it has already run. The
number of a step is its place in ``MIGRATIONS``, counted from 1, and stands in its file's name.
"""

from groundwire.records.migrations import (
    m0001_conversations,
    m0002_sessions,
    m0003_answers,
    m0004_questions,
    m0005_ledger,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    m0001_conversations.STATEMENTS,
    m0002_sessions.STATEMENTS,
    m0003_answers.STATEMENTS,
    m0004_questions.STATEMENTS,
    m0005_ledger.STATEMENTS,
)
