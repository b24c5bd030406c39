"""A quotation held against the documents: exact, altered, spliced, misattributed, absent."""
