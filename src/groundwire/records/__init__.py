"""What people would miss if it were lost: conversations, in SQLite in the user's data folder.

Nothing here is derived from documents; the index can be deleted, this file cannot be rebuilt.
"""
