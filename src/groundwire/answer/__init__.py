"""From retrieved passages to an answer: sentences of the documents, or an abstention."""
