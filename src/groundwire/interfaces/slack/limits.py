"""How much fits: Slack's limits on messages, and our own on questions.

Slack refuses a message that breaks one of its limits, and then nothing is shown at all.
"""

BLOCKS_PER_MESSAGE = 50
"""Blocks in one message."""

MESSAGE_CHARACTERS = 12_000
"""Characters of all text in the blocks of one message. Slack documents the number for one markdown
block and refuses messages somewhat above it as a whole."""

CONTEXT_ELEMENTS = 10
"""Elements in one context block."""

FALLBACK_CHARACTERS = 4_000
"""Characters of a message's plain ``text``, which notifications show."""

TITLE_CHARACTERS = 150
"""Characters of a document's title or outlet in a list of sources."""

SOURCE_CHARACTERS = 600
"""Characters of one line in a list of sources or notes."""

QUESTION_CHARACTERS = 4_000
"""Characters of a question; longer ones are declined in words."""

HISTORY_TURNS = 10
"""Turns of a conversation that the desk is told."""

NEAREST = 3
"""Documents that are named when nothing was found."""

SEEN_EVENTS = 4_096
"""Deliveries that are remembered in order to recognise a repeated one."""

SEEN_SECONDS = 3_600.0
"""How long a delivery is remembered. Slack repeats one for about six minutes."""

STATUS_SECONDS = 90.0
"""After how long a status is renewed: Slack clears it after two minutes."""
